"""What each event of a log changes of what is counted, and nothing else: facts, marks, files. Pure."""

import pytest
from msgspec.structs import asdict

from chalicelib.contracts.event import told
from chalicelib.contracts.originals import OriginalHandedOn, OriginalReturned
from chalicelib.contracts.submission import FiledFee
from chalicelib.measures.facts import Told, folded, is_fact
from chalicelib.measures.marks import BESIDE, MARKED, has, has_ended
from chalicelib.measures.model import Mark, Measured
from tests.support import measured as of
from tests.support.measured import BIRTH, OURS, at, whole

SENT, TAKEN = of.submitted("2026-11-02 08:00"), of.accepted("2026-11-02 09:00", "2026-11-05 17:00")
WHEN, DUE = "2026-11-03 08:00", "2026-11-05 17:00"
SIGNED = of.processed("2026-11-04 08:00", DUE)
OWN = "c" * 64


def change(event, *before):
    """The fields that an event changes after others; its number is theirs and one more."""
    was, now = asdict(whole(*before)), asdict(whole(*before, event))
    assert now.pop("number") == was.pop("number") + 1
    return {name: value for name, value in now.items() if value != was[name]}


def marks(*events):
    """The marks of a log: number, what, when, when it was due then."""
    return [(each.number, each.what, each.at, each.due_at) for each in whole(*events).marks]


def last(*events):
    return marks(*events)[-1][1:]


FEE = FiledFee(amount=8_000, currency="VND", why_vi="x", why_en="x")


def test_what_was_submitted_says_whose_it_is_and_how_it_came():
    found = change(of.submitted(WHEN, channel="DIRECT", party="ORGANISATION", fee=FEE))
    assert found.pop("marks") == (Mark(number=1, what="submitted", at=at(WHEN)),)
    assert found == {
        "unit": OURS,
        "procedure": BIRTH,
        "channel": "DIRECT",
        "party": "ORGANISATION",
        "received_at": at(WHEN),
        "owes": True,
    }
    assert whole(of.submitted(WHEN, party=None)).party == "unsaid"


@pytest.mark.parametrize(("amount", "owes"), [(8_000, True), (0, False), (None, True)])
def test_an_amount_that_nobody_knows_is_owed(amount, owes):
    fee = FiledFee(amount=amount, currency="VND", why_vi="x", why_en="x")
    assert whole(of.submitted(WHEN, fee=fee)).owes is owes
    assert not whole(SENT).owes
    assert whole(of.to_pay(WHEN), SENT).owes, "what is owed is not forgotten"


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        (of.referred(), {"reuses": True}),
        (of.redirected(WHEN, "H02"), {"unit": "H02"}),
        (of.extended(WHEN, DUE), {"extended_at": at(WHEN)}),
        (of.returned(WHEN), {"returned_at": at(WHEN)}),
        (of.returned(WHEN, "vault", "counter"), {"returned_at": at(WHEN), "in_person": True}),
        (of.rated(WHEN, satisfied=True), {"rated_at": at(WHEN), "satisfied": True}),
        (of.rated(WHEN, satisfied=False), {"rated_at": at(WHEN)}),
    ],
)
def test_a_fact_changes_its_own_field_alone(event, changes):
    assert is_fact(event.type)
    assert change(event, SENT) == changes


