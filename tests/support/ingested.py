"""Figures of other systems without a store: what stood before, laid out by a test, and batches that are handed over."""

from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace

from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.measures.ingested.dialects import rows_of
from chalicelib.measures.ingested.model import Batch, Given, Sources
from chalicelib.measures.ingested.service import Ingestion
from chalicelib.measures.reported import Report, Reported
from tests.support.provinces import CITY, WARDS, tree

NOW = datetime.fromisoformat("2026-11-27T08:00:00+07:00")
MONTH = {
    "departmentId": WARDS[0],
    "timeType": "month",
    "year": 2026,
    "month": 9,
    "formula": "monitoring-2026",
    "indicator": "online_share",
    "numerator": 40,
    "denominator": 50,
}
QUARTER = {key: value for key, value in MONTH.items() if key != "month"} | {"timeType": "quarter", "quarter": 3}
YEAR = {key: value for key, value in QUARTER.items() if key != "quarter"} | {"timeType": "year"}


@dataclass
class Shelf:
    """What was reported before, as a test lays it out; what is handed over is noted, and nothing becomes of it."""

    stands: list = field(default_factory=list)
    came: list = field(default_factory=list)
    batches: list = field(default_factory=list)
    known: Sources | None = None
    lost: Exception | None = None
    admitted: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    judged: list = field(default_factory=list)

    def batch(self, identifier):
        return next((each for each in self.batches if each.id == identifier), None)

    def version(self, report):
        names = ("unit", "period", "source", "version")
        return next((e for e in self.came if all(getattr(e, n) == getattr(report, n) for n in names)), None)

    def current(self, report):
        names = ("unit", "period", "source")
        return next((e for e in self.stands if all(getattr(e, n) == getattr(report, n) for n in names)), None)

    def of_year(self, unit, year):
        return [each for each in self.stands if (each.unit, each.period[:4]) == (unit, year)]

    def shown(self, unit, period):
        return [each for each in self.stands if (each.unit, each.period) == (unit, period)]

    def sources(self, _unit, _period):
        return self.known

    def admit(self, first):
        self.admitted += list(first)

    def keep(self, given, batch, arrived, reports, newer):
        self.kept.append((batch, arrived, list(reports), list(newer)))
        if self.lost:
            raise self.lost

    def judge(self, arrived):
        self.judged.append(arrived)
        return True


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def taking(shelf=None, known=None, now=NOW):
    return Ingestion(shelf or Shelf(), SimpleNamespace(tree=lambda: known or tree()), lambda: now)


def batch(*rows, version=1, agency=CITY, dialect="portal_report", period=""):
    return Given(agency, "one-stop", dialect, version, period, rows_of(dialect, rows))


def before(period, numerator, *, version=1, received="2026-11-01 08:00", denominator=50, **more):
    """What a source reported before of the ward: by default the one that sends."""
    figure = Reported(
        formula="monitoring-2026", indicator="online_share", numerator=numerator, denominator=denominator, quality="ok"
    )
    told = {"unit": WARDS[0], "agency": CITY, "system": "one-stop", "dialect": "portal_report", "batch": "former"}
    return Report(**told | more, period=period, version=version, received_at=stamp(at(received)), figures=(figure,))


def kept_batch(**more):
    """A batch of the city as it is kept, of one row."""
    named = {"id": "b1", "agency": CITY, "system": "one-stop", "dialect": "emc", "version": 1, "period": "2026-10"}
    return Batch(**named | {"rows": 1, "received_at": stamp(NOW), "places": ()} | more)
