"""Who may open whose file: limits on it, opening it in an emergency, and what is sealed in it."""
