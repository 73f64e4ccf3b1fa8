"""Routes of those who administer an agency's staff."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from chalice import Blueprint

from chalicelib.contracts.event import heard
from chalicelib.contracts.identity import Days
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.identity import acts
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.identity.settings import TABLE
from chalicelib.identity.staff import wire
from chalicelib.identity.staff.author import by
from chalicelib.identity.staff.files import Cells, from_csv, read_rows
from chalicelib.identity.staff.model import Enrolment, Officer, OfficerHead
from chalicelib.identity.staff.proposals import waits
from chalicelib.identity.staff.rules import NumberState
from chalicelib.identity.staff.service import Changes
from chalicelib.identity.staff.spans import roles_on
from chalicelib.identity.staff.wiring import imports, staff
from chalicelib.kernel.access import holder_of
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, DOSSIERS, *SEALING), known_as=lambda who: staff().known_as(who))
OFFICER: Final = "/v1/officers/{officer}"
NO_EFFECT: Final = (
    "Chưa có hiệu lực: cơ quan chưa có người quản trị có mặt tại đây, nên cán bộ vẫn làm việc theo vai trò trong token",
    "No effect for now: no administrator who is there is enrolled, so officers act by the roles of their tokens",
)
"""What is told of an agency whose staff is not kept here, in Vietnamese and English."""


def _officer(call: Call) -> str:
    return call.path["officer"]


def _of(body: wire.EnrolOfficer | wire.ChangeOfficer) -> dict[str, Any]:
    """What was said of an officer, with their number as its keyed hash from here on."""
    said = body.model_dump(exclude={"personal_id"})
    return said | ({"person": holder_of("CITIZEN", body.personal_id)} if body.personal_id else {})


def _view(head: OfficerHead, *, kept: bool, numbers: Mapping[str, NumberState] | None = None) -> wire.OfficerView:
    officer = head.officer
    if officer is None:
        raise NotFound(what="officer")
    number = (numbers or staff().numbers(officer.agency, [head]))[officer.officer]
    name, subject = staff().named(head)
    told = {
        **msgspec.to_builtins(officer),
        "id": officer.officer,
        "name": name,
        "subject": subject,
        "roles": [_role(officer, place) for place in range(len(officer.roles))],
        "acts_as": sorted(roles_on(officer, staff().day())),
        "waits": waits(officer),
        "number_known": number.known,
        "number_differs": number.differs,
        "name_proposed": staff().proposed_name(head) or None,
        "number_waits": officer.proposal is not None,
        "version": head.version,
        **_effect(kept=kept),
    }
    return wire.OfficerView.model_validate(told)


def _effect(*, kept: bool) -> dict[str, bool | str | None]:
    """Whether what is kept of officers counts, and where it does not, why."""
    vi, en = (None, None) if kept else NO_EFFECT
    return {"in_effect": kept, "no_effect_vi": vi, "no_effect_en": en}


def _role(officer: Officer, place: int) -> wire.RoleView:
    grant = officer.roles[place]
    return wire.RoleView(
        role=grant.role,
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
        confirmed=grant.confirmed,
        proposed_by=grant.by,
        confirmed_by=grant.confirmed_by,
    )


def _kept(head: OfficerHead, *, is_new: bool = False) -> Reply:
    view = _view(head, kept=staff().is_kept(head.officer.agency if head.officer else ""))
    location = f"/v1/officers/{view.id}" if is_new else ""
    return Reply(view, version=head.version, location=location)


@api.route("GET", "/v1/officers", act=acts.KEEP_STAFF, answer=wire.OfficerList, query=wire.OfficerQuery)
def list_officers(call: Call) -> wire.OfficerList:
    """List my agency's officers in the order of their enrolment, those who left too; or by how a number is known."""
    asked: wire.OfficerQuery = call.asked
    heads, following = staff().page(call.principal.agency, asked.cursor)
    kept, numbers = staff().is_kept(call.principal.agency), staff().numbers(call.principal.agency, heads)
    shown = [_view(head, kept=kept, numbers=numbers) for head in heads]
    known = [each for each in shown if asked.number_known in (None, each.number_known)]
    wanted = [each for each in known if asked.number_differs in (None, each.number_differs)]
    return wire.OfficerList(officers=wanted, next=following)


