"""The lines of a person's timeline, derived from the records, and the search over them."""
