"""Guidance in the catalogue's table: a record each, on the lists of who keeps its procedure and of all above."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, Literal

from msgspec import structs

from chalicelib.catalogue.guidance.items import Ended, GuidanceHead
from chalicelib.catalogue.guidance.ports import Page, Stands
from chalicelib.catalogue.procedures import guided
from chalicelib.catalogue.procedures.guided import GuidedProcedure, GuidedRow, OpenGuidance
from chalicelib.catalogue.procedures.items import ProcedureHead
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.guidance import Guidance, GuidanceEnded, GuidanceGiven
from chalicelib.contracts.stored import read
from chalicelib.kernel import aws
from chalicelib.kernel.paging import PAGE, cursor, cursor_of
from chalicelib.kernel.record import Change, Head

KEYS: Final = ("pk", "sk")


def _pk(guidance: str) -> str:
    return f"GUIDANCE#{guidance}"


def _open(guidance: Guidance) -> OpenGuidance:
    return OpenGuidance(id=guidance.id, due=guidance.due, owner=guidance.owner)


def _unchanged(head: Head) -> aws.Op:
    """A record stands as it was read, also one that nobody wrote."""
    if not head.version:
        return aws.check(TABLE(), (head.pk, "HEAD"), "attribute_not_exists(pk)")
    return aws.check(TABLE(), (head.pk, "HEAD"), "#v = :v", {"v": head.version}, {"#v": "version"})


class GuidanceTable:
    """Guidance in DynamoDB."""

    def head(self, guidance: str) -> GuidanceHead:
        """The record of guidance; one that nobody gave has version 0."""
        found = aws.get(TABLE(), _pk(guidance), "HEAD")
        return read(GuidanceHead, found) if found else GuidanceHead(pk=_pk(guidance))

    def page(self, agency: str, after: str, before_day: str = "") -> Page:
        """A page of the guidance to an agency and to all below it, what is due first at the top.

        `before_day`: that alone which was due before that Vietnamese day. Raises as `paging.cursor_of`.
        """
        pk = guided.list_of(agency)
        start = cursor_of(after, KEYS, pk)
        within: tuple[str, Literal["<"], str] | None = (KEYS[1], "<", before_day) if before_day else None
        rows, last = aws.page(TABLE(), "", KEYS[0], pk, limit=PAGE, start=start, within=within, consistent=True)
        return self._heads([read(GuidedRow, row).guidance for row in rows]), cursor(last)

    def open_on(self, procedure: str) -> GuidedProcedure:
        """The guidance on a procedure that is neither done nor dropped."""
        return guided.open_on(procedure)

    def give(
        self, head: GuidanceHead, guidance: Guidance, body: str, actor: str, now: datetime, stands: Stands
    ) -> None:
        """Guidance with its event and its rows, while all stands as it was read. Raises Lost ("... head")."""
        change = Change(TABLE(), head, now).put(guidance=guidance, body=body)
        change.tell(GuidanceGiven(**structs.asdict(guidance)), actor=actor)
        one = _open(guidance)
        change.also(guided.HEAD, guided.changed(guidance.procedure, stands.open, (*stands.open.open, one)))
        for part, op in guided.rows(one, guided.lines(guidance.owner)).items():
            change.also(part, op)
        change.also("procedure head", _unchanged(stands.procedure)).write()

    def end(
        self, head: GuidanceHead, guidance: Guidance, ended: Ended, now: datetime, procedure: ProcedureHead
    ) -> None:
        """How guidance ended, with its event; its row stays where it ended, with who keeps its procedure as read.

        Raises Lost ("head", "guided head", "procedure head").
        """
        told = GuidanceEnded(guidance=guidance.id, said=ended.said, done_by=ended.done_by, why=ended.why)
        change = Change(TABLE(), head, now).put(ended=ended).tell(told, actor=ended.by)
        before = guided.open_on(guidance.procedure)
        left = tuple(each for each in before.open if each.id != guidance.id)
        change.also(guided.HEAD, guided.changed(guidance.procedure, before, left))
        change.also("procedure head", _unchanged(procedure)).write()

    def kept(self) -> Iterator[GuidanceHead]:
        """All guidance, from the whole table: for work done once."""
        values = {":guidance": _pk(""), ":head": "HEAD"}
        rows = aws.scanned(TABLE(), "begins_with(pk, :guidance) AND sk = :head", values)
        return (read(GuidanceHead, row) for row in rows)

    def enrol(self, head: GuidanceHead, guidance: Guidance, keeper: str, stands: Stands) -> bool:
        """Guidance of before stands on the lists of an agency and all above it; False of what does already.

        Raises Lost ("head", "guided head", "procedure head").
        """
        one, now_open = _open(guidance), stands.open.open
        parts = {"head": _unchanged(head), **guided.rows(one, guided.lines(keeper))}
        if head.ended:
            if aws.get(TABLE(), guided.list_of(keeper), guided.place_of(one)):
                return False
        else:
            if any(each.id == one.id for each in now_open):
                return False
            parts[guided.HEAD] = guided.changed(guidance.procedure, stands.open, (*now_open, one))
            parts["procedure head"] = _unchanged(stands.procedure)
        aws.transact(parts)
        return True

    def _heads(self, names: Sequence[str]) -> list[GuidanceHead]:
        found = [
            read(GuidanceHead, row) for row in aws.many(TABLE(), [(_pk(each), "HEAD") for each in names], as_now=True)
        ]
        known = {head.pk: head for head in found}
        return [known[_pk(each)] for each in names if _pk(each) in known]
