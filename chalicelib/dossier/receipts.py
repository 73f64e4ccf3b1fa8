"""Numbers of receipts and of the payment platform: each serves one payment.

A receipt's number is its collector's, has at most eight digits, begins again each 1 January, and stands beside a symbol
that has the year (Decree 254/2026 Art. 23(2), Circular 91/2026/TT-BTC annex II). Which symbols tell two numbers apart,
and how many digits one has at least, is policy of the rule pack (`payment.receipt`). The platform's number is unique in
the country. Both are looked for behind one fence: who has one has not the other.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from chalicelib.contracts.stored import Stored, written
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.rules import ReceiptForm

RECEIPT: Final = "receipt"
TRANSACTION: Final = "transaction"
_DIGITS: Final = re.compile(r"[0-9]+")
_OF_THEIR_OWN: Final = re.compile(r"(?<![0-9A-Z])[0-9]+(?![0-9A-Z])")
_PARTS: Final = re.compile(r"[0-9]+|[A-Z]+")
_SIGNS: Final = re.compile(r"[^0-9A-Z]+")
_LIKE_DIGITS: Final = str.maketrans("OIL", "011")
"""Letters that pass for digits. The symbols of receipts have neither O nor I (Circular 91/2026/TT-BTC annex II)."""
_BESIDE_DIGITS: Final = re.compile(r"[OI]+(?=[0-9])|(?<=[0-9])[OIL]+(?![A-Z])")
_IN_SYMBOL: Final[Mapping[str, str]] = {"Y": "(?:20)?([0-9]{2})", "L": "([A-Z])", "/": "[^0-9A-Z]?"}
_YEARS: Final = 10
"""How many years back two digits are read as a year."""
_MOST_RUNS: Final = 3
"""How many runs of digits a number is read from: more is no number, and would want more rows than one write has."""

type Key = tuple[str, str]


class UsedNumber(Stored, frozen=True, kw_only=True):
    """Which payment a number was used for: the dossier, and when (a stored stamp)."""

    shape = 1

    reference: str
    at: str


class Receipt(NamedTuple):
    """A receipt's number as it is compared: its symbol, each reading of its digits, and the years that it is of."""

    symbol: str
    numbers: frozenset[int]
    years: frozenset[int]


class Fence(NamedTuple):
    """Keys of a receipt: those that it alone has, those that no other may have, those that others may have too."""

    taken: frozenset[Key]
    free: frozenset[Key]
    shared: frozenset[Key]


def used(key: Key, reference: str, at: str) -> aws.Op:
    """A number is a payment's of this dossier; lost when it was used before. `at` is a stored stamp."""
    return aws.put_new(TABLE(), _item(key, reference, at))


def marked(key: Key, reference: str, at: str) -> aws.Op:
    """Some series has this number, whichever had it before: only that one has it counts, for a number without series.

    Stands beside `used` of the number in its own series, in one transaction. `at` is a stored stamp.
    """
    return aws.put(TABLE(), _item(key, reference, at))


def unused(key: Key) -> aws.Op:
    """A number served no payment so far; lost when it did."""
    return aws.check(TABLE(), key, "attribute_not_exists(pk)")


def receipt_fence(agency: str, receipt: Receipt) -> Fence:
    """Where a receipt's number stands: with a symbol in its series, without one in all series of its agency and year.

    Both sides meet at the number of the year: `USED` is one without a series, `SERIES` says that some series has it.
    """
    numbers = [_place(agency, f"{year} {number}") for year in receipt.years for number in receipt.numbers]
    alone = frozenset((place, "USED") for place in numbers)
    series = frozenset((place, "SERIES") for place in numbers)
    if not receipt.symbol:
        return Fence(taken=alone, free=series, shared=frozenset())
    own = frozenset((_place(agency, f"{receipt.symbol} {number}"), "USED") for number in receipt.numbers)
    return Fence(taken=own, free=alone, shared=series)


def text_key(agency: str, number: str, year: int) -> Key:
    """Where a receipt's number stands as it was written, for the numbers of transactions recorded in a year."""
    return _place(agency, f"{plain_number(number)} of {year}"), "TEXT"


def transaction_key(number: str) -> Key:
    """Where the payment platform's number of a payment stands."""
    return f"TRANSACTION#{digest(plain_number(number))}", "USED"


def plain_number(number: str) -> str:
    """A number as it is compared: letters and digits alone, in capitals, without zeros before a number.

    A letter that passes for a digit is that digit; letters of other widths and styles are plain ones (NFKC).
    """
    text = _capitals(number).translate(_LIKE_DIGITS)
    joined = re.sub(r"(?<=[A-Z])[^0-9A-Z]+(?=[A-Z])", "", text)
    parts = _PARTS.findall(_SIGNS.sub(" ", joined))
    return "".join(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)


