"""Files of records: each limit is refused by its name, early and in time that grows with the file only."""

import json

import pytest

from chalicelib.catalogue.records import parsing as limits
from chalicelib.catalogue.records.findings import BadJson, RecordRefused
from chalicelib.catalogue.records.parsing import parse
from tests.support.work import spent
from tests.unit.catalogue.records.given import CODES, as_bytes, reading_of, record, text

SMALL = {"code": "1.001193", "name": "Đăng ký khai sinh"}
DEEP = b'{"a":' * 5000 + b"1" + b"}" * 5000


@pytest.fixture(scope="module")
def ordinary():
    """What a record that means no harm takes this machine: by that its own moment is measured."""
    given = as_bytes(record("1.003197"))
    return min(spent(lambda: reading_of(parse(given)[0])) for _ in range(20))


def refused(given):
    with pytest.raises(BadJson) as broken:
        parse(given)
    assert broken.value.message_vi
    assert broken.value.message_en
    return broken.value.code


def test_one_record_an_array_or_one_a_line():
    one = as_bytes(SMALL)
    assert parse(one) == [SMALL]
    assert parse(b"\xef\xbb\xbf  " + one + b"\n") == [SMALL]
    assert parse(b"[" + one + b" ,\n" + one + b"]") == [SMALL, SMALL]
    assert parse(one + b"\r\n" + one + b"\n\n" + one) == [SMALL] * 3


def test_all_samples_as_an_array_and_as_lines():
    whole = [json.loads(text(code)) for code in CODES]
    assert parse(as_bytes(whole)) == whole
    assert parse(b"\n".join(map(as_bytes, whole))) == whole


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"", "not_json"),
        (b"   ", "not_json"),
        (b"hello", "not_json"),
        (b"<html>", "not_json"),
        (b'{"a":1', "not_json"),
        (b'{"a":1}}', "not_json"),
        (b"}{", "not_json"),
        (b'{"a":1}]', "not_json"),
        (b'{"a":1} {"b":2}', "not_json"),
        (b'{"a":"\x01"}', "not_json"),
        (b'[{"a":1},]x', "not_json"),
        (b'[{"a":1}', "not_json"),
        (b'{"a":1]', "not_json"),
        (b'{"a":"never ends', "not_json"),
        (b'[{"a":1}]{"b":{}}', "not_json"),
        (b"[]", "not_a_record"),
        (b"null", "not_a_record"),
        (b"12", "not_a_record"),
        (b'"text"', "not_a_record"),
        (b"[1, 2]", "not_a_record"),
        (b'[{"a":1}, 7]', "not_a_record"),
        (b"[[1]]", "not_a_record"),
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'{"x":[{"a":1,"a":1}]}', "duplicate_key"),
        (b'{"a":1e999}', "bad_number"),
        (b'{"a":-1e999}', "bad_number"),
        (b'{"a":NaN}', "bad_number"),
        (b'{"a":Infinity}', "bad_number"),
        (b'{"a":' + b"9" * 5000 + b"}", "bad_number"),
        (b'{"a":"\xff"}', "not_utf8"),
        (b'{"a":"\\ud800"}', "not_utf8"),
        (b'{"\\uDFFF":1}', "not_utf8"),
        ('{"a":1}'.encode("utf-16"), "not_utf8"),
        (DEEP, "too_deep"),
        (b"[" * 200_000, "not_a_record"),
        (b'{"a":' + b"[" * 100_000, "too_deep"),
    ],
)
def test_what_is_no_file_of_records_is_refused_by_name(given, code):
    assert refused(given) == code


def test_a_whole_surrogate_pair_is_a_letter():
    assert parse(b'{"a":"\\ud83d\\ude00"}') == [{"a": "\U0001f600"}]


