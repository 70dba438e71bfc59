"""What is asked about moving on."""
