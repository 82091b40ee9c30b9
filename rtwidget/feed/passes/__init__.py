"""Passes: scans of the whole query, page by page, that find what no notification named."""
