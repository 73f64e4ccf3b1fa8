"""The ways of submitting: channel, term and fees; several rows of one channel stay apart."""

import json
from collections import Counter
from typing import Any, Final

from chalicelib.catalogue.records.durations import term_of
from chalicelib.catalogue.records.fees import fees_of
from chalicelib.catalogue.records.findings import Ledger
from chalicelib.catalogue.records.raw import Raw

CHANNELS: Final = ("ONLINE", "POSTAL", "DIRECT")


def methods_of(record: Raw) -> list[dict[str, Any]]:
    """Every method as recorded, but for rows that repeat another word for word."""
    methods: list[dict[str, Any]] = []
    seen: set[str] = set()
    for row in record.rows("executionMethods"):
        content = json.dumps({key: row.value(key) for key in _READ}, sort_keys=True, default=str)
        if content in seen:
            record.ledger.warn("method_identical", row.pointer, channel=str(row.value("submissionMethod"))[:20])
            continue
        seen.add(content)
        methods.append(_method(row, f"/methods/{len(methods)}"))
    _tell_repeated(methods, record)
    if not methods:
        record.ledger.leave("methods", "/methods")
    return methods


_READ: Final = ("submissionMethod", "processingTime", "processingTimeUnit", "description", "fees")


def channels_of(methods: list[dict[str, Any]]) -> list[str]:
    """The channels that some method has, in our order."""
    given = {method["channel"] for method in methods}
    return [channel for channel in CHANNELS if channel in given]


def check_case_terms(cases: list[dict[str, Any]], methods: list[dict[str, Any]], ledger: Ledger) -> None:
    """A case whose term no method has is told: the record contradicts itself or leaves a term out of its methods."""
    known = {method["term"]["text"] for method in methods} - {None}
    for place, case in enumerate(cases):
        text = case["term"]["text"]
        if known and text is not None and text not in known:
            ledger.warn("case_term_differs", f"/cases/{place}", case=case["code"], term=text)


def _method(row: Raw, pointer: str) -> dict[str, Any]:
    note = row.prose("description")
    term = term_of(row, "processingTime", "processingTimeUnit", note)
    if term["text"] is None:
        row.ledger.leave("term", f"{pointer}/term/text")
    return {
        "channel": _channel(row, pointer),
        "term": term,
        "fees": fees_of(row, note, f"{pointer}/fees"),
        "note_vi": note,
    }


def _channel(row: Raw, pointer: str) -> str | None:
    name = row.line("submissionMethod")
    if name in CHANNELS:
        return name
    if name is not None:
        row.ledger.warn("channel_unknown", row.at("submissionMethod"), channel=name[:40])
    row.ledger.leave("channel", f"{pointer}/channel")
    return None


def _tell_repeated(methods: list[dict[str, Any]], record: Raw) -> None:
    for channel, count in Counter(method["channel"] for method in methods).items():
        if channel is not None and count > 1:
            record.ledger.warn("method_repeated", record.at("executionMethods"), channel=channel, count=count)
