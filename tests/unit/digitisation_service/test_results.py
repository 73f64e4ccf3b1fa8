"""A result that was signed by hand: taken from the agency that decides, while its approval is awaited, and once."""

from copy import replace

import pytest

from chalicelib.contracts.digitisation import ComponentReceived, PaperResult, SignatureSeen
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.kernel.clock import stamp
from tests.fakes import people
from tests.unit.digitisation_service.given import AGENCY, OTHER_AGENCY, Hall, Says

CODE = "H01.10.24-20261125-0000001"


class Deciding(Hall):
    """A hall that opens nothing, with dossiers before their approval."""

    def __init__(self, tables):
        super().__init__(tables)
        self.opens()

    def opens(self, **said):
        """What the opener says of any file from now on."""
        self.intake = replace(self.intake, opener=Says(**said))

    def awaited(self, kind="approve", **to):
        """The reference of a dossier with an open task of this kind."""
        reference, at = self.open(), stamp(self.clock())
        Change(self.head(reference), self.clock()).name(CODE).write()
        task = Task(leg="0-commune", kind=kind, agency=AGENCY, opened_at=at, due_at=at, procedure=people.PROCEDURE)
        Change(self.head(reference), self.clock()).open_task(task).write()
        return self.move(reference, **to) if to else reference

    def hand_in(self, reference, body=b"a photo", agency=AGENCY, name=".result/giay.jpg"):
        """A file arrives where results are handed in; answers its version."""
        return self.arrive(f"drops/{agency}/{reference}/{name}", body)

    def reasons(self, agency=AGENCY):
        """Why what was dropped was refused."""
        return [drop.reason_code for drop in self.refused(agency)]


@pytest.fixture
def hall(tables):
    return Deciding(tables)


def test_the_paper_is_a_component_that_says_of_which_result_it_is(hall):
    reference = hall.awaited()
    hall.hand_in(reference)
    (component,) = hall.components(reference)
    assert (component.code, component.filename, component.origin) == ("RESULT", "giay.jpg", "drop")
    assert component.digitisation.status == "waiting"
    (told,) = hall.told(reference, ComponentReceived)
    assert told.result == PaperResult(code=f"{CODE}-KQ1", title="Giấy khai sinh")
    assert (told.agency, told.reads_as) == (AGENCY, "")
    assert hall.head(reference).paper_result == component.id
    (drop,) = hall.drops("taken")
    assert (drop.reference, drop.component, hall.reasons()) == (reference, component.id, [])


def test_a_paper_of_a_dossier_that_is_no_result_says_none(hall):
    reference = hall.awaited()
    hall.hand_in(reference, name="KQ003785.jpg")
    (told,) = hall.told(reference, ComponentReceived)
    assert (told.result, told.code, hall.head(reference).paper_result) == (None, people.RESIDENCE, None)


def test_the_agency_that_decides_hands_it_in_and_not_the_one_that_received(hall):
    reference = hall.awaited(competent=OTHER_AGENCY)
    hall.hand_in(reference)
    assert (hall.components(reference), hall.reasons()) == ((), ["no_dossier"])
    hall.hand_in(reference, agency=OTHER_AGENCY)
    (told,) = hall.told(reference, ComponentReceived)
    assert told.agency == OTHER_AGENCY, "its copy waits at the desk of the agency that decides"


def test_another_agency_is_refused_as_if_there_were_no_such_dossier(hall):
    for reference in (hall.awaited(), "MC-0000000000009999"):
        hall.hand_in(reference, agency=OTHER_AGENCY)
    assert hall.reasons(OTHER_AGENCY) == ["no_dossier"] * 2


def test_a_draft_has_no_result(hall):
    reference = hall.draft()
    hall.hand_in(reference)
    assert (hall.components(reference), hall.reasons()) == ((), ["no_dossier"])


@pytest.mark.parametrize(
    "given",
    [{"kind": "verify"}, {"state": 5}, {"approved_at": "2026-11-25T00:00:00.000+00:00"}],
    ids=["before the approval is asked for", "waits for a supplement", "after the approval"],
)
def test_none_is_taken_while_none_is_awaited(hall, given):
    reference = hall.awaited(**given)
    hall.hand_in(reference)
    assert (hall.components(reference), hall.reasons()) == ((), ["result_not_awaited"])


def test_a_second_one_is_refused_and_the_first_told_again_is_not(hall):
    reference = hall.awaited()
    version = hall.hand_in(reference)
    before = hall.components(reference)
    hall.hand_in(reference, b"another photo")
    assert (hall.components(reference), hall.reasons()) == (before, ["result_twice"])
    hall.tables.client("dynamodb").delete_item(  # as an earlier release left it, which kept no verdict
        TableName="messages", Key={"pk": {"S": hall.drops("taken")[0].pk}, "sk": {"S": "HEAD"}}
    )
    hall.intake.take_in(f"drops/{AGENCY}/{reference}/.result/giay.jpg", version)
    assert (hall.components(reference), hall.reasons()) == (before, ["result_twice"])


def test_two_at_once_are_one_result(hall):
    reference = hall.awaited()
    hall.tables.meanwhile(lambda: hall.hand_in(reference, b"the faster one"))
    hall.hand_in(reference, b"the slower one")
    (component,) = hall.components(reference)
    assert (component.size, hall.reasons()) == (len(b"the faster one"), ["result_twice"])


def test_a_file_with_a_signature_is_no_paper(hall):
    reference = hall.awaited()
    hall.opens(signatures=(SignatureSeen(field="S", intact=True, trusted=True),))
    hall.hand_in(reference)
    assert (hall.components(reference), hall.reasons()) == ((), ["result_signed"])


def test_a_file_that_is_no_page_is_refused_for_what_it_is(hall, tables):
    hall = Hall(tables)
    reference = Deciding.awaited(hall)
    Deciding.hand_in(hall, reference, b"no picture")
    assert hall.components(reference) == ()
    assert [drop.reason_code for drop in hall.refused()] == ["wrong_type"]
