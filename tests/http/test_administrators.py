"""No agency is without an administrator who is there: absences, deputies, two at once, and how one is mended; HTTP."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from typer.testing import CliRunner

from infra.command.cli import app
from infra.demo import story
from tests.http.test_staff import LONG_AGO, Staff, file, kept_agency, person, today
from tests.support.asserts import problem, rules

_NUMBERS = count(1)
FAR = today(300)


def first(where, agency, subject, name="Quản trị"):
    """An administrator as who operates the service makes one."""
    told = ["officers", "first", subject, name, "--agency", agency, "--where", file(where)]
    return CliRunner().invoke(app, told)


@pytest.fixture
def agency(where):
    name = f"H01.10.71.{next(_NUMBERS)}"
    kept_agency(where, name)
    return name


@pytest.fixture
def staff(where, agency):
    """An agency with two administrators and an officer."""
    for who in ("chief", "second"):
        told = first(where, agency, f"{who}-{agency}")
        assert told.exit_code == 0, told.output
    found = Staff(where, agency)
    found.ids |= {row["subject"]: row["id"] for row in found.chief.get("/v1/officers").ok().body["officers"]}
    found.enrol("anh", "reception")
    return found


@pytest.mark.parametrize("text", [" ", "\u2060", "\u3164", "...", "Lý\x00Oanh", "Lý\nOanh"])
def test_nobody_is_made_an_administrator_with_words_that_say_nothing(where, agency, text):
    for told in (first(where, agency, f"chief-{agency}", text), first(where, agency, text)):
        assert told.exit_code == 2, told.output


def away(staff, who, until=FAR, deputy=None, *, opens=None, by=None):
    body = {"valid_from": opens or today(), "valid_to": until}
    body |= {"deputy": staff.ids[deputy]} if deputy else {}
    mine = staff.second if who == names(staff)[1] else staff.chief
    return (by or mine).post(f"/v1/officers/{staff.ids[who]}/absences", body)


def names(staff):
    return f"chief-{staff.agency}", f"second-{staff.agency}"


def test_the_last_administrator_who_is_there_is_not_absent(staff):
    chief, second = names(staff)
    away(staff, second, until=today(9)).ok()
    refused = problem(away(staff, chief), 409, "last_administrator")
    assert refused["since"] == today()
    later = problem(away(staff, chief, opens=today(8)), 409, "last_administrator")
    assert later["since"] == today(8)
    assert away(staff, chief, opens=today(9)).status == 200, "the other one is there again"
    assert staff.chief.get("/v1/officers").status == 200


def test_a_deputy_counts_once_another_administrator_confirmed_and_as_long_as_they_are_there(staff):
    chief, second = names(staff)
    staff.enrol("lan", "reception")
    away(staff, second, deputy="anh", until=today(20)).ok()
    problem(away(staff, chief, until=today(20)), 409, "last_administrator")
    staff.confirm(second, by=staff.chief).ok()
    assert away(staff, chief, until=today(20), opens=today(1)).status == 200, "the deputy does it"
    left = problem(staff.leave("anh", "lan", today(5)), 409, "last_administrator")
    assert left["since"] == today(5)
    anh = f"/v1/officers/{staff.ids['anh']}"
    version = staff.chief.get(anh).ok().body["version"]
    roles = {"roles": [{"role": "reception", "valid_from": today(3)}]}
    problem(staff.chief.call("PATCH", anh, roles, version=version), 409, "last_administrator")
    assert staff.chief.call("PATCH", anh, {"position": "Chuyên viên"}, version=version).status == 200


def test_the_end_of_an_absence_takes_no_deputy_from_who_needs_one(staff):
    """The second one is back for one day, on which nothing is without; their role ends by nobody else meanwhile."""
    chief, second = names(staff)
    away(staff, second, deputy="anh", until=today(20), by=staff.second).ok()
    staff.confirm(second, by=staff.chief).ok()
    away(staff, chief, opens=today(2), until=today(20)).ok()
    path = f"/v1/officers/{staff.ids[second]}"
    version = staff.chief.get(path).ok().body["version"]
    roles = {"roles": [{"role": "administrator", "valid_from": today(), "valid_to": today(10)}]}
    assert rules(staff.chief.call("PATCH", path, roles, version=version)) == {"/roles": "second_administrator"}
    staff.chief.post(f"{path}/return", {"on": today(4)}).ok()


def test_of_two_administrators_who_go_absent_at_once_one_stays(staff):
    chief, second = names(staff)
    who = {chief: staff.chief, second: staff.second}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: away(staff, name, by=who[name]), who))
    assert sorted(answer.status for answer in answers) == [200, 409]
    told = [by.get("/v1/officers").status for by in who.values()]
    assert sorted(told) == [200, 403]


def test_who_operates_the_service_counts_who_is_there(where, staff):
    chief, second = names(staff)
    assert first(where, staff.agency, f"third-{staff.agency}").exit_code == 4, "two are there"
    away(staff, second).ok()
    assert first(where, staff.agency, f"third-{staff.agency}").exit_code == 0
    assert person(where, f"third-{staff.agency}", staff.agency).get("/v1/officers").status == 200
    assert first(where, staff.agency, f"fourth-{staff.agency}").exit_code == 4
    assert away(staff, chief).status == 200, "the third one is there"
    assert first(where, staff.agency, second).exit_code == 0, "who is made one anew is there again"
    assert staff.second.get("/v1/officers").status == 200


def test_what_has_no_effect_before_there_is_an_administrator_says_so(where, agency):
    boss = person(where, f"boss-{agency}", agency, "administrator")
    body = {"subject": f"dau-{agency}", "name": "Đầu", "roles": [{"role": "reception", "valid_from": LONG_AGO}]}
    made = boss.post("/v1/officers", body).ok(201).body
    assert made["in_effect"] is False
    assert "quản trị" in made["no_effect_vi"]
    assert "administrator" in made["no_effect_en"]
    gone = boss.post(f"/v1/officers/{made['id']}/absences", {"valid_from": today(), "valid_to": today(3)}).ok().body
    assert gone["in_effect"] is False
    row = {"subject": f"hai-{agency}", "name": "Hai", "roles": "reception", "valid_from": LONG_AGO}
    told = boss.post("/v1/officers/import", {"rows": [row]}).ok().body
    assert (told["in_effect"], bool(told["no_effect_vi"])) == (False, True)
    assert first(where, agency, f"chief-{agency}").exit_code == 0
    chief = person(where, f"chief-{agency}", agency)
    seen = chief.get(f"/v1/officers/{made['id']}").ok().body
    assert (seen["in_effect"], seen["no_effect_vi"], seen["no_effect_en"]) == (True, None, None)
    assert chief.post("/v1/officers/import", {"rows": [row]}).ok().body["in_effect"] is True


def test_an_absence_that_was_declared_before_leaves_no_agency_to_nobody(where, agency):
    boss = person(where, f"boss-{agency}", agency, "administrator")
    body = {"subject": f"chief-{agency}", "name": "Đầu", "roles": [{"role": "reception", "valid_from": LONG_AGO}]}
    made = boss.post("/v1/officers", body).ok(201).body
    boss.post(f"/v1/officers/{made['id']}/absences", {"valid_from": today(1), "valid_to": FAR}).ok()
    told = first(where, agency, f"chief-{agency}")
    assert told.exit_code == 0
    assert "no effect" in told.output
    assert boss.get("/v1/officers").status == 200, "its staff is its provider's still"


# --- what a refusal says -------------------------------------------------------------------------------------------


def test_a_refusal_says_which_right_is_asked_and_which_role_of_a_token_is_unknown(where, agency):
    told = problem(person(where, "x", agency, "recepton").get("/v1/officers"), 403, "not_allowed")
    assert (told["act"], told["roles"], told["unknown_roles"]) == ("officer.keep", ["administrator"], ["recepton"])
    told = problem(person(where, "x", agency, "reception").get("/v1/officers"), 403, "not_allowed")
    assert "unknown_roles" not in told
    assert "holders" not in told, "nobody is enrolled there"
    citizen = story.citizen(where, **story.somebody())
    told = problem(citizen.get("/v1/tasks"), 403, "not_allowed")
    assert (told["act"], told["roles"]) == ("task.list", ["leader", "processing", "reception", "scanning"])
    assert not {"holders", "unknown_roles"} & told.keys()


def test_an_enrolled_officer_reads_who_has_the_right_who_is_absent_and_who_stands_in(cloud, where, staff):
    staff.enrol("lan", "leader", position="Chủ tịch")
    staff.enrol("minh", "processing", position="Công chức địa chính")
    away(staff, "lan", until=today(9), deputy="minh", by=staff.second).ok()
    cloud.wait_idle()
    mine = person(where, "anh", staff.agency)

    def told(who=mine):
        return problem(who.get(f"/v1/late/petitions?agency={staff.agency}"), 403, "not_allowed")

    row = {"officer": staff.ids["lan"], "position": "Chủ tịch", "roles": ["leader"], "absent_until": today(9)}
    there = row | {"absent_until": None, "stands_in": None}
    assert told()["holders"] == [there], "they alone have the role, and no second administrator confirmed that they go"
    staff.confirm("lan", by=staff.chief).ok()
    cloud.wait_idle()
    deputy = {"officer": staff.ids["minh"], "position": "Công chức địa chính"}
    assert told()["holders"] == [row | {"stands_in": deputy}]
    assert told()["roles"] == ["leader"]
    keep = problem(mine.get("/v1/officers"), 403, "not_allowed")["holders"]
    assert {each["officer"] for each in keep} == {staff.ids[name] for name in names(staff)}
    for stranger in (person(where, "la", staff.agency, "reception"), person(where, "anh", "H01.10.25", "reception")):
        assert "holders" not in told(stranger), "of no agency of theirs"
    staff.leave("anh", "minh").ok()
    staff.confirm("anh").ok()
    cloud.wait_idle()
    assert "holders" not in told(), "who left is no officer of it"
