"""Django's PostgreSQL backend, which tells the database whose records may be reached."""
