"""What the REST API tells of a table, and what has to be asked besides."""
