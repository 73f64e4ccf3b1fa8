"""Guidance on restructuring: who gives it to whom, what carries it out, what is late, who sees it."""

import json
from contextlib import nullcontext
from datetime import date

import pytest
from typer.testing import CliRunner

from chalicelib.catalogue.guidance import store
from chalicelib.catalogue.guidance.items import Ended
from chalicelib.catalogue.guidance.known import CatalogueProcedures
from chalicelib.catalogue.guidance.model import Progress, progress
from chalicelib.catalogue.guidance.service import GuidanceDraft, Guiding, Sought
from chalicelib.catalogue.guidance.store import GuidanceTable
from chalicelib.catalogue.ownership.service import Ownership
from chalicelib.catalogue.procedures import guided
from chalicelib.catalogue.procedures.guided import MOST_OPEN
from chalicelib.catalogue.procedures.items import ProcedureHead
from chalicelib.catalogue.refusals import GuidanceInvalid, GuidanceStep
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.guidance import Guidance
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import KeyReused, LostUpdate, NotAllowed, NotFound
from infra.command import ops
from tests.fakes import people
from tests.fakes.people import number_of
from tests.support.keepers import BIRTH, EDITOR, PUBLISHER, STRANGER, act, birth, unconditional

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


def listed(guiding, who, **sought):
    return [each.guidance.id for each in guiding.listed(who, Sought(**sought), "")[0]]


def pointers(refused):
    return [(each.pointer, each.rule) for each in refused.value.fields]


def test_guidance_is_given_from_above_and_its_owner_is_who_keeps_the_procedure(hall, guiding):
    one = guiding.give(CITY, draft(), "key-1")
    assert (one.guidance.issuer, one.keeper, one.progress) == ("H01", EDITOR.agency, Progress.OPEN)
    assert guiding.give(CITY, draft(), "key-1") == one, "a key is one guidance"
    with pytest.raises(KeyReused):
        guiding.give(CITY, draft(basis="Khác"), "key-1")
    assert hall.rows.types(f"GUIDANCE#{one.guidance.id}") == ["guidance.given"]


@pytest.mark.parametrize("code", [BIRTH, "9.999999"])
def test_nobody_guides_what_is_not_theirs(hall, guiding, code):
    with pytest.raises(NotFound):
        guiding.give(STRANGER, draft(procedure=code), "key-1")
    assert listed(guiding, CITY) == []


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
    assert listed(guiding, CITY) == [gone, first, last]
    assert listed(guiding, CITY, progress="late") == [first]
    assert listed(guiding, EDITOR, progress="open") == [last]
    assert listed(guiding, CITY, owner="H01.10.25") == listed(guiding, CITY, procedure="9.999999") == []
    for each in guiding.listed(EDITOR, Sought(), "")[0]:
        assert guiding.read(EDITOR, each.guidance.id) == each, "the list says what get says"


def test_a_list_is_read_by_page(guiding, monkeypatch):
    monkeypatch.setattr(store, "PAGE", 2)
    names = [guiding.give(CITY, draft(due=f"2026-12-{day:02d}"), f"key-{day}").guidance.id for day in (3, 1, 2)]
    first, following = guiding.listed(CITY, Sought(), "")
    rest, end = guiding.listed(CITY, Sought(), following)
    assert ([each.guidance.id for each in (*first, *rest)], end) == ([names[1], names[2], names[0]], None)
    with pytest.raises(NotFound):
        guiding.listed(STRANGER, Sought(), following)


def test_a_procedure_has_as_much_open_as_one_transaction_moves(guiding):
    names = [guiding.give(CITY, draft(), f"key-{number}").guidance.id for number in range(MOST_OPEN)]
    with pytest.raises(GuidanceInvalid) as refused:
        guiding.give(CITY, draft(), "one-more")
    assert pointers(refused) == [("/procedure", "too_many")]
    guiding.end(CITY, names[0], DROPPED, 1)
    assert guiding.give(CITY, draft(), "one-more").progress is Progress.OPEN


