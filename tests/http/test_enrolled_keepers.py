"""Where an agency keeps its staff here a token's roles act in the catalogue no more than anywhere else."""

from datetime import timedelta

import pytest

from chalicelib.kernel.clock import utc_now
from infra.demo.client import Client
from tests.http.test_staff import opened, person, today
from tests.support.asserts import problem
from tests.support.catalogue import fresh_agency

ALL = ("administrator", "publisher", "editor", "reviewer", "leader", "reception", "scanning")
KEPT = {"name": "Ủy ban nhân dân xã Nhân Sự", "level": "commune", "parent": "H01", "valid_from": "2025-07-01"}
LISTS = ("agencies", "counters", "versions", "plans", "guidance")


@pytest.fixture(scope="module")
def staff(cloud, where):
    found = opened(cloud, where, fresh_agency())
    found.enrol("bien-tap", "editor")
    found.enrol("quan-tri", "administrator")
    cloud.wait_idle()
    return found


def put(who, agency, where, **more):
    version = int(Client(where).get(f"/v1/agencies/{agency}").headers["ETag"].strip('"'))
    return who.call("PUT", f"/v1/agencies/{agency}", {"entries": [KEPT | more]}, version=version)


def outage():
    now = utc_now()
    return {
        "starts_at": now.isoformat(), "ends_at": (now + timedelta(days=2)).isoformat(), "planned": False,
        "reason": "system_fault", "services": ["1.001193"], "text_vi": "Hệ thống hỏng", "text_en": "It is broken",
        "fallback_vi": "Nộp tại quầy", "fallback_en": "At the counter",
    }  # fmt: skip


def test_who_was_never_enrolled_keeps_nothing_whatever_their_token_says(where, staff):
    """What happened: a token that said `administrator` changed the agency's record, and announced an outage."""
    never = person(where, "chua-bao-gio", staff.agency, *ALL)
    refused = problem(put(never, staff.agency, where, place="Chỗ khác"), 403, "not_allowed")
    assert (refused["act"], refused["roles"]) == ("agency.change", ["administrator"])
    assert Client(where).get(f"/v1/agencies/{staff.agency}").ok().body["place"] == ""
    problem(never.post("/v1/outages", outage()), 403, "not_allowed")
    for name in LISTS:
        problem(never.get(f"/v1/catalogue/{name}"), 403, "not_allowed")
    for path in ("versions", "restructuring", "transfer"):
        problem(never.get(f"/v1/catalogue/procedures/1.001193/{path}"), 403, "not_allowed")
    told = {"kind": "dissolved", "organisation": "0101234567"}
    problem(never.post("/v1/registers/organisations", told), 403, "not_allowed")


def test_who_is_enrolled_keeps_what_they_are_enrolled_for_and_no_more(where, staff):
    editor = person(where, "bien-tap", staff.agency, "administrator")
    problem(put(editor, staff.agency, where, place="Chỗ khác"), 403, "not_allowed")
    editor.get("/v1/catalogue/plans").ok()
    chief = person(where, f"chief-{staff.agency}", staff.agency)
    chief.get("/v1/catalogue/agencies").ok()
    assert put(chief, staff.agency, where, place="Số 5 đường X").ok().body["place"] == "Số 5 đường X"


def test_an_administrator_who_left_is_none_for_the_catalogue_either(cloud, where, staff):
    gone = person(where, "quan-tri", staff.agency, "administrator")
    put(gone, staff.agency, where, note="Còn").ok()
    staff.leave("quan-tri", "bien-tap").ok()
    staff.confirm("quan-tri").ok()
    cloud.wait_idle()
    refused = problem(put(gone, staff.agency, where, note="Hết"), 403, "not_allowed")
    assert "holders" not in refused, "who left is told nothing of who is there"


def test_an_agency_that_keeps_no_staff_here_keeps_the_catalogue_by_tokens(where):
    agency = fresh_agency()
    above = person(where, "tren-cao", "H01", "administrator")
    above.call("PUT", f"/v1/agencies/{agency}", {"entries": [KEPT]}, version=0).ok()
    put(person(where, "theo-the", agency, "administrator"), agency, where, note="Theo thẻ").ok()


def test_an_agency_that_ended_reads_of_its_end_by_those_who_are_enrolled(cloud, where):
    here = opened(cloud, where, fresh_agency())
    for name in ("mot", "hai"):
        above = person(where, f"{name}-{here.agency}", "H01", "administrator")
        put(above, here.agency, where, valid_to=today(), successors=["H01.10.25"]).ok()
    cloud.wait_idle()
    listed = person(where, f"chief-{here.agency}", here.agency).get("/v1/catalogue/agencies").ok().body["changes"]
    assert [row["is_in_force"] for row in listed if row["agency"] == here.agency] == [True]
    problem(person(where, "la", here.agency, "administrator").get("/v1/catalogue/agencies"), 403, "not_allowed")
