"""The cast and the builders that tests, demo and screenshots share."""
