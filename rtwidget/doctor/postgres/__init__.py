"""The examination of a PostgreSQL table."""
