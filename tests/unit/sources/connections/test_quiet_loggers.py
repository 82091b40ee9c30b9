"""Our own calls are not logged by the libraries below, and everybody else's are."""

from __future__ import annotations

import logging

import pytest

from rtwidget.sources.connections.quiet_loggers import silent_logger, unlogged


def test_only_our_calls_are_silent(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for name in ("httpx", "httpcore.http11", "hpack.hpack"):
            with unlogged("httpx"):
                logging.getLogger(name).info("ours")
            logging.getLogger(name).info("theirs")
    assert [record.message for record in caplog.records] == ["theirs"] * 3


def test_one_call_inside_of_another_leaves_it_silent(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), unlogged("psycopg"):
        with unlogged("psycopg"):
            pass
        logging.getLogger("psycopg").warning("ours")
    assert not caplog.records


def test_the_websockets_logger_says_nothing_at_any_level(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        silent_logger().critical("wss://h/socket?apikey=hunter2")
    assert not caplog.records
