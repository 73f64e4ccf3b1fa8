"""A plain form for a procedure that has none of its own: who asks, how to answer, which papers come, what is wanted."""

from collections.abc import Mapping
from typing import Any

from chalicelib.forms.dictionary import Dictionary, Entry, shipped_dictionary
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
REQUEST = ("Nội dung đề nghị chỉ người đề nghị biết", "Only the applicant knows what is asked for")


def plain_form(facts: Mapping[str, Any], dictionary: Dictionary | None = None) -> dict[str, Any]:
    """The plain form of a procedure's facts (code, names, components); it passes `check_form`.

    The record does not say which papers a case needs, so each paper is declared and none is demanded here.
    """
    known = (dictionary or shipped_dictionary()).entries
    papers = [part for part in facts["components"] if part.get("need", "case") not in {"form", "paper", "data"}]
    papers = papers[:MAX_COMPONENTS]
    fields = {
        **{f"/applicant/{name}": _person(known[key], hint) for name, (key, _, hint) in APPLICANT.items()},
        **{f"/contact/{name}": _asked(known[key], CONTACTED, hint) for name, (key, _, hint) in CONTACT.items()},
        **{f"/papers/{_name(at)}": _paper(part) for at, part in enumerate(papers)},
        "/request": _asked(known["request.text"], REQUEST, "off"),
    }
    return {
        "format": "motcua-form/1",
        "id": f"{facts['code']}-plain",
        "procedure": facts["code"],
        "title_vi": _cut(str(facts["name_vi"])),
        "title_en": _cut(str(facts.get("name_en") or facts["name_vi"])),
        "schema": _schema(len(papers)),
        "ui": {"pages": _pages(fields), "fields": fields},
        "rules": [],
    }


def _name(at: int) -> str:
    return f"paper_{at + 1}"


def _schema(papers: int) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "applicant": _group({name: schema for name, (_, schema, _) in APPLICANT.items()}, [*APPLICANT]),
        "contact": _group({name: schema for name, (_, schema, _) in CONTACT.items()}, ["phone"]),
        "request": {"type": "string", "minLength": 2, "maxLength": 5000},
    }
    if papers:
        properties["papers"] = _group({_name(at): {"enum": [*DECLARED]} for at in range(papers)}, [])
    return {"$schema": DIALECT, **_group(properties, ["applicant", "contact", "request"])}


def _group(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": dict(properties)}


def _person(entry: Entry, autocomplete: str) -> dict[str, Any]:
    if entry.database is None:
        return _asked(entry, OWN, autocomplete)
    source = {"database": entry.database, "clause": entry.clause}
    return {
        "label_vi": entry.name_vi,
        "label_en": entry.name_en,
        "key": entry.key,
        "source": source,
        "autocomplete": autocomplete,
    }


def _asked(entry: Entry, why: tuple[str, str], autocomplete: str) -> dict[str, Any]:
    return {
        "label_vi": entry.name_vi,
        "label_en": entry.name_en,
        "key": entry.key,
        "source": None,
        "asked_because_vi": why[0],
        "asked_because_en": why[1],
        "autocomplete": autocomplete,
    }


def _paper(part: Mapping[str, Any]) -> dict[str, Any]:
    """A paper's declaration, labelled with the record's own words, cut to what a label can hold."""
    name_en = str(part.get("name_en") or "").strip() or f"Paper {part['code']} (named in Vietnamese in the record)"
    return {
        "label_vi": _cut(str(part["name_vi"]).lstrip("-+* ")),
        "label_en": _cut(name_en),
        "key": "component.declaration",
        "source": None,
        "asked_because_vi": PAPERS[0],
        "asked_because_en": PAPERS[1],
    }


def _cut(label: str) -> str:
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def _pages(fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    titles = {
        "applicant": ("Người đề nghị", "Applicant"),
        "contact": ("Liên hệ", "Contact"),
        "papers": ("Giấy tờ", "Papers"),
        "request": ("Nội dung đề nghị", "Request"),
    }
    pages = []
    for page, (title_vi, title_en) in titles.items():
        shown = [pointer for pointer in fields if pointer.split("/")[1] == page]
        if shown:
            pages.append({"id": page, "title_vi": title_vi, "title_en": title_en, "fields": shown})
    return pages
