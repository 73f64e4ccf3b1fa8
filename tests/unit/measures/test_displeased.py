"""Dossiers that somebody was displeased with: by a rating, by a petition that names one, once, and component 5.4."""

from itertools import permutations

import pytest
from msgspec.structs import replace

from chalicelib.contracts.petitions import PetitionClosed, PetitionFiled
from chalicelib.identity.fence import TABLE as IDENTITY
from chalicelib.identity.petitions.items import PetitionHead
from chalicelib.kernel import aws
from chalicelib.kernel.access import PROCESSING, Principal
from chalicelib.kernel.problem import BodyInvalid
from chalicelib.kernel.record import Change, log_row
from chalicelib.law import displeased as law_of_it
from chalicelib.law.displeased import BadDispleased, displeased
from chalicelib.measures import cells, fence, petitions
from chalicelib.measures.cells import is_displeased
from chalicelib.measures.figures import WHOLE
from chalicelib.measures.model import Measured, Petitioned
from chalicelib.measures.petitions import petitioned
from chalicelib.measures.rows import SERVING, TABLE, measured_key
from chalicelib.measures.scores.service import Scoring
from chalicelib.measures.service import Measures
from chalicelib.measures.store import Table
from chalicelib.measures.wiring import rebuilds
from tests.support.measured import (
    OURS,
    accepted,
    at,
    begun,
    clock,
    counted,
    entry,
    goes_on,
    processed,
    published,
    rated,
    submitted,
)

CITY, NEXT = "H01", "H01.10.25"
PORTAL = "qd766-portal-2026"


@pytest.fixture
def country(tables):
    published(CITY)
    published(OURS, entry(OURS, parent=CITY))
    published(NEXT, entry(NEXT, parent=CITY))
    Table().serve(1, 1)
    return tables


def ended(reference, month="10", agency=OURS, *, late=False):
    """A dossier that ended in time, or late; answers its reference."""
    events = [submitted(f"2026-{month}-02 08:00", agency=agency)]
    events += [accepted(f"2026-{month}-02 09:00", f"2026-{month}-05 17:00")]
    events += [processed(f"2026-{month}-{'09' if late else '04'} 08:00", f"2026-{month}-05 17:00")]
    return begun(reference, *events, agency=agency)


def filed(name, dossier, when="2026-10-20 08:00", kind="petition"):
    stamp = at(when)
    facts = {"petition": name, "kind": kind, "about": "other", "agency": OURS}
    return PetitionFiled(**facts, came_at=stamp, due_at=stamp, dossier=dossier)


def closed(name, dossier, end="answered", when="2026-10-22 08:00", kind="petition", to=None):
    facts = {"petition": name, "kind": kind, "about": "other", "agency": OURS, "end": end, "to": to}
    return PetitionClosed(
        **facts, came_at=at("2026-10-20 08:00"), closed_at=at(when), is_late=False, counts="on_time", dossier=dossier
    )


def kept(name, *events):
    """A petition's log, as its owner keeps it; answers its rows as the outbox brings them."""
    pk = f"PETITION#{name}"
    change = Change(IDENTITY(), PetitionHead(pk=pk), clock()())
    for each in events:
        change.tell(each, actor="owner")
    change.write()
    return [(pk, log_row(row)) for row in aws.between(IDENTITY(), pk, "EVENT#", "EVENT#999999")]


def total(name="ended_displeased"):
    found = {}
    for (cell, _), counts in Table().totals(fence.serving()).items():
        if by := counts.get(name, 0):
            found[cell.unit, cell.month] = found.get((cell.unit, cell.month), 0) + by
    return found


def test_a_petition_and_a_dislike_of_one_dossier_count_once_in_whatever_order_they_come(country):
    orders = list(permutations(("log", "petition", "second")))
    for number, order in enumerate(orders):
        name = f"MC-{number}"
        ended(name)
        goes_on(name, rated("2026-11-03 08:00", satisfied=False))
        rows = {
            "petition": kept(f"PK-{number}", filed(f"PK-{number}", name), closed(f"PK-{number}", name)),
            "second": kept(f"PK-{number}-2", filed(f"PK-{number}-2", name, "2026-11-20 08:00")),
        }
        for _ in range(2):
            for each in order:
                if each == "log":
                    counted(name)
                else:
                    assert fence.measure(reversed(rows[each])) == {}
    assert total() == {(OURS, "2026-10"): len(orders)}, "in the month of the end"
    assert total("rated") == {(OURS, "2026-11"): len(orders)}


