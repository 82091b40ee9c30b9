"""The database: its process, its connections and roles, and what makes it look like a Supabase project."""
