"""The pages of absence and cover."""
