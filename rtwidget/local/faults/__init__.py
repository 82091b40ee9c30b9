"""What may befall the servers and the database, at a test's command."""
