"""Procedures as the catalogue has them, for guidance on them."""

from datetime import date

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import VersionItem
from chalicelib.catalogue.procedures.model import keeper_of
from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.law.validity import in_force


class CatalogueProcedures:
    """Procedures in the catalogue's table."""

    def __init__(self) -> None:
        self._procedures = ProcedureTable()

    def keeper(self, code: str) -> str:
        """The agency that keeps a procedure; empty for one that nobody has."""
        head = self._procedures.head(code)
        return keeper_of(head, self._procedures.national(code)) if head.version else ""

    def in_force(self, code: str, day: date) -> Facts | None:
        """What the version says that is in force on a Vietnamese day."""
        number = in_force(self._procedures.head(code).windows, day)
        version = self.version(code, number) if number else None
        return version.facts if version else None

    def version(self, code: str, number: int) -> VersionItem | None:
        """A version of a procedure, whatever became of it."""
        return self._procedures.version(code, number)
