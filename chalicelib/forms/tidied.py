"""An answer as people type it, made the answer that they mean; nothing is guessed, what is doubtful stays as it is.

Letters are composed (NFC), blanks of any kind are plain and none stand around a text, and what nothing was written into
is not there. Signs between the digits of a number are taken out, and a Vietnamese telephone number begins with 0.
Where a number or yes and no are asked for, a text that says one is one: browsers send texts.
A date is left alone: 5/6/1995 is two days, depending on who writes it.
"""

import re
import unicodedata
from typing import Final

from chalicelib.forms.fields import kind, places
from chalicelib.forms.form import Form
from chalicelib.forms.problems import joined

NUMBERS: Final = frozenset({"person.personal_id", "contact.phone"})
"""Keys of the data dictionary whose values are digits that people part to read them."""
PHONE: Final = "contact.phone"
_BETWEEN: Final = re.compile(r"(?<=[0-9+)])[ .()-]+(?=[0-9(])|^\((?=\+?[0-9])")
_ABROAD: Final = re.compile(r"^(?:\+|00)84\(?0?\)?(?=[1-9])")

_WHOLE: Final = re.compile(r"-?[0-9]{1,15}|[0-9]{1,3}(?:[. ][0-9]{3}){1,4}", re.ASCII)
_BROKEN: Final = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,2})?", re.ASCII)
_YES_OR_NO: Final = {"có": True, "yes": True, "true": True, "không": False, "no": False, "false": False}

type _Path = tuple[str, ...]
type _Sorts = dict[str, tuple[str, str]]
"""Of each field, by pointer: its key of the dictionary, and its type."""


def tidied(form: Form, answer: dict[str, object]) -> dict[str, object]:
    """A copy of the answer without what only dresses it; its depth is limited beforehand."""
    known = places(form.schema).fields
    sorts = {
        pointer: (field.key.partition("@")[0], kind(known.get(pointer, {})))
        for pointer, field in form.ui.fields.items()
    }
    made = {name: _node(inner, (name,), sorts) for name, inner in answer.items()}
    return {name: inner for name, inner in made.items() if inner is not None}


def _node(value: object, field: _Path, sorts: _Sorts) -> object:
    """The value as it is meant; None when nothing is written there."""
    if isinstance(value, str):
        key, sort = sorts.get(joined(field), ("", ""))
        text = _text(value, key)
        return _typed(text, sort) if text else None
    if isinstance(value, dict):
        made = {name: _node(inner, (*field, name), sorts) for name, inner in value.items()}
        return _filled({name: inner for name, inner in made.items() if inner is not None}, value)
    if isinstance(value, list):
        entries = [_node(inner, (*field, "*"), sorts) for inner in value]
        return _filled([entry for entry in entries if entry is not None], value)
    return value


def _filled(made: object, given: object) -> object:
    """A group of blanks was left blank; one that came empty is what it was, for some forms ask for just that."""
    return made if made or not given else None


def _text(text: str, key: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in composed).strip()
    return _number(plain, key) if key in NUMBERS else plain


def _number(text: str, key: str) -> str:
    """The digits of a number; a text that holds anything else stays as it was typed."""
    bare = _BETWEEN.sub("", text)
    if key == PHONE:
        bare = _ABROAD.sub("0", bare)
    return bare if bare.isdecimal() and bare.isascii() else text


def _typed(text: str, sort: str) -> object:
    """What a text says where none is asked for; a text that may be read in two ways stays one."""
    if sort == "integer" and _WHOLE.fullmatch(text):
        return int(text.replace(".", "").replace(" ", ""))
    if sort == "number" and _BROKEN.fullmatch(text):
        return float(text.replace(",", "."))
    return _YES_OR_NO.get(text.casefold(), text) if sort == "boolean" else text
