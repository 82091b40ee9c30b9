"""Keys, tokens and whom they name."""
