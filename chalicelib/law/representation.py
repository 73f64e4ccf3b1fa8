"""Who may represent whom by mandate (*ủy quyền*): the Civil Code's rules over dated data. Pure.

What is asked here is asked at each act: a mandate that was good yesterday may be none today.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

import msgspec

from chalicelib.law.problems import Problem
from chalicelib.law.rules import AgeBounds, LeapReading, Rules

type PartyKind = Literal["CITIZEN", "FOREIGNER", "ORGANISATION"]
type Form = Literal["plain", "certified", "notarised"]
type EvidenceKind = Literal["FILE", "ID_APP", "NOTARIAL"]

FORMS: Final[tuple[Form, ...]] = ("plain", "certified", "notarised")
"""From the weakest to the strongest."""


class Born(NamedTuple):
    """When somebody was born: a personal number says the year alone, a register the day."""

    year: int
    day: date | None = None


class Party(NamedTuple):
    """One side, as far as the rules ask; of an organisation, or where nobody knows it, `born` is None."""

    kind: PartyKind
    born: Born | None = None


class First(msgspec.Struct, frozen=True, kw_only=True):
    """The mandate out of which a sub-mandate is given; `closes` is the day after its last one."""

    procedures: tuple[str, ...]
    may: tuple[str, ...]
    form: Form
    allows_sub: bool
    closes: date | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a mandate is to say. `last_day` is within the term, None where none is stated.

    `is_one_person`: the sides are one person, or one person signs for both.
    """

    represented: Party
    representative: Party
    is_one_person: bool
    procedures: tuple[str, ...]
    may: tuple[str, ...]
    storage: str | None
    form: Form
    evidence: EvidenceKind | None = None
    has_hash: bool = False
    first_day: date | None = None
    last_day: date | None = None
    for_one_act: bool = False
    first: First | None = None


class Side(NamedTuple):
    """A party of an act and who stands for it; None when they act themselves."""

    holder: str
    representative: str | None = None


# --- ages and terms ------------------------------------------------------------------------------------------------


def born_of(personal_id: str) -> Born:
    """The year of birth in a personal number: its fourth digit has the century (Decree 137/2015 Art. 13)."""
    century = 19 + int(personal_id[3]) // 2
    return Born(century * 100 + int(personal_id[4:6]))


def birthday(born: date, age: int, leap: LeapReading) -> date:
    """The day on which somebody reaches an age."""
    year = born.year + age
    if _is_missing(born, year):
        return date(year, 2, 28) if leap == "february_28" else date(year, 3, 1)
    return born.replace(year=year)


def has_reached(born: Born | None, age: int, day: date, leap: LeapReading) -> bool | None:
    """Whether somebody has an age on a day; None when what is known of their birth does not say."""
    if born is None:
        return None
    if born.day is not None:
        return birthday(born.day, age, leap) <= day
    reached = born.year + age
    if day >= date(reached, 12, 31):
        return True
    return False if day.year < reached else None


def last_day_of(arose: date, years: int) -> date:
    """The last day of a term of years from a day, which is not counted (Civil Code Art. 147(2), 148).

    A day that the last year has not is read as the Code reads it for months: the last day of its month.
    """
    year = arose.year + years
    return date(year, 2, 28) if _is_missing(arose, year) else arose.replace(year=year)


