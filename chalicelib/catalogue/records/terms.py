"""The lines of a term as a national record has them: read where it leaves no doubt, else in its own words.

They are made from the record as it is kept, so a record that an earlier release imported has them too.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from msgspec import structs

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.parts import Term
from chalicelib.catalogue.procedures.terms import Said, TermLine
from chalicelib.law import terms as law

type Number = int | float

_UNITS: Final = {"WORKING_DAY": "wd", "DAY": "d", "MONTH": "m"}
"""Units of the record that say what they count; OTHER, HOUR and YEAR do not."""
_SPOKEN: Final = {
    "ngày làm việc": "wd", "ngày": "d", "giờ làm việc": "wh", "giờ": "h", "tháng": "m", "tuần": None, "năm": None,
}  # fmt: skip
_RECORDED = re.compile(r"(?P<number>\d{1,9}(?:\.\d{1,4})?)(?: (?P<unit>\w+))?")
_WORDS: Final = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
# "01 tháng 8 năm 2024" and "năm 2024" are dates, "15 giờ 30" a time of day: an officer tells the last one apart.
_LENGTH = re.compile(
    rf"(?:(?<![\d/.,])(?P<amount>\d{{1,4}}(?:[.,]\d{{1,2}})?)\s*(?:\)\s*|\([^()\n]{{1,30}}\)\s*)?|\b(?P<word>{_WORDS})\s+)"
    r"(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tháng|tuần|năm)\b(?!\s*\d{1,4}\s*năm|\s*\d{4}\b)",
    re.IGNORECASE,
)
_ADDED = re.compile(r"(?:tăng|kéo dài|gia hạn|cộng)\s*thêm[^.;\n\d]{0,60}$", re.IGNORECASE)
_CONDITIONAL = re.compile(r"trường hợp|đối với|nếu|trừ\b|hoặc|kéo dài|gia hạn|tăng thêm|trong đó", re.IGNORECASE)
_DEPENDS = re.compile(r"trường hợp|đối với|nếu", re.IGNORECASE)
_NOT_COUNTED = re.compile(r"không (?:bao gồm|tính|kể)(?: cả)?\b", re.IGNORECASE)
_TIME = re.compile(r"thời (?:gian|hạn)", re.IGNORECASE)
_ITEM = re.compile(r"[a-zđ]\d?[).]\s", re.IGNORECASE)
# A sentence ends at a full stop or semicolon before a new beginning; "vùng xa; vùng có" goes on.
_END = re.compile(r"(?<=[.;])\s+(?=(?P<begins>[-+*•–]|\w\)|\w))")
_MOST_LENGTHS: Final = 8
"""Of one sentence; those that we know have three. With more, the sentence is told once: it repeats with each."""
_AREAS: Final = (
    ("mountain", re.compile(r"miền núi", re.IGNORECASE)),
    ("border", re.compile(r"biên giới", re.IGNORECASE)),
    ("island", re.compile(r"\bđảo\b", re.IGNORECASE)),
    ("remote", re.compile(r"vùng sâu|vùng xa", re.IGNORECASE)),
    ("hard", re.compile(r"xã hội khó khăn|vùng khó khăn", re.IGNORECASE)),
    ("hardest", re.compile(r"đặc biệt khó khăn", re.IGNORECASE)),
)


class _Row(NamedTuple):
    text: str | None
    record: str | None
    words: str


def lines_of(record: Facts) -> tuple[TermLine, ...]:
    """Every term that a record names, one line for channels that say the same; what is open has no `text`.

    So has each of several terms for one channel that nothing but words tells apart.
    """
    rows: dict[_Row, list[str]] = {}
    for method in record.methods:
        term = method.term or Term()
        words = "\n".join(part for part in (term.text_vi, method.note_vi) if part)
        if term.record or words:
            channels = rows.setdefault(_Row(term.text, term.record, words), [])
            channels += [method.channel] if method.channel and method.channel not in channels else []
    lines = [_line(row, channels, record.channels) for row, channels in rows.items()]
    lines += _of_cases(record, lines)
    every = record.channels or ("",)
    known: dict[str, set[tuple[Number | None, str | None]]] = {}
    for line in lines:
        for channel in line.channels or every:
            known.setdefault(channel, set()).add((line.quantity, line.unit))
    rivals = {channel for channel, terms in known.items() if len(terms) > 1}
    rivals |= {channel for line in lines if line.text is None for channel in line.channels or every}
    return tuple(structs.replace(line, text=None) if rivals & set(line.channels or every) else line for line in lines)


def _line(row: _Row, channels: Sequence[str], every: Sequence[str]) -> TermLine:
    words = row.words
    quantity, unit = _recorded(row.text, row.record)
    said = tuple(_said(words, quantity, unit))
    conditional = any(_CONDITIONAL.search(each.words_vi) for each in said)
    is_clear = all(each.reading for each in said) and not conditional
    return TermLine(
        channels=() if set(channels) == set(every) else tuple(channels),
        condition_vi=words if said or conditional else None,
        quantity=quantity,
        unit=unit,
        text=row.text if is_clear else None,
        record=row.record,
        not_counted_vi=tuple(_not_counted(words)),
        note_vi=None if said or conditional else words or None,
        sentences=said,
    ).saying("text")


def _of_cases(record: Facts, lines: Sequence[TermLine]) -> list[TermLine]:
    """The terms that the record gives to cases and to no way of submitting."""
    known = {(line.quantity, line.unit) for line in lines}
    coded = [(case.code, case.term) for case in record.cases if case.term and case.term.record]
    if len({term.record for _, term in coded}) == 1:
        coded = [("", coded[0][1])]
    read = [(code, term.record, *_recorded(term.text, term.record)) for code, term in coded]
    return [
        TermLine(case=code or None, quantity=quantity, unit=unit, record=recorded).saying("text")
        for code, recorded, quantity, unit in read
        if (quantity, unit) not in known
    ]


def _recorded(text: str | None, record: str | None) -> tuple[Number | None, str | None]:
    """The number and unit of the record's fields; those of its words where they name one term only."""
    found = _RECORDED.fullmatch(record or "")
    if found is None:
        if text is None:
            return None, None
        read = law.Term.parse(text)
        return read.amount, read.unit
    return _number(found["number"]), _UNITS.get(found["unit"] or "")


