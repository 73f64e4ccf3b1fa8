"""A dossier ended and its agency has originals still: the sweep tells it once, and nobody of whom all were returned."""

import json
from types import SimpleNamespace

import pytest

from chalicelib.contracts.originals import OriginalsOwed
from chalicelib.dossier.on_paper import Contact, Original
from chalicelib.dossier.reading import Part, read
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.originals.hands import Originals, Taker, _is_compared
from chalicelib.onestop.reception.model import Given, Paper, Person
from chalicelib.onestop.reception.store import Offered
from chalicelib.onestop.reception.taking import Receptions
from chalicelib.onestop.sweep import Sweep
from chalicelib.onestop.unreturned import Unreturned
from tests.fakes import people
from tests.support.hall import LEG

REFUSED = {"outcome": "refused", "reason": "Nơi cư trú không thuộc xã này", "basis": "Điều 13"}


@pytest.fixture
def owing(hall):
    """The reference of a refused dossier whose original the agency has."""
    given = Given(
        channel="DIRECT",
        procedure=people.PROCEDURE,
        agency=people.OFFICE["id"],
        applicant=Person(number=people.CITIZEN.personal_id, name=people.CITIZEN.name),
        contact=Contact(phone="0912000111"),
        papers=(Paper(component=people.BIRTH_NOTICE, originals=1),),
        form=people.form(),
    )
    taken = Receptions(Offered(), hall.dossiers, hall.clock).take_in(people.RECEPTION, given, "k", b"{}")
    hall.complete(taken.reference, "receive", **REFUSED)
    return taken.reference


def swept(hall):
    tells = {"originals": Unreturned(hall.dossiers, hall.clock).tell}
    return Sweep(hall.dossiers, hall.clock, {}, tells).run()


def give_back(hall, reference):
    acts = Acts(hall.dossiers, hall.views, hall.clock)
    Originals(acts).give_back(
        Asked(people.RECEPTION, reference, "b", b"{}"), 1, Taker(to="applicant", proof="signature")
    )


def test_it_is_told_once_some_time_after_the_end(hall, owing):
    assert swept(hall).told == 0
    hall.clock.advance(days=4)
    assert (swept(hall).told, swept(hall).told) == (1, 0)
    (told,) = hall.told(owing, OriginalsOwed)
    assert (told.originals, told.agency) == (1, people.OFFICE["id"])
    assert people.CITIZEN.name not in json.dumps(hall.rows.events(owing), ensure_ascii=False)
    assert hall.rows.unbroken(owing)


def test_what_was_returned_is_owed_to_nobody(hall, owing):
    give_back(hall, owing)
    hall.clock.advance(days=4)
    assert (swept(hall).told, swept(hall).failed) == (0, 0)
    assert read(owing, Part.PAPERS).head.has_originals is False


def test_a_task_of_reception_is_the_officers_from_the_beginning(hall, owing):
    assert hall.draft(owing).task(LEG, "receive").claim.name == people.RECEPTION.name


def broken(*_):
    """What cannot be read or told."""
    raise RuntimeError("a shape that nobody knows")


def test_one_dossier_of_which_nothing_can_be_told_ends_no_sweep(hall, owing):
    hall.clock.advance(days=4)
    done = Sweep(hall.dossiers, hall.clock, {}, {"originals": broken}).run()
    assert (done.told, done.failed) == (0, 1)
    assert done.agencies == len(hall.dossiers.agencies()), "the others were looked at"


def test_one_list_that_cannot_be_read_ends_no_sweep(hall, owing, monkeypatch):
    listed = hall.dossiers.overdue
    monkeypatch.setattr(
        hall.dossiers,
        "overdue",
        lambda agency, kind, now: (broken if kind == "originals" else listed)(agency, kind, now),
    )
    done = Sweep(hall.dossiers, hall.clock, {}, {"originals": broken}).run()
    assert (done.failed, done.agencies) == (done.agencies, len(hall.dossiers.agencies()))


@pytest.mark.parametrize("order", [1, -1])
def test_the_scan_of_another_component_frees_no_original(order):
    """It was compared with its own original; that of another component is needed until its own scan is signed."""
    paper = Original(n=1, code=people.BIRTH_NOTICE, agency=people.OFFICE["id"], since="2026-11-25", name="x")

    def dossier(**status):
        made = [SimpleNamespace(code=code, digitisation=SimpleNamespace(status=s)) for code, s in status.items()]
        return SimpleNamespace(components=made[::order])

    own, other = people.BIRTH_NOTICE, people.RESIDENCE
    assert not _is_compared(dossier(**{other: "converted"}), paper)
    assert not _is_compared(dossier(**{other: "converted", own: "compared"}), paper)
    assert _is_compared(dossier(**{other: "none", own: "converted"}), paper)
    assert not _is_compared(dossier(), paper)
