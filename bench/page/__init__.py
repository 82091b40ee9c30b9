"""Other grids beside ours, each in a plain page with its data at hand."""
