"""Figures over a whole scheme, each of which opens the people behind it."""
