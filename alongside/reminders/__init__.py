"""Reminders by e-mail: how many things are due, and nothing about anybody."""
