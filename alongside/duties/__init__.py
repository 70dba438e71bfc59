"""What is owed, to whom, by when: worked out from the records and the practice pack."""
