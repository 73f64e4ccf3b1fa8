"""Of which agencies figures are released: two releases of the same dossiers give away what each of them hides. Pure."""

from collections.abc import Sequence

from chalicelib.measures.tree import Tree


class Nested(ValueError):
    """An agency whose counts are another one's too: both releases together would tell of people."""


def months_of(year: str) -> tuple[str, ...]:
    """The months of a year: `2025-01` to `2025-12`."""
    return tuple(f"{year}-{month:02d}" for month in range(1, 13))


def require_top(tree: Tree, unit: str, months: Sequence[str]) -> None:
    """Refuse a release of an agency that stood below another, or went over into one, in a month. Raises Nested."""
    for month in months:
        above = tree.above(unit, month)
        if above is not None:
            raise Nested(
                f"unit: {unit} counts for {above} in {month}; a year is released of agencies that have nobody above "
                "them in any of its months, with all below them"
            )
