"""Signing in with a second factor, sessions and how they end, and what needs signing in again."""
