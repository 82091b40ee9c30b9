"""Single values: as the database writes them, as they are stored, and as Python or Arrow holds them."""
