"""Where a series of result numbers stands. Pure."""

from chalicelib.contracts.stored import Stored


class SeriesItem(Stored, frozen=True, kw_only=True):
    """The last number that a result of an agency and year got."""

    shape = 1

    last: int
