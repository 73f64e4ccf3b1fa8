"""Agencies, a record each, with one list of them all; outages, a list."""

from datetime import datetime
from typing import Any

from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.events import Fact
from chalicelib.kernel.settings import settings

LIST, OUTAGES = "AGENCIES", "OUTAGES"
TREE = ("AGENCY TREE", "CHANGES")


class AgencyTable:
    """Agencies and outages in DynamoDB."""

    def agency(self, agency: str) -> aws.Item | None:
        """The record of an agency: its facts are under `agency`, its version counts changes."""
        return record.read_head(settings().catalogue_table, f"AGENCY#{agency}")

    def agencies(self) -> list[dict[str, Any]]:
        """All of them: for an administrator's change, which looks at the whole tree."""
        return [row["agency"] for row in aws.query(settings().catalogue_table, LIST)]

    def page(self, start: Any, limit: int) -> tuple[list[dict[str, Any]], Any]:
        """A page of agencies by identifier, and where the next one starts."""
        rows, last = aws.page(settings().catalogue_table, "", ("pk", "sk"), LIST, limit=limit, start=start)
        return [row["agency"] for row in rows], last

    def tree(self) -> int:
        """How often any agency changed: a circle may close over two changes, each right by itself."""
        return int((aws.get(settings().catalogue_table, *TREE) or {"changes": 0})["changes"])

    def put_agency(self, head: aws.Item | None, agency: dict[str, Any], tree: int, fact: Fact, now: datetime) -> None:
        """The agency's record with its event and its row, if no agency changed since `tree` was read.

        Raises WriteLost when another change of this agency came first, WriteContended when one of another did.
        """
        table, pk, put = settings().catalogue_table, f"AGENCY#{agency['id']}", {"agency": agency, "keeper": fact.actor}
        ops = record.append(table, head, [fact], now, put=put) if head else record.begin(table, pk, [fact], put, now)
        same = "changes = :tree" if tree else "attribute_not_exists(pk)"
        still = aws.update(
            table, TREE, put={"changes": tree + 1}, condition=same, expect={"tree": tree} if tree else None
        )
        try:
            aws.write(*ops, still, aws.put(table, {"pk": LIST, "sk": agency["id"], "agency": agency}))
        except aws.WriteLost as lost:
            if lost.at(0):
                raise
            raise aws.WriteContended from lost

    def outages(self, since: datetime) -> list[dict[str, Any]]:
        """Outages that end after a moment; the list is read from there on, not from its beginning."""
        rows = aws.since(settings().catalogue_table, OUTAGES, stamp(since))
        return [row["outage"] for row in rows]

    def outage(self, outage: str) -> aws.Item | None:
        """The record of an outage: what was announced under `outage`, the hash of what was asked under `body`."""
        return record.read_head(settings().catalogue_table, f"OUTAGE#{outage}")

    def announce(self, outage: dict[str, Any], body: str, fact: Fact, now: datetime) -> None:
        """An announced outage: a record of its own, and a row sorted by its end. Raises WriteLost when it is there."""
        table, head = settings().catalogue_table, {"outage": outage, "body": body}
        row = {"pk": OUTAGES, "sk": f"{outage['ends_at']}#{outage['id']}", "outage": outage}
        aws.write(*record.begin(table, f"OUTAGE#{outage['id']}", [fact], head, now), aws.put_new(table, row))
