from copy import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from chalicelib.catalogue.procedures.items import Finding, VersionState
from chalicelib.catalogue.versions.changes import diff, touched
from chalicelib.catalogue.versions.model import (
    IllegalMove,
    NotPublishable,
    Review,
    Version,
    meets_quality,
    move,
    publish,
    record,
    review_problems,
)
from chalicelib.contracts.plan import Window
from chalicelib.law.packs import newest
from chalicelib.law.validity import in_force

CRITERIA = [entry.code for entry in newest().rules.review_criteria.value]
TODAY = date(2026, 11, 25)
MET = tuple(Finding(code, "met") for code in CRITERIA)
REVIEW = Review("binh", TODAY, MET)
DRAFT = Version("1.001193", 2, "an", effective_from=date(2026, 12, 1))
READY = record(move(DRAFT, "submit"), REVIEW)
FIRST = Version(
    "1.001193", 1, "an", VersionState.PUBLISHED, date(2026, 1, 16), None, REVIEW, "chi"
)  # fmt: skip
FACTS = {
    "code": "1.001193",
    "name_vi": "Đăng ký khai sinh",
    "term": {"text": "1wd"},
    "fees": [{"channel": "ONLINE", "type": "FEE", "amount": 0}],
    "components": [{"code": "A", "need": "always"}, {"code": "B", "need": "case"}],
    "route": [[{"leg": "commune", "agency": "@receiving"}]],
}


def window_of(version):
    first, last = version.effective_from, version.effective_to
    return Window(version=version.number, opens=first.isoformat(), closes=last and last.isoformat())


def told(problems):
    return [(problem.pointer, problem.rule) for problem in problems]


def refused(version, *others, publisher="chi", today=TODAY):
    with pytest.raises(NotPublishable) as refusal:
        publish(version, publisher, today, others)
    return told(refusal.value.problems)


@pytest.mark.rule("R43")
def test_a_draft_is_reviewed_published_and_replaced():
    published, before = publish(READY, "chi", TODAY, [FIRST])
    assert (published.state, published.publisher) == (VersionState.PUBLISHED, "chi")
    assert before == replace(FIRST, effective_to=date(2026, 12, 1))
    assert move(before, "replace").state is VersionState.REPLACED


ALLOWED = {
    ("draft", "submit"),
    ("draft", "withdraw"),
    ("review", "return"),
    ("review", "withdraw"),
    ("published", "replace"),
    ("replaced", "withdraw"),
    ("published", "withdraw"),
}


@pytest.mark.rule("R43")
@pytest.mark.parametrize(
    ("state", "act"), list(product(VersionState, ["submit", "return", "review", "publish", "replace", "withdraw"]))
)
def test_every_other_move_is_refused_by_name(state, act):
    version = replace(DRAFT, state=state)
    if (state.value, act) in ALLOWED:
        assert move(version, act).state is not state
        return
    with pytest.raises(IllegalMove, match=f"a {state.value} version cannot {act}"):
        move(version, act)


@pytest.mark.rule("R43")
@pytest.mark.parametrize("state", [state for state in VersionState if state is not VersionState.REVIEW])
def test_only_a_version_under_review_is_reviewed_or_published(state):
    version = replace(READY, state=state)
    with pytest.raises(IllegalMove, match="cannot publish"):
        publish(version, "chi", TODAY)
    with pytest.raises(IllegalMove, match="cannot review"):
        record(version, REVIEW)


@pytest.mark.rule("R43")
def test_publishing_needs_a_review_by_another_person_and_a_publisher():
    assert refused(move(DRAFT, "submit")) == [("/review", "R43")]
    own = replace(READY, review=replace(REVIEW, reviewer="an"))
    assert refused(own) == [("/review/reviewer", "R43")]
    assert refused(READY, publisher=" ") == [("/publisher", "R43")]
    with pytest.raises(NotPublishable):
        record(move(DRAFT, "submit"), replace(REVIEW, reviewer="an"))


@pytest.mark.rule("R43")
def test_every_criterion_is_answered_once_and_each_doubt_explained():
    missing = replace(REVIEW, findings=MET[1:])
    assert told(review_problems(DRAFT, missing)) == [("/review/findings", "R43")]
    twice = replace(REVIEW, findings=(*MET, MET[0]))
    assert told(review_problems(DRAFT, twice)) == [("/review/findings", "R43")]
    strange = replace(REVIEW, findings=(*MET, Finding("beauty", "met")))
    assert told(review_problems(DRAFT, strange)) == [("/review/findings/5/criterion", "R43")]
    silent = replace(REVIEW, findings=(structs.replace(MET[0], answer="not_met"), *MET[1:]))
    assert told(review_problems(DRAFT, silent)) == [("/review/findings/0/note", "R43")]
    vague = replace(REVIEW, findings=(structs.replace(MET[0], answer="perhaps"), *MET[1:]))
    assert told(review_problems(DRAFT, vague)) == [("/review/findings/0/answer", "R43")]


