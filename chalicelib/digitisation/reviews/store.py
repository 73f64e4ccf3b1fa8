"""Fields under review in DynamoDB, and their small pictures in S3."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from chalicelib.contracts.ledger import LineWritten, ValueReviewed
from chalicelib.contracts.stored import read, written
from chalicelib.digitisation.drops import list_key
from chalicelib.digitisation.model import Field
from chalicelib.digitisation.paper import FIELD, REVIEW, Paper
from chalicelib.digitisation.reviews.model import ReviewField
from chalicelib.digitisation.settings import MESSAGES_TABLE
from chalicelib.digitisation.store import Files, Table, paged
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.ledger import door
from chalicelib.ledger.lines import change

ROUTE: Final = "reviews"
"""The part of the API by which an officer sees values, as the ledger names it."""


class ReviewTable(Table):
    """Papers with their fields."""

    def fields(self, paper: Paper) -> list[ReviewField]:
        """The fields of a paper that an officer has to look at, or looked at."""
        return [read(ReviewField, item) for item in aws.query(MESSAGES_TABLE(), paper.pk, FIELD)]

    def keep(self, of: record.Change, field: ReviewField) -> None:
        """A field is written with the change of its paper, under whose version it was read."""
        of.also(f"field {field.name}", aws.put(MESSAGES_TABLE(), written(field)))

    def in_review(self, agencies: Collection[str], after: str) -> tuple[list[Paper], str | None]:
        """A page of agencies' papers under review, the oldest first. Raises BodyInvalid, NotFound."""
        heads, following = paged([list_key(agency, REVIEW) for agency in sorted(agencies)], after)
        return [read(Paper, head) for head in heads], following


class LookStore:
    """The small pictures of fields, and the holder's ledger of who looked."""

    def crop(self, field: ReviewField) -> bytes:
        """A JPEG of the place where the value stands; nothing of a field that a register closed."""
        return Files().part(field.crop) if field.crop else b""

    def note(self, paper: Paper, who: Principal, now: datetime) -> None:
        """The holder's ledger says who looked at what was read."""
        kept = door.Read(
            owner=paper.holder,
            document=paper.component,
            reference=paper.reference,
            sha256=paper.scan.sha256,
            min_level=paper.min_level,
        )
        door.note(kept, who, ROUTE, now)

    def line(self, paper: Paper, who: Principal, values: Sequence[ValueReviewed], now: datetime) -> record.Change:
        """The line of an answer of one or more fields, for the change that keeps it."""
        line = LineWritten(
            act="read",
            document=paper.component,
            by=who.agency or door.PERSON,
            officer=who.name,
            basis=f"dossier {paper.reference}",
            reference=paper.reference,
            sha256=paper.scan.sha256,
            route=ROUTE,
            min_level=paper.min_level,
            values=tuple(values),
            client=who.client or None,
        )
        return change(paper.holder, line, now, actor=who.subject)


class NoRegisters:
    """No register that this service asks answers a yes or no about a value on somebody's paper: none confirms."""

    def confirms(self, reference: str, kind: str, field: Field) -> str:
        """None does."""
        del reference, kind, field
        return ""
