"""Routes of dossiers and tasks."""

from collections.abc import Mapping
from typing import Any

import msgspec
from chalice import Blueprint

from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel import record
from chalicelib.kernel.access import require
from chalicelib.kernel.clock import moment, said
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.errors import BodyInvalid, FieldError, NotFound
from chalicelib.kernel.ids import unseal
from chalicelib.kernel.paging import PAGE, cursor, cursor_of
from chalicelib.law import calendars
from chalicelib.law.states import DossierState, label
from chalicelib.onestop import wire
from chalicelib.onestop.model import ORDER, Dossier, due_of
from chalicelib.onestop.steps import one_stop
from chalicelib.onestop.store import MINE, WORKLIST, Table

bp = Blueprint(__name__)
api = Api(bp, identity_authorize)


def state_view(code: int) -> wire.StateView:
    """A state with its names."""
    state = DossierState(code)
    return wire.StateView(code=code, key=state.name, label_vi=label(state, "vi"), label_en=label(state, "en"))


def _holding(dossier: Dossier) -> wire.Holding:
    head, task = dossier.head, dossier.holding
    doing = task["kind"] if task else "returned" if head["state"] == DossierState.RESULT_RETURNED else "result"
    since = task["opened_at"] if task else head.get("returned_at") or head.get("approved_at")
    due = task["due_at"] if task else head.get("due_at")
    office = dossier.plan["office"]["name"]
    return wire.Holding(agency=head["agency"], office=office, task=doing, since=said(since), due_at=said(due))


def _task_view(task: Mapping[str, Any]) -> wire.TaskView:
    leg, kind = task["sk"].split("#")[1:]
    return wire.TaskView(
        id=f"{task['pk']}.{leg}.{kind}",
        reference=task["pk"],
        dossier_code=task.get("dossier_code"),
        procedure=task["procedure"],
        kind=kind,
        status=task.get("status", "open"),
        opened_at=said(task["opened_at"]) or "",
        due_at=said(task["due_at"]) or "",
        outcome=task.get("outcome"),
        done_at=said(task.get("done_at")),
    )


def _component(item: Mapping[str, Any]) -> wire.ComponentView:
    digitisation = dict(item["digitisation"])
    if "converted_at" in digitisation:
        digitisation["converted_at"] = said(digitisation["converted_at"])
    given = {k: item[k] for k in wire.ComponentView.model_fields if k != "digitisation"}
    return wire.ComponentView(digitisation=digitisation, **given)


def _slip_row(row: Mapping[str, Any]) -> wire.SlipRow:
    given = {k: row[k] for k in ("giver", "receiver", "result", "note")}
    return wire.SlipRow(at=said(row["at"]) or "", due_at=said(row["due_at"]) or "", **given)


@api.route("GET", "/v1/tasks", act="task.list", answer=wire.TaskList, query=("kind", "cursor"))
def list_tasks(call: Call) -> wire.TaskList:
    """List the open tasks of my agency and of a kind (receive, verify, approve), those due first."""
    kind = call.query.get("kind", "receive")
    if kind not in ORDER:
        broken = FieldError("/kind", "enum", f"Một trong {', '.join(ORDER)}", f"One of {', '.join(ORDER)}")
        raise BodyInvalid(fields=[broken])
    require(call.principal, f"task.{kind}")
    start = cursor_of(call.query.get("cursor", ""), WORKLIST, f"{call.principal.agency}#{kind}")
    rows, last = Table().tasks(call.principal.agency, kind, PAGE, start)
    return wire.TaskList(tasks=[_task_view(r) for r in rows], next=cursor(last))


@api.route("POST", "/v1/tasks/{task}/complete", act="task.list", body=wire.CompleteTask, answer=wire.TaskView)
def complete_task(call: Call) -> wire.TaskView:
    """Complete a task: accept at reception, verify, approve."""
    body: wire.CompleteTask = call.body
    task = one_stop().complete(call.principal, call.path["task"], body.outcome, body.note, call.key, call.raw)
    return _task_view(task)


@api.route("GET", "/v1/dossiers", act="dossier.list", answer=wire.DossierList, query=("cursor",))
def list_dossiers(call: Call) -> wire.DossierList:
    """List my drafts and dossiers, the newest first."""
    start = cursor_of(call.query.get("cursor", ""), MINE, f"HOLDER#{call.principal.holder}")
    rows, last = Table().mine(call.principal.holder, PAGE, start)
    found = [
        wire.DossierRow(
            reference=r["pk"],
            dossier_code=r.get("dossier_code"),
            procedure=r["procedure"],
            state=r["state"],
            due_at=said(r.get("due_at")),
        )
        for r in rows
    ]
    return wire.DossierList(dossiers=found, next=cursor(last))