def _is_missing(day: date, year: int) -> bool:
    """Whether a year has no such day: 29 February."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (day.month, day.day) == (2, 29) and not is_leap


def closing(asked: Asked, arose: date, rules: Rules) -> date | None:
    """The day after the last one of a mandate that arises on a day: Civil Code Art. 140(2).

    As stated; else None while the act goes on that it is for; else by the term of the law. A sub-mandate is over with
    the first one at the latest.
    """
    ends: date | None = None
    if asked.last_day:
        ends = asked.last_day + timedelta(days=1)
    elif not asked.for_one_act:
        ends = last_day_of(arose, rules.mandate_term_years.value) + timedelta(days=1)
    first = asked.first.closes if asked.first else None
    return min((day for day in (ends, first) if day), default=None)


# --- dealing with oneself ------------------------------------------------------------------------------------------


def deals_with_himself(representative: str, sides: Iterable[Side]) -> bool:
    """Whether a representative would stand on two sides of one act, or face himself: Civil Code Art. 141(3)."""
    stands = [side for side in sides if representative in (side.holder, side.representative)]
    return len(stands) > 1 or any(side.holder == side.representative for side in stands)


# --- what keeps a mandate from being one ---------------------------------------------------------------------------


SAID: Final = {
    "storage_clause_missing": (
        "Phải thỏa thuận nơi lưu kết quả điện tử: người ủy quyền, người được ủy quyền, cả hai hoặc không lưu",
        "It must be agreed where electronic results are kept: PRINCIPAL, AGENT, BOTH or NONE",
    ),
    "scope_missing": ("Phải nêu phạm vi: ít nhất một thủ tục", "The scope must be stated: one procedure at least"),
    "with_oneself": (
        "Không được ủy quyền cho chính mình, kể cả khi ký thay tổ chức",
        "Nobody represents himself, nor signs for both sides",
    ),
    "representative_too_young": ("Người đại diện chưa đủ tuổi", "The representative is too young"),
    "representative_age_unknown": (
        "Số định danh chưa cho biết người đại diện đã đủ tuổi hay chưa",
        "Whether the representative is old enough is not known: the personal number has the year alone",
    ),
    "represented_too_young": (
        "Người ủy quyền chưa đủ tuổi tự mình ủy quyền việc này",
        "The represented is too young to give this by himself",
    ),
    "represented_age_unknown": (
        "Số định danh chưa cho biết người ủy quyền đã đủ tuổi hay chưa",
        "Whether the represented is old enough is not known: the personal number has the year alone",
    ),
    "in_person": ("Thủ tục này phải do chính người đó thực hiện", "The law asks that this is done in person"),
    "form_too_weak": (
        "Thủ tục này đòi hỏi giấy ủy quyền được chứng thực hoặc công chứng",
        "This procedure asks for a certified or notarised mandate",
    ),
    "evidence_missing": (
        "Hình thức chứng thực cần tệp, hình thức công chứng cần số công chứng",
        "A certified mandate is proved by a file, a notarised one by its notarial number",
    ),
    "evidence_hash_missing": ("Tệp phải kèm mã băm SHA-256", "A file comes with its SHA-256"),
    "term_backwards": ("Ngày cuối trước ngày đầu", "The last day is before the first"),
    "term_over": ("Thời hạn đã hết", "The term is over already"),
    "sub_not_allowed": (
        "Ủy quyền gốc không cho phép ủy quyền lại",
        "The first mandate does not allow sub-mandates",
    ),
    "beyond_own_power": (
        "Vượt quá phạm vi hoặc thời hạn của ủy quyền gốc",
        "It goes beyond the scope or term of the first mandate",
    ),
    "form_of_first": (
        "Ủy quyền lại phải theo hình thức của ủy quyền gốc",
        "A sub-mandate has the form of the first mandate",
    ),
}
"""Each rule by its name, in both languages."""


def _fault(pointer: str, rule: str) -> Problem:
    return Problem(pointer, rule, *SAID[rule])


def faults(asked: Asked, day: date, rules: Rules) -> tuple[Problem, ...]:
    """Everything that keeps a mandate from being one on a day, each by its place and rule; nothing when it may be."""
    found = [
        *_said(asked, rules),
        *_ages(asked, day, rules),
        *_procedures(asked, rules),
        *_evidence(asked),
        *_term(asked, day),
        *_first(asked),
    ]
    return tuple(found)


def not_known(represented: Party, representative: Party) -> tuple[str, ...]:
    """What the rules ask and nobody here can say: ages of those without a personal number, capacity of all people."""
    found = []
    for name, party in (("represented", represented), ("representative", representative)):
        if party.kind == "FOREIGNER" and party.born is None:
            found.append(f"{name}_age")
        found.append(f"{name}_existence" if party.kind == "ORGANISATION" else f"{name}_capacity")
    return tuple(found)


def _said(asked: Asked, rules: Rules) -> Iterator[Problem]:
    if asked.storage not in rules.mandate_storage.value:
        yield _fault("/storage", "storage_clause_missing")
    if not asked.procedures:
        yield _fault("/procedures", "scope_missing")
    if asked.is_one_person:
        yield _fault("", "with_oneself")


def _ages(asked: Asked, day: date, rules: Rules) -> Iterator[Problem]:
    agents, givers = rules.mandate_representative_age.value, rules.mandate_represented_age.value
    sides: Sequence[tuple[str, Party, AgeBounds, Iterable[str]]] = (
        ("representative", asked.representative, agents, rules.mandate_full_age_only.value),
        ("represented", asked.represented, givers, rules.mandate_full_age_represented.value),
    )
    for name, party, bounds, full in sides:
        age = bounds.full if set(full) & set(asked.procedures) else bounds.least
        reached = has_reached(party.born, age, day, rules.mandate_leap_birthday.value)
        if reached is False:
            yield _fault("", f"{name}_too_young")
        elif reached is None and party.kind == "CITIZEN":
            yield _fault("", f"{name}_age_unknown")


def _procedures(asked: Asked, rules: Rules) -> Iterator[Problem]:
    demanded = {demand.procedure: demand.form for demand in rules.mandate_forms.value}
    for at, procedure in enumerate(asked.procedures):
        if procedure in rules.mandate_in_person.value:
            yield _fault(f"/procedures/{at}", "in_person")
        if FORMS.index(asked.form) < FORMS.index(demanded.get(procedure, "plain")):
            yield _fault(f"/procedures/{at}", "form_too_weak")


def _evidence(asked: Asked) -> Iterator[Problem]:
    wanted = {"certified": "FILE", "notarised": "NOTARIAL"}.get(asked.form)
    if wanted and asked.evidence != wanted:
        yield _fault("/evidence", "evidence_missing")
    if asked.evidence == "FILE" and not asked.has_hash:
        yield _fault("/evidence/sha256", "evidence_hash_missing")


def waits_for_file(procedures: Iterable[str], form: Form, *, has_hash: bool, rules: Rules) -> bool:
    """Whether the file that proves a form is to be here before the mandate holds, as one of its procedures asks.

    A notarised one is proved by its number (`mandate.forms`): its file is waited for where the terms name one.
    """
    asking = {demand.procedure for demand in rules.mandate_forms.value}
    return has_hash and form != "plain" and bool(asking & set(procedures))


def _term(asked: Asked, day: date) -> Iterator[Problem]:
    if asked.last_day is None:
        return
    if asked.first_day and asked.last_day < asked.first_day:
        yield _fault("/ends_on", "term_backwards")
    if asked.last_day < day:
        yield _fault("/ends_on", "term_over")


def _first(asked: Asked) -> Iterator[Problem]:
    first = asked.first
    if first is None:
        return
    if not first.allows_sub:
        yield _fault("", "sub_not_allowed")
    if asked.form != first.form:
        yield _fault("/form", "form_of_first")
    if not set(asked.procedures) <= set(first.procedures):
        yield _fault("/procedures", "beyond_own_power")
    if not set(asked.may) <= set(first.may):
        yield _fault("/may", "beyond_own_power")
    if asked.last_day and first.closes and asked.last_day >= first.closes:
        yield _fault("/ends_on", "beyond_own_power")
