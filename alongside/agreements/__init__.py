"""Agreements and guides: texts explained, understood, signed or refused; and what breaks them."""
