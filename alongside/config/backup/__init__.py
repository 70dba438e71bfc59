"""Backups: everything in one encrypted file that either engine can be restored from."""
