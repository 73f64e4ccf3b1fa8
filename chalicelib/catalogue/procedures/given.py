"""What JSON gives and takes back: a typed value remembers which names were said, so that it goes back as it came."""

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple, Self, get_args, get_type_hints

import msgspec
from msgspec import structs

from chalicelib.contracts.event import heard

_SAID: Final = "~said"
_OTHERS: Final = "~others"
_OWN: Final = frozenset({"said", "others"})


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A value read from JSON. Written, it has the names that were said, those that have a value, and unknown ones.

    `others` are the names that its type does not know, as they came: an editor's note is not lost.
    """

    said: frozenset[str] = msgspec.field(name=_SAID, default=frozenset())
    others: dict[str, object] = msgspec.field(name=_OTHERS, default_factory=dict)

    def says(self, name: str) -> bool:
        """Whether the JSON had this name, be it without a value."""
        return name in self.said

    def saying(self, *names: str) -> Self:
        """The same, written with these names also where they have no value: what somebody completes later."""
        return structs.replace(self, said=self.said | set(names))


def given[G: Given](kind: type[G], raw: object) -> G:
    """Plain JSON as its type. Raises contracts.event.Malformed, which names the field."""
    return heard(kind, _marked(kind, raw))


def plain(value: Given) -> dict[str, object]:
    """The plain JSON of a value."""
    known = {
        each.name: _plain(content)
        for each in _fields(type(value))
        if (content := getattr(value, each.name)) != each.default or each.name in value.said
    }
    return {**known, **value.others}


def _plain(value: object) -> object:
    if isinstance(value, Given):
        return plain(value)
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


class _Field(NamedTuple):
    name: str
    default: object
    inner: type[Given] | None


@cache
def _fields(kind: type[Given]) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(
        _Field(each.name, each.default, _inner(hints[each.name]))
        for each in structs.fields(kind)
        if each.name not in _OWN
    )


def _inner(hint: object) -> type[Given] | None:
    """The type of values that stands in an annotation: in `tuple[Fee, ...] | None` it is Fee."""
    if isinstance(hint, type) and issubclass(hint, Given):
        return hint
    return next((found for each in get_args(hint) if (found := _inner(each))), None)


def _marked(kind: type[Given], raw: object) -> object:
    """The same JSON in which each value carries what was said, and apart what its type does not know."""
    if isinstance(raw, (list, tuple)):
        return [_marked(kind, each) for each in raw]
    if not isinstance(raw, Mapping):
        return raw
    known = {each.name: each for each in _fields(kind)}
    marked: dict[str, object] = {_SAID: [], _OTHERS: {name: raw[name] for name in raw if name not in known}}
    for name, each in known.items():
        if name in raw:
            marked[name] = _marked(each.inner, raw[name]) if each.inner else raw[name]
    return marked | {_SAID: [name for name in raw if name in known]}
