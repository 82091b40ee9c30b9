"""The examination of a Supabase table."""
