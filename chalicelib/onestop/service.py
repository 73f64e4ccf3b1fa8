"""Complete a task, drive the legs, record the decision, the result and its return."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, require
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.errors import (
    BodyInvalid,
    FieldError,
    ForbiddenStep,
    KeyReused,
    NotFound,
    TaskClosed,
    TaskNotReady,
)
from chalicelib.kernel.events import EventType, Fact
from chalicelib.kernel.ids import digest, seal, unseal
from chalicelib.law import calendars, codes, packs
from chalicelib.law.clock import ZONE
from chalicelib.law.states import DossierState, ForbiddenTransition, check
from chalicelib.onestop.model import ORDER, OUTCOME, Dossier, due_of, may_see, price_lines, slip_row
from chalicelib.onestop.ports import Dossiers, Driver

LEG_TIMEOUT = 86400 * 60  # seconds the driver waits for a leg; the due date itself lives in the dossier


class AlreadyDriven(Exception):
    """Another execution drives this dossier."""


def require_state(head: Mapping[str, Any], state: DossierState) -> None:
    """Raise ForbiddenStep unless the dossier is in this very state: a task is for one stage of its life."""
    if head["state"] != state:
        raise ForbiddenStep(state=head["state"], wanted=int(state))


def transition(head: Mapping[str, Any], *path: DossierState) -> int:
    """The state at the end of a path of allowed edges from where the dossier stands. Raises ForbiddenStep."""
    here = DossierState(head["state"])
    for state in path:
        try:
            check(here, state)
        except ForbiddenTransition as error:
            raise ForbiddenStep(state=int(here), wanted=int(state)) from error
        here = state
    return int(here)


@dataclass(frozen=True)
class Completion:
    """What a completed task leads to."""

    facts: list[Fact]
    put: dict[str, Any]
    receiver: str
    following: str = ""
    code: str = ""
    leg: dict[str, Any] | None = None


@dataclass(frozen=True)
class OneStop:
    """Use cases of the one-stop flow."""

    dossiers: Dossiers
    driver: Driver
    clock: Clock

    def read(self, who: Principal, name: str) -> Dossier:
        """A dossier by its reference or code. Raises NotFound, also for one that the principal may not see."""
        reference = name if name.startswith("MC-") else self.dossiers.by_code(name) or ""
        dossier = self.dossiers.dossier(reference) if reference else None
        if dossier is None or not may_see(who, dossier.head):
            raise NotFound(what="dossier")
        return dossier

    def complete(
        self, who: Principal, task_id: str, outcome: str, note: str, key: str, raw: bytes
    ) -> Mapping[str, Any]:
        """An officer completes a task once; the same key tells the same again.

        Raises NotAllowed, NotFound, TaskClosed, TaskNotReady, ForbiddenStep, KeyReused.
        """
        reference, leg, kind = _parts(task_id)
        require(who, f"task.{kind}")
        body = hashlib.sha256(raw).hexdigest()

        def once() -> Mapping[str, Any]:
            dossier = self.read(who, reference)
            task = dossier.task(leg, kind)
            if task is None or task["agency"] != who.agency:
                raise NotFound(what="task")
            if task["status"] == "done":
                return _told(task, digest(key), body)
            if outcome != OUTCOME[kind]:
                only = OUTCOME[kind]
                raise BodyInvalid(fields=[FieldError("/outcome", "enum", f"Chỉ nhận {only}", f"Only {only}")])
            done = {
                "outcome": outcome,
                "done_at": stamp(self.clock()),
                "by": who.name,
                "key": digest(key),
                "body": body,
            }
            self._close(dossier, task, done, who, note)
            return {**task, **done, "status": "done"}

        return record.settled(once)

    def _close(
        self, dossier: Dossier, task: Mapping[str, Any], done: dict[str, Any], who: Principal, note: str
    ) -> None:
        steps: dict[str, Callable[[Dossier, Mapping[str, Any], Principal, datetime], Completion]] = {
            "receive": self._accept,
            "verify": self._verify,
            "approve": self._approve,
        }
        now = self.clock()
        completion = steps[task["kind"]](dossier, task, who, now)
        due_at = completion.put.get("due_at") or dossier.head["due_at"]
        slip = slip_row(len(dossier.slips) + 1, who.name, completion.receiver, stamp(now), task["due_at"], note)
        following = None
        if completion.following:
            following = {
                "leg": task["leg"],
                "kind": completion.following,
                "agency": task["agency"],
                "opened_at": stamp(now),
                "due_at": due_at,
                "reference": dossier.reference,
                "procedure": dossier.plan["procedure"],
                "dossier_code": completion.code or dossier.head["dossier_code"],
            }
        self.dossiers.complete(
            dossier,
            task,
            done,
            completion.facts,
            now,
            put=completion.put,
            slip=slip,
            following=following,
            code=completion.code,
            leg=completion.leg,
        )

    def _accept(self, dossier: Dossier, task: Mapping[str, Any], who: Principal, now: datetime) -> Completion:
        """Code, due date and forwarding at acceptance; online at once (Decree 61/2018 Art. 17(3), 18)."""
        require_state(dossier.head, DossierState.REGISTERED)
        state = transition(dossier.head, DossierState.ACCEPTED, DossierState.PROCESSING)
        day = now.astimezone(ZONE).date()
        pack = packs.pack_on(day)
        serial = self.dossiers.next_serial(task["agency"], day)
        code = codes.dossier_code(task["agency"], day, serial, scheme=pack.rules.dossier_code_scheme.value)
        due = due_of(dossier.plan, now, calendars.national())
        told = _notice(dossier, who, now, stamp(due.due_at)) | {"received_at": stamp(now)}
        accepted = {
            **told,
            "reference": dossier.reference,
            "dossier_code": code,
            "procedure": dossier.plan["procedure"],
            "procedure_name": dossier.plan["name_vi"],
            "term": dossier.plan["term"]["text"],
            "notice_vi": dossier.plan["notice_vi"],
            "price": price_lines(dossier.plan),
            "office": dossier.plan["office"],
            "rule_pack": pack.id,
            "submitted_at": dossier.head["submitted_at"],
            "holder": dossier.head["holder"],
            "sealed": seal({**unseal(dossier.head["sealed"]), "officer": who.name, **_on_paper(dossier)}),
        }
        facts = [
            Fact(EventType.DOSSIER_ACCEPTED, accepted, state=int(DossierState.ACCEPTED), actor=who.subject),
            Fact(EventType.DOSSIER_FORWARDED, {**told, "dossier_code": code}, state=state, actor=who.subject),
        ]
        put = {
            "state": state,
            "dossier_code": code,
            "accepted_at": stamp(now),
            "due_at": stamp(due.due_at),
            "rule_pack": pack.id,
        }
        return Completion(facts, put, "Bộ phận thẩm tra", following="verify", code=code)

    def _verify(self, dossier: Dossier, _task: Mapping[str, Any], who: Principal, now: datetime) -> Completion:
        """The verification is recorded (Decree 61/2018 Art. 19(1)-(3))."""
        require_state(dossier.head, DossierState.PROCESSING)
        told = _notice(dossier, who, now, dossier.head["due_at"])
        fact = Fact(
            EventType.DOSSIER_VERIFIED, {**told, "dossier_code": dossier.head["dossier_code"]}, actor=who.subject
        )
        return Completion([fact], {"verified_at": stamp(now)}, "Lãnh đạo ký duyệt", following="approve")

    def _approve(self, dossier: Dossier, task: Mapping[str, Any], who: Principal, now: datetime) -> Completion:
        """The competent person approves; nothing is decided while a paper waits for its digitisation."""
        require_state(dossier.head, DossierState.PROCESSING)
        if waiting := dossier.unsettled():
            raise TaskNotReady(components=waiting)
        told = _notice(dossier, who, now, dossier.head["due_at"])
        fact = Fact(EventType.LEG_COMPLETED, {**told, "leg": task["leg"], "agency": task["agency"]}, actor=who.subject)
        leg = {"outcome": "approved", "leg": task["leg"]}
        put = {"approver": seal({"name": who.name}), "approved_at": stamp(now)}
        return Completion([fact], put, "Bộ phận trả kết quả", leg=leg)

    def start(self, data: Mapping[str, Any]) -> None:
        """Start the driver of a submitted dossier under the dossier's own name."""
        given = {
            "dossier": data["reference"],
            "attempt": data["attempt"],
            "stages": data["stages"],
            "timeout": LEG_TIMEOUT,
        }
        self.driver.start(f"{data['reference']}-{data['attempt']}", given)

    def open_leg(self, reference: str, leg: str, token: str, execution: str) -> None:
        """The driver waits for a leg; if the leg is done already, tell it at once. Raises AlreadyDriven."""
        row = self.dossiers.open_leg(reference, leg, token, execution)
        if row is None:
            raise AlreadyDriven(reference)
        if "outcome" in row:
            self.driver.succeed(token, row["outcome"])

    def report_leg(self, reference: str, leg: str) -> None:
        """Tell the driver that a leg is done; before it waits, `open_leg` will tell it."""
        row = self.dossiers.leg(reference, leg)
        if row and "token" in row and "outcome" in row:
            self.driver.succeed(row["token"], row["outcome"])

    def decide(self, reference: str) -> None:
        """All legs are done: the decision is recorded, so that the result can be written and signed."""

        def once() -> None:
            dossier = self._known(reference)
            if "decided_at" in dossier.head:
                return
            now, code = self.clock(), dossier.head["dossier_code"]
            form, holder = unseal(dossier.form["sealed"]), unseal(dossier.head["sealed"])
            said = unseal(dossier.form["answers"])
            data = {
                "reference": reference,
                "dossier_code": code,
                "result_code": codes.result_code(code, 1),
                "procedure": dossier.plan["procedure"],
                "procedure_name": dossier.plan["name_vi"],
                "result": dossier.plan["result"],
                "kind": dossier.plan["kind"],
                "price": price_lines(dossier.plan),
                "agency": dossier.head["agency"],
                "office": dossier.plan["office"],
                "holder": dossier.head["holder"],
                "decided_at": stamp(now),
                "sealed": seal(
                    {**holder, "form": form, "answers": said, "approver": unseal(dossier.head["approver"])["name"]}
                ),
            }
            fact = Fact(EventType.DOSSIER_DECIDED, data, actor="one-stop")
            self.dossiers.change(dossier, [fact], now, put={"decided_at": stamp(now)})

        record.settled(once)

    def result_signed(self, data: Mapping[str, Any]) -> None:
        """A signed result moves the dossier to state 9 (Decree 45/2020 Art. 14(3)); only a signed one does."""

        def once() -> None:
            dossier = self._known(data["reference"])
            if any(r["code"] == data["code"] for r in dossier.results):
                return
            if "decided_at" not in dossier.head:
                raise ForbiddenStep(state=dossier.head["state"], wanted=int(DossierState.PROCESSED))
            state = transition(dossier.head, DossierState.PROCESSED)
            now = self.clock()
            message = {k: data[k] for k in ("code", "key", "version_id", "sha256", "size", "title", "message")}
            told = _notice(dossier, None, now, dossier.head["due_at"])
            facts = {**told, **message, "reference": data["reference"], "holder": dossier.head["holder"]}
            facts |= {"dossier_code": dossier.head["dossier_code"], "procedure": dossier.plan["procedure"]}
            row = {"sk": f"RESULT#KQ{len(dossier.results) + 1}", **message}
            fact = Fact(EventType.DOSSIER_PROCESSED, facts, state=state, actor="one-stop")
            self.dossiers.change(dossier, [fact], now, put={"state": state, "processed_at": stamp(now)}, result=row)

        record.settled(once)

    def result_stored(self, data: Mapping[str, Any]) -> None:
        """Every destination the law asks for has the result: state 10 (Decree 137/2024 Art. 8(4))."""

        def once() -> None:
            dossier = self._known(data["reference"])
            if dossier.head["state"] == DossierState.RESULT_RETURNED:
                return
            state = transition(dossier.head, DossierState.RESULT_RETURNED)
            now = self.clock()
            told = _notice(dossier, None, now, dossier.head["due_at"])
            delivered = [{"destination": "vault", "document": data["document"], "at": data["stored_at"]}]
            fact = Fact(EventType.DOSSIER_RETURNED, {**told, "delivered": delivered}, state=state, actor="one-stop")
            put = {"state": state, "returned_at": stamp(now), "vault_document": data["document"]}
            self.dossiers.change(dossier, [fact], now, put=put)

        record.settled(once)

    def _known(self, reference: str) -> Dossier:
        dossier = self.dossiers.dossier(reference)
        if dossier is None:
            raise NotFound(what="dossier")
        return dossier


