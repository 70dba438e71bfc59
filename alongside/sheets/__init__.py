"""Sheets: questions the practice pack declares, kept with the version they were asked in."""
