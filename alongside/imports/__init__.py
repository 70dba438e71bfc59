"""Bringing other people's spreadsheets in, row by row, with a dry run first."""
