"""Everything about somebody, for that person: asked for, decided line by line, handed over."""
