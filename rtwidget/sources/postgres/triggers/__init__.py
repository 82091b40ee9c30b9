"""What makes a table announce its changes, and whether it still does."""
