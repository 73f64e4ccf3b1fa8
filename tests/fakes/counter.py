"""A counter hall in memory: one procedure is published, people open drafts and submit, officers complete tasks."""

import json
from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.events import EventType, Fact

from chalicelib.catalogue.versions.pinned import plan
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import digest
from chalicelib.onestop.model import OUTCOME
from chalicelib.onestop.service import OneStop
from chalicelib.submission.model import Draft
from chalicelib.submission.service import Submissions, Submitted
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.dossiers import Dossiers, Driver
from tests.fakes.drafts import Drafts
from tests.fakes.rows import Rows, new, update

LEG = "0-commune"
EXEMPT = {"status": "exempt", "code": "filed_online"}
WHO = {"receive": people.RECEPTION, "verify": people.PROCESSING, "approve": people.LEADER}


def version(facts: Mapping[str, Any], number: int = 1) -> dict[str, Any]:
    """A version of the procedure as the catalogue keeps it."""
    by = {"by": "motcua", "at": "2026-11-01T00:00:00.000+00:00"}
    return {
        "code": facts["code"],
        "version": number,
        "state": "published",
        "author": {**by, "by": "author"},
        "review": {**by, **people.service()["review"]},
        "publisher": by,
        "facts": facts,
        "form": people.form_document(),
        "effective_from": "2026-11-01",
    }


class Counter:
    """Everything over one set of rows and one clock."""

    def __init__(self, **facts: Any) -> None:
        self.rows, self.clock, self.driver = Rows(), Clock(), Driver()
        self.drafts, self.dossiers = Drafts(self.rows), Dossiers(self.rows)
        self.submissions = Submissions(self.drafts, self.clock)
        self.one_stop = OneStop(self.dossiers, self.driver, self.clock)
        self.plan = plan(version({**people.facts(), **facts}))
        self.drafts.publish(self.plan, people.OFFICE, people.OTHER_OFFICE, form=people.form_document())

    def open(self, who: Principal = people.CITIZEN, key: str = "open-1", agency: str = people.OFFICE["id"]) -> str:
        """The reference of a new draft."""
        raw = json.dumps({"procedure": people.PROCEDURE, "agency": agency}).encode()
        return self.submissions.open(who, people.PROCEDURE, agency, "ONLINE", key, raw).reference

    def draft(self, reference: str) -> Draft:
        """A draft as it stands."""
        found = self.drafts.draft(reference)
        assert found is not None
        return found

    def add(self, reference: str, code: str = people.BIRTH_NOTICE, **changes: Any) -> Mapping[str, Any]:
        """A component that passed the checks, as the intake writes it."""
        key = changes.pop("key", f"uploads/{reference}/{digest(code, str(changes))}")
        component = {
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
            "warnings": [],
            **changes,
        }
        head = self.rows.get(reference, "HEAD") or {}
        item = {"pk": reference, "sk": f"COMPONENT#{component['id']}", **component}
        fact = Fact(EventType.COMPONENT_RECEIVED, component)
        self.rows.write(*self.rows.append(head, [fact], self.clock()), new(item))
        return item

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
        reference = self.ready()
        self.submit(reference)
        return reference

    def complete(
        self, reference: str, kind: str, *, who: Principal | None = None, key: str = "task-1", note: str = ""
    ) -> Mapping[str, Any]:
        """An officer completes a task."""
        outcome = OUTCOME[kind]
        raw = json.dumps({"outcome": outcome, "note": note}).encode()
        return self.one_stop.complete(who or WHO[kind], f"{reference}.{LEG}.{kind}", outcome, note, key, raw)

    def at(self, *kinds: str) -> str:
        """The reference of a submitted dossier whose first tasks are done."""
        reference = self.submitted()
        for kind in kinds:
            self.complete(reference, kind)
        return reference

    def decided(self) -> str:
        """The reference of a dossier that was approved and decided."""
        reference = self.at("receive", "verify", "approve")
        self.one_stop.decide(reference)
        return reference

    def head(self, reference: str) -> Mapping[str, Any]:
        """HEAD of a record."""
        found = self.rows.get(reference, "HEAD")
        assert found is not None
        return found

    def put(self, reference: str, **fields: Any) -> None:
        """Set fields of a dossier's HEAD, for a situation that the product cannot make yet."""
        self.rows.write(update((reference, "HEAD"), fields, lambda _old: True))

    def facts(self, reference: str, kind: EventType) -> list[dict[str, Any]]:
        """The data of the events of a kind."""
        return [row["data"] for row in self.rows.events(reference) if row["type"] == kind]


def signed_result(reference: str, code: str, **changes: Any) -> dict[str, Any]:
    """What the messages tell of a signed result."""
    return {
        "reference": reference,
        "code": code,
        "message": code,
        "key": f"results/{reference}/{code}.pdf",
        "version_id": "m1",
        "sha256": "cd" * 32,
        "size": 54321,
        "title": "Giấy khai sinh",
        **changes,
    }
