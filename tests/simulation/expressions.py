"""The expressions of DynamoDB that the stores write, read once each; what none of them writes is refused, not guessed.

An item and the values are in DynamoDB's notation. The rules are those of its guide: values of two types are never
equal nor in an order, strings are in the order of their bytes, what is not there meets `<>` and no other comparison.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

type Item = dict[str, dict[str, Any]]
type Names = Mapping[str, str]
type Values = Mapping[str, dict[str, Any]]
type Test = Callable[[Item, Names, Values], bool]

_WORD: Final = re.compile(r"\s*(<>|<=|>=|[=<>(),]|[#:]?\w+)")
_COMPARED: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Unread(Exception):
    """Not a form of expression that is known here."""


def words(text: str) -> list[str]:
    """The words and signs of an expression. Raises Unread."""
    found, at = list[str](), 0
    while at < len(text.rstrip()):
        word = _WORD.match(text, at)
        if word is None:
            raise Unread(text)
        found.append(word[1])
        at = word.end()
    return found


def spoken(*texts: str) -> frozenset[str]:
    """The placeholders `#name` and `:value` that expressions use."""
    return frozenset(word for text in texts for word in words(text) if word[0] in "#:")


def _value(word: str, item: Item, names: Names, values: Values) -> dict[str, Any] | None:
    if word[0] == ":":
        return values[word]
    return item.get(names[word] if word[0] == "#" else word)


def ordered(value: dict[str, Any]) -> tuple[str, Any]:
    """A value as something that compares as DynamoDB compares: its type, and what it is."""
    ((kind, plain),) = value.items()
    return kind, Decimal(plain) if kind == "N" else plain.encode() if kind == "S" else plain


def _compares(left: dict[str, Any] | None, sign: str, right: dict[str, Any] | None) -> bool:
    if sign == "<>":
        return not _compares(left, "=", right)
    if left is None or right is None:
        return False
    (kind, one), (other_kind, other) = ordered(left), ordered(right)
    if kind != other_kind or (sign != "=" and kind not in ("N", "S")):
        return False
    return _COMPARED[sign](one, other)


class _Reader:
    """One condition, by descent: OR, AND, NOT, then a function, BETWEEN or a comparison."""

    def __init__(self, text: str) -> None:
        self.text, self._words, self._at = text, words(text), 0

    def whole(self) -> Test:
        test = self._any()
        if self._at != len(self._words):
            raise Unread(self.text)
        return test

    def _next(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def _take(self, expected: str = "") -> str:
        word = self._next()
        if not word or (expected and word != expected):
            raise Unread(self.text)
        self._at += 1
        return word

    def _operand(self) -> str:
        word = self._take()
        if not re.fullmatch(r"[#:]?\w+", word):
            raise Unread(self.text)
        return word

    def _any(self) -> Test:
        tests = [self._every()]
        while self._next() == "OR":
            self._take()
            tests.append(self._every())
        return tests[0] if len(tests) == 1 else lambda *given: any(test(*given) for test in tests)

    def _every(self) -> Test:
        tests = [self._not()]
        while self._next() == "AND":
            self._take()
            tests.append(self._not())
        return tests[0] if len(tests) == 1 else lambda *given: all(test(*given) for test in tests)

    def _not(self) -> Test:
        if self._next() == "NOT":
            self._take()
            denied = self._not()
            return lambda *given: not denied(*given)
        if self._next() == "(":
            self._take()
            test = self._any()
            self._take(")")
            return test
        return self._plain()

    def _plain(self) -> Test:
        left = self._operand()
        if self._next() == "(":
            return self._function(left)
        sign = self._take()
        if sign == "BETWEEN":
            low = self._operand()
            self._take("AND")
            high = self._operand()
            return lambda i, n, v: (
                _compares(_value(low, i, n, v), "<=", _value(left, i, n, v))
                and _compares(_value(left, i, n, v), "<=", _value(high, i, n, v))
            )
        if sign != "<>" and sign not in _COMPARED:
            raise Unread(self.text)
        right = self._operand()
        return lambda i, n, v: _compares(_value(left, i, n, v), sign, _value(right, i, n, v))

    def _function(self, name: str) -> Test:
        self._take("(")
        given = [self._operand()]
        while self._next() == ",":
            self._take()
            given.append(self._operand())
        self._take(")")
        match name, given:
            case "attribute_exists", [path]:
                return lambda i, n, v: _value(path, i, n, v) is not None
            case "attribute_not_exists", [path]:
                return lambda i, n, v: _value(path, i, n, v) is None
            case "begins_with", [path, prefix]:
                return lambda i, n, v: _begins(_value(path, i, n, v), _value(prefix, i, n, v))
        raise Unread(self.text)


def _begins(value: dict[str, Any] | None, prefix: dict[str, Any] | None) -> bool:
    return bool(value and prefix and "S" in value and "S" in prefix and value["S"].startswith(prefix["S"]))


@cache
def condition(text: str) -> Test:
    """A condition, a filter, or a condition on keys. Raises Unread."""
    return _Reader(text).whole()


class _Changes(NamedTuple):
    put: tuple[tuple[str, str], ...]
    remove: tuple[str, ...]
    add: tuple[tuple[str, str], ...]


@cache
def _changes(text: str) -> _Changes:
    clauses: dict[str, list[list[str]]] = {}
    for word in words(text):
        if word in ("SET", "REMOVE", "ADD"):
            if word in clauses:
                raise Unread(text)
            clauses[word] = [[]]
            current = clauses[word]
        elif not clauses:
            raise Unread(text)
        elif word == ",":
            current.append([])
        else:
            current[-1].append(word)
    put = tuple((part[0], part[2]) for part in clauses.get("SET", ()) if _is(part, 3) and part[1] == "=")
    remove = tuple(part[0] for part in clauses.get("REMOVE", ()) if _is(part, 1))
    add = tuple((part[0], part[1]) for part in clauses.get("ADD", ()) if _is(part, 2))
    if len(put) + len(remove) + len(add) != sum(map(len, clauses.values())):
        raise Unread(text)
    return _Changes(put, remove, add)


def _is(part: list[str], length: int) -> bool:
    return len(part) == length and not {"(", ")", "+", "-"} & set(part)


def changed(text: str, item: Item, names: Names, values: Values) -> Item:
    """The item after an update; the one before stays as it was. Raises Unread; TypeError where ADD meets no number."""
    changes, after = _changes(text), dict(item)

    def named(word: str) -> str:
        return names[word] if word[0] == "#" else word

    for path, value in changes.put:
        found = _value(value, item, names, values)
        if found is None:
            raise Unread(text)
        after[named(path)] = found
    for path in changes.remove:
        after.pop(named(path), None)
    for path, value in changes.add:
        before = item.get(named(path), {"N": "0"})
        after[named(path)] = {"N": str(Decimal(_number(before)) + Decimal(_number(values[value])))}
    return after


def _number(value: dict[str, Any]) -> str:
    if "N" not in value:
        raise TypeError("ADD is for numbers")
    number: str = value["N"]
    return number


def projected(text: str, names: Names, items: Iterable[Item]) -> list[Item]:
    """The attributes that a projection names, of each item."""
    wanted = [names[word] if word[0] == "#" else word for word in words(text) if word != ","]
    return [{name: item[name] for name in wanted if name in item} for item in items]
