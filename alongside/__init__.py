"""Alongside: key working and case management for supported accommodation."""
