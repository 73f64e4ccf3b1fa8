"""Agencies by date and their tree, and outages: everybody reads, an administrator keeps."""

import uuid
from datetime import timedelta

import pytest

from chalicelib.kernel.clock import ZONE, utc_now
from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules
from tests.support.catalogue import fresh_agency, in_days, today
from tests.support.world import officer_of, whole_list


@pytest.fixture
def administrator(where):
    return officer_of(where, "H01", "administrator")


@pytest.fixture
def anyone(where):
    return Client(where)


@pytest.fixture
def name():
    """An identifier under the province that no agency has."""
    return fresh_agency()


def entry(**changes):
    begin = {"name": "Phòng Tư pháp", "level": "unit", "parent": "H01", "valid_from": "2026-01-01"}
    return {**begin, **changes}


def keep(who, agency, *entries, version=0):
    return who.call("PUT", f"/v1/agencies/{agency}", {"entries": list(entries)}, version=version)


# --- agencies ----------------------------------------------------------------------------------------------------


def test_a_new_agency_is_kept_read_listed_and_takes_dossiers(cloud, administrator, anyone, citizen, name):
    kept = keep(administrator, name, entry(place="Vĩnh Long")).ok()
    assert (kept.body["id"], kept.headers["ETag"], kept.body["warnings"]) == (name, '"1"', [])
    read = anyone.get(f"/v1/agencies/{name}").ok()
    assert (read.body["name"], read.body["one_stop"], read.headers["ETag"]) == ("Phòng Tư pháp", "Phòng Tư pháp", '"1"')
    rows = whole_list(anyone, "/v1/agencies", "agencies")
    assert {"id": name, "name": "Phòng Tư pháp", "place": "Vĩnh Long"} in rows
    assert [r["id"] for r in rows] == sorted(r["id"] for r in rows)
    cloud.wait_idle()
    assert story.open_draft(citizen, agency=name).ok(201).body["agency"] == name


@pytest.mark.rule("R34")
def test_a_rename_is_by_date(administrator, anyone, name):
    then = in_days(5).isoformat()
    old, new = entry(valid_to=then), entry(name="Phòng Tư pháp mới", valid_from=then)
    keep(administrator, name, old, new).ok()
    read = anyone.get(f"/v1/agencies/{name}").ok().body
    assert read["name"] == "Phòng Tư pháp"
    assert [e["name"] for e in read["entries"]] == ["Phòng Tư pháp", "Phòng Tư pháp mới"]
    moved = {**old, "valid_to": today().isoformat()}, {**new, "valid_from": today().isoformat()}
    keep(administrator, name, *moved, version=1).ok()
    assert anyone.get(f"/v1/agencies/{name}").ok().body["name"] == "Phòng Tư pháp mới"


def test_a_change_of_an_agency_is_made_on_the_version_that_was_read(administrator, name):
    problem(administrator.call("PUT", f"/v1/agencies/{name}", {"entries": [entry()]}), 428, "version_missing")
    assert problem(keep(administrator, name, entry(), version=3), 412)["current_version"] == 0
    keep(administrator, name, entry()).ok()
    assert problem(keep(administrator, name, entry(name="Khác")), 412, "lost_update")["current_version"] == 1
    keep(administrator, name, entry(name="Khác"), version=1).ok()


@pytest.mark.rule("R34")
@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([entry(parent="H01.999999")], {"/entries/0/parent": "R34"}),
        ([entry(valid_to="2025-01-01")], {"/entries/0/valid_to": "R34"}),
        ([entry(), entry(valid_from="2026-06-01")], {"/entries/1/valid_from": "R34"}),
        ([entry(successors=["H01.999999"], valid_to="2026-12-01")], {"/entries/0/successors": "R34"}),
        ([entry(successors=["H01.10.24"])], {"/entries/0/valid_to": "R34"}),
        ([entry(valid_from="2026-02-30")], {"/entries/0": "R34"}),
        ([entry(valid_from="tomorrow")], {"/entries/0/valid_from": "string_pattern_mismatch"}),
        ([entry(level="galaxy")], {"/entries/0/level": "literal_error"}),
        ([entry(name="Ủy ban ꞛꭓ")], {"/entries/0/name": "letters_unprintable"}),
        ([entry(one_stop="   ")], {"/entries/0/one_stop": "blank"}),
        ([entry(more=1)], {"/entries/0/more": "extra_forbidden"}),
    ],
)
def test_what_is_wrong_with_an_agency_is_named(administrator, anyone, name, entries, expected):
    assert rules(keep(administrator, name, *entries)) == expected
    problem(anyone.get(f"/v1/agencies/{name}"), 404, "not_found")


@pytest.mark.rule("R34")
@pytest.mark.parametrize("name", ["Z99.1", "h01.1", "H1", "H01..1", "H01.é"])
def test_an_identifier_that_breaks_the_grammar_is_refused(administrator, name):
    assert set(rules(keep(administrator, name, entry()))) == {"/entries/0/id"}


