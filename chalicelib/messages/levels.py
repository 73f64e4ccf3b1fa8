"""The levels of PAdES that are made here (ETSI EN 319 142-1)."""

from typing import Final, Literal

type Level = Literal["B-T", "B-LT", "B-LTA"]

LEVELS: Final[tuple[Level, ...]] = ("B-T", "B-LT", "B-LTA")


def level_of(text: str) -> Level:
    """The level of a name. Raises ValueError for another."""
    for level in LEVELS:
        if level == text:
            return level
    raise ValueError(f"{text} is no level of PAdES: one of {', '.join(LEVELS)}")
