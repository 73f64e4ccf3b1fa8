"""Rows of a list: one that cannot be read hides no other."""

from collections.abc import Callable, Iterable, Iterator

from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel import aws, log


def readable[T](of: Callable[[aws.Item], T], rows: Iterable[aws.Item]) -> Iterator[T]:
    """Those rows that are as a release of ours wrote them; who operates the stage hears of the others."""
    for row in rows:
        try:
            yield of(row)
        except Unreadable as error:
            log.trouble("row left out of a list", error)
