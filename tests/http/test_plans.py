"""Plans of public services by the API: drafted, reviewed, issued, carried out (Decree 137/2024 Art. 8(5)-(6))."""

import csv
import io

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_kinds import FORMS
from tests.support.asserts import problem, rules, same_shape
from tests.support.catalogue import facts_of, opened
from tests.support.planned import DRAFTS, Province, planned, today
from tests.support.world import officer_of, partition, whole_list

PLANS = "/v1/plans"


@pytest.fixture
def province(where):
    return Province(where)


@pytest.fixture
def anyone(where):
    return Client(where)


def rows(who, path):
    """The table that a route gives."""
    answer = who.call("GET", path, None, Accept="text/csv")
    assert answer.status == 200, answer.body
    text = answer.body if isinstance(answer.body, str) else answer.body.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


@pytest.mark.rule("R45", "overdue")
@pytest.mark.rule("R45", "unissued")
def test_a_plan_goes_from_draft_to_late_item_by_three_roles(cloud, where, province, anyone, citizen):
    desk = province.service()
    body = province.body("U.000001", desk.code)
    plan = province.draft(body)
    drafted = province.editor.get(f"{DRAFTS}/{plan}").ok()
    assert (drafted.body["status"], drafted.headers["ETag"]) == ("draft", '"1"')

    for path in ("", "/services", "/services/U.000001"):
        same_shape(anyone.get(f"{PLANS}/{plan}{path}"), anyone.get(f"{PLANS}/nothing{path}"))
    assert anyone.get(f"{PLANS}?issuer={province.name}").ok().body == {"plans": [], "total": 0, "next": None}

    assert province.review(plan, accepted=False).ok().body["status"] == "draft"
    problem(province.issue(plan), 409, "plan_step")
    province.put(province.editor, plan, "", body).ok()
    assert province.review(plan).ok().body["status"] == "reviewed"
    issued = province.issue(plan).ok().body
    assert (issued["status"], issued["decision"]["number"]) == ("issued", "15/KH-UBND")

    read = anyone.get(f"{PLANS}/{plan}").ok()
    assert read.headers["Cache-Control"].startswith("public")
    assert read.body["version"] == issued["version"] == province.version(plan)
    tag = read.headers.get("ETag")
    assert tag != f'"{issued["version"]}"', "what it says moves with the day and the catalogue, not with the plan alone"
    assert {name: n for name, n in read.body["counts"].items() if n} == {"reached": 1, "late": 1}
    late = anyone.get(f"{PLANS}/{plan}/services?progress=late").ok().body
    assert late["total"] == 1
    (one,) = late["services"]
    assert (one["service"], one["level_now"], one["missing"]) == (desk.code, "none", ["authority_system"])

    done = {"said": "done", "why": ""}
    assert rules(province.put(province.editor, plan, f"/services/{desk.code}", done)) == {"/said": "done"}
    desk.hand_over(1).ok()
    desk.review(1).ok()
    desk.publish(1).ok()
    cloud.wait_idle()
    assert anyone.get(f"{PLANS}/{plan}/services?progress=late").ok().body["total"] == 0
    moved = province.put(province.editor, plan, f"/services/{desk.code}", done).ok().body
    assert (moved["service"], moved["said"], moved["progress"]) == (desk.code, "done", "reached")
    assert [e["type"].rsplit(".", 1)[1] for e in partition(where, "Catalogue", f"PLAN#{plan}") if "type" in e] == [
        "drafted",
        "reviewed",
        "drafted",
        "reviewed",
        "issued",
        "service_moved",
    ]


def test_everybody_reads_no_small_count_of_dossiers_and_none_of_a_month_that_runs(cloud, province, anyone, citizen):
    """Exact and live numbers are on the route of those who keep the service, as before."""
    path, kept = f"{PLANS}/{province.issued()}/services/U.000001", "/v1/catalogue/procedures/U.000001/restructuring"
    before, exact = anyone.get(path).ok().body, province.editor.get(kept).ok().body["dossiers"]
    draft = opened(citizen, "U.000001")
    story.fill(citizen, draft, FORMS["U.000001"]).ok()
    story.submit(citizen, draft).ok(201)
    cloud.wait_idle()
    assert province.editor.get(kept).ok().body["dossiers"] == exact + 1
    assert anyone.get(path).ok().body == before, "it came in a month that is not over"
    assert before["dossiers"] == {"count": None, "quality": "few"}
    assert (before["least"], before["counted_until"] < today()[:7]) == (5, True)
    for who in (anyone, citizen):
        assert who.get(kept).status in (401, 403)


