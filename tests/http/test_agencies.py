"""Agencies by date and their tree, and outages: everybody reads, an administrator keeps."""

import uuid
from datetime import datetime, timedelta

import pytest

from chalicelib.kernel.clock import ZONE, utc_now
from infra.demo import story
from infra.demo.client import Client
from tests.support import world
from tests.support.asserts import problem, rules
from tests.support.catalogue import fresh_agency, fresh_code, in_days, today
from tests.support.world import officer_of, partition, whole_list


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
def test_a_rename_is_by_date(where, anyone, name):
    first, second = (world.administrator(where, f"{each}-{name}") for each in ("mot", "hai"))
    then = in_days(5).isoformat()
    old, new = entry(valid_to=then), entry(name="Phòng Tư pháp mới", valid_from=then)
    keep(first, name, old, new).ok()
    read = anyone.get(f"/v1/agencies/{name}").ok().body
    assert read["name"] == "Phòng Tư pháp"
    assert [e["name"] for e in read["entries"]] == ["Phòng Tư pháp", "Phòng Tư pháp mới"]
    moved = {**old, "valid_to": today().isoformat()}, {**new, "valid_from": today().isoformat()}
    for who, version in ((first, 1), (second, 2)):
        keep(who, name, *moved, version=version).ok()
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


@pytest.mark.rule("R34", "other_body", "too_long", "lower_case")
@pytest.mark.parametrize("name", ["Z01", "Z99.1", "h01.1", "H1", "H01..1", "H01.é", "H01." + "1" * 32])
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
        "reason": "maintenance",
        "text_vi": "Bảo trì hệ thống",
        "text_en": "Maintenance",
        "fallback_vi": "Nộp trực tiếp tại Bộ phận Một cửa",
        "fallback_en": "Hand it in at the one-stop unit",
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


@pytest.mark.rule("R39", "shorter")
def test_a_planned_outage_that_is_announced_too_late_is_refused(administrator, anyone):
    before = anyone.get("/v1/outages").ok().body
    refused = administrator.post("/v1/outages", outage(2))
    assert set(rules(refused).values()) == {"R39"}
    assert anyone.get("/v1/outages").ok().body == before


@pytest.mark.rule("R39", "recovery", "fallback")
def test_a_notice_without_recovery_or_fallback_is_refused_and_people_read_both(administrator, anyone):
    asked = outage(20, services=["1.004222"], agency="H01")
    assert set(rules(administrator.post("/v1/outages", {k: v for k, v in asked.items() if k != "ends_at"}))) == {
        "/ends_at"
    }
    assert rules(administrator.post("/v1/outages", {**asked, "fallback_en": ""})) == {"/fallback_vi": "R39"}
    told = administrator.post("/v1/outages", asked).ok(201).body
    shown = next(o for o in anyone.get("/v1/services/1.004222").ok().body["outages"] if o["id"] == told["id"])
    assert (shown["fallback_vi"], shown["ends_at"]) == (asked["fallback_vi"], told["ends_at"])


@pytest.mark.rule("R39", "force_majeure")
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


def test_nobody_announces_an_outage_of_the_past_or_of_years(administrator, anyone):
    """One administrator would move what is due by as much: the pack bounds both, as policy."""
    before = anyone.get("/v1/outages").ok().body
    down = {"services": ["1.004222"], "agency": "H01", "planned": False, "reason": "system_fault"}
    past = administrator.post("/v1/outages", outage(-3.1, hours=100, **down))
    assert rules(past) == {"/starts_at": "outage_begun"}
    assert "72 giờ" in past.body["errors"][0]["message"]
    assert "chính sách" in past.body["errors"][0]["message"]
    assert rules(administrator.post("/v1/outages", outage(-1 / 24, hours=24 * 30 + 1, **down))) == {
        "/ends_at": "outage_longest"
    }
    assert rules(administrator.post("/v1/outages", outage(20, hours=24 * 3000))) == {"/ends_at": "outage_longest"}
    assert anyone.get("/v1/outages").ok().body == before
    told = administrator.post("/v1/outages", outage(-2.9, hours=24 * 30, **down)).ok(201).body
    longer = {"ends_at": later(told, minutes=1), "why": "Lâu hơn"}
    path = f"/v1/outages/{told['id']}"
    assert rules(administrator.call("PATCH", path, longer, version=1)) == {"/ends_at": "outage_longest"}
    shorter = {"ends_at": later(told, minutes=-1), "why": "Sớm hơn"}
    administrator.call("PATCH", path, shorter, version=1).ok()


