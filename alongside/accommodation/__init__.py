"""Rooms and the bed spaces in them."""