def handed(hall, to):
    """The birth registration goes to another agency."""
    ownership = Ownership(hall.procedures, hall.clock)
    owner = ownership.read(people.officer("publisher", agency="H01"), BIRTH).owner
    ownership.offer(people.officer("publisher", agency=owner), BIRTH, to, act(f"offer-{to}"))
    ownership.accept(
        Principal("officer-b", "OFFICER", "B", 1, number_of("b"), to, PUBLISHER.roles), BIRTH, act(f"accept-{to}")
    )


def recorded(hall, to):
    """An import says that another body promulgated it."""
    facts = birth(promulgated_by={"code": to, "name_vi": "Cơ quan khác"})
    hall.records.keep(facts, ())


@pytest.mark.parametrize("goes", [handed, recorded])
@pytest.mark.parametrize("to", ["H01.10.25", "G15.7"])
def test_it_follows_its_procedure_to_the_agency_that_keeps_it_now(hall, guiding, goes, to):
    ended = guiding.give(CITY, draft(due="2026-11-29"), "key-0").guidance.id
    guiding.end(CITY, ended, DROPPED, 1)
    names = [guiding.give(CITY, draft(), f"key-{number}").guidance.id for number in range(1, MOST_OPEN + 1)]
    goes(hall, to)
    keeper, top = (people.officer("publisher", agency=each) for each in (to, to.split(".")[0]))
    for who in (keeper, top):
        assert set(listed(guiding, who, progress="open")) == set(names)
    assert listed(guiding, EDITOR) == [ended], "what ended stays with who kept the procedure then"
    here = guiding.read(keeper, names[0])
    assert (here.keeper, here.guidance.owner) == (to, EDITOR.agency)
    with pytest.raises(NotFound):
        guiding.read(EDITOR, names[0])
    with pytest.raises(NotFound):
        guiding.end(EDITOR, names[0], ("done", 1, "Đã làm"), 1)
    assert guiding.read(EDITOR, ended).keeper == EDITOR.agency
    assert guiding.read(keeper, ended).keeper == EDITOR.agency, "whoever keeps it now sees what was asked of it before"
    assert guiding.end(top, names[0], DROPPED, 1).ended.keeper == to
    assert listed(guiding, keeper, progress="dropped") == [names[0]]


def test_what_goes_while_guidance_is_given_goes_with_it(hall, guiding, monkeypatch):
    once = guiding.known.in_force

    def meanwhile(*asked):
        monkeypatch.setattr(guiding.known, "in_force", once)
        handed(hall, "H01.10.25")
        return once(*asked)

    monkeypatch.setattr(guiding.known, "in_force", meanwhile)
    one = guiding.give(CITY, draft(), "key-1")
    assert (one.keeper, one.guidance.owner) == ("H01.10.25", "H01.10.25")
    assert (listed(guiding, EDITOR), listed(guiding, STRANGER)) == ([], [one.guidance.id])


def test_guidance_that_is_given_while_the_procedure_goes_goes_too(hall, guiding, monkeypatch):
    once = guided.open_on

    def meanwhile(code):
        before = once(code)
        monkeypatch.setattr(guided, "open_on", once)
        guiding.give(CITY, draft(), "key-1")
        return before

    ownership = Ownership(hall.procedures, hall.clock)
    ownership.offer(EDITOR, BIRTH, STRANGER.agency, act("offer"))
    monkeypatch.setattr(guided, "open_on", meanwhile)
    accepter = Principal("officer-b", "OFFICER", "B", 1, number_of("b"), STRANGER.agency, PUBLISHER.roles)
    ownership.accept(accepter, BIRTH, act("accept"))
    assert (listed(guiding, EDITOR), len(listed(guiding, STRANGER))) == ([], 1)


def test_guidance_that_ends_while_its_procedure_goes_ends_with_who_keeps_it_then(hall, guiding, monkeypatch):
    one = guiding.give(CITY, draft(), "key-1").guidance.id
    once = guided.open_on

    def meanwhile(code):
        monkeypatch.setattr(guided, "open_on", once)
        handed(hall, STRANGER.agency)
        return once(code)

    monkeypatch.setattr(guided, "open_on", meanwhile)
    assert guiding.end(CITY, one, DROPPED, 1).ended.keeper == STRANGER.agency
    assert (listed(guiding, EDITOR), listed(guiding, STRANGER)) == ([], [one])


