"""The parts of the REST endpoint: what a request asks for, and how PostgREST would answer it."""
