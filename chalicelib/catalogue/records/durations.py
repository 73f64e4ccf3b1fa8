"""The term of a method or case: a term of our grammar only where the record leaves no doubt, else its own words."""

import re
from typing import Any, Final, NamedTuple

from chalicelib.catalogue.records.raw import Raw, one_line, whole_number
from chalicelib.law.terms import BadTerm, Term

# Units that the grammar of terms does not have, and the finding for each.
_UNCOUNTED: Final = {"OTHER": "term_other", "HOUR": "term_hours_unclear", "YEAR": "term_year"}
_UNITS: Final = {"WORKING_DAY": "wd", "DAY": "d", "MONTH": "m"}
_SPOKEN: Final = {"ngày làm việc": "wd", "ngày": "d", "giờ làm việc": "wh", "giờ": "h", "tháng": "m"}
_SHOWN: Final = 80

_AMOUNT = r"(?P<amount>\d{1,4}(?:[.,]\d)?)\s*(?:\([^()]{1,30}\)\s*)?(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|tháng)"
# "01 tháng 8 năm 2024" is a date and no length of time.
_MENTION = re.compile(_AMOUNT + r"(?!\s*\d{1,4}\s*năm)\b", re.IGNORECASE)
_ADDED = re.compile(r"(?:tăng|kéo dài|gia hạn|cộng)\s*thêm[^.;\n\d]{0,60}$", re.IGNORECASE)
_WHOLE = re.compile(r"(?:(?:tối đa\s*)?không quá|tối đa|trong(?: thời hạn)?)?\s*" + _AMOUNT + r"\b", re.IGNORECASE)
_CONDITIONAL = re.compile(r"trường hợp|đối với|tăng thêm|kéo dài|gia hạn|nếu|hoặc|[:%]", re.IGNORECASE)
_SAME_DAY = re.compile(r"(?:ngay )?trong ngày(?: làm việc)?(?: tiếp nhận(?: hồ sơ)?)?\.?", re.IGNORECASE)


class _Mention(NamedTuple):
    amount: str
    unit: str
    added: bool
    words: str


def term_of(raw: Raw, value_key: str, unit_key: str, note_vi: str | None) -> dict[str, Any]:
    """`text` is the term or nothing, `record` what the record has in its fields, `text_vi` its words for the term."""
    value, unit = raw.value(value_key), raw.line(unit_key)
    if isinstance(value, str):
        words = one_line(value)
        number = words.replace(",", ".")
        if not re.fullmatch(r"\d{1,9}(?:\.\d{1,4})?", number):
            return _in_words(raw, value_key, words, unit)
        value = float(number)
    if value is None and unit is None:
        return {"text": None, "record": None, "text_vi": None}
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
        raw.ledger.warn("unexpected_type", raw.at(value_key), kind=type(value).__name__)
        value = None
    amount = whole_number(value)
    record = " ".join(str(part) for part in (value if amount is None else amount, unit) if part is not None)
    text = _checked(raw, value_key, amount, unit, record, note_vi)
    return {"text": text, "record": record, "text_vi": None}


def _in_words(raw: Raw, key: str, words: str, unit: str | None) -> dict[str, Any]:
    text = _unambiguous(words)
    if text is None and words:
        raw.ledger.warn("term_free_text", raw.at(key))
    return {"text": text, "record": unit, "text_vi": words or None}


def _unambiguous(words: str) -> str | None:
    """A term in words that name one length of time, unconditionally, at their beginning."""
    if _SAME_DAY.fullmatch(words):
        return "0wd"
    found = _WHOLE.match(words)
    if found is None or len(mentions(words)) != 1 or _CONDITIONAL.search(words):
        return None
    unit = _SPOKEN[found["unit"].lower()]
    return _written(found["amount"], unit)


def _written(amount: str, unit: str) -> str | None:
    try:
        return str(Term.parse(f"{int(amount)}{unit}")) if amount.isdecimal() and int(amount) else None
    except BadTerm:
        return None


def _checked(raw: Raw, key: str, amount: int | None, unit: str | None, record: str, note_vi: str | None) -> str | None:
    ledger, place = raw.ledger, raw.at(key)
    ours = _UNITS.get(unit or "")
    if ours is None:
        text = _working_hours(amount, unit, note_vi)
        if text is None:
            code = _UNCOUNTED.get(unit or "", "unit_unknown")
            ledger.warn(code, place, record=record, unit=(unit or "")[:_SHOWN])
        return text
    if amount is None:
        ledger.warn("term_fractional", place, record=record)
        return None
    text = _written(str(amount), ours)
    if text is None:
        ledger.warn("term_out_of_range", place, record=record)
        return None
    doubt = _doubt(str(amount), ours, note_vi or "")
    if doubt is None:
        return text
    code, note = doubt
    ledger.warn(code, place, record=record, note=note[:_SHOWN])
    return text if code == "term_differs_from_note" else None


def _working_hours(amount: int | None, unit: str | None, note_vi: str | None) -> str | None:
    """Hours are a term only where the description itself calls that number of them working hours."""
    said = {(m.amount, m.unit) for m in mentions(note_vi or "") if not m.added}
    return _written(str(amount), "wh") if unit == "HOUR" and (str(amount), "wh") in said else None


def _doubt(amount: str, unit: str, note_vi: str) -> tuple[str, str] | None:
    """What the description has against the recorded term: the code of the finding and the words."""
    kind = {"m"} if unit == "m" else {"wd", "d"}
    said = [m for m in mentions(note_vi) if m.unit in kind]
    plain = [m for m in said if not m.added]
    if not said or any((m.amount, m.unit) == (amount, unit) for m in plain):
        return None
    for mention in plain:
        if mention.amount == amount:
            return "term_unit_contradicted", mention.words
    for mention in said:
        if mention.added and mention.amount == amount:
            return "term_is_extension", mention.words
    return ("term_differs_from_note", plain[0].words) if plain else None


def mentions(text: str) -> list[_Mention]:
    """The lengths of time that a text names; `added` ones lengthen a term and are none themselves."""
    found = []
    for match in _MENTION.finditer(text):
        amount = match["amount"].replace(",", ".")
        amount = amount.lstrip("0") or "0"
        added = _ADDED.search(text, max(0, match.start() - 80), match.start()) is not None
        found.append(_Mention(amount, _SPOKEN[match["unit"].lower()], added, match[0]))
    return found
