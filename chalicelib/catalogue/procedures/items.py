"""What is stored of a procedure: its record, the national record, its versions.

Facts and forms are kept as JSON text: what an editor sent comes back as it was, fractions too.
"""

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Literal, Self

import msgspec
from msgspec import structs

from chalicelib.catalogue.procedures.facts import Facts, facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.contracts.plan import Part, Window
from chalicelib.contracts.stored import Raw, Stored, lifts
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import canonical
from chalicelib.kernel.record import Head
from chalicelib.law import validity

type Answer = Literal["met", "not_met", "not_applicable"]


class VersionState(StrEnum):
    """Where a version stands: Decree 137/2024 Art. 8(2) asks for review before a service is offered."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Offer(Part, frozen=True, kw_only=True):
    """A procedure that its keeper offers to another agency; one without a receiver is none."""

    to: str = ""
    keeper: str = ""
    by: str = ""
    at: str = ""
    numbers: tuple[str, ...] = ()
    """The keyed hashes of the personal number of who offered it."""


class Done(Part, frozen=True, kw_only=True):
    """Who did something, and when."""

    by: str
    at: str


class Confirmed(Done, frozen=True, kw_only=True):
    """That a row of the table of replaced papers replaces a component, said by an officer of this name."""

    component: str
    row: int
    name: str


class ProcedureHead(Head, frozen=True, kw_only=True):
    """The record of a procedure: who keeps it, which versions are in force when.

    `latest` is the highest number that a version has, `record` the fingerprint of the national record, `shipped` that
    of what the project published last. `handed`: its owner got it by a transfer, which no record takes back. `keys` are
    the acts of transfers that it saw under an Idempotency-Key. `confirmed`: what officers said of replaced papers.
    """

    shape = 1

    current: int = 0
    latest: int = 0
    record: str = ""
    windows: tuple[Window, ...] = ()
    owner: str = ""
    shipped: str = ""
    handed: bool = False
    offer: Offer = Offer()
    keys: tuple[tuple[str, str], ...] = ()
    confirmed: tuple[Confirmed, ...] = ()


@lifts(ProcedureHead, 0)
def _head_0(raw: Raw) -> Raw:
    """The first release counted no versions: the current one was the latest."""
    return {"latest": raw.get("current", 0), **raw}


class Finding(msgspec.Struct, frozen=True):
    """What a reviewer found on one criterion of the quality list: Circular 01/2023."""

    criterion: str
    answer: Answer
    note: str = ""


class Reviewed(Done, frozen=True, kw_only=True):
    """A review, or why a version was sent back to its author."""

    findings: tuple[Finding, ...] = ()


class TakeBack(Done, frozen=True, kw_only=True):
    """That a publisher would take a version back, and why; `numbers` are the keyed hashes of their personal number."""

    reason: str
    numbers: tuple[str, ...] = ()


@lru_cache(maxsize=16)
def _facts(text: str) -> Facts:
    return facts_of(text)


class NationalRecord(Stored, frozen=True, kw_only=True):
    """What the national record of a procedure says, and what was odd in it."""

    shape = 1

    code: str
    fingerprint: str
    imported_at: str
    facts_text: str = msgspec.field(name="facts")
    findings_text: str = msgspec.field(name="findings", default="[]")
    again: bool = False
    """Whether an import before said something else, which is kept beside it."""

    @property
    def facts(self) -> Facts:
        """What it says."""
        return _facts(self.facts_text)


class _Document(msgspec.Struct, frozen=True):
    schema: object = None


class VersionItem(Stored, frozen=True, kw_only=True):
    """A version of a procedure as it is kept.

    `edit` counts its changes, `keys` are the acts that it saw under an Idempotency-Key, `authors` all who wrote at it
    and `author_numbers` the keyed hashes of their personal numbers, as far as tokens said them;
    a version that the first release left has no edit.
    """

    shape = 1

    code: str
    version: int
    state: VersionState
    author: Done
    facts_text: str = msgspec.field(name="facts")
    form_text: str = msgspec.field(name="form")
    owner: str = ""
    edit: int = 0
    authors: tuple[str, ...] = ()
    author_numbers: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    review: Reviewed | None = None
    returned: Reviewed | None = None
    publisher: Done | None = None
    take_back: TakeBack | None = None
    effective_from: str | None = None
    effective_to: str | None = None

    @property
    def facts(self) -> Facts:
        """What it says of the procedure."""
        return _facts(self.facts_text)

    @property
    def form(self) -> dict[str, object]:
        """The document of its form, right or not: a draft may have any."""
        document: dict[str, object] = json.loads(self.form_text)
        return document

    @property
    def schema(self) -> Mapping[str, object] | None:
        """The JSON Schema of its form; what else may stand there is told by the check of the form."""
        found = msgspec.json.decode(self.form_text, type=_Document).schema
        return found if isinstance(found, dict) else None

    def saying(self, facts: Facts, form: object) -> Self:
        """The same version with these facts and this form."""
        return structs.replace(self, facts_text=canonical(plain(facts)), form_text=canonical(form))

    @property
    def all_authors(self) -> tuple[str, ...]:
        """Everybody who wrote at it: none of them reviews it, whoever saved it last."""
        return self.authors or (self.author.by,)

    @property
    def is_well_reviewed(self) -> bool:
        """Whether it carries a review in which no criterion is unmet: Decree 137/2024 Art. 8(2)."""
        return self.review is not None and all(each.answer != "not_met" for each in self.review.findings)

    @property
    def is_out(self) -> bool:
        """Whether it was published, and was not taken back."""
        return self.state in {VersionState.PUBLISHED, VersionState.REPLACED}

    def state_on(self, day: date) -> VersionState:
        """What it is on a Vietnamese day: one that another replaces is published, and in force, until that day."""
        is_over = self.effective_to is None or date.fromisoformat(self.effective_to) <= day
        return VersionState.PUBLISHED if self.state is VersionState.REPLACED and not is_over else self.state

    @property
    def opens(self) -> str | None:
        """The moment from which it is in force, as a stored stamp."""
        return _midnight(self.effective_from)

    @property
    def closes(self) -> str | None:
        """The moment from which it is so no more."""
        return _midnight(self.effective_to)


def _midnight(day: str | None) -> str | None:
    """The moment at which a Vietnamese day begins, as a stored stamp."""
    return stamp(validity.midnight(date.fromisoformat(day))) if day else None


@lifts(NationalRecord, 0)
@lifts(VersionItem, 0)
def _texts(raw: Raw) -> Raw:
    """What the first release kept as maps is text; its versions were all published, by us."""
    texts = {name: canonical(raw[name]) for name in ("facts", "form") if isinstance(raw.get(name), dict)}
    known = {"state": "published", "owner": "", "author": {"by": "", "at": ""}} if "state" not in raw else {}
    return {**known, **raw, **texts}
