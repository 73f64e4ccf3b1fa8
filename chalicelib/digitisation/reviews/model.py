"""A field that an officer has to look at: what was read, who said what of it, and when nobody is asked again. Pure.

What a value is stands sealed beside it (`Value`); here are only the things that name nobody.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from msgspec import Struct, structs

from chalicelib.contracts.digitisation import Reviewed
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.digitisation.paper import FileVersion
from chalicelib.digitisation.reviews.refusals import NothingRead, SameReviewer
from chalicelib.kernel.problem import BodyInvalid, FieldError

type Verb = Literal["confirm", "correct", "cannot_read", "retype"]
type Said = Literal["confirm", "correct", "cannot_read", "retype", "register"]
LONGEST: Final = 500
"""Letters of a value that is typed."""
FIELD: Final = "FIELD#"
"""Sort keys of a paper's fields begin so; a number in the order of the form follows."""


class Value(Struct, frozen=True):
    """What stands in a field now, what was read at first, and what else it may be. Sealed when it is stored."""

    value: str
    read: str
    alternatives: tuple[str, ...] = ()


class Decision(Part, frozen=True, kw_only=True):
    """What an officer (keyed hash, name) or a register said of a field. `asked` stands for the request."""

    said: Said
    officer: str
    name: str
    at: str
    asked: str = ""


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
    crop: FileVersion | None = None
    closed: bool = False
    decisions: tuple[Decision, ...] = ()

    @property
    def standing(self) -> tuple[Decision, ...]:
        """What was said since it was last to be typed again."""
        since = max((place for place, each in enumerate(self.decisions) if each.said == "retype"), default=-1)
        return self.decisions[since + 1 :]

    @property
    def last(self) -> Decision | None:
        """Who said last what stands in it; None while it is as it was read."""
        return self.standing[-1] if self.standing else None

    def waits_for(self, officer: str) -> bool:
        """Whether this officer may say what it says: never the same one twice."""
        return not self.closed and not (self.last and self.last.officer == officer)


@dataclass(frozen=True, slots=True)
class Looked:
    """A field with what stands in it."""

    field: ReviewField
    value: Value


def in_order(fields: Iterable[ReviewField]) -> list[ReviewField]:
    """The order in which they are asked: the least sure first, those alike as on the form. It does not change."""
    return sorted(fields, key=lambda field: (field.sure, field.sk))


def next_for(officer: str, fields: Iterable[ReviewField]) -> ReviewField | None:
    """The field that this officer is asked now; None when there is nothing left for them."""
    return next((field for field in in_order(fields) if field.waits_for(officer)), None)


def decided(looked: Looked, verb: Verb, typed: str, by: Decision) -> Looked:
    """A field after somebody said what it says, or that it is to be typed again.

    A second person closes a field with the same value; another value stands then, and waits for somebody else.
    Raises SameReviewer, NothingRead, BodyInvalid.
    """
    field, value = looked.field, looked.value
    said = structs.replace(field, decisions=(*field.decisions, by))
    if verb == "retype":
        return Looked(structs.replace(said, closed=False), structs.replace(value, value=value.read))
    if not field.waits_for(by.officer):
        raise SameReviewer(field=field.name)
    meant = _meant(field, value, verb, typed)
    is_closed = not field.twice or (field.last is not None and meant == value.value)
    return Looked(structs.replace(said, closed=is_closed), structs.replace(value, value=meant))


def _meant(field: ReviewField, value: Value, verb: Verb, typed: str) -> str:
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
        raise BodyInvalid(fields=[FieldError("/value", "pattern", vi, en)])
    return meant


def reviewed(fields: Sequence[ReviewField]) -> tuple[Reviewed, ...]:
    """Who said what of fields that are closed, in the order of the form: two names where two had to."""
    return tuple(_reviewed(field) for field in sorted(fields, key=lambda field: field.sk) if field.closed)


def _reviewed(field: ReviewField) -> Reviewed:
    told = field.standing[-2:] if field.twice else field.standing[-1:]
    return Reviewed(field=field.name, verb=told[-1].said, by=tuple(each.name for each in told), at=told[-1].at)
