"""LiveTable: the only Python that knows Jupyter."""
