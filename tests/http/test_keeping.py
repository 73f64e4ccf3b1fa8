"""The editorial life of a procedure over HTTP: draft, review, publication, replacement, withdrawal."""

import json
import uuid

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules
from tests.support.catalogue import (
    MET,
    PLAIN,
    REASON,
    Desk,
    completed,
    facts_of,
    fresh_code,
    imported,
    in_days,
    opened,
    shown,
    today,
)
from tests.support.world import officer_of


@pytest.fixture
def desk(where):
    return Desk(where, fresh_code())


@pytest.mark.rule("R43")
def test_a_national_record_becomes_a_service_that_people_use(cloud, where, desk, citizen):
    """From the record to a draft of a dossier; withdrawn, it takes none any more."""
    imported(cloud, desk.code)
    started = desk.start("record").ok(201)
    assert started.headers["Location"] == f"{desk.path}/1"
    assert started.headers["ETag"] == '"1"'
    named = {p["pointer"] for p in started.body["problems"]}
    assert {"/facts/min_level", "/facts/route", "/facts/result/template"} <= named

    facts = completed(started.body["facts"])
    saved = desk.save(1, facts, 1).ok()
    assert (saved.body["problems"], saved.headers["ETag"]) == ([], '"2"') or rules_left(saved) == {"/facts/online"}
    problem(desk.save(1, facts, 1), 412, "lost_update")
    assert desk.hand_over(1).ok().body["status"] == "review"
    problem(desk.save(1, facts, 3), 409, "forbidden_step")
    reviewed = desk.review(1).ok().body
    assert [f["criterion"] for f in reviewed["review"]["findings"]] == [f["criterion"] for f in MET]

    published = desk.publish(1).ok().body
    assert (published["status"], published["effective_from"]) == ("published", today().isoformat())
    assert published["publisher"]["by"] != published["review"]["by"] != published["author"]["by"]
    row = shown(citizen, desk.code, lambda r: r["offered"])
    assert row["level"] == "full"
    reference = opened(citizen, desk.code)
    read = citizen.get(f"/v1/drafts/{reference}").ok().body
    assert (read["procedure"], read["procedure_version"], read["online"]["level"]) == (desk.code, 1, "full")
    story.fill(citizen, reference, PLAIN).ok()

    assert desk.withdraw(1).ok().body["status"] == "withdrawn"
    problem(story.submit(citizen, reference), 409, "procedure_closed")
    shown(citizen, desk.code, lambda r: not r["offered"])
    cloud.wait_idle()
    problem(citizen.post("/v1/drafts", {"procedure": desk.code, "agency": story.AGENCY}), 404, "not_found")


def rules_left(answer):
    return {p["pointer"] for p in answer.body["problems"]}


@pytest.mark.rule("R41")
def test_a_running_dossier_stays_on_its_version_and_the_diff_names_it(cloud, where, desk, citizen):
    desk.put_out(facts_of(desk.code))
    reference = opened(citizen, desk.code)
    story.fill(citizen, reference, PLAIN).ok()
    story.submit(citizen, reference).ok(201)
    cloud.wait_idle()

    started = desk.start("current").ok(201).body
    assert started["version"] == 2
    changed = {**started["facts"], "min_level": 2, "term": {**started["facts"]["term"], "text": "9wd"}}
    desk.save(2, changed, 1).ok()
    diff = desk.diff(2).ok().body
    assert diff["against"] == 1
    assert {(c["pointer"], c["after"]) for c in diff["changes"]} == {("/min_level", 2), ("/term/text", "9wd")}
    assert diff["running_listed"] == 1
    assert [(r["reference"], r["version"]) for r in diff["running"]] == [(reference, 1)]
    assert "term" in diff["running"][0]["touches"]

    desk.hand_over(2).ok()
    desk.review(2).ok()
    desk.publish(2, in_days(1)).ok()
    listed = desk.editor.get(desk.path).ok().body["versions"]
    assert [(v["version"], v["effective_from"], v["effective_to"]) for v in listed] == [
        (1, today().isoformat(), in_days(1).isoformat()),
        (2, in_days(1).isoformat(), None),
    ]
    facts = citizen.get(f"/v1/services/{desk.code}").ok().body
    assert (facts["version"], facts["times"][0]["term"]) == (1, "5wd"), "the new one is of tomorrow"
    cloud.wait_idle()
    draft = opened(citizen, desk.code)
    assert citizen.get(f"/v1/drafts/{draft}").ok().body["procedure_version"] == 1
    assert citizen.get(f"/v1/dossiers/{reference}").status == 200


