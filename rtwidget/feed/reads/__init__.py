"""Every other read of a feed: dirty keys, probes and pings, how fast they may go, and whether they work."""
