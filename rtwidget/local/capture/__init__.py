"""Change capture: from the database's log to the channels that may hear of a change."""