def test_a_draft_is_sent_back_and_comes_again(desk):
    desk.start("facts", facts_of(desk.code)).ok(201)
    desk.hand_over(1).ok()
    doubt = {"criterion": "payment_online", "answer": "not_met", "note": "Chưa thanh toán được"}
    back = desk.review(1, accepted=False, findings=[doubt]).ok().body
    assert (back["status"], back["review"], back["returned"]["findings"]) == ("draft", None, [doubt])
    edit = int(desk.read(1).headers["ETag"].strip('"'))
    desk.save(1, facts_of(desk.code, min_level=2), edit).ok()
    desk.hand_over(1).ok()
    desk.review(1).ok()
    assert desk.publish(1).ok().body["facts"]["min_level"] == 2


def test_a_part_of_the_facts_that_says_something_else_is_named(desk):
    """Notes and sources are open in the body's own model; what a version keeps of them has types."""
    answer = desk.start("facts", facts_of(desk.code, notes=[{"text_vi": "a"}, {"text_vi": 5}]))
    assert rules(answer) == {"/facts/notes/1/text_vi": "type"}
    problem(desk.read(1), 404, "not_found")


def test_a_version_that_was_never_published_is_taken_back(desk):
    desk.start("facts", facts_of(desk.code)).ok(201)
    assert desk.withdraw(1).ok().body["status"] == "withdrawn"
    problem(desk.hand_over(1), 409, "forbidden_step")
    problem(desk.editor.get(f"/v1/services/{desk.code}"), 404, "not_found")


def test_one_publisher_takes_no_version_that_was_published_back(where, desk, citizen):
    number = desk.put_out(facts_of(desk.code))
    told = desk.take_back(number, desk.second).ok().body
    assert (told["status"], told["take_back"]["reason"]) == ("published", REASON)
    claims = {"sub": f"same-{desk.code}", "name": "Hồ Thị Hai", "agency": story.AGENCY, "personal_id": desk.number}
    same = Client.login(where, kind="OFFICER", roles=["publisher"], **claims)
    for who in (desk.second, same):
        again = desk.take_back(number, who, "Một lý do khác hẳn").ok().body
        assert (again["status"], again["take_back"]) == ("published", told["take_back"])
    assert opened(citizen, desk.code), "people file it"
    (row,) = [each for each in desk.editor.get(desk.path).ok().body["versions"] if each["version"] == number]
    assert row["take_back"] == told["take_back"]
    gone = desk.take_back(number, desk.publisher).ok().body
    assert (gone["status"], gone["take_back"]) == ("withdrawn", None)


def test_the_same_key_does_an_act_once(desk):
    key = uuid.uuid4().hex
    one, two = (desk.start("facts", facts_of(desk.code), key=key).ok(201).body for _ in range(2))
    assert one == two
    problem(desk.start("facts", facts_of(desk.code, min_level=2), key=key), 409, "key_reused")
    desk.hand_over(1).ok()
    desk.review(1).ok()
    first, again = (desk.publish(1, key=key).ok().body for _ in range(2))
    assert first == again
    assert len(desk.editor.get(desk.path).ok().body["versions"]) == 1


def test_what_an_editor_saved_comes_back_as_it_was(desk):
    facts = desk.start("facts", facts_of(desk.code)).ok(201).body["facts"]
    facts |= {"source": {"record": "Việt 𝕏", "ratio": 0.1, "deep": [[1.5, None, True]]}, "name_en": 'a":"b'}
    desk.save(1, facts, 1).ok()
    assert desk.read(1).ok().body["facts"] == facts


