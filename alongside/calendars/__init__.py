"""Calendars: what a worker has booked, in the calendar of their own phone, with no name in it."""
