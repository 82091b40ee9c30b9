"""Rows by columns: immutable chunks, the changes on top of them, and when the two are folded."""
