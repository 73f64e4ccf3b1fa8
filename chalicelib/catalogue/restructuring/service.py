"""The review of a procedure's restructuring: by the table of replaced papers and our own counts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import Confirmed, ProcedureHead, VersionItem
from chalicelib.catalogue.procedures.model import is_readable, keeper_of, keeps
from chalicelib.catalogue.procedures.offering import level_of
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.records.starting import draft_of
from chalicelib.catalogue.restructuring.model import Restructuring, analyse, may_be_confirmed
from chalicelib.catalogue.restructuring.ports import Counts
from chalicelib.contracts.catalogue import ReplacementConfirmed
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError, LostUpdate, NotFound
from chalicelib.law.validity import in_force


class Reading(NamedTuple):
    """A review as its procedure stands: the version of its record, and what officers confirmed, by component."""

    found: Restructuring
    version: int
    confirmed: Mapping[str, Confirmed]


@dataclass(frozen=True)
class Reviews:
    """Use cases of those who restructure."""

    procedures: Procedures
    counts: Counts
    clock: Clock

    def read(self, who: Principal, code: str) -> Reading:
        """What could go of a procedure, for those who may keep it. Raises NotFound."""
        head = self.procedures.head(code)
        if not is_readable(head) and not keeps(who.agency, keeper_of(head, self.procedures.national(code))):
            raise NotFound(what="procedure")
        return self._reading(code, head)

    def confirm(self, who: Principal, code: str, component: str, row: int | None, version: int) -> Reading:
        """An officer of its keeper says that a row of the table replaces a paper; no row takes that back.

        Nothing is published: the next version's draft begins with it. Raises NotFound, LostUpdate, BodyInvalid for
        a row that is none of those that were offered for this paper.
        """

        def once() -> Reading:
            head = self.procedures.head(code)
            if not keeps(who.agency, keeper_of(head, self.procedures.national(code))):
                raise NotFound(what="procedure")
            reading = self._reading(code, head)
            said = reading.confirmed.get(component)
            if head.version != version:
                if head.version == version + 1 and (said.row if said else None) == row:
                    return reading  # this very request: its answer was lost
                raise LostUpdate(current_version=head.version)
            _require_offered(reading.found, component, row)
            now = self.clock()
            kept = tuple(each for each in head.confirmed if each.component != component)
            if row is not None:
                kept += (Confirmed(component=component, row=row, name=who.name, by=who.subject, at=stamp(now)),)
            told = ReplacementConfirmed(procedure=code, component=component, row=row)
            self.procedures.keep(head, [told], now, actor=who.subject, confirmed=kept)
            return self._reading(code, self.procedures.head(code))

        return record.settled(once)

    def analysed(self, code: str) -> Restructuring:
        """The same for an operator, of any agency's procedure. Raises NotFound."""
        return self._reading(code, self.procedures.head(code)).found

    def draft(self, code: str, current: VersionItem | None) -> Facts:
        """The facts of the next version, from those in force or else the national record. Raises NotFound."""
        return self._analysed(code, current, self.procedures.head(code)).draft

    def codes(self) -> list[str]:
        """Every procedure that could be reviewed: one with a version that is out or to come, or a national record."""
        return [row.code for row in self.procedures.rows() if row.windows or row.recorded]

    def _reading(self, code: str, head: ProcedureHead) -> Reading:
        number = in_force(head.windows, self.clock().astimezone(ZONE).date())
        current = self.procedures.version(code, number) if number else None
        said = {each.component: each for each in head.confirmed}
        return Reading(self._analysed(code, current, head), head.version, said)

    def _analysed(self, code: str, current: VersionItem | None, head: ProcedureHead) -> Restructuring:
        facts = current.facts if current else self._begun(code)
        form = current.schema if current else None
        used = self.counts.used(code)
        codes = [c.code for c in facts.components if c.code] if used.dossiers else []
        counts = {code: (used.dossiers, used.papers.get(code, 0)) for code in codes}
        confirmed = {each.component: each.row for each in head.confirmed}
        shown = level_of(facts, form, reviewed=current.is_well_reviewed) if current else None
        analysed = analyse(facts, form, counts=counts, confirmed=confirmed, shown=shown)
        return replace(analysed, channels=used.channels)

    def _begun(self, code: str) -> Facts:
        """What a first version would say by the national record. Raises NotFound."""
        national = self.procedures.national(code)
        if national is None:
            raise NotFound(what="procedure")
        return draft_of(national.facts)


def _require_offered(found: Restructuring, component: str, row: int | None) -> None:
    verdict = next((each for each in found.verdicts if each.code == component), None)
    if verdict is None:
        raise NotFound(what="component")
    matches = [match for match in (verdict.match, *verdict.possible) if match]
    offered = {each.replacement.row for each in matches if each.quality == "confirmed" or may_be_confirmed(each)}
    if row is not None and row not in offered:
        vi, en = "Không phải dòng được đề xuất cho giấy tờ này", "No row that is proposed for this paper"
        raise BodyInvalid(fields=[FieldError("/row", "row", vi, en)])
