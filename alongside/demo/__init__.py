"""A hostel that never was: invented people, told for fourteen months by the operations."""
