"""Cases over the network: notifications, and loading a table."""
