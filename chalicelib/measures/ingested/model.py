"""What is kept of a batch of rows that another system sent, and what became of each file. Pure."""

from typing import Literal, NamedTuple

from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.ids import digest
from chalicelib.measures.ingested.dialects import Row, encoded
from chalicelib.measures.reported import Dialect, Report

type Way = Literal["api", "drop", "command"]
type Judgement = Literal["taken", "duplicate", "refused"]


class Given(NamedTuple):
    """A batch as it came: who sends, which of its systems, its version, and rows of one dialect.

    `period`: of rows that are dossiers, as they do not say it. `version`: a whole number, higher with each correction.
    """

    agency: str
    system: str
    dialect: Dialect
    version: int
    period: str
    rows: tuple[Row, ...]

    @property
    def id(self) -> str:
        """Its name: the same rows of the same source in the same version have the same, by whatever way they come."""
        head = (self.agency, self.system, self.dialect, str(self.version), self.period)
        return digest(*head, encoded(self.rows).decode())


class Place(Part, frozen=True, kw_only=True):
    """A unit and period of which a batch has figures."""

    unit: str
    period: str


class Sources(Stored, frozen=True, kw_only=True):
    """Who reports of a unit and period, in the order in which they came first: names are added and none goes."""

    shape = 1

    names: tuple[str, ...]


class Admitted(NamedTuple):
    """A source that comes first to a unit and period: who is known there, None where no row says it, and with it."""

    unit: str
    period: str
    known: Sources | None
    now: Sources


class Batch(Stored, frozen=True, kw_only=True):
    """A batch that was taken. `received_at`: a stored stamp (UTC)."""

    shape = 1

    id: str
    agency: str
    system: str
    dialect: Dialect
    version: int
    period: str
    rows: int
    received_at: str
    places: tuple[Place, ...]


class Fault(Part, frozen=True, kw_only=True):
    """What was wrong with a file: where, which rule, and its sentences."""

    pointer: str
    rule: str
    vi: str
    en: str


class Arrived(Stored, frozen=True, kw_only=True):
    """What became of a batch, or of a dropped file: its verdict, and why it was refused.

    `file`: the name of a dropped file, as its folder had it. `batch`: of what was taken, now or before. `listed`: it
    stands on its agency's list by time, as what came before there was one does not.
    """

    shape = 1

    id: str
    agency: str
    way: Way
    at: str
    verdict: Judgement
    file: str = ""
    batch: str = ""
    faults: tuple[Fault, ...] = ()
    listed: bool = False


class ListedArrival(Stored, frozen=True, kw_only=True):
    """What came, in the list of its agency by time."""

    shape = 1

    arrival: str


class Taken(NamedTuple):
    """A batch with its reports, and whether it was there before."""

    batch: Batch
    reports: tuple[Report, ...]
    is_new: bool
