"""Reads by SQL."""