def test_what_a_petition_said_before_writes_nothing_again(country, monkeypatch):
    ended("MC-1")
    counted("MC-1")
    rows = kept("PK-1", filed("PK-1", "MC-1"), closed("PK-1", "MC-1"))
    assert fence.measure(rows) == {}
    wrote = []
    monkeypatch.setattr(aws, "transact", wrote.append)
    assert fence.measure(rows) == {}
    assert wrote == []


def test_a_dossier_that_others_count_all_the_time_is_counted_when_the_petition_comes_again(country, monkeypatch):
    ended("MC-1")
    counted("MC-1")
    rows = kept("PK-1", filed("PK-1", "MC-1"))

    def busy(*_):
        raise aws.WriteContended

    with monkeypatch.context() as patch:
        patch.setattr(fence, "changed", busy)
        assert set(fence.measure(rows)) == {"PETITION#PK-1"}
    assert total() == {}
    assert fence.measure(rows) == {}
    assert total() == {(OURS, "2026-10"): 1}


def test_what_is_withdrawn_counts_on_so_that_nobody_sees_who_gave_in(country):
    name = ended("MC-1")
    counted(name)
    rows = kept("PK-1", filed("PK-1", name), closed("PK-1", name, "withdrawn"))
    for some in (rows[:1], rows):
        fence.measure(some)
        assert total() == {(OURS, "2026-10"): 1}


def test_what_is_set_to_be_left_out_counts_no_more_whichever_is_told_first(country, monkeypatch):
    rule = replace(displeased(), left_out=("withdrawn",))
    monkeypatch.setattr(cells, "displeased", lambda: rule)
    for number, turn in enumerate((list, reversed)):
        name = ended(f"MC-{number}")
        counted(name)
        rows = kept(f"PK-{number}", filed(f"PK-{number}", name), closed(f"PK-{number}", name, "withdrawn"))
        fence.measure(turn(rows))
    assert total() == {}
    goes_on("MC-0", rated("2026-11-03 08:00", satisfied=False))
    counted("MC-0")
    assert total() == {(OURS, "2026-10"): 1}, "the dislike stays"


def test_what_is_forwarded_answered_or_refused_still_counts_and_a_complaint_does_not(country):
    for number, end in enumerate(("answered", "refused", "forwarded")):
        name = ended(f"MC-{number}")
        counted(name)
        to = NEXT if end == "forwarded" else None
        fence.measure(kept(f"PK-{number}", filed(f"PK-{number}", name), closed(f"PK-{number}", name, end, to=to)))
    counted(ended("MC-9"))
    fence.measure(kept("PK-9", filed("PK-9", "MC-9", kind="complaint")))
    fence.measure(kept("PK-10", filed("PK-10", None)))
    assert total() == {(OURS, "2026-10"): 3}


def test_what_no_text_says_is_set_in_the_rule(monkeypatch):
    came = Petitioned(petition="PK-1", kind="complaint", what="filed", at=at("2026-10-02 08:00"))
    gone = Petitioned(petition="PK-1", kind="complaint", what="withdrawn", at=at("2026-10-03 08:00"))
    measured = petitioned(petitioned(Measured(), gone), came)
    assert not is_displeased(measured)
    assert petitioned(measured, gone) == measured
    rule = replace(displeased(), kinds=("complaint",))
    monkeypatch.setattr(cells, "displeased", lambda: rule)
    assert is_displeased(measured)
    rule = replace(rule, left_out=("withdrawn",))
    assert not is_displeased(measured)


