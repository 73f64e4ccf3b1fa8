"""What an operator calls: an import of national records."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint

from chalicelib.catalogue.records.findings import Finding, RecordRefused
from chalicelib.catalogue.records.reading import read_record
from chalicelib.catalogue.records.sentences import BROKEN
from chalicelib.catalogue.records.wiring import records
from chalicelib.kernel.worker import on_call

bp = Blueprint(__name__)
NO_RECORD = Finding("not_a_record", "refusal", "", *BROKEN["not_a_record"])


@on_call(bp, "catalogue_import")
def catalogue_import(event: Mapping[str, Any]) -> dict[str, Any]:
    """Keep national records, each for itself: what was done with each, and which were refused with their reasons."""
    keeping = records()
    done: list[dict[str, Any]] = []
    for raw in event["records"]:
        if not isinstance(raw, Mapping):
            done.append({"status": "refused", "findings": [NO_RECORD.as_dict()]})
            continue
        try:
            reading = read_record(raw)
        except RecordRefused as error:
            done.append({"status": "refused", "findings": [f.as_dict() for f in error.findings]})
            continue
        findings = [f.as_dict() for f in reading.findings]
        status = keeping.keep(reading.facts, findings)
        done.append({"code": reading.facts["code"], "status": status, "findings": findings})
    return {"records": done}
