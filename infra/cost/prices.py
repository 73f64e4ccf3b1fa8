"""AWS's list prices as data: each with the address it was read at and the day; one that nobody found is unknown."""

import re
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from infra.cost.count import Struct

FILE: Final = Path(__file__).parent / "prices.json"


class UnknownRegion(LookupError):
    """The file has no such region; the text says which it has."""


class Unpriced(LookupError):
    """A line of the bill has no entry in the prices of a region; the text names both."""


class Price(Struct, frozen=True, kw_only=True):
    """So many dollars for `per` of a unit. `usd` is None where no price was found: `note` says why."""

    per: int
    unit: str
    usd: float | None = None
    source: str = ""
    date: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for a price without a source or a day, and for an unknown one without a reason."""
        if self.usd is None:
            if not self.note:
                raise ValueError("an unknown price says why in its note")
            return
        if self.usd <= 0 or self.per < 1:
            raise ValueError("a price is above zero")
        if not re.fullmatch(r"https://[\w.-]+/\S+", self.source):
            raise ValueError("a price has the address of its source")
        date.fromisoformat(self.date)

    def of(self, quantity: float) -> float | None:
        """Dollars for a quantity; None when the price is unknown."""
        return None if self.usd is None else self.usd * quantity / self.per


class Region(Struct, frozen=True, kw_only=True):
    """A region by AWS's name for it, and its prices by line."""

    name: str
    prices: dict[str, Price]

    def price(self, key: str) -> Price:
        """The price of a line. Raises Unpriced."""
        if key not in self.prices:
            raise Unpriced(f"{key}: no entry in the prices of {self.name}")
        return self.prices[key]

    @property
    def days(self) -> tuple[str, str]:
        """The oldest and the newest day of its prices."""
        days = sorted(p.date for p in self.prices.values() if p.usd is not None)
        return days[0], days[-1]


class PriceList(Struct, frozen=True, kw_only=True):
    """Every region that we have prices of."""

    currency: str
    read_on: str
    words: str
    regions: dict[str, Region]

    def region(self, name: str) -> Region:
        """A region's prices. Raises UnknownRegion."""
        if name not in self.regions:
            raise UnknownRegion(f"{name}: no prices; there are some of {', '.join(self.regions)}")
        return self.regions[name]


def load(file: Path = FILE) -> PriceList:
    """The price list. Raises OSError, msgspec.ValidationError, which names the entry."""
    return msgspec.json.decode(file.read_bytes(), type=PriceList)
