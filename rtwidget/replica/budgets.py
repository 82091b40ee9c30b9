"""What rtwidget may cost (SPEC.md, "Schedule and budgets"): each number with its unit and its reason."""

from __future__ import annotations

from typing import Final

KEY_READ_DELAY_S: Final = 0.03
"""From the first notification to its read: long enough to gather one transaction's rows."""
KEY_READ_GAP_S: Final = 0.1
"""The least time between the starts of two key reads of one table: at most 10 a second."""
KEY_READ_GAP_FACTOR: Final = 2.0
"""The next key read waits twice the last one's time, so that reads take half the time at most."""
READ_RECENTLY_S: Final = 10.0
"""Who read the rows so lately will do so again, and counts as somebody who looks."""
KEY_READ_CALM_GAP_S: Final = 1.0
"""The same while nobody looks, or while it is somebody else's rows that are busy."""
FOREIGN_READS: Final = 20
"""Over so many reads it is judged whose rows are busy."""
FOREIGN_SHARE: Final = 0.05
"""Answers that hold less than this share of the asked rows: somebody else's."""
KEY_READ_ROWS: Final = 200
"""Keys in one read: a URL that every proxy takes."""
KEY_READ_BYTES: Final = 4000
"""Encoded bytes of keys in one read: the same, for long keys."""
KEY_READ_FAILURES: Final = 3
"""A single key that failed this often is left to a pass."""
DIRTY_ROWS_FOR_PASS: Final = 2000
"""More dirty keys than this are cheaper to read in one pass."""

PROJECT_READS_PER_S: Final = 10.0
"""Reads of one process to one project, sustained."""
PROJECT_READS_BURST: Final = 20.0
"""Reads that may go out at once after a quiet time."""
PROJECT_READS_IN_FLIGHT: Final = 4
"""Reads to one project under way at the same time."""

PAGE_ROWS: Final = 1000
"""Rows asked for in the first page of a pass: Supabase's default cap, and soon on the screen."""
PAGE_MOST_ROWS: Final = 10_000
"""Rows asked for in a later page: servers may have a higher cap; a source asks for fewer where rows are big."""
PAGE_BYTES: Final = 2_000_000
"""The size of a page before compression: decoded in about 10 ms, during which no other thread runs."""
PAGE_S: Final = 1.0
"""How long a page may take: servers stop a statement after 3 to 8 s, and progress is to be seen."""
PAGE_TELLING_ROWS: Final = 500
"""The time of fewer rows is that of their way, and says nothing of how long more would take."""
PAGE_FEW_ROWS: Final = 50
"""Fewer rows are not asked for because they took long; only because of their bytes, or because more did not come."""
PAGE_SHRINK_FACTOR: Final = 4
"""A page that is too much is asked for in so many parts: each try that fails costs the server its whole time limit."""
PAGES_TO_GROW: Final = 4
"""After so many pages that came, twice as many rows are asked for again: at most every fifth try is in vain."""
OVERSIZED_BASE_S: Final = 5.0
"""The first wait before a row that is too large is tried again; doubled by each failure."""
MOST_OVERSIZED_ROWS: Final = 10
"""With more of them the query is too much for the server, whatever the row."""
MOST_ROWS: Final = 10_000_000
"""Rows of one table, some 4 GB; a server that makes rows up must not fill the memory."""
TAKE_ROWS: Final = 200
"""Rows of a page that are stored in one step: 2 to 5 ms on the loop thread, which reads the next pages between the steps."""
CHAINS_FROM_ROWS: Final = 20_000
"""A pass of fewer rows is nearly done before the bounds of ranges would be known."""
PASS_CHAINS: Final = 4
"""Chains of a big pass, each with one page under way: a read of keys takes its turn between two pages (the places are given in order)."""
TOP_GAP_S: Final = 0.25
"""The least time between two top-N reads."""
TOP_GAP_FACTOR: Final = 4.0
"""A top-N read waits four times the last one's time."""
VAIN_BASE_S: Final = 0.125
"""The unit of the growing waits after passes that were in vain one after another."""
PASS_GAP_S: Final = 1.0
"""The least time between the starts of two wanted passes, however cheap they are."""
PASS_GAP_FACTOR: Final = 10.0
"""A pass wanted because of a gap comes at most once per ten times its own time."""
PASSES_AFTER_LIVE_S: Final = (5.0, 20.0, 60.0)
"""A cold server loses events just after it said live (SPEC.md, A4), so these passes follow."""
PASS_EARLY_BYTES: Final = 1_000_000
"""Passes that cost more are made once, at the last of the times above."""
PASS_BYTES_PER_S: Final = 5_000.0
"""What scheduled passes may cost on the wire, on average."""
PASS_TIME_SHARE: Final = 0.05
"""The share of the time that scheduled passes may take."""
PASS_INTERVAL_S: Final = 60.0
"""The least time between scheduled passes."""
POLL_INTERVAL_S: Final = 5.0
"""The least time between passes while nothing announces changes."""
POLL_FACTOR: Final = 20.0
"""A poll waits twenty times the last pass's time."""

