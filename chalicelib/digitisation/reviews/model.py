"""A field that an officer has to look at: what was read, who said what of it, and when nobody is asked again. Pure.

What a value is stands sealed beside it (`Value`); here are only the things that name nobody.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final, Literal, Self

from msgspec import Struct, structs

from chalicelib.contracts.digitisation import (
    Reviewed,
)
from chalicelib.contracts.plan import Part
from chalicelib.contracts.reviews import (
    FieldVerb,
)
from chalicelib.contracts.stored import Stored
from chalicelib.digitisation.paper import STATED, FilePart
from chalicelib.digitisation.reviews.refusals import NothingRead, SameReviewer
from chalicelib.dossier.second_person import Doer, Lookup, require_second
from chalicelib.kernel.access import is_same_person
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused
from chalicelib.law import packs

type Said = Literal["confirm", "correct", "cannot_read", "retype", "register"]
LONGEST: Final = 500
"""Letters of a value that is typed."""


class Value(Struct, frozen=True):
    """What stands in a field now, what was read at first, and what else it may be. Sealed when it is stored."""

    value: str
    read: str
    alternatives: tuple[str, ...] = ()


class Decision(Part, frozen=True, kw_only=True):
    """What an officer (keyed hash, name) or a register said of a field. `asked` stands for the request.

    `numbers` are the keyed hashes of the officer's personal number, as it was known.
    """

    said: Said
    officer: str
    name: str
    at: str
    asked: str = ""
    numbers: tuple[str, ...] = ()


class ReviewField(Stored, frozen=True, kw_only=True, omit_defaults=True):
    """A field that waits for an officer, or did. `sure`: confidence in thousandths; `sealed`: its `Value`."""

    shape: ClassVar[int] = 1

    pk: str
    sk: str
    name: str
    label: str
    sure: int
    reason: str
    sealed: str
    pattern: str = ""
    twice: bool = False
    """Whether two persons have to say the same."""
    corrected: bool = False
    """Whether somebody typed a name or number of a person otherwise than it was read: two have to say the same then."""
    crop: FilePart | None = None
    closed: bool = False
    decisions: tuple[Decision, ...] = ()

    @property
    def by_two(self) -> bool:
        """Whether two persons have to say the same; an earlier release asked one alone what a sheet states."""
        return self.twice or self.corrected or self.name in STATED

    @property
    def standing(self) -> tuple[Decision, ...]:
        """What was said since it was last to be typed again."""
        since = max((place for place, each in enumerate(self.decisions) if each.said == "retype"), default=-1)
        return self.decisions[since + 1 :]

    @property
    def last(self) -> Decision | None:
        """Who said last what stands in it; None while it is as it was read."""
        return self.standing[-1] if self.standing else None

    def with_listed(self, find: Lookup) -> "ReviewField":
        """The field with the numbers of who said last what stands in it, by a staff list where none is kept."""
        last = self.last
        if last is None or last.numbers or last.said == "register":
            return self
        known = structs.replace(last, numbers=tuple(sorted(find(last.officer))))
        return structs.replace(self, decisions=(*self.decisions[:-1], known))

    def waits_for(self, officer: str, numbers: Collection[str] = ()) -> bool:
        """Whether this officer may say what it says: never one person twice, by whichever account."""
        last = self.last
        return not self.closed and not (last and is_same_person(officer, numbers, last.officer, last.numbers))


@dataclass(frozen=True, slots=True)
class Answer:
    """What an officer says of a field; `typed` is what they typed, with `correct` only."""

    field: str
    verb: FieldVerb
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What an officer says of fields in one request. `asked` stands for them and its key, `body` for what it says."""

    answers: tuple[Answer, ...]
    asked: str
    body: str

    @classmethod
    def of(cls, subject: str, key: str, answers: Sequence[Answer]) -> Self:
        """The request of an officer under its Idempotency-Key."""
        said = [part for each in answers for part in (each.field, each.verb, each.typed)]
        return cls(tuple(answers), digest(subject, key), digest(*said))

    @property
    def whole(self) -> str:
        """What a field keeps of it."""
        return self.asked + self.body

    def was_answered(self, fields: Iterable[ReviewField]) -> bool:
        """Whether the very request was answered before. Raises KeyReused when it had another body."""
        known = {x.asked for field in fields for x in field.decisions if x.asked.startswith(self.asked)}
        if known - {self.whole}:
            raise KeyReused
        return bool(known)


@dataclass(frozen=True, slots=True)
class Looked:
    """A field with what stands in it. `personal`: a name or number of a person, of which a correction takes two."""

    field: ReviewField
    value: Value
    personal: bool = False


def in_order(fields: Iterable[ReviewField]) -> list[ReviewField]:
    """The order in which they are asked: the least sure first, those alike as on the form. It does not change."""
    return sorted(fields, key=lambda field: (field.sure, field.sk))


