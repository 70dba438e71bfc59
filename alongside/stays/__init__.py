"""A resident's time at one scheme: moving in, moving on."""
