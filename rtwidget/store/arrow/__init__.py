"""Snapshots as Arrow tables, and what is said when a column does not fit the type of its kind."""
