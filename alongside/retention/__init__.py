"""How long records are kept, who decides that they go, and what is never changed until then."""
