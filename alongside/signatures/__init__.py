"""A person's agreement to exact words: drawn, by PIN or on paper, given or refused."""
