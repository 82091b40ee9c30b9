"""A live Supabase/Postgres table in a notebook cell, and a pandas DataFrame that stays equal to it."""

from importlib.metadata import version

from rtwidget.api import live_table
from rtwidget.errors import RtwidgetError
from rtwidget.feed.changes import Change
from rtwidget.feed.status import Status
from rtwidget.sources.postgres.factory import Postgres
from rtwidget.sources.supabase.factory import Supabase

__all__ = ["Change", "Postgres", "RtwidgetError", "Status", "Supabase", "live_table"]
__version__ = version("rtwidget")
