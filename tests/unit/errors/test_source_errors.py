"""What a source refused: by class what ends it, on the error what its server said more."""

from __future__ import annotations

import pytest

from rtwidget import errors
from rtwidget.errors import ErrorKind, IdentityChangedError, SourceError, TableNotFoundError


def test_what_ends_an_error_is_its_classes_unless_it_says_otherwise() -> None:
    assert TableNotFoundError("no").kind is ErrorKind.NEEDS_USER
    assert IdentityChangedError("no").kind is ErrorKind.NEEDS_OTHER_IDENTITY
    assert TableNotFoundError("no", kind=ErrorKind.TRANSIENT).kind is ErrorKind.TRANSIENT


def test_what_one_error_says_of_itself_is_not_said_of_its_class() -> None:
    SourceError("no", kind=ErrorKind.NEEDS_USER)
    assert SourceError("no").kind is ErrorKind.TRANSIENT


def test_what_the_server_said_more_is_there_or_none() -> None:
    said = SourceError("no", retry_after_s=2.0, code="PGRST000")
    assert (said.retry_after_s, said.code) == (2.0, "PGRST000")
    assert (SourceError("no").retry_after_s, SourceError("no").code) == (None, None)


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("DatabaseUnavailableError", "UnreachableError"),
        ("IdentityChangedError", "AuthenticationError"),
        ("NotPublishedError", "NotificationsUnavailableError"),
    ],
)
def test_whoever_catches_the_wider_error_catches_the_narrower(name: str, parent: str) -> None:
    assert issubclass(getattr(errors, name), getattr(errors, parent))


@pytest.mark.parametrize("name", ["UnreachableError", "ReadTooLargeError", "ConnectionLostError"])
def test_what_passes_by_itself_is_tried_again(name: str) -> None:
    assert getattr(errors, name)("no").kind is ErrorKind.TRANSIENT
