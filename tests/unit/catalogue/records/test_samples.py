"""All sample records: what is counted in each, and properties that hold for every one."""

import json
from collections import Counter
from pathlib import Path

import pytest

from chalicelib.catalogue.procedures.model import fingerprint
from chalicelib.catalogue.records.parsing import parse
from chalicelib.catalogue.records.reading import read_record
from chalicelib.kernel.ids import canonical
from chalicelib.law.terms import Term
from tests.unit.catalogue.records.given import CODES, read, record, text

# What the National Database answers of this code was had as text only; written down by hand in the shape of facts.
TRANSCRIBED = json.loads((Path(__file__).parent / "transcribed_1.001612.json").read_text("utf-8"))
# code: documents, notes, cases, methods
EXPECTED = {
    "1.000656": (8, 19, 3, 3),
    "1.000894": (4, 19, 2, 3),
    "1.001193": (8, 25, 2, 3),
    "1.003197": (2, 0, 1, 1),
    "1.003677": (3, 0, 3, 2),
    "1.004194": (7, 2, 4, 2),
    "1.004222": (15, 3, 7, 2),
    "1.004845": (6, 19, 1, 3),
    "1.013233": (2, 0, 1, 3),
    "1.115353": (2, 0, 1, 6),
    "1.115357": (3, 0, 1, 3),
    "1.115359": (2, 0, 1, 3),
    "1.115370": (5, 0, 3, 6),
    "1.115403": (5, 0, 0, 1),
    "1.115460": (1, 0, 1, 9),
    "1.115470": (1, 0, 5, 6),
    "1.115545": (0, 0, 1, 6),
    "1.115563": (0, 0, 0, 3),
    "1.115568": (0, 0, 0, 6),
    "1.115570": (0, 0, 0, 6),
    "1.115571": (0, 0, 0, 6),
    "1.115582": (0, 0, 0, 12),
    "1.115654": (4, 0, 1, 3),
    "1.115669": (18, 0, 5, 3),
    "1.115691": (3, 0, 1, 3),
    "1.115693": (5, 0, 1, 3),
    "1.115695": (4, 0, 0, 3),
    "1.115718": (8, 0, 4, 3),
    "1.115784": (4, 0, 0, 12),
    "2.000527": (6, 0, 1, 1),
    "2.000616": (2, 0, 1, 1),
    "2.000635": (5, 20, 4, 3),
    "2.000689": (3, 0, 1, 1),
    "2.000986": (5, 0, 1, 1),
    "2.002189": (7, 18, 27, 3),
}
PARTS = ("components", "notes", "cases", "methods")


@pytest.mark.parametrize("code", CODES)
def test_every_sample_is_read_as_counted(code):
    facts = read(code).facts
    assert tuple(len(facts[part]) for part in PARTS) == EXPECTED[code]


def test_every_sample_is_in_the_table():
    assert list(EXPECTED) == CODES
    assert len(CODES) == 35


@pytest.mark.parametrize("code", CODES)
def test_no_paper_of_the_record_is_lost(code):
    raw, facts = record(code), read(code).facts
    papers = [paper for group in raw["executionCases"] for paper in group["profileComponents"]]
    notes = [paper for paper in papers if not paper["originalQty"] and not paper["copyQty"]]
    assert len(facts["notes"]) == len(notes)
    assert {c["code"] for c in facts["components"]} == {p["code"] for p in papers if p not in notes}


@pytest.mark.parametrize("code", CODES)
def test_reading_again_gives_the_same_fingerprint(code):
    said, _, facts = read(code)
    assert fingerprint(facts) == fingerprint(read(code).typed)
    assert json.loads(canonical(said)) == said
    (answer,) = parse(text(code))
    assert fingerprint(read_record(answer).facts) == fingerprint(facts)
    again = parse(json.dumps(answer, indent=3).encode())[0]
    assert fingerprint(read_record(again).facts) == fingerprint(facts)


def has_fraction(value):
    if isinstance(value, dict):
        return any(map(has_fraction, value.values()))
    return any(map(has_fraction, value)) if isinstance(value, list) else isinstance(value, float)


def at(facts, pointer):
    for part in pointer.split("/")[1:]:
        facts = facts[int(part)] if isinstance(facts, list) else facts[part]
    return facts


@pytest.mark.parametrize("facts", [read(code).facts for code in CODES] + [TRANSCRIBED])
def test_facts_are_plain_and_whole(facts):
    assert not has_fraction(facts)  # DynamoDB takes none
    known = {case["code"] for case in facts["cases"]}
    assert {case for part in ("components", "notes") for c in facts[part] for case in c["cases"]} <= known
    terms = [entry["term"]["text"] for part in ("methods", "cases") for entry in facts[part]]
    assert all(str(Term.parse(term)) == term for term in terms if term)
    fees = [fee for method in facts["methods"] for fee in method["fees"]]
    assert not any(fee["certain"] and (fee["amount"] is None or fee["tiers_vi"]) for fee in fees)


@pytest.mark.parametrize("facts", [read(code).facts for code in CODES] + [TRANSCRIBED])
def test_what_is_null_is_listed_and_what_is_listed_is_there(facts):
    listed = {entry["pointer"] for entry in facts["unknown"]}
    assert all(entry["why_vi"] and entry["why_en"] for entry in facts["unknown"])
    for pointer in listed - {"/components", "/components/6/cases", "/components/7/cases"}:
        assert at(facts, pointer) in (None, []), pointer
    for place, method in enumerate(facts["methods"]):
        assert (method["term"]["text"] is None) == (f"/methods/{place}/term/text" in listed)
        for row, fee in enumerate(method["fees"]):
            assert (fee["amount"] is None) == (f"/methods/{place}/fees/{row}/amount" in listed)


def test_a_transcribed_record_has_the_shape_of_a_read_one():
    facts, like = TRANSCRIBED, read("1.001193").facts
    assert facts.keys() == like.keys()
    for part in ("methods", "components", "cases", "results", "legal_bases", "steps", "subjects"):
        assert facts[part][0].keys() == like[part][0].keys()
    assert "bản văn" in facts["source"]["record"]
    assert len(facts["components"]) == 8
    assert [(m["channel"], m["fees"][0]["amount"], m["term"]["text"]) for m in facts["methods"]] == [
        ("ONLINE", 150_000, None),
        ("POSTAL", 150_000, "3wd"),
        ("DIRECT", 50_000, "3wd"),
    ]


def test_the_samples_show_the_traps():
    """The figures of all samples together, so that a rule that reads more or less than before is seen."""
    found = Counter(finding.code for code in CODES for finding in read(code).findings)
    assert found["term_is_extension"] == 9
    assert found["term_unit_contradicted"] == 2
    assert found["term_fractional"] == 7
    assert found["fee_currency_missing"] == 3
