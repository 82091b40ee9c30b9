"""A client of a project, as people have one."""

from __future__ import annotations


class Client:
    """As much of a supabase-py client as is asked for."""

    supabase_url = "https://ref.supabase.co"
    supabase_key = "sb_publishable_hidden"

    class auth:  # noqa: N801
        @staticmethod
        def get_session() -> None:
            return None
