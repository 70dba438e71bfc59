"""Tests of the residents’ own pages."""