def test_a_fault_that_nobody_foresaw_has_begun_when_it_is_announced(administrator):
    """What happened: one administrator stopped the clock of weeks to come by "faults" that nobody can foresee."""
    ahead = outage(3, agency=fresh_agency(), planned=False, reason="system_fault")
    refused = administrator.post("/v1/outages", ahead)
    assert rules(refused) == {"/starts_at": "outage_ahead"}
    assert "chính sách" in refused.body["errors"][0]["message"]
    excused = {**ahead, "force_majeure": "Bão số 9"}
    assert rules(administrator.post("/v1/outages", excused)) == {"/starts_at": "outage_ahead"}, "a storm is foreseen"
    administrator.post("/v1/outages", {**excused, "planned": True}).ok(201)
    a_clock_that_is_fast = outage(5 / 24 / 60, agency=fresh_agency(), planned=False, reason="system_fault")
    administrator.post("/v1/outages", a_clock_that_is_fast).ok(201)


def test_outages_of_the_same_are_counted_together(where, administrator, anyone):
    """What happened: one administrator chained outages of fifteen days, each within the bound of one."""
    here = {"agency": fresh_agency(), "services": [fresh_code()]}

    def announce(days, lasts, **changes):
        return administrator.post("/v1/outages", outage(days, hours=24 * lasts, **{**here, **changes}))

    first = announce(12, 15).ok(201).body
    announce(27, 15).ok(201)
    for days, lasts in ((42, 1), (52, 1), (11.9, 1)):
        chained = announce(days, lasts)
        assert rules(chained) == {"/ends_at": "outage_together"}, days
    assert "60 ngày" in chained.body["errors"][0]["message"]
    assert "chính sách" in chained.body["errors"][0]["message"]
    assert rules(announce(42, 1, services=[])) == {"/ends_at": "outage_together"}, "all services are that one, too"
    below = f"{here['agency']}.01"
    assert rules(announce(42, 1, agency=below)) == {"/ends_at": "outage_together"}, "an agency below it is of it"
    assert rules(announce(42, 1, agency="H01")) == {"/ends_at": "outage_together"}, "and it is of the one above"
    announce(20, 5).ok(201)  # what lies within the others takes no more days
    announce(42, 15, services=[fresh_code()]).ok(201)
    announce(42, 15, agency=fresh_agency()).ok(201)
    announce(73, 15).ok(201)  # of 60 days it takes no more than 30, with those before
    path, longer = f"/v1/outages/{first['id']}", {"why": "Đã bảo trì xong"}
    administrator.post(f"{path}/withdrawal", longer).ok()
    announce(42, 1).ok(201)


def test_the_end_of_an_outage_moves_no_further_than_its_neighbours_leave(administrator):
    down = {"agency": fresh_agency(), "services": [fresh_code()]}
    administrator.post("/v1/outages", outage(12, hours=24 * 20, **down)).ok(201)
    second = administrator.post("/v1/outages", outage(32, hours=24 * 10, **down)).ok(201).body
    path = f"/v1/outages/{second['id']}"
    longer = {"ends_at": later(second, minutes=1), "why": "Lâu hơn"}
    assert rules(administrator.call("PATCH", path, longer, version=1)) == {"/ends_at": "outage_together"}
    shorter = {"ends_at": later(second, hours=-1), "why": "Sớm hơn"}
    administrator.call("PATCH", path, shorter, version=1).ok()


def test_an_agency_above_announces_what_lasts_longer(where, administrator):
    """A fault may last longer than the days of one agency: a second administrator, of one above, sees to it."""
    commune = fresh_agency()
    own = officer_of(where, commune, "administrator")
    down = {"agency": commune, "services": [fresh_code()]}
    own.post("/v1/outages", outage(12, hours=24 * 30, **down)).ok(201)
    more = outage(42, hours=24, **down)
    assert rules(own.post("/v1/outages", more)) == {"/ends_at": "outage_together"}
    administrator.post("/v1/outages", more).ok(201)
    after = outage(43, hours=1, **down)
    assert rules(own.post("/v1/outages", after)) == {"/ends_at": "outage_together"}, "theirs count for those below"


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


