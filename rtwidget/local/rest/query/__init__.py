"""A PostgREST request as data and as SQL. Pure."""
