"""What stands in a person's ledger, whole: no ledger of a test has more lines than one stretch."""

from chalicelib.ledger.lines import Line, stretch

MOST = 500


def lines_of(owner: str) -> list[Line]:
    """The lines in order. Raises LogBroken."""
    return [line for _, line in stretch(owner, 0, MOST)]
