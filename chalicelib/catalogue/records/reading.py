"""One raw record of the National Database read into facts of ours."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chalicelib.catalogue.procedures.facts import Facts, facts_of
from chalicelib.catalogue.records.authorities import authorities_of, coded
from chalicelib.catalogue.records.findings import Finding, Ledger, RecordRefused
from chalicelib.catalogue.records.methods import channels_of, check_case_terms, methods_of
from chalicelib.catalogue.records.papers import Papers
from chalicelib.catalogue.records.raw import Raw, one_line
from chalicelib.kernel.clock import ZONE
from chalicelib.law.codes import BadCode, procedure_code

SOURCE: Final = "Cơ sở dữ liệu quốc gia về thủ tục hành chính"
MAX_NAME: Final = 4_000
MAX_FACTS: Final = 350_000
"""Bytes of facts: what one item of the table holds, with room for its keys and findings."""
_NATIONAL_LENGTH: Final = len("1.005129")
_LATEST: Final = 4_102_444_800_000  # the year 2100 in milliseconds
_LEVELS: Final = (
    ("isMinistry", "ministry"),
    ("isProvince", "province"),
    ("isWard", "ward"),
    ("isOtherAgency", "other"),
)
_FLAGS: Final = (
    ("full_process", "isFullProcess"),
    ("shared", "isSharedService"),
    ("offline_only", "isOfflineOnly"),
    ("non_territorial", "isNonTerritorial"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of a record, and what there is to know about how they were read."""

    facts: Facts
    findings: tuple[Finding, ...]


def read_record(raw: Mapping[str, Any]) -> Reading:
    """The facts of a bare record or of an API answer around one. Raises RecordRefused: never half a record."""
    ledger = Ledger()
    record = _inner(raw, ledger)
    code, agency = _code(record)
    name = _name(record, code)
    methods = methods_of(record)
    papers = Papers(record, code)
    check_case_terms(papers.cases, methods, ledger)
    facts = {
        "code": code,
        "variant_of": code[:_NATIONAL_LENGTH] if agency else None,
        "agency": agency,
        "name_vi": name,
        "name_en": None,
        "kind": "administrative_procedure",
        "source": _source(record),
        **_classified(record),
        **authorities_of(record),
        "administrative_level": _level(record),
        "channels": channels_of(methods),
        "methods": methods,
        "cases": papers.cases,
        "components": papers.components,
        "notes": papers.notes,
        "results": coded(record, "resultsDetails"),
        **_words(record),
        "return_ways": _return_ways(record),
        "steps": _steps(record),
        "legal_bases": coded(record, "legalBasisesDetails"),
        "flags": {ours: record.flag(theirs) for ours, theirs in _FLAGS},
    }
    _leave_empty(facts, ledger)
    facts["unknown"] = ledger.unknown
    if len(json.dumps(facts, ensure_ascii=False).encode()) > MAX_FACTS:
        raise ledger.refuse("facts_too_large", "", record=code, most=MAX_FACTS)
    return Reading(facts_of(facts), ledger.findings())


def _inner(raw: Mapping[str, Any], ledger: Ledger) -> Raw:
    """The record itself: an API answer carries it in `data`, and a bare record has no such field."""
    if "data" not in raw:
        return Raw(raw, ledger)
    data = raw["data"]
    if not isinstance(data, Mapping):
        answer = f"{str(raw.get('code'))[:40]}: {str(raw.get('message'))[:80]}"
        raise ledger.refuse("answer_without_record", "/data", record=None, answer=answer)
    return Raw(data, ledger, "/data")


def _code(record: Raw) -> tuple[str, str | None]:
    """The code, and the agency of a local variant."""
    given = record.value("code")
    if not isinstance(given, str) or not one_line(given):
        raise record.ledger.refuse("code_missing", record.at("code"), record=None)
    text = one_line(given)
    try:
        code = procedure_code(text)
    except BadCode as bad:
        raise record.ledger.refuse("code_invalid", record.at("code"), record=bad.text, code=bad.text) from None
    if text != given:
        record.ledger.warn("code_blank", record.at("code"), code=given[:80])
    return code, code[_NATIONAL_LENGTH + 1 :] or None


