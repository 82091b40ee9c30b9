"""Speed, always as a ratio to what a user would use instead, measured in the same run."""
