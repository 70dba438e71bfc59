"""Moving in and moving on: the admission, the induction, and the end of a stay."""
