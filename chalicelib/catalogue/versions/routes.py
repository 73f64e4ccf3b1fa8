"""What is wrong with a route between agencies, and with what follows a silence of an agency or of the applicant."""

from collections.abc import Callable, Iterator
from typing import Final

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.parts import Leg
from chalicelib.catalogue.versions.pinned import MEDIA, SILENCES, STEPS
from chalicelib.law.codes import BadCode, agency_id
from chalicelib.law.problems import Problem
from chalicelib.law.terms import BadTerm, Term

RECEIVING: Final = "@receiving"
"""In a route: whichever unit received the dossier."""
type IsAgency = Callable[[str], bool]
"""Whether the catalogue knows an agency."""


def anybody(_agency: str) -> bool:
    """Where no catalogue is at hand, each well-formed identifier is taken for an agency's."""
    return True


def route_problems(facts: Facts, is_agency: IsAgency) -> Iterator[Problem]:
    """What keeps a route from being followed: each agency's part has a name, an agency, a time, and one part decides.

    Decree 61/2018 Art. 19(6)(b) asks for the task and the deadline of each agency, and for one that leads.
    """
    route = facts.route or ()
    for stage, legs in enumerate(route):
        if not legs:
            vi, en = "Mỗi bước có ít nhất một chặng", "A stage has at least one leg"
            yield Problem(f"/facts/route/{stage}", "complete", vi, en)
    placed = [(f"/facts/route/{s}/{p}", leg) for s, legs in enumerate(route) for p, leg in enumerate(legs)]
    for stage, legs in enumerate(route):
        seen = set[str]()
        for place, leg in enumerate(legs):
            yield from _named(f"/facts/route/{stage}/{place}", leg, seen)
    for at, leg in placed:
        yield from _agency(at, leg, is_agency)
        yield from _time(at, leg, is_needed=len(placed) > 1)
        yield from _known(at, leg)
    yield from _lead(route, placed)
    yield from _applicant_and_opinions(facts)


def _named(at: str, leg: Leg, seen: set[str]) -> Iterator[Problem]:
    if not leg.leg:
        yield Problem(f"{at}/leg", "complete", "Mỗi chặng có tên", "Each leg has a name")
    elif set(leg.leg) & set("#.") or not leg.leg.isascii():
        vi, en = "Tên chặng gồm chữ không dấu, số và gạch nối", "The name of a leg has letters, digits and hyphens"
        yield Problem(f"{at}/leg", "name", vi, en)
    elif leg.leg in seen:
        yield Problem(f"{at}/leg", "unique", "Tên chặng bị trùng trong bước", "The stage has this leg twice")
    seen.add(leg.leg)


def _agency(at: str, leg: Leg, is_agency: IsAgency) -> Iterator[Problem]:
    if leg.agency == RECEIVING:
        return
    try:
        agency_id(leg.agency)
    except BadCode:
        yield Problem(f"{at}/agency", "R34", "Mã cơ quan không đúng", "Not an agency identifier")
        return
    if not is_agency(leg.agency):
        vi, en = "Danh mục chưa có cơ quan này", "The catalogue knows no such agency"
        yield Problem(f"{at}/agency", "known", vi, en)


def _time(at: str, leg: Leg, *, is_needed: bool) -> Iterator[Problem]:
    if leg.deadline is None:
        if is_needed:
            vi, en = "Lộ trình nhiều chặng cần thời hạn của từng chặng", "A route of several legs says the time of each"
            yield Problem(f"{at}/deadline", "R14", vi, en)
        return
    yield from _term(f"{at}/deadline", leg.deadline)


def _term(at: str, text: str) -> Iterator[Problem]:
    try:
        Term.parse(text)
    except BadTerm:
        yield Problem(at, "term", "Thời hạn như 1wd, 8wh, 1d", "A term such as 1wd, 8wh, 1d")


def _known(at: str, leg: Leg) -> Iterator[Problem]:
    """Steps and medium that the flow knows, steps in the order in which they are done."""
    if list(leg.steps) != [each for each in STEPS if each in leg.steps]:
        names = ", ".join(STEPS)
        yield Problem(
            f"{at}/steps", "known", f"Mỗi bước một lần, theo thứ tự: {names}", f"Once, in this order: {names}"
        )
    if leg.medium is not None and leg.medium not in MEDIA:
        names = ", ".join(MEDIA)
        yield Problem(f"{at}/medium", "known", f"Chỉ nhận: {names}", f"One of: {names}")


def _lead(route: tuple[tuple[Leg, ...], ...], placed: list[tuple[str, Leg]]) -> Iterator[Problem]:
    """One leg decides, in the last stage, and by an approval."""
    leads = [(at, leg) for at, leg in placed if leg.lead]
    for at, _ in leads[1:]:
        yield Problem(f"{at}/lead", "unique", "Chỉ một cơ quan chủ trì", "Only one agency leads")
    at, lead = next(iter([*leads, *placed[-1:]]), ("", None))
    if lead is None:
        return
    if lead not in next(legs for legs in reversed(route) if legs):
        vi, en = "Cơ quan chủ trì ở bước cuối cùng", "The agency that leads is in the last stage"
        yield Problem(f"{at}/lead", "last_stage", vi, en)
    if lead.steps and "approve" not in lead.steps:
        yield Problem(f"{at}/steps", "approve", "Cơ quan chủ trì phê duyệt kết quả", "The agency that leads approves")


def _applicant_and_opinions(facts: Facts) -> Iterator[Problem]:
    if facts.silence is not None and facts.silence not in SILENCES:
        names = ", ".join(SILENCES)
        yield Problem("/facts/silence", "known", f"Chỉ nhận: {names}", f"One of: {names}")
    if facts.confirm_within is not None:
        yield from _term("/facts/confirm_within", facts.confirm_within)