def test_a_rule_of_another_shape_is_refused_and_is_not_nothing(tmp_path, monkeypatch):
    (tmp_path / "data" / "measures").mkdir(parents=True)
    (tmp_path / "data" / "measures" / "displeased-2026.json").write_text('{"id": "x", "kinds": ["dislike"]}', "utf-8")
    monkeypatch.setattr(law_of_it, "__file__", str(tmp_path / "displeased.py"))
    with pytest.raises(BadDispleased):
        displeased.__wrapped__()


def test_a_rebuild_counts_the_same_and_goes_on_from_there(country):
    for number in range(3):
        counted(ended(f"MC-{number}"))
    rows = [
        *kept("PK-0", filed("PK-0", "MC-0")),
        *kept("PK-1", filed("PK-1", "MC-1"), closed("PK-1", "MC-1", "withdrawn")),
    ]
    fence.measure(rows)
    assert rebuilds().compare()[1] == []
    missed = kept("PK-2", filed("PK-2", "MC-2"))
    named = {(each.name, each.stands, each.logs_say) for each in rebuilds().compare()[1]}
    assert named == {("ended_displeased", 0, 1), ("petitions_received", 0, 1)}
    rebuilds().rebuild(Table().units())
    assert fence.serving() != 1
    assert total() == {(OURS, "2026-10"): 3}
    fence.measure([*rows, *missed])
    goes_on("MC-2", rated("2026-11-03 08:00", satisfied=False))
    counted("MC-2")
    assert total() == {(OURS, "2026-10"): 3}
    fence.measure(kept("PK-3", filed("PK-3", "MC-2"), closed("PK-3", "MC-2", "withdrawn")))
    assert total() == {(OURS, "2026-10"): 3}
    assert rebuilds().compare()[1] == []


def test_what_was_told_while_a_rebuild_ran_is_counted_after_it(country, monkeypatch):
    serve = Table.serve
    counted(ended("MC-1"))

    def meanwhile(self, generation, former):
        fence.measure(kept("PK-9", filed("PK-9", "MC-1")))
        serve(self, generation, former)

    monkeypatch.setattr(Table, "serve", meanwhile)
    rebuilds().rebuild(Table().units())
    assert total() == {(OURS, "2026-10"): 1}
    assert rebuilds().compare()[1] == []


@pytest.mark.parametrize("first", ["petition", "log"])
def test_a_petition_and_a_log_that_are_counted_at_one_moment_both_count(country, monkeypatch, first):
    counted(ended("MC-1"))
    goes_on("MC-1", rated("2026-11-03 08:00", satisfied=True))
    rows, transact, once = kept("PK-1", filed("PK-1", "MC-1")), aws.transact, []

    def beside(parts):
        if "measured" in parts and not once:
            once.append(1)
            counted("MC-1") if first == "petition" else fence.measure(rows)
        transact(parts)

    monkeypatch.setattr(aws, "transact", beside)
    fence.measure(rows) if first == "petition" else counted("MC-1")
    assert (total(), total("rated")) == ({(OURS, "2026-10"): 1}, {(OURS, "2026-11"): 1})
    stands = Table().measured(["MC-1"])["MC-1"]
    assert (len(stands.petitions), stands.satisfied) == (1, True), "neither is written over"
    assert rebuilds().compare()[1] == []


def test_what_was_kept_before_petitions_named_dossiers_goes_on(country):
    counted(ended("MC-1"))
    row = country.get("Measures", *measured_key(1, "MC-1"))
    assert "petitions" not in row, "as the release before wrote it"
    fence.measure(kept("PK-1", filed("PK-1", "MC-1")))
    assert aws.get(TABLE(), *measured_key(1, "MC-1"))["petitions"]
    assert total() == {(OURS, "2026-10"): 1}


def component(scored, name="5.4"):
    return next(each for group in scored.groups for each in group.components if each.id == name)


def told(unit, period):
    found = component(Scoring(Table(), clock()).scores(unit, period, PORTAL).parent.now)
    return found.numerator, found.denominator, found.ratio, found.score, found.data_quality_status


