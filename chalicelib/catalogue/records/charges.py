"""The fees of a national record as facts have them: read where they leave no doubt, else in the record's own words.

They are made from the record as it is kept, so a record that an earlier release imported has them too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from msgspec import structs

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.fees import Fee, FeeTier
from chalicelib.catalogue.procedures.parts import RecordedFee
from chalicelib.catalogue.records.fees import (
    ELSEWHERE,
    EXEMPT,
    LEAST_DONG,
    PER_UNIT,
    WAIVED,
    sums_in,
    without_document_numbers,
)

_END: Final = re.compile(r"\n|(?<=[.;])\s+")
_PER: Final = re.compile(r"\s*/\s*([^\W\d][^.,;:()+\n]{0,59})")
_NEXT: Final = re.compile(r"\s[-–•*]\s.*")
_DEPENDS: Final = re.compile(r"trường hợp|đối với|nếu|trừ\b|từ (?:trang|bản|người)|tối đa|tối thiểu", re.IGNORECASE)
_MOST_TIERS: Final = 60
"""Of one fee; the longest list that we know has about twenty. With more, the words alone are shown."""
_MOST_WORDS: Final = 20_000
"""Of the tiers of all fees: each repeats its sentence. The longest that we know have 3,000 letters together."""


class _Row(NamedTuple):
    channel: str | None
    type: str | None
    amount: int | None
    currency: str | None
    text: str
    tiers: str

    @property
    def words(self) -> str:
        return self.text if self.tiers in self.text else "\n".join(part for part in (self.text, self.tiers) if part)


def charges_of(record: Facts) -> tuple[Fee, ...]:
    """Every fee that a record names, each once; `reading` is None for what an officer has to decide.

    That is so where a channel has several fees of one type, or one that not each of its ways of submitting has, or
    where the record spares somebody.
    """
    rows: dict[_Row, set[int]] = {}
    for place, method in enumerate(record.methods):
        for fee in method.fees:
            rows.setdefault(_row(method.channel, fee), set()).add(place)
    kinds = Counter((row.channel, row.type) for row in rows)
    ways = Counter(method.channel for method in record.methods)
    spares = any(EXEMPT.search(each) and not _is_waiver(each) for each in _texts(record))
    fees = tuple(
        _fee(row, alone=kinds[row.channel, row.type] == 1 and len(places) == ways[row.channel], spares=spares)
        for row, places in rows.items()
    )
    if sum(len(tier.words_vi) for fee in fees for tier in fee.tiers) > _MOST_WORDS:
        return tuple(structs.replace(fee, tiers=()) for fee in fees)
    return fees


def _row(channel: str | None, fee: RecordedFee) -> _Row:
    return _Row(channel, fee.type, fee.amount, fee.currency, fee.text_vi or "", fee.tiers_vi or "")


def _texts(record: Facts) -> Iterator[str]:
    for method in record.methods:
        yield method.note_vi or ""
        for fee in method.fees:
            yield fee.text_vi or ""


def _fee(row: _Row, *, alone: bool, spares: bool) -> Fee:
    reading = _reading(row, spares=spares) if alone else None
    tiers = tuple(islice(_tiers(row.words), _MOST_TIERS + 1))
    same = all((each.amount, each.currency) == (row.amount, row.currency) for each in tiers)
    units = {each.per_vi for each in tiers} if same else set()
    return Fee(
        channel=row.channel,
        type=row.type,
        amount=row.amount if row.amount or reading == "free" else None,
        currency=row.currency,
        per_vi=units.pop() if len(units) == 1 else None,
        tiers=() if same or len(tiers) > _MOST_TIERS else tiers,
        condition_vi=None if reading else row.words or None,
        note_vi=row.words or None if reading else None,
        record=None if row.amount is None else f"{row.amount} {row.currency or ''}".strip(),
        reading=reading,
    ).saying("channel", "type", "amount", "currency", "reading")


def _reading(row: _Row, *, spares: bool) -> str | None:
    """What a fee is without any doubt; a blank 0 says nothing."""
    if row.amount == 0:
        return "free" if _is_waiver(row.words) else None
    if not row.amount or row.currency is None or spares or row.tiers:
        return None
    sums = {(each.amount, each.currency) for each in sums_in(row.text)}
    doubts = (
        row.currency == "VND" and row.amount < LEAST_DONG,
        PER_UNIT.search(without_document_numbers(row.text)),
        ELSEWHERE.search(row.text),
        _DEPENDS.search(row.text),
        sums - {(row.amount, row.currency)},
    )
    return None if any(doubts) else "exact"


def _is_waiver(text: str) -> bool:
    """Whether a text says that nobody pays, and nothing else."""
    found = WAIVED.match(text)
    return found is not None and not text[found.end() :].strip(" .;)\n")


def _tiers(words: str) -> Iterator[FeeTier]:
    """Each sum of money in its sentence."""
    for sentence in _END.split(words):
        for found in sums_in(sentence):
            per = _PER.match(sentence, found.end)
            unit = _NEXT.sub("", per.group(1)).strip() if per else None
            yield FeeTier(words_vi=sentence.strip(), amount=found.amount, currency=found.currency, per_vi=unit)