@pytest.mark.parametrize(
    ("event", "changes", "mark"),
    [
        (of.accepted(WHEN, DUE), {"accepted_at": at(WHEN)}, "accepted"),
        (of.asked(WHEN, DUE), {"asked": (at(WHEN),)}, "asked"),
        (of.to_pay(WHEN), {"owes": True}, "to_pay"),
        (of.paid(WHEN), {}, "paid"),
        (of.corrected(WHEN), {}, "corrected"),
        (of.answered(WHEN), {"answered": (at(WHEN),)}, "answered"),
        (of.answered(WHEN, restarted=True), {"answered": (at(WHEN),)}, "restarted"),
        (of.answered(WHEN, by_officer=True), {"answered": (at(WHEN),), "in_person": True}, "answered"),
        (of.refused(WHEN), {"ending": "refused", "ended_at": at(WHEN)}, "closed"),
        (of.refused(WHEN, why="supplement_lapsed"), {"ending": "lapsed", "ended_at": at(WHEN)}, "closed"),
        (of.processed(WHEN, None), {"ending": "processed", "ended_at": at(WHEN)}, "processed"),
        *(
            (of.stopped(WHEN, why, DUE), {"ending": ending, "ended_at": at(WHEN), "due_at": at(DUE)}, "closed")
            for why, ending in (
                ("withdrawn", "withdrawn"),
                ("supplement_lapsed", "lapsed"),
                ("refused", "stopped"),
                ("upstream", "stopped"),
            )
        ),
    ],
)
def test_a_fact_that_findings_are_made_of_is_marked_as_well(event, changes, mark):
    assert is_fact(event.type)
    found = change(event, SENT)
    was, now = found.pop("marks")
    assert found == changes
    assert (was.what, now.number, now.what, now.at) == ("submitted", 2, mark, at(WHEN))


def test_every_event_that_changes_something_or_is_marked_is_a_fact_or_beside_one():
    assert all(is_fact(kind.type) for kind, _ in MARKED)
    assert not any(is_fact(kind.type) for kind, _ in BESIDE)
    for kind in (OriginalHandedOn, OriginalReturned):
        assert is_fact(kind.type)
        assert not is_fact(f"{kind.type}.x")


@pytest.mark.parametrize(
    ("event", "due"),
    [
        (TAKEN, DUE),
        (of.asked(WHEN, DUE), DUE),
        (of.asked(WHEN), None),
        (of.answered(WHEN, due_at=at(DUE)), DUE),
        (of.paid(WHEN, due_at=at(DUE)), DUE),
        (of.stopped(WHEN, "withdrawn", DUE), DUE),
        (of.processed(WHEN, DUE), DUE),
        (of.processed(WHEN, None), None),
    ],
)
def test_a_mark_says_when_the_dossier_was_due_then(event, due):
    assert last(SENT, event)[2] == (at(due) if due else None)


@pytest.mark.parametrize(
    ("change_of_it", "what"),
    [
        ({}, "paid"),
        ({"paid_by": "portal"}, "paid_unproved"),
        ({"paid_by": "portal", "transaction": "T-1"}, "paid"),
        ({"transaction": "T-1"}, "paid"),
    ],
)
def test_what_was_paid_on_the_portal_by_a_word_alone_is_unproved(change_of_it, what):
    assert last(SENT, of.paid(WHEN, **change_of_it))[0] == what


def test_what_goes_on_after_its_end_is_marked_once_and_a_correction_is_none():
    after = (of.asked(WHEN, DUE), of.answered(WHEN), of.corrected(WHEN), of.corrected(WHEN))
    for end in (SIGNED, of.refused("2026-11-04 08:00"), of.stopped("2026-11-04 08:00", "withdrawn", DUE)):
        what = [each[1] for each in marks(SENT, end, *after)]
        assert what[2:] == ["went_on", "corrected", "corrected"]
    assert marks(SENT, SIGNED, of.asked(WHEN, DUE))[-1] == (3, "went_on", at(WHEN), at(DUE))


def test_the_first_step_before_the_end_is_marked_and_no_other():
    for step in (of.verified(WHEN), of.leg_done(WHEN)):
        assert last(SENT, step) == ("step", at(WHEN), None)
    assert [each[1] for each in marks(SENT, of.verified(WHEN), of.leg_done(WHEN))] == ["submitted", "step"]
    assert [each[1] for each in marks(SENT, SIGNED, of.verified(WHEN))] == ["submitted", "processed"]


# --- files ------------------------------------------------------------------------------------------------------


def test_files_are_known_by_the_beginning_of_their_hash_once_and_in_their_order():
    lines = (of.file_of("a" * 64), of.file_of("b" * 64), of.file_of("a" * 16 + "0" * 48))
    assert whole(of.submitted(WHEN, components=lines)).files == ("a" * 16, "b" * 16)
    more = of.answered(WHEN, components=(of.file_of("d" * 64), of.file_of("b" * 64)))
    assert whole(of.submitted(WHEN, components=lines), more).files == ("a" * 16, "b" * 16, "d" * 16)