def test_the_score_is_reckoned_by_hand(country):
    """October of a commune: 20 ended, 2 late, 3 displeased with; of the other: 4, so nobody sees who; a late one."""
    names = [ended(f"MC-{number}", late=number < 2) for number in range(20)]
    others = [ended(f"MC-3{number}", agency=NEXT, late=number == 0) for number in range(4)]
    counted(*names, *others)
    for number in (5, 6):
        fence.measure(kept(f"PK-{number}", filed(f"PK-{number}", names[number])))
    for number in range(6, 11):
        goes_on(names[number], rated("2026-10-21 08:00", satisfied=number > 7))
    counted(*names[6:11])
    assert told(OURS, "2026-10") == (15, 20, 75.0, 5.0, "partial"), "6 x 75 / 90"
    assert told(NEXT, "2026-10") == (None, None, None, None, "withheld")
    assert told(CITY, "2026-Q4") == (15, 20, 75.0, 5.0, "partial"), "a sum of months that are large enough"
    assert told(OURS, "2026-11") == (0, 0, None, 0.0, "empty")
    goes_on(names[0], rated("2026-10-21 08:00", satisfied=False))
    counted(names[0])
    assert told(OURS, "2026-10")[0] == 14, "late, and disliked: both shares are taken off"


def all_rated(names, month="11", *, satisfied=True):
    names = list(names)
    for each in names:
        goes_on(each, rated(f"2026-{month}-20 08:00", satisfied=satisfied))
    counted(*names)


@pytest.mark.parametrize("ratings", [1, 4, 5])
def test_the_index_tells_no_dislike_that_the_share_of_satisfied_ratings_withholds(country, ratings):
    names = [ended(f"MC-{number}") for number in range(20)]
    counted(*names[ratings:])
    all_rated(names[:ratings], "10", satisfied=False)
    figures = {each.indicator.id: each for each in Measures(Table(), clock()).published(OURS, "2026-10").figures}
    share, (numerator, _, _, _, quality) = figures["satisfaction_share"], told(OURS, "2026-10")
    assert (share.quality, quality) == (("ok", "partial") if ratings > 4 else ("withheld", "withheld"))
    late = figures["on_time_share"].denominator - figures["on_time_share"].numerator
    dislikes = None if numerator is None else figures["on_time_share"].denominator - late - numerator
    assert dislikes == (None if share.numerator is None else share.denominator - share.numerator)


def test_the_month_that_runs_is_not_told(country):
    all_rated(ended(f"MC-{number}", "11") for number in range(6))
    assert told(OURS, "2026-11")[4] == "withheld"
    assert told(OURS, "2026")[4] == "withheld"
    found = component(Scoring(Table(), clock("2026-12-01 00:00")).scores(OURS, "2026-11", PORTAL).parent.now)
    assert (found.numerator, found.denominator, found.score) == (6, 6, 6.0)


def test_what_is_late_and_complained_of_more_often_than_it_ended_is_impossible_and_not_0(country):
    names = [ended(f"MC-{number}", late=True) for number in range(5)]
    all_rated(names, "10")
    for number, name in enumerate(names):
        fence.measure(kept(f"PK-{number}", filed(f"PK-{number}", name)))
    assert told(OURS, "2026-10") == (-5, 5, -100.0, None, "impossible")


def test_an_officer_is_not_told_which_dossiers_somebody_complained_of(country):
    counted(ended("MC-1"))
    fence.measure(kept("PK-1", filed("PK-1", "MC-1")))
    assert total() == {(OURS, "2026-10"): 1}
    who = Principal(subject="o", kind="OFFICER", name="O", agency=OURS, roles=frozenset({PROCESSING}))
    measures = Measures(Table(), clock())
    with pytest.raises(BodyInvalid):
        measures.behind(who, OURS, "2026-10", WHOLE, "ended_displeased", (0, 10))
    shown = measures.read(who, OURS, "2026-10", WHOLE).counts
    assert shown["ended"] == 1
    assert "ended_displeased" not in shown


def test_a_dossier_that_still_runs_is_in_the_month_of_its_end_once_it_ended(country):
    """September's petition and November's end: the numerator is of the denominator."""
    first = [submitted("2026-09-02 08:00"), accepted("2026-09-02 09:00", "2026-11-05 17:00")]
    counted(begun("MC-1", *first))
    fence.measure(kept("PK-1", filed("PK-1", "MC-1", "2026-09-20 08:00")))
    assert total() == {}
    goes_on("MC-1", processed("2026-11-04 08:00", "2026-11-05 17:00"))
    counted("MC-1")
    assert total() == total("ended") == {(OURS, "2026-11"): 1}


