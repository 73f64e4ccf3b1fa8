"""Numbers of receipts and of the payment platform: each serves one payment.

The number of a receipt is its collector's, and its symbol has the year (Decree 254/2026 Art. 23(2), Circular
91/2026/TT-BTC annex II); a bare number begins again each 1 January. The platform's number is unique in the country.
"""

import re
from typing import Final

from chalicelib.contracts.stored import Stored, written
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.ids import digest

RECEIPT: Final = "receipt"
TRANSACTION: Final = "transaction"
_PARTS: Final = re.compile(r"[0-9]+|[A-Z]+")


class UsedNumber(Stored, frozen=True, kw_only=True):
    """Which payment a number was used for: the dossier, and when (a stored stamp)."""

    shape = 1

    reference: str
    at: str


def used(key: tuple[str, str], reference: str, at: str) -> aws.Op:
    """A number is a payment's of this dossier; lost when it was used before. `at` is a stored stamp."""
    pk, sk = key
    return aws.put_new(TABLE(), {"pk": pk, "sk": sk, **written(UsedNumber(reference=reference, at=at))})


def receipt_key(agency: str, number: str, year: int) -> tuple[str, str]:
    """Where the number of an agency's receipt stands; the year (of Vietnam) counts for a number without a symbol."""
    plain = plain_number(number)
    series = str(year) if plain.isdecimal() else ""
    return f"RECEIPT#{agency}#{digest(series, plain)}", "USED"


def transaction_key(number: str) -> tuple[str, str]:
    """Where the payment platform's number of a payment stands."""
    return f"TRANSACTION#{digest(plain_number(number))}", "USED"


def plain_number(number: str) -> str:
    """A number as it is compared: in capitals, without signs between its parts, without zeros before a number."""
    return "-".join(part.lstrip("0") or "0" for part in _PARTS.findall(number.upper()))
