"""Key working: slots, bookings, sessions, notes of every kind, and the report for the review."""
