"""Facts read and written: the same JSON, so that fingerprints tell new facts from those that are kept already."""

import json
import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

import chalicelib.catalogue
from chalicelib.catalogue.procedures.facts import Facts, facts_of
from chalicelib.catalogue.procedures.fees import Fee, lifted
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.model import fingerprint
from chalicelib.catalogue.procedures.parts import Component, Named
from chalicelib.catalogue.records.reading import read_record
from chalicelib.catalogue.versions.wire.facts import FactsBody
from chalicelib.contracts.event import Malformed
from chalicelib.kernel import aws
from chalicelib.kernel.ids import canonical
from tests.unit.catalogue.records import given as samples

SERVICES = sorted((Path(chalicelib.catalogue.__file__).parent / "data" / "services").glob("*.json"))
KEPT = json.loads((samples.FOLDER.parent / "fingerprints.json").read_text("utf-8"))
GOLDEN = Path(__file__).parents[3] / "golden"


def shipped(path):
    return json.loads(path.read_text("utf-8"))["facts"]


def stored(release):
    """The facts of every version and record that a release left in its catalogue."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE row (tbl, key, item)")
        base.executescript(lzma.decompress((GOLDEN / release / "catalogue.sql.xz").read_bytes()).decode())
        items = [aws.plain(json.loads(item)) for (item,) in base.execute("SELECT item FROM row")]
    return [item["facts"] for item in items if "facts" in item]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_shipped_service_goes_back_as_it_came(path):
    raw = shipped(path)
    assert canonical(plain(facts_of(raw))) == canonical(raw)
    assert facts_of(canonical(raw)) == facts_of(raw)


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_what_an_editor_sends_goes_back_as_it_came(path):
    sent = FactsBody.model_validate(shipped(path)).model_dump()
    assert canonical(plain(facts_of(sent))) == canonical(sent)


@pytest.mark.parametrize("code", samples.CODES)
def test_a_national_record_has_the_fingerprint_that_is_kept_until_the_reader_reads_more(code):
    facts = read_record(samples.record(code)).facts
    assert fingerprint(facts) == KEPT[code]
    assert fingerprint(facts_of(canonical(plain(facts)))) == KEPT[code]


def test_versions_that_the_release_before_stored_go_back_as_they_came():
    found = stored("bca595e")
    assert found
    assert [canonical(plain(facts_of(each))) for each in found] == [canonical(mended(each)) for each in found]


def mended(text):
    """What the release wrote, with what it knew of money as it is said now."""
    raw = json.loads(text)
    if raw.get("fees"):
        raw["fees"] = [lifted(each) for each in raw["fees"]]
    if raw.get("prices"):
        raw["prices"] = [{k: v for k, v in each.items() if k != "payable_online"} for each in raw["prices"]]
    return raw


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ({"amount_vnd": 8000, "note_vi": ""}, (8000, "VND", "8000", "exact")),
        ({"amount_vnd": 70, "note_vi": "", "payable_online": True}, (70, None, "70", None)),
        ({"amount_vnd": 8000, "note_vi": "trẻ em miễn"}, (8000, "VND", "8000", None)),
        ({"amount_vnd": 0, "note_vi": ""}, (None, None, "0", None)),
        ({"amount_vnd": None, "note_vi": "70 USD"}, (None, None, None, None)),
        ({"payable_online": None}, (None, None, None, None)),
    ],
)
def test_a_fee_that_an_earlier_release_kept_as_dong_is_lifted(earlier, now):
    facts = facts_of({"code": "1.1", "fees": [{"channel": "ONLINE", **earlier}], "prices": [{"payable_online": True}]})
    (fee,) = facts.fees
    assert (fee.amount, fee.currency, fee.record, fee.reading) == now
    assert (fee.channel, fee.note_vi) == ("ONLINE", earlier.get("note_vi"))
    assert not {"amount_vnd", "payable_online"} & (fee.others.keys() | facts.prices[0].others.keys())
    assert facts_of(plain(facts)) == facts


def test_versions_of_the_first_release_are_lifted():
    (raw,) = stored("78549b0")
    facts = facts_of(raw)
    assert [each.name_vi for each in facts.subjects] == raw["subjects"]
    assert [each.name_vi for each in facts.legal_bases] == raw["legal_bases"]
    assert (facts.online.electronic_barred, facts.online.reasons) == (False, ())
    assert [(fee.channel, fee.amount, fee.record, fee.reading) for fee in facts.fees] == [
        ("ONLINE", None, "0", None),
        ("POSTAL", None, "0", None),
        ("DIRECT", None, "0", None),
    ]
    assert {each.cases for each in facts.components} == {()}
    assert [each.name_vi for each in facts.all_fields] == ["Hộ tịch"]
    assert facts_of(plain(facts)) == facts


def test_the_one_reason_of_an_earlier_shape_is_a_list_and_a_bar_has_one_name():
    reason = {"reason": "presence", "legal_basis": "Điều 4"}
    online = facts_of({"code": "1.1", "online": reason}).online
    assert [(each.code, each.legal_basis) for each in online.reasons] == [("presence", "Điều 4")]
    online = facts_of({"code": "1.1", "online": {**reason, "offline_only": True}}).online
    assert (online.electronic_barred, online.reasons) == (True, ())
    given_both = {**reason, "reasons": [{"code": "on_site", "legal_basis": "Điều 5"}]}
    assert [each.code for each in facts_of({"code": "1.1", "online": given_both}).online.reasons] == ["on_site"]


def test_only_what_was_said_is_written_and_what_has_a_value():
    facts = facts_of({"code": "1.1", "fees": [], "name_en": None})
    assert plain(facts) == {"code": "1.1", "fees": [], "name_en": None}
    assert facts.says("fees")
    assert not facts.says("prices")
    more = structs.replace(facts, fees=(Fee(type="FEE"),), components=(Component(code="a").saying("name_en"),))
    assert plain(more) == {
        "code": "1.1", "fees": [{"type": "FEE"}], "name_en": None, "components": [{"code": "a", "name_en": None}]
    }  # fmt: skip
    assert plain(Facts(code="1.1", field=Named(name_vi="Đất đai"))) == {"code": "1.1", "field": {"name_vi": "Đất đai"}}


def test_a_name_that_no_type_knows_is_kept_where_it_stood():
    raw = {"code": "1.1", "notes": [{"text_vi": "a", "by": {"hand": [1, None]}}], "source": {"scan": "x"}, "more": None}
    assert plain(facts_of(raw)) == raw


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({}, "code"),
        ([], "expected"),
        ({"code": "1.1", "fees": [{"type": 1}]}, r"fees\[0\].type"),
        ({"code": "1.1", "route": [[{"leg": None}]]}, "leg"),
        ({"code": "1.1", "subjects": 3}, "subjects"),
    ],
)
def test_what_are_no_facts_is_refused_by_its_place(raw, place):
    with pytest.raises(Malformed, match=f"(?i){place}"):
        facts_of(raw)


NAMES = st.sampled_from(["code", "online", "fees", "notes", "text_vi", "subjects", "~said", "~others", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@given(raw=st.dictionaries(NAMES, JSON, max_size=6))
@settings(max_examples=60)
def test_any_json_is_read_whole_or_refused(raw):
    raw = {**raw, "code": "1.1"}
    try:
        facts = facts_of(raw)
    except Malformed:
        return
    assert facts_of(plain(facts)) == facts
