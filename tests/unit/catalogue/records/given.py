"""The 35 sample records, and ways to change one."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.records.findings import Finding
from chalicelib.catalogue.records.parsing import parse
from chalicelib.catalogue.records.reading import read_record

FOLDER = Path(__file__).parent / "samples"
CODES = sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def text(code):
    return (FOLDER / f"{code}.json").read_bytes()


def record(code, /, **changes):
    """The bare record, with some fields changed."""
    (answer,) = parse(text(code))
    return {**copy.deepcopy(answer["data"]), **changes}


class Read(NamedTuple):
    """A record as it was read: its facts as the JSON that is kept, what was found, and the facts themselves."""

    facts: dict[str, Any]
    findings: tuple[Finding, ...]
    typed: Facts


def reading_of(raw):
    reading = read_record(raw)
    return Read(plain(reading.facts), reading.findings, reading.facts)


def read(code, /, **changes):
    return reading_of(record(code, **changes))


def codes(reading):
    return {finding.code for finding in reading.findings}


def pointers(reading):
    return {entry["pointer"] for entry in reading.facts["unknown"]}


def terms(reading):
    return [method["term"]["text"] for method in reading.facts["methods"]]


def method(code="1.003197", /, **changes):
    """A record with one method made from its first, changed."""
    return read(code, executionMethods=[{**record(code)["executionMethods"][0], **changes}], cases=[])


def fee(value, text="", currency="Việt Nam Đồng", note=""):
    """The one fee of a record whose first method has this fee only."""
    given = {"type": "FEE", "value": value, "description": text}
    reading = method(fees=[given | ({"currencyName": currency} if currency else {})], description=note)
    return reading.facts["methods"][0]["fees"][0], reading


def as_bytes(value):
    return json.dumps(value, ensure_ascii=False).encode()