@pytest.mark.rule("R45", "issuer")
def test_a_body_that_the_law_does_not_name_issues_no_plan(where, province):
    commune = officer_of(where, story.AGENCY, "editor")
    own = province.body(issuer=story.AGENCY)
    assert rules(commune.post(DRAFTS, {**own, "items": [planned("U.000001", "H01")]})) == {"/issuer": "R45"}
    of_another = {**province.body(), "issuer": "H01"}
    assert rules(province.editor.post(DRAFTS, of_another)) == {"/issuer": "drafter"}


def test_only_the_issuer_issues_and_an_author_neither_reviews_nor_issues(where, province):
    every = ("editor", "reviewer", "publisher")
    author, chief = (officer_of(where, name, *every) for name in (province.department, province.name))
    plan = author.post(DRAFTS, province.body()).ok(201).body["id"]
    problem(province.put(author, plan, "/review", {"accepted": True}), 403, "not_allowed")
    province.review(plan).ok()
    decided = {"number": "1/KH", "day": today()}
    refused = problem(province.put(author, plan, "/issue", decided), 403, "not_its_issuer")
    assert refused["issuer"] == province.name
    mine = chief.post(DRAFTS, province.body(first="2024-Q1", last="2025-Q4")).ok(201).body["id"]
    province.put(officer_of(where, province.name, "reviewer"), mine, "/review", {"accepted": True}).ok()
    problem(province.put(chief, mine, "/issue", decided), 403, "not_allowed")
    assert rules(province.issue(plan, "2199-01-02")) == {"/day": "future"}
    assert rules(province.issue(plan, "2026-01-02")) == {"/day": "drafted"}, "nobody decided on what was not written"


@pytest.mark.rule("R45", "issuer")
def test_a_plan_is_accepted_by_the_agency_that_issues_it_and_refused_by_any_above_its_drafter(where, province):
    """Decree 137/2024 Art. 8(6): ministries and provincial committees review and issue; no body below does."""
    plan = province.draft()
    below = officer_of(where, province.department, "reviewer")
    refused = problem(province.put(below, plan, "/review", {"accepted": True}), 403, "not_its_issuer")
    assert refused["issuer"] == province.name
    assert province.put(below, plan, "/review", {"accepted": False}).ok().body["status"] == "draft"
    assert province.review(plan).ok().body["status"] == "reviewed"


def test_what_went_wrong_since_it_was_drafted_is_refused_at_the_issue(province):
    desk = province.service()
    plan = province.draft(province.body(desk.code))
    province.review(plan).ok()
    desk.save(1, facts_of(desk.code, kind="public_non_business"), 1).ok()
    assert rules(province.issue(plan)) == {"/items/0/kind": "kind"}


def test_a_replacement_leaves_out_nothing_that_is_neither_reached_nor_dropped(province, anyone):
    desk = province.service()
    first = province.issued(province.body("U.000001", desk.code))
    without = province.body("U.000001", replaces=first)
    refused = province.editor.post(DRAFTS, without)
    assert rules(refused) == {"/items": "left_out"}
    assert desk.code in str(refused.body["errors"])
    assert "U.000001" not in str(refused.body["errors"])
    province.put(province.editor, first, f"/services/{desk.code}", {"said": "dropped", "why": "Sáp nhập"}).ok()
    second = province.issued(without)
    assert anyone.get(f"{PLANS}/{first}").ok().body["replaced_by"] == second


