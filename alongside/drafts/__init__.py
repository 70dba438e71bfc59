"""Words that are not yet a record: kept while they are typed, even when they are not valid."""
