"""Plans: what a person wants to do, in their own words, agreed by both, and what came of it."""
