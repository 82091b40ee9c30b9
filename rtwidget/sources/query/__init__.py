"""What the user asked for, in the one language of every source: filters, order, keys."""
