"""Connection strings and connections."""
