"""Guidance on restructuring: who gives it to whom, what carries it out, what is late, who sees it."""

from datetime import date

import pytest

from chalicelib.catalogue.guidance.items import Ended
from chalicelib.catalogue.guidance.known import CatalogueProcedures
from chalicelib.catalogue.guidance.model import Progress, progress
from chalicelib.catalogue.guidance.service import GuidanceDraft, Guiding, Sought
from chalicelib.catalogue.guidance.store import GuidanceTable
from chalicelib.catalogue.refusals import GuidanceInvalid, GuidanceStep
from chalicelib.contracts.guidance import Guidance
from chalicelib.kernel.problem import KeyReused, LostUpdate, NotAllowed, NotFound
from tests.fakes import people
from tests.support.keepers import BIRTH, EDITOR, PUBLISHER, STRANGER, unconditional

DUE = "2026-11-30"
CITY = people.officer("publisher", agency="H01", name="Trần Thị Tỉnh")
DROPPED = ("dropped", None, "Luật đã sửa đổi")


@pytest.fixture
def guiding(hall):
    """Over the real stores; a version of the birth registration is in force."""
    hall.published("2026-11-25")
    return Guiding(GuidanceTable(), CatalogueProcedures(), hall.clock)


def draft(**changes):
    given = {"procedure": BIRTH, "text_vi": "Bỏ giấy chứng sinh", "text_en": "Drop it", "basis": "NQ 66.7", "due": DUE}
    return GuidanceDraft(**given | changes)


def later(hall, days=1):
    hall.clock.advance(days=days)


def without_notice():
    return [each for each in unconditional() if each["code"] != people.BIRTH_NOTICE]


def pointers(refused):
    return [(each.pointer, each.rule) for each in refused.value.fields]


def test_guidance_is_given_from_above_and_its_owner_is_who_keeps_the_procedure(hall, guiding):
    one = guiding.give(CITY, draft(), "key-1")
    assert (one.guidance.issuer, one.guidance.owner, one.progress) == ("H01", EDITOR.agency, Progress.OPEN)
    assert guiding.give(CITY, draft(), "key-1") == one, "a key is one guidance"
    with pytest.raises(KeyReused):
        guiding.give(CITY, draft(basis="Khác"), "key-1")
    assert hall.rows.types(f"GUIDANCE#{one.guidance.id}") == ["guidance.given"]


@pytest.mark.parametrize("code", [BIRTH, "9.999999"])
def test_nobody_guides_what_is_not_theirs(hall, guiding, code):
    with pytest.raises(NotFound):
        guiding.give(STRANGER, draft(procedure=code), "key-1")
    assert guiding.listed(CITY, Sought()) == []


def test_what_is_wrong_with_it_is_named_by_its_place(guiding):
    with pytest.raises(GuidanceInvalid) as refused:
        guiding.give(CITY, draft(due="2026-11-24", component="KHAC"), "key-1")
    assert pointers(refused) == [("/due", "past"), ("/component", "not_asked")]
    assert guiding.give(CITY, draft(due="2026-11-25", component=people.BIRTH_NOTICE), "key-2").version == 1


def test_only_a_version_published_since_that_is_in_force_and_asks_the_paper_no_more_carries_it_out(hall, guiding):
    later(hall, 0.01)
    one = guiding.give(CITY, draft(component=people.BIRTH_NOTICE), "key-1")

    def refusal(done_by):
        with pytest.raises(GuidanceInvalid) as refused:
            guiding.end(PUBLISHER, one.guidance.id, ("done", done_by, ""), 1)
        return pointers(refused)

    assert refusal(1) == [("/done_by", "published")]
    assert refusal(None) == refusal(9) == [("/done_by", "published")]
    later(hall, 0.01)
    hall.published("2026-11-26", "2")
    assert refusal(2) == [("/done_by", "in_force")]
    later(hall)
    assert refusal(2) == [("/done_by", "still_asked")]
    hall.published("2026-11-27", "3", components=without_notice())
    later(hall)
    ended = guiding.end(PUBLISHER, one.guidance.id, ("done", 3, ""), 1)
    assert (ended.progress, ended.ended.done_by, ended.ended.name, ended.ended.by) == (
        Progress.DONE, 3, PUBLISHER.name, PUBLISHER.subject
    )  # fmt: skip
    assert hall.rows.types(f"GUIDANCE#{one.guidance.id}")[-1] == "guidance.ended"
    with pytest.raises(GuidanceStep):
        guiding.end(CITY, one.guidance.id, DROPPED, 2)


