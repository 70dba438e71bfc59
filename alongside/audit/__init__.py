"""The operation (the one way to write), the journal it keeps, and the guard that insists on it."""
