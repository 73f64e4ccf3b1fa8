"""What an operator calls: an import of national records."""

from collections.abc import Mapping

from chalice import Blueprint
from msgspec import Struct, to_builtins

from chalicelib.catalogue.records.findings import Finding, RecordRefused
from chalicelib.catalogue.records.reading import read_record
from chalicelib.catalogue.records.sentences import BROKEN
from chalicelib.catalogue.records.wiring import records
from chalicelib.catalogue.settings import TABLE
from chalicelib.kernel.worker import called

bp = Blueprint(__name__)
NO_RECORD = Finding("not_a_record", "refusal", "", *BROKEN["not_a_record"])


class Import(Struct, frozen=True):
    """National records as the database gave them, each whatever it is."""

    records: tuple[object, ...]


class Imported(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was done with a record; one that was refused may have no code."""

    status: str
    findings: tuple[Finding, ...]
    code: str | None = None


@called(bp, "catalogue_import", Import, needs=(TABLE,))
def catalogue_import(given: Import) -> dict[str, object]:
    """Keep national records, each for itself: what was done with each, and which were refused with their reasons."""
    return {"records": [to_builtins(_imported(raw)) for raw in given.records]}


def _imported(raw: object) -> Imported:
    if not isinstance(raw, Mapping):
        return Imported(status="refused", findings=(NO_RECORD,))
    try:
        reading = read_record(raw)
    except RecordRefused as error:
        return Imported(status="refused", findings=error.findings)
    status = records().keep(reading.facts, reading.findings)
    return Imported(status=status, findings=reading.findings, code=reading.facts.code)
