"""What is wrong with an enrolment, an absence or a leaving: each by its field and rule. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from msgspec import structs

from chalicelib.contracts.identity import Days, RoleHeld
from chalicelib.identity.fence import MOST_SPANS
from chalicelib.identity.staff.model import LAST, Absence, Certificate, Officer
from chalicelib.identity.staff.proposals import numbers_said
from chalicelib.identity.staff.spans import acts_as, holds, is_present, on, overlapping, shares_days, without
from chalicelib.kernel.access import ADMINISTRATOR
from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.problem import FieldError
from chalicelib.law.packs import RulePack
from chalicelib.law.validity import covers


def _order(days: Days, place: str) -> list[FieldError]:
    """Days that are none, or that end before they begin."""
    try:
        for day in (days.valid_from, days.valid_to or days.valid_from):
            date.fromisoformat(day)
    except ValueError:
        return [FieldError(f"{place}/valid_from", "date", "Không phải một ngày có thật", "Not a day of the calendar")]
    if days.valid_to is not None and days.valid_to <= days.valid_from:
        vi, en = "Ngày kết thúc phải sau ngày bắt đầu", "It must end after it begins"
        return [FieldError(f"{place}/valid_to", "order", vi, en)]
    return []


def of_roles(roles: Sequence[RoleHeld]) -> list[FieldError]:
    """No role at all, days in the wrong order, one role twice on a day, more times than can be kept."""
    if not roles:
        return [FieldError("/roles", "min_length", "Cần ít nhất một vai trò", "At least one role is needed")]
    found = [error for place, role in enumerate(roles) for error in _order(role, f"/roles/{place}")]
    for name in {role.role for role in roles}:
        places = [place for place, role in enumerate(roles) if role.role == name]
        if len(places) > MOST_SPANS:
            vi, en = f"Nhiều nhất {MOST_SPANS} khoảng ngày", f"At most {MOST_SPANS} times"
            found.append(FieldError("/roles", "max_length", vi, en))
        if pair := overlapping([roles[place] for place in places]):
            vi, en = f"Vai trò {name} trùng ngày", f"The role {name} has a day twice"
            found.append(FieldError(f"/roles/{places[pair[1]]}/valid_from", "overlap", vi, en))
    return found


def of_certificate(certificate: Certificate | None) -> list[FieldError]:
    """Days in the wrong order."""
    return _order(certificate, "/certificate") if certificate else []


def of_absence(
    officer: Officer, absence: Absence, deputy: Officer | None, today: str, pack: RulePack
) -> list[FieldError]:
    """Days in the wrong order, over or too many, an absence that is declared already, and what `_of_deputy` finds.

    How long an absence is at most is policy (`staff.absence_days`).
    """
    if found := _order(absence, "") or _of_length(absence, pack):
        return found
    if (absence.valid_to or LAST) <= today:
        found.append(FieldError("/valid_to", "past", "Thời gian vắng mặt đã qua", "The absence is over"))
    if any(shares_days(absence, each) for each in officer.absences):
        vi, en = "Đã khai vắng mặt trong những ngày này", "An absence is declared for these days"
        found.append(FieldError("/valid_from", "overlap", vi, en))
    if len([each for each in officer.absences if (each.valid_to or LAST) > today]) >= MOST_SPANS - 1:
        vi, en = f"Nhiều nhất {MOST_SPANS - 1} lần vắng mặt", f"At most {MOST_SPANS - 1} absences"
        found.append(FieldError("/valid_from", "max_length", vi, en))
    if any(shares_days(absence, each) for each in officer.stands_in):
        vi = "Người này đang thay người khác trong những ngày đó: hãy cử người thay khác trước"
        en = "They stand in for somebody on these days: name another deputy first"
        found.append(FieldError("/valid_from", "chain", vi, en))
    return found + (_of_deputy(officer, absence, deputy) if absence.deputy else [])


def _of_length(absence: Absence, pack: RulePack) -> list[FieldError]:
    most = pack.rules.staff_absence_days.value
    begins, ends = date.fromisoformat(absence.valid_from), date.fromisoformat(absence.valid_to or LAST)
    if (ends - begins).days <= most:
        return []
    said = f"(staff.absence_days, {pack.id}"
    vi = f"Một lần vắng mặt tối đa {most} ngày {said}: chính sách, không phải luật)"
    en = f"An absence lasts {most} days at most {said}: policy, no law)"
    return [FieldError("/valid_to", "absence_longest", vi, en)]


def _of_deputy(officer: Officer, absence: Absence, deputy: Officer | None) -> list[FieldError]:
    """Themselves, nobody of the agency, no confirmed officer, somebody absent then, or not there the whole time."""
    if absence.deputy == officer.officer:
        vi, en = "Không thể tự thay mình", "Nobody stands in for themselves"
        return [FieldError("/deputy", "self", vi, en)]
    if deputy is None:
        vi, en = "Cơ quan không có người này", "The agency has no such officer"
        return [FieldError("/deputy", "unknown", vi, en)]
    if not any(each.confirmed for each in deputy.roles):
        vi, en = "Chưa người quản trị nào khác xác nhận người này", "No second administrator has confirmed them"
        return [FieldError("/deputy", "unconfirmed", vi, en)]
    if any(shares_days(absence, each) for each in deputy.absences):
        vi, en = "Người thay cũng vắng mặt trong những ngày này", "The deputy is absent on these days"
        return [FieldError("/deputy", "chain", vi, en)]
    if gap := _first_without(is_present(deputy), absence):
        vi, en = f"Người thay không làm việc từ ngày {gap}", f"The deputy is not there from {gap} on"
        return [FieldError("/deputy", "gap", vi, en)]
    return []


def _first_without(spans: Iterable[tuple[str, str]], days: Days) -> str | None:
    day = days.valid_from
    for opens, closes in sorted(spans):
        if opens <= day < closes:
            day = closes
    return None if day >= (days.valid_to or LAST) else day


def of_leaving(officer: Officer, left_on: str, colleague: Officer | None) -> list[FieldError]:
    """A day that is none or before they came, a colleague who is none or not there on that day."""
    if found := _order(Days(valid_from=left_on), ""):
        return [FieldError("/left_on", found[0].rule, found[0].message_vi, found[0].message_en)]
    if left_on < min((role.valid_from for role in officer.roles), default=left_on):
        vi, en = "Trước ngày bắt đầu làm việc", "Before they came"
        return [FieldError("/left_on", "order", vi, en)]
    if colleague is None:
        vi, en = "Cơ quan không có người này", "The agency has no such officer"
        return [FieldError("/hand_over_to", "unknown", vi, en)]
    if colleague.officer == officer.officer:
        vi, en = "Không thể bàn giao cho chính mình", "Nobody hands over to themselves"
        return [FieldError("/hand_over_to", "self", vi, en)]
    if not on(is_present(colleague), left_on):
        vi, en = f"Người nhận bàn giao không làm việc ngày {left_on}", f"They are not there on {left_on}"
        return [FieldError("/hand_over_to", "gap", vi, en)]
    return []


def of_office(before: Officer, after: Officer, today: str) -> list[FieldError]:
    """An administrator who would lose days of that role, from today on, by the word of another one."""
    kept = [Days(valid_from=opens, valid_to=closes) for opens, closes in holds(after, ADMINISTRATOR)]
    if not any(closes > today for _, closes in without(holds(before, ADMINISTRATOR), kept)):
        return []
    vi = "Người quản trị tự thôi vai trò này, hoặc thôi việc khi có người quản trị thứ hai xác nhận"
    en = "An administrator gives this role up themselves, or leaves once a second administrator confirmed it"
    return [FieldError("/roles", "second_administrator", vi, en)]


def of_role(role: str | None) -> list[FieldError]:
    """A role that one administrator would leave to nobody who is there."""
    if role is None:
        return []
    vi = f"Không còn ai khác có mặt giữ vai trò {role}: hãy cử người khác trước"
    en = f"Nobody else who is there has the role {role}: give it to somebody first"
    return [FieldError("/roles", "second_administrator", vi, en)]


def of_own(before: Officer, after: Officer, *, is_renamed: bool) -> list[FieldError]:
    """What one administrator would change of another one: the name, or what decides on which work is theirs."""
    changed = [name for name in ("kinds", "areas", "certificate") if getattr(before, name) != getattr(after, name)]
    vi = "Người quản trị tự thay đổi, không do một người quản trị khác"
    en = "An administrator changes this themselves, and no other one alone"
    return [FieldError(f"/{name}", "second_administrator", vi, en) for name in (*(["name"] * is_renamed), *changed)]


def work_lost(before: Officer, after: Officer, day: str) -> list[str]:
    """In what an officer may do less from a day on than another one, or they before.

    Fewer kinds of tasks or areas, fewer days of a certificate.
    """
    found = [
        name
        for name, was, now in (("kinds", before.kinds, after.kinds), ("areas", before.areas, after.areas))
        if now and (not was or {*was} - {*now})
    ]
    was, now = before.certificate, after.certificate
    if was and without([(max(was.valid_from, day), was.valid_to or LAST)], [now] if now else []):
        found.append("certificate")
    return found


def work_gained(before: Officer, after: Officer) -> list[str]:
    """Of what an officer may do more than before: further kinds of tasks, further areas; none named means all."""
    return [
        name
        for name, was, now in (("kinds", before.kinds, after.kinds), ("areas", before.areas, after.areas))
        if was and (not now or {*now} - {*was})
    ]


def of_work(names: Sequence[str]) -> list[FieldError]:
    """What one administrator would take from who alone is there for a role."""
    vi = "Không còn ai khác có mặt giữ vai trò này: hãy cử người khác trước"
    en = "Nobody else who is there has a role of theirs: give it to somebody first"
    return [FieldError(f"/{name}", "second_administrator", vi, en) for name in names]


def of_return(officer: Officer, day: str, today: str) -> list[FieldError]:
    """A day that is over, or on which they are not absent."""
    if day < today:
        return [FieldError("/on", "past", "Ngày đã qua", "The day is over")]
    if not any(each.valid_from <= day < (each.valid_to or LAST) for each in officer.absences):
        return [FieldError("/on", "present", "Người này không vắng mặt ngày đó", "They are not absent on that day")]
    return []


def too_many(officer: Officer, now: datetime) -> list[FieldError]:
    """More times with and without an officer than the fence of a task has room for."""
    day = now.astimezone(ZONE).date().isoformat()
    for role in {grant.role for grant in officer.roles}:
        if len([span for span in acts_as(officer, role) if span[1] > day]) > MOST_SPANS:
            vi, en = "Quá nhiều khoảng ngày và lần vắng mặt", "Too many times and absences"
            return [FieldError("/roles", "max_length", vi, en)]
    return []


def there_until(officer: Officer, day: str) -> tuple[Absence, ...]:
    """An officer's absences when one that covers a day ends on it."""
    cut = [
        structs.replace(each, valid_to=day) if covers(day, each.valid_from, each.valid_to) else each
        for each in officer.absences
    ]
    return tuple(each for each in cut if each.valid_from != each.valid_to)


class Numbers(NamedTuple):
    """The personal numbers (keyed hashes) that are known of an officer, and the one that a token of theirs said."""

    known: frozenset[str] = frozenset()
    said: str = ""


class NumberState(NamedTuple):
    """Whether an officer's personal number is known, and whether a token said one that their list never had."""

    known: bool
    differs: bool


def number_state(officer: Officer, numbers: Numbers) -> NumberState:
    """How the list and the token of an officer say who they are."""
    listed = numbers_said(officer)
    differs = bool(listed and numbers.said) and numbers.said not in listed | frozenset(officer.formers)
    return NumberState(bool(officer.person or numbers.known), differs)
