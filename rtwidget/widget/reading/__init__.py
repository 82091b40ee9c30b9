"""What a live table gives to Python: DataFrames, exports, waits, and what it says of itself."""
