"""The page a worker leaves open all day: my people, what is due, what changed."""
