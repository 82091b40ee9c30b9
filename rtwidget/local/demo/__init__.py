"""The demo: its rows, its notebook and its JupyterLab."""
