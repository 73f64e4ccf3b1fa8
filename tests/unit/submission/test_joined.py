"""A person whose number was replaced has all that was theirs; nobody pays for a look who has one number (70/2024)."""

from datetime import timedelta

import pytest

from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier import lists
from chalicelib.dossier.holding import Named
from chalicelib.dossier.joined import formers_of, remember_joined
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.submission.holders import Holders
from tests.fakes import people
from tests.support.acting import AGENT, opened, ready, represent
from tests.support.ledgers import lines_of

OLD = people.CITIZEN
NEW = Principal("citizen-1", "CITIZEN", OLD.name, 2, "086195000001")
NEWEST = Principal("citizen-1", "CITIZEN", OLD.name, 2, "086195000002")
NEW_AGENT = Principal("citizen-2", "CITIZEN", AGENT.name, 2, "086093000001")
STRANGER = Principal("citizen-9", "CITIZEN", "Lê Thị Út", 2, "001195000777")


def told(hall, person, *former, back=timedelta(0)):
    """A register said which numbers are one person's; `back`: it is heard that much later than it was told."""
    hall.clock.advance(milliseconds=1)
    formers = tuple(each.holder for each in former)
    at = stamp(hall.clock() - back)
    event = PersonChanged(person=person.holder, kind="renumbered", register="population", at=at, former=formers)
    remember_joined(event, at)


def references(hall, who):
    rows, withheld, _ = hall.views.mine(who, "")
    assert withheld == 0
    return [row.pk for row in rows]


def test_everything_is_on_the_list_of_the_new_number_as_one_the_newest_first(hall):
    sent = hall.submitted()
    hall.clock.advance(minutes=1)
    mine = hall.open(NEW, key="open-2")
    hall.clock.advance(minutes=1)
    draft = hall.open(OLD, key="open-3")
    assert references(hall, NEW) == [mine]
    for reference in (sent, draft):
        with pytest.raises(NotFound):
            hall.submissions.read(NEW, reference)
    told(hall, NEW, OLD)
    assert references(hall, NEW) == [draft, mine, sent]
    assert hall.views.view(NEW, sent).reference == sent


def test_a_draft_of_the_old_number_is_filled_and_submitted_by_its_holder(hall):
    draft = hall.open(OLD)
    told(hall, NEW, OLD)
    hall.submissions.save_form(NEW, draft, people.form(), 0)
    hall.add(draft)
    hall.submit(draft, NEW)
    (event,) = hall.told(draft, DossierSubmitted)
    assert (event.representation, hall.draft(draft).head.holder) == (None, OLD.holder)


def test_the_old_number_opens_nothing_of_the_new_one(hall):
    mine = hall.open(NEW, key="open-2")
    told(hall, NEW, OLD)
    assert references(hall, OLD) == []
    with pytest.raises(NotFound):
        hall.submissions.read(OLD, mine)


def test_a_number_in_between_looks_under_no_other_any_more(hall):
    sent = hall.open(OLD)
    told(hall, NEW, OLD)
    assert references(hall, NEW) == [sent]
    told(hall, NEWEST, NEW, OLD)
    assert references(hall, NEWEST) == [sent]
    assert references(hall, NEW) == []
    with pytest.raises(NotFound):
        hall.submissions.read(NEW, sent)


def test_what_is_told_twice_or_late_changes_nothing(hall):
    sent = hall.open(OLD)
    for _ in range(2):
        told(hall, NEW, OLD)
    told(hall, NEW, back=timedelta(hours=1))
    assert formers_of(NEW.holder) == (OLD.holder,)
    assert references(hall, NEW) == [sent]
    told(hall, NEW)  # the register took it back
    assert references(hall, NEW) == []


def test_of_a_death_no_number_is_kept(hall):
    event = PersonChanged(person=NEW.holder, kind="died", register="population", at="x", former=(OLD.holder,))
    remember_joined(event, stamp(hall.clock()))
    assert formers_of(NEW.holder) == ()


@pytest.mark.parametrize("size", [2, 3, 50])
def test_pages_of_several_numbers_are_one_list_without_gap_or_double(hall, monkeypatch, size):
    opened_by = [OLD, NEW, OLD, NEWEST, NEW, OLD]
    wanted = []
    for n, who in enumerate(opened_by):
        hall.clock.advance(minutes=1)
        wanted.insert(0, hall.open(who, key=f"open-{n}"))
    told(hall, NEWEST, NEW, OLD)
    monkeypatch.setattr(lists, "PAGE", size)
    found, after = [], ""
    while after is not None:
        rows, _, after = hall.views.mine(NEWEST, after)
        found += [row.pk for row in rows]
    assert found == wanted


def test_a_place_on_the_list_of_all_numbers_is_nobody_elses(hall, monkeypatch):
    for n in range(3):
        hall.open(OLD, key=f"open-{n}")
    told(hall, NEW, OLD)
    monkeypatch.setattr(lists, "PAGE", 2)
    _, _, after = hall.views.mine(NEW, "")
    assert after
    for other in (OLD, STRANGER):
        with pytest.raises(NotFound):
            hall.views.mine(other, after)


def test_who_has_one_number_pays_for_no_look(hall, calls):
    reference = hall.submitted()
    hall.views.mine(OLD, "")
    calls.clear()
    hall.views.mine(OLD, "")
    assert calls == ["Query"]
    calls.clear()
    hall.views.read(OLD, reference)
    assert calls == ["GetItem"]


def test_who_has_two_pays_for_one_look_and_the_other_list(hall, calls):
    hall.submitted()
    told(hall, NEW, OLD)
    calls.clear()
    hall.views.mine(NEW, "")
    assert calls == ["Query", "GetItem", "Query", "Query"]


def test_whoever_files_for_another_goes_on_under_a_new_number(hall):
    represent(hall)
    before = ready(hall)
    with pytest.raises(NotFound):
        opened(hall, NEW_AGENT, key="open-2")
    told(hall, NEW_AGENT, AGENT)
    hall.clock.advance(minutes=1)
    after = opened(hall, NEW_AGENT, key="open-2")
    assert references(hall, NEW_AGENT) == [after, before]
    hall.submit(before, NEW_AGENT)
    (event,) = hall.told(before, DossierSubmitted)
    assert (event.representation.id, event.representation.by) == ("MD-1", AGENT.holder)


def test_what_is_filed_for_a_former_number_is_on_the_list_of_the_new_one(hall):
    represent(hall)
    told(hall, NEW, OLD)
    reference = opened(hall)
    assert references(hall, NEW) == [reference]


def test_a_co_holder_who_was_named_by_a_former_number_confirms(hall):
    reference = hall.ready()
    holders = Holders(hall.drafts, hall.submissions.to_name, hall.clock)
    holders.name(OLD, reference, Named(name=AGENT.name, personal_id=AGENT.personal_id))
    with pytest.raises(NotFound):
        holders.confirm(NEW_AGENT, reference)
    told(hall, NEW_AGENT, AGENT)
    holders.confirm(NEW_AGENT, reference)
    assert references(hall, NEW_AGENT) == [reference]
    hall.submit(reference)


def test_the_ledger_of_the_number_says_that_its_owner_looked(hall):
    reference = hall.submitted()
    (component,) = hall.draft(reference).components
    told(hall, NEW, OLD)
    hall.views.view(NEW, reference)  # no line: it is theirs
    hall.views.file(NEW, reference, component.id)
    (line,) = lines_of(OLD.holder)
    assert (line.said.by, line.said.officer, line.said.basis) == ("owner", None, "45/2020 Art. 5")
