"""Take in what another system reports, and read back what came: versions, rows, verdicts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from chalicelib.kernel import aws, waiting
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import BodyInvalid, DomainError, FieldError, NotAllowed, NotFound, TryAgain
from chalicelib.measures.ingested import acts
from chalicelib.measures.ingested.counted import figures_of
from chalicelib.measures.ingested.dialects import MOST_FAULTS, PortalReportRow, Row, at_row
from chalicelib.measures.ingested.model import Admitted, Arrived, Batch, Fault, Given, Place, Sources, Taken, Way
from chalicelib.measures.ingested.overlapping import At, Name, Overlaps, over_what_stands
from chalicelib.measures.ingested.ports import Agencies, Reports
from chalicelib.measures.model import month_of
from chalicelib.measures.periods import period_of
from chalicelib.measures.reach import judged_by
from chalicelib.measures.refusals import VersionTaken
from chalicelib.measures.reported import Report, Reported
from chalicelib.measures.tree import Tree

MOST_PLACES: Final = 40
"""Units times periods of a batch: each is two writes of its one transaction, which has at most 100."""
MOST_SOURCES: Final = 10
"""Sources of a unit and period: whoever reads its figures reads all of them. Ours, no text says one."""


class RowOf(NamedTuple):
    """A row of a batch: its number, counted from 0, and what it says."""

    number: int
    row: Row


class RowPage(NamedTuple):
    """Rows behind the figures of a batch; `withheld`: those of this page of units that are not the asker's."""

    batch: Batch
    rows: Sequence[RowOf]
    withheld: int
    next: int | None


