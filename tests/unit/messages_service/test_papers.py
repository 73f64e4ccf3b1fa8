"""What the papers say comes from the dossier's facts (Circular 03/2025 form 01; Decree 45/2020 Art. 14(3))."""

import pytest

from chalicelib.kernel.events import EventType
from chalicelib.kernel.ids import unseal
from chalicelib.law import qr
from chalicelib.messages import papers
from tests.fakes import people
from tests.fakes.counter import Counter

URL = "https://motcua.example.vn"


@pytest.fixture(scope="module")
def life():
    """The facts of an accepted and decided dossier, as the flow tells them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_SECRET", "local-0123456789abcdef0123456789abcdef")
        hall = Counter()
        reference = hall.decided()
        (accepted,) = hall.facts(reference, EventType.DOSSIER_ACCEPTED)
        (decided,) = hall.facts(reference, EventType.DOSSIER_DECIDED)
        return accepted, decided, unseal(accepted["sealed"]), unseal(decided["sealed"])


def test_a_receipt_says_who_brought_what_when_and_until_when(life):
    accepted, _, personal, _ = life
    paper = papers.receipt(accepted, personal, URL)
    data = paper.data
    assert paper.message == f"RECEIPT.{accepted['dossier_code']}"
    assert data["dossier_code"] == accepted["dossier_code"]
    assert (data["submitter"], data["officer"]) == (people.CITIZEN.name, people.RECEPTION.name)
    assert data["received_at"] == "09 giờ 20 phút, ngày 25 tháng 11 năm 2026"
    assert data["due_at"] == "23 giờ 59 phút, ngày 26 tháng 11 năm 2026"
    assert data["statutory_time"] == "1 ngày làm việc"
    assert data["phone"] == people.FORM["requester"]["phone"]
    (line,) = data["components"]
    assert line["hash"] == "ab" * 5
    assert "giay-chung-sinh.jpg" in line["name"]
    assert data["lookup_url"] == f"{URL}/v1/verifications/{paper.message}"


def test_a_receipts_target_is_under_its_own_dossier(life):
    accepted, _, personal, _ = life
    paper = papers.receipt(accepted, personal, URL)
    assert paper.target == f"receipts/{accepted['reference']}/receipt.pdf"


def test_a_result_is_the_form_that_was_approved(life):
    _, decided, _, personal = life
    paper = papers.result(decided, personal, URL)
    data, child = paper.data, people.FORM["child"]
    assert (paper.message, paper.kind, paper.title) == (decided["result_code"], "result", "Giấy khai sinh")
    assert data["full_name"] == child["full_name"].upper()
    assert data["born_on"] == "18/11/2026"
    assert data["mother"]["full_name"] == people.FORM["mother"]["full_name"]
    assert data["father"]["full_name"] == "", "a father who is not named is not invented"
    assert data["signer"] == people.LEADER.name
    assert data["number"] == decided["dossier_code"].rpartition("-")[2]


def test_a_father_who_is_named_is_on_the_certificate(life):
    _, decided, _, personal = life
    father = {**people.FORM["mother"], "full_name": "Lê Quốc Vượng"}
    paper = papers.result(decided, {**personal, "form": {**personal["form"], "father": father}}, URL)
    assert paper.data["father"]["full_name"] == "Lê Quốc Vượng"


def test_the_qr_of_a_paper_shows_the_number_masked(life):
    accepted, decided, one, other = life
    for paper in (papers.receipt(accepted, one, URL), papers.result(decided, other, URL)):
        assert people.CITIZEN.personal_id not in repr(paper.data)
        assert people.CITIZEN.personal_id[-3:] in paper.data["qr"]
        assert qr.parse(paper.data["qr"])
