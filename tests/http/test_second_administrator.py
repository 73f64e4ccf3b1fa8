"""One administrator alone makes nobody who counts: whom they enrol acts once another administrator confirmed it."""

from itertools import count

import pytest
from typer.testing import CliRunner

from infra.command.cli import app
from tests.http.test_staff import LONG_AGO, file, opened, person, today
from tests.support.asserts import problem, rules
from tests.support.catalogue import fresh_agency

STRAW = ("reception", "processing", "scanning", "editor", "reviewer")
_SUBJECTS = count(1)


@pytest.fixture(scope="module")
def staff(cloud, where):
    """An agency of this file with two administrators, whose staff is kept here."""
    return opened(cloud, where, fresh_agency())


def held(*roles, opens=LONG_AGO, closes=None):
    return [{"role": role, "valid_from": opens, "valid_to": closes} for role in roles]


def fresh():
    return f"rom-{next(_SUBJECTS)}"


def proposed(staff, subject, *roles, by=None):
    """Somebody whom one administrator enrolled, as they are until another one looks."""
    body = {"subject": subject, "name": "Rơm", "roles": held(*roles)}
    made = (by or staff.chief).post("/v1/officers", body).ok(201).body
    staff.ids[subject] = made["id"]
    return made


def of(staff, subject):
    return staff.chief.get(f"/v1/officers/{staff.ids[subject]}").ok().body


def change(staff, subject, roles):
    path = f"/v1/officers/{staff.ids[subject]}"
    return staff.chief.call("PATCH", path, {"roles": roles}, version=of(staff, subject)["version"])


def test_whom_one_administrator_enrolled_acts_as_nothing_until_another_one_confirmed(cloud, where, staff):
    subject = fresh()
    made = proposed(staff, subject, *STRAW)
    assert (made["waits"], made["acts_as"], {role["confirmed"] for role in made["roles"]}) == (True, [], {False})
    cloud.wait_idle()
    straw = person(where, subject, staff.agency, *STRAW)
    for path in ("/v1/tasks", "/v1/archives", "/v1/copies"):
        problem(straw.get(path), 403, "not_allowed")
    problem(staff.confirm(subject, by=staff.chief), 403, "same_person")
    done = staff.confirm(subject).ok().body
    assert (done["waits"], done["acts_as"]) == (False, sorted(STRAW))
    cloud.wait_idle()
    assert straw.get("/v1/archives").status == 200


def test_more_roles_and_more_days_wait_and_fewer_count_at_once(staff):
    subject = fresh()
    proposed(staff, subject, "reception")
    change(staff, subject, held("reception", closes=today(30))).ok()
    staff.confirm(subject).ok()
    more = change(staff, subject, held("reception", "processing")).ok().body
    assert (more["waits"], more["acts_as"]) == (True, ["reception"])
    assert [(each["role"], each["valid_to"], each["confirmed"]) for each in more["roles"]] == [
        ("reception", today(30), True), ("reception", None, False), ("processing", None, False),
    ]  # fmt: skip
    staff.confirm(subject).ok()
    fewer = change(staff, subject, held("processing")).ok().body
    assert (fewer["waits"], fewer["acts_as"]) == (False, ["processing"])


def test_an_administrator_gives_themselves_nothing(staff):
    mine = next(o for o in staff.chief.get("/v1/officers").ok().body["officers"] if o["subject"].startswith("chief-"))
    staff.ids["chief"] = mine["id"]
    told = change(staff, "chief", held("administrator", opens=today()) + held("reception", "processing")).ok().body
    assert (told["waits"], told["acts_as"]) == (True, ["administrator"])
    problem(staff.confirm("chief", by=staff.chief), 403, "same_person")
    change(staff, "chief", held("administrator", opens=today())).ok()


def test_nobody_stands_in_whom_one_administrator_alone_made(staff):
    straw, away = fresh(), fresh()
    proposed(staff, straw, "scanning")
    staff.enrol(away, "reception")
    body = {"valid_from": today(), "valid_to": today(3), "deputy": staff.ids[straw]}
    path = f"/v1/officers/{staff.ids[away]}/absences"
    assert rules(staff.chief.post(path, body)) == {"/deputy": "unconfirmed"}
    staff.confirm(straw).ok()
    staff.chief.post(path, body).ok()


def test_a_file_of_one_administrator_waits_and_one_of_who_operates_the_service_counts(where, staff, tmp_path):
    mine, theirs = fresh(), fresh()
    heading = "subject,name,roles,valid_from\n"
    text = f"{heading}{mine},Rơm,reception,{LONG_AGO}\n"
    (row,) = staff.chief.post("/v1/officers/import", {"csv": text}).ok().body["rows"]
    assert row["verdict"] == "proposed"
    given = tmp_path / "staff.csv"
    given.write_text(f"{heading}{theirs},Thật,reception scanning,{LONG_AGO}\n", "utf-8")
    told = CliRunner().invoke(app, ["officers", "import", str(given), "--agency", staff.agency, "--where", file(where)])
    assert told.exit_code == 0, told.output
    shown = {o["subject"]: o for o in staff.chief.get("/v1/officers").ok().body["officers"]}
    assert (shown[mine]["acts_as"], shown[theirs]["acts_as"]) == ([], ["reception", "scanning"])
