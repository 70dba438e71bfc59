"""The pages of who is whose, and of shared work."""
