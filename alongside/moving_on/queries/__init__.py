"""What pages and other rooms ask about moving on."""
