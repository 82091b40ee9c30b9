"""Types and cells of answers, whichever way they came."""
