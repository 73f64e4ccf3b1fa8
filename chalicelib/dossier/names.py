"""By what an applicant's name is found: a keyed hash of it without accents. No name stands in a key."""

import unicodedata
from typing import Final

from chalicelib.kernel.ids import keyed_hash

_LETTERS: Final = str.maketrans({"đ": "d", "Đ": "D"})
LENGTH: Final = 16
"""Hexadecimal characters of a hash: 64 bits, within one agency; two names that share one are told apart by reading."""


def plain_name(name: str) -> str:
    """A name as people type it in a hurry: no accents, small letters, single spaces."""
    parts = unicodedata.normalize("NFD", name.translate(_LETTERS))
    return " ".join("".join(each for each in parts if not unicodedata.combining(each)).casefold().split())


def name_list(agency: str, name: str) -> str:
    """The dossiers of an agency whose applicant has this name, with or without its accents."""
    return f"NAME#{agency}#{keyed_hash('name', plain_name(name))[:LENGTH]}"
