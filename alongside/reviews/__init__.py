"""Reviews: who comes, what is talked about, what is decided, and what became of it."""