def test_an_outage_has_a_reason_of_the_list_that_everybody_reads(administrator, anyone):
    listed = anyone.get("/v1/outages").ok().body["reasons"]
    maintenance = next(reason for reason in listed if reason["code"] == "maintenance")
    assert maintenance["text_vi"] == "Bảo trì, bảo dưỡng hệ thống"
    told = administrator.post("/v1/outages", outage(20, services=["1.004222"], agency="H01")).ok(201).body
    assert (told["reason"], told["announcer"]) == (maintenance, "H01")
    (shown,) = [o for o in anyone.get("/v1/services/1.004222").ok().body["outages"] if o["id"] == told["id"]]
    assert shown["reason"] == maintenance
    assert rules(administrator.post("/v1/outages", outage(20, reason="mưa"))) == {"/reason": "outage_reason"}
    assert rules(administrator.post("/v1/outages", outage(20, reason=None))) == {"/reason": "string_type"}


def fault(who, **changes):
    """A fault since an hour ago for one service here, which ends in two hours."""
    down = {"planned": False, "reason": "system_fault", "services": ["1.004222"], "agency": "H01"}
    return who.post("/v1/outages", outage(-1 / 24, hours=3, **down, **changes)).ok(201).body


def later(told, **by):
    return (datetime.fromisoformat(told["ends_at"]) + timedelta(**by)).isoformat()


def shown(anyone, told):
    """The outage as the list, its service and its own page show it, and its version."""
    listed = [o for o in anyone.get("/v1/outages").ok().body["outages"] if o["id"] == told["id"]]
    of_service = [o for o in anyone.get("/v1/services/1.004222").ok().body["outages"] if o["id"] == told["id"]]
    own = anyone.get(f"/v1/outages/{told['id']}").ok()
    assert [o["ends_at"] for o in listed] == [o["ends_at"] for o in of_service]
    assert listed in ([], [own.body])
    return listed, own.headers["ETag"]


def kept_of(where, told):
    """What its log says, and where it stands in the list."""
    rows = partition(where, "Catalogue", f"OUTAGE#{told['id']}")
    events = [row["type"].removeprefix("vn.motcua.") for row in rows if row["sk"].startswith("EVENT#")]
    return events, [r["sk"] for r in partition(where, "Catalogue", "OUTAGES") if r["sk"].endswith(told["id"])]


def test_the_end_of_an_outage_is_moved_and_everybody_sees_it(where, administrator, anyone):
    told = fault(administrator)
    path, why = f"/v1/outages/{told['id']}", "Chờ thêm thiết bị"
    assert shown(anyone, told) == ([told], '"1"')
    change = {"ends_at": later(told, hours=3), "why": why}
    problem(administrator.call("PATCH", path, change), 428, "version_missing")
    assert problem(administrator.call("PATCH", path, change, version=4), 412)["current_version"] == 1
    moved = administrator.call("PATCH", path, change, version=1).ok(200)
    assert moved.headers["ETag"] == '"2"'
    assert (moved.body["ends_at"], moved.body["changed_why"]) == (change["ends_at"], why)
    assert moved.body["suspends"] == told["suspends"] != []
    assert shown(anyone, told) == ([moved.body], '"2"')
    problem(administrator.call("PATCH", path, change, version=1), 412, "lost_update")
    events, (place,) = kept_of(where, told)
    assert events == ["outage.announced", "outage.moved"]
    assert datetime.fromisoformat(place.split("#")[0]) == datetime.fromisoformat(change["ends_at"])


def test_an_end_that_cannot_be_is_named_with_its_rule(where, administrator, anyone):
    told = fault(administrator)
    before = kept_of(where, told)
    for ends_at, rule in (
        (told["ends_at"], "outage_end_unchanged"),
        (later(told, minutes=-150), "outage_end_past"),
    ):
        change = {"ends_at": ends_at, "why": "Khắc phục xong"}
        assert rules(administrator.call("PATCH", f"/v1/outages/{told['id']}", change, version=1)) == {"/ends_at": rule}
    planned = administrator.post("/v1/outages", outage(20, services=["1.004222"], agency="H01")).ok(201).body
    change = {"ends_at": planned["starts_at"], "why": "Khắc phục xong"}
    answer = administrator.call("PATCH", f"/v1/outages/{planned['id']}", change, version=1)
    assert rules(answer) == {"/ends_at": "R39"}
    assert kept_of(where, told) == before
    assert shown(anyone, told) == ([told], '"1"')