@dataclass(frozen=True, slots=True)
class Ingestion:
    """The use cases of those who send figures, and of officers who look at what came."""

    reports: Reports
    agencies: Agencies
    clock: Clock

    def take(self, given: Given, way: Way, file: Arrived | None = None) -> Taken:
        """Take a batch, whole or not at all; the same one again changes nothing, in whatever order they come.

        Its verdict is kept with it: of the `file` that was dropped, or of the batch.
        Raises BodyInvalid with each row that is wrong, VersionTaken, TryAgain.
        """
        now = self.clock()
        figures, faults = figures_of(given, now)
        faults += self._foreign(given)
        if len(figures) > MOST_PLACES:
            vi, en = f"Tối đa {MOST_PLACES} cơ quan nhân kỳ", f"At most {MOST_PLACES} units times periods"
            faults.append(FieldError("/rows", "too_many_places", vi, en))
        overlaps = None if faults else self._over_what_stands(given, figures, now)
        faults = faults or (overlaps.faults if overlaps else [])
        if overlaps:
            figures = {at: _doubted(at, some, overlaps) for at, some in figures.items()}
        if faults:
            raise BodyInvalid(fields=faults[:MOST_FAULTS])
        at = stamp(now)
        batch = _batch(given, figures, at)
        reports = [_report(given, batch, place, some) for place, some in sorted(figures.items())]
        arrived = file or Arrived(id=batch.id, agency=given.agency, way=way, at=at, verdict="taken", listed=True)
        arrived = replace(arrived, batch=batch.id)
        found = self._kept(given, batch, reports, arrived)
        if not (found.is_new or file):
            self.reports.judge(arrived)
        return found

    def _over_what_stands(self, given: Given, figures: Mapping[At, tuple[Reported, ...]], now: datetime) -> Overlaps:
        """What overlaps with what this source reported before; a version that will not be shown is held to nothing.

        Two batches that come at one moment may both be in.
        """
        source, stands = (given.agency, given.system, given.dialect), dict[At, Report]()
        for unit, year in sorted({(unit, period[:4]) for unit, period in figures}):
            for each in self.reports.of_year(unit, year):
                if (each.agency, each.system, each.dialect) == source:
                    stands[unit, each.period] = each
        newer = {at: some for at, some in figures.items() if at not in stands or stands[at].version < given.version}

        def is_final(at: At) -> bool:
            came = stamp(now) if at in newer else stands[at].received_at
            return month_of(came) > period_of(at[1], now).months[-1]

        return over_what_stands(newer, {at: each.figures for at, each in stands.items()}, is_final)

    def _kept(self, given: Given, batch: Batch, reports: Sequence[Report], arrived: Arrived) -> Taken:
        for _ in waiting.turns():
            known, came = self.reports.batch(batch.id), [self._came(each) for each in reports]
            # what came before is answered as it was judged then: so it is kept
            told = tuple(was or each for was, each in zip(came, reports, strict=True))
            if known:
                return Taken(known, told, is_new=False)
            fresh = [each for was, each in zip(came, reports, strict=True) if was is None]
            shown = {each.unit + each.period: self.reports.current(each) for each in fresh}
            newer = [each for each in fresh if _is_newer(each, shown[each.unit + each.period])]
            try:
                self._admit(each for each in fresh if shown[each.unit + each.period] is None)
                self.reports.keep(given, batch, arrived, fresh, newer)
            except (aws.Lost, aws.WriteContended):
                continue
            return Taken(batch, told, is_new=True)
        raise TryAgain

    def _admit(self, others: Iterable[Report]) -> None:
        """Keep who comes first to a unit and period, before anything of it is: a batch that is lost then comes again.

        Raises BodyInvalid for one source too many, aws.Lost where another one came meanwhile.
        """
        first = list[Admitted]()
        for each in others:
            known = self.reports.sources(each.unit, each.period)
            names = known.names if known else tuple(one.source for one in self.reports.shown(each.unit, each.period))
            if known and each.source in names:
                continue
            if len(names) >= MOST_SOURCES:
                vi = f"{each.unit}, {each.period}: đã có {MOST_SOURCES} nguồn"
                en = f"{each.unit}, {each.period}: there are {MOST_SOURCES} sources"
                raise BodyInvalid(fields=[FieldError("/rows", "too_many_sources", vi, en)])
            first.append(Admitted(each.unit, each.period, known, Sources(names=(*names, each.source))))
        if first:
            self.reports.admit(first)

    def _came(self, report: Report) -> Report | None:
        """The same version as it came before, if it did. Raises VersionTaken: it came, and said something else."""
        known = self.reports.version(report)
        if known and not known.says_the_same(report):
            raise VersionTaken(unit=report.unit, period=report.period, version=report.version)
        return known

    def _foreign(self, given: Given) -> list[FieldError]:
        """Rows of units that nobody knows, or that do not stand below the sender in the period."""
        tree = self.agencies.tree()
        found = (_stranger(tree, given, row, self._month(given, row), n) for n, row in enumerate(given.rows))
        return [each for each in found if each]

    def _month(self, given: Given, row: Row) -> str:
        """The month whose tree says who stands above; this one where the row names no period that is one."""
        now = self.clock()
        try:
            return judged_by(period_of(_period_text(given, row), now), now)
        except BodyInvalid:
            return month_of(stamp(now))

    def arrived(self, who: Principal, after: str = "") -> tuple[Sequence[Arrived], str | None]:
        """A page of what became of all that the asker's agency sent, the newest first. Raises BodyInvalid, NotFound."""
        return self.reports.arrived(sorted(who.agencies), after)

    def versions(self, who: Principal, unit: str, period: str, after: str = "") -> tuple[Sequence[Report], str | None]:
        """A page of every version of every report of a unit and period. Raises NotAllowed, NotFound, BodyInvalid."""
        now = self.clock()
        asked, tree = period_of(period, now), self.agencies.tree()
        if unit not in tree.units:
            raise NotFound(what="agency")
        if not _sees(who, tree, unit, judged_by(asked, now)):
            raise NotAllowed(act=acts.READ)
        return self.reports.versions(unit, asked.text, after)

    def rows(self, who: Principal, identifier: str, unit: str, page: tuple[int, int]) -> RowPage:
        """The rows of a batch, of one unit where one is named: those alone of units that are the asker's.

        Raises NotFound where there is no such batch, or none of its units is the asker's.
        """
        batch, tree = self.reports.batch(identifier), self.agencies.tree()
        month = month_of(stamp(self.clock()))
        own = {each.unit for each in batch.places if _sees(who, tree, each.unit, month)} if batch else set()
        if batch is None or not (own or batch.agency in who.agencies):
            raise NotFound(what="batch")
        before, limit = page
        some = [RowOf(n, row) for n, row in enumerate(self.reports.rows(batch)) if unit in ("", row.unit)]
        shown = some[before : before + limit]
        mine = [each for each in shown if each.row.unit in own or batch.agency in who.agencies]
        following = before + limit if before + limit < len(some) else None
        return RowPage(batch, mine, len(shown) - len(mine), following)


