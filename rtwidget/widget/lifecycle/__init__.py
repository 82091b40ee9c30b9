"""To which cell and output a table belongs, and when it ends."""
