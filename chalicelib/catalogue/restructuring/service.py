"""The review of a procedure's restructuring: by the table of replaced papers and our own counts."""

from dataclasses import dataclass, replace

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import ProcedureHead, VersionItem
from chalicelib.catalogue.procedures.model import is_readable, keeper_of, keeps
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.records.starting import draft_of
from chalicelib.catalogue.restructuring.model import Restructuring, analyse
from chalicelib.catalogue.restructuring.ports import Counts
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.problem import NotFound
from chalicelib.law.validity import in_force


@dataclass(frozen=True)
class Reviews:
    """Use cases of those who restructure."""

    procedures: Procedures
    counts: Counts
    clock: Clock

    def read(self, who: Principal, code: str) -> Restructuring:
        """What could go of a procedure, for those who may keep it. Raises NotFound."""
        head = self.procedures.head(code)
        if not is_readable(head) and not keeps(who.agency, keeper_of(head, self.procedures.national(code))):
            raise NotFound(what="procedure")
        return self._analysed(code, self._current(code, head))

    def analysed(self, code: str) -> Restructuring:
        """The same for an operator, of any agency's procedure. Raises NotFound."""
        return self._analysed(code, self._current(code, self.procedures.head(code)))

    def draft(self, code: str, current: VersionItem | None) -> Facts:
        """The facts of the next version, from those in force or else the national record. Raises NotFound."""
        return self._analysed(code, current).draft

    def codes(self) -> list[str]:
        """Every procedure that could be reviewed: one with a version that is out or to come, or a national record."""
        return [row.code for row in self.procedures.rows() if row.windows or row.recorded]

    def _current(self, code: str, head: ProcedureHead) -> VersionItem | None:
        number = in_force(head.windows, self.clock().astimezone(ZONE).date())
        return self.procedures.version(code, number) if number else None

    def _analysed(self, code: str, current: VersionItem | None) -> Restructuring:
        facts = current.facts if current else self._begun(code)
        form = current.schema if current else None
        used = self.counts.used(code)
        codes = [c.code for c in facts.components if c.code] if used.dossiers else []
        counts = {code: (used.dossiers, used.papers.get(code, 0)) for code in codes}
        return replace(analyse(facts, form, counts=counts), channels=used.channels)

    def _begun(self, code: str) -> Facts:
        """What a first version would say by the national record. Raises NotFound."""
        national = self.procedures.national(code)
        if national is None:
            raise NotFound(what="procedure")
        return draft_of(national.facts)
