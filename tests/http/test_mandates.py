"""The life of a mandate over the API, by two tokens: what each side may, and every refusal by name."""

import threading
import uuid
from datetime import timedelta
from functools import partial

import pytest

from chalicelib.kernel.clock import utc_now
from chalicelib.law.clock import ZONE
from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules
from tests.support.world import events, partition, whole_list

OTHER_PROCEDURE = "1.000894"


class Side:
    """A citizen with a number and a name of their own."""

    def __init__(self, where, name, **claims):
        self.claims = {**story.somebody(), "name": name, **claims}
        self.client = story.citizen(where, **self.claims)

    @property
    def named(self):
        """How the other side names them."""
        return {"kind": "CITIZEN", "identity": self.claims["personal_id"], "name": self.claims["name"]}

    def offer(self, other, role="represented", **changes):
        """Offer a mandate."""
        body = {"role": role, "other": other.named, "procedures": [story.PROCEDURE], "storage": "PRINCIPAL"} | changes
        return self.client.post("/v1/mandates", {k: v for k, v in body.items() if v is not None})

    def act(self, mandate, act, **body):
        """Do something with a mandate."""
        return self.client.post(f"/v1/mandates/{mandate}/{act}", body)

    def read(self, mandate):
        """Read it."""
        return self.client.get(f"/v1/mandates/{mandate}")

    def change(self, mandate, version, **changes):
        """Offer other terms."""
        body = {"procedures": [story.PROCEDURE], "storage": "PRINCIPAL"} | changes
        return self.client.call("PUT", f"/v1/mandates/{mandate}", body, version=version)

    def revoke(self, mandate):
        """End it."""
        return self.act(mandate, "revocation", reason="Không còn cần")


@pytest.fixture
def sides(where):
    """Two who have nothing with each other yet."""
    return Side(where, "Nguyễn Thị Bích Liễu"), Side(where, "Trần Văn Thưởng")


def made(giver, agent, **changes):
    """A mandate that holds."""
    mandate = giver.offer(agent, **changes).ok(201).body["id"]
    agent.act(mandate, "confirmation", terms=1).ok()
    return mandate


def fence(where, mandate):
    """What a submission would find."""
    return next(iter(partition(where, "Identity", f"REPRESENTATION#{mandate}")), None)


def told(where, mandate):
    """The data of what was told of a mandate, in order."""
    rows = events(where, f"MANDATE#{mandate}")
    return [row["data"] for row in rows if row["type"] == "vn.motcua.representation.kept"]


def kept(where, mandate):
    """What the dossiers' room has heard."""
    return next(iter(partition(where, "Dossiers", f"REPRESENTATION#{mandate}")), None)


def day(days):
    """A day so many days from today, here."""
    return (utc_now().astimezone(ZONE) + timedelta(days=days)).date().isoformat()


# --- its life --------------------------------------------------------------------------------------------------------


