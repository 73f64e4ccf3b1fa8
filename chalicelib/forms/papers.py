"""What a paper that was read says in keys of the data dictionary, and where an answer says something else.

`data/papers.json` names the fields that do; a kind of paper that does not say whose it is says nothing here.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from chalicelib.forms.form import Field, Form
from chalicelib.forms.problems import parted

type Agreement = Literal["same", "differs", "not_answered"]
_DAYS: Final = (
    re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"),
    re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE),
)


class Meaning(msgspec.Struct, frozen=True):
    """What a field of a paper means: a key of the dictionary, with its role. A form has a `day` in ISO, a paper not."""

    key: str
    sort: Literal["text", "number", "day"] = "text"


class Papers(msgspec.Struct, frozen=True):
    """Fields by kind of paper and name."""

    kinds: Mapping[str, Mapping[str, Meaning]]


class PaperValue(msgspec.Struct, frozen=True):
    """A field of a paper: its key, what is printed, and that as a form has it; None: no such day, or no number."""

    field: str
    key: str
    printed: str
    value: str | int | None


class Compared(msgspec.Struct, frozen=True):
    """A place of an answer beside what a paper says of it."""

    pointer: str
    label_vi: str
    label_en: str
    field: str
    written: object
    read: str | int
    agreement: Agreement


@cache
def shipped_papers() -> Papers:
    """The kinds that come with the project, read once."""
    return msgspec.json.decode((Path(__file__).parent / "data" / "papers.json").read_bytes(), type=Papers)


def speaking(kind: str) -> Mapping[str, Meaning]:
    """The fields of a kind of paper that mean something for forms; none of a kind that does not say whose it is."""
    return shipped_papers().kinds.get(kind, {})


def said_on(kind: str, printed: Mapping[str, str]) -> list[PaperValue]:
    """What is printed in those fields; what is empty says nothing."""
    found = [(name, meaning, printed.get(name, "")) for name, meaning in speaking(kind).items()]
    return [PaperValue(name, m.key, text, _value(m.sort, text)) for name, m, text in found if text]


def compared(form: Form, answer: Mapping[str, object], said: list[PaperValue]) -> list[Compared]:
    """The form's places of which a paper says something, in the order of its pages, with what was answered there.

    Capitals, blanks and signs make no difference. Places within lists are left out: nobody knows which entry is meant.
    """
    by_key = {each.key: each for each in said}
    return [
        Compared(
            pointer=pointer,
            label_vi=field.label_vi,
            label_en=field.label_en,
            field=paper.field,
            written=written,
            read=paper.printed if paper.value is None else paper.value,
            agreement=_agreement(written, paper),
        )
        for pointer, field in _asked(form)
        if (paper := by_key.get(field.key))
        for written in (answered(answer, pointer),)
    ]


def answered(answer: object, pointer: str) -> object:
    """What stands at a place of an answer; None: nothing."""
    for name in parted(pointer):
        answer = answer.get(name) if isinstance(answer, Mapping) else None
    return answer


def _asked(form: Form) -> Iterator[tuple[str, Field]]:
    for page in form.ui.pages:
        for pointer in page.fields:
            if "*" not in parted(pointer):
                yield pointer, form.ui.fields[pointer]


def _agreement(written: object, paper: PaperValue) -> Agreement:
    if written is None:
        return "not_answered"
    meant = paper.printed if paper.value is None else paper.value
    return "same" if _plain(written) == _plain(meant) else "differs"


def _plain(value: object) -> str:
    text = unicodedata.normalize("NFC", str(value)).casefold()
    return " ".join(re.findall(r"\w+", text))


def _value(sort: str, text: str) -> str | int | None:
    if sort == "number":
        return int(text) if text.isascii() and text.isdigit() else None
    return _day(text) if sort == "day" else text


def _day(text: str) -> str | None:
    found = next((match for pattern in _DAYS if (match := pattern.search(text))), None)
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
