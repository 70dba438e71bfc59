"""Other duties: what a colleague was asked to do once, and training they were asked to take."""
