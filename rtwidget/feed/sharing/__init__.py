"""Which feed a table reads, as whom, and together with which other tables."""
