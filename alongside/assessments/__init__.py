"""Assessments: where somebody stands, item by item, agreed with them, and how far they have come."""