def test_an_outage_that_has_begun_is_withdrawn_and_ends_now(where, administrator, anyone):
    told, key, why = fault(administrator), uuid.uuid4().hex, {"why": "Đã khắc phục xong"}
    path = f"/v1/outages/{told['id']}"
    gone, again = (administrator.post(f"{path}/withdrawal", why, key=key).ok(200) for _ in range(2))
    assert (gone.body, gone.headers["ETag"]) == (again.body, again.headers["ETag"])
    assert gone.body["withdrawn"]
    assert told["starts_at"] <= gone.body["ends_at"] == gone.body["changed_at"] < told["ends_at"]
    assert gone.body["suspends"] == told["suspends"], "until then"
    assert shown(anyone, told) == ([], '"2"')
    assert kept_of(where, told)[0] == ["outage.announced", "outage.withdrawn"]
    assert len(kept_of(where, told)[1]) == 1
    problem(administrator.post(f"{path}/withdrawal", {"why": "Lý do khác"}, key=key), 409, "key_reused")
    over = problem(administrator.post(f"{path}/withdrawal", why), 409, "outage_over")
    assert (over["since"], over["withdrawn"]) == (gone.body["ends_at"], True)
    change = {"ends_at": later(told, hours=1), "why": "Lại hỏng"}
    problem(administrator.call("PATCH", path, change, version=2), 409, "outage_over")


def test_an_outage_that_has_not_begun_is_withdrawn_and_vanishes(where, administrator, anyone):
    told = administrator.post("/v1/outages", outage(20, services=["1.004222"], agency="H01")).ok(201).body
    assert shown(anyone, told)[0] == [told]
    gone = administrator.post(f"/v1/outages/{told['id']}/withdrawal", {"why": "Không bảo trì nữa"}).ok(200).body
    assert (gone["withdrawn"], gone["suspends"], gone["ends_at"]) == (True, [], told["ends_at"])
    assert shown(anyone, told) == ([], '"2"')
    assert kept_of(where, told) == (["outage.announced", "outage.withdrawn"], [])
    assert anyone.get(f"/v1/outages/{told['id']}").ok().body == gone


def test_only_the_agency_that_announced_an_outage_changes_it(where, administrator, anyone):
    commune = officer_of(where, "H01.10.24", "administrator")
    told = commune.post("/v1/outages", outage(20, services=["1.004222"], agency="H01.10.24")).ok(201).body
    path, change = f"/v1/outages/{told['id']}", {"ends_at": later(told, hours=-1), "why": "Xong sớm hơn"}
    for other in (administrator, officer_of(where, "H01.10.25", "administrator")):
        refused = problem(other.call("PATCH", path, change, version=1), 403, "not_its_outage")
        assert refused["announcer"] == "H01.10.24"
        problem(other.post(f"{path}/withdrawal", {"why": "Không phải"}), 403, "not_its_outage")
    editor = officer_of(where, "H01.10.24", "editor")
    assert problem(editor.call("PATCH", path, change, version=1), 403, "not_allowed")["act"] == "outage.change"
    assert shown(anyone, told) == ([told], '"1"')
    commune.call("PATCH", path, change, version=1).ok(200)
    problem(anyone.get("/v1/outages/0123456789abcdef"), 404, "not_found")


# --- counters ----------------------------------------------------------------------------------------------------


@pytest.fixture
def publisher(where):
    return officer_of(where, "H01", "publisher")


def counter(**changes):
    fee = {"type": "FEE", "amount": 8000, "currency": "VND", "citation": "Nghị quyết 12/2026/NQ-HĐND"}
    return {"valid_from": "2026-01-01", "fees": [fee], "hours_vi": "7:30-17:00", "address_vi": "Quầy 14", **changes}


def keep_counter(who, agency, *entries, code=story.PROCEDURE, version=0):
    return who.call("PUT", f"/v1/agencies/{agency}/counters/{code}", {"entries": list(entries)}, version=version)


def confirmed(where, agency, *entries, code=story.PROCEDURE):
    """A counter that two publishers kept."""
    first, second = (world.publisher(where, f"{each}-{agency}") for each in ("mot", "hai"))
    keep_counter(first, agency, *entries, code=code).ok()
    return keep_counter(second, agency, *entries, code=code, version=1).ok()


