"""The demo: its table and rows, its writer, its notebook and its JupyterLab."""