def _parts(task_id: str) -> tuple[str, str, str]:
    parts = task_id.split(".")
    if len(parts) != len(ORDER) or parts[2] not in ORDER:
        raise NotFound(what="task")
    return parts[0], parts[1], parts[2]


def _told(task: Mapping[str, Any], key: str, body: str) -> Mapping[str, Any]:
    if task["key"] != key:
        raise TaskClosed(outcome=task["outcome"])
    if task["body"] != body:
        raise KeyReused
    return task


def _notice(dossier: Dossier, who: Principal | None, now: datetime, due_at: str) -> dict[str, Any]:
    """The five facts that every notice carries (Decree 224/2026 Art. 15(1)(g))."""
    return {
        "agency": dossier.head["agency"],
        "handler": who.name if who else "Hệ thống Một Cửa",
        "received_at": dossier.head.get("accepted_at") or dossier.head["submitted_at"],
        "processed_at": stamp(now),
        "due_at": due_at,
    }


def _on_receipt(plan: Mapping[str, Any], component: Mapping[str, Any]) -> dict[str, Any]:
    names = {c["code"]: c["name_vi"] for c in plan["components"]}
    return {
        "code": component["code"],
        "name": names.get(component["code"], component["filename"]),
        "filename": component["filename"],
        "size": component["size"],
        "sha256": component["sha256"],
    }


def _on_paper(dossier: Dossier) -> dict[str, Any]:
    """What only the receipt may say: the applicant's telephone, and the names of their files."""
    requester = unseal(dossier.form["sealed"]).get("requester", {}) if dossier.form else {}
    components = [_on_receipt(dossier.plan, c) for c in dossier.components]
    return {"phone": requester.get("phone", ""), "components": components}
