"""Bytes to raw records of the National Database: every limit is checked before anything big is built.

A file holds one record, a JSON array of records, or one record a line. One linear pass over the bytes finds where each
record begins and ends and refuses what is too deep, too long or too many; only then is each slice read as JSON.
"""

import json
import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, NoReturn

from chalicelib.catalogue.records.findings import BadJson

# The whole national catalogue, about 5,700 records of 26 KB, is some 150 MB.
MAX_FILE: Final = 256 * 1024 * 1024
MAX_RECORD: Final = 2 * 1024 * 1024
MAX_RECORDS: Final = 20_000
MAX_DEPTH: Final = 64
# The longest text of the records that we know has under 10 KB, the longest list 60 entries.
MAX_STRING: Final = 256 * 1024
MAX_LIST: Final = 2_000
MAX_DIGITS: Final = 20

# A string that never ends is one token up to the end of the file, so the pass stays linear on hostile bytes.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
_LINES = (re.compile(rb"[ \t\r\n]*"), re.compile(rb"[ \t\r]*\n[ \t\r\n]*"), re.compile(rb"[ \t\r\n]*"))
_ARRAY = (
    re.compile(rb"[ \t\r\n]*\[[ \t\r\n]*"),
    re.compile(rb"[ \t\r\n]*,[ \t\r\n]*"),
    re.compile(rb"[ \t\r\n]*\][ \t\r\n]*"),
)
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_QUOTE, _BRACE, _OPENING = ord('"'), ord("{"), b"[{"
_SMALL: Final = 4096
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def parse(text: bytes) -> list[dict[str, Any]]:
    """Every raw record of a file, or BadJson that names the first thing wrong with it."""
    return [build(text[start:end]) for start, end in split(text)]


def split(text: bytes) -> list[tuple[int, int]]:
    """Where each record of a file begins and ends; nothing is built. Raises BadJson."""
    _check_size("too_large", len(text), MAX_FILE)
    head = len(_BYTE_ORDER_MARK) if text.startswith(_BYTE_ORDER_MARK) else 0
    array = text[head : head + _SMALL].lstrip()[:1] == b"["
    spans: list[tuple[int, int]] = []
    for span in _spans(text, head, base=1 if array else 0):
        spans.append(span)
        _check_size("too_many", len(spans), MAX_RECORDS)
    _check_gaps(text, head, spans, _ARRAY if array else _LINES)
    return spans


def build(text: bytes) -> dict[str, Any]:
    """One raw record from its own bytes, as `split` found them. Raises BadJson."""
    try:
        raw = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        raise BadJson("not_utf8") from None
    except json.JSONDecodeError as broken:
        raise BadJson("not_json", where=broken.pos) from None
    if not isinstance(raw, dict):
        raise BadJson("not_a_record")
    # Half of a surrogate pair is a legal escape in JSON and no text: nothing could store, hash or show it.
    if (b"\\ud" in text or b"\\uD" in text) and _has_half_pair(raw):
        raise BadJson("not_utf8")
    return raw


def _spans(text: bytes, head: int, *, base: int) -> Iterator[tuple[int, int]]:
    """The outermost objects (base 0) or the objects of the outermost array (base 1)."""
    depth = start = 0
    for token in _TOKEN.finditer(text, head):
        at, mark = token.start(), text[token.start()]
        if mark == _QUOTE:
            _check_size("string_too_long", token.end() - at, MAX_STRING)
        elif mark in _OPENING:
            if depth == base:
                if mark != _BRACE:
                    raise BadJson("not_a_record")
                start = at
            depth += 1
            _check_size("too_deep", depth, MAX_DEPTH)
        else:
            depth -= 1
            if depth == base:
                _check_size("too_large", at + 1 - start, MAX_RECORD)
                yield start, at + 1
    if depth:
        raise BadJson("not_json", where=len(text))


def _check_size(code: str, size: int, most: int) -> None:
    if size > most:
        raise BadJson(code, size=size, most=most)


def _check_gaps(text: bytes, head: int, spans: list[tuple[int, int]], gaps: tuple[re.Pattern[bytes], ...]) -> None:
    """Around the records stand only the marks of their array or the ends of their lines."""
    if not spans:
        _name_what_it_is(text[head:], head)
    first, between, last = gaps
    rules = [(first, head, spans[0][0]), (last, spans[-1][1], len(text))]
    rules += [(between, left[1], right[0]) for left, right in pairwise(spans)]
    for rule, start, end in rules:
        if rule.fullmatch(text, start, end) is None:
            _name_what_it_is(text[start:end].strip(b" \t\r\n,[]"), start)


def _name_what_it_is(text: bytes, where: int) -> NoReturn:
    """Refuse what stands in the place of a record: a value that is no record, other letters, or no JSON at all."""
    try:
        letters = text.decode("utf-8")
    except UnicodeDecodeError:
        raise BadJson("not_utf8") from None
    if len(text) <= _SMALL:
        try:
            json.loads(letters, parse_int=_integer, parse_float=_fraction, parse_constant=_no_number)
        except json.JSONDecodeError:
            pass
        else:
            raise BadJson("not_a_record")
    raise BadJson("not_json", where=where)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadJson("duplicate_key", key=_repeated(pairs)[:80])
    for value in fields.values():
        if type(value) is list:
            _check_list(value)
    return fields


def _repeated(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            return name
        seen.add(name)
    return ""


def _check_list(values: list[Any]) -> None:
    if len(values) > MAX_LIST:
        raise BadJson("list_too_long", most=MAX_LIST)
    for value in values:
        if type(value) is list:
            _check_list(value)


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        _no_number(text)
    return int(text)


def _fraction(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _no_number(text)
    return number


def _no_number(text: str) -> NoReturn:
    raise BadJson("bad_number", number=text[:40])


def _has_half_pair(value: Any) -> bool:
    if isinstance(value, str):
        return _SURROGATE.search(value) is not None
    if isinstance(value, dict):
        return any(_has_half_pair(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(map(_has_half_pair, value))