def test_without_a_paper_it_is_the_publishers_word_and_wants_a_reason(hall, guiding):
    later(hall, 0.01)
    one = guiding.give(CITY, draft(), "key-1").guidance.id
    hall.published("2026-11-26", "2")
    later(hall, 2)
    for nothing in ("", " "):
        with pytest.raises(GuidanceInvalid) as refused:
            guiding.end(PUBLISHER, one, ("done", 2, nothing), 1)
        assert pointers(refused) == [("/why", "why")]
    assert guiding.end(PUBLISHER, one, ("done", 2, "Đã rút ngắn thời hạn"), 1).progress is Progress.DONE


def test_whoever_gave_it_drops_it_with_a_reason_and_its_owner_does_not(guiding):
    one = guiding.give(CITY, draft(), "key-1")
    with pytest.raises(NotAllowed):
        guiding.end(PUBLISHER, one.guidance.id, DROPPED, 1)
    with pytest.raises(GuidanceInvalid) as refused:
        guiding.end(CITY, one.guidance.id, ("dropped", None, " "), 1)
    assert pointers(refused) == [("/why", "why")]
    with pytest.raises(LostUpdate):
        guiding.end(CITY, one.guidance.id, DROPPED, 7)
    ended = guiding.end(CITY, one.guidance.id, DROPPED, 1)
    assert (ended.progress, ended.ended.why, ended.version) == (Progress.DROPPED, "Luật đã sửa đổi", 2)


def test_what_is_late_is_listed_and_what_is_due_first_stands_first(hall, guiding):
    last = guiding.give(CITY, draft(due="2026-12-15"), "key-1").guidance.id
    first = guiding.give(CITY, draft(), "key-2").guidance.id
    gone = guiding.give(CITY, draft(due="2026-11-29"), "key-3").guidance.id
    guiding.end(CITY, gone, DROPPED, 1)
    later(hall, 6)  # 1 December
    assert [each.guidance.id for each in guiding.listed(CITY, Sought())] == [gone, first, last]
    assert [each.guidance.id for each in guiding.listed(CITY, Sought(progress="late"))] == [first]
    assert [each.guidance.id for each in guiding.listed(EDITOR, Sought(progress="open"))] == [last]
    assert guiding.listed(CITY, Sought(owner="H01.10.25")) == guiding.listed(CITY, Sought(procedure="9.999999")) == []
    for each in guiding.listed(EDITOR, Sought()):
        assert guiding.read(EDITOR, each.guidance.id)._replace(version=None) == each, "the list says what get says"


def test_to_another_agency_there_is_none(guiding):
    one = guiding.give(CITY, draft(), "key-1").guidance.id
    assert guiding.listed(STRANGER, Sought()) == []
    for act in (lambda: guiding.read(STRANGER, one), lambda: guiding.end(STRANGER, one, DROPPED, 1)):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotFound):
        guiding.read(CITY, "nothing")


@pytest.mark.parametrize(
    ("day", "said", "far"),
    [
        ("2026-11-30", None, "open"),
        ("2026-12-01", None, "late"),
        ("2026-12-01", "done", "done"),
        ("2026-12-01", "dropped", "dropped"),
    ],
)
def test_it_is_late_from_the_day_after_it_was_due(day, said, far):
    one = Guidance(
        id="g", issuer="H01", owner="H01", procedure=BIRTH, component="", text_vi="", text_en="", basis="", due=DUE
    )
    ended = Ended(said=said, by="o", name="O", at="2026-11-29T02:00:00.000+00:00") if said else None
    assert progress(one, ended, date.fromisoformat(day)) == far
