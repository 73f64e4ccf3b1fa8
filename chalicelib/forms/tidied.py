"""An answer as people type it, made the answer that they mean; nothing is guessed, what is doubtful stays as it is.

Letters are composed (NFC), blanks of any kind are plain and none stand around a text, and what nothing was written into
is not there. Signs between the digits of a number are taken out, and a Vietnamese telephone number begins with 0.
A date is left alone: 5/6/1995 is two days, depending on who writes it.
"""

import re
import unicodedata
from typing import Final

from chalicelib.forms.form import Form
from chalicelib.forms.problems import joined

NUMBERS: Final = frozenset({"person.personal_id", "contact.phone"})
"""Keys of the data dictionary whose values are digits that people part to read them."""
PHONE: Final = "contact.phone"
_BETWEEN: Final = re.compile(r"(?<=[0-9+)])[ .()-]+(?=[0-9(])|^\((?=\+?[0-9])")
_ABROAD: Final = re.compile(r"^(?:\+|00)84\(?0?\)?(?=[1-9])")

type _Path = tuple[str, ...]


def tidied(form: Form, answer: dict[str, object]) -> dict[str, object]:
    """A copy of the answer without what only dresses it; its depth is limited beforehand."""
    keys = {pointer: field.key.partition("@")[0] for pointer, field in form.ui.fields.items()}
    made = {name: _node(inner, (name,), keys) for name, inner in answer.items()}
    return {name: inner for name, inner in made.items() if inner is not None}


def _node(value: object, field: _Path, keys: dict[str, str]) -> object:
    """The value as it is meant; None when nothing is written there."""
    if isinstance(value, str):
        return _text(value, keys.get(joined(field), "")) or None
    if isinstance(value, dict):
        made = {name: _node(inner, (*field, name), keys) for name, inner in value.items()}
        return _filled({name: inner for name, inner in made.items() if inner is not None}, value)
    if isinstance(value, list):
        entries = [_node(inner, (*field, "*"), keys) for inner in value]
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
