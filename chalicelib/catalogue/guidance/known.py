"""Procedures as the catalogue has them, for guidance on them."""

from collections.abc import Mapping, Sequence
from datetime import date

from chalicelib.catalogue.guidance.ports import Kept
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import ProcedureHead, VersionItem
from chalicelib.catalogue.procedures.model import keeper_of
from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.law.validity import in_force


class CatalogueProcedures:
    """Procedures in the catalogue's table."""

    def __init__(self) -> None:
        self._procedures = ProcedureTable()

    def kept(self, code: str) -> Kept:
        """The record of a procedure and the agency that keeps it; empty for one that nobody has."""
        head = self._procedures.head(code)
        return Kept(head, keeper_of(head, self._procedures.national_at(head, code)) if head.version else "")

    def keepers(self, codes: Sequence[str]) -> Mapping[str, str]:
        """Who keeps each of at most a hundred procedures now, in two reads: heads, then national records."""
        heads = self._procedures.heads(list(dict.fromkeys(codes)))
        nationals = self._procedures.nationals([code for code, head in heads.items() if not head.handed])
        return {code: keeper_of(head, nationals.get(code)) for code, head in heads.items()}

    def in_force(self, head: ProcedureHead, code: str, day: date) -> Facts | None:
        """What the version says that is in force on a Vietnamese day."""
        number = in_force(head.windows, day)
        version = self.version(code, number) if number else None
        return version.facts if version else None

    def version(self, code: str, number: int) -> VersionItem | None:
        """A version of a procedure, whatever became of it."""
        return self._procedures.version(code, number)
