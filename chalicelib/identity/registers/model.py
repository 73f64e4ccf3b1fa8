"""A question to a register, its answer, and what differs from what a person said. Pure.

Fields go by the keys of the data dictionary (`chalicelib/forms/dictionary.py`). Questions and answers hold personal
data: they are passed on, and neither kept nor logged.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

type Register = Literal["population", "business", "land"]
type Verdict = Literal["match", "no_match", "no_data", "insufficient_ground"]
"""What the population register may answer (Circular 136/2026/TT-BCA); the other two are asked in the same words."""
type Fault = Literal["down", "slow", "unreadable"]
type Outcome = Literal["warn", "refuse"]
type Standing = Literal["active", "locked", "suspended", "dissolved"]

FORMER: Final = "person.former_personal_id"
FORMER_DOCUMENT: Final = "person.former_document"
"""Travel documents under which somebody was known before they had a personal number, `USA:X1234567`."""
STANDING: Final = "organisation.standing"
BIOMETRIC: Final = frozenset({"person.portrait", "person.fingerprints", "person.iris"})
"""What is asked by yes or no and never taken (Circular 117/2026/TT-BCA Art. 14(4))."""


class Person(Struct, frozen=True, kw_only=True, tag="person"):
    """Who is asked about: all three or no question (Circular 117/2026/TT-BCA Art. 9). `born_on` is an ISO 8601 day."""

    name: str
    born_on: str
    number: str


class Organisation(Struct, frozen=True, kw_only=True, tag="organisation"):
    """An organisation by its identification number."""

    number: str


class Parcel(Struct, frozen=True, kw_only=True, tag="parcel"):
    """A land parcel by commune, map sheet and plot, and the number of who is said to hold it."""

    commune: str
    sheet: str
    plot: str
    holder: str


type Subject = Person | Organisation | Parcel


class Claim(Struct, frozen=True):
    """A thing that the register is to say yes or no to."""

    field: str
    value: str


class Question(Struct, frozen=True, kw_only=True):
    """What a register is asked, why, and on which ground; `use` is a procedure's code or another registered use.

    `reference` is the dossier or representation that it is asked for, nothing where there is none yet.
    """

    register: Register
    use: str
    purpose: str
    basis: str
    subject: Subject
    fields: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    reference: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """What is asked for, by name: fields to be told and claims to be confirmed."""
        return (*self.fields, *(claim.field for claim in self.claims))

    @property
    def number(self) -> str:
        """The number of the person or organisation that is asked about; of a parcel that of its holder."""
        return self.subject.holder if isinstance(self.subject, Parcel) else self.subject.number


class Told(Struct, frozen=True):
    """A field as the register has it; `at` is the time that the register gives for it."""

    field: str
    value: str | int | tuple[str, ...]
    at: Annotated[datetime, Meta(tz=True)]


class Confirmed(Struct, frozen=True):
    """Whether a claim holds."""

    field: str
    holds: bool


class Answer(Struct, frozen=True, kw_only=True):
    """What a register said."""

    verdict: Verdict
    fields: tuple[Told, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()

    def confirms(self, *fields: str) -> bool:
        """Whether it is a match that says yes to one of these, and no to none of what was asked in the same name."""
        said = {each.field: each.holds for each in self.confirmed}
        return self.verdict == "match" and any(said.get(field, False) for field in fields)

    def told(self, field: str) -> str | int | tuple[str, ...] | None:
        """The value of a field; None when the register did not say it."""
        return next((each.value for each in self.fields if each.field == field), None)


def only_asked(question: Question, answer: Answer) -> Answer:
    """The answer without what nobody asked for, and with nothing when it is no match: more is not taken."""
    if answer.verdict != "match":
        return Answer(verdict=answer.verdict)
    claimed = {claim.field for claim in question.claims}
    return Answer(
        verdict="match",
        fields=tuple(each for each in answer.fields if each.field in question.fields),
        confirmed=tuple(each for each in answer.confirmed if each.field in claimed),
    )


class Difference(Struct, frozen=True):
    """A field in which a person and the register differ, and what the procedure makes of that."""

    field: str
    outcome: Outcome


def differences(said: Mapping[str, str], answer: Answer, refusing: Iterable[str]) -> tuple[Difference, ...]:
    """Where what a person said is not what the register said: a warning, or a refusal where the procedure says so.

    Letters are compared without case, width and spaces at the ends; a field that the register does not tell differs
    from nothing.
    """
    strict = frozenset(refusing)
    return tuple(
        Difference(each.field, "refuse" if each.field in strict else "warn")
        for each in answer.fields
        if not isinstance(each.value, tuple) and each.field in said and not alike(said[each.field], str(each.value))
    )


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same; accents count."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def may_act(standing: Standing) -> bool:
    """Whether an organisation's account may act: not one that is locked or ended (Decree 69/2024 Art. 15(2)(b))."""
    return standing == "active"
