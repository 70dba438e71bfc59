"""Reading one cell: the value in it, and what is doubtful about it."""
