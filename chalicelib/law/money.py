"""Amounts of money as Vietnamese papers write them."""

from collections.abc import Mapping
from typing import Final

_CURRENCIES: Final[Mapping[str, str]] = {"VND": "đồng"}


def amount_text(amount: int, currency: str | None) -> str:
    """Whole units of a currency, thousands split by a dot: `8.500 đồng`."""
    name = currency or "VND"
    return f"{amount:,}".replace(",", ".") + f" {_CURRENCIES.get(name, name)}"
