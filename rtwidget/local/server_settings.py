"""What a test or a demo may change about the local servers while they run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Settings:
    """Numbers that the servers read at each use, so a change is effective at once.

    The delays are the real server's; `Settings.prompt()` shortens them. Any thread may write.
    """

    max_rows: int = 1000
    """PostgREST's silent row cap (Supabase's default)."""
    exposed_schemas: tuple[str, ...] = ("public",)
    """Schemas that REST serves; the first is the default."""
    extra_search_path: tuple[str, ...] = ("public", "extensions")
    """Schemas that REST searches for operators and functions besides the request's own (Supabase's default)."""
    statement_timeout_s: float = 8.0
    """Longest REST statement, as for the role `authenticated` on hosted projects."""
    max_retry_after_s: float = 32.0
    """`Retry-After` doubles from 1 s to this while Postgres is away."""
    token_leeway_s: float = 30.0
    """Clock skew that PostgREST forgives. Realtime forgives none."""
    poll_interval_s: float = 0.1
    """Pause between two polls of the replication slot."""
    capture_gives_up_s: float = 60.0
    """An outage of Postgres that lasts longer ends change capture for the channels that are joined.

    The real server counts six failed retries, which take about a minute.
    """
    capture_resumes_s: float = 0.0
    """Pause between the end of an outage and a new slot; what is committed meanwhile is lost (real: up to 16 s)."""
    cold_start_s: float = 2.0
    """How long a join takes to start change capture that has ended (real: 1.5-3 s)."""
    check_publication_s: float = 60.0
    """How often a re-created or newly published table is noticed; `math.inf` for never."""
    handshake_error_delay_s: float = 2.0
    """Wait before a refused handshake is answered."""
    join_error_delay_s: float = 5.0
    """Wait before a refused join is answered; the whole socket waits with it."""
    token_delay_s: float = 2.0
    """Wait before a pushed token is answered by a second "Subscribed" (real: 1-3 s)."""
    subscribe_retry_s: float = 5.0
    """Pause before a subscription is tried again after a database failure (real: 5-10 s)."""
    idle_timeout_s: float = 60.0
    """A socket that sends nothing for so long is closed with 1000."""
    max_channels: int = 100
    """Channels on one socket."""
    max_frame_bytes: int = 5_000_000
    """A larger client frame closes the socket with 1009."""
    max_record_bytes: int = 1_048_576
    """A larger change arrives truncated, with error 413."""
    max_queued_bytes: int = 50_000_000
    """A socket whose unread frames exceed this is killed, as by the real server's heap limit."""

    @classmethod
    def prompt(cls) -> Settings:
        """Return settings without the real server's deliberate delays, for tests."""
        # Long enough to be noticed by who does not wait, short enough for hundreds of tests.
        return cls(
            handshake_error_delay_s=0.02,
            join_error_delay_s=0.05,
            token_delay_s=0.05,
            subscribe_retry_s=1.0,
            cold_start_s=0.05,
        )
