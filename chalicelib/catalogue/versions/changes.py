"""What differs between two versions of a procedure, and which running dossiers that would touch if they followed it."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from chalicelib.law.states import TERMINAL, DossierState


class Change(NamedTuple):
    """One difference between two versions; a value that is not there is None. `touches` says what it changes."""

    pointer: str
    before: object
    after: object
    touches: str


class Touched(NamedTuple):
    """A running dossier whose procedure a new version changes, and in what; it stays on its own version (R41)."""

    reference: str
    version: int
    touches: tuple[str, ...]


def diff(old: Mapping[str, object], new: Mapping[str, object]) -> list[Change]:
    """The changes from one version's facts to another's, each with what it touches (rule R41: for the publisher).

    Components, fees and prices are known again by their code or channel, so a new order alone is no change; a pointer
    is into the new facts, or into the old ones for what is gone.
    """
    return [Change(at, before, after, _touches(at)) for at, before, after in _differences("", old, new)]


def touched(changes: Iterable[Change], running: Iterable[tuple[str, int, int]]) -> list[Touched]:
    """The running dossiers (reference, version, state) whose remaining way the changes would touch.

    Information only: each of them stays on its version and its rule pack (rule R41).
    """
    kinds = {change.touches for change in changes}
    found = []
    for reference, version, state in running:
        here = tuple(sorted(kind for kind in kinds if DossierState(state) in _STILL_MATTERS.get(kind, _OPEN)))
        if here:
            found.append(Touched(reference, version, here))
    return found


_S = DossierState
_OPEN: Final = frozenset(DossierState) - TERMINAL
_BEFORE_DECISION: Final = _OPEN - {_S.PROCESSED}
_AT_INTAKE: Final = frozenset({_S.REGISTERED, _S.SUPPLEMENT_REQUESTED})
# Up to which state a change of this kind could still alter a dossier's way; a kind not listed matters until the end.
_STILL_MATTERS: Final[dict[str, frozenset[DossierState]]] = {
    "term": _BEFORE_DECISION,
    "fee": _BEFORE_DECISION,
    "route": _BEFORE_DECISION,
    "components": _AT_INTAKE,
    "form": _AT_INTAKE,
    "identity": _AT_INTAKE,
    "channels": _AT_INTAKE,
    "level": _AT_INTAKE,
}
_TOUCHES: Final = {
    "term": "term",
    "supplement": "term",
    "withdrawal": "term",
    "silence": "route",
    "confirm_within": "route",
    "fees": "fee",
    "fee_answers": "fee",
    "prices": "fee",
    "free": "fee",
    "components": "components",
    "route": "route",
    "performed_by": "route",
    "form": "form",
    "name_vi": "name",
    "name_en": "name",
    "result": "result",
    "returning": "result",
    "online": "level",
    "signing": "level",
    "min_level": "identity",
    "channels": "channels",
    "online_channels": "channels",
    "legal_bases": "legal_basis",
    "source": "source",
}
_KEYED: Final[dict[str, tuple[str, ...]]] = {
    "/components": ("code",),
    "/fees": ("channel", "type"),
    "/prices": ("name_vi",),
}


def _touches(pointer: str) -> str:
    return _TOUCHES.get(pointer.split("/")[1], "other")


def _differences(at: str, old: object, new: object) -> Iterable[tuple[str, object, object]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in [*old, *(name for name in new if name not in old)]:
            escaped = str(name).replace("~", "~0").replace("/", "~1")
            yield from _differences(f"{at}/{escaped}", old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _in_lists(at, old, new)
    elif old != new:
        yield at, old, new


def _in_lists(at: str, old: list[object], new: list[object]) -> Iterable[tuple[str, object, object]]:
    before, after = _known_again(at, old), _known_again(at, new)
    for key, (place, value) in before.items():
        if key in after:
            yield from _differences(f"{at}/{after[key][0]}", value, after[key][1])
        else:
            yield f"{at}/{place}", value, None
    for key, (place, value) in after.items():
        if key not in before:
            yield f"{at}/{place}", None, value


def _known_again(at: str, items: list[object]) -> dict[tuple[object, ...], tuple[int, object]]:
    """Each item under what it is known by: its key, with a count where a key comes twice, else its place."""
    found: dict[tuple[object, ...], tuple[int, object]] = {}
    for place, item in enumerate(items):
        names = _KEYED.get(at)
        key = tuple(item.get(name) for name in names) if names and isinstance(item, Mapping) else (place,)
        count = 0
        while (*key, count) in found:
            count += 1
        found[(*key, count)] = (place, item)
    return found
