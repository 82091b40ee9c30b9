"""The Realtime endpoint: its sockets, topics and frames."""
