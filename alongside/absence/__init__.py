"""Who is away, who stands in for them, and how the people they hold were prepared for it."""
