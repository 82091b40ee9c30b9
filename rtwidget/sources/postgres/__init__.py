"""PostgreSQL without Supabase: reads by SQL, notifications by LISTEN/NOTIFY. Needs the extra `postgres`."""