def test_who_was_rated_later_is_among_those_that_ended(country):
    counted(ended("MC-1"))
    goes_on("MC-1", rated("2026-11-03 08:00", satisfied=True))
    counted("MC-1")
    assert (total("ended_rated"), total("rated")) == ({(OURS, "2026-10"): 1}, {(OURS, "2026-11"): 1})


def test_what_was_counted_before_this_count_is_missing_until_a_rebuild(country):
    country.put("Measures", {"pk": SERVING[0], "sk": SERVING[1], "shape": 1, "generation": 1})
    all_rated((ended(f"MC-{number}") for number in range(6)), "10", satisfied=False)
    assert told(OURS, "2026-10") == (None, None, None, None, "missing")
    assert told(OURS, "2026-11")[4] == "missing"
    rebuilds().rebuild(Table().units())
    assert told(OURS, "2026-10") == (0, 6, 0.0, 0.0, "partial")


def test_a_new_installation_wants_a_rebuild_too_and_one_while_it_is_empty_is_enough(country):
    aws.alone(aws.delete(TABLE(), SERVING))
    assert told(OURS, "2026-10")[4] == "missing"
    rebuilds().rebuild(Table().units())
    assert told(OURS, "2026-10")[4] == "empty"
    all_rated((ended(f"MC-{number}") for number in range(6)), "10", satisfied=False)
    assert told(OURS, "2026-10") == (0, 6, 0.0, 0.0, "partial")


@pytest.mark.parametrize("satisfied", [True, False])
def test_a_rating_that_its_own_month_withholds_moves_the_month_of_the_end_where_it_is_a_dislike(country, satisfied):
    """docs/explanation/measures.md says so: who reads October before and after it sees one dislike."""
    names = [ended(f"MC-{number}") for number in range(20)]
    counted(*names)
    all_rated(names[:5], "10")
    december = clock("2026-12-01 00:00")
    before = told(OURS, "2026-10")
    assert before == (20, 20, 100.0, 6.0, "partial")
    all_rated(names[5:6], satisfied=satisfied)
    figures = Measures(Table(), december).published(OURS, "2026-11").figures
    share = next(each for each in figures if each.indicator.id == "satisfaction_share")
    assert (share.numerator, share.quality) == (None, "withheld")
    assert told(OURS, "2026-10")[0] == (20 if satisfied else 19)


def test_what_is_known_to_be_better_than_it_is_says_what_it_lacks(country):
    all_rated((ended(f"MC-{number}") for number in range(6)), "10")
    found = component(Scoring(Table(), clock()).scores(OURS, "2026-10", PORTAL).parent.now)
    assert (found.data_quality_status, found.score) == ("partial", 6.0)
    assert found.missing == ("late_and_not_ended", "petitions_of_the_portal")


@pytest.mark.parametrize("kind", ["complaint", "petition"])
def test_of_many_petitions_so_many_are_kept_and_no_count_is_lost(country, monkeypatch, kind):
    rule = replace(displeased(), most_kept=4, left_out=("withdrawn",))
    monkeypatch.setattr(cells, "displeased", lambda: rule)
    monkeypatch.setattr(petitions, "displeased", lambda: rule)
    counted(ended("MC-1"))
    rows = [
        row
        for number in range(6)
        for name in (f"PK-{number}",)
        for row in kept(name, filed(name, "MC-1", kind=kind), closed(name, "MC-1", "withdrawn", kind=kind))
    ]
    fence.measure(rows[:4])
    assert total() == {}, "what was withdrawn"
    fence.measure([*rows[4:], *rows])
    fence.measure(kept("PK-9", filed("PK-9", "MC-1")))
    assert len(Table().measured(["MC-1"])["MC-1"].petitions) == 4 + len({kind, "petition"})
    assert total() == {(OURS, "2026-10"): 1}
    assert rebuilds().compare()[1] == []
