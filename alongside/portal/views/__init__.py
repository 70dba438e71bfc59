"""The pages of a resident’s own, and the two doors to them."""
