"""A replica that runs: the loop thread, the supervisor of one feed, the shared registry and what subscribers hold."""
