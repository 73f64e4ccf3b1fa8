"""What is exempt is not digitised, and the dossier says by which clause (Circular 03/2025 Art. 5; 01/2023 Art. 4-5)."""

import pytest
from chalicelib.kernel.events import EventType

from chalicelib.digitisation.intake import Intake
from chalicelib.digitisation.service import Digitisation
from chalicelib.kernel.problem import UploadRefused
from chalicelib.law import packs
from tests.fakes import people
from tests.fakes.counter import Counter
from tests.fakes.papers import Papers

RESIDENCE = people.RESIDENCE
DROPPED = ("presented_only", "processing_output", "already_shared", "photocopy")


class Hall(Counter):
    """A counter hall where the proof of residence is exempt for a reason."""

    def __init__(self, exemption):
        components = [
            {**c, "exemption": exemption if c["code"] == RESIDENCE else None} for c in people.facts()["components"]
        ]
        super().__init__(components=components)
        self.papers = Papers(self.rows)
        self.intake = Intake(self.papers, self.clock)
        self.digitisation = Digitisation(self.papers, self.clock, "https://motcua.example.vn")

    def drop(self, reference, picture):
        key = f"drops/{people.OFFICE['id']}/{reference}/KQ003785.jpg"
        self.papers.drop(key, picture)
        self.intake.take_in(key, "v1")
        return key


@pytest.mark.rule("R22")
@pytest.mark.parametrize("exemption", DROPPED)
def test_an_exempt_paper_of_the_desk_is_kept_and_not_copied(exemption, picture):
    hall = Hall(exemption)
    reference = hall.submitted()
    hall.drop(reference, picture)
    told = hall.facts(reference, EventType.COMPONENT_RECEIVED)[-1]
    kept = told["digitisation"]
    assert (kept["status"], kept["code"]) == ("exempt", exemption)
    assert kept["citation"]
    hall.digitisation.make_copy(told)
    assert hall.papers.paper(reference, told["id"]) is None


@pytest.mark.rule("R22")
def test_a_paper_that_is_not_exempt_is_copied(picture):
    hall = Hall(None)
    reference = hall.submitted()
    hall.drop(reference, picture)
    told = hall.facts(reference, EventType.COMPONENT_RECEIVED)[-1]
    assert told["digitisation"] == {"status": "waiting"}
    hall.digitisation.make_copy(told)
    assert hall.papers.paper(reference, told["id"]) is not None


@pytest.mark.rule("R22")
def test_a_secret_paper_gets_no_form_to_post_it_with():
    hall = Hall("secret")
    wanted = {"component": RESIDENCE, "filename": "a.jpg", "media_type": "image/jpeg", "size": 9}
    with pytest.raises(UploadRefused) as refused:
        hall.submissions.announce(people.CITIZEN, hall.open(), wanted, "k")
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [("/component", "secret")]


@pytest.mark.rule("R22")
def test_a_secret_paper_that_was_dropped_is_refused_and_its_file_is_gone(picture):
    hall = Hall("secret")
    reference = hall.submitted()
    for _ in range(2):  # told twice
        hall.drop(reference, picture)
    assert hall.papers.objects == {}
    (refused,) = hall.papers.refused(people.OFFICE["id"])
    assert refused["reason_code"] == "secret"
    assert [c["code"] for c in hall.rows.partition(reference, "COMPONENT#")] == [people.BIRTH_NOTICE]


@pytest.mark.rule("R22")
def test_every_exemption_of_the_circular_is_known_to_the_catalogue():
    known = {e.code for e in packs.newest().rules.digitisation_exemptions.value}
    assert known == {*DROPPED, "secret", "filed_online"}