def test_a_mandate_lives_by_two_tokens(cloud, where, sides):
    giver, agent = sides
    offered = giver.offer(agent, may=["supplement", "notices"], starts_on=day(0), ends_on=day(90)).ok(201)
    mandate = offered.body["id"]
    assert offered.headers["Location"] == f"/v1/mandates/{mandate}"
    assert offered.headers["ETag"] == '"1"'
    assert offered.body == giver.read(mandate).ok().body
    assert (offered.body["status"], offered.body["my_side"], offered.body["terms"]) == ("proposed", "represented", None)
    waiting = offered.body["waiting"]
    assert waiting | {"offered_at": ""} == {
        "number": 1, "procedures": [story.PROCEDURE], "may": ["file", "supplement", "notices"], "storage": "PRINCIPAL",
        "form": "plain", "evidence": None, "starts_on": day(0), "ends_on": day(90), "for_one_act": False,
        "allows_sub_mandates": False, "offered_by": "represented", "offered_at": "",
    }  # fmt: skip
    assert offered.body["not_known"] == ["represented_capacity", "representative_capacity"]
    number = agent.claims["personal_id"]
    assert offered.body["representative"] == {
        "kind": "CITIZEN", "name": "Trần Văn Thưởng", "identity": "*" * 9 + number[-3:], "acting": "",
    }  # fmt: skip
    assert fence(where, mandate) is None
    problem(giver.act(mandate, "confirmation", terms=1), 409, "signed_by_one_side")
    seen = agent.read(mandate).ok()
    assert (seen.body["my_side"], seen.body["waiting"]) == ("representative", waiting)

    confirmed = agent.act(mandate, "confirmation", terms=1).ok()
    assert confirmed.headers["ETag"] == '"2"'
    assert (confirmed.body["status"], confirmed.body["terms"], confirmed.body["waiting"]) == ("active", waiting, None)
    assert confirmed.body["closes"] == f"{day(91)}T00:00:00+07:00"
    cloud.wait_idle()
    assert kept(where, mandate)["said"]["state"] == "active"
    assert (fence(where, mandate)["is_active"], fence(where, mandate)["version"]) == (True, 1)

    changed = agent.change(mandate, 2, storage="BOTH", procedures=[OTHER_PROCEDURE]).ok()
    assert (changed.body["terms"]["number"], changed.body["waiting"]["number"]) == (1, 2)
    assert fence(where, mandate)["version"] == 1
    problem(agent.change(mandate, 2, storage="NONE"), 412, "lost_update")
    problem(giver.act(mandate, "confirmation", terms=1), 409, "terms_changed")
    assert giver.act(mandate, "confirmation", terms=2).ok().body["terms"]["storage"] == "BOTH"
    assert fence(where, mandate)["version"] == 2

    ended = giver.revoke(mandate).ok().body
    assert (ended["status"], ended["ended_why"], ended["ended_reason"]) == (
        "ended",
        "withdrawn_by_represented",
        "Không còn cần",
    )
    assert agent.read(mandate).ok().body == ended | {"my_side": "representative"}
    assert not fence(where, mandate)["is_active"]
    cloud.wait_idle()
    assert kept(where, mandate)["said"] | {"sealed": ""} == told(where, mandate)[-1] | {"sealed": ""}
    assert [each["state"] for each in told(where, mandate)] == ["active", "active", "ended"]


def test_the_representative_offers_too_and_each_side_has_it_on_its_list(where, sides):
    giver, agent = sides
    offered = [
        agent.offer(giver, "representative", procedures=[code]).ok(201).body["id"]
        for code in (story.PROCEDURE, OTHER_PROCEDURE, story.PROCEDURE)
    ]
    assert giver.act(offered[0], "confirmation", terms=1).ok().body["status"] == "active"
    for side in sides:
        assert [m["id"] for m in whole_list(side.client, "/v1/mandates", "mandates")] == offered[::-1]
    low = story.citizen(where, **giver.claims | {"level": 1})
    assert low.get("/v1/mandates").ok().body == {"mandates": [], "withheld": 3, "next": None}
    problem(low.get(f"/v1/mandates/{offered[0]}"), 403, "level_too_low")


def test_an_organisation_and_a_foreigner_are_sides_too(where, sides):
    """The person who signs for an organisation is kept with it; whoever signs for both sides makes none."""
    giver, _ = sides
    serial = f"{uuid.uuid4().int % 10**9:09d}"
    company = {"kind": "ORGANISATION", "organisation": f"0{serial}", "organisation_name": "Công ty TNHH Hoa Sen"}
    boss = Client.login(where, **story.somebody(), **company, name="Phạm Thu Hằng", level=2)
    own = Client.login(where, **company, name=giver.claims["name"], level=2,
                       sub="boss", personal_id=giver.claims["personal_id"])  # fmt: skip
    abroad = {"kind": "FOREIGNER", "document": f"USA:X{serial}", "name": "John Smith"}
    foreigner = Client.login(where, sub=f"foreigner-{serial}", **abroad)
    agent = {"kind": "ORGANISATION", "identity": f"0{serial}", "name": "Hoa Sen"}
    terms = {"procedures": [story.PROCEDURE], "storage": "BOTH"}
    mine = giver.client.post("/v1/mandates", {"role": "represented", "other": agent} | terms).ok(201).body["id"]
    confirmation = f"/v1/mandates/{mine}/confirmation"
    assert rules(own.post(confirmation, {"terms": 1})) == {"": "with_oneself"}
    confirmed = boss.post(confirmation, {"terms": 1}).ok().body
    assert confirmed["representative"] == {
        "kind": "ORGANISATION", "name": "Công ty TNHH Hoa Sen", "identity": f"0{serial}", "acting": "Phạm Thu Hằng",
    }  # fmt: skip
    assert confirmed["not_known"] == ["represented_capacity", "representative_existence"]
    theirs = foreigner.post("/v1/mandates", {"role": "represented", "other": agent} | terms).ok(201).body
    assert theirs["not_known"] == ["represented_age", "represented_capacity", "representative_existence"]
    boss.post(f"/v1/mandates/{theirs['id']}/confirmation", {"terms": 1}).ok()
    assert [m["status"] for m in whole_list(boss, "/v1/mandates", "mandates")] == ["active", "active"]
    boss.post(f"/v1/mandates/{theirs['id']}/revocation", {"reason": "Không làm nữa"}).ok()
    assert foreigner.get(f"/v1/mandates/{theirs['id']}").ok().body["ended_why"] == "withdrawn_by_representative"


