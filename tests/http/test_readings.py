"""What was read on a scanned paper stands beside what the form says: differences by name, what is missing filled in."""

import pytest

from infra.demo import story
from infra.demo.run import BIRTH_SCAN
from infra.demo.scans import make_scan
from tests.support.counter import holder_of, paper, scan, take_in
from tests.support.world import ready

FORM = story.FORM


def notice(**values):
    """A birth notice that says what the demo's form says, but for these values."""
    return make_scan(**BIRTH_SCAN | {"values": BIRTH_SCAN["values"] | values}).jpeg


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


def by_pointer(reading):
    return {each["pointer"]: each for each in reading["fields"]}


def test_an_officer_sees_where_the_form_differs_from_the_paper(where, desk, small_scan):
    me = story.citizen(where, **story.somebody())
    mother = {name: value for name, value in FORM["mother"].items() if name != "personal_id"}
    reference = ready(me, small_scan, form=FORM | {"mother": mother})
    story.submit(me, reference).ok(201)
    assert story.dossier(desk, reference)["readings"] == []
    scan(desk, reference, notice(nam_sinh_me="1996", gioi_tinh_con="Nữ"))
    for who in (desk, me):
        (reading,) = story.dossier(who, reference)["readings"]
        assert (reading["kind"], reading["name_en"][:12]) == ("giay_chung_sinh", "Birth notice")
        fields = by_pointer(reading)
        assert {pointer: each["agreement"] for pointer, each in fields.items()} == {
            "/child/sex": "differs",
            "/child/born_on": "same",
            "/child/place_of_birth": "same",
            "/mother/full_name": "same",
            "/mother/personal_id": "not_answered",
            "/mother/year_of_birth": "differs",
            "/mother/ethnicity": "same",
            "/mother/residence": "same",
        }
        year = fields["/mother/year_of_birth"]
        assert (year["written"], year["read"], year["label_en"]) == (1995, 1996, "Mother's year of birth")
        name = fields["/mother/full_name"]
        assert name["confirmed_by"] == ["Phan Bích Lượng"], "an officer always looks at a name"
        assert name["confirmed_at"].endswith("+07:00")
    component = next(c for c in story.dossier(desk, reference)["components"] if c["id"] == reading["component"])
    assert component["digitisation"]["status"] == "converted"
    assert "read_values" not in component
    prefilled = me.get(f"/v1/drafts/{reference}/form").ok().body["prefilled"]
    assert not any(each["read_on"] for each in prefilled), "everything was answered: it stays as it was written"


def test_what_the_form_does_not_say_is_filled_in_from_the_paper_and_the_supplement_shows_it(where, desk):
    child = {name: value for name, value in FORM["child"].items() if name != "born_on"}
    body = paper(form=FORM | {"child": child}, incomplete=True)
    taken = take_in(desk, body).ok(201).body
    reference, me = taken["reference"], holder_of(where, body)
    assert "/child/born_on" in [each["pointer"] for each in taken["form_errors"]]
    scan(desk, reference, notice())
    (reading,) = story.dossier(desk, reference)["readings"]
    born = by_pointer(reading)["/child/born_on"]
    assert (born["written"], born["read"], born["agreement"]) == (None, "2026-11-18", "not_answered")
    filled = [each for each in me.get(f"/v1/drafts/{reference}/form").ok().body["prefilled"] if each["read_on"]]
    assert [(each["pointer"], each["value"], each["source"], each["clause"]) for each in filled] == [
        ("/child/born_on", "2026-11-18", f"component:{reading['component']}", None)
    ]
    assert (filled[0]["read_on"]["component"], filled[0]["read_on"]["field"]) == (
        reading["component"],
        "thoi_gian_sinh",
    )
    item = {"target": "/child/born_on", "reason": "MISSING", "basis": "Luật Hộ tịch 60/2014/QH13, Điều 16"}
    asked = {"outcome": "supplement", "supplement": {"items": [{**item, "remedy": "Ghi ngày sinh của trẻ"}]}}
    desk.post(f"/v1/tasks/{taken['task']}/complete", asked).ok()
    waits = me.get(f"/v1/dossiers/{reference}/supplement").ok()
    assert [each["read"] for each in waits.body["items"]] == ["2026-11-18"]
    fields, version = {"/child/born_on": waits.body["items"][0]["read"]}, int(waits.headers["ETag"].strip('"'))
    me.call("POST", f"/v1/dossiers/{reference}/supplement", {"fields": fields}, version=version).ok()
    (reading,) = story.dossier(desk, reference)["readings"]
    assert by_pointer(reading)["/child/born_on"]["agreement"] == "same"
    prefilled = me.get(f"/v1/drafts/{reference}/form").ok().body["prefilled"]
    assert not any(each["read_on"] for each in prefilled), "what was answered is not filled in again"
