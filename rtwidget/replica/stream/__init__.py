"""When a stream of notifications is believed, doubted, replaced, and tried again after it was lost."""
