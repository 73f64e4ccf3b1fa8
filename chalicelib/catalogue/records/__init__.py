"""National procedure records read into facts: pure, and what a record does not say stays unknown."""

from chalicelib.catalogue.records.findings import BadJson, Finding, RecordRefused
from chalicelib.catalogue.records.parsing import build, parse, split
from chalicelib.catalogue.records.reading import Reading, read_record

__all__ = ["BadJson", "Finding", "Reading", "RecordRefused", "build", "parse", "read_record", "split"]
