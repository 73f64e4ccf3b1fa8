"""One meaning of a name of the API: its sentence, an example, its format."""

from typing import Any, Final, NamedTuple

CODE: Final = "1.001193"
REFERENCE: Final = "MC-7K3D9M2QW8XZ4T1B"
DOSSIER: Final = "H01.10.24-20261125-0000001"
HASH: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
VI, EN = "Trẻ em sinh ra tại Việt Nam", "A child born in Viet Nam"


class Word(NamedTuple):
    """A sentence, an example of a plain value, and a format of JSON Schema."""

    text: str
    example: Any = None
    format: str = ""


def time(text: str, example: str = "2026-11-25T13:23:47+07:00") -> Word:
    """A moment."""
    return Word(text, example, "date-time")


def day(text: str) -> Word:
    """A day."""
    return Word(text, "2026-12-01", "date")


def link(text: str) -> Word:
    """An address that a browser opens."""
    return Word(text, "https://files.example.vn/H01/2026?X-Amz-Signature=0f3a", "uri")
