"""A raw record seen field by field: every value has the type that is asked for, or is nothing and a finding."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.catalogue.records.findings import Ledger

_BLANKS = re.compile(r"[^\S\n]+")
_ALL_BLANKS = re.compile(r"\s+")
_MANY_LINES = re.compile(r"\n{3,}")
_LARGEST: Final = 2**53  # beyond it JSON readers disagree about whole numbers


def clean(text: str) -> str:
    """Composed letters, plain blanks, no invisible characters; lines stay lines."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE)
    return _MANY_LINES.sub("\n\n", "\n".join(line.strip() for line in _BLANKS.sub(" ", text).split("\n"))).strip()


_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def one_line(text: str) -> str:
    """The cleaned text on one line."""
    return _ALL_BLANKS.sub(" ", clean(text)).strip()


class Raw:
    """One object of the raw record with its place in it."""

    def __init__(self, fields: Mapping[str, Any], ledger: Ledger, pointer: str = "") -> None:
        self._fields, self.ledger, self.pointer = fields, ledger, pointer

    def at(self, key: str) -> str:
        """The JSON Pointer of a field."""
        return f"{self.pointer}/{key}"

    def value(self, key: str) -> Any:
        """Whatever stands there."""
        return self._fields.get(key)

    def line(self, key: str) -> str | None:
        """A text as one line; nothing when it is empty or no text."""
        text = self._text(key)
        return (one_line(text) or None) if text else None

    def prose(self, key: str) -> str | None:
        """A text that keeps its lines; nothing when it is empty or no text."""
        text = self._text(key)
        return (clean(text) or None) if text else None

    def flag(self, key: str) -> bool | None:
        """True or false as marked, nothing when it is not marked."""
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return value
        self._reject(key)
        return None

    def whole(self, key: str) -> int | None:
        """A whole number of 0 or more."""
        value = self.value(key)
        if value is None:
            return None
        number = whole_number(value)
        if number is None:
            self._reject(key)
        return number

    def rows(self, key: str) -> list["Raw"]:
        """The objects of a list; entries that are no objects are findings."""
        values = self.value(key)
        if values is None:
            return []
        if not isinstance(values, list):
            self._reject(key)
            return []
        found = []
        for place, value in enumerate(values):
            if isinstance(value, Mapping):
                found.append(Raw(value, self.ledger, f"{self.at(key)}/{place}"))
            else:
                self.ledger.warn("unexpected_type", f"{self.at(key)}/{place}", kind=type(value).__name__)
        return found

    def child(self, key: str) -> "Raw":
        """The object of a field; one without fields when there is none."""
        value = self.value(key)
        if value is not None and not isinstance(value, Mapping):
            self._reject(key)
        return Raw(value if isinstance(value, Mapping) else {}, self.ledger, self.at(key))

    def _text(self, key: str) -> str | None:
        value = self.value(key)
        if value is None or isinstance(value, str):
            return value
        self._reject(key)
        return None

    def _reject(self, key: str) -> None:
        self.ledger.warn("unexpected_type", self.at(key), kind=type(self.value(key)).__name__)


def whole_number(value: Any) -> int | None:
    """The value when it is a whole number from 0 on; 7.0 is 7, true is no number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if not 0 <= value <= _LARGEST or value != int(value):
        return None
    return int(value)
