"""What a view asks of the rows: order, filters, search, and the values to choose from."""
