"""Words of a body: each text of a request says something and has no control character, in every body alike.

A text that has to be given holds a letter or a digit, of any script; one that may be left out is empty or does so too.
Blanks, marks and signs alone say nothing, whether they are seen or not. A reason and a clause that an officer gives say
more than that: their types have `REASON` or `BASIS` beside them. Free JSON, such as the answers of a form, is not
looked at here: its own rules are.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, TypeAliasType, Union, cast, get_args, get_origin

from msgspec import Struct, structs

if TYPE_CHECKING:
    from pydantic import BaseModel

type Rule = tuple[str, str, str]
"""The name of a rule, and what is said of who breaks it, in Vietnamese and in English."""
type Path = tuple[str | int, ...]
type Found = tuple[Path, Rule]

SIGN: Final = "a sign that is a word of ours"
"""Beside the type of a text that may also be the sign of the whole country, `*`."""
ALL: Final = "*"
FILE_NAME: Final = "filename"
"""What a file is called on somebody's machine, by a scanner too: whatever stands in it, the file is taken."""
BLANK: Final[Rule] = (
    "blank",
    "Chưa ghi gì: cần ít nhất một chữ hoặc một số",
    "Nothing is said: at least one letter or digit is needed",
)
CONTROL: Final[Rule] = (
    "control_character",
    "Có ký tự điều khiển không nhìn thấy được",
    "It has a control character, which nobody sees",
)

