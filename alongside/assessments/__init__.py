"""Assessments: where somebody stands, item by item, and how far they have come."""
