"""The second wall on PostgreSQL: row-level security by organisation, in every table that has one.

`ways` finds out from the models how each table reaches its organisation, `raising` puts that into
the database, `roles` says whether the role we come as is held by it, and `middleware` says of each
request whose records it may reach (`alongside.kit.wall`).
"""
