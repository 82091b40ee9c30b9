"""Notifications for as long as somebody listens, over one disposable connection after another."""