def test_a_procedure_that_had_no_record_when_it_was_read_is_read_again_where_it_has_one(guiding, monkeypatch):
    one, once, read = guiding.give(CITY, draft(), "key-1").guidance.id, guiding.known.kept, []

    def not_yet(code):
        read.append(code)
        found = once(code)
        return found._replace(head=ProcedureHead(pk=found.head.pk)) if len(read) == 1 else found

    monkeypatch.setattr(guiding.known, "kept", not_yet)
    assert guiding.end(CITY, one, DROPPED, 1).ended.said == "dropped"
    assert len(read) == 3, "for what is lost, for what is written, for the answer"


def test_no_more_is_open_than_may_be_where_two_give_at_once(guiding, monkeypatch):
    for number in range(MOST_OPEN - 1):
        guiding.give(CITY, draft(), f"key-{number}")
    once = guiding.given.open_on

    def meanwhile(code):
        found = once(code)
        monkeypatch.setattr(guiding.given, "open_on", once)
        guiding.give(CITY, draft(), "other")
        return found

    monkeypatch.setattr(guiding.given, "open_on", meanwhile)
    with pytest.raises(GuidanceInvalid) as refused:
        guiding.give(CITY, draft(), "one-more")
    assert pointers(refused) == [("/procedure", "too_many")]
    assert len(guided.open_on(BIRTH).open) == MOST_OPEN


@pytest.mark.parametrize("depth", [6, 8])
def test_it_follows_from_as_deep_as_agencies_stand_and_fits_one_transaction(hall, guiding, monkeypatch, depth):
    deep, deeper = (".".join((first, *["1"] * (depth - 1))) for first in ("H02", "G15"))
    recorded(hall, deep)
    below = people.officer("publisher", agency=deep)
    names = {guiding.give(below, draft(), f"key-{number}").guidance.id for number in range(MOST_OPEN)}
    sent, once = [], aws.transact

    def counted(parts):
        sent.append(len(parts))
        once(parts)

    monkeypatch.setattr(aws, "transact", counted)
    recorded(hall, deeper)
    assert max(sent) <= guided.MOST_PARTS
    for who in guided.lines(deeper):
        assert set(listed(guiding, people.officer("publisher", agency=who))) == names
    for who in guided.lines(deep):
        assert listed(guiding, people.officer("publisher", agency=who)) == [], "nor what is left there"


def test_where_there_is_no_room_for_all_rows_the_new_keeper_has_theirs(guiding):
    for number in range(3):
        guiding.give(CITY, draft(), f"key-{number}")
    moved = guided.passed(BIRTH, guided.Passing(EDITOR.agency, "G15.7"), 1 + 3)
    assert sorted(part.split()[-1] for part in moved) == ["G15.7"] * 3 + ["head"]


def test_while_nobody_keeps_the_procedure_its_owner_has_it_and_then_who_does(hall, guiding, monkeypatch):
    one = guiding.give(CITY, draft(), "key-1").guidance.id
    recorded(hall, STRANGER.agency)

    def passes(former, present):
        aws.transact(guided.passed(BIRTH, guided.Passing(former, present), guided.MOST_PARTS))

    kept = guiding.known.kept
    passes(STRANGER.agency, "")
    with monkeypatch.context() as nobodys:
        nobodys.setattr(guiding.known, "kept", lambda code: kept(code)._replace(keeper=""))
        nobodys.setattr(guiding.known, "keepers", lambda codes: dict.fromkeys(codes, ""))
        assert (listed(guiding, EDITOR), listed(guiding, CITY), listed(guiding, STRANGER)) == ([one], [one], [])
        assert guiding.read(EDITOR, one).keeper == EDITOR.agency
    passes("", STRANGER.agency)
    assert aws.query(TABLE(), guided.list_of(EDITOR.agency)) == [], "no row is left where there is room"
    assert (listed(guiding, EDITOR), listed(guiding, STRANGER)) == ([], [one])
    with monkeypatch.context() as nobodys:
        nobodys.setattr(guiding.known, "kept", lambda code: kept(code)._replace(keeper=""))
        assert guiding.end(CITY, one, DROPPED, 1).ended.keeper == EDITOR.agency


