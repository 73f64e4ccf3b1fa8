"""An agency keeps its staff here: enrolment with four eyes, deputies, leaving, files, mergers; over HTTP."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from chalicelib.kernel.clock import ZONE, utc_now
from infra.command.cli import app
from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules
from tests.support.sample import sampled
from tests.support.world import administrator, enrol, officer_of, partition, ready

AGENCY, HEIR, FREE, ALONE, MERGED, FOREIGN = (f"H01.10.{n}" for n in range(61, 67))
LONG_AGO = "2025-08-01"


def today(offset=0):
    return (utc_now().astimezone(ZONE).date() + timedelta(days=offset)).isoformat()


def person(where, subject, agency=AGENCY, *roles, **claims):
    """An officer by their token."""
    about = {"sub": subject, "kind": "OFFICER", "name": f"Cán bộ {subject}", "agency": agency, "roles": list(roles)}
    return Client.login(where, **about, **claims)


def kept_agency(where, agency, **entry):
    """An agency of this test alone."""
    about = {"name": "Ủy ban nhân dân xã Nhân Sự", "level": "commune", "parent": "H01", "valid_from": "2025-07-01"}
    chief = administrator(where, f"lap-{agency}")
    found = chief.get(f"/v1/agencies/{agency}")
    version = int(found.headers["ETag"].strip('"')) if found.status == 200 else 0
    path, body = f"/v1/agencies/{agency}", {"entries": [about | entry]}
    kept = chief.call("PUT", path, body, version=version).ok()
    if kept.body["waits"]:
        above = officer_of(where, "H01", "administrator")
        return above.call("PUT", path, body, version=kept.body["waits"]["version"]).ok()
    return kept


class Staff:
    """The administrators of an agency, and whom they enrolled."""

    def __init__(self, where, agency):
        self.where, self.agency = where, agency
        self.chief, self.second = person(where, f"chief-{agency}", agency), person(where, f"second-{agency}", agency)
        self.ids = {}

    def enrol(self, subject, *roles, by=None, opens=LONG_AGO, closes=None, **about):
        held = [{"role": role, "valid_from": opens, "valid_to": closes} for role in roles]
        body = {"subject": subject, "name": f"Cán bộ {subject}", "roles": held, **about}
        made = (by or self.chief).post("/v1/officers", body).ok(201)
        self.ids[subject] = made.body["id"]
        if made.body["waits"]:
            self.confirm(subject).ok()
        return made

    def confirm(self, subject, by=None, version=None):
        path = f"/v1/officers/{self.ids[subject]}"
        known = version or self.chief.get(path).ok().body["version"]
        return (by or self.second).post(f"{path}/confirmation", {"version": known})

    def leave(self, subject, to, day=None, by=None):
        path = f"/v1/officers/{self.ids[subject]}/leaving"
        return (by or self.chief).post(path, {"left_on": day or today(), "hand_over_to": self.ids[to]})


@pytest.fixture(scope="module")
def staff(cloud, where):
    """An agency whose staff is kept here, from its first two administrators on."""
    return opened(cloud, where, AGENCY)


def opened(cloud, where, agency):
    kept_agency(where, agency)
    signing = {f"ky-{agency}": "Lý Thanh Oanh", f"thay-{agency}": "Lý Thanh Oanh"}
    enrol(where, {agency: "Ủy ban nhân dân xã Nhân Sự"}, signing, agency)
    for who in ("chief", "second"):
        told = CliRunner().invoke(
            app,
            ["officers", "first", f"{who}-{agency}", f"Quản trị {who}", "--agency", agency, "--where", file(where)],
        )
        assert told.exit_code == 0, told.output
    cloud.wait_idle()
    return Staff(where, agency)


def file(where):
    return f"{where['folder']}/where.json"


def filed(where, scan, agency):
    citizen = story.citizen(where, **story.somebody())
    reference = ready(citizen, scan, agency=agency)
    story.submit(citizen, reference).ok(201)
    return reference


def task(reference, kind="receive"):
    return f"{reference}.0-commune.{kind}"


def on_list(who, reference):
    found, after = [], ""
    while after is not None:
        page = who.get(f"/v1/tasks?cursor={after}").ok().body
        found += [row["reference"] for row in page["tasks"]]
        after = page["next"]
    return reference in found


# --- enrolment ---------------------------------


def test_an_officer_works_as_enrolled_and_not_as_their_token_says(cloud, where, staff, small_scan):
    staff.enrol("tiep", "reception")
    cloud.wait_idle()
    reference = filed(where, small_scan, AGENCY)
    stranger = person(where, "la", AGENCY, "reception", "processing", "leader", "scanning")
    for path in (f"/v1/dossiers/{reference}", f"/v1/tasks/{task(reference)}", "/v1/tasks", "/v1/copies", "/v1/drops"):
        problem(stranger.get(path), 403, "not_allowed")
    problem(story.complete(stranger, task(reference), "accepted"), 403, "not_allowed")
    mine = person(where, "tiep", AGENCY)
    assert mine.get(f"/v1/dossiers/{reference}").status == 200
    assert on_list(mine, reference)
    assert story.complete(mine, task(reference), "accepted").ok().body["acted_for"] is None
    problem(person(where, "la", AGENCY, "administrator").get("/v1/officers"), 403, "not_allowed")


def test_a_dangerous_role_waits_for_another_administrator(cloud, where, staff):
    body = {"subject": "hai", "name": "Hai", "roles": [{"role": "leader", "valid_from": LONG_AGO}]}
    made = staff.chief.post("/v1/officers", body).ok(201)
    staff.ids["hai"] = made.body["id"]
    assert made.headers["Location"].endswith(made.body["id"])
    assert made.body["waits"]
    assert made.body["acts_as"] == []
    cloud.wait_idle()
    problem(person(where, "hai", AGENCY, "leader").get("/v1/tasks"), 403, "not_allowed")
    problem(staff.confirm("hai", by=staff.chief), 403, "same_person")
    problem(staff.confirm("hai", version=77), 412, "lost_update")
    done = staff.confirm("hai").ok().body
    assert done["acts_as"] == ["leader"]
    assert not done["waits"]
    problem(staff.confirm("hai"), 409, "nothing_to_confirm")
    cloud.wait_idle()
    assert person(where, "hai", AGENCY).get("/v1/tasks").status == 200


def test_the_log_of_an_officer_says_who_did_what(where, staff):
    staff.enrol("nhatky", "leader")
    pk = f"OFFICER#{AGENCY}#{staff.ids['nhatky']}"
    rows = [row for row in partition(where, "Identity", pk) if row["sk"].startswith("EVENT#")]
    assert [row["data"]["act"] for row in rows] == ["enrolled", "confirmed"]
    assert len({row["actor"] for row in rows}) == 2
    assert "nhatky" not in json.dumps(partition(where, "Identity", pk), default=str)


def test_the_same_request_again_enrols_once(staff):
    body = {"subject": "motlan", "name": "Một", "roles": [{"role": "reception", "valid_from": LONG_AGO}]}
    first = staff.chief.post("/v1/officers", body, key="one").ok(201).body
    assert staff.chief.post("/v1/officers", body, key="one").ok(201).body == first
    problem(staff.chief.post("/v1/officers", body | {"name": "Hai"}, key="one"), 409, "key_reused")
    problem(staff.chief.post("/v1/officers", body), 409, "already_enrolled")


def test_bad_input_is_named_by_field_and_rule(staff):
    def sent(**body):
        given = {"subject": uuid.uuid4().hex, "name": "X", "roles": [{"role": "reception", "valid_from": LONG_AGO}]}
        return rules(staff.chief.post("/v1/officers", given | body))

    held = {"role": "reception", "valid_from": LONG_AGO}
    assert sent(roles=[]) == {"/roles": "min_length"}
    assert sent(roles=[{**held, "valid_from": "2026-02-30"}]) == {"/roles/0/valid_from": "date"}
    assert sent(roles=[{**held, "valid_to": LONG_AGO}]) == {"/roles/0/valid_to": "order"}
    assert sent(roles=[held, held]) == {"/roles/1/valid_from": "overlap"}
    assert set(sent(roles=[{**held, "role": "king"}])) == {"/roles/0/role"}
    assert set(sent(kinds=["all"])) == {"/kinds/0"}
    assert sent(certificate={"serial": "1", "valid_from": today(), "valid_to": LONG_AGO}) == {
        "/certificate/valid_to": "order"
    }


def test_what_is_read_may_be_changed_by_who_read_it_last(staff):
    staff.enrol("sua", "reception")
    path = f"/v1/officers/{staff.ids['sua']}"
    read = staff.chief.get(path).ok()
    version = int(read.headers["ETag"].strip('"'))
    assert (
        staff.chief.call("PATCH", path, {"position": "Chuyên viên"}, version=version).ok().body["position"]
        == "Chuyên viên"
    )
    problem(staff.chief.call("PATCH", path, {"position": "X"}, version=version), 412, "lost_update")
    problem(staff.chief.call("PATCH", path, {"position": "X"}), 428, "version_missing")


def test_officers_are_listed_page_by_page_and_another_agencys_look_like_none(where, staff):
    for n in range(55):
        staff.enrol(f"nhieu-{n}", "scanning")
    first = staff.chief.get("/v1/officers").ok().body
    second = staff.chief.get(f"/v1/officers?cursor={first['next']}").ok().body
    seen = [row["id"] for row in (*first["officers"], *second["officers"])]
    assert len(first["officers"]) == 50
    assert len(seen) == len(set(seen)) >= 57
    foreign = officer_of(where, FOREIGN, "administrator")
    found = [foreign.get(f"/v1/officers/{name}") for name in (seen[0], "0" * 32, "x")]
    assert len({json.dumps({**a.body, "request_id": "", "instance": ""}, sort_keys=True) for a in found}) == 1
    problem(found[0], 404, "not_found")
    problem(foreign.get(f"/v1/officers?cursor={first['next']}"), 404, "not_found")
    problem(foreign.post(f"/v1/officers/{seen[0]}/return", {"on": today()}), 404, "not_found")


def test_an_agency_that_enrolled_nobody_stays_with_its_provider_and_may_begin_by_itself(cloud, where):
    one, two = (person(where, f"{n}-free", FREE, "administrator") for n in ("one", "two"))
    for who, name in ((one, "one-free"), (two, "two-free")):
        body = {"subject": name, "name": name, "roles": [{"role": "administrator", "valid_from": LONG_AGO}]}
        made = who.post("/v1/officers", body).ok(201).body
        assert one.get("/v1/officers/unmanned").ok().body == {"kept": False, "queues": []}
    problem(two.post(f"/v1/officers/{made['id']}/confirmation", {"version": 1}), 403, "same_person")
    one.post(f"/v1/officers/{made['id']}/confirmation", {"version": 1}).ok()
    problem(one.get("/v1/officers"), 403, "not_allowed")
    listed = two.get("/v1/officers").ok().body["officers"]
    mine = next(o for o in listed if o["subject"] == "one-free")
    two.post(f"/v1/officers/{mine['id']}/confirmation", {"version": 1}).ok()
    assert one.get("/v1/officers").status == 200
    cloud.wait_idle()


# --- absence, leaving ---------------------------------


def test_a_deputy_completes_for_who_is_absent_and_the_task_says_so(cloud, where, staff, small_scan):
    staff.enrol("vang", "reception")
    staff.enrol("thaythe", "scanning")
    path = f"/v1/officers/{staff.ids['vang']}"
    days = {"valid_from": today(), "valid_to": today(3)}
    assert rules(staff.chief.post(f"{path}/absences", days | {"deputy": staff.ids["vang"]})) == {"/deputy": "self"}
    view = staff.chief.post(f"{path}/absences", days | {"deputy": staff.ids["thaythe"]}).ok().body
    assert view["absences"] == [days | {"deputy": staff.ids["thaythe"], "grave": False}]
    assert view["acts_as"] == []
    chain = {"valid_from": today(1), "valid_to": today(2)}
    assert rules(staff.chief.post(f"/v1/officers/{staff.ids['thaythe']}/absences", chain)) == {"/valid_from": "chain"}
    cloud.wait_idle()
    reference = filed(where, small_scan, AGENCY)
    problem(story.complete(person(where, "vang", AGENCY, "reception"), task(reference), "accepted"), 403, "not_allowed")
    done = story.complete(person(where, "thaythe"), task(reference), "accepted").ok().body
    assert done["acted_for"] == staff.ids["vang"]
    staff.chief.post(f"{path}/return", {"on": today()}).ok()
    cloud.wait_idle()
    assert person(where, "vang").get("/v1/tasks").status == 200


def test_whoever_leaves_completes_nothing_more_though_nobody_has_heard_of_it_yet(cloud, where, staff, small_scan):
    leaving = [f"roi-{n}" for n in sampled(range(50), 12)]
    for subject in (*leaving, "o-lai"):
        staff.enrol(subject, "reception")
    cloud.wait_idle()
    reference = filed(where, small_scan, AGENCY)

    def race(subject):
        who = person(where, subject, AGENCY, "reception")
        assert who.get(f"/v1/tasks/{task(reference)}").status == 200
        staff.leave(subject, "o-lai").ok()
        return story.complete(who, task(reference), "accepted")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(race, leaving))
    assert {(answer.status, answer.body["code"]) for answer in answers} == {(403, "not_allowed")}
    assert story.complete(person(where, "o-lai"), task(reference), "accepted").status == 200


def test_the_last_administrator_neither_leaves_nor_loses_the_role(cloud, where):
    alone = opened(cloud, where, ALONE)
    alone.enrol("ai", "reception")
    heads = {o["subject"]: o for o in alone.chief.get("/v1/officers").ok().body["officers"]}
    alone.ids |= {name: head["id"] for name, head in heads.items()}
    alone.leave(f"second-{ALONE}", "ai", by=alone.second).ok()
    refused = alone.leave(f"chief-{ALONE}", "ai")
    assert problem(refused, 409, "last_administrator")["since"] == today()
    path = f"/v1/officers/{alone.ids[f'chief-{ALONE}']}"
    roles = {"roles": [{"role": "reception", "valid_from": LONG_AGO}]}
    problem(alone.chief.call("PATCH", path, roles, version=1), 409, "last_administrator")
    problem(alone.second.get("/v1/officers"), 403, "not_allowed")


# --- files ---------------------------------


HEADING = "subject,name,roles,valid_from,valid_to,position,left_on,hand_over_to\n"


def test_a_file_of_joiners_and_leavers_is_taken_in_row_by_row_and_again_is_harmless(cloud, where, staff):
    staff.enrol("di", "reception")
    text = HEADING + f"den,Đến,reception scanning,{LONG_AGO},,Chuyên viên,,\nsep,Sếp,leader,{LONG_AGO},,,,\n"
    text += f"di,,,,,,{today()},den\n"
    told = staff.chief.post("/v1/officers/import", {"csv": text}).ok().body["rows"]
    assert [(row["place"], row["verdict"]) for row in told] == [
        ("/csv/2", "proposed"), ("/csv/3", "proposed"), ("/csv/4", "left"),
    ]  # fmt: skip
    again = staff.chief.post("/v1/officers/import", {"csv": "\ufeff" + text.replace(",", ";")}).ok().body["rows"]
    assert {row["verdict"] for row in again} == {"unchanged"}
    rows = [{"subject": "json", "name": "Json", "roles": "reception", "valid_from": LONG_AGO}]
    (one,) = staff.chief.post("/v1/officers/import", {"rows": rows}).ok().body["rows"]
    assert (one["place"], one["verdict"]) == ("/rows/0", "proposed")


def test_one_bad_row_and_nothing_is_written(where, staff):
    before = len(whole(staff))
    text = (
        HEADING
        + f"tot,Tốt,reception,{LONG_AGO},,,,\nxau,Xấu,king,2026-02-30,,,,\n,Không tên,reception,{LONG_AGO},,,,\n"
    )
    text += "la-ai,,,,,,2026-12-01,tot\ntot,Hai,reception,2026-01-01,,,,\n"
    refused = staff.chief.post("/v1/officers/import", {"csv": text})
    assert rules(refused) == {
        "/csv/3/roles": "enum",
        "/csv/4/subject": "required",
        "/csv/5/subject": "unknown",
        "/csv/6/subject": "duplicate",
    }
    named = {error["pointer"]: error["message"] for error in refused.body["errors"]}
    assert named["/csv/3/roles"].startswith("Dòng 3, cột roles")
    assert len(whole(staff)) == before
    assert rules(staff.chief.post("/v1/officers/import", {"csv": "a,b\n1,2,3\n"})).keys() >= {"/csv/1"}
    assert rules(staff.chief.post("/v1/officers/import", {})) == {"/rows": "missing"}
    assert rules(staff.chief.post("/v1/officers/import", {"csv": "x", "rows": [{"subject": "x"}]})) == {"": "one_of"}


def whole(staff):
    found, after = [], ""
    while after is not None:
        page = staff.chief.get(f"/v1/officers?cursor={after}").ok().body
        found += page["officers"]
        after = page["next"]
    return found


def test_the_command_takes_a_file_in_too(cloud, where, staff, tmp_path):
    def motcua(*arguments):
        return CliRunner().invoke(app, ["officers", *map(str, arguments), "--agency", AGENCY, "--where", file(where)])

    path = tmp_path / "staff.csv"
    path.write_text(HEADING + f"lenh,Lệnh,reception,{LONG_AGO},,,,\n", "utf-8-sig")
    assert "nothing was written" in motcua("import", path, "--dry-run").stdout
    done = motcua("import", path, "--json")
    assert (done.exit_code, json.loads(done.stdout)[0]["verdict"]) == (0, "enrolled")
    path.write_text(HEADING + f"lenh2,Lệnh,king,{LONG_AGO},,,,\n", "utf-8")
    bad = motcua("import", path)
    assert bad.exit_code == 7
    assert "Line 2, column roles" in bad.stdout
    assert motcua("import", tmp_path / "none.csv").exit_code == 3
    assert motcua("first", "third", "Người thứ ba").exit_code == 4


# --- agencies that merged ---------------------------------


def test_the_work_of_an_agency_that_merged_is_its_successors_and_what_nobody_does_is_listed(cloud, where, small_scan):
    heirs = opened(cloud, where, HEIR)
    kept_agency(where, MERGED)
    enrol(where, {MERGED: "Ủy ban nhân dân xã Cũ"}, {}, MERGED)
    cloud.wait_idle()
    reference = filed(where, small_scan, MERGED)
    old = person(where, "cu", MERGED, "reception", "processing")
    assert on_list(old, reference)
    kept_agency(where, MERGED, valid_to=today(), successors=[HEIR])
    cloud.wait_idle()
    for path in ("/v1/tasks", f"/v1/tasks/{task(reference)}", f"/v1/dossiers/{reference}"):
        problem(old.get(path), 403, "not_allowed")
    told = heirs.chief.get("/v1/officers/unmanned").ok().body
    assert [(q["agency"], q["kind"]) for q in told["queues"]] == [(MERGED, "receive")]
    heirs.enrol("moi", "reception")
    cloud.wait_idle()
    new = person(where, "moi", HEIR)
    assert on_list(new, reference)
    assert new.get(f"/v1/dossiers/{reference}").ok().body["holding"]["agency"] == MERGED
    assert story.complete(new, task(reference), "accepted").status == 200
    assert heirs.chief.get("/v1/officers/unmanned").ok().body["queues"][0]["kind"] == "verify"