@api.route("GET", "/v1/dossiers/{dossier}", act="dossier.read", answer=wire.DossierView)
def read_dossier(call: Call) -> Reply:
    """Read a dossier by its reference or code: its state, who holds it until when, what was received."""
    dossier = one_stop().read(call.principal, call.path["dossier"])
    head = dossier.head
    view = wire.DossierView(
        reference=dossier.reference,
        dossier_code=head.get("dossier_code"),
        procedure=head["procedure"],
        procedure_name=dossier.plan["name_vi"],
        holder_name=unseal(head["sealed"])["name"],
        state=state_view(head["state"]),
        holding=_holding(dossier),
        submitted_at=said(head["submitted_at"]) or "",
        accepted_at=said(head.get("accepted_at")),
        due_at=said(head.get("due_at")),
        form=unseal(dossier.form["sealed"]),
        components=[_component(c) for c in dossier.components],
        receipt=f"RECEIPT.{head['dossier_code']}" if "dossier_code" in head else None,
        results=[r["code"] for r in dossier.results],
        vault_document=head.get("vault_document"),
        version=head["version"],
    )
    return Reply(view, version=head["version"])


@api.route("GET", "/v1/dossiers/{dossier}/components/{component}", act="dossier.read", answer=wire.FileLink)
def read_component(call: Call) -> wire.FileLink:
    """Get a link to a component's file, in the version that was checked and sealed."""
    dossier = one_stop().read(call.principal, call.path["dossier"])
    found = next((c for c in dossier.components if c["id"] == call.path["component"]), None)
    if found is None:
        raise NotFound(what="component")
    return wire.FileLink(url=Table().file_url(found), **{k: found[k] for k in ("sha256", "size", "media_type")})


@api.route("GET", "/v1/dossiers/{dossier}/timeline", act="dossier.read", answer=wire.Timeline)
def read_timeline(call: Call) -> wire.Timeline:
    """Read a dossier's log, hash by hash."""
    dossier = one_stop().read(call.principal, call.path["dossier"])
    entries = [
        wire.TimelineEntry(
            number=int(e["sk"][6:]), type=e["type"], at=said(e["at"]) or "", state=e.get("state"), hash=e["hash"]
        )
        for e in dossier.events
    ]
    return wire.Timeline(
        reference=dossier.reference, unbroken=record.unbroken(dossier.events, dossier.head), events=entries
    )


@api.route("GET", "/v1/dossiers/{dossier}/notices", act="dossier.read", answer=wire.NoticeList)
def read_notices(call: Call) -> wire.NoticeList:
    """Read the notices of a dossier: one a transition (Decree 224/2026 Art. 15(1)(g))."""
    dossier = one_stop().read(call.principal, call.path["dossier"])
    found = []
    for event in dossier.events:
        if "state" not in event:
            continue
        data = event["data"]
        found.append(
            wire.NoticeView(
                at=said(event["at"]) or "",
                state=state_view(event["state"]),
                agency=data["agency"],
                handler=data.get("handler", "Hệ thống Một Cửa"),
                received_at=said(data["received_at"]) or "",
                processed_at=said(data.get("processed_at", event["at"])) or "",
                due_at=said(data.get("due_at")),
            )
        )
    return wire.NoticeList(notices=found)


@api.route("GET", "/v1/dossiers/{dossier}/slip", act="dossier.read", answer=wire.Slip)
def read_slip(call: Call) -> wire.Slip:
    """Read the control slip (form 06): who gave it to whom, and whether in time."""
    dossier = one_stop().read(call.principal, call.path["dossier"])
    return wire.Slip(rows=[_slip_row(s) for s in dossier.slips])


@api.route("GET", "/v1/dossiers/{dossier}/due", act="dossier.read", answer=wire.DueView)
def read_due(call: Call) -> wire.DueView:
    """Explain the due date: each day that counted or did not, the readings taken, the clauses."""
    dossier = one_stop().read(call.principal, call.path["dossier"])
    if "accepted_at" not in dossier.head:
        raise NotFound(what="due date")
    due = due_of(dossier.plan, moment(dossier.head["accepted_at"]), calendars.national())
    return wire.DueView(
        due_at=said(dossier.head["due_at"]) or "",
        explanation=msgspec.to_builtins(due.explain("en" if call.language == "en" else "vi")),
    )
