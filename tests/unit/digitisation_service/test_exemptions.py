"""What is exempt is not digitised, and the dossier says by which clause (Circular 03/2025 Art. 5; 01/2023 Art. 4-5)."""

from datetime import date

import pytest

from chalicelib.contracts.digitisation import ComponentReceived, Digitisation
from chalicelib.digitisation.exemptions import digitisation_of
from chalicelib.digitisation.store import Table
from chalicelib.law import packs
from tests.fakes import people
from tests.unit.digitisation_service.given import Hall, dropped, paper_steps

DROPPED = ("presented_only", "processing_output", "already_shared", "photocopy")
TODAY = date(2026, 11, 25)


def received(hall, picture):
    """What is told of a proof of residence that the desk dropped."""
    reference = hall.open()
    hall.arrive(dropped(reference), picture)
    (told,) = hall.told(reference, ComponentReceived)
    paper_steps(hall.clock).make_copy(told)
    return told


@pytest.mark.rule("R22", "no_job", "reason")
@pytest.mark.parametrize("exemption", DROPPED)
def test_an_exempt_paper_of_the_desk_is_kept_and_not_copied(tables, exemption, picture):
    hall = Hall(tables, exemption)
    told = received(hall, picture)
    assert (told.digitisation.status, told.digitisation.code) == ("exempt", exemption)
    assert all((told.digitisation.citation, told.digitisation.text_vi, told.digitisation.text_en))
    assert hall.components(told.reference)[0].digitisation == told.digitisation
    assert Table().paper(told.reference, told.id) is None
    assert hall.files("messages") == []


@pytest.mark.rule("R22")
def test_a_paper_that_is_not_exempt_is_copied(tables, picture):
    told = received(Hall(tables), picture)
    assert told.digitisation == Digitisation(status="waiting")
    assert Table().paper(told.reference, told.id).step == "copied"


@pytest.mark.rule("R22", "secret")
@pytest.mark.parametrize("is_good", [True, False])
def test_a_secret_paper_that_was_dropped_is_refused_and_its_file_is_gone(tables, picture, is_good):
    """No version of it is left, whatever the checks say of the file; told twice, it is refused once."""
    hall = Hall(tables, "secret")
    reference = hall.open()
    key = dropped(reference)
    version = hall.arrive(key, picture if is_good else b"hello")
    assert hall.files() == []
    hall.intake.take_in(key, version)
    (refused,) = hall.refused()
    assert (refused.key, refused.reason_code) == (key, "secret")
    assert hall.components(reference) == ()
    assert hall.types(reference) == []


@pytest.mark.rule("R22")
def test_a_secret_paper_is_told_as_refused_before_its_file_goes(tables, picture):
    """Nothing is deleted that no list tells of: what breaks between the two is done again by the next delivery."""
    hall = Hall(tables, "secret")
    key = dropped(hall.open())

    def breaks(request, **_):
        raise ConnectionError

    asked = tables.client("s3").meta.events
    asked.register_first("before-send.s3.DeleteObject", breaks)
    try:
        with pytest.raises(ConnectionError):
            hall.arrive(key, picture)
    finally:
        asked.unregister("before-send.s3.DeleteObject", breaks)
    assert [drop.key for drop in hall.refused()] == [key]
    ((_, version),) = hall.files()
    hall.intake.take_in(key, version)
    assert hall.files() == []


@pytest.mark.rule("R22")
def test_every_exemption_of_the_circular_is_known_to_the_catalogue():
    known = {e.code for e in packs.newest().rules.digitisation_exemptions.value}
    assert known == {*DROPPED, "secret", "filed_online"}


def test_an_exemption_that_no_clause_knows_leaves_the_paper_to_be_digitised():
    for unknown in (None, "", people.RESIDENCE):
        assert digitisation_of(unknown, TODAY) == Digitisation(status="waiting")