def test_the_restructuring_review_proposes_the_next_version(cloud, desk):
    from tests.unit.catalogue.records import given

    imported(cloud, desk.code, given.CODES[1])
    found = desk.editor.get(f"/v1/catalogue/procedures/{desk.code}/restructuring").ok().body
    assert found["code"] == desk.code
    assert len(found["verdicts"]) == 4
    assert found["papers"] >= found["replaceable"]
    assert 0 <= found["score"] <= 100
    proposed = desk.start("review").ok(201).body
    assert {c["code"] for c in proposed["facts"]["components"]} <= {v["code"] for v in found["verdicts"]}


def test_a_reviewer_confirms_which_row_replaces_a_paper(cloud, desk):
    from tests.unit.catalogue.records import given

    imported(cloud, desk.code, given.CODES[0])
    path = f"/v1/catalogue/procedures/{desk.code}/restructuring"
    read = desk.editor.get(path).ok()
    assert read.body["level_now"] == desk.editor.get(f"/v1/services/{desk.code}").ok().body["online"]["level"]
    code = read.body["verdicts"][0]["code"]
    version = int(read.headers["ETag"].strip('"'))
    problem(desk.editor.call("PUT", f"{path}/{code}", {"row": 1}, version=version), 403, "not_allowed")
    assert rules(desk.reviewer.call("PUT", f"{path}/{code}", {"row": 1}, version=version)) == {"/row": "row"}
    assert rules(desk.reviewer.call("PUT", f"{path}/{code}", {"row": 0}, version=version)) != {}
    unsaid = desk.reviewer.call("PUT", f"{path}/{code}", {"row": None}, version=version).ok()
    assert unsaid.headers["ETag"] == f'"{version + 1}"'
    problem(desk.reviewer.call("PUT", f"{path}/{code}", {"row": 1}, version=version), 412, "lost_update")


@pytest.mark.parametrize("code", ["1.001193", "1.001612", "1.004222", "U.000001", "S.000001"])
def test_the_level_of_the_review_is_that_of_the_public_page(desk, code):
    review = desk.editor.get(f"/v1/catalogue/procedures/{code}/restructuring").ok().body
    assert review["level_now"] == desk.editor.get(f"/v1/services/{code}").ok().body["online"]["level"]


def test_what_is_shipped_goes_on_by_a_draft_of_the_body_that_promulgated_it(cloud, where):
    """The last of the shipped ones, which no other test reads."""
    desk = Desk(where, "1.000894", "G15")
    started = desk.start("current").ok(201).body
    assert started["problems"] == []
    assert desk.editor.get(desk.path).ok().body["versions"][-1]["status"] == "draft"
    problem(Desk(where, "1.000894", "H01.10.25").start("current"), 403, "not_its_keeper")
    assert cloud.functions.call("catalogue_load", {})["1.000894"] == 1, "the next deployment leaves it alone"


def test_many_are_reviewed_and_published_at_once_each_with_its_own_verdict(cloud, where, desk, citizen):
    """Three imports: one is whole, one lacks an answer, one was written at by the reviewer."""
    whole, lacking, own = desk, Desk(where, fresh_code()), Desk(where, fresh_code())
    for each in (whole, lacking, own):
        imported(cloud, each.code)
        facts = completed(each.start("record").ok(201).body["facts"])
        each.save(1, facts if each is not lacking else {**facts, "min_level": None}, 1).ok()
        each.hand_over(1).ok()
    both = officer_of(where, story.AGENCY, "reviewer", "publisher", "editor")
    own.review(1, accepted=False).ok()
    both.call("PUT", f"{own.path}/1", {"facts": facts}, version=int(own.read(1).headers["ETag"].strip('"'))).ok()
    own.hand_over(1).ok()
    names = [{"code": each.code, "version": 1} for each in (whole, lacking, own)]

    def listed(query):
        codes, at = set(), ""
        while at is not None:
            page = both.get(f"/v1/catalogue/versions?{query}&cursor={at}").ok().body
            codes |= {row["code"] for row in page["versions"]}
            at = page["next"]
        return codes & {each.code for each in (whole, lacking, own)}

    assert listed("wait=review") == {whole.code, lacking.code, own.code}
    assert listed("wait=review&by_others=true") == {whole.code, lacking.code}
    told = both.post("/v1/catalogue/reviews", {"versions": names, "accepted": True, "findings": MET}).ok().body
    assert (told["done"], told["refused"]) == (2, 1)
    assert [v["errors"] and v["errors"][0]["rule"] for v in told["verdicts"]] == [[], [], "R43"], (
        "what one wrote oneself"
    )
    assert listed("wait=reviewed") == {whole.code, lacking.code}
    key = uuid.uuid4().hex
    wanted = {"versions": names, "effective_from": today().isoformat()}
    first, again = (both.post("/v1/catalogue/publications", wanted, key=key).ok().body for _ in range(2))
    assert first == again
    assert [(v["done"], v["refusal"]) for v in first["verdicts"]] == [
        (True, None), (False, "version_invalid"), (False, "version_invalid"),
    ]  # fmt: skip
    assert "/facts/min_level" in {e["pointer"] for e in first["verdicts"][1]["errors"]}
    assert shown(citizen, whole.code, lambda r: r["offered"])
    assert listed("wait=reviewed") == {lacking.code}


