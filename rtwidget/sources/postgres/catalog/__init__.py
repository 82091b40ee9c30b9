"""What the system catalog says of a table."""
