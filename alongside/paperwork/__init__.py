"""The forms a practice pack offers in each person's file: fill in, sign, put right, print."""
