"""Keyed rows and stamps, immutable snapshots of them, and pandas DataFrames made from those."""
