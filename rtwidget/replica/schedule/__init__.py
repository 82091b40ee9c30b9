"""When what is read next, and how much of it at once: pacing, budgets of passes, sizes of pages, waits after failures."""
