"""The resident’s own pages: on the tablet that staff hand over, or on their own phone."""
