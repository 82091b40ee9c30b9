"""What is wrong when nothing happens: one line for each check, and what mends it."""
