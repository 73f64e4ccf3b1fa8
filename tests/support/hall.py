"""A counter hall: one procedure is published, people open drafts and submit, officers complete tasks.

Everything runs on the real stores over moto in process (`tests/support/stores.py`); only the driver is a stand-in.
"""

import json
import os
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

import msgspec
import pytest

from chalicelib.catalogue import fence
from chalicelib.catalogue.procedures.items import VersionItem
from chalicelib.catalogue.versions.pinned import plan
from chalicelib.contracts import stored
from chalicelib.contracts.catalogue import AgencyPublished, ProcedurePublished
from chalicelib.contracts.digitisation import ComponentReceived, Digitisation
from chalicelib.contracts.event import Event, heard
from chalicelib.contracts.messages import ResultSigned
from chalicelib.contracts.plan import Plan, Window
from chalicelib.dossier import offered
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Component, Task, task_id
from chalicelib.dossier.numbers import _blocks
from chalicelib.dossier.reading import Dossier, read
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import canonical, digest
from chalicelib.messages.fence import preview_key
from chalicelib.onestop.desk import Desk
from chalicelib.onestop.flow import Flow
from chalicelib.onestop.given import Given
from chalicelib.onestop.store import Previews, Signers
from chalicelib.onestop.store import Table as DossierTable
from chalicelib.onestop.supplement.answering import Answers
from chalicelib.onestop.views import Views
from chalicelib.submission.model import Came
from chalicelib.submission.service import Submissions, Submitted
from chalicelib.submission.store import Table as DraftTable
from chalicelib.submission.supplements import Supplements
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.driver import Driver
from tests.support.stores import Stores

LEG = "0-commune"
EXEMPT = Digitisation(status="exempt", code="filed_online")
WAITING = Digitisation(status="waiting")
OUTCOME = {"receive": "accepted", "verify": "verified", "approve": "approved", "objection": "dismissed"}
WHO = {"receive": people.RECEPTION, "verify": people.PROCESSING, "approve": people.LEADER, "objection": people.LEADER}


def version(facts: Mapping[str, Any], number: int = 1, **changes: Any) -> VersionItem:
    """A version of the procedure as the catalogue keeps it; `changes` are fields of its item."""
    by = {"by": "motcua", "at": "2026-11-01T00:00:00.000+00:00"}
    item = {
        "code": facts["code"],
        "version": number,
        "state": "published",
        "author": {**by, "by": "author"},
        "review": {**by, **people.review()},
        "publisher": by,
        "facts": facts,
        "form": people.form_document(),
        "effective_from": "2026-11-01",
    }
    return stored.read(VersionItem, {**item, **changes})


class Rows:
    """A table as a test looks at it, and the others who write to it."""

    def __init__(self, stores: Stores, table: str = "Dossiers") -> None:
        self.stores, self.table = stores, table
        self.meanwhile: Callable[[Callable[[], object]], None] = stores.meanwhile
        self.contend: Callable[[int], None] = stores.contend

    @property
    def writes(self) -> int:
        """How many transactions were written."""
        return self.stores.writes

    def get(self, pk: str, sk: str) -> aws.Item | None:
        """One item."""
        return self.stores.get(self.table, pk, sk)

    def partition(self, pk: str, prefix: str = "") -> list[aws.Item]:
        """The items of a partition in order."""
        return self.stores.partition(self.table, pk, prefix)

    def everything(self) -> list[aws.Item]:
        """All items."""
        return self.stores.everything(self.table)

    def put(self, *items: aws.Item) -> None:
        """Items as somebody else left them."""
        self.stores.put(self.table, *items)

    def change(self, pk: str, sk: str, **fields: Any) -> None:
        """Other values in an item, for a situation that the product cannot make yet."""
        self.put({**(self.get(pk, sk) or {"pk": pk, "sk": sk}), **fields})

    def events(self, pk: str) -> list[aws.Item]:
        """The log of a record."""
        return self.stores.events(self.table, pk)

    def types(self, pk: str) -> list[str]:
        """What the log of a record says."""
        return self.stores.types(self.table, pk)

    def unbroken(self, pk: str) -> bool:
        """Whether the log of a record is whole."""
        return self.stores.unbroken(self.table, pk)


