"""Coverage: whether what is owed was done, person by person, and who saw them."""