def next_for(officer: str, fields: Iterable[ReviewField], numbers: Collection[str] = ()) -> ReviewField | None:
    """The field that this officer is asked now; None when there is nothing left for them."""
    return next((field for field in in_order(fields) if field.waits_for(officer, numbers)), None)


def is_personal(field: str, day: date) -> bool:
    """Whether a field is a name or number of a person, of which a correction takes two on this day (policy)."""
    rule = packs.pack_on(day).rules.review_second_person.value
    return rule.corrections_of_any_paper and field.startswith(rule.fields)


def decided(looked: Looked, answer: Answer, by: Decision) -> Looked:
    """A field after somebody said what it says, or that it is to be typed again; `by` is who said it, and when.

    A second person closes a field with the same value; another value stands then, and waits for somebody else. What
    was corrected where that takes two waits for a second person until it is begun again.
    Raises SameReviewer, SecondUnknown, NothingRead, BodyInvalid.
    """
    field, value = looked.field, looked.value
    said = structs.replace(field, decisions=(*field.decisions, structs.replace(by, said=answer.verb)))
    if answer.verb == "retype":
        said = structs.replace(said, closed=False, corrected=False)
        return replace(looked, field=said, value=structs.replace(value, value=value.read))
    if not field.waits_for(by.officer, by.numbers):
        raise SameReviewer(field=field.name)
    last = field.last
    if last and last.said != "register":
        doer = Doer((by.officer,), frozenset(by.numbers))
        require_second(doer, {last.officer}, last.numbers, SameReviewer(field=field.name))
    meant = _meant(field, value, answer.verb, answer.typed)
    if looked.personal and answer.verb == "correct" and meant != value.read:
        said = structs.replace(said, corrected=True)
    is_closed = not said.by_two or (field.last is not None and meant == value.value)
    return replace(looked, field=structs.replace(said, closed=is_closed), value=structs.replace(value, value=meant))


def decided_together(fields: Iterable[Looked], answers: Sequence[Answer], by: Decision) -> list[Looked]:
    """Several fields after one request answered them, each by its own rules: all of them, or none.

    Raises BodyInvalid, which names every answer that does not hold by its place among `answers`.
    """
    known = {each.field.name: each for each in fields}
    after, seen, wrong = list[Looked](), set[str](), list[FieldError]()
    for number, answer in enumerate(answers):
        try:
            if answer.field in seen:
                raise _wrong(
                    "/field", "twice", "Trường này đã có trong yêu cầu", "The request answers this field twice"
                )
            seen.add(answer.field)
            after.append(_decided_by_name(known, answer, by))
        except BodyInvalid as refused:
            wrong += [structs.replace(each, pointer=f"/answers/{number}{each.pointer}") for each in refused.fields]
    if wrong:
        raise BodyInvalid(fields=wrong)
    return after


def _decided_by_name(known: Mapping[str, Looked], answer: Answer, by: Decision) -> Looked:
    if answer.field not in known:
        names = ", ".join(known)
        raise _wrong("/field", "unknown", f"Một trong: {names}", f"One of: {names}")
    try:
        return decided(known[answer.field], answer, by)
    except (SameReviewer, NothingRead) as refused:
        raise _wrong("/verb", refused.row.code, refused.row.title_vi, refused.row.title_en) from None


def _wrong(pointer: str, rule: str, vi: str, en: str) -> BodyInvalid:
    return BodyInvalid(fields=[FieldError(pointer, rule, vi, en)])


def _meant(field: ReviewField, value: Value, verb: FieldVerb, typed: str) -> str:
    if verb == "cannot_read":
        return ""
    if verb == "confirm":
        if not value.value:
            raise NothingRead(field=field.name)
        return value.value
    meant = " ".join(unicodedata.normalize("NFC", typed).split())
    if not 0 < len(meant) <= LONGEST or (field.pattern and not re.fullmatch(field.pattern, meant)):
        vi = f"Từ 1 đến {LONGEST} ký tự, đúng dạng của trường {field.pattern}".rstrip()
        en = f"1 to {LONGEST} characters in the form of the field {field.pattern}".rstrip()
        raise _wrong("/value", "pattern", vi, en)
    return meant


def reviewed(fields: Sequence[ReviewField]) -> tuple[Reviewed, ...]:
    """Who said what of fields that are closed, in the order of the form: two names where two had to."""
    return tuple(_reviewed(field) for field in sorted(fields, key=lambda field: field.sk) if field.closed)


def _reviewed(field: ReviewField) -> Reviewed:
    told = field.standing[-2:] if field.by_two else field.standing[-1:]
    return Reviewed(field=field.name, verb=told[-1].said, by=tuple(each.name for each in told), at=told[-1].at)
