"""The loop thread, and the ways to wait on it and for it."""
