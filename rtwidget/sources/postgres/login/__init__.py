"""What it means when no connection can be made."""
