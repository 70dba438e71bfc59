"""One resident's file: a page made of every capability's queries, and the way to find one."""
