"""Messages between colleagues: written, read and kept in the house, and never in an e-mail."""