class Stood(NamedTuple):
    """A hall as it stood after some tasks: the next one that begins alike goes on from there.

    Not under MOTCUA_TEST_ANEW: then each test runs itself what it looks at, and it is known which lines that are.
    """

    reference: str
    tables: dict[str, Any]
    writes: int
    now: datetime
    driver: Driver
    blocks: dict[tuple[str, str], list[int]]


class Hall:
    """Everything over one set of stores and one clock.

    Its procedure asks the applicant for no confirmation, unless `facts` say so: what is in between has its own tests.
    """

    _stood: ClassVar[dict[tuple[str, ...], Stood]] = {}

    def __init__(self, stores: Stores, **facts: Any) -> None:
        self.stores, self.rows = stores, Rows(stores)
        self.clock, self.driver = Clock(), Driver()
        self.drafts, self.dossiers = DraftTable(), DossierTable()
        self.submissions = Submissions(self.drafts, self.clock)
        self.views = Views(self.dossiers, self.clock)
        self.desk = Desk(self.dossiers, self.views, Signers(), Previews(), self.clock)
        self.answers = Answers(self.dossiers, self.views, self.clock)
        self.supplements = Supplements(self.drafts, self.submissions.to_supplement, self.clock)
        self.flow = Flow(self.dossiers, self.driver, self.clock)
        stores.register("agencies", people.OFFICE["id"], people.OTHER_OFFICE["id"])
        stores.register("officers", people.LEADER.subject)
        self.plan = plan(version({**people.facts(), "confirm_within": None, **facts}))
        _blocks.clear()
        self.publish(self.plan)
        for office in (people.OFFICE, people.OTHER_OFFICE):
            offered.remember_agency(heard(AgencyPublished, office), stamp(self.clock()))
        self._as_it_began = None if facts else (stores.writes, self.clock())

    def publish(self, published: Plan, since: str = "2026-01-01") -> None:
        """The catalogue published a version, in force from a day on; the one before ends there."""
        code, known = published.procedure, self.rows.get(f"PROCEDURE#{published.procedure}", "PUBLISHED") or {}
        before = [
            Window(version=w["version"], opens=w["from"], closes=w.get("to") or since) for w in known.get("windows", ())
        ]
        windows = (*before, Window(version=published.version, opens=since))
        told = ProcedurePublished(
            **msgspec.structs.asdict(published), form=canonical(people.form_document()), windows=windows
        )
        self.clock.advance(milliseconds=1)
        offered.remember_procedure(told, stamp(self.clock()))
        self._gate(code, published.version, is_published=True)

    def close(self, code: str = people.PROCEDURE, number: int = 1) -> None:
        """The catalogue withdrew this version."""
        self._gate(code, number, is_published=False)

    def _gate(self, code: str, number: int, *, is_published: bool) -> None:
        opens = "2026-01-01T00:00:00.000+00:00"
        aws.transact(fence.switched(code, number, fence.State(is_published=is_published, opens=opens)))

    def post(self, key: str) -> None:
        """A browser posted the file of a presigned form."""
        self.stores.upload("INTAKE", key, b"file")

    def open(self, who: Principal = people.CITIZEN, key: str = "open-1", agency: str = people.OFFICE["id"]) -> str:
        """The reference of a new draft."""
        raw = json.dumps({"procedure": people.PROCEDURE, "agency": agency}).encode()
        return self.submissions.open(
            who, people.PROCEDURE, agency, Came("ONLINE", "national_portal"), key, raw
        ).reference

    def draft(self, reference: str) -> Dossier:
        """A draft or dossier as it stands, with all its parts."""
        found = read(reference, whole=True)
        assert found is not None
        return found

    def add(self, reference: str, code: str = people.BIRTH_NOTICE, **changes: Any) -> Component:
        """A component that passed the checks, as the intake writes it."""
        key = changes.pop("key", f"uploads/{reference}/{digest(code, str(changes))}")
        given = {
            "id": digest(key, "v1"),
            "code": code,
            "filename": "giay-chung-sinh.jpg",
            "key": key,
            "version_id": "v1",
            "size": 412345,
            "sha256": "ab" * 32,
            "media_type": "image/jpeg",
            "pages": 1,
            "origin": "upload",
            "received_at": stamp(self.clock()),
            "digitisation": EXEMPT,
            **changes,
        }
        component, head = Component(**given), self.draft(reference).head
        kept = {k: v for k, v in given.items() if k not in ("filename", "key")}
        told = ComponentReceived(
            **kept, reference=reference, agency=head.agency, holder=head.holder, procedure=head.procedure
        )
        Change(head, self.clock()).tell(told).add_component(component).write()
        return component

    def ready(self, who: Principal = people.CITIZEN) -> str:
        """The reference of a draft that may be submitted."""
        reference = self.open(who, key=f"open-{who.subject}")
        self.submissions.save_form(who, reference, people.form(), 0)
        self.add(reference)
        return reference

    def submit(self, reference: str, who: Principal = people.CITIZEN, key: str = "submit-1") -> Submitted:
        """Submit a draft."""
        raw = json.dumps({"draft": reference, "declares_true": True}).encode()
        return self.submissions.submit(who, reference, key, raw)

    def submitted(self) -> str:
        """The reference of a submitted dossier."""
        return self.at()

    def complete(
        self,
        reference: str,
        kind: str,
        *,
        who: Principal | None = None,
        key: str = "task-1",
        note: str = "",
        nth: int = 1,
        **said: Any,
    ) -> Task:
        """An officer completes a task, the n-th of its kind; `said` are further fields of what is given."""
        given = Given(**{"outcome": OUTCOME[kind], "note": note, **said})
        raw = msgspec.json.encode(given)
        task = task_id(reference, LEG, kind, nth)
        done = self.desk.complete(who or WHO[kind], task, given, key, raw).task
        if kind == "receive" and given.outcome == "accepted":
            self.draw(reference)
        return done

    def draw(self, reference: str) -> None:
        """The messages drew the result of an accepted dossier."""
        key = preview_key(reference, self.draft(reference).head.form_version)
        self.stores.upload("MESSAGES", key, b"%PDF", "application/pdf")

    def at(self, *kinds: str) -> str:
        """The reference of a submitted dossier whose first tasks are done."""
        as_it_began = self._as_it_began == (self.stores.writes, self.clock()) and "MOTCUA_TEST_ANEW" not in os.environ
        if as_it_began and kinds in self._stood:
            return self._go_on_from(self._stood[kinds])
        reference = self.ready()
        self.submit(reference)
        for kind in kinds:
            self.complete(reference, kind)
        if as_it_began:
            driver, blocks = deepcopy(self.driver), deepcopy(_blocks)
            self._stood[kinds] = Stood(reference, self.stores.kept(), self.stores.writes, self.clock(), driver, blocks)
        return reference

    def _go_on_from(self, stood: Stood) -> str:
        self.stores.put_back(stood.tables, stood.writes)
        self.clock.now = stood.now
        vars(self.driver).update(deepcopy(vars(stood.driver)))
        _blocks.update(deepcopy(stood.blocks))
        if self.head(stood.reference).get("waits_for_preview"):
            self.draw(stood.reference)
        return stood.reference

    def decided(self) -> str:
        """The reference of a dossier that was approved and decided."""
        reference = self.at("receive", "verify", "approve")
        self.flow.decide(reference)
        return reference

    def head(self, reference: str) -> aws.Item:
        """HEAD of a record as it is stored."""
        found = self.rows.get(reference, "HEAD")
        assert found is not None
        return found

    def put(self, reference: str, **fields: Any) -> None:
        """Set fields of a dossier's HEAD, for a situation that the product cannot make yet."""
        self.rows.change(reference, "HEAD", **fields)

    def told[E: Event](self, reference: str, kind: type[E]) -> list[E]:
        """The events of a kind in a dossier's log."""
        return [heard(kind, row["data"]) for row in self.rows.events(reference) if row["type"] == kind.type]


def signed_result(reference: str, code: str, holder: str = "", **changes: Any) -> ResultSigned:
    """What the messages tell of a signed result."""
    given = {
        "kind": "result",
        "reference": reference,
        "code": code,
        "message": code,
        "key": f"results/{reference}/{code}.pdf",
        "version_id": "m1",
        "sha256": "cd" * 32,
        "size": 54321,
        "title": "Giấy khai sinh",
        "agency": people.OFFICE["id"],
        "agency_name": people.OFFICE["name"],
        "holder": holder or people.CITIZEN.holder,
        "procedure": people.PROCEDURE,
        "signed_at": "2026-11-25T03:00:00.000+00:00",
        "unsigned_sha256": "ef" * 32,
    }
    return ResultSigned(**{**given, **changes})


@pytest.fixture
def hall(tables: Stores) -> Hall:
    """A hall of its own for a test; import it beside `tables`."""
    return Hall(tables)
