"""What ends a refusal decides what is raised."""

from __future__ import annotations

import pytest

from rtwidget.errors import AuthenticationError, ErrorKind, SourceError, UnreachableError
from rtwidget.sources.postgres.login.login_kinds import Mends, Refusal, refused

RAISED = {
    Mends.LOGIN: (AuthenticationError, ErrorKind.NEEDS_TOKEN, "h:1 refused the connection: no."),
    Mends.USER: (SourceError, ErrorKind.NEEDS_USER, "h:1 refused the connection: no."),
    Mends.PROOF: (SourceError, ErrorKind.NEEDS_USER, "does not prove that it is the server meant: no."),
    Mends.HERE: (SourceError, ErrorKind.NEEDS_USER, "cannot be made as it is asked for: no."),
    Mends.ROOM: (SourceError, ErrorKind.TRANSIENT, "h:1 refused the connection: no."),
    Mends.TIME: (UnreachableError, ErrorKind.TRANSIENT, "h:1 refused the connection: no."),
}  # fmt: skip


@pytest.mark.parametrize("mends", Mends)
def test_what_ends_it_decides_who_has_to_act(mends: Mends) -> None:
    kind, ends_by, said = RAISED[mends]
    error = refused(Refusal("no", mends, "Do this."), "h:1", "no", "28000")
    assert (type(error), error.kind) == (kind, ends_by)
    assert (error.hint, error.code) == ("Do this.", "28000")
    assert "h:1" in error.message
    assert error.message.endswith(said)


def test_without_the_servers_word_there_is_no_code() -> None:
    assert refused(Refusal("no", Mends.USER, "Do this."), "h:1", "no").code is None
