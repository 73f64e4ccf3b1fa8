"""An organisation whose account is locked does nothing: the transaction of each act asks (69/2024 Art. 15(2)(b))."""

from datetime import UTC, datetime

import pytest

from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.lifecycle import AskedItem
from chalicelib.dossier.holding import Named
from chalicelib.identity.registers.store import Table as Persons
from chalicelib.kernel.problem import AccountLocked
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.changes.withdrawal import Withdrawals
from chalicelib.onestop.given import SupplementGiven
from chalicelib.onestop.supplement.answering import Given as Answer
from chalicelib.submission.holders import Holders
from chalicelib.submission.model import Announcement
from tests.fakes import people
from tests.support.acting import COMPANY, ready, represent

PHOTO = Announcement(component=people.BIRTH_NOTICE, filename="a.jpg", media_type="image/jpeg", size=1000)


def says(kind, who=COMPANY):
    """The business register said what became of an account."""
    persons, at = Persons(), "2026-11-25T00:00:00.000+00:00"
    told = PersonChanged(person=who.holder, kind=kind, register="business", at=at)
    persons.tell(persons.person(who.holder), told, "officer-1", datetime(2026, 11, 25, tzinfo=UTC))


def acts(hall, reference):
    """Each act that changes something, by what it is called."""
    holders = Holders(hall.drafts, hall.submissions.to_name, hall.clock)
    other = Named(name=people.NEIGHBOUR.name, personal_id=people.NEIGHBOUR.personal_id)
    return {
        "open": lambda: hall.open(COMPANY, key="open-2"),
        "save": lambda: hall.submissions.save_form(COMPANY, reference, people.form(), 1),
        "announce": lambda: hall.submissions.announce(COMPANY, reference, PHOTO, "key-1"),
        "name": lambda: holders.name(COMPANY, reference, other),
        "submit": lambda: hall.submit(reference, COMPANY),
    }


@pytest.mark.parametrize("act", ["open", "save", "announce", "name", "submit"])
@pytest.mark.parametrize("kind", ["locked", "suspended", "dissolved"])
def test_who_is_locked_changes_nothing_and_who_is_open_again_does(hall, act, kind):
    reference = hall.ready(COMPANY)
    says(kind)
    before = hall.rows.everything()
    with pytest.raises(AccountLocked):
        acts(hall, reference)[act]()
    assert hall.rows.everything() == before
    assert hall.submissions.read(COMPANY, reference).reference == reference
    says("reopened")
    acts(hall, reference)[act]()


@pytest.mark.parametrize("act", ["open", "save", "announce", "name", "submit"])
def test_locked_while_it_acts_it_is_refused_by_the_transaction(hall, act):
    reference = hall.ready(COMPANY)
    hall.rows.meanwhile(lambda: says("locked"))
    with pytest.raises(AccountLocked):
        acts(hall, reference)[act]()


def later_acts(hall, reference):
    """What an organisation does to a dossier of its own that asks it for a supplement."""
    version = int(hall.head(reference)["version"])
    withdrawals = Withdrawals(Acts(hall.dossiers, hall.views, hall.clock))
    return {
        "withdraw": lambda: withdrawals.ask(Asked(COMPANY, reference, "w-1", b"{}")),
        "upload": lambda: hall.supplements.announce(COMPANY, reference, PHOTO, "more-1"),
        "answer": lambda: hall.answers.answer(COMPANY, reference, Answer({}, "a-1", b"{}", version)),
    }


@pytest.mark.parametrize("act", ["withdraw", "upload", "answer"])
def test_who_is_locked_while_it_acts_on_a_dossier_is_refused_by_the_transaction(hall, act):
    reference = hall.ready(COMPANY)
    hall.submit(reference, COMPANY)
    asked = AskedItem(target=people.BIRTH_NOTICE, reason="MISSING", basis="Điều 16", remedy="Nộp bản chụp rõ")
    hall.complete(reference, "receive", outcome="supplement", supplement=SupplementGiven(items=(asked,)))
    hall.clock.advance(minutes=1)
    hall.add(reference, filename="ban-moi.jpg", sha256="ef" * 32)
    hall.rows.meanwhile(lambda: says("locked"))
    with pytest.raises(AccountLocked):
        later_acts(hall, reference)[act]()
    says("reopened")
    later_acts(hall, reference)[act]()


def test_who_is_locked_files_for_nobody_else(hall):
    represent(hall, representative=COMPANY)
    reference = ready(hall, COMPANY)
    says("locked")
    with pytest.raises(AccountLocked):
        hall.submit(reference, COMPANY)
    hall.submit(reference, people.CITIZEN)


def test_what_was_told_of_another_locks_nobody(hall):
    says("locked")
    hall.submit(hall.ready())
    reference = hall.ready(people.NEIGHBOUR)
    hall.submit(reference, people.NEIGHBOUR)
