"""Hundreds of versions: what waits for whom, and one act on each of some with its own verdict."""

from datetime import date

import pytest

from chalicelib.catalogue.ownership.service import Ownership
from chalicelib.catalogue.procedures import store
from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.waiting import list_of
from chalicelib.catalogue.versions.batches import Batches, Named, Unstarted, Wanted
from chalicelib.catalogue.versions.views import verdicts_view, waiting_row
from chalicelib.catalogue.versions.wire.batches import AT_ONCE
from chalicelib.kernel.problem import KeyReused, TryAgain
from tests.support.catalogue import completed
from tests.support.keepers import BIRTH, EDITOR, PUBLISHER, REVIEWER, STRANGER, act, birth, findings
from tests.unit.catalogue.records import given

TODAY = date(2026, 11, 25)
MANY = 60


@pytest.fixture
def batches(hall):
    return Batches(hall.editing, hall.procedures)


def code_of(number):
    return f"1.{900_000 + number}"


def handed_over(hall, number, who=EDITOR):
    """A version of another procedure that waits for its review."""
    code = code_of(number)
    facts = birth(code=code, name_vi=f"Thủ tục {number}", cases=(), components=())
    item = hall.editing.start(who, code, facts, "facts", act(f"start-{number}"))
    hall.editing.submit(who, code, item.version, act(f"submit-{number}"))
    return Named(code, item.version)


def shown(batches, who=REVIEWER, **wanted):
    """What the list shows, over all its pages."""
    found, start = [], None
    while True:
        rows, start = batches.waiting(who, Wanted(**wanted), start)
        found += [(row.code, row.wait) for row in rows]
        if start is None:
            return found


def test_many_are_reviewed_and_published_in_bounded_calls(hall, batches, monkeypatch):
    monkeypatch.setattr(store, "WAITING_PAGE", 25)
    named = [handed_over(hall, number) for number in range(MANY)]
    assert shown(batches, wait="review") == [(each.code, "review") for each in named]
    parts = [named[at : at + AT_ONCE] for at in range(0, MANY, AT_ONCE)]
    for n, part in enumerate(parts):
        told = batches.review(REVIEWER, part, findings(), act(f"review-{n}"), accepted=True)
        assert [(v.named, v.refusal) for v in told] == [(each, None) for each in part]
    assert (shown(batches, wait="review"), len(shown(batches, wait="reviewed"))) == ([], MANY)
    for n, part in enumerate(parts):
        told = batches.publish(PUBLISHER, part, TODAY, act(f"publish-{n}"))
        assert {v.item.state for v in told} == {"published"}
    assert shown(batches) == []
    assert {hall.listed(each.code)["windows"][0]["from"] for each in named} == {"2026-11-25"}


def test_nobody_reviews_what_they_wrote_and_that_stops_no_other(hall, batches):
    mine, theirs = handed_over(hall, 1, who=REVIEWER), handed_over(hall, 2)
    assert shown(batches, by_others=True) == [(theirs.code, "review")]
    told = batches.review(REVIEWER, [mine, theirs], findings(), act("r"), accepted=True)
    assert [v.refusal is None for v in told] == [False, True]
    view = verdicts_view(told, "en")
    assert (view.done, view.refused) == (1, 1)
    first, second = view.verdicts
    assert (first.refusal, [(e.pointer, e.rule) for e in first.errors]) == (
        "version_invalid",
        [("/review/reviewer", "R43")],
    )
    assert (second.done, second.status, second.refusal, second.errors) == (True, "review", None, [])
    assert [w for _, w in shown(batches)] == ["review", "reviewed"]


