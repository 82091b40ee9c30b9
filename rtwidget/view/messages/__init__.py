"""What the browser says and is told, checked and encoded."""
