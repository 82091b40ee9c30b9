"""Cases of rows in Python: DataFrames, and the memory that rows take."""