def _name(record: Raw, code: str) -> str:
    name = record.line("name")
    if name is None:
        raise record.ledger.refuse("name_missing", record.at("name"), record=code)
    if len(name) > MAX_NAME:
        raise record.ledger.refuse("name_too_long", record.at("name"), record=code, most=MAX_NAME)
    return name


def _source(record: Raw) -> dict[str, Any]:
    proposal = record.child("procedureProposal")
    decided = _moment(proposal, "decisionDate")
    day = datetime.fromtimestamp(decided / 1000, ZONE) if decided is not None else None
    return {
        "record": SOURCE,
        "id": record.line("id"),
        "decision": proposal.line("decisionNumber") or proposal.line("proposalNumber") or record.line("decisionNo"),
        "decided_on": day.date().isoformat() if day else None,
        "issued_by": proposal.child("issuingAgency").line("name"),
        "updated_at": _moment(record, "updatedAt"),
    }


def _moment(raw: Raw, key: str) -> int | None:
    moment = raw.whole(key)
    if moment is not None and moment > _LATEST:
        raw.ledger.warn("time_invalid", raw.at(key), value=moment)
        return None
    return moment


def _classified(record: Raw) -> dict[str, Any]:
    """The field, all fields, the subjects and the groups of services."""
    fields = [{**entry, "name_en": None} for entry in coded(record, "categoriesDetails")]
    own = record.child("category")
    name = own.line("name")
    first = fields[0] if fields else None
    return {
        "field": {"code": own.line("code"), "name_vi": name, "name_en": None} if name else first,
        "fields": fields,
        "subjects": coded(record, "subjectTypesDetails"),
        "life_groups": [
            {"name_vi": name, "type": row.line("type")}
            for row in record.rows("serviceGroupsDetails")
            if (name := row.line("name"))
        ],
    }


def _level(record: Raw) -> list[str]:
    return [level for key, level in _LEVELS if record.flag(key)]


def _words(record: Raw) -> dict[str, str | None]:
    """What a record says in words only; its description mostly repeats its requirements, then it says nothing more."""
    requirements, description = record.prose("requirementsAndConditions"), record.prose("description")
    return {
        "requirements_vi": requirements,
        "description_vi": description if description != requirements else None,
        "receiving_vi": record.prose("dossierReceivingAddresses"),
        "note_vi": record.prose("note"),
    }


def _return_ways(record: Raw) -> list[dict[str, Any]]:
    """How the result comes back, by how it was filed."""
    return [
        {"filed": row.line("type"), "ways": [way for way in row.value("value") or () if isinstance(way, str)]}
        for row in record.rows("returningMethods")
        if isinstance(row.value("value"), list)
    ]


def _steps(record: Raw) -> list[dict[str, Any]]:
    steps = [
        {"name_vi": row.line("name"), "text_vi": row.prose("description")} for row in record.rows("executionSteps")
    ]
    return [step for step in steps if any(step.values())]


def _leave_empty(facts: dict[str, Any], ledger: Ledger) -> None:
    """List what the record does not say, so that nobody takes an empty list for an answer."""
    ledger.leave("name_en", "/name_en")
    for key in ("field", "promulgated_by", "performed_by", "decided_by", "subjects", "results", "steps", "legal_bases"):
        if not facts[key]:
            ledger.leave(key, f"/{key}")
    if not facts["administrative_level"]:
        ledger.leave("level", "/administrative_level")
    if facts["requirements_vi"] is None:
        ledger.leave("requirements", "/requirements_vi")
    if facts["receiving_vi"] is None:
        ledger.leave("receiving", "/receiving_vi")
    for key in ("decision", "decided_on", "updated_at"):
        if facts["source"][key] is None:
            ledger.leave(key, f"/source/{key}")
    for key, marked in facts["flags"].items():
        if marked is None:
            ledger.leave("flag", f"/flags/{key}")


__all__ = ["Reading", "RecordRefused", "read_record"]
