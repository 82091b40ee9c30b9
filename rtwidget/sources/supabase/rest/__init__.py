"""Reads over the REST API, and what they need to know of a table."""
