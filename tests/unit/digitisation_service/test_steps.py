"""The steps of digitisation in the order of the law, each once (Circular 01/2023 Art. 7-8; Law 20/2023 Art. 12)."""

import copy
import json

import pypdfium2
import pytest
import zxingcpp
from chalicelib.kernel.events import EventType

from chalicelib.digitisation.intake import Intake
from chalicelib.digitisation.service import Digitisation, conversion_record
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import ForbiddenStep, NotFound, TaskNotReady
from chalicelib.law import qr
from chalicelib.law.codes import PersonalId
from tests.fakes import people
from tests.fakes.counter import Counter
from tests.fakes.papers import Papers, paper_key


class Desk(Counter):
    """A counter hall with a scanning desk and one dropped paper."""

    def __init__(self, picture):
        super().__init__()
        self.papers = Papers(self.rows)
        self.digitisation = Digitisation(self.papers, self.clock, "https://motcua.example.vn")
        self.reference = self.at("receive", "verify")
        key = f"drops/{people.OFFICE['id']}/{self.reference}/KQ004946 ho chieu.jpg"
        self.papers.drop(key, picture)
        Intake(self.papers, self.clock).take_in(key, "v1")
        self.received = self.facts(self.reference, EventType.COMPONENT_RECEIVED)[-1]
        self.component = self.received["id"]
        self.name = f"{self.reference}.{self.component}"

    @property
    def paper(self):
        return self.papers.paper(self.reference, self.component)

    def told(self):
        return self.rows.types(paper_key(self.reference, self.component))

    def sign(self, who=people.SCANNER, key="k"):
        return self.digitisation.sign_copy(who, self.name, key)

    def order(self):
        """The last signature that was ordered."""
        return self.facts(paper_key(self.reference, self.component), EventType.SIGNATURE_ORDERED)[-1]

    def signed(self):
        """What the messages tell when an order was carried out."""
        order = self.order()
        return {
            **{k: order[k] for k in ("reference", "component", "agency", "holder", "procedure", "kind", "title")},
            "message": order["order"],
            "key": order["target"],
            "version_id": "s1",
            "sha256": "ef" * 32,
            "signed_at": stamp(self.clock()),
            "agency_name": people.OFFICE["name"],
        }


@pytest.fixture(scope="session")
def walked(picture, local_stage):
    """The desk as it stood after each step; the pictures are read only once in this run."""
    desk, seen = Desk(picture), {}

    def keep(step):
        seen[step] = copy.deepcopy(desk)

    keep("received")
    desk.digitisation.make_copy(desk.received)
    keep("copied")
    desk.sign()
    keep("ordered")
    seen["copy signed"] = desk.signed()
    desk.digitisation.read(seen["copy signed"])
    keep("stored")
    seen["message signed"] = desk.signed()
    desk.digitisation.converted(seen["message signed"])
    keep("converted")
    return seen


@pytest.fixture
def at(walked):
    """`at(step)`: a desk of its own as it stood after the step."""
    return lambda step: copy.deepcopy(walked[step])


def test_the_steps_come_in_the_order_of_the_law(at):
    desk = at("converted")
    assert desk.told() == [
        "copy.made",
        "signature.ordered",
        "component.read",
        "signature.ordered",
        "component.converted",
    ]
    assert desk.rows.unbroken(paper_key(desk.reference, desk.component))
    assert desk.rows.unbroken(desk.reference)


# --- the copy ------------------------------------------------------------------------------------------------------


def test_a_copy_waits_on_the_list_of_its_agency(at):
    desk = at("copied")
    assert desk.paper["step"] == "copied"
    assert desk.paper["wl_pk"] == f"{people.OFFICE['id']}#sign_copy"
    ((key, pdf, kind),) = desk.papers.kept
    assert (key, kind) == (f"papers/{desk.reference}/{desk.component}/copy-unsigned.pdf", "application/pdf")
    assert pdf.startswith(b"%PDF")
    assert desk.paper["scan"]["sha256"] == desk.received["sha256"]


def test_a_paper_that_is_exempt_is_not_copied(at):
    desk = at("received")
    desk.digitisation.make_copy({**desk.received, "digitisation": {"status": "exempt"}})
    assert desk.paper is None
    assert desk.papers.kept == []


def test_a_copy_is_made_once(at):
    desk = at("copied")
    desk.digitisation.make_copy(desk.received)
    assert desk.told() == ["copy.made"]
    assert len(desk.papers.kept) == 1


def test_two_copies_at_once_are_one_record(at):
    desk = at("received")
    desk.rows.meanwhile(lambda: desk.digitisation.make_copy(desk.received))
    desk.digitisation.make_copy(desk.received)
    assert desk.told() == ["copy.made"]


# --- the officer's signature -----------------------------------------------------------------------------------------


def test_the_officer_orders_their_own_signature_and_the_copy_leaves_the_list(at):
    desk = at("copied")
    paper = desk.sign()
    order = desk.order()
    assert paper["step"] == desk.paper["step"] == "signature_ordered"
    assert "wl_pk" not in desk.paper
    assert order["signer"] == {"kind": "officer", "id": people.SCANNER.subject}
    assert (order["certify"], order["then"]) == (False, EventType.COPY_SIGNED)
    assert order["source"]["sha256"] == desk.paper["copy"]["sha256"]


def test_the_same_order_again_is_one_order_and_another_is_refused(at):
    desk = at("ordered")
    assert desk.sign()["step"] == "signature_ordered"
    assert desk.told().count("signature.ordered") == 1
    with pytest.raises(ForbiddenStep):
        desk.sign(key="another")
    with pytest.raises(ForbiddenStep):
        desk.sign(people.officer("scanning"))