def test_a_quarter_of_a_kind_is_in_one_plan_of_an_issuer_unless_it_is_replaced(province, anyone):
    first = province.issued()
    second = province.draft(province.body(first="2025-Q4", last="2026-Q1", items=[
        planned("U.000001", province.name, quarter="2026-Q1")
    ]))  # fmt: skip
    province.review(second).ok()
    refused = province.issue(second)
    assert rules(refused) == {"/first": "overlap"}
    assert first in str(refused.body["errors"])
    problem(anyone.get(f"{PLANS}/{second}"), 404, "not_found")

    other = province.body(kinds=["public_non_business"], items=[
        planned("S.000001", province.name, kind="public_non_business")
    ])  # fmt: skip
    province.issued(other)

    third = province.issued(province.body(first="2025-Q2", replaces=first))
    assert anyone.get(f"{PLANS}/{first}").ok().body["replaced_by"] == third
    assert anyone.get(f"{PLANS}/{first}").ok().body["status"] == "replaced"
    freed = province.body(first="2025-Q1", last="2025-Q1", items=[
        planned("U.000001", province.name, quarter="2025-Q1")
    ])  # fmt: skip
    province.issued(freed)
    again = province.body(first="2025-Q2", replaces=first)
    assert rules(province.editor.post(DRAFTS, again)) == {"/replaces": "replaces"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"first": "2025-Q5"}, {"/first": "quarter"}),
        ({"first": "2026-Q1", "last": "2025-Q4"}, {"/last": "quarter", "/items/0/quarter": "quarter"}),
        ({"first": "2015-Q1"}, {"/last": "quarter"}),
        ({"kinds": ["public_utility", "public_utility"]}, {"/kinds/1": "kind"}),
        ({"kinds": ["public_non_business"]}, {"/items/0/kind": "kind"}),
    ],
)
def test_what_is_wrong_with_a_plan_is_named(province, change, told):
    assert rules(province.editor.post(DRAFTS, province.body(**change))) == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"quarter": "Q4/2025"}, {"/items/0/quarter": "R42"}),
        ({"quarter": "2026-Q1"}, {"/items/0/quarter": "quarter"}),
        ({"current": "full"}, {"/items/0/target": "R42"}),
        ({"channels": ["authority_system", "authority_system"]}, {"/items/0/channels/1": "R44"}),
        ({"owner": "H01.99.99"}, {"/items/0/owner": "R34"}),
        ({"owner": "H?"}, {"/items/0/owner": "R34"}),
        ({"owner": "?"}, {"/items/0/owner": "blank"}),
        ({"service": "9.999999"}, {"/items/0/service": "R42"}),
        ({"service": "1.001193"}, {"/items/0/kind": "kind"}),
    ],
)
def test_what_is_wrong_with_a_planned_service_is_named(province, change, told):
    body = province.body(items=[{**planned("U.000001", province.name), **change}])
    assert rules(province.editor.post(DRAFTS, body)) == told


@pytest.mark.parametrize(("name", "value"), [("channels", ["kiosk"]), ("target", "most"), ("kind", "private")])
def test_a_word_that_the_law_does_not_have_is_refused_by_its_place(province, name, value):
    told = rules(province.editor.post(DRAFTS, province.body(items=[{**planned("U.000001", "H01"), name: value}])))
    assert [pointer.startswith(f"/items/0/{name}") for pointer in told] == [True]


def test_a_service_stands_in_a_plan_once_and_one_that_others_draft_is_none(where, province):
    twice = province.body("U.000001", "U.000001")
    assert rules(province.editor.post(DRAFTS, twice)) == {"/items/1/service": "twice"}
    hidden = Province(where).service()
    assert rules(province.editor.post(DRAFTS, province.body(hidden.code))) == {"/items/0/service": "R42"}


def test_drafts_are_for_those_who_make_them_by_every_way_in(where, province, anyone):
    plan = province.draft()
    stranger, leader = officer_of(where, "H01", "editor"), officer_of(where, province.name, "leader")
    below = officer_of(where, f"{province.department}.7", "editor")
    for who in (stranger, below):
        same_shape(who.get(f"{DRAFTS}/{plan}"), who.get(f"{DRAFTS}/nothing"))
        assert plan not in str(whole_list(who, DRAFTS, "plans"))
        assert plan not in str(rows(who, DRAFTS))
    problem(leader.get(f"{DRAFTS}/{plan}"), 403, "not_allowed")
    problem(anyone.get(DRAFTS), 401)
    for who in (province.editor, province.reviewer, province.publisher):
        assert [each["id"] for each in who.get(f"{DRAFTS}?q={province.name}").ok().body["plans"]] == [plan]
        assert [each["id"] for each in rows(who, f"{DRAFTS}?status=draft")] == [plan]


