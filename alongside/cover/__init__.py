"""The pages of absence and cover: who is away, whom that touches, who stands in."""
