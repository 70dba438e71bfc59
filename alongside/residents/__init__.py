"""The people we support: who they are and how they wish to be known."""
