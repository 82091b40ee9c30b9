"""Judgements on what was looked at: facts in, one line of the report out. Pure."""
