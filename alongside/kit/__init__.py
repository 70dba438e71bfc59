"""A few small things that every floor stands on: the clock, a record, a refusal."""
