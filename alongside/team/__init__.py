"""Who works here as what, who answers to whom, who stands in, and who still needs it."""