def test_each_refusal_is_that_of_the_version_alone(hall, batches):
    ready, waits, broken = (handed_over(hall, number) for number in (1, 2, 3))
    batches.review(REVIEWER, [ready, broken], findings(), act("r"), accepted=True)
    batches.publish(PUBLISHER, [broken], TODAY, act("p"))
    unknown = Named("9.999999", 1)
    told = batches.publish(PUBLISHER, [ready, waits, broken, unknown, ready], TODAY, act("q"))
    assert [v.named for v in told] == [ready, waits, broken, unknown], "named twice, done once"
    assert [v.refusal and v.refusal.row.code for v in told] == [None, "version_invalid", "forbidden_step", "not_found"]
    assert hall.procedures.version(*ready).state == "published"
    assert [v.refusal.row.code for v in batches.publish(PUBLISHER, [waits], date(2026, 11, 1), act("s"))] == [
        "version_invalid"
    ]


def test_another_agencys_versions_are_on_no_list_of_mine_and_found_by_no_call(hall, batches):
    named = handed_over(hall, 1)
    assert shown(batches, who=STRANGER) == []
    (told,) = batches.review(STRANGER, [named], findings(), act("r"), accepted=True)
    assert told.refusal.row.code == "not_found"


def test_the_same_request_again_is_told_the_same_and_changes_nothing(hall, batches):
    named = [handed_over(hall, number) for number in (1, 2)]
    first = batches.review(REVIEWER, named, findings(), act("r"), accepted=True)
    writes = hall.rows.writes
    assert batches.review(REVIEWER, named, findings(), act("r"), accepted=True) == first
    assert hall.rows.writes == writes
    (told, *_) = batches.review(REVIEWER, named, findings(), act("r", "other"), accepted=True)
    assert isinstance(told.refusal, KeyReused)


def test_a_version_that_others_write_at_is_told_to_try_again_and_the_rest_goes_on(hall, batches, monkeypatch):
    one, two = (handed_over(hall, number) for number in (1, 2))
    stock = hall.editing.review

    def busy(who, code, *rest, **more):
        if code == one.code:
            raise TryAgain
        return stock(who, code, *rest, **more)

    monkeypatch.setattr(type(hall.editing), "review", lambda self, *a, **k: busy(*a, **k))
    told = batches.review(REVIEWER, [one, two], findings(), act("r"), accepted=True)
    assert [v.refusal and v.refusal.row.code for v in told] == ["try_again", None]


def test_those_sent_back_wait_for_their_author_again(hall, batches):
    named = [handed_over(hall, number) for number in (1, 2)]
    told = batches.review(REVIEWER, named, (), act("r"), accepted=False)
    assert [v.item.state for v in told] == ["draft", "draft"]
    assert shown(batches, wait="draft") == [(each.code, "draft") for each in named]


def test_the_list_is_filtered_by_field_and_says_since_when(hall, batches):
    named = handed_over(hall, 1)
    (row,), _ = batches.waiting(EDITOR, Wanted(), None)
    assert (row.fields, row.authors) == (("Hộ tịch",), (EDITOR.subject,))
    assert shown(batches, field="Hộ tịch") == [(named.code, "review")]
    assert shown(batches, field="Hộ") == []
    view = waiting_row(row)
    assert (view.name_vi, view.since) == ("Thủ tục 1", "2026-11-25T09:20:05+07:00")


def test_what_is_taken_back_or_came_with_the_project_waits_for_nobody(hall, batches):
    named = handed_over(hall, 1)
    hall.editing.withdraw(EDITOR, named.code, named.version, "Không làm nữa", act("w"))
    hall.ship()
    assert shown(batches) == []
    assert [r["pk"] for r in hall.rows.everything() if r["pk"].startswith("WAITING#")] == []
    assert list_of(EDITOR.agency) == "WAITING#H01.10.24"


def test_a_version_that_replaces_another_leaves_no_row(hall, batches):
    hall.published("2026-11-25")
    hall.published("2026-12-10", "2")
    assert shown(batches) == []
    assert BIRTH in {row.code for row in hall.procedures.rows()}


# --- from hundreds of national records to review ------------------------------------------------------------------


