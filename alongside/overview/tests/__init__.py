"""Tests of the pages over one file and over every file."""