@pytest.mark.parametrize("role", ["represented", "representative"])
def test_a_procedure_that_is_not_there_is_refused_by_name_in_offers_sub_offers_and_new_terms(sides, role, where):
    giver, agent = sides
    codes = [story.PROCEDURE, "1.999999", OTHER_PROCEDURE, "9.000001"]
    refused = giver.offer(agent, role, procedures=codes)
    problem(refused, 422, "mandate_invalid")
    assert rules(refused) == {"/procedures/1": "procedure_unknown", "/procedures/3": "procedure_unknown"}
    mandate = made(giver, agent, allows_sub_mandates=True)
    assert rules(giver.change(mandate, 2, procedures=codes[1:2])) == {"/procedures/0": "procedure_unknown"}
    third = Side(where, "Lê Thị Út")
    sub = {"other": third.named, "procedures": ["1.999999"], "storage": "PRINCIPAL"}
    assert "procedure_unknown" in rules(agent.client.post(f"/v1/mandates/{mandate}/submandates", sub)).values()
    assert giver.offer(third, procedures=[OTHER_PROCEDURE]).ok(201)


def test_a_cursor_of_another_list_is_refused(where, sides):
    giver, agent = sides
    for _ in range(52):
        giver.offer(agent).ok(201)
    first = giver.client.get("/v1/mandates").ok().body
    assert len(first["mandates"]) == 50
    assert len(whole_list(giver.client, "/v1/mandates", "mandates")) == 52
    problem(Side(where, "Lê Thị Út").client.get(f"/v1/mandates?cursor={first['next']}"), 404, "not_found")
    problem(giver.client.get("/v1/mandates?cursor=x"), 422, "body_invalid")
    assert set(rules(giver.client.get("/v1/mandates?side=mine"))) == {"/side"}


@pytest.mark.parametrize("side", [0, 1])
def test_either_side_ends_it(where, sides, side):
    mandate = made(*sides)
    assert sides[side].revoke(mandate).ok().body["status"] == "ended"
    assert not fence(where, mandate)["is_active"]
    for each in sides:
        refused = problem(each.revoke(mandate), 409, "mandate_over")
        assert refused["why"] == ("withdrawn_by_represented", "withdrawn_by_representative")[side]
        assert refused["since"].endswith("+07:00")


@pytest.mark.parametrize("side", [0, 1])
def test_what_waits_is_declined_or_taken_back(where, sides, side):
    giver, agent = sides
    mandate = giver.offer(agent).ok(201).body["id"]
    assert sides[side].act(mandate, "refusal", terms=1).ok().body["status"] == "declined"
    problem(agent.act(mandate, "confirmation", terms=1), 409, "mandate_over")
    assert fence(where, mandate) is None


