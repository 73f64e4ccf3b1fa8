"""What stands in a person's ledger, whole: no ledger of a test has more lines than one stretch."""

from chalicelib.kernel.problem import LogBroken
from chalicelib.ledger.lines import Line, stretch

MOST = 500


def lines_of(owner: str) -> list[Line]:
    """The lines in order. Raises LogBroken where one is not as it was written."""
    lines = [line for _, line in stretch(owner, 0, MOST)]
    if broken := [line.unreadable for line in lines if line.unreadable]:
        raise LogBroken(broken[0].partition("/")[0])
    return lines
