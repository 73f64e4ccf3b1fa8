"""How many dossiers of a planned service everybody may know of, so that no small group shows through. Pure."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import msgspec

from chalicelib.catalogue.procedures.offering import OnlineChannel
from chalicelib.catalogue.restructuring.running import CameBy


class Came(NamedTuple):
    """How many dossiers came by each channel until the end of a month; None: fewer than `least`, or none."""

    until: str
    by_channel: Mapping[str, int | None]

    @property
    def dossiers(self) -> int | None:
        """The sum of what is told of channels: of more, the difference would tell what is not."""
        told = [each for each in self.by_channel.values() if each is not None]
        return sum(told) if told else None


def came(counts: Iterable[CameBy], running: str) -> Came:
    """What everybody may know of counts by month and channel, in the months before the one that is running.

    A number moves by `least` or more: what came in a month is told with the first month that makes so many with it, so
    neither a number nor the difference of two is of a small group.
    """
    over = sorted((each for each in counts if each.month < running), key=lambda each: (each.channel, each.month))
    told = {name: _told(each.dossiers for each in some) for name, some in groupby(over, lambda each: each.channel)}
    return Came(_before(running), {channel.value: told.get(channel.value) for channel in OnlineChannel})


def _told(monthly: Iterable[int]) -> int | None:
    told = waiting = 0
    for count in monthly:
        waiting += count
        if waiting >= least():
            told, waiting = told + waiting, 0
    return told or None


def _before(month: str) -> str:
    place = int(month[:4]) * 12 + int(month[5:]) - 2
    return f"{place // 12}-{place % 12 + 1:02d}"


class _Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    least: int
    note: str


@cache
def least() -> int:
    """From how many dossiers on they are told."""
    path = Path(__file__).parent / "data" / "dossiers.json"
    return msgspec.json.decode(path.read_bytes(), type=_Counted).least
