"""The pages about moving on."""
