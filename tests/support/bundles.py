"""Bundles over HTTP: an e-form is filed, and the children that it starts are settled by their own agencies."""

import contextlib
import copy
import os
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from chalicelib.contracts.bundles import LegOpened, TimeMissed
from chalicelib.dossier.lists import TaskRow
from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.bundles.watch import Watch
from chalicelib.onestop.store import Table
from chalicelib.onestop.supplement.lapse import Lapse
from chalicelib.onestop.sweep import Sweep, Swept
from infra.command.place import Place
from infra.demo import story
from infra.demo.client import Client
from infra.local import folder as data_folder
from tests.support.world import events

BIRTH, DEATH = "2.002621", "2.002622"
BIRTH_NOTICE, DEATH_NOTICE = "000.00.00.G15-KQ004389", "000.00.00.G15-KQ004376"
PAPERS = {BIRTH: BIRTH_NOTICE, DEATH: DEATH_NOTICE}


def birth_form(*, wants_card: bool) -> dict[str, Any]:
    """The answers of a birth whose parents are known."""
    form = copy.deepcopy(story.FORM)
    mother = form["mother"]
    form["bundle"] = {
        "declarant": mother["full_name"],
        "declarant_id": mother["personal_id"],
        "declarant_born_on": "1995-04-12",
        "phone": "0912345678",
        "address": mother["residence"],
        "owner_consents": True,
        "wants_card": wants_card,
    }
    return form


def death_form(allowance: str = "Người có công", *, ends_benefit: bool = True) -> dict[str, Any]:
    """The answers of a death."""
    return {
        "death": {
            "full_name": "Lê Văn Thuận",
            "personal_id": "086045001234",
            "died_on": "2026-11-20",
            "allowance": allowance,
            "ends_benefit": ends_benefit,
        },
        "applicant": {
            "full_name": "Nguyễn Thị Bích Liễu",
            "personal_id": "001195012345",
            "born_on": "1995-04-12",
            "address": "Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long",
        },
        "contact": {"phone": "0912345678"},
        "request": "Đăng ký khai tử, xóa thường trú và trợ cấp cho cha tôi",
    }


def start(me: Client, procedure: str, form: Mapping[str, Any], scan: bytes) -> str:
    """A bundle is filed; answers its reference."""
    draft = str(me.post("/v1/drafts", {"procedure": procedure, "agency": story.AGENCY}).ok(201).body["reference"])
    story.fill(me, draft, form).ok()
    sent = story.upload(me, draft, scan, component=PAPERS[procedure])
    assert story.checked(me, draft, sent)["status"] == "accepted"
    return str(story.submit(me, draft).ok(201).body["reference"])


def children_of(who: Client, parent: str) -> dict[str, dict[str, Any]]:
    """The legs of a bundle that were started or ended, by name."""
    legs = story.dossier(who, parent)["children"]
    return {each["leg"]: each for each in legs if each["reference"] or each["outcome"]}


def desk(where: Mapping[str, str], child: Mapping[str, Any], kind: str, outcome: str, **more: Any) -> Any:
    """The child's own agency completes its open task of a kind."""
    role = next(role for each, role, _ in story.STEPS if each == kind)
    officer = story.officer(where, role, agency=child["agency"])
    task = story.until(f"{child['leg']}: {kind}", lambda: story.task_of(officer, child["reference"], kind))
    if more or outcome not in {"accepted", "verified", "approved"}:
        return officer.post(f"/v1/tasks/{task}/complete", {"outcome": outcome, **more})
    return story.complete(officer, task, outcome)


def settle(where: Mapping[str, str], me: Client, child: Mapping[str, Any], *, accepted: bool = False) -> dict[str, Any]:
    """A child through its own agency's desks, to the result in its holder's vault; `accepted`: reception did it."""
    for kind, _, outcome in story.STEPS[accepted:]:
        if kind == "approve":
            story.confirm(me, str(child["reference"]))
        desk(where, child, kind, outcome).ok()
    return story.until(f"{child['leg']}: the result", lambda: story.returned(me, str(child["reference"])))


class Ours(Table):
    """The sweep's store, with the tasks of some dossiers alone: no other test of the cloud becomes late."""

    def __init__(self, references: Collection[str]) -> None:
        self.references = frozenset(references)

    def overdue(self, agency: str, kind: str, now: datetime) -> Iterator[TaskRow]:
        """Open tasks of these dossiers."""
        return (row for row in super().overdue(agency, kind, now) if row.pk in self.references)

    def due_within(self, agency: str, kind: str, now: datetime, last: datetime) -> Iterator[TaskRow]:
        """No apologies are owed here."""
        return iter(())

    def left_off(self) -> str:
        """Each run looks at every agency."""
        return ""

    def leave_off(self, agency: str) -> None:
        """Where the real sweep left off stays."""


def sweep(where: Mapping[str, str], who: Client, parent: str, **later: float) -> Swept:
    """The sweep, run on a bundle and its children by a clock that is so much later."""
    children = [str(each["reference"]) for each in children_of(who, parent).values() if each["reference"]]

    def clock() -> datetime:
        return utc_now() + timedelta(**later)

    table = Ours((parent, *children))
    ends = {"child": Watch(table, clock).look, "supplement": Lapse(table, clock).end}
    with secret_of(where), Place(where).entered():
        done = Sweep(table, clock, ends).run()
    assert done.failed == 0
    return done


@contextlib.contextmanager
def secret_of(where: Mapping[str, str]) -> Iterator[None]:
    """The key of hashes of the stage, for use cases that run in the test."""
    before = os.environ.get("MOTCUA_SECRET")
    os.environ["MOTCUA_SECRET"] = data_folder.secret(Path(where["folder"]))
    try:
        yield
    finally:
        os.environ.pop("MOTCUA_SECRET", None)
        if before is not None:
            os.environ["MOTCUA_SECRET"] = before


class Bus:
    """Every worker is called twice for each event; what starts children can be held back."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.twice: set[str] = set()

    def close(self) -> None:
        """Nothing is held back any more, however its test ended."""
        self.gate.set()

    def __call__(self, stock: Callable[..., Any], name: str, event: Any) -> Any:
        """Deliver an event, and once more."""
        if name == "submission_start_child":
            self.gate.wait()
        stock(name, event)
        self.twice.add(name)
        return stock(name, event)


def missed(where: Mapping[str, str], parent: str) -> list[tuple[str, str, bool]]:
    """The times that were told to have passed: leg, timer, whether the one to mend it; once for each telling."""
    told = [e["data"] for e in events(where, parent) if e["type"] == TimeMissed.type and e["pk"] == parent]
    return [(each["leg"], each["timer"], bool(each.get("fix"))) for each in told]


def opened(where: Mapping[str, str], parent: str, leg: str) -> bool:
    """Whether it is a leg's turn."""
    told = [e for e in events(where, parent) if e["type"] == LegOpened.type and e["pk"] == parent]
    return leg in {each["data"]["leg"] for each in told}
