"""Where what is unknown stands: a place of the facts as the place of the public answer that shows it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import structs

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.parts import Unknown

_NO_ADDRESS: Final = (
    "Bản ghi nêu tên tệp và nơi lưu trong kho của mình, không có địa chỉ tải về.",
    "The record names the file and its place in the store of its database, and gives no address to open it.",
)
_FIRST: Final = re.compile(r"/(\w+)(?=/|$)")
_OLD_FEES: Final = re.compile(r"/methods/\d+/fees\b.*")
"""What drafts of earlier releases kept of a record's way of submitting: which line it became is not known any more."""
_SHOWN_AS: Final = {
    "components": "papers",
    "term": "times",
    "life_groups": "life_events",
    "online_channels": "service_channels",
    "field": "fields",
    "result": "results",
    "return_ways": "returns",
    "methods": "channels",
}


def placed(unknown: Iterable[Unknown], answer: Mapping[str, object]) -> Iterator[Unknown]:
    """What is unknown under pointers that resolve in the answer, each said once."""
    seen = set[tuple[str, str]]()
    for each in unknown:
        at = _resolving(_shown_at(each.pointer), answer)
        if (at, each.why_en) not in seen:
            seen.add((at, each.why_en))
            yield structs.replace(each, pointer=at)


def without_address(facts: Facts) -> Iterator[Unknown]:
    """The blank forms that nobody can open, each at its place in the facts."""
    owners = (("components", [c.blanks for c in facts.components]), ("notes", [n.blanks for n in facts.notes]))
    for name, kept in owners:
        for place, blanks in enumerate(kept):
            for number, blank in enumerate(blanks):
                if blank.url is None:
                    at = f"/{name}/{place}/blanks/{number}/url"
                    yield Unknown(pointer=at, why_vi=_NO_ADDRESS[0], why_en=_NO_ADDRESS[1])


def _shown_at(pointer: str) -> str:
    if _OLD_FEES.fullmatch(pointer):
        return "/fees"
    shown = _FIRST.sub(lambda found: f"/{_SHOWN_AS.get(found[1], found[1])}", pointer, count=1)
    return shown.replace("/amount_vnd", "/amount").replace("/blanks/", "/blank_forms/")


def _resolving(pointer: str, answer: object) -> str:
    """The pointer, cut back to where it resolves; the whole answer where nothing of it does."""
    at, place = "", answer
    for part in pointer.split("/")[1:]:
        if isinstance(place, Mapping) and part in place:
            place = place[part]
        elif isinstance(place, list) and part.isdecimal() and int(part) < len(place):
            place = place[int(part)]
        else:
            break
        at = f"{at}/{part}"
    return at
