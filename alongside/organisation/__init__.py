"""Organisations, their schemes, the staff who work there, and what each may do."""