def test_what_is_issued_is_got_listed_sought_counted_and_exported_alike(where, province, anyone):
    plan = province.issued()
    for path in (
        f"{PLANS}?issuer={province.name}",
        f"{PLANS}?q={province.name.lower()}",
        f"{PLANS}?quarter=2025-Q3&kind=public_utility&status=issued&issuer={province.name}",
    ):
        listed = anyone.get(path).ok().body
        assert ([each["id"] for each in listed["plans"]], listed["total"]) == ([plan], 1)
        assert [each["id"] for each in rows(anyone, path)] == [plan]
    for none in ("quarter=2027-Q1", "kind=public_non_business", "status=replaced", "q=nothing"):
        assert anyone.get(f"{PLANS}?issuer={province.name}&{none}").ok().body["total"] == 0
    assert [each["service"] for each in rows(anyone, f"{PLANS}/{plan}/services")] == ["U.000001"]
    for some in ("progress=reached", f"owner={province.name}", "quarter=2025-Q2", "q=cấp+nước"):
        assert anyone.get(f"{PLANS}/{plan}/services?{some}").ok().body["total"] == 1
    for none in ("progress=late", "owner=H01", "quarter=2025-Q3", "q=nothing"):
        assert anyone.get(f"{PLANS}/{plan}/services?{none}").ok().body["total"] == 0
    problem(anyone.get(f"{PLANS}/{plan}/services/U.999999"), 404, "not_found")


def test_an_issued_plan_stays_as_it_is_and_a_stale_change_is_refused(province):
    plan = province.draft()
    problem(province.put(province.editor, plan, "", province.body(), version=7), 412, "lost_update")
    province.review(plan).ok()
    assert province.put(province.editor, plan, "", province.body(title_vi="Tên khác")).ok().body["status"] == "draft"
    province.review(plan).ok()
    problem(province.review(plan), 409, "plan_step")
    province.issue(plan).ok()
    for act, body in (("", province.body()), ("/issue", {"number": "2", "day": today()})):
        who = province.publisher if act else province.editor
        assert problem(province.put(who, plan, act, body), 409, "plan_step")["stands"] == "issued"


def test_a_repeated_start_is_one_plan_and_another_body_is_told(province):
    one = province.editor.post(DRAFTS, province.body(), key="plan-1").ok(201).body
    assert province.editor.post(DRAFTS, province.body(), key="plan-1").ok(201).body == one
    problem(province.editor.post(DRAFTS, province.body(title_vi="Khác"), key="plan-1"), 409, "key_reused")


def test_whoever_answers_for_a_service_says_how_far_it_is_with_a_reason_to_drop_it(where, province):
    desk = province.service()
    body = province.body(items=[planned(desk.code, "H01")])
    plan = province.draft(body)
    owner, other = officer_of(where, "H01", "editor"), officer_of(where, "H02", "editor")
    path = f"/services/{desk.code}"
    going = {"said": "under_way", "why": ""}
    problem(province.put(owner, plan, path, going), 404, "not_found")
    problem(province.put(province.editor, plan, path, going), 409, "plan_step")
    province.review(plan).ok()
    province.issue(plan).ok()
    problem(province.put(other, plan, path, going), 404, "not_found")
    version = owner.get(f"{PLANS}/{plan}").ok().body["version"]
    late = owner.call("PUT", f"{DRAFTS}/{plan}{path}", going, version=version).ok().body
    assert not {"authors", "review", "drafter", "items"} & late.keys(), "they are told to nobody who may not read it"
    problem(owner.get(f"{DRAFTS}/{plan}"), 404, "not_found")
    assert late["version"] == version + 1 == province.version(plan)
    assert (late["said"], late["progress"]) == ("under_way", "late"), "what is said does not make it less late"
    assert rules(province.put(owner, plan, path, {"said": "dropped", "why": ""})) == {"/why": "why"}
    assert rules(province.put(owner, plan, path, {"said": "dropped", "why": " "})) == {"/why": "blank"}
    assert "/why" in rules(province.put(owner, plan, path, {"said": "dropped", "why": "x" * 301}))
    dropped = province.put(owner, plan, path, {"said": "dropped", "why": "x" * 293 + " bỏ lập"}).ok().body
    assert (dropped["progress"], dropped["why"]) == ("dropped", "x" * 293 + " bỏ lập")
    problem(province.put(owner, plan, "/services/none", going), 404, "not_found")


def test_facts_of_the_catalogue_say_of_which_kind_a_service_is(province):
    desk = province.service()
    desk.save(1, facts_of(desk.code, kind="public_non_business"), 1).ok()
    assert rules(province.editor.post(DRAFTS, province.body(desk.code))) == {"/items/0/kind": "kind"}