LEAST_WORDS: Final = 2
LEAST_LETTERS: Final = 5
"""Different words of a reason, and letters of them: policy, as the law asks for a reason and counts no words (R09)."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ENDS: Final = ".,;:!?()\"'“”…"
_PARTS: Final = re.compile(r"[^\W\d_]+|\d+")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BREAKS: Final = re.compile(r"[\t\n\r\u2028\u2029]")
_UNSEEN: Final = frozenset("\u115f\u1160\U00013441\U00013442")
"""Letters by their category that leave their place empty: the fillers of Hangul, the blanks of hieroglyphs."""


def is_said(text: str) -> bool:
    """Whether a text says something: a letter or a digit stands in it that is seen."""
    return any(map(_is_word, text))


def fault_of(text: str) -> Rule | None:
    """The rule that a text breaks, with its sentences; None: it breaks none."""
    if _CONTROLS.search(text):
        return CONTROL
    return None if is_said(text) else BLANK


def line_fault(text: str) -> Rule | None:
    """The rule that a text of one line breaks: a line break is a control character there."""
    return CONTROL if _BREAKS.search(text) else fault_of(text)


def _is_word(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum()
    plain = unicodedata.normalize("NFKC", letter)
    return any(unicodedata.category(each)[0] in "LN" and each not in _UNSEEN for each in plain)


def is_reason(text: str) -> bool:
    """Whether a text has words that a person reads: `x`, `ab ab ab`, `E_1023` and `INVALID-DOC` are none."""
    found = (word.strip(_ENDS) for word in _seen(text).split())
    words = {word.casefold() for word in found if _WORD.fullmatch(word)}
    return len(words) >= LEAST_WORDS and sum(map(len, words)) >= LEAST_LETTERS


def is_basis(text: str) -> bool:
    """Whether a text names a clause or a decision: by a word and its number, or by several words."""
    parts = {part.casefold() for part in _PARTS.findall(_seen(text))}
    return len(parts) >= LEAST_WORDS and any(_WORD.fullmatch(part) for part in parts)


def _seen(text: str) -> str:
    """A text without the signs that nobody sees, each letter with its marks as one sign."""
    return unicodedata.normalize("NFC", "".join(each for each in text if unicodedata.category(each) != "Cf"))


@dataclass(frozen=True, slots=True)
class Sort:
    """Beside the type of a text: what an officer says in it; it may be left out where its field may."""

    holds: Callable[[str], bool]
    rule: Rule

    def fault_of(self, text: str) -> Rule | None:
        """The rule that such a text breaks; None: it breaks none."""
        return fault_of(text) or (None if self.holds(text) else self.rule)

    def __get_pydantic_json_schema__(self, core: Any, describe: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """The rule for who reads the description of the API, which says it in words."""
        return {**describe(core), RULE: self.rule[0], RULE_SAID: self.rule[2]}


RULE: Final = "x-rule"
RULE_SAID: Final = "x-rule-said"
REASON: Final = Sort(
    is_reason,
    (
        "plain_words",
        f"Ghi rõ bằng lời, mã kỹ thuật thì không: ít nhất {LEAST_WORDS} từ khác nhau, {LEAST_LETTERS} chữ cái",
        f"Say it in words, not in codes: at least {LEAST_WORDS} different ones, {LEAST_LETTERS} letters",
    ),
)
"""Why an officer does something: what is told to somebody, or stands in a record."""
BASIS: Final = Sort(
    is_basis,
    (
        "plain_words",
        "Ghi rõ căn cứ bằng lời: điều khoản hoặc số quyết định, như Điều 13 Luật Hộ tịch",
        "Name the basis in words: the clause or the decision, such as Điều 13 Luật Hộ tịch",
    ),
)
"""The clause or decision by which an officer acts."""


class Kind(NamedTuple):
    """Where texts stand in a value: it is one itself, an object of a model, or a list of such."""

    is_text: bool = False
    takes_all: bool = False
    sort: Sort | None = None
    model: type | None = None
    items: "Kind | None" = None


class Place(NamedTuple):
    """A field of a model in which texts may stand."""

    name: str
    is_demanded: bool
    kind: Kind


def faults_of(model: type, value: object) -> Iterator[Found]:
    """Each text of a parsed body that breaks a rule, by its path; `value` need not fit its model."""
    yield from _faults(Kind(model=model), value, (), demanded=True)


def _faults(kind: Kind, value: object, path: Path, *, demanded: bool) -> Iterator[Found]:
    if isinstance(value, str):
        is_fine = not kind.is_text or (kind.takes_all and value == ALL) or not (value or demanded)
        if not is_fine and (rule := kind.sort.fault_of(value) if kind.sort else fault_of(value)):
            yield path, rule
    elif isinstance(value, Mapping) and kind.model:
        for place in places_of(kind.model):
            if place.name in value:
                yield from _faults(place.kind, value[place.name], (*path, place.name), demanded=place.is_demanded)
    elif isinstance(value, list) and kind.items:
        for n, each in enumerate(value):
            yield from _faults(kind.items, each, (*path, n), demanded=True)


@cache
def places_of(model: type) -> tuple[Place, ...]:
    """The fields of a model in which texts may stand."""
    found = (Place(name, is_demanded, _kind(given)) for name, given, is_demanded in _fields(model))
    return tuple(place for place in found if place.kind != Kind() and place.name != FILE_NAME)


def _fields(model: type) -> Iterator[tuple[str, Any, bool]]:
    if issubclass(model, Struct):
        yield from ((field.encode_name, field.type, field.required) for field in structs.fields(model))
        return
    for name, field in cast("type[BaseModel]", model).model_fields.items():
        given = Annotated[field.annotation, SIGN] if SIGN in field.metadata else field.annotation
        sort = next((each for each in field.metadata if isinstance(each, Sort)), None)
        yield field.alias or name, Annotated[given, sort] if sort else given, field.is_required()


def _kind(given: Any) -> Kind:
    """The texts of an annotation; a choice of several has those of each."""
    if isinstance(given, TypeAliasType):
        return _kind(given.__value__)
    origin, inner = get_origin(given), get_args(given)
    if origin is Annotated:
        kind = _kind(inner[0])
        sort = next((each for each in inner[1:] if isinstance(each, Sort)), kind.sort)
        return kind._replace(takes_all=kind.takes_all or SIGN in inner[1:], sort=sort)
    if origin in {Union, UnionType}:
        found = [kind for kind in map(_kind, inner) if kind != Kind()]
        return Kind(
            is_text=any(kind.is_text for kind in found),
            takes_all=any(kind.takes_all for kind in found),
            sort=next((kind.sort for kind in found if kind.sort), None),
            model=next((kind.model for kind in found if kind.model), None),
            items=next((kind.items for kind in found if kind.items), None),
        )
    if origin in {list, tuple}:
        items = _kind(inner[0])
        return Kind(items=items) if items != Kind() else Kind()
    if given is str:
        return Kind(is_text=True)
    is_model = isinstance(given, type) and (issubclass(given, Struct) or hasattr(given, "model_fields"))
    return Kind(model=given) if is_model else Kind()
