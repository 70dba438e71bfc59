"""The one way out: a list leaves as a file with proof, a purpose, chosen columns and an end."""