def recorded(hall, number, like="1.003197", **changes):
    """The national record of another procedure, promulgated by the editors' agency; answers its code."""
    code = code_of(number)
    changes = {"departmentPromulgateCode": EDITOR.agency, **changes}
    reading = given.read(like, code=code, codeNotation=code, **changes)
    hall.records.keep(reading.typed, reading.findings)
    return code


def whole(facts):
    """A draft from a record with what an officer completes."""
    return facts_of(completed(plain(facts)))


def told_of(verdicts):
    return [(v.named, v.refusal and v.refusal.row.code) for v in verdicts]


def test_drafts_of_many_records_are_begun_each_with_what_it_lacks(hall, batches):
    codes = [recorded(hall, number, like) for number, like in enumerate(given.CODES[:AT_ONCE])]
    told = batches.begin(EDITOR, codes, act("d"))
    assert told_of(told) == [(Named(code, 1), None) for code in codes]
    for each in told:
        alone, problems = hall.editing.version(EDITOR, *each.named)
        assert (alone, problems) == (each.item, each.problems), "as the version alone says"
        assert "/facts/min_level" in {p.pointer for p in problems}
    view = verdicts_view(told, "en")
    assert {p.message for v in view.verdicts for p in v.problems} >= {"The level of identification is needed"}


def test_each_record_of_which_no_draft_is_begun_says_why(hall, batches):
    fresh, begun, foreign = recorded(hall, 1), recorded(hall, 2), recorded(hall, 3, departmentPromulgateCode="G15")
    hall.editing.start(EDITOR, begun, None, "record", act("alone"))
    unknown = code_of(4)
    told = batches.begin(EDITOR, [begun, unknown, foreign, fresh, fresh], act("d"))
    assert told_of(told) == [
        (Named(begun, 1), "draft_open"),
        (Named(unknown, 0), "not_found"),
        (Named(foreign, 0), "not_its_keeper"),
        (Named(fresh, 1), None),
    ]
    assert [v.version for v in verdicts_view(told, "vi").verdicts] == [1, None, None, 1]
    assert [len(hall.procedures.versions(code)) for code in (begun, unknown, foreign, fresh)] == [1, 0, 0, 1]


def test_a_draft_that_waits_for_review_is_open_and_one_that_is_over_is_not(hall, batches):
    waits, over = recorded(hall, 1), recorded(hall, 2)
    batches.begin(EDITOR, [waits, over], act("d"))
    hall.editing.submit(EDITOR, waits, 1, act("s"))
    hall.editing.withdraw(EDITOR, over, 1, "Không làm nữa", act("w"))
    assert told_of(batches.begin(EDITOR, [waits, over], act("e"))) == [
        (Named(waits, 1), "draft_open"), (Named(over, 2), None),
    ]  # fmt: skip


def test_drafts_that_broke_off_halfway_are_begun_to_the_end_by_the_same_request(hall, batches, monkeypatch):
    codes = [recorded(hall, number) for number in range(4)]
    stock, left = hall.editing.start, iter(range(2))

    def breaks(self, *given, **more):
        next(left)
        return stock(*given, **more)

    with monkeypatch.context() as broken:
        broken.setattr(type(hall.editing), "start", breaks)
        with pytest.raises(StopIteration):
            batches.begin(EDITOR, codes, act("d"))
    first = batches.begin(EDITOR, codes, act("d"))
    assert told_of(first) == [(Named(code, 1), None) for code in codes]
    writes = hall.rows.writes
    assert batches.begin(EDITOR, codes, act("d")) == first
    assert hall.rows.writes == writes
    (told, *_) = batches.begin(EDITOR, codes, act("d", "other"))
    assert isinstance(told.refusal, KeyReused)


