"""Django's SQLite backend on a fixed engine: the pysqlite3 wheel, where Python's own is older."""
