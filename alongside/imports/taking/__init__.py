"""One module for each kind of row: a proposed record becomes records of the room it belongs to."""