def test_drafts_are_handed_over_with_what_keeps_them_or_only_those_that_are_whole(hall, batches):
    ready, lacking, gone = (recorded(hall, number) for number in (1, 2, 3))
    names = [v.named for v in batches.begin(EDITOR, [ready, lacking, gone], act("d"))]
    begun = hall.procedures.version(ready, 1)
    hall.editing.save(EDITOR, ready, 1, whole(begun.facts), None, 1)
    hall.editing.withdraw(EDITOR, gone, 1, "Không làm nữa", act("w"))
    told = batches.hand_over(EDITOR, names, act("h"), only_whole=True)
    assert [code for _, code in told_of(told)] == [None, "version_invalid", "forbidden_step"]
    assert "/facts/min_level" in {f.pointer for f in told[1].refusal.fields}
    assert [hall.procedures.version(*each).state for each in names] == ["review", "draft", "withdrawn"]
    writes = hall.rows.writes
    assert batches.hand_over(EDITOR, names[:1], act("h"), only_whole=True) == told[:1]
    assert hall.rows.writes == writes
    (late,) = batches.hand_over(EDITOR, [Named(lacking, 1)], act("i"), only_whole=False)
    assert (late.item.state, late.refusal) == ("review", None), "as the version alone: what it lacks is told"
    assert "/facts/min_level" in {p.pointer for p in late.problems}


def test_another_agencys_drafts_are_handed_over_by_nobody_else(hall, batches):
    (begun,) = batches.begin(EDITOR, [recorded(hall, 1)], act("d"))
    assert told_of(batches.hand_over(STRANGER, [begun.named], act("h"), only_whole=False)) == [
        (begun.named, "not_found")
    ]
    assert hall.procedures.version(*begun.named).state == "draft"


# --- records of which no draft was begun --------------------------------------------------------------------------


def unbegun(batches, who=EDITOR, **wanted):
    """What the list of records shows, over all its pages."""
    found, start = [], None
    while True:
        rows, start = batches.records(who, Unstarted(**wanted), start)
        found += [(row.code, row.wait) for row in rows]
        if start is None:
            return found


def test_records_are_listed_until_a_draft_is_begun_and_again_when_an_import_changes_them(hall, batches, monkeypatch):
    monkeypatch.setattr(store, "WAITING_PAGE", 2)
    codes = [recorded(hall, number) for number in range(5)]
    assert unbegun(batches) == unbegun(batches, wait="new") == [(code, "new") for code in codes]
    batches.begin(EDITOR, codes[:4], act("d"))
    assert unbegun(batches) == [(codes[4], "new")]
    recorded(hall, 0)
    assert unbegun(batches, wait="changed") == [], "the same again changes nothing"
    recorded(hall, 0, name="Tên khác")
    recorded(hall, 4, name="Tên khác")
    assert (unbegun(batches, wait="changed"), unbegun(batches, wait="new")) == (
        [(codes[0], "changed")], [(codes[4], "new")],
    )  # fmt: skip
    hall.editing.start(EDITOR, codes[0], None, "record", act("alone"))
    assert unbegun(batches) == [(codes[4], "new")]


def test_records_are_listed_at_the_agency_that_keeps_them_and_by_field(hall, batches):
    code = recorded(hall, 1)
    (row,), _ = batches.records(EDITOR, Unstarted(), None)
    assert unbegun(batches, field=row.fields[0]) == [(code, "new")]
    assert unbegun(batches, field=row.fields[0][:3]) == unbegun(batches, who=STRANGER) == []
    recorded(hall, 1, departmentPromulgateCode=STRANGER.agency)
    assert (unbegun(batches), unbegun(batches, who=STRANGER)) == ([], [(code, "new")])


def test_a_record_goes_to_the_list_of_whom_its_procedure_is_handed_to(hall, batches):
    code, ownership = recorded(hall, 1), Ownership(hall.procedures, hall.clock)
    ownership.offer(PUBLISHER, code, STRANGER.agency, act("o"))
    ownership.accept(STRANGER, code, act("a"))
    assert (unbegun(batches), unbegun(batches, who=STRANGER)) == ([], [(code, "new")])
    batches.begin(STRANGER, [code], act("d", who=STRANGER))
    assert unbegun(batches, who=STRANGER) == []
