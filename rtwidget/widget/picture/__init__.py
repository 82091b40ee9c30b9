"""What a saved notebook shows of a table."""
