"""Sorting by columns as a person expects it."""