def test_two_officers_at_once_order_one_signature(at):
    desk = at("copied")
    desk.rows.meanwhile(lambda: desk.sign(key="faster"))
    with pytest.raises(ForbiddenStep):
        desk.sign(key="slower")
    assert desk.told().count("signature.ordered") == 1


@pytest.mark.parametrize("name", ["", "x", "MC-NEVER.c1", None])
def test_a_copy_of_another_agency_or_none_is_not_found(at, name):
    desk = at("copied")
    who = people.SCANNER if name is not None else people.officer("scanning", agency="H01.10.25")
    with pytest.raises(NotFound):
        desk.digitisation.sign_copy(who, name if name is not None else desk.name, "k")


# --- reading -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["received", "copied"])
def test_nothing_is_read_before_the_officers_signature(at, walked, step):
    desk = at(step)
    kept, told = len(desk.papers.kept), desk.told()
    desk.digitisation.read(walked["copy signed"])
    assert (len(desk.papers.kept), desk.told()) == (kept, told)


def test_the_reading_is_stored_with_the_hashes_of_scan_and_signed_copy(at, walked):
    desk = at("stored")
    reading = next(json.loads(body) for key, body, _ in desk.papers.kept if key.endswith("reading.json"))
    assert reading["scan_sha256"] == desk.received["sha256"]
    assert reading["copy_sha256"] == walked["copy signed"]["sha256"]
    assert "2026" in reading["text"]
    assert reading["code"] == desk.paper["digitised_code"]


def test_the_code_on_the_message_says_whose_it_is_without_the_whole_number(at):
    desk = at("stored")
    pdf = next(body for key, body, _ in desk.papers.kept if key.endswith("message-unsigned.pdf"))
    with pypdfium2.PdfDocument(pdf) as document:
        (found,) = zxingcpp.read_barcodes(document[0].render(scale=150 / 72).to_numpy())
    said = qr.parse(found.text)
    assert said["person_id"] == PersonalId.parse(people.CITIZEN.personal_id).masked
    assert people.CITIZEN.personal_id not in found.text
    assert (said["document_name"], said["dossier_code"]) == (
        desk.paper["digitised_code"],
        desk.head(desk.reference)["dossier_code"],
    )


def test_the_agency_is_ordered_to_sign_the_message_and_closes_it(at):
    desk = at("stored")
    order = desk.order()
    assert order["signer"] == {"kind": "agency", "id": people.OFFICE["id"]}
    assert (order["certify"], order["then"], order["kind"]) == (True, EventType.MESSAGE_CONVERTED, "conversion")
    assert all(isinstance(x, str) for x in order["box"]), "the table takes no fractions"


def test_a_paper_is_read_once(at, walked):
    desk = at("stored")
    kept, told = len(desk.papers.kept), desk.told()
    desk.digitisation.read(walked["copy signed"])
    assert (len(desk.papers.kept), desk.told()) == (kept, told)


def test_of_two_readings_at_once_one_is_kept(at, walked):
    desk = at("ordered")
    desk.rows.meanwhile(lambda: desk.digitisation.read(walked["copy signed"]))
    desk.digitisation.read(walked["copy signed"])
    assert desk.told().count("component.read") == 1


# --- the conversion ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["received", "copied", "ordered", "converted"])
def test_nothing_is_converted_out_of_order_or_twice(at, walked, step):
    desk = at(step)
    told, log = desk.told(), desk.rows.types(desk.reference)
    desk.digitisation.converted(walked["message signed"])
    assert (desk.told(), desk.rows.types(desk.reference)) == (told, log)


def test_the_conversion_links_both_files_here_and_in_the_dossier(at, walked):
    desk = at("converted")
    component = desk.rows.get(desk.reference, f"COMPONENT#{desk.component}")
    found = component["digitisation"]
    assert found["status"] == "converted"
    assert found["source_sha256"] == desk.received["sha256"]
    assert found["copy_sha256"] == walked["copy signed"]["sha256"]
    assert found["output_sha256"] == walked["message signed"]["sha256"]
    assert desk.paper["conversion"] == {k: v for k, v in found.items() if k != "status"}


def test_a_conversion_lets_the_dossier_be_approved(at):
    desk = at("stored")
    with pytest.raises(TaskNotReady):
        desk.complete(desk.reference, "approve")
    desk = at("converted")
    desk.complete(desk.reference, "approve")


def test_a_conversion_that_races_with_another_change_of_the_dossier_is_tried_again(at, walked):
    desk = at("stored")
    desk.rows.meanwhile(lambda: desk.rows.touch(desk.reference))
    desk.digitisation.converted(walked["message signed"])
    assert desk.paper["step"] == "converted"


PATHS = [
    ("paper", "digitised_code"),
    ("paper", "scan", "sha256"),
    ("paper", "signed_copy", "sha256"),
    ("paper", "mark_text"),
    ("paper", "converted_at"),
    ("paper", "agency"),
    ("paper", "officer"),
    ("message", "message"),
    ("message", "sha256"),
    ("message", "agency_name"),
    ("message", "signed_at"),
]


@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_a_conversion_that_lacks_an_item_of_the_law_is_refused(at, walked, path):
    """Symbol, time, converter, both hashes, the agency's signature (Decree 137/2024 Art. 4; Law 20/2023 Art. 12)."""
    given = {"paper": at("stored").paper, "message": dict(walked["message signed"])}
    assert conversion_record(given["paper"], given["message"])
    place = given
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = ""
    with pytest.raises(ForbiddenStep) as refused:
        conversion_record(given["paper"], given["message"])
    assert refused.value.facts["missing"]
