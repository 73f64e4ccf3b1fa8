"""When a paper may be handed in as a result, and what the decision makes of it: each condition is seen to refuse."""

import pytest

from chalicelib.contracts.digitisation import AgencySignature, Digitisation
from chalicelib.contracts.onestop import DossierDecided, DossierProcessed
from chalicelib.contracts.stored import written
from chalicelib.dossier import reading
from chalicelib.dossier.handed_in import awaited_result, component_code, decides, hindrance
from chalicelib.dossier.items import ResultItem
from chalicelib.dossier.reading import Part
from chalicelib.kernel.problem import ForbiddenStep
from chalicelib.law.states import DossierState
from tests.fakes import people
from tests.unit.onestop.test_supplement_asked import ASKED

CONVERTED = Digitisation(
    status="converted",
    conversion_id="KQ1",
    agency_signature=AgencySignature(signed_at="2026-11-25T02:00:00.000+00:00", message="KQ1"),
)


def read(reference):
    found = reading.read(reference, Part.PLAN, Part.TASKS)
    assert found
    return found


@pytest.fixture
def awaited(hall):
    return hall.at("receive", "verify")


def test_it_is_awaited_while_the_approval_is(awaited):
    dossier = read(awaited)
    assert hindrance(dossier) is None
    assert decides(dossier.head) == people.OFFICE["id"]
    assert component_code(dossier) == "KQ.G15.000031"
    assert awaited_result(dossier).code == f"{dossier.head.dossier_code}-KQ1"


@pytest.mark.parametrize("done", [(), ("receive",), ("receive", "verify", "approve")])
def test_before_and_after_it_is_not(hall, done):
    assert hindrance(read(hall.at(*done))) == "result_not_awaited"


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ({"paper_result": "c-1"}, "result_twice"),
        ({"state": 7}, "result_not_awaited"),
        ({"approved_at": "2026-11-25T00:00:00.000+00:00"}, "result_not_awaited"),
        ({"decided_at": "2026-11-25T00:00:00.000+00:00"}, "result_not_awaited"),
    ],
)
def test_what_else_stands_in_its_way(hall, awaited, to, why):
    hall.put(awaited, **to)
    assert hindrance(read(awaited)) == why


@pytest.mark.parametrize(
    "ends",
    [
        {"outcome": "refused", "reason": "Không đủ điều kiện theo quy định", "basis": "Luật Hộ tịch, Điều 16"},
        {"outcome": "supplement", "supplement": ASKED},
    ],
)
def test_beside_a_result_that_was_signed_nobody_refuses_or_asks_for_more(hall, ends):
    reference = hall.at("receive")
    hall.put(reference, paper_result="c-1")
    with pytest.raises(ForbiddenStep):
        hall.complete(reference, "verify", **ends)
    assert read(reference).head.state == DossierState.PROCESSING


def test_the_agency_that_decides_is_the_competent_one(hall, awaited):
    hall.put(awaited, competent="H01.60.01")
    assert decides(read(awaited).head) == "H01.60.01"


def test_the_decision_makes_the_paper_the_result_and_takes_no_number(hall, awaited):
    code = awaited_result(read(awaited)).code
    signed = ResultItem(
        code=code, key="papers/x", version_id="1", sha256="ab", size=1, title="Giấy khai sinh", message=code
    )
    paper = hall.add(awaited, "KQ.G15.000031", key="drops/x", digitisation=CONVERTED)
    hall.rows.change(awaited, f"COMPONENT#{paper.id}", signed=written(signed))
    hall.put(awaited, paper_result=paper.id, paper_signed_by={"officer": "0" * 32, "numbers": ["1" * 32]})
    hall.complete(awaited, "approve")
    hall.flow.decide(awaited)
    (decided,), (processed,) = hall.told(awaited, DossierDecided), hall.told(awaited, DossierProcessed)
    assert (decided.paper, decided.number) == (paper.id, "")
    assert (processed.code, processed.key, processed.conversion) == (code, "papers/x", "KQ1")
    assert (processed.number, hall.draft(awaited).head.state) == (None, 9)
