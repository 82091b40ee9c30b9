"""What a test may change about the local servers: the prompt ones only wait less."""

from __future__ import annotations

from dataclasses import fields

import pytest

from rtwidget.local.server_settings import Settings


def test_prompt_servers_wait_less_and_differ_in_nothing_else() -> None:
    real, prompt = Settings(), Settings.prompt()
    changed = {
        field.name: (getattr(prompt, field.name), getattr(real, field.name))
        for field in fields(Settings)
        if getattr(prompt, field.name) != getattr(real, field.name)
    }
    assert changed
    for name, (shorter_s, longer_s) in changed.items():
        assert name.endswith("_s"), name
        # Never none: who does not wait at all has to be noticed.
        assert 0 < shorter_s < longer_s, name


def test_a_setting_that_does_not_exist_cannot_be_changed() -> None:
    settings = Settings()
    settings.max_rows = 5
    with pytest.raises(AttributeError):
        settings.max_row = 5  # type: ignore[attr-defined]
    assert Settings().max_rows == 1000


def test_rest_serves_the_default_schema_first() -> None:
    assert Settings().exposed_schemas[0] == "public"