# --- refused, and named --------------------------------------------------------------------------------------------


@pytest.mark.rule("R43", "refused")
def test_nothing_is_published_without_a_review(desk):
    desk.start("facts", facts_of(desk.code)).ok(201)
    problem(desk.publish(1), 409, "forbidden_step")
    desk.hand_over(1).ok()
    assert rules(desk.publish(1)) == {"/review": "R43"}
    assert desk.read(1).ok().body["status"] == "review"


@pytest.mark.rule("R43")
def test_the_author_is_no_reviewer(where, desk):
    both = officer_of(where, story.AGENCY, "editor", "reviewer")
    both.post(desk.path, {"based_on": "facts", "facts": facts_of(desk.code)}).ok(201)
    desk.hand_over(1).ok()
    assert rules(desk.review(1, both)) == {"/review/reviewer": "R43"}


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        (MET[:4], {"/review/findings": "R43"}),
        ([*MET, MET[0]], {"/review/findings": "R43"}),
        ([*MET, {"criterion": "beauty", "answer": "met"}], {"/review/findings/5/criterion": "R43"}),
        ([{**MET[0], "answer": "not_met"}, *MET[1:]], {"/review/findings/0/note": "R43"}),
    ],
)
def test_a_review_answers_each_criterion_once(desk, findings, expected):
    desk.start("facts", facts_of(desk.code)).ok(201)
    desk.hand_over(1).ok()
    assert rules(desk.review(1, findings=findings)) == expected


@pytest.mark.rule("R41")
def test_validity_does_not_overlap_and_is_not_dated_back(desk):
    desk.put_out(facts_of(desk.code), day=in_days(10))
    desk.start("facts", facts_of(desk.code)).ok(201)
    desk.hand_over(2).ok()
    desk.review(2).ok()
    for day in (in_days(-1), in_days(10), in_days(5)):
        assert rules(desk.publish(2, day)) == {"/effective_from": "R41"}, day
    assert desk.publish(2, in_days(20)).ok().body["effective_to"] is None


def with_source(facts, **source):
    paper = {"code": "C9", "name_vi": "Giấy xác nhận cư trú", "need": "data"}
    return {**facts, "components": [{**paper, "source": source or None}]}


