"""The rule that keeps a replica equal to a query, as SPEC.md says it: pure, without I/O, clock or threads."""
