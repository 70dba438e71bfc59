"""The pages of referrals, of the bed board, and of possible duplicates."""
