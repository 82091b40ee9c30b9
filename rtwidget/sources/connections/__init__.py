"""What the connections of every source have in common: who shares them, what they log, where they lead."""
