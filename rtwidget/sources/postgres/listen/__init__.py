"""Notifications by LISTEN."""
