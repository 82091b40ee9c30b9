"""Snapshots, and answers of Arrow, as pandas DataFrames and Series."""