def test_a_sub_mandate_is_offered_out_of_one_and_ends_with_it(where, sides):
    giver, agent = sides
    third = Side(where, "Lê Thị Út")
    mandate = made(giver, agent, allows_sub_mandates=True)
    body = {"other": third.named, "procedures": [story.PROCEDURE], "storage": "PRINCIPAL"}
    problem(giver.client.post(f"/v1/mandates/{mandate}/submandates", body), 403, "not_allowed")
    sub = agent.client.post(f"/v1/mandates/{mandate}/submandates", body).ok(201).body
    assert (sub["under"], sub["my_side"], sub["giver"]["name"]) == (mandate, "giver", "Trần Văn Thưởng")
    assert third.act(sub["id"], "confirmation", terms=1).ok().body["status"] == "active"
    assert giver.read(sub["id"]).ok().body["my_side"] == "represented"
    assert giver.read(mandate).ok().body["sub_mandates"] == [sub["id"]]
    giver.revoke(mandate).ok()
    ended = third.read(sub["id"]).ok().body
    assert (ended["status"], ended["ended_why"]) == ("ended", "first_ended")


# --- refused by name -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"storage": None}, {"/storage": "storage_clause_missing"}),
        ({"procedures": []}, {"/procedures": "scope_missing"}),
        ({"form": "certified"}, {"/evidence": "evidence_missing"}),
        (
            {"form": "certified", "evidence": {"kind": "FILE", "reference": "a.pdf"}},
            {"/evidence/sha256": "evidence_hash_missing"},
        ),
        ({"form": "notarised", "evidence": {"kind": "ID_APP", "reference": "1"}}, {"/evidence": "evidence_missing"}),
        ({"starts_on": "2199-01-02", "ends_on": "2199-01-01"}, {"/ends_on": "term_backwards"}),
        ({"ends_on": "2026-01-01"}, {"/ends_on": "term_over"}),
    ],
)
def test_a_mandate_that_is_none_is_refused_by_name(sides, changes, wrong):
    giver, agent = sides
    refused = giver.offer(agent, **changes)
    assert rules(refused) == wrong
    problem(refused, 422, "mandate_invalid")
    assert giver.client.get("/v1/mandates").ok().body["mandates"] == []


def test_a_mandate_with_oneself_is_none(sides):
    assert rules(sides[0].offer(sides[0])) == {"": "with_oneself"}


@pytest.mark.parametrize(
    ("born", "rule"), [(0, "too_young"), (-14, "too_young"), (-15, "age_unknown"), (-16, ""), (-17, "")]
)
@pytest.mark.parametrize("young", [0, 1])
def test_both_sides_are_old_enough(where, sides, young, born, rule):
    year = utc_now().astimezone(ZONE).year + born
    number = f"001{2 * (year // 100 - 19)}{year % 100:02d}{uuid.uuid4().int % 10**6:06d}"
    child = Side(where, "Lê Văn Bé", sub=f"citizen-{number}", personal_id=number)
    giver, agent = (child, sides[1]) if young == 0 else (sides[0], child)
    answer = giver.offer(agent)
    if rule == "age_unknown" and day(0)[5:] == "12-31":
        rule = ""  # on the last day of a year everybody born in it has had their birthday
    if rule:
        assert rules(answer) == {"": f"{('represented', 'representative')[young]}_{rule}"}
    else:
        answer.ok(201)


def test_two_do_not_represent_in_one_act(where, sides):
    giver, agent = sides
    third = Side(where, "Lê Thị Út")
    mandate = made(giver, agent)
    assert rules(giver.offer(third)) == {"/procedures": "overlap"}
    offered = third.offer(giver, "representative").ok(201).body["id"]
    assert rules(giver.act(offered, "confirmation", terms=1)) == {"/procedures": "overlap"}
    agent.revoke(mandate).ok()
    giver.act(offered, "confirmation", terms=1).ok()


def test_nobody_gives_on_what_he_was_not_given(where, sides):
    giver, agent = sides
    third = Side(where, "Lê Thị Út")
    mandate = made(giver, agent)
    body = {"other": third.named, "procedures": [OTHER_PROCEDURE], "storage": "PRINCIPAL", "may": ["pay"]}
    refused = agent.client.post(f"/v1/mandates/{mandate}/submandates", body)
    assert rules(refused) == {
        "": "sub_not_allowed",
        "/procedures": "beyond_own_power",
        "/may": "beyond_own_power",
    }


