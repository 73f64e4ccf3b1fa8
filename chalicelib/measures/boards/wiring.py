"""The use cases over DynamoDB."""

from chalicelib.kernel import waiting
from chalicelib.kernel.clock import utc_now
from chalicelib.measures.boards.service import Making, Reading
from chalicelib.measures.boards.store import BoardTable
from chalicelib.measures.store import Table


def reading() -> Reading:
    """The use case of everybody."""
    return Reading(BoardTable(), utc_now)


def making() -> Making:
    """The use case of the clock, and of an operator."""
    return Making(BoardTable(), Table(), utc_now, waiting.left)
