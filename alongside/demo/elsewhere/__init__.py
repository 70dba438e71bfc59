"""The second organisation of the demo: five services under four other practices."""
