"""How long a service takes, as everybody reads it: each line of its term with its condition, and what is not known."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.parts import Unknown
from chalicelib.catalogue.procedures.terms import TermLine
from chalicelib.catalogue.records.terms import lines_of
from chalicelib.law import terms as law

_TOLD_BY_ITSELF: Final = re.compile(r"/methods/\d+/(?:term/text|fees/\d+/(?:amount|currency))|/term")
"""Where a record or a draft of it left a term or a fee open: each says by itself in the answer if it is certain."""
_OPEN_VI: Final = "Bản ghi không cho biết chắc chắn thời hạn này; đọc câu chữ của bản ghi."
_OPEN_EN: Final = "The record does not say this term for certain: read its words."


def lines_shown(facts: Facts) -> tuple[TermLine, ...]:
    """The lines of a version's term, or those that its national record has."""
    term = facts.term
    if term is None:
        return lines_of(facts)
    if term.lines:
        return term.lines
    return (TermLine(text=term.text, record=term.record, note_vi=term.note_vi),)


def unknown(facts: Facts, certain: Iterable[bool]) -> Iterator[Unknown]:
    """What the facts leave unknown, with the terms of the answer that are not read for certain, by their places."""
    yield from (each for each in facts.unknown if not _TOLD_BY_ITSELF.fullmatch(each.pointer))
    for place, is_certain in enumerate(certain):
        if not is_certain:
            yield Unknown(pointer=f"/times/{place}/term", why_vi=_OPEN_VI, why_en=_OPEN_EN)


def counted(line: TermLine) -> tuple[int | float | None, str | None]:
    """The number and unit of a line: the record's, or those of a term that needs no words of it."""
    if line.quantity is None and line.unit is None and line.is_decided:
        try:
            term = law.Term.parse(line.text or "")
        except law.BadTerm:
            return None, None
        return term.amount, term.unit
    return line.quantity, line.unit
