"""Papers in somebody’s file, and the gate that every file passes on its way in."""
