"""Each house rule can fail, and says where."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

import pytest

from scripts.house.arrows import wrong_imports
from scripts.house.circles import import_circles
from scripts.house.folders import MOST_FILES, full_folders, shared_names
from scripts.house.hints import missing_hints
from scripts.house.house import MOST_LINES, wrong_text
from scripts.house.mentions import lost_mentions, path_ends
from scripts.house.readme import wrong_readme


def paths(*names: str) -> list[PurePosixPath]:
    return [PurePosixPath(name) for name in names]


def parsed(modules: Mapping[str, str]) -> dict[PurePosixPath, ast.Module]:
    return {PurePosixPath(name): ast.parse(code) for name, code in modules.items()}


def offences_of(name: str, code: str) -> list[str]:
    return list(wrong_imports(PurePosixPath(name), ast.parse(code)))


def the_one(offences: Iterable[str]) -> str:
    (offence,) = offences
    return offence


def test_a_folder_holds_a_dozen_files_of_code_and_no_more() -> None:
    dozen = paths(*(f"tests/unit/test_{n}.py" for n in range(MOST_FILES)), "tests/unit/words.md")
    assert list(full_folders(dozen)) == []
    full = [*dozen, *paths("tests/unit/conftest.py")]
    assert "tests/unit: 13 files" in the_one(full_folders(full))
    fixtures = paths(*(f"tests/fixtures/old/case_{n}.py" for n in range(20)))
    assert list(full_folders(fixtures)) == []


def test_no_two_modules_share_a_name_unless_they_are_twins() -> None:
    twins = paths("rtwidget/sources/supabase/rest/query.py", "rtwidget/sources/postgres/query.py")
    others = paths("rtwidget/errors.py", "rtwidget/view/errors.py", "tests/unit/query.py")
    tests = paths("rtwidget/js/tests/grid.ts", "rtwidget/js/src/grid.ts")
    assert list(shared_names([*twins, *others, *tests, *paths("rtwidget/view/__init__.py")])) == []
    third = paths("rtwidget/view/query.py")
    assert "called query.py" in next(iter(shared_names([*twins, *third])))
    assert "called rows.ts" in the_one(
        shared_names(paths("rtwidget/js/src/grid/rows.ts", "rtwidget/js/src/kernel/rows.ts"))
    )
    rooms = paths("rtwidget/doctor/postgres/touch.py", "rtwidget/sources/supabase/touch.py")
    assert "called touch.py" in the_one(shared_names(rooms))


def test_modules_import_each_other_in_no_circle() -> None:
    one_way = {
        "rtwidget/feed/one.py": "from rtwidget.feed.two import b",
        "rtwidget/feed/two.py": "from rtwidget.feed import three",
        "rtwidget/feed/three.py": "import rtwidget.feed",
        "rtwidget/feed/__init__.py": "",
    }
    assert list(import_circles(parsed(one_way))) == []
    circle = {"rtwidget/feed/three.py": "if TYPE_CHECKING:\n    from rtwidget.feed import one"}
    said = the_one(import_circles(parsed(one_way | circle)))
    assert all(f"rtwidget.feed.{name}" in said for name in ("one", "two", "three"))


def test_imports_go_one_way() -> None:
    assert offences_of("rtwidget/view/a.py", "from rtwidget.feed.status import Status") == []
    said = the_one(offences_of("rtwidget/feed/a.py", "from rtwidget.view import hub"))
    assert "rtwidget/feed/a.py:1: feed must not import view" in said
    assert "relatively" in offences_of("rtwidget/feed/a.py", "from . import b")[0]
    assert "is no room" in the_one(offences_of("rtwidget/attic/a.py", ""))


@pytest.mark.parametrize(
    "code",
    [
        "from rtwidget.feed.sharing.handle import TableHandle",
        "from rtwidget.feed.sharing import handle",
        "import rtwidget.feed.sharing.handle",
    ],
)
def test_a_grid_knows_no_kind_of_table(code: str) -> None:
    assert "may import" in the_one(offences_of("rtwidget/view/hub.py", code))
    assert offences_of("rtwidget/view/replica_table.py", code) == []
    assert offences_of("rtwidget/feed/sharing/table_sleep.py", code) == []


def test_a_file_of_code_has_two_hundred_lines_at_most() -> None:
    short, long = "\n" * MOST_LINES, "\n" * (MOST_LINES + 1)
    for name in ("rtwidget/a.py", "rtwidget/js/src/a.ts", "rtwidget/js/src/a.css", "Makefile"):
        assert list(wrong_text(PurePosixPath(name), short)) == []
        assert "201 lines" in the_one(wrong_text(PurePosixPath(name), long))
    assert list(wrong_text(PurePosixPath("CHANGELOG.md"), long)) == []


def test_nothing_names_a_machine_or_a_registry() -> None:
    # In two parts, because this file is checked, too.
    home = "/" + "home/ada"
    assert the_one(wrong_text(PurePosixPath("a.md"), f"\nin {home}")).startswith("a.md:2:")
    locked = '"resolved": "' + 'https://example.com/a.tgz"'
    assert "lock file" in the_one(wrong_text(PurePosixPath("package-lock.json"), locked))


def test_every_function_has_type_hints() -> None:
    tree = ast.parse("def f(a, b: int) -> None: ...")
    assert "a" in the_one(missing_hints(PurePosixPath("rtwidget/a.py"), tree))


def test_the_readme_is_short() -> None:
    assert list(wrong_readme("x" * 119 + "\n" * 150)) == []
    assert "151 lines" in the_one(wrong_readme("\n" * 151))
    assert "README.md:2: 120 characters" in the_one(wrong_readme("\n" + "x" * 120))


def test_a_text_names_files_that_are_there() -> None:
    known = path_ends(paths("rtwidget/view/hub.py", "rtwidget/js/src/grid/rows.ts"))
    page = PurePosixPath("docs/a.md")
    there = "`hub.py`, `view/hub.py`, `rtwidget/view/hub.py::ViewHub`, `grid/rows.ts`, `hub`"
    assert list(lost_mentions(page, there, known)) == []
    assert "docs/a.md:2: there is no b.py" in the_one(lost_mentions(page, "\n`b.py`", known))
    assert len(list(lost_mentions(page, "`feed/hub.py` and `ub.py`", known))) == 2
