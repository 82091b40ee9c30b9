"""Cases of one view: updates, windows, and how costs grow."""
