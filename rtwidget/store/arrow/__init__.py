"""Snapshots as Arrow tables, and Arrow's arrays as pandas Series."""