def partial(facts, **reason):
    online = {**facts["online"], "gates": {**facts["online"]["gates"], "no_physical_presence": False}}
    return {**facts, "online": {**online, "reasons": [reason] if reason else []}}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda f: with_source(f, database="stars"), ("/facts/components/0/source/database", "database")),
        (with_source, ("/facts/components/0/source", "R27")),
        (lambda f: {**f, "components": [{"code": "C", "name_vi": "Giấy"}]}, ("/facts/components/0/need", "need")),
        (
            lambda f: partial(f, code="presence", legal_basis="Luật không có trong danh mục"),
            ("/facts/online/reasons/0/legal_basis", "legal_basis"),
        ),
        (lambda f: {**f, "prices": []}, ("/facts/prices", "R44")),
        (lambda f: {**f, "provider": None}, ("/facts/provider/name_vi", "R44")),
        (lambda f: {**f, "online_channels": []}, ("/facts/online_channels", "R44")),
        (lambda f: {**f, "kind": "administrative_procedure"}, ("/facts/prices", "R42")),
        (lambda f: {**f, "term": {**f["term"], "text": "soon"}}, ("/facts/term/text", "term")),
        (lambda f: {**f, "route": [[{"leg": "x", "agency": "nowhere"}]]}, ("/facts/route/0/0/agency", "R34")),
        (lambda f: {**f, "min_level": None}, ("/facts/min_level", "complete")),
    ],
)
@pytest.mark.rule("R42")
def test_what_keeps_a_version_back_is_told_when_it_is_saved_and_refused_when_it_is_published(desk, change, expected):
    facts = change(facts_of(desk.code))
    saved = desk.start("facts", facts).ok(201).body
    assert expected in {(p["pointer"], p["rule"]) for p in saved["problems"]}
    desk.hand_over(1).ok()
    desk.review(1).ok()
    assert expected in set(rules(desk.publish(1)).items())
    assert desk.read(1).ok().body["status"] == "review"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda f: {**f, "name_vi": "Cấp nước ꞛꭓ"}, "/facts/name_vi"),
        (lambda f: {**f, "result": {**f["result"], "name_vi": "Hợp đồng 漢"}}, "/facts/result/name_vi"),
        (lambda f: {**f, "provider": {**f["provider"], "name_vi": "Công ty ꭓ"}}, "/facts/provider/name_vi"),
    ],
)
def test_a_name_that_no_result_could_print_is_not_kept(desk, change, place):
    assert rules(desk.start("facts", change(facts_of(desk.code)))) == {place: "letters_unprintable"}


@pytest.mark.rule("R02", "no_reason")
def test_a_service_that_is_not_end_to_end_needs_a_reason_with_its_basis(desk):
    desk.start("facts", partial(facts_of(desk.code))).ok(201)
    told = {(p["pointer"], p["rule"]) for p in desk.read(1).ok().body["problems"] if p["severity"] == "error"}
    assert told
    assert all(pointer.startswith("/") and "reason" in pointer for pointer, _ in told), told
    desk.hand_over(1).ok()
    desk.review(1).ok()
    assert set(rules(desk.publish(1)).items()) == told


def bombed(change):
    from tests.support.catalogue import form_of

    form = json.loads(json.dumps(form_of("U.000001")))
    change(form)
    return form


def deep(form):
    node = form["schema"]
    for _ in range(30):
        node["not"] = {}
        node = node["not"]


def doubling(form):
    names = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(40)}
    form["schema"]["$defs"] |= {**names, "d40": {"type": "boolean"}}
    form["schema"]["allOf"].append({"$ref": "#/$defs/d0"})


def keyless(form):
    next(iter(form["ui"]["fields"].values())).pop("key")


def unknown_key(form):
    next(iter(form["ui"]["fields"].values()))["key"] = "person.star_sign"


def slow(form):
    rule = {"id": "bomb", "kind": "check", "message_vi": "Sai", "message_en": "Wrong", "cites": None}
    lists = "[1,2,3,4,5,6,7,8,9,10]"
    expression = "true"
    for name in "abcdefgh":
        expression = f"{lists}.all({name}, {expression})"
    form["rules"] = [{**rule, "target": next(iter(form["ui"]["fields"])), "expression": expression}]


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        (deep, "/form/schema", "schema_depth"),
        (doubling, "/form/schema", "schema_unfolded"),
        (keyless, "/form/ui/fields", "required"),
        (unknown_key, "/form/ui/fields", "key_unknown"),
        (slow, "/form/rules/0", ""),
    ],
)
def test_a_form_that_is_a_bomb_or_has_a_field_without_a_key_is_named(desk, change, place, rule):
    facts = facts_of(desk.code)
    desk.start("facts", facts).ok(201)
    saved = desk.save(1, facts, 1, bombed(change)).ok().body
    told = [(p["pointer"], p["rule"]) for p in saved["problems"]]
    assert any(at.startswith(place) and (found == rule or not rule) for at, found in told), told
    desk.hand_over(1).ok()
    desk.review(1).ok()
    assert dict(told).items() <= rules(desk.publish(1)).items()
