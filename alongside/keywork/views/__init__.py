"""The pages of key working."""