@pytest.mark.parametrize("end", [SIGNED, of.refused(WHEN), of.stopped(WHEN, "withdrawn", DUE)])
def test_after_the_end_no_files_are_kept(end):
    assert whole(of.submitted(WHEN, components=(of.file_of(OWN),)), end).files == ()


ONLINE = of.submitted("2026-11-02 08:00", components=(of.file_of(OWN),))


@pytest.mark.parametrize(
    ("events", "what"),
    [
        ((ONLINE, of.received(WHEN, OWN, result=of.RESULT)), ["submitted", "own_file"]),
        ((ONLINE, of.received(WHEN, result=of.RESULT)), ["submitted"]),
        ((ONLINE, *[of.received(WHEN, OWN, result=of.RESULT)] * 2), ["submitted", "own_file"]),
        ((ONLINE, of.processed(WHEN, DUE, sha256=OWN)), ["submitted", "own_file", "processed"]),
        ((ONLINE, SIGNED, of.received(WHEN, OWN, result=of.RESULT)), ["submitted", "processed"]),
        ((ONLINE, of.received(WHEN)), ["submitted", "on_paper"]),
        ((ONLINE, of.received(WHEN), of.received(WHEN)), ["submitted", "on_paper"]),
        ((ONLINE, of.received(WHEN, origin="upload")), ["submitted"]),
        ((ONLINE, TAKEN, of.received(WHEN)), ["submitted", "accepted"]),
        ((ONLINE, SIGNED, of.received(WHEN)), ["submitted", "processed"]),
    ],
)
def test_what_comes_on_paper_is_marked_before_acceptance_and_a_result_that_is_the_applicants_own(events, what):
    assert [each[1] for each in marks(*events)] == what


def test_what_comes_on_paper_is_marked_with_its_event_and_its_time():
    assert marks(ONLINE, of.received(WHEN, OWN, result=of.RESULT))[-1] == (2, "own_file", at(WHEN), None)
    assert marks(ONLINE, of.processed(WHEN, DUE, sha256=OWN))[-2] == (2, "own_file", at(WHEN), None)
    assert marks(ONLINE, of.received(WHEN))[-1] == (2, "on_paper", at(WHEN), None)


@pytest.mark.parametrize(
    ("before", "what"),
    [
        ((SENT,), ["submitted", "on_paper", "accepted"]),
        ((ONLINE,), ["submitted", "accepted"]),
        ((of.referred(), SENT), ["submitted", "accepted"]),
    ],
)
def test_beside_what_came_online_paper_is_no_matter(before, what):
    assert [each[1] for each in marks(*before, of.received(WHEN), TAKEN)] == what


# --- the order of the log ---------------------------------------------------------------------------------------


def test_a_row_is_folded_after_all_that_were_before_it_and_once():
    rows = [Told(number, each.type, told(each)) for number, each in ((3, SENT), (7, TAKEN))]
    found = folded(Measured(), rows)
    assert (found.number, [each.number for each in found.marks]) == (7, [3, 7])
    late = [Told(number, SIGNED.type, told(SIGNED)) for number in (6, 7)]
    assert folded(found, late) == found
    assert folded(found, [Told(8, SIGNED.type, told(SIGNED))]).ending == "processed"
    other = folded(found, [Told(9, "vn.motcua.task.claimed", {})])
    assert (other.number, other.marks) == (9, found.marks)


def test_who_was_rated_once_is_rated_so():
    first, second = of.rated(WHEN, satisfied=False), of.rated("2026-11-04 08:00", satisfied=True)
    assert whole(SENT, first, second).rated_at == at(WHEN)
    assert not whole(SENT, first, second).satisfied


def test_a_dossier_has_ended_by_a_result_or_without_one():
    some = [Mark(number=1, what=what, at="x") for what in ("accepted", "processed", "closed", "went_on")]
    assert [has_ended(Measured(marks=(each,))) for each in some] == [False, True, True, False]
    assert has(some, "asked", "closed")
    assert not has(some, "asked")
    assert not has((), "asked")
