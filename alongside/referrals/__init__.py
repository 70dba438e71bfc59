"""Asking for a bed: referral, interview, decision, waiting list, offer, and the bed board."""
