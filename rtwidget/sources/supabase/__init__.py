"""Supabase as a source: rows over its REST API, notifications over its Realtime websocket."""
