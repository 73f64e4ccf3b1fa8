"""What one officer read lately, and when that is more than their work explains. Pure.

Whoever keeps personal data watches over its use (Law 91/2025/QH15 Art. 19(2)); which reads are unusual no text says.
"""

from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from msgspec import Struct, structs

from chalicelib.contracts.stored import Stored
from chalicelib.kernel.clock import moment
from chalicelib.kernel.record import Head

SOON: Final = timedelta(minutes=5)
"""Within which the same person, or dossier, read of again is no news: nothing is written."""
EVER: Final = "0001-01-01T00:00:00.000+00:00"
type Kind = Literal["many_subjects", "no_open_dossier"]


class Limits(NamedTuple):
    """What is unremarked within a window: persons whose files were read, dossiers that were not open."""

    window: timedelta
    subjects: int
    closed: int


class Read(Struct, frozen=True, kw_only=True):
    """A read by an officer: when (a stored stamp), whose file (a keyed hash); `closed`: a dossier that is not open."""

    at: str
    agency: str
    officer: str
    """Stands for the officer in keys; their name is in `name`."""
    name: str
    subject: str
    closed: str = ""


class Seen(Struct, frozen=True):
    """A person, or a dossier, and when it was last read of (a stored stamp)."""

    what: str
    at: str


class Found(NamedTuple):
    """What is told: which kind, and of which persons or dossiers, the oldest first."""

    kind: Kind
    seen: tuple[Seen, ...]

    @property
    def since(self) -> str:
        """When the first of them was read last (a stored stamp)."""
        return self.seen[0].at


class Watch(Stored, frozen=True, kw_only=True):
    """What an officer read within the window that ends with their last read, and since when they are told of."""

    shape = 1

    version: int = 0
    subjects: tuple[Seen, ...] = ()
    closed: tuple[Seen, ...] = ()
    told: tuple[Seen, ...] = ()
    """By kind, when it was told: it is told again when it lasts for a window more."""

    def after(self, read: Read, limits: Limits) -> "tuple[Watch, tuple[Found, ...]]":
        """What is seen after one read, and what is to be told now. The same read again changes nothing."""
        last = max((read.at, *(each.at for each in self.subjects)))
        since = moment(last) - limits.window
        kept = structs.replace(
            self,
            subjects=_with(self.subjects, read.subject, read.at, since, limits.subjects + 1),
            closed=_with(self.closed, read.closed, read.at, since, limits.closed + 1),
            told=tuple(each for each in self.told if moment(each.at) > since),
        )
        found = tuple(each for each in _unusual(kept, limits) if each.kind not in {told.what for told in kept.told})
        if kept == self:
            return self, ()
        told = (*kept.told, *(Seen(each.kind, read.at) for each in found))
        return structs.replace(kept, version=self.version + 1, told=told), found


def _unusual(watch: Watch, limits: Limits) -> tuple[Found, ...]:
    found = (
        Found("many_subjects", watch.subjects) if len(watch.subjects) > limits.subjects else None,
        Found("no_open_dossier", watch.closed) if len(watch.closed) > limits.closed else None,
    )
    return tuple(each for each in found if each)


def _with(seen: tuple[Seen, ...], what: str, at: str, since: datetime, most: int) -> tuple[Seen, ...]:
    """What was seen within the window, newest last; of more than are ever asked about the oldest go."""
    newest = {each.what: each.at for each in seen}
    if what and moment(at) - moment(newest.get(what, EVER)) > SOON:
        newest[what] = at
    within = [Seen(each, when) for each, when in newest.items() if moment(when) > since]
    return tuple(sorted(within, key=lambda each: each.at)[-most:])


class AnomaliesHead(Head, frozen=True, kw_only=True):
    """The record of the unusual reads of an agency."""

    shape = 1


class Anomaly(Stored, frozen=True, kw_only=True):
    """Unusual reads of an officer, for whoever supervises them; times are stored stamps. It names no person."""

    shape = 1

    id: str
    kind: Kind
    name: str
    count: int
    since: str
    found_at: str
