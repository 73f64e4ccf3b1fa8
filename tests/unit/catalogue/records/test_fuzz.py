"""A real record broken at a random place is read or refused by name, and nothing else ever happens."""

import copy
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.catalogue.procedures.model import fingerprint
from chalicelib.catalogue.records.findings import BadJson, RecordRefused
from chalicelib.catalogue.records.parsing import parse
from tests.unit.catalogue.records.given import CODES, reading_of, text

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**25), 10**25),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(["", " ", "0", "1e999", "\ud800", "\x00", "١", "10 ngày", "1.000 đồng", "Miễn phí."]),
    st.just([]),
    st.just({}),
    st.lists(st.integers(), max_size=3),
)


def places(value, parent=None, key=None):
    """Every place of a JSON value as its container and key."""
    if parent is not None:
        yield parent, key
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in items:
        yield from places(part, value, name)


def broken_once(draw, raw):
    parent, key = draw(st.sampled_from(list(places(raw))))
    how = draw(st.sampled_from(["delete", "retype", "nest", "blow up", "duplicate"]))
    if how == "delete":
        del parent[key]
    elif how == "retype":
        parent[key] = draw(ODD)
    elif how == "nest":
        for _ in range(draw(st.sampled_from([1, 2, 70]))):
            parent[key] = draw(st.sampled_from([[parent[key]], {"a": parent[key]}]))
    elif how == "blow up":
        # Past the largest record more bytes show nothing new.
        most = 2_500_000 // len(json.dumps(parent[key])) + 1
        times = min(most, draw(st.sampled_from([2, 300, 3000])))
        parent[key] = parent[key] * times if isinstance(parent[key], (str, list)) else [parent[key]] * times
    elif isinstance(parent, list):
        parent.insert(key, copy.deepcopy(parent[key]))
    else:
        parent["code" if key != "code" else "name"] = copy.deepcopy(parent[key])
    return how


def as_text(draw, raw):
    """The record as bytes; now and then the bytes themselves are broken too."""
    whole = json.dumps(raw, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")
    how = draw(st.sampled_from(["whole"] * 6 + ["cut", "byte", "key twice"]))
    place = draw(st.integers(0, max(0, len(whole) - 1)))
    if how == "cut":
        return whole[:place]
    if how == "byte":
        return whole[:place] + draw(st.binary(min_size=1, max_size=2)) + whole[place + 1 :]
    return whole.replace(b'"name":', b'"name": "", "name":', 1) if how == "key twice" else whole


def outcome(given_bytes):
    try:
        (raw,) = parse(given_bytes)
        reading = reading_of(raw)
    except BadJson as broken:
        return broken.code if broken.message_vi else "no message"
    except RecordRefused as refused:
        return refused.findings[-1].code if refused.findings[-1].severity == "refusal" else "no refusal"
    json.dumps(reading.facts, allow_nan=False)
    assert len(fingerprint(reading.typed)) == 64
    assert reading.facts["name_vi"]
    return "read"


@pytest.mark.parametrize("cases", [300, pytest.param(10_000, marks=pytest.mark.soak)])
def test_a_broken_record_is_read_or_refused_and_nothing_else(cases):
    seen = Counter()

    @settings(max_examples=cases)
    @given(st.data())
    def broken(data):
        raw = json.loads(text(data.draw(st.sampled_from(CODES))))
        for _ in range(data.draw(st.integers(1, 3))):
            if broken_once(data.draw, raw) == "blow up":
                break  # once is enough: to blow up what was blown up only fills the memory of the test
        seen[outcome(as_text(data.draw, raw))] += 1

    broken()
    assert seen.total() >= cases
    assert seen["read"] > cases // 10
    assert not seen.keys() & {"no message", "no refusal"}
    assert len(seen) >= 5  # a fuzz that meets one refusal only breaks too little
    print(f"\n{seen.total()} broken records: {dict(seen.most_common())}")
