"""The user's functions that a table calls, and the thread on which it does."""