WHOLE_PASS_EVERY: Final = 10
"""Of the passes of a big table with a version column, every so many reads whole rows."""
PROBE_INTERVAL_S: Final = 15.0
"""The time between two probes."""
PROBE_SLOW_S: Final = 0.2
"""A probe that took longer stops them for a while."""
PROBE_SLOW_FACTOR: Final = 20.0
"""That while, in times of the slow probe's own."""
PROBE_CONFIRM_S: Final = 3.0
"""A notification that is so late is lost: on a real server they took 0.6 s at most."""
PROBE_VAIN_S: Final = 600.0
"""The longest wait after a difference that passes cannot explain, so that it does not cost a pass each time."""
SLEEP_JUMP_S: Final = 10.0
"""When the wall clock runs ahead of the monotonic one by more, the machine slept."""
SLEEP_LOOK_S: Final = 5.0
"""The time between two looks at the clocks."""

ROTATION_S: Final = (480.0, 720.0)
"""A connection is replaced after so long, because a dead subscription looks like a quiet one (SPEC.md, A5)."""
ROTATION_OVERLAP_S: Final = 2.0
"""How long the old connection stays after the new one is live."""
IDENTITY_ASKED_S: Final = (10.0, 600.0)
"""Between two questions whom a table's token names: hardly more often than tokens are renewed, and about as often as streams rotate."""

RECONNECT_BASE_S: Final = 1.0
"""The ceiling of the first wait."""
RECONNECT_CAP_S: Final = 60.0
"""The ceiling of every wait."""
REFUSED_AGAIN_S: Final = 10.0
"""The same after a refusal of the token: it takes a minute of them to be sure, and somebody waits to be told."""
RECONNECT_POLITE_S: Final = (0.5, 5.0)
"""The first wait after a polite close: everybody is doing it at this moment."""
RECONNECT_RESET_S: Final = 60.0
"""A connection that lived so long was a good one: the waits begin anew."""
STREAM_ATTEMPTS_FOR_POLLING: Final = 3
"""After so many failed connections in a row, with reads that work, the table polls."""

READS_OVERDUE_S: Final = 5.0
"""A dirty key or wanted pass that waited longer means that reads do not work."""
READS_OVERDUE_FACTOR: Final = 3.0
"""The same, for slow databases: three times the usual read."""
READ_TIMEOUT_S: Final = 20.0
"""A read without an answer for so long has failed."""

PING_INTERVAL_S: Final = 10.0
"""When nothing of a project was answered for so long, the database is asked whether it still answers."""
PING_TIMEOUT_S: Final = 5.0
"""A ping reads no row, so no answer for so long is none. Two in a row are told: in all within 30 s of the outage."""
PING_GAP_S: Final = 1.0
"""Between two pings of one project while it does not answer, however many tables ask."""
QUIET_STREAM_S: Final = (120.0, 240.0)
"""A stream that could be dead without a word is believed for so long while it says nothing; then another takes its place."""
DOUBT_PATIENCE_S: Final = 5.0
"""A doubted stream is still shown as live for so long while another is made; a join takes up to 3 s (transcript 01)."""
DOUBT_GAP_S: Final = (30.0, 480.0)
"""Between two connections that lost notifications cost: doubled by each that follows another, up to a rotation's time."""
MOST_SUSPECTS: Final = 1000
"""Rows of which a pass remembers that nothing had announced them; one proves as much as all."""

BURST_TICK_S: Final = 5.0
"""Realtime's rate limiter looks at so many seconds at once (SPEC.md, A7)."""
BURST_TICK_EVENTS: Final = 500
"""100 events a second, the lowest limit, for one tick: what trips a counter that has just begun."""
BURST_MINUTE_EVENTS: Final = 3000
"""Half of the lowest limit for a minute: others on the project count too, and we see only what is ours."""
PASSES_AFTER_BURST_S: Final = (10.0, 70.0)
"""A tripped limiter is silent for up to a minute, so a pass follows at once and one behind the silence."""