def test_a_stranger_a_portal_and_an_officer_find_none(where, sides):
    mandate = made(*sides)
    problem(Side(where, "Lê Thị Út").read(mandate), 404, "not_found")
    problem(Client.login(where, sub="portal", kind="PORTAL", client_id="portal").get(f"/v1/mandates/{mandate}"), 403)
    problem(story.officer(where, "reception").get(f"/v1/mandates/{mandate}"), 403, "not_allowed")


def test_naming_somebody_who_is_unknown_is_answered_as_naming_one_who_is_known(where, sides):
    giver, agent = sides
    made(agent, Side(where, "Lê Thị Út"))
    unknown = Side(where, "Trần Văn Thưởng")
    answers = [
        giver.offer(each, procedures=[code]).ok(201)
        for each, code in ((agent, story.PROCEDURE), (unknown, OTHER_PROCEDURE))
    ]
    bodies = [answer.body for answer in answers]
    assert bodies[0].keys() == bodies[1].keys()
    assert len(str(bodies[0])) == len(str(bodies[1]))
    assert [a.headers.keys() - {"Date"} for a in answers] == [answers[0].headers.keys() - {"Date"}] * 2


# --- keys, and at once -----------------------------------------------------------------------------------------------


def test_the_same_request_again_is_one_mandate_and_another_under_its_key_is_refused(sides):
    giver, agent = sides
    body = {"role": "represented", "other": agent.named, "procedures": [story.PROCEDURE], "storage": "AGENT"}
    one = giver.client.post("/v1/mandates", body, key="one").ok(201)
    again = giver.client.post("/v1/mandates", body, key="one").ok(201)
    assert (one.body, one.headers["ETag"]) == (again.body, again.headers["ETag"])
    problem(giver.client.post("/v1/mandates", body | {"storage": "BOTH"}, key="one"), 409, "key_reused")
    mandate = f"/v1/mandates/{one.body['id']}"
    for _ in range(2):
        assert agent.client.post(f"{mandate}/confirmation", {"terms": 1}, key="two").ok().body["status"] == "active"
    problem(agent.client.post(f"{mandate}/confirmation", {"terms": 2}, key="two"), 409, "key_reused")
    for _ in range(2):
        ended = agent.client.post(f"{mandate}/revocation", {"reason": "Không còn cần"}, key="three").ok()
        assert ended.body["status"] == "ended"
    assert ended.headers["ETag"] == '"3"'


def test_a_change_needs_the_version_it_was_made_on_and_twice_is_once(sides):
    giver, agent = sides
    mandate = giver.offer(agent).ok(201).body["id"]
    problem(giver.change(mandate, None), 428, "version_missing")
    one, again = (giver.change(mandate, 1, storage="NONE").ok() for _ in range(2))
    assert (one.body, one.headers["ETag"]) == (again.body, again.headers["ETag"])
    assert one.headers["ETag"] == '"2"'
    refused = problem(agent.change(mandate, 1, storage="AGENT"), 412, "lost_update")
    assert refused["current_version"] == 2


def at_once(*acts):
    """The answers of acts that begin together."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        gate.wait()
        answers[number] = act()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return answers


def test_of_two_who_end_it_at_once_one_did(where, sides):
    for _ in range(5):
        mandate = made(*sides)
        answers = at_once(*(partial(side.revoke, mandate) for side in sides))
        assert sorted(answer.status for answer in answers) == [200, 409]
        assert [each["state"] for each in told(where, mandate)] == ["active", "ended"]
        assert not fence(where, mandate)["is_active"]


def test_confirmed_and_revoked_at_once_it_never_holds_afterwards(where, sides):
    giver, agent = sides
    for _ in range(10):
        mandate = giver.offer(agent).ok(201).body["id"]
        confirmed, revoked = at_once(
            lambda mandate=mandate: agent.act(mandate, "confirmation", terms=1),
            lambda mandate=mandate: giver.revoke(mandate),
        )
        revoked.ok()
        assert confirmed.status in (200, 409)
        state = giver.read(mandate).ok().body["status"]
        assert state == ("ended" if confirmed.status == 200 else "declined")
        held = fence(where, mandate)
        assert held is None or not held["is_active"]
