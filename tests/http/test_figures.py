"""Figures of other systems over HTTP: sent, dropped, shown with their source, opened down to their rows."""

import requests

from infra.demo import story
from infra.demo.client import TIMEOUT, Client
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of

ROW = {
    "departmentId": story.AGENCY,
    "timeType": "month",
    "year": 2025,
    "month": 10,
    "formula": "monitoring-2026",
    "indicator": "online_share",
    "numerator": 40,
    "denominator": 50,
}
PERIOD = "2025-10"


def system(where, agency=story.AGENCY, roles=("integration",)):
    return Client.login(where, sub=f"figures-{agency}", kind="SERVICE", name="S", agency=agency, roles=list(roles))


def body(*rows, version=1, name="one-stop"):
    return {"system": name, "dialect": "portal_report", "version": version, "rows": list(rows)}


def shown(where, name):
    told = story.citizen(where).get(f"/v1/measures?unit={story.AGENCY}&period={PERIOD}").ok().body["elsewhere"]
    return [each for each in told if each["system"] == name]


def test_a_figure_is_sent_shown_with_its_source_corrected_and_opened(where):
    sender = system(where)
    first = sender.post("/v1/figures", body(ROW, name="sent")).ok(201).body
    assert (first["is_new"], first["rows"]) == (True, 1)
    again = sender.post("/v1/figures", body(ROW, name="sent")).ok(200).body
    assert (again["is_new"], again["batch"]) == (False, first["batch"])
    (told,) = shown(where, "sent")
    (figure,) = told["indicators"]
    assert told["source"] == f"{story.AGENCY}/sent/portal_report"
    assert (figure["numerator"], figure["denominator"], figure["ratio"]) == (40, 50, 80.0)
    assert (figure["dataQualityStatus"], figure["reportedStatus"], figure["doubts"]) == ("ok", None, [])
    second = sender.post("/v1/figures", body(ROW | {"numerator": 60}, version=2, name="sent")).ok(201).body
    (told,) = shown(where, "sent")
    assert (told["version"], told["batch"]) == (2, second["batch"])
    assert (told["indicators"][0]["ratio"], told["indicators"][0]["dataQualityStatus"]) == (None, "impossible")
    desk = officer_of(where, story.AGENCY, "leader")
    versions = desk.get(f"/v1/figures/versions?unit={story.AGENCY}&period={PERIOD}").ok().body["versions"]
    assert [each["version"] for each in versions if each["system"] == "sent"] == [1, 2]
    rows = desk.get(f"/v1/figures/{first['batch']}/rows").ok().body
    assert [(each["row"], each["told"]) for each in rows["rows"]] == [(0, ROW)]
    assert (rows["withheld"], rows["next"], rows["version"]) == (0, None, 1)
    others = officer_of(where, OTHER_AGENCY, "leader")
    problem(others.get(f"/v1/figures/{first['batch']}/rows"), 404, "not_found")
    problem(others.get(f"/v1/figures/versions?unit={story.AGENCY}&period={PERIOD}"), 403, "not_allowed")


def test_what_is_refused_names_its_row_and_keeps_nothing(where):
    sender = system(where)
    wrong = body(ROW, ROW | {"numerator": -1, "month": 9}, ROW | {"departmentId": OTHER_AGENCY}, name="refused")
    told = problem(sender.post("/v1/figures", wrong), 422, "body_invalid")
    assert {(each["pointer"], each["rule"]) for each in told["errors"]} == {
        ("/rows/1/numerator", "negative"),
        ("/rows/2/departmentId", "not_yours"),
    }
    assert shown(where, "refused") == []
    sender.post("/v1/figures", body(ROW, name="refused")).ok(201)
    told = problem(sender.post("/v1/figures", body(ROW | {"numerator": 1}, name="refused")), 409, "version_taken")
    assert told["unit"] == story.AGENCY
    problem(officer_of(where, story.AGENCY, "leader").post("/v1/figures", body(ROW)), 403, "not_allowed")
    problem(system(where, roles=("scanning",)).post("/v1/figures", body(ROW)), 403, "not_allowed")
    problem(story.citizen(where).get("/v1/figures"), 403, "not_allowed")


def drop(cloud, sender, name, data, **more):
    asked = {"system": "dropped", "dialect": "portal_report", "version": 1, "file": name} | more
    ticket = sender.post("/v1/figures/drops", asked).ok(201).body
    post = ticket["post"]
    requests.post(post["url"], data=post["fields"], files={"file": data}, timeout=TIMEOUT).raise_for_status()
    cloud.wait_idle()
    return ticket["key"]


def test_a_dropped_file_has_its_verdict_and_one_that_is_none_holds_back_nobody(cloud, where):
    sender = system(where)
    names = list(ROW)
    good = ",".join(names) + "\n" + ",".join(str(ROW[name]) for name in names) + "\n"
    keys = [
        drop(cloud, sender, name, data)
        for name, data in (("poison.csv", b"\xff\x00"), ("good.csv", good.encode()), ("again.csv", good.encode()))
    ]
    assert keys[1] == f"figures/{story.AGENCY}/dropped/portal_report/1/all/good.csv"
    (told,) = shown(where, "dropped")
    arrivals = sender.get("/v1/figures").ok().body["arrivals"]
    mine = {each["file"].rpartition("/")[2]: each for each in arrivals if each["way"] == "drop"}
    assert {name: each["verdict"] for name, each in mine.items()} == {
        "poison.csv": "refused",
        "good.csv": "taken",
        "again.csv": "duplicate",
    }
    assert mine["good.csv"]["batch"] == mine["again.csv"]["batch"] == told["batch"]
    assert [each["rule"] for each in mine["poison.csv"]["errors"]] == ["unreadable"]
    problem(sender.post("/v1/figures/drops", {"system": "x", "dialect": "emc", "version": 1, "file": "a.exe"}), 422)
    assert system(where, OTHER_AGENCY).get("/v1/figures").ok().body["arrivals"] == []
