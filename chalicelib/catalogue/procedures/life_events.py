"""The moments of life under which people look for a procedure: our own grouping, which no law gives."""

import functools
import unicodedata
from collections.abc import Iterable
from importlib import resources

import msgspec
from msgspec import Struct, structs

from chalicelib.catalogue.procedures.words import syllables


class LifeEvent(Struct, frozen=True):
    """A moment of life, and what places an entry in it: words of its name, its field, its group of procedures."""

    code: str
    name_vi: str
    name_en: str
    words: tuple[str, ...]
    fields: frozenset[str]
    groups: frozenset[str]


class _File(Struct, frozen=True):
    life_events: tuple[LifeEvent, ...]


@functools.cache
def life_events() -> tuple[LifeEvent, ...]:
    """The life events of the data file, in the order in which they are shown."""
    file = resources.files("chalicelib.catalogue") / "data" / "search" / "life_events.json"
    read = msgspec.json.decode(file.read_bytes(), type=_File)
    return tuple(
        structs.replace(
            event,
            words=tuple(map(_phrase, event.words)),
            fields=frozenset(map(_same, event.fields)),
            groups=frozenset(map(_same, event.groups)),
        )
        for event in read.life_events
    )


def life_events_of(name: str, fields: Iterable[str] = (), groups: Iterable[str] = ()) -> tuple[str, ...]:
    """The codes of the life events in which an entry of this name, fields and groups belongs; often none."""
    words = _phrase(name)
    in_fields, in_groups = frozenset(map(_same, fields)), frozenset(map(_same, groups))
    return tuple(
        event.code
        for event in life_events()
        if event.fields & in_fields or event.groups & in_groups or any(phrase in words for phrase in event.words)
    )


def _phrase(text: str) -> str:
    """Syllables between blanks, so that one phrase is found in another only at whole syllables."""
    return f" {' '.join(word.marked for word in syllables(text))} "


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