@pytest.mark.rule("R34")
@pytest.mark.parametrize("foreign", ["H01", "H01.10.25", "H02"])
def test_an_administrator_keeps_only_what_is_at_or_below_the_own_agency(where, foreign):
    local = officer_of(where, "H01.10.24", "administrator")
    assert problem(keep(local, foreign, entry()), 403, "not_allowed")["act"] == "agency.change"


def test_a_ring_of_parents_is_refused(administrator, name):
    below = f"{name}.1"
    keep(administrator, name, entry()).ok()
    keep(administrator, below, entry(parent=name)).ok()
    ring = rules(keep(administrator, name, entry(parent=below), version=1))
    assert ring == {"/entries/0/parent": "R34"}
    assert keep(administrator, name, entry(parent=name), version=1).status == 422, "its own parent"


def test_a_parent_of_another_branch_is_a_warning(administrator, name):
    told = keep(administrator, name, entry(parent="H01.10.24")).ok().body["warnings"]
    assert len(told) == 1
    assert "H01.10.24" in told[0]


def test_only_an_administrator_keeps_agencies(where, name):
    for role in ("editor", "reviewer", "publisher", "leader"):
        problem(keep(officer_of(where, "H01", role), name, entry()), 403, "not_allowed")


# --- outages -----------------------------------------------------------------------------------------------------


def outage(days, hours=2, **changes):
    start = utc_now().astimezone(ZONE).replace(microsecond=0) + timedelta(days=days)
    return {
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=hours)).isoformat(),
        "text_vi": "Bảo trì hệ thống",
        "text_en": "Maintenance",
        **changes,
    }


@pytest.mark.rule("R39")
def test_a_planned_outage_is_announced_in_time_and_shown_on_its_service(administrator, anyone):
    wanted, key = outage(20, services=["1.004222"], agency="H01"), uuid.uuid4().hex
    told, again = (administrator.post("/v1/outages", wanted, key=key).ok(201).body for _ in range(2))
    assert told == again
    assert {s["kind"] for s in told["suspends"]}
    assert all(s["citation"] for s in told["suspends"])
    assert told["starts_at"].endswith("+07:00")
    assert told in anyone.get("/v1/outages").ok().body["outages"]
    assert told["id"] in [o["id"] for o in anyone.get("/v1/services/1.004222").ok().body["outages"]]
    assert told["id"] not in [o["id"] for o in anyone.get(f"/v1/services/{story.PROCEDURE}").ok().body["outages"]]


@pytest.mark.rule("R39")
def test_a_planned_outage_that_is_announced_too_late_is_refused(administrator, anyone):
    before = anyone.get("/v1/outages").ok().body
    refused = administrator.post("/v1/outages", outage(2))
    assert set(rules(refused).values()) == {"R39"}
    assert anyone.get("/v1/outages").ok().body == before


@pytest.mark.rule("R39")
def test_force_majeure_with_its_reason_lifts_the_early_notice(administrator):
    late = outage(1, services=["1.004222"], agency="H01")
    assert rules(administrator.post("/v1/outages", {**late, "force_majeure": " "})), "a reason has words"
    told = administrator.post("/v1/outages", {**late, "force_majeure": "Bão số 9 làm mất điện"}).ok(201).body
    assert told["force_majeure"] == "Bão số 9 làm mất điện"


@pytest.mark.rule("R39")
def test_a_fault_that_nobody_planned_is_announced_at_once(administrator):
    assert (
        administrator.post("/v1/outages", outage(0, services=["1.004222"], agency="H01", planned=False)).status == 201
    )


def test_an_outage_ends_after_it_begins(administrator):
    assert rules(administrator.post("/v1/outages", outage(30, hours=-1)))


def test_an_outage_is_announced_for_ones_own_and_for_nothing_else(where, anyone):
    """What happened: a commune told the whole country that the registration of births was down."""
    commune, ministry = officer_of(where, "H01.10.24", "administrator"), officer_of(where, "G15", "administrator")
    before = anyone.get("/v1/outages").ok().body
    birth = outage(20, services=[story.PROCEDURE, "1.999999"])
    refused = problem(commune.post("/v1/outages", birth), 403, "not_its_services")
    assert refused["services"] == [story.PROCEDURE, "1.999999"]
    for other in ("H01", "H01.10.25", "H01.10.2", "G15"):
        problem(commune.post("/v1/outages", outage(20, agency=other)), 403, "not_allowed")
    assert anyone.get("/v1/outages").ok().body == before

    here = commune.post("/v1/outages", outage(20, services=[story.PROCEDURE], agency="H01.10.24")).ok(201).body
    whole = commune.post("/v1/outages", outage(20)).ok(201).body
    everywhere = ministry.post("/v1/outages", outage(20, services=[story.PROCEDURE])).ok(201).body
    assert [each["agency"] for each in (here, whole, everywhere)] == ["H01.10.24", "H01.10.24", None]
    shown = {o["id"]: o["agency"] for o in anyone.get(f"/v1/services/{story.PROCEDURE}").ok().body["outages"]}
    assert {each["id"]: each["agency"] for each in (here, whole, everywhere)}.items() <= shown.items()
