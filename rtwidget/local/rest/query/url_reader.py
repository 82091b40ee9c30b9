"""Reads a part of a PostgREST URL from left to right, by PostgREST's own grammar. Pure.

Where PostgREST stops reading and ignores the rest of a malformed part, this refuses it.
"""

from __future__ import annotations

from rtwidget.local.rest.rest_errors import RestError, not_implemented, parse_error

_SPACES = " \t"
_IDENTIFIER = "_ $"


class Reader:
    """Reads one text.

    Args:
        text: The part.
        what: Its name in errors, such as `filter`.
    """

    def __init__(self, text: str, what: str) -> None:
        self.text = text
        self._what = what
        self._position = 0

    def peek(self) -> str:
        """Return the next character, empty at the end."""
        return self.text[self._position : self._position + 1]

    def rest(self) -> str:
        """Return everything that is not read yet."""
        rest, self._position = self.text[self._position :], len(self.text)
        return rest

    def sees(self, text: str) -> bool:
        """Tell whether a text comes next."""
        return self.text.startswith(text, self._position)

    def accept(self, text: str) -> bool:
        """Read a text if it comes next."""
        found = self.sees(text)
        self._position += len(text) if found else 0
        return found

    def expect(self, text: str) -> None:
        """Read a text.

        Raises:
            RestError: Something else comes next.
        """
        if not self.accept(text):
            raise self.refuse(text)

    def end(self) -> None:
        """Make sure that nothing is left.

        Raises:
            RestError: Something is.
        """
        if self.peek():
            raise self.refuse("end of input")

    def refuse(self, wanted: str) -> RestError:
        """Return the error that something else was wanted here."""
        found = self.peek() or "end of input"
        return parse_error(self._what, self.text, f'unexpected "{found}" expecting "{wanted}"')

    def spaces(self) -> None:
        """Read spaces and tabs, if any."""
        while self.peek() and self.peek() in _SPACES:
            self._position += 1

    def until(self, stops: str) -> str:
        """Read up to one of some characters or the end."""
        start = self._position
        while self.peek() and self.peek() not in stops:
            self._position += 1
        return self.text[start : self._position]

    def quoted(self) -> str:
        """Read a text between double quotes, in which a backslash takes the next character as it is.

        Raises:
            RestError: It is none, or does not end.
        """
        self.expect('"')
        characters: list[str] = []
        while self.peek() != '"':
            # The backslash itself is not part of the text.
            self.accept("\\")
            if not self.peek():
                raise self.refuse('"')
            characters.append(self.peek())
            self._position += 1
        self.expect('"')
        return "".join(characters)

    def identifier(self) -> str:
        """Read letters, digits, spaces, `_` and `$`, such as a type's name.

        Raises:
            RestError: There are none.
        """
        start = self._position
        while self._is_letter(self.peek()):
            self._position += 1
        if start == self._position:
            raise self.refuse("field name (* or [a..z0..9_$])")
        return self.text[start : self._position].strip(" \t")

    def name(self) -> str:
        """Read a column's name, quoted or of identifiers with dashes between them.

        Raises:
            RestError: There is none.
        """
        if self.peek() == '"':
            return self.quoted()
        parts = [self.identifier()]
        while self.sees("-") and not self.sees("->"):
            self._position += 1
            parts.append(self.identifier())
        return "-".join(parts)

    def field(self) -> str:
        """Read a column's name with spaces around it.

        Raises:
            RestError: There is none, or it goes on as a path into JSON.
        """
        self.spaces()
        name = self.name()
        if self.sees("->"):
            raise not_implemented("paths into JSON, such as `column->key`")
        self.spaces()
        return name

    def element(self) -> str:
        """Read a value of a list or a logic tree: quoted if that is all of it, or up to `,` or `)`."""
        start = self._position
        if self.peek() == '"':
            try:
                value = self.quoted()
            except RestError:
                value = None
            if value is not None and self.peek() in ("", ",", ")"):
                return value
            # It goes on behind the closing quote, so the quotes are part of the value.
            self._position = start
        return self.until(",)")

    def mark(self) -> int:
        """Return the position, for `back`."""
        return self._position

    def back(self, mark: int) -> None:
        """Go back to a position."""
        self._position = mark

    @staticmethod
    def _is_letter(character: str) -> bool:
        return bool(character) and (
            character.isalpha() or character in "0123456789" or character in _IDENTIFIER
        )
