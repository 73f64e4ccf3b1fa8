"""Where a draft begins: from the national record, with everything that it does not say left open."""

from collections.abc import Mapping
from typing import Any

KEPT = (
    "code", "name_vi", "name_en", "kind", "source", "field", "fields", "promulgated_by", "performed_by", "decided_by",
    "subjects", "life_groups", "channels", "cases", "notes", "requirements_vi", "legal_bases", "unknown",
)  # fmt: skip


def draft_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a first draft from a national record; what an officer completes is None, never a guess."""
    facts = {name: record[name] for name in KEPT if name in record}
    results = record.get("results") or []
    flags = record.get("flags") or {}
    return {
        **facts,
        "term": _term(record),
        "fees": [_fee(method["channel"], fee) for method in record.get("methods", ()) for fee in method["fees"]],
        "components": [_component(c) for c in record.get("components", ())],
        "result": {**results[0], "name_en": None, "template": None, "validity": None} if results else None,
        "online": {
            "gates": {},
            "reasons": [],
            "electronic_barred": bool(flags.get("offline_only")),
            "legal_basis": None,
            "full_process_in_record": bool(flags.get("full_process")),
        },
        "online_channels": [],
        "min_level": None,
        "route": None,
    }


def _term(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """The term that all channels share; None when the record gives several, or none that can be read."""
    texts = {method["term"]["text"] for method in record.get("methods", ()) if method.get("term")}
    if len(texts) != 1 or None in texts:
        return None
    first = next(method["term"] for method in record["methods"] if method.get("term"))
    return {"text": first["text"], "record": first["record"], "note_vi": first["text_vi"], "citation": _cites(record)}


def _cites(record: Mapping[str, Any]) -> str:
    decision = (record.get("source") or {}).get("decision")
    return f"{decision}, bản ghi {record['code']}" if decision else f"bản ghi {record['code']}"


def _fee(channel: str, fee: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "channel": channel,
        "type": fee["type"],
        "amount_vnd": fee["amount"] if fee.get("certain") else None,
        "note_vi": fee.get("text_vi") or fee.get("tiers_vi") or "",
        "payable_online": None,
    }


def _component(component: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": component["code"],
        "name_vi": component["name_vi"],
        "name_en": None,
        "originals": component["originals"],
        "copies": component["copies"],
        "group": component.get("group_vi") or "",
        "cases": component.get("cases") or [],
        "need": component.get("need") or "unknown",
        "reading": "",
        "electronic": None,
    }


def form_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The plain form that a procedure without a form of its own gets from its components."""
    from chalicelib.forms.form import plain
    from chalicelib.forms.plain import Paper, plain_form

    papers = [
        Paper(part["code"], str(part["name_vi"]), part.get("name_en"), part.get("need", "case"))
        for part in facts["components"]
    ]
    return plain(plain_form(facts["code"], str(facts["name_vi"]), facts.get("name_en"), papers))