def read_receipt(written_so: str, form: ReceiptForm, year: int, pointer: str) -> Receipt:
    """The symbol and the digits of a receipt's number that is recorded in a year (of Vietnam).

    A part behind the number, a year beside it and words around it are no part of it; digits with signs between them
    are read apart and together. Raises BodyInvalid by the name of the rule, at a JSON pointer.
    """
    text = _BESIDE_DIGITS.sub(lambda found: found[0].translate(_LIKE_DIGITS), _capitals(written_so))
    symbol, of, runs = _apart(text, form, year, pointer)
    if len(runs) > _MOST_RUNS:
        raise _refused("receipt_form", form, pointer)
    dated = {_year_of(run, year) for run in runs if len(runs) > 1} - {None}
    if symbol:
        numbers = _values(["".join(runs[: n + 1]) for n in range(len(runs))], form.least, form)
    else:
        undated = [run for run in runs if _year_of(run, year) is None]
        numbers = _values(_joins(undated or runs[:1]), form.least_alone, form)
        if numbers:
            numbers |= _values(_joins(runs, several=bool(undated)), form.least_alone, form)
    if not numbers:
        zeros = bool(runs) and not any(run.strip("0") for run in runs)
        raise _refused("receipt_zero" if zeros else "receipt_digits", form, pointer)
    return Receipt(symbol, numbers, frozenset({year, of or year, *(each for each in dated if each)}))


def _apart(text: str, form: ReceiptForm, year: int, pointer: str) -> tuple[str, int | None, list[str]]:
    """The symbol, its year, and the runs of digits that stand behind it, else before it. Raises BodyInvalid."""
    for pattern in _symbols(form.symbols):
        for found in pattern.finditer(text):
            of = next((_year_of(part, year) for part in found.groups() if part.isdecimal()), None)
            if of is None:
                continue
            before, behind = _OF_THEIR_OWN.findall(text[: found.start()]), _DIGITS.findall(text[found.end() :])
            if before and behind:
                raise _refused("receipt_form", form, pointer)
            return "".join(found.groups()), of, behind or before
    return "", None, _DIGITS.findall(text)


@cache
def _symbols(forms: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Patterns of symbols: `YY` is a year of two digits or of four, `L` a letter, `/` a sign or none, else itself."""
    return tuple(re.compile(f"(?<![0-9A-Z]){''.join(_signs_of(form))}(?![A-Z])") for form in forms)


def _signs_of(form: str) -> Iterator[str]:
    yield from (_IN_SYMBOL.get(sign, f"({re.escape(sign)})") for sign in form.replace("YY", "Y"))


def _joins(runs: Sequence[str], *, several: bool = False) -> list[str]:
    """Neighbouring runs of digits together, each alone too unless `several`."""
    ends = [(first, last) for first in range(len(runs)) for last in range(first + 1 + several, len(runs) + 1)]
    return ["".join(runs[first:last]) for first, last in ends]


def _values(digits: Iterable[str], least: int, form: ReceiptForm) -> frozenset[int]:
    """The numbers of digits that are enough as they are written, and not more than a number has; zero is none."""
    return frozenset(int(each) for each in digits if len(each) >= least and 0 < len(each.lstrip("0")) <= form.most)


def _year_of(digits: str, year: int) -> int | None:
    """One of the last years that digits say, in two digits or in four."""
    long = digits if len(digits) == len("2026") else f"20{digits}" if len(digits) == len("26") else ""
    return int(long) if long and year - _YEARS <= int(long) <= year else None


def _refused(rule: str, form: ReceiptForm, pointer: str) -> BodyInvalid:
    alone, most = form.least_alone, form.most
    vi, en = {
        "receipt_zero": ("Số biên lai không thể là số không", "A receipt's number is not zero"),
        "receipt_digits": (
            f"Ghi đủ số như in trên biên lai: tối đa {most} chữ số, ít nhất {alone} nếu không ghi ký hiệu",
            f"Write the number as it is printed: {most} digits at most, at least {alone} without a symbol",
        ),
        "receipt_form": (
            "Chỉ ghi ký hiệu rồi đến số, ví dụ 26TAA-0012345",
            "Write the symbol and then the number alone, as in 26TAA-0012345",
        ),
    }[rule]
    return BodyInvalid(fields=[FieldError(pointer, rule, vi, en)])


def _capitals(number: str) -> str:
    return unicodedata.normalize("NFKC", number).upper()


def _place(agency: str, number: str) -> str:
    return f"RECEIPT#{agency}#{digest(number)}"


def _item(key: Key, reference: str, at: str) -> aws.Item:
    pk, sk = key
    return {"pk": pk, "sk": sk, **written(UsedNumber(reference=reference, at=at))}