def _doubted(at: At, figures: tuple[Reported, ...], overlaps: Overlaps) -> tuple[Reported, ...]:
    """The figures of a place, with a doubt where one is over what is not final yet."""
    return tuple(
        _in_doubt(each) if Name(*at, each.formula, each.indicator) in overlaps.doubted else each for each in figures
    )


def _in_doubt(each: Reported) -> Reported:
    quality = "doubtful" if each.quality == "ok" else each.quality
    return replace(each, doubts=(*each.doubts, "over_the_whole"), quality=quality)


def _batch(given: Given, figures: Mapping[At, object], at: str) -> Batch:
    return Batch(
        id=given.id,
        agency=given.agency,
        system=given.system,
        dialect=given.dialect,
        version=given.version,
        period=given.period,
        rows=len(given.rows),
        received_at=at,
        places=tuple(Place(unit=unit, period=period) for unit, period in sorted(figures)),
    )


def _report(given: Given, batch: Batch, place: At, figures: tuple[Reported, ...]) -> Report:
    return Report(
        unit=place[0],
        period=place[1],
        agency=given.agency,
        system=given.system,
        dialect=given.dialect,
        version=given.version,
        batch=batch.id,
        received_at=batch.received_at,
        figures=figures,
    )


def _is_newer(report: Report, shown: Report | None) -> bool:
    return shown is None or shown.version < report.version


def _period_text(given: Given, row: Row) -> str:
    if not isinstance(row, PortalReportRow):
        return given.period
    rest = {"year": "", "quarter": f"-Q{row.quarter}", "month": f"-{row.month or 0:02d}"}
    return f"{row.year}{rest[row.time_type]}"


def _stranger(tree: Tree, given: Given, row: Row, month: str, number: int) -> FieldError | None:
    field = {"portal_report": "departmentId", "portal_sync": "MaDonVi", "emc": "SiteId"}[given.dialect]
    if row.unit not in tree.units:
        return at_row(number, field, "unknown_unit", "Không có cơ quan này", "There is no such agency")
    if not tree.is_below(row.unit, given.agency, month):
        vi, en = f"Không thuộc {given.agency} trong kỳ này", f"It does not stand below {given.agency} in this period"
        return at_row(number, field, "not_yours", vi, en)
    return None


def _sees(who: Principal, tree: Tree, unit: str, month: str) -> bool:
    return any(tree.is_below(unit, each, month) for each in who.agencies)


def faults_of(error: DomainError) -> tuple[Fault, ...]:
    """Why something was refused, as it is kept with a file."""
    if error.fields:
        return tuple(Fault(pointer=e.pointer, rule=e.rule, vi=e.message_vi, en=e.message_en) for e in error.fields)
    facts = ", ".join(f"{name}: {value}" for name, value in error.facts.items())
    row = error.row
    return (Fault(pointer="", rule=row.code, vi=f"{row.title_vi} ({facts})", en=f"{row.title_en} ({facts})"),)