def _number(digits: str) -> Number:
    value = float(digits.replace(",", "."))
    return int(value) if value == int(value) else value


def _sentences(words: str) -> Iterator[str]:
    for line in words.split("\n"):
        start = 0
        for end in _END.finditer(line):
            if not end["begins"].islower() or len(end["begins"]) > 1:
                yield line[start : end.start()].strip()
                start = end.end()
        if line[start:].strip():
            yield line[start:].strip()


def _said(words: str, quantity: Number | None, unit: str | None) -> Iterator[Said]:
    """Each length of time in its sentence, and each sentence that names kinds of communes."""
    for sentence in dict.fromkeys(_sentences(words)):
        areas = tuple(code for code, pattern in _AREAS if pattern.search(sentence))
        lengths = list(islice(_LENGTH.finditer(sentence), _MOST_LENGTHS + 1))
        if len(lengths) > _MOST_LENGTHS:
            yield Said(words_vi=sentence, areas=areas).saying("reading")
            continue
        for found in lengths:
            amount = _number(found["amount"]) if found["amount"] else None
            counted = _SPOKEN[" ".join(found["unit"].lower().split())]
            added = _ADDED.search(sentence, max(0, found.start() - 80), found.start()) is not None
            plain = not areas and not added and len(lengths) == 1 and not _CONDITIONAL.search(sentence)
            is_it = plain and amount is not None and (amount, counted) == (quantity, unit)
            yield Said(
                words_vi=sentence,
                quantity=amount,
                unit=counted,
                added=added,
                areas=areas,
                reading="here" if is_it else None,
            ).saying("reading")
        if not lengths and (areas or _depends(sentence)):
            yield Said(words_vi=sentence, areas=areas).saying("reading")


def _depends(sentence: str) -> bool:
    """Whether a sentence without a length makes the time depend on something; what is not counted is told apart."""
    return bool(_TIME.search(sentence) and _DEPENDS.search(sentence) and not _NOT_COUNTED.search(sentence))


def _not_counted(words: str) -> Iterator[str]:
    """Sentences that leave a time out of the count, each with the list that follows it."""
    kept: list[str] = []
    for sentence in _sentences(words):
        if kept and _ITEM.match(sentence):
            kept.append(sentence)
            continue
        if kept:
            yield "\n".join(kept)
        kept = [sentence] if _NOT_COUNTED.search(sentence) and _TIME.search(sentence) else []
    if kept:
        yield "\n".join(kept)
