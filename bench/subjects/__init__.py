"""What the cases measure, and against what: rows, views of them, and who writes."""
