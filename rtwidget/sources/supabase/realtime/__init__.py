"""Notifications over the Realtime websocket."""
