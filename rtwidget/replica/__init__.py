"""The rule that keeps a replica equal to a query: pure, without I/O, clock or threads."""