def test_what_holds_at_a_counter_today_is_on_the_page_of_the_service_for_who_asks(
    administrator, publisher, anyone, name, where
):
    keep(administrator, name, entry()).ok()
    then = in_days(5).isoformat()
    old, new = counter(valid_to=then), counter(valid_from=then, hours_vi="8:00-17:00")
    kept = confirmed(where, name, old, new)
    assert (kept.headers["ETag"], kept.body["name"], len(kept.body["entries"])) == ('"2"', "Phòng Tư pháp", 2)
    assert anyone.get(f"/v1/agencies/{name}/counters/{story.PROCEDURE}").ok().body == kept.body
    page = f"/v1/services/{story.PROCEDURE}"
    assert anyone.get(page).ok().body["counters"] == []
    (shown,) = anyone.get(f"{page}?agency={name}").ok().body["counters"]
    assert shown == {**kept.body["entries"][0], "agency": name, "name": "Phòng Tư pháp"}
    assert (shown["fees"][0]["amount"], shown["hours_vi"], shown["valid_to"]) == (8000, "7:30-17:00", then)
    assert shown in anyone.get(f"{page}?province=H01").ok().body["counters"]
    assert shown not in anyone.get(f"{page}?province=H35").ok().body["counters"]
    assert problem(keep_counter(publisher, name, new), 412, "lost_update")["current_version"] == 2


def test_a_fee_at_a_counter_is_one_that_its_procedure_can_ask(administrator, publisher, anyone, name):
    """What happened: one publisher told everybody that a birth costs 10^11 đồng, or 10^12 dollars."""
    keep(administrator, name, entry()).ok()

    def ask(*fees, code=story.PROCEDURE):
        told = [
            {"type": kind, "citation": "Nghị quyết 12", "amount": amount, "currency": currency, "channel": channel}
            for kind, amount, currency, channel in fees
        ]
        return keep_counter(publisher, name, counter(fees=told), code=code)

    free, most, at = "1.000894", 100_000_000, "/entries/0/fees"
    for currency in ("USD", "EUR"):
        assert rules(ask(("FEE", 10**12, currency, None))) == {f"{at}/0/currency": "fee_currency"}
    told = ask(("FEE", 10**11, "VND", None))
    assert rules(told) == {f"{at}/0/amount": "payment_cap"}
    assert "chính sách" in told.body["errors"][0]["message"]
    both = ("FEE", most, "VND", None), ("SERVICE_FEE", 1, "VND", "DIRECT")
    assert rules(ask(*both)) == {f"{at}/1/amount": "payment_cap"}, "fees of two types are owed together"
    assert rules(ask(("FEE", 1, "VND", "DIRECT"), code=free)) == {f"{at}/0/amount": "fee_most"}
    for code in (story.PROCEDURE, free):
        assert anyone.get(f"/v1/agencies/{name}/counters/{code}").status == 404
    ask(("FEE", 0, "VND", None), code=free).ok()
    ask(("FEE", most, "VND", "ONLINE"), ("FEE", most - 1, "VND", "DIRECT")).ok()


@pytest.mark.parametrize("agency", ["H02", "G15", "H01.10.24"])
def test_a_counter_is_kept_by_its_agency_or_one_above_it_only(where, agency):
    below = officer_of(where, "H01.10.24.01", "publisher")
    problem(keep_counter(below, agency, counter()), 403, "not_allowed")


def test_what_is_wrong_with_a_counter_is_named(administrator, publisher, name):
    keep(administrator, name, entry()).ok()
    wrong = counter(valid_to="2025-01-01", fees=[{"type": "FEE", "citation": "Nghị quyết 1"}])
    assert rules(keep_counter(publisher, name, wrong)) == {
        "/entries/0/valid_to": "validity", "/entries/0/fees/0/amount": "fee",
    }  # fmt: skip
    assert set(rules(keep_counter(publisher, name, counter(fees=[{"type": "FEE"}])))) == {"/entries/0/fees/0/citation"}
    assert problem(keep_counter(publisher, name, counter(), code="9.999999"), 404, "not_found")["what"] == "procedure"
    assert problem(keep_counter(publisher, "H01.ZZZ", counter()), 404, "not_found")["what"] == "agency"


@pytest.mark.parametrize(("query", "field"), [("province=H1", "/province"), ("agency=.H01", "/agency")])
def test_a_place_that_is_none_is_refused_by_its_name(anyone, query, field):
    assert set(rules(anyone.get(f"/v1/services/{story.PROCEDURE}?{query}"))) == {field}
