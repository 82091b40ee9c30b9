"""The README is short, links lead somewhere, and commands exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from rtwidget.cli import _parser
from tests.documents import PAGES, README, ROOT, name_of, samples, without_samples

MOST_LINES, MOST_CHARACTERS = 150, 120
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_EXTRAS = re.compile(r"rtwidget\[([\w,]+)\]")
each_page = pytest.mark.parametrize("page", PAGES, ids=name_of)


def commands(page: Path) -> list[str]:
    blocks = [sample.source for sample in samples(page) if sample.language == "sh"]
    return [line for block in blocks for line in block.splitlines()]


def broken_links(page: Path) -> list[str]:
    """Return the links within the project that lead nowhere. Those of other sites are not followed."""
    links = _LINK.findall(without_samples(page))
    return [link for link in links if not urlsplit(link).scheme and not leads_somewhere(page, link)]


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    target = page.parent / path if path else page
    if path.startswith("/") or not target.exists():
        return False
    return not heading or heading in map(anchor_of, _HEADING.findall(without_samples(target)))


def anchor_of(heading: str) -> str:
    """Return a heading's name in links, by GitHub's rule."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_readme_is_read_in_one_go() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@each_page
def test_lines_are_short(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) >= MOST_CHARACTERS] == []


@each_page
def test_links_are_relative_and_lead_somewhere(page: Path) -> None:
    assert broken_links(page) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    good = "# One `way`, or two\n[a](page.md) [b](#one-way-or-two) [c](https://example.org/gone)\n"
    page.write_text(f"{good}[d](gone.md#part) [e](/page.md) [f](page.md#three)")
    assert broken_links(page) == ["gone.md#part", "/page.md", "page.md#three"]


def test_the_index_lists_every_guide() -> None:
    guides = {page.name for page in PAGES if page.parent.name == "docs"} - {"README.md"}
    assert guides <= set(_LINK.findall((ROOT / "docs" / "README.md").read_text(encoding="utf-8")))


@each_page
def test_commands_are_understood(page: Path) -> None:
    for command in commands(page):
        words = shlex.split(command, comments=True)
        if words[:1] == ["rtwidget"]:
            _parser().parse_args(words[1:])


@each_page
def test_extras_exist(page: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {
        name for names in _EXTRAS.findall(page.read_text("utf-8")) for name in names.split(",")
    }
    assert named <= set(project["optional-dependencies"])