@api.route("POST", "/v1/officers", act=acts.KEEP_STAFF, body=wire.EnrolOfficer, answer=wire.OfficerView, status=201)
def enrol_officer(call: Call) -> Reply:
    """Enrol an officer of my agency; their roles wait for another administrator."""
    given = heard(Enrolment, _of(call.body))
    return _kept(staff().enrol(by(call.principal, call.key, call.raw), given), is_new=True)


@api.route("POST", "/v1/officers/import", act=acts.KEEP_STAFF, body=wire.ImportOfficers, answer=wire.ImportReport)
def import_officers(call: Call) -> wire.ImportReport:
    """Take in joiners and leavers: nothing when a row is wrong, else each row with its verdict; again is harmless."""
    body: wire.ImportOfficers = call.body
    if not body.csv and not body.rows:
        raise BodyInvalid(fields=[FieldError("/rows", "missing", "Thiếu dòng nào để nhập", "No row to take in")])
    if body.csv and body.rows:
        raise BodyInvalid(fields=[FieldError("", "one_of", "Gửi `csv` hoặc `rows`", "Send `csv` or `rows`")])
    rows, faults = from_csv(body.csv) if body.csv else (_rows(body), [])
    lines, more = read_rows(rows)
    done = imports().run(by(call.principal), lines, [*faults, *more])
    told = [
        wire.RowVerdict(place=each.place, verdict=each.outcome, officer=each.officer, code=each.code or None)
        for each in done
    ]
    effect = _effect(kept=staff().is_kept(call.principal.agency))
    return wire.ImportReport.model_validate({"rows": told, **effect})


def _rows(body: wire.ImportOfficers) -> list[tuple[str, Cells]]:
    return [(f"/rows/{place}", heard(Cells, row.model_dump(exclude_none=True))) for place, row in enumerate(body.rows)]


@api.route("GET", "/v1/officers/unmanned", act=acts.KEEP_STAFF, answer=wire.UnmannedList)
def list_unmanned(call: Call) -> wire.UnmannedList:
    """List the queues of my agency that have open tasks and nobody enrolled who may do them today."""
    agency = call.principal.agency
    queues = [
        wire.UnmannedQueue(agency=each.agency, kind=each.kind, due_at=said(each.due_at) or "")
        for each in staff().unmanned(agency)
    ]
    return wire.UnmannedList(kept=staff().is_kept(agency), queues=queues)


@api.route("GET", OFFICER, act=acts.KEEP_STAFF, answer=wire.OfficerView)
def read_officer(call: Call) -> Reply:
    """Read an officer of my agency."""
    return _kept(staff().read(call.principal.agency, _officer(call)))


@api.route("PATCH", OFFICER, act=acts.KEEP_STAFF, body=wire.ChangeOfficer, answer=wire.OfficerView)
def change_officer(call: Call) -> Reply:
    """Change what an officer may act as: roles, kinds of tasks, areas, position, certificate."""
    given = heard(Changes, _of(call.body))
    return _kept(staff().change(by(call.principal), _officer(call), given, call.version))


@api.route("POST", OFFICER + "/confirmation", act=acts.KEEP_STAFF, body=wire.ConfirmOfficer, answer=wire.OfficerView)
def confirm_officer(call: Call) -> Reply:
    """Confirm what another administrator proposed for a third person."""
    who = by(call.principal, call.key, call.raw)
    return _kept(staff().confirm(who, _officer(call), call.body.version))


@api.route("POST", OFFICER + "/absences", act=acts.KEEP_STAFF, body=wire.DeclareAbsence, answer=wire.OfficerView)
def declare_absence(call: Call) -> Reply:
    """Declare an officer's absence, with the deputy who does their work."""
    who, body = by(call.principal, call.key, call.raw), call.body
    days = Days(valid_from=body.valid_from, valid_to=body.valid_to)
    return _kept(staff().declare(who, _officer(call), days, body.deputy))


@api.route("POST", OFFICER + "/return", act=acts.KEEP_STAFF, body=wire.ComeBack, answer=wire.OfficerView)
def end_absence(call: Call) -> Reply:
    """End an officer's absence: they are there again from a day on."""
    return _kept(staff().come_back(by(call.principal, call.key, call.raw), _officer(call), call.body.on))


@api.route("POST", OFFICER + "/leaving", act=acts.KEEP_STAFF, body=wire.LeaveOffice, answer=wire.OfficerView)
def leave_office(call: Call) -> Reply:
    """Say from which day on an officer acts no more, and which colleague takes over."""
    who, body = by(call.principal, call.key, call.raw), call.body
    return _kept(staff().leave(who, _officer(call), body.left_on, body.hand_over_to))
