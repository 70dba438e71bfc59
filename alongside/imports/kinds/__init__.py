"""One module for each kind of sheet: a mapped row becomes a proposed record, or a rejection."""