@pytest.mark.rule("R43")
@given(unmet=st.sets(st.sampled_from(CRITERIA)), idle=st.sets(st.sampled_from(CRITERIA)))
def test_a_version_meets_the_quality_list_when_no_criterion_is_unmet(unmet, idle):
    answers = {code: "not_met" if code in unmet else "not_applicable" if code in idle else "met" for code in CRITERIA}
    findings = tuple(Finding(code, answer, "giải thích") for code, answer in answers.items())
    assert meets_quality(replace(READY, review=replace(REVIEW, findings=findings))) == (not unmet)
    assert not meets_quality(replace(READY, review=None))


def test_a_version_that_goes_back_loses_its_review():
    assert move(READY, "return").review is None


@pytest.mark.rule("R41")
def test_published_versions_of_a_code_do_not_overlap():
    ending = replace(FIRST, effective_to=date(2026, 12, 2))
    assert refused(READY, ending) == [("/effective_from", "R41")]
    assert publish(READY, "chi", TODAY, [replace(FIRST, effective_to=date(2026, 12, 1))])[1] is None
    same_day = replace(FIRST, effective_from=READY.effective_from)
    assert refused(READY, same_day) == [("/effective_from", "R41")]
    later = replace(FIRST, number=3, effective_from=date(2027, 1, 1))
    assert refused(READY, later) == [("/effective_from", "R41")]
    bounded = replace(READY, effective_to=date(2027, 1, 1))
    assert publish(bounded, "chi", TODAY, [later])[0].effective_to == date(2027, 1, 1)
    assert publish(READY, "chi", TODAY, [replace(later, code="1.000894")])[1] is None


@pytest.mark.rule("R41")
def test_dates_are_given_in_order_and_nothing_is_dated_back():
    assert refused(replace(READY, effective_from=None)) == [("/effective_from", "R41")]
    assert refused(replace(READY, effective_to=READY.effective_from)) == [("/effective_to", "R41")]
    back = replace(READY, effective_from=date(2026, 11, 24))
    assert refused(back, FIRST) == [("/effective_from", "R41")]
    assert refused(back) == [("/effective_from", "R41")], "nor is the first one: nobody could file then"
    assert publish(replace(back, effective_from=TODAY), "chi", TODAY)[0].effective_from == TODAY


@pytest.mark.rule("R41")
@given(begins=st.dates(TODAY, date(2027, 6, 1)), day=st.dates(date(2026, 1, 16), date(2028, 1, 1)))
def test_exactly_one_version_is_in_force_each_day_after_the_first(begins, day):
    published, before = publish(replace(READY, effective_from=begins), "chi", TODAY, [FIRST])
    windows = [window_of(each) for each in (before, published)]
    assert in_force(windows, day) == (2 if day >= begins else 1)
    assert [in_force([each], day) for each in windows].count(None) == 1


@pytest.mark.rule("R41")
def test_what_changed_is_named_with_what_it_touches():
    new = FACTS | {
        "name_vi": "Thủ tục đăng ký khai sinh",
        "term": {"text": "2wd"},
        "fees": [{"channel": "ONLINE", "type": "FEE", "amount": 8000}],
        "components": [{"code": "C", "need": "always"}, {"code": "B", "need": "always"}],
        "route": [[{"leg": "commune", "agency": "H01.10"}]],
        "a/b": 1,
    }
    assert [tuple(change) for change in diff(FACTS, new)] == [
        ("/name_vi", "Đăng ký khai sinh", "Thủ tục đăng ký khai sinh", "name"),
        ("/term/text", "1wd", "2wd", "term"),
        ("/fees/0/amount", 0, 8000, "fee"),
        ("/components/0", {"code": "A", "need": "always"}, None, "components"),
        ("/components/1/need", "case", "always", "components"),
        ("/components/0", None, {"code": "C", "need": "always"}, "components"),
        ("/route/0/0/agency", "@receiving", "H01.10", "route"),
        ("/a~1b", None, 1, "other"),
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.text(max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


@given(facts=st.dictionaries(st.text(max_size=3), JSON, max_size=4))
def test_the_same_facts_have_no_changes(facts):
    assert diff(facts, facts) == []


def test_a_new_order_of_components_is_no_change():
    assert diff(FACTS, FACTS | {"components": FACTS["components"][::-1]}) == []


def test_a_code_that_comes_twice_is_told_apart():
    twice = {"components": [{"code": "A", "case": 1}, {"code": "A", "case": 2}]}
    less = {"components": [{"code": "A", "case": 1}]}
    assert [(c.pointer, c.before, c.after) for c in diff(twice, less)] == [
        ("/components/1", {"code": "A", "case": 2}, None)
    ]


@pytest.mark.rule("R41")
@pytest.mark.parametrize(
    ("changed", "states"),
    [
        ({"components": []}, {1, 5}),
        ({"term": {"text": "9wd"}}, {1, 2, 4, 5, 6, 7}),
        ({"fees": []}, {1, 2, 4, 5, 6, 7}),
        ({"name_vi": "x"}, {1, 2, 4, 5, 6, 7, 9}),
    ],
)
def test_running_dossiers_that_would_be_touched_are_listed_by_state(changed, states):
    running = [(f"MC-{state}", 1, state) for state in range(1, 11)]
    found = touched(diff(FACTS, FACTS | changed), running)
    assert {int(each.reference.removeprefix("MC-")) for each in found} == states
    assert {each.version for each in found} == {1}


def test_no_change_touches_nobody():
    assert touched(diff(FACTS, FACTS), [("MC-1", 1, 1)]) == []
