"""What refusals of a statement mean whichever way they came, and which grant ends one. Pure."""
