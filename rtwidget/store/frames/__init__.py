"""Snapshots as pandas DataFrames and Series."""