def test_the_limits_are_where_they_are_said_to_be():
    nested = lambda depth: b'{"a":' * depth + b"1" + b"}" * depth  # noqa: E731
    assert parse(nested(limits.MAX_DEPTH))
    assert refused(nested(limits.MAX_DEPTH + 1)) == "too_deep"
    longest = "x" * (limits.MAX_STRING - 2)
    assert parse(as_bytes({"a": longest}))
    assert refused(as_bytes({"a": longest + "x"})) == "string_too_long"
    assert parse(as_bytes({"a": [0] * limits.MAX_LIST}))
    assert refused(as_bytes({"a": [0] * (limits.MAX_LIST + 1)})) == "list_too_long"
    assert refused(as_bytes({"a": [[0] * (limits.MAX_LIST + 1)]})) == "list_too_long"
    assert refused(as_bytes({str(n): longest for n in range(8)} | {"z": "x" * 200})) == "too_large"


def test_a_file_holds_so_many_records(monkeypatch):
    assert len(parse(b"{}\n" * limits.MAX_RECORDS)) == limits.MAX_RECORDS
    assert refused(b"{}\n" * (limits.MAX_RECORDS + 1)) == "too_many"
    assert refused(b"[" + b"{}," * limits.MAX_RECORDS + b"{}]") == "too_many"
    monkeypatch.setattr(limits, "MAX_FILE", 100)
    assert refused(b"{}\n" * 50) == "too_large"


@pytest.mark.parametrize(
    "hostile",
    [
        b'"' + b'\\"' * 1_000_000,
        b'{"a":"' + b"\\\\" * 100_000 + b'"',
        b"[1" + b",1" * 500_000 + b"]",
        b'{"a":{' + b",".join(b'"%d":0' % (n % 99_999) for n in range(100_000)) + b"}}",
        b"{}\n" * 300_000,
        b" " * 2_000_000,
    ],
    ids=["open string", "backslashes", "numbers", "keys", "records", "blanks"],
)
def test_hostile_bytes_are_refused_in_a_moment(hostile, ordinary):
    assert spent(lambda: refused(hostile)) < 1700 * ordinary


def test_a_record_of_lists_at_their_limit_is_read():
    given = record("1.003197")
    paper = given["executionCases"][0]["profileComponents"][0]
    given["executionCases"][0]["profileComponents"] = [{**paper, "code": str(n)} for n in range(limits.MAX_LIST)]
    assert len(parse(as_bytes(given))[0]["executionCases"][0]["profileComponents"]) == limits.MAX_LIST


MARKS, DIGITS, AMOUNTS = "!" * 200_000 + "x", "1" * 200_000 + "x", "1.000 đồng, 2.000 đồng, " * 8_000


@pytest.mark.parametrize(
    "hostile",
    [
        {"executionCases": [{"name": MARKS}, {"name": " -" * 100_000}]},
        {"executionMethods": [{"description": AMOUNTS, "fees": [{"value": 5, "description": DIGITS}] * 5}]},
        {
            "executionMethods": [
                {"description": AMOUNTS[:90_000], "fees": [{"value": 5, "type": str(n)} for n in range(2000)]}
            ]
        },
        {
            "executionMethods": [
                {"processingTime": AMOUNTS, "processingTimeUnit": DIGITS, "description": "1 ngày " * 20_000}
            ]
        },
        {
            "executionMethods": [
                {"fees": [{"value": 0, "description": MARKS}, {"value": 9, "description": "/" * 200_000}]}
            ]
        },
        {"cases": [{"code": str(n % 1990)} for n in range(2000)]},
        {
            "executionCases": [
                {"name": f"Trường hợp {n}", "profileComponents": [{"name": str(p)} for p in range(20)]}
                for n in range(1500)
            ]
        },
        {"executionCases": [{"profileComponents": [{"name": "a", "code": "c" * 900}] * 2000}]},
    ],
)
def test_hostile_records_are_settled_in_a_moment_and_what_is_kept_fits_an_item(hostile, ordinary):
    def settled():
        (raw,) = parse(as_bytes({**SMALL, **hostile}))
        try:
            facts = reading_of(raw).facts
        except RecordRefused as refused:
            facts = {f.code: f.severity for f in refused.findings}
            assert facts["facts_too_large"] == "refusal"
        assert len(as_bytes(facts)) < 400_000

    assert spent(settled) < 2600 * ordinary
