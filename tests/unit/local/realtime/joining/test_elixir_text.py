"""Values as Elixir prints them."""

from __future__ import annotations

from rtwidget.local.realtime.joining.elixir_text import inspect


def test_elixir_prints() -> None:
    value = {"filter": None, "event": "*", "n": [True, {"a": 1}], "t": ("x", 'q"', False)}
    assert inspect(value) == (
        '%{"event" => "*", "filter" => nil, "n" => [true, %{"a" => 1}], "t" => {"x", "q\\"", false}}'
    )
