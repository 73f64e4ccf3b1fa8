"""Guidance in the catalogue's table: a record each, and a list for each authority."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from chalicelib.catalogue.guidance.items import Ended, GuidanceHead, ListedGuidance
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.guidance import Guidance, GuidanceEnded, GuidanceGiven
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.record import Change


def _list(agency: str) -> str:
    """The list of all guidance to a ministry or a province, with all agencies below it."""
    return f"GUIDANCE OF#{agency.split('.', maxsplit=1)[0]}"


class GuidanceTable:
    """Guidance in DynamoDB."""

    def head(self, guidance: str) -> GuidanceHead:
        """The record of guidance; one that nobody gave has version 0."""
        pk = f"GUIDANCE#{guidance}"
        found = aws.get(TABLE(), pk, "HEAD")
        return read(GuidanceHead, found) if found else GuidanceHead(pk=pk)

    def of(self, agency: str) -> Sequence[ListedGuidance]:
        """All guidance to the authority to which an agency belongs: who may see which the service says."""
        return [read(ListedGuidance, row) for row in aws.query(TABLE(), _list(agency))]

    def give(self, head: GuidanceHead, guidance: Guidance, body: str, actor: str, now: datetime) -> None:
        """Guidance with its event and its row. Raises Lost ("head")."""
        change = Change(TABLE(), head, now).put(guidance=guidance, body=body)
        change.tell(GuidanceGiven(**structs.asdict(guidance)), actor=actor)
        _listed(change, ListedGuidance(guidance=guidance, given_at=stamp(now))).write()

    def end(self, head: GuidanceHead, guidance: Guidance, ended: Ended, now: datetime) -> None:
        """How guidance ended, with its event and its row. Raises Lost ("head")."""
        told = GuidanceEnded(guidance=guidance.id, said=ended.said, done_by=ended.done_by, why=ended.why)
        change = Change(TABLE(), head, now).put(ended=ended).tell(told, actor=ended.by)
        _listed(change, ListedGuidance(guidance=guidance, given_at=head.created_at, ended=ended)).write()


def _listed(change: Change, row: ListedGuidance) -> Change:
    place = {"pk": _list(row.guidance.owner), "sk": row.guidance.id}
    return change.also("row", aws.put(TABLE(), {**written(row), **place}))
