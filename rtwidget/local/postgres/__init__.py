"""The embedded Postgres: its process, its connections, its roles."""
