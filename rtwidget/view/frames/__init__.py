"""Windows of rows as frames for the browser: which rows, what changed, and when a frame may leave."""
