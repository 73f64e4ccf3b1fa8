"""Variants of one name: many promulgators publish a procedure of the same name, and a list shows them as one."""

from collections.abc import Callable, Iterable, Sequence

from chalicelib.catalogue.services.search.model import Entry, Hit

type Scored = tuple[int, float]


def together(
    ranked: Iterable[Scored], entries: Sequence[Entry], names: Sequence[str], order: Callable[[int], tuple[object, ...]]
) -> list[Hit]:
    """The answer with one hit a name, where its best one was: of its variants the first in `order`, with the others."""
    groups: dict[str, list[Scored]] = {}
    for each in ranked:
        groups.setdefault(names[each[0]], []).append(each)
    hits = []
    for group in groups.values():
        first, *others = sorted((at for at, _ in group), key=order)
        hits.append(Hit(entries[first], max(score for _, score in group), tuple(entries[at] for at in others)))
    return hits


def whose_first(entry: Entry, wanted: frozenset[str]) -> int:
    """The province's own record comes before the ministry's, and other provinces' last; so does who was named."""
    if wanted & {entry.area, entry.promulgator}:
        return 0
    return 1 if entry.area is None else 2
