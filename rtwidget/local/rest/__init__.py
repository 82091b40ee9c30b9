"""The REST endpoint: a request is admitted, read, run as its role, and answered as PostgREST would."""
