"""A plain form for a procedure that has none of its own: who asks, how to answer, which papers come, what is wanted."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from chalicelib.forms.dictionary import Dictionary, Entry, shipped_dictionary
from chalicelib.forms.form import Field, Form, Page, Source, Ui
from chalicelib.forms.limits import DIALECT

MAX_COMPONENTS, MAX_LABEL = 60, 300
DECLARED = ("attached", "held", "not_applicable")
APPLICANT = {
    "full_name": ("person.full_name", {"type": "string", "minLength": 2, "maxLength": 100}, "name"),
    "personal_id": ("person.personal_id", {"type": "string", "maxLength": 12, "pattern": "^[0-9]{12}$"}, "off"),
    "born_on": ("person.born_on", {"type": "string", "maxLength": 10, "format": "date"}, "bday"),
    "address": ("residence.address", {"type": "string", "minLength": 2, "maxLength": 300}, "street-address"),
}
CONTACT = {
    "phone": ("contact.phone", {"type": "string", "maxLength": 11, "pattern": "^0[0-9]{9,10}$"}, "tel"),
    "email": ("contact.email", {"type": "string", "maxLength": 200, "format": "email"}, "email"),
}
OWN = (
    "Từ điển dữ liệu chưa có nguồn cho thông tin này",
    "The data dictionary has no source for this",
)
CONTACTED = ("Để cơ quan liên hệ khi cần", "So that the agency can reach you")
PAPERS = (
    "Cho biết giấy tờ này nộp kèm, đã có trong kho dữ liệu hay không áp dụng",
    "Says whether this paper is attached, is in the data store, or does not apply",
)
ASKED, NOT_DECLARED = "request.text", frozenset({"form", "paper", "shown", "data"})
REQUEST = ("Nội dung đề nghị chỉ người đề nghị biết", "Only the applicant knows what is asked for")


class Paper(NamedTuple):
    """A component as far as the plain form asks about it: the record's own words, and when it is needed."""

    code: str
    name_vi: str
    name_en: str | None
    need: str


def plain_form(
    code: str, name_vi: str, name_en: str | None, papers: Iterable[Paper], dictionary: Dictionary | None = None
) -> Form:
    """The plain form of a procedure from its code, names and papers; it passes `check_form`.

    The record does not say which papers a case needs, so each paper is declared and none is demanded here.
    """
    known = (dictionary or shipped_dictionary()).entries
    declared = [paper for paper in papers if paper.need not in NOT_DECLARED][:MAX_COMPONENTS]
    fields = {
        **{f"/applicant/{name}": _person(key, known[key], hint) for name, (key, _, hint) in APPLICANT.items()},
        **{f"/contact/{name}": _asked(key, known[key], CONTACTED, hint) for name, (key, _, hint) in CONTACT.items()},
        **{f"/papers/{_name(at)}": _paper(paper) for at, paper in enumerate(declared)},
        "/request": _asked(ASKED, known[ASKED], REQUEST, "off"),
    }
    return Form(
        format="motcua-form/1",
        id=f"{code}-plain",
        procedure=code,
        title_vi=_cut(name_vi),
        title_en=_cut(name_en or name_vi),
        schema=_schema(len(declared)),
        ui=Ui(pages=_pages(fields), fields=fields),
        rules=(),
    )


def _name(at: int) -> str:
    return f"paper_{at + 1}"


def _schema(papers: int) -> dict[str, object]:
    properties: dict[str, object] = {
        "applicant": _group({name: schema for name, (_, schema, _) in APPLICANT.items()}, [*APPLICANT]),
        "contact": _group({name: schema for name, (_, schema, _) in CONTACT.items()}, ["phone"]),
        "request": {"type": "string", "minLength": 2, "maxLength": 5000},
    }
    if papers:
        properties["papers"] = _group({_name(at): {"enum": [*DECLARED]} for at in range(papers)}, [])
    return {"$schema": DIALECT, **_group(properties, ["applicant", "contact", "request"])}


def _group(properties: Mapping[str, object], required: list[str]) -> dict[str, object]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": dict(properties)}


def _person(key: str, entry: Entry, autocomplete: str) -> Field:
    if entry.database is None:
        return _asked(key, entry, OWN, autocomplete)
    return Field(
        label_vi=entry.name_vi,
        label_en=entry.name_en,
        key=key,
        source=Source(database=entry.database, clause=entry.clause),
        autocomplete=autocomplete,
    )


def _asked(key: str, entry: Entry, why: tuple[str, str], autocomplete: str) -> Field:
    return Field(
        label_vi=entry.name_vi,
        label_en=entry.name_en,
        key=key,
        source=None,
        asked_because_vi=why[0],
        asked_because_en=why[1],
        autocomplete=autocomplete,
    )


def _paper(paper: Paper) -> Field:
    """A paper's declaration, labelled with the record's own words, cut to what a label can hold."""
    name_en = (paper.name_en or "").strip() or f"Paper {paper.code} (named in Vietnamese in the record)"
    return Field(
        label_vi=_cut(paper.name_vi.lstrip("-+* ")),
        label_en=_cut(name_en),
        key="component.declaration",
        source=None,
        asked_because_vi=PAPERS[0],
        asked_because_en=PAPERS[1],
    )


def _cut(label: str) -> str:
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def _pages(fields: Iterable[str]) -> tuple[Page, ...]:
    titles = {
        "applicant": ("Người đề nghị", "Applicant"),
        "contact": ("Liên hệ", "Contact"),
        "papers": ("Giấy tờ", "Papers"),
        "request": ("Nội dung đề nghị", "Request"),
    }
    pages = []
    for page, (title_vi, title_en) in titles.items():
        shown = tuple(pointer for pointer in fields if pointer.split("/")[1] == page)
        if shown:
            pages.append(Page(id=page, title_vi=title_vi, title_en=title_en, fields=shown))
    return tuple(pages)