EARLIER = {
    "shape": 1,
    "version": 1,
    "seq": 1,
    "chain": "0" * 32,
    "created_at": "2026-11-24T02:00:00.000+00:00",
    "sk": "HEAD",
    "body": "b",
}
"""The record of guidance as the release before kept it, but for what it says."""


def earlier(name, procedure=BIRTH, **more):
    """Guidance of the release before, whose list nobody reads any more."""
    said = {"id": name, "issuer": "H01", "owner": EDITOR.agency, "procedure": procedure, "component": ""}
    said |= {"text_vi": "Bỏ", "text_en": "Drop", "basis": "NQ 66.7", "due": DUE}
    row = {**EARLIER, "pk": f"GUIDANCE#{name}", "guidance": said, **more}
    listed_there = {"pk": "GUIDANCE OF#H01", "sk": name, "shape": 1, "guidance": said, "given_at": row["created_at"]}
    aws.transact({"head": aws.put_new(TABLE(), row), "row": aws.put_new(TABLE(), listed_there)})
    return name


def test_guidance_of_the_release_before_is_put_on_todays_lists_once(hall, guiding):
    over = {"said": "dropped", "by": "o", "name": "O", "at": "2026-11-24T03:00:00.000+00:00", "why": "Cũ"}
    still, ended, nobodys = earlier("g1"), earlier("g2", ended=over, version=2), earlier("g3", "9.999999")
    recorded(hall, STRANGER.agency)
    today = guiding.give(CITY, draft(), "key-1").guidance.id
    assert (listed(guiding, EDITOR), listed(guiding, STRANGER)) == ([], [today])
    assert guiding.enrol() == 3
    assert guiding.enrol() == 0, "again it is nothing"
    assert (set(listed(guiding, EDITOR)), set(listed(guiding, STRANGER))) == ({ended, nobodys}, {still, today})
    assert set(listed(guiding, CITY)) == {still, ended, nobodys, today}
    recorded(hall, EDITOR.agency)
    assert set(listed(guiding, EDITOR, progress="open")) == {still, today, nobodys}, "what is open follows from then on"
    assert guiding.end(CITY, nobodys, DROPPED, 1).ended.keeper == EDITOR.agency


def test_an_operator_puts_it_on_todays_lists(guiding, monkeypatch):
    monkeypatch.setattr(ops, "stage", lambda _: nullcontext())
    one = earlier("g1")
    for number in (1, 0):
        answer = CliRunner().invoke(ops.ops_app, ["enrol-guidance", "--json"])
        assert json.loads(answer.stdout) == {"enrolled": number}
    assert listed(guiding, EDITOR) == [one]


@pytest.mark.parametrize("ends", [True, False])
def test_what_ends_or_goes_while_it_is_put_on_lists_is_put_where_it_is_then(hall, guiding, monkeypatch, ends):
    one, once = earlier("g1"), guiding.given.open_on

    def meanwhile(code):
        monkeypatch.setattr(guiding.given, "open_on", once)
        if ends:
            guiding.end(CITY, one, DROPPED, 1)
        else:
            handed(hall, STRANGER.agency)
        return once(code)

    monkeypatch.setattr(guiding.given, "open_on", meanwhile)
    assert guiding.enrol() == 1
    assert [each.id for each in guided.open_on(BIRTH).open] == ([] if ends else [one])
    assert (listed(guiding, EDITOR), listed(guiding, STRANGER)) == (([one], []) if ends else ([], [one]))


def test_who_keeps_many_procedures_is_found_in_two_reads(hall, calls):
    hall.published("2026-11-25")
    recorded(hall, STRANGER.agency)
    known = CatalogueProcedures()
    calls.clear()
    assert known.keepers([BIRTH, "9.999999", BIRTH]) == {BIRTH: STRANGER.agency, "9.999999": ""}
    assert calls == ["BatchGetItem"] * 2


def test_to_another_agency_there_is_none(guiding):
    one = guiding.give(CITY, draft(), "key-1").guidance.id
    assert listed(guiding, STRANGER) == []
    for tried in (lambda: guiding.read(STRANGER, one), lambda: guiding.end(STRANGER, one, DROPPED, 1)):
        with pytest.raises(NotFound):
            tried()
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
