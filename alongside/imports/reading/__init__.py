"""Opening a file somebody sent, and finding the tables in it."""
