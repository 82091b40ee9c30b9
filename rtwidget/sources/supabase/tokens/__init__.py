"""Tokens: asked for in time, one person's, and shared by the tables that read as that person."""
