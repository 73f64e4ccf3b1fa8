"""Numbers of receipts and of the payment platform: each serves one payment.

The number of a receipt is its collector's, has at most eight digits and no letter behind them, and its symbol has the
year (Decree 254/2026 Art. 23(2), Circular 91/2026/TT-BTC annex II); a bare number begins again each 1 January. The
platform's number is unique in the country. Both are looked for behind one fence: who has one has not the other.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from chalicelib.contracts.stored import Stored, written
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.ids import digest

RECEIPT: Final = "receipt"
TRANSACTION: Final = "transaction"
_PARTS: Final = re.compile(r"[0-9]+|[A-Z]+")
_SIGNS: Final = re.compile(r"[^0-9A-Z]+")
_LETTER_BEHIND: Final = re.compile(r"(?<=[0-9])[^0-9A-Z]*[A-Z]$")
_LIKE_DIGITS: Final = str.maketrans("OIL", "011")
"""Letters that pass for digits. The symbols of receipts have neither O nor I (Circular 91/2026/TT-BTC annex II)."""
_YEARS: Final = 10
"""How many years back two digits are read as a year."""

type Key = tuple[str, str]


class UsedNumber(Stored, frozen=True, kw_only=True):
    """Which payment a number was used for: the dossier, and when (a stored stamp)."""

    shape = 1

    reference: str
    at: str


def used(key: Key, reference: str, at: str) -> aws.Op:
    """A number is a payment's of this dossier; lost when it was used before. `at` is a stored stamp."""
    pk, sk = key
    return aws.put_new(TABLE(), {"pk": pk, "sk": sk, **written(UsedNumber(reference=reference, at=at))})


def unused(key: Key) -> aws.Op:
    """A number served no payment so far; lost when it did."""
    return aws.check(TABLE(), key, "attribute_not_exists(pk)")


def receipt_keys(agency: str, number: str, year: int) -> frozenset[Key]:
    """Where the number of an agency's receipt stands, in each reading of it; `year` (of Vietnam) where it says none."""
    return frozenset((f"RECEIPT#{agency}#{digest(each)}", "USED") for each in _readings(number, year))


def transaction_key(number: str) -> Key:
    """Where the payment platform's number of a payment stands."""
    return f"TRANSACTION#{digest(plain_number(number))}", "USED"


def plain_number(number: str) -> str:
    """A number as it is compared: letters and digits alone, in capitals, without zeros before a number.

    A letter that passes for a digit is that digit; letters of other widths and styles are plain ones (NFKC).
    """
    return _joined(_parts(_capitals(number)))


def _readings(number: str, year: int) -> frozenset[str]:
    """A receipt's number with its year in four digits, and without a letter behind it as no receipt has one.

    Without a year it is one of this year; with letters, it may be the whole symbol as well.
    """
    text, found = _capitals(number), set[str]()
    for each in (text, _LETTER_BEHIND.sub("", text)):
        parts = _parts(each)
        dated = [_year(parts, place, year) for place in range(len(parts))]
        plain = _joined([long or part for part, long in zip(parts, dated, strict=True)])
        if any(dated):
            found.add(plain)
            continue
        found.add(f"{plain}{year}")
        if not plain.isdecimal():
            found.add(plain)
    return frozenset(found)


def _year(parts: Sequence[str], place: int, year: int) -> str:
    """The year in four digits that a part says by its place; nothing for another part."""
    part = parts[place]
    if not _is_year(part, year):
        return ""
    if place:
        after_number = parts[place - 1].isdecimal()
        is_last = place == len(parts) - 1 and place > 1
        behind_symbol = is_last and parts[place - 2].isdecimal() and not _is_year(parts[0], year)
        stands = after_number or behind_symbol
    else:
        stands = len(parts) > 1 and parts[1].isalpha()  # a symbol begins with it: 26TAA
    return f"20{part[-2:]}" if stands else ""


def _is_year(part: str, year: int) -> bool:
    """Whether digits are one of the last years, in two digits or in four."""
    digits = part.lstrip("0")
    long = digits if len(digits) == len("2026") else f"20{digits}" if len(digits) == len("26") else ""
    return part.isdecimal() and bool(long) and year - _YEARS <= int(long) <= year


def _capitals(number: str) -> str:
    return unicodedata.normalize("NFKC", number).upper()


def _parts(text: str) -> list[str]:
    """Runs of letters and of digits; signs between letters are none, those between digits end a run."""
    joined = re.sub(r"(?<=[A-Z])[^0-9A-Z]+(?=[A-Z])", "", text.translate(_LIKE_DIGITS))
    return _PARTS.findall(_SIGNS.sub(" ", joined))


def _joined(parts: Sequence[str]) -> str:
    return "".join(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)
