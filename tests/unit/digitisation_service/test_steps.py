"""The steps of digitisation in the order of the law, each once (Circular 01/2023 Art. 7-8; Law 20/2023 Art. 12)."""

import io
from copy import replace

import pypdfium2
import pytest
import zxingcpp
from moto.s3.models import s3_backends
from msgspec import json, structs
from PIL import Image, ImageCms

from chalicelib.contracts.digitisation import (
    ComponentConverted,
    ComponentReceived,
    ComponentRejected,
    Conversion,
    Digitisation,
    SignatureOrdered,
    Signer,
)
from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import DossierSupplemented
from chalicelib.contracts.messages import CopySigned, MessageConverted, SignatureRefused
from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.contracts.stored import read
from chalicelib.digitisation.desk import Desk
from chalicelib.digitisation.fence import paper_key
from chalicelib.digitisation.folders import folder_of
from chalicelib.digitisation.paper import SIGN_COPY, IncompleteConversion, Paper, Reading, conversion_of
from chalicelib.digitisation.reasons import kills_reader
from chalicelib.digitisation.sandbox import sandbox
from chalicelib.digitisation.service import sha256
from chalicelib.digitisation.store import Files, Signers, Table
from chalicelib.digitisation.triage import Triage
from chalicelib.dossier.change import Change
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import lookup_code
from chalicelib.kernel.problem import ForbiddenStep, NoSigningCertificate, NotFound
from chalicelib.law import packs, qr
from chalicelib.onestop.model import unsettled
from infra.local.meter import KB, item_size
from infra.local.names import ACCOUNT
from tests.fakes import people
from tests.support.ledgers import lines_of
from tests.unit.digitisation_service.given import AGENCY, OTHER_AGENCY, Hall, dropped, paper_steps

QR = zxingcpp.BarcodeFormat.QRCode
"""Of every other kind the reader finds one now and then in a page that has none."""

ADDRESS = "https://motcua.example.vn"
CODE = "H01.10.24-20261125-0000001"


class Scanning(Hall):
    """A hall with a scanning desk and one dropped paper."""

    def __init__(self, tables):
        super().__init__(tables)
        self.steps = paper_steps(self.clock, lambda: ADDRESS)
        self.desk = Desk(Table(), Signers(), self.clock)
        tables.register("officers", people.SCANNER.subject)

    def drop(self, picture):
        self.reference = self.open()
        self.arrive(dropped(self.reference, "KQ004946 ho chieu.jpg"), picture)
        self.component = self.received.id

    @property
    def received(self):
        return self.told(self.reference, ComponentReceived)[-1]

    @property
    def pk(self):
        return paper_key(self.reference, self.component)

    @property
    def paper(self):
        return Table().paper(self.reference, self.component)

    @property
    def log(self):
        return self.tables.types("Messages", self.pk)

    def sign(self, who=people.SCANNER, key="k"):
        return self.desk.sign_copy(who, f"{self.reference}.{self.component}", key)

    def order(self):
        """The last signature that was ordered, as the messages hear it."""
        rows = [r for r in self.tables.events("Messages", self.pk) if r["type"] == SignatureOrdered.type]
        return heard(SignatureOrdered, rows[-1]["data"])

    def signed(self, kind):
        """What the messages tell when the last order was carried out."""
        order = self.order()
        return kind(
            code=order.order,
            message=order.order,
            key=order.target,
            version_id="s1",
            sha256="ef" * 32,
            size=4321,
            title=order.title,
            kind=order.kind,
            agency=order.agency,
            agency_name=people.OFFICE["name"],
            holder=order.holder,
            procedure=order.procedure,
            reference=order.reference,
            component=order.component,
            signed_at=stamp(self.clock()),
            unsigned_sha256=order.source.sha256,
        )

    def kept(self, name):
        """The one version of a file of the paper."""
        key = f"papers/{self.reference}/{self.component}/{name}"
        (version,) = (v for k, v in self.files("messages") if k == key)
        found = self.tables.client("s3").get_object(Bucket="messages", Key=key, VersionId=version)
        return found["Body"].read(), found["ContentType"]


STEPS = (
    ("received", lambda hall, picture: hall.drop(picture)),
    ("copied", lambda hall, _: hall.steps.make_copy(hall.received)),
    ("ordered", lambda hall, _: hall.sign()),
    ("stored", lambda hall, _: hall.steps.read_copy(hall.signed(CopySigned))),
    ("converted", lambda hall, _: hall.steps.settle_component(hall.signed(MessageConverted))),
)


@pytest.fixture(scope="module")
def walked():
    """What stood in tables and buckets after each step: the picture is read only once."""
    return {}


@pytest.fixture
def at(tables, picture, walked):
    """`at(step)`: the desk as it stood after the step, in tables and buckets of the test's own."""
    if not walked:
        hall = Scanning(tables)
        for step, act in STEPS:
            if step in SIGNS:
                said, kind = SIGNS[step]
                walked[said] = hall.signed(kind)
            act(hall, picture)
            walked[step] = kept(tables), hall.reference, hall.component
        tables.clear()

    def found(step):
        stood, reference, component = walked[step]
        put_back(tables, stood)
        hall = Scanning(tables)
        hall.reference, hall.component = reference, component
        return hall

    return found


SIGNS = {"stored": ("copy signed", CopySigned), "converted": ("message signed", MessageConverted)}


def buckets():
    """The files of both buckets, as moto has them."""
    found = s3_backends[ACCOUNT]["aws"].buckets
    return {name: found[name].keys for name in ("intake", "messages")}


def kept(tables):
    """What stands in tables and buckets."""
    rows = {table: tables.everything(table) for table in ("Dossiers", "Messages", "Sealing")}
    return rows, {name: [(key, list(versions)) for key, versions in held.lists()] for name, held in buckets().items()}


def put_back(tables, stood):
    """It stands there again."""
    rows, files = stood
    for table, items in rows.items():
        tables.put(table, *items)
    for name, keys in files.items():
        for key, versions in keys:
            buckets()[name].setlist(key, list(versions))


def printed(pdf):
    """The first page of a PDF: its text, its codes."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage().get_text_range()
        picture = document[0].render(scale=200 / 72).to_numpy()
    return " ".join(text.split()), [found.text for found in zxingcpp.read_barcodes(picture, QR)]


def test_the_steps_come_in_the_order_of_the_law(at):
    hall = at("converted")
    assert hall.log == [
        "copy.made",
        "signature.ordered",
        "component.read",
        "signature.ordered",
        "component.converted",
    ]
    assert hall.types(hall.reference) == ["component.received", "dossier.scan_added", "component.converted"]
    assert hall.tables.unbroken("Messages", hall.pk)
    assert hall.tables.unbroken("Dossiers", hall.reference)


# --- the copy ------------------------------------------------------------------------------------------------------


def test_a_copy_waits_on_the_list_of_its_agency(at):
    hall = at("copied")
    ((row,), _) = hall.desk.waiting(people.SCANNER, "")
    assert (row.reference, row.component, row.step) == (hall.reference, hall.component, "copied")
    assert row.opened_at == hall.paper.opened_at
    assert hall.desk.waiting(people.officer("scanning", agency=OTHER_AGENCY), "") == ([], None)
    pdf, kind = hall.kept("copy-unsigned.pdf")
    assert (pdf[:4], kind) == (b"%PDF", "application/pdf")
    assert hall.paper.copy.sha256 == sha256(pdf)


def test_a_copy_pins_the_file_that_was_checked(at):
    hall = at("copied")
    (component,) = hall.components(hall.reference)
    scan = hall.paper.scan
    for name in ("key", "version_id", "sha256", "pages", "filename", "media_type"):
        assert getattr(scan, name) == getattr(component, name)
    text, _ = printed(hall.kept("copy-unsigned.pdf")[0])
    assert component.filename in text


def test_a_paper_that_awaits_its_copy_is_under_a_kilobyte_and_says_no_defaults(at):
    hall = at("ordered")
    head = hall.tables.get("Messages", hall.pk, "HEAD")
    assert not head.keys() & {"kind", "min_level"}
    assert "sheets" not in head["scan"]
    assert hall.paper.min_level == UNSAID_LEVEL
    long = read(Paper, {**head, "kind": SIGN_COPY, "min_level": UNSAID_LEVEL, "scan": {**head["scan"], "sheets": 0}})
    alike = structs.replace(hall.paper, as_read=long.as_read)
    assert long == alike, "as an earlier release wrote it"
    assert item_size(aws.packed(head)) <= KB


def test_a_copy_is_made_once(at):
    hall = at("copied")
    before = hall.files("messages")
    hall.steps.make_copy(hall.received)
    assert hall.log == ["copy.made"]
    assert hall.files("messages") == before


def test_two_copies_at_once_are_one_record(at):
    hall = at("received")
    hall.tables.meanwhile(lambda: hall.steps.make_copy(hall.received))
    hall.steps.make_copy(hall.received)
    assert hall.log == ["copy.made"]


def test_a_copy_of_a_component_that_is_not_there_breaks_and_is_parked(at):
    hall = at("received")
    with pytest.raises(LookupError, match="no component"):
        hall.steps.make_copy(structs.replace(hall.received, id="0" * 16))


# --- what cannot go on ----------------------------------------------------------------------------------------------


def of_another_colour():
    """A grey page with the colour profile of a coloured one: it passes the checks, and PDF/A refuses it."""
    page, out = Image.new("L", (700, 500), "white"), io.BytesIO()
    page.paste(0, (60, 200, 400, 230))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    page.save(out, "PNG", dpi=(200, 200), icc_profile=srgb)
    return out.getvalue()


def turned_down(hall, code):
    """The dossier and the drop of a paper that was rejected for this reason, each of which says it once."""
    (component,) = hall.components(hall.reference)
    said = component.digitisation
    assert (said.status, said.code) == ("rejected", code)
    assert said.text_vi.strip()
    assert unsettled([component]) == []
    (drop,) = hall.refused()
    assert (drop.reason_code, drop.reason_vi, drop.component) == (code, said.text_vi, hall.component)
    assert drop.wl_sk == stamp(hall.clock())
    assert hall.drops("taken") == []
    assert hall.tables.types("Messages", drop.pk) == ["component.rejected"]
    (told,) = hall.told(hall.reference, ComponentRejected)
    assert (told.component, told.agency, told.reason_code) == (hall.component, AGENCY, code)
    assert hall.desk.waiting(people.SCANNER, "") == ([], None)


def test_a_drop_of_which_no_copy_can_be_bound_goes_back_to_its_agency_with_the_reason(tables):
    hall = Scanning(tables)
    hall.drop(of_another_colour())
    for _ in range(2):
        hall.steps.make_copy(hall.received)
    turned_down(hall, "not_archivable")
    assert hall.paper is None
    assert not [key for key, _ in hall.files("messages") if key.startswith("papers/")]


def test_a_second_delivery_opens_no_file_that_was_turned_down(tables):
    hall = Scanning(tables)
    hall.drop(of_another_colour())
    hall.steps.make_copy(hall.received)
    replace(hall.steps, opener=None).make_copy(hall.received)


class Killed:
    """Whoever reads dies of it."""

    def pictures(self, data, media_type):
        return sandbox().pictures(data, media_type)

    def read(self, image):
        raise kills_reader("the process that opened it ended during read")


def test_a_paper_that_cannot_be_read_is_rejected_though_its_copy_is_signed(at, walked):
    hall = at("ordered")
    for _ in range(2):
        replace(hall.steps, opener=Killed()).read_copy(walked["copy signed"])
    turned_down(hall, "file_kills_reader")
    assert (hall.paper.step, hall.paper.rejection.code) == ("rejected", "file_kills_reader")
    assert hall.log.count("component.rejected") == 1
    before = hall.paper
    hall.steps.read_copy(walked["copy signed"])
    hall.steps.take_back(refused(hall))
    assert hall.paper == before


def test_a_paper_that_a_supplement_brought_anew_is_digitised_no_further(at):
    hall = at("copied")
    told = DossierSupplemented(
        agency=AGENCY,
        handler="",
        received_at="",
        processed_at="",
        reference=hall.reference,
        superseded=(hall.component,),
    )
    for _ in range(2):
        hall.steps.leave_off(told)
    turned_down(hall, "superseded")
    assert (hall.paper.step, hall.paper.rejection.code) == ("rejected", "superseded")
    assert hall.log.count("component.rejected") == 1


@pytest.mark.parametrize("other", ["dossier", "paper", "drop"])
def test_a_refusal_that_races_with_another_change_is_tried_again(at, walked, other):
    hall = at("ordered")
    (drop,) = hall.drops("taken")
    place = {"dossier": ("Dossiers", hall.reference), "paper": ("Messages", hall.pk), "drop": ("Messages", drop.pk)}
    hall.tables.meanwhile(lambda: hall.tables.touch(*place[other]))
    replace(hall.steps, opener=Killed()).read_copy(walked["copy signed"])
    turned_down(hall, "file_kills_reader")


def test_a_drop_of_an_earlier_release_that_kept_no_verdict_is_rejected_all_the_same(at, walked):
    hall = at("ordered")
    (drop,) = hall.drops("taken")
    hall.tables.client("dynamodb").delete_item(TableName="messages", Key={"pk": {"S": drop.pk}, "sk": {"S": "HEAD"}})
    replace(hall.steps, opener=Killed()).read_copy(walked["copy signed"])
    (component,) = hall.components(hall.reference)
    assert (component.digitisation.status, hall.paper.step) == ("rejected", "rejected")


# --- the officer's signature -----------------------------------------------------------------------------------------


def test_the_officer_orders_their_own_signature_and_the_copy_leaves_the_list(at):
    hall = at("copied")
    answer, order = hall.sign(), hall.order()
    assert answer.step == hall.paper.step == "signature_ordered"
    assert hall.desk.waiting(people.SCANNER, "") == ([], None)
    assert order.signer == Signer(kind="officer", id=people.SCANNER.subject)
    assert (order.certify, order.then, order.kind) == (False, CopySigned.type, "copy")
    assert (order.source, order.box) == (hall.paper.copy.pinned, hall.paper.copy.box)
    assert order.target == f"papers/{hall.reference}/{hall.component}/copy.pdf"
    assert order.lines == ("Người sao chụp:",), "the name is the certificate's"
    (row,) = (r for r in hall.tables.events("Messages", hall.pk) if r["type"] == SignatureOrdered.type)
    assert row["actor"] == people.SCANNER.subject


def test_the_same_order_again_is_one_order_and_another_is_refused(at):
    hall = at("ordered")
    assert hall.sign().step == "signature_ordered"
    assert hall.log.count("signature.ordered") == 1
    with pytest.raises(ForbiddenStep) as refused:
        hall.sign(key="another")
    assert refused.value.facts == {"step": "signature_ordered"}
    with pytest.raises(ForbiddenStep):
        hall.sign(people.officer("scanning"))


def test_the_same_order_again_is_told_the_same_when_the_paper_went_on(at):
    assert at("converted").sign().step == "signature_ordered"


def test_two_officers_at_once_order_one_signature(at):
    hall = at("copied")
    hall.tables.meanwhile(lambda: hall.sign(key="faster"))
    with pytest.raises(ForbiddenStep):
        hall.sign(key="slower")
    assert hall.log.count("signature.ordered") == 1


@pytest.mark.parametrize("name", ["", "x", "MC-NEVER.c1", None])
def test_a_copy_of_another_agency_or_none_is_not_found(at, name):
    hall = at("copied")
    who = people.SCANNER if name is not None else people.officer("scanning", agency=OTHER_AGENCY)
    with pytest.raises(NotFound):
        hall.desk.sign_copy(who, name if name is not None else f"{hall.reference}.{hall.component}", "k")
    assert hall.log == ["copy.made"]


# --- a signature that will never be ---------------------------------------------------------------------------------


def refused(hall, *, order_event=None, kind=CopySigned, **changes):
    """What the messages tell when the last order cannot be carried out."""
    order = hall.order()
    given = {
        "order": order.order,
        "order_event": order_event or hall.paper.order_event,
        "then": kind.type,
        "signer": order.signer.kind,
        "reason_code": "no_signing_certificate",
        "reason_vi": "Chưa có chứng thư",
        "reason_en": "No certificate",
        "reference": order.reference,
        "component": order.component,
        "agency": order.agency,
    }
    return SignatureRefused(**given | changes)


def test_an_officer_without_a_certificate_is_told_so_before_anything_is_ordered(at):
    hall = at("copied")
    stranger = people.officer("scanning")
    with pytest.raises(NoSigningCertificate) as told:
        hall.desk.sign_copy(replace(stranger, subject="officer-without"), f"{hall.reference}.{hall.component}", "k")
    assert told.value.facts == {"signer": "officer"}
    assert (hall.log, hall.paper.step) == (["copy.made"], "copied")


@pytest.mark.parametrize(
    ("step", "kind", "after"), [("ordered", CopySigned, "copied"), ("stored", MessageConverted, "stored")]
)
def test_what_will_never_be_signed_is_on_the_desk_again_with_its_reason(at, step, kind, after):
    hall = at(step)
    assert hall.desk.waiting(people.SCANNER, "") == ([], None)
    told = refused(hall, kind=kind)
    for _ in range(2):
        hall.steps.take_back(told)
    (paper,), _ = hall.desk.waiting(people.SCANNER, "")
    assert (paper.step, paper.taken_back.code, paper.taken_back.vi) == (after, told.reason_code, told.reason_vi)
    assert hall.log.count("copy.returned") == 1
    assert hall.sign().is_on_desk  # the request of then, sent again, is told what became of it
    assert hall.sign(key="once more").step == "signature_ordered"
    assert hall.paper.step == (after if after == "stored" else "signature_ordered")
    assert hall.desk.waiting(people.SCANNER, "") == ([], None)
    assert (hall.paper.taken_back, hall.order().then) == (None, kind.type)
    hall.steps.take_back(told)  # that of the first order, heard late
    assert hall.desk.waiting(people.SCANNER, "") == ([], None)


def test_an_agencys_signature_that_is_ordered_again_is_the_same_order(at):
    hall = at("stored")
    first = hall.order()
    hall.steps.take_back(refused(hall, kind=MessageConverted))
    hall.sign(key="again")
    assert hall.order() == first
    hall.steps.settle_component(hall.signed(MessageConverted))
    assert hall.paper.step == "converted"


@pytest.mark.parametrize("step", ["copied", "stored", "converted"])
def test_what_was_signed_since_is_not_taken_back(at, step):
    order = at("ordered").order()
    hall = at(step)
    told = SignatureRefused(
        order=order.order, order_event=hall.paper.order_event or "", then=CopySigned.type, signer="officer",
        reason_code="x", reason_vi="x", reason_en="x", reference=order.reference, component=order.component,
        agency=order.agency,
    )  # fmt: skip
    before = hall.paper
    hall.steps.take_back(told)
    assert hall.paper == before


@pytest.mark.parametrize(("step", "after"), [("ordered", "stored"), ("stored", "converted")])
def test_the_operator_gives_a_paper_back_and_a_signature_that_comes_in_spite_of_that_counts(at, walked, step, after):
    hall = at(step)
    hall.steps.give_back(f"{hall.reference}.{hall.component}")
    (paper,), _ = hall.desk.waiting(people.SCANNER, "")
    assert (paper.taken_back.code, hall.log[-1]) == ("given_back", "copy.returned")
    with pytest.raises(ForbiddenStep):
        hall.steps.give_back(f"{hall.reference}.{hall.component}")
    if step == "ordered":
        hall.steps.read_copy(walked["copy signed"])
    else:
        hall.steps.settle_component(hall.signed(MessageConverted))
    assert (hall.paper.step, hall.paper.taken_back) == (after, None)
    assert hall.desk.waiting(people.SCANNER, "") == ([], None)


@pytest.mark.parametrize("step", ["copied", "converted"])
def test_only_a_paper_that_awaits_a_signature_is_given_back(at, step):
    hall = at(step)
    with pytest.raises(ForbiddenStep):
        hall.steps.give_back(f"{hall.reference}.{hall.component}")
    with pytest.raises(NotFound):
        hall.steps.give_back("MC-NEVER.c1")


def test_a_paper_that_an_earlier_release_read_has_no_order_that_could_be_given_again(at):
    hall = at("stored")
    hall.tables.forget("Messages", hall.pk, "unsigned", "order_event")
    hall.steps.take_back(refused(hall, kind=MessageConverted, order_event="anything"))
    assert hall.paper.is_on_desk
    with pytest.raises(ForbiddenStep) as told:
        hall.sign(key="again")
    assert told.value.facts == {"step": "stored"}


# --- reading -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["received", "copied"])
def test_nothing_is_read_before_the_officers_signature(at, walked, step):
    hall = at(step)
    before = hall.files("messages"), hall.log
    hall.steps.read_copy(walked["copy signed"])
    assert (hall.files("messages"), hall.log) == before


def test_what_was_read_is_stored_with_the_hashes_of_scan_and_signed_copy(at, walked):
    hall = at("stored")
    body, kind = hall.kept("reading.json")
    found = read(Reading, json.decode(body))
    assert (kind, json.decode(body)["shape"]) == ("application/json", Reading.shape)
    assert found.scan_sha256 == hall.received.sha256
    assert found.copy_sha256 == walked["copy signed"].sha256
    assert "XAC NHAN CU TRU" in found.text
    assert (found.code, found.kind) == (hall.paper.digitised_code, hall.received.reads_as)
    assert hall.paper.reading.key.endswith("reading.json")
    assert hall.paper.signed_copy.sha256 == walked["copy signed"].sha256


def test_an_officer_sees_what_was_read_and_the_ledger_says_so(at):
    hall = at("stored")
    _, found = Triage(Table(), Files(), hall.clock, folder_of).look(
        people.SCANNER, f"{hall.reference}.{hall.component}"
    )
    assert found == read(Reading, json.decode(hall.kept("reading.json")[0]))
    assert (found.scan_sha256, found.copy_sha256) == (hall.paper.scan.sha256, "ef" * 32)
    (line,) = lines_of(people.CITIZEN.holder)
    assert (line.said.document, line.said.by, line.said.route) == (hall.component, AGENCY, "copies")


def test_the_agency_is_ordered_to_sign_the_message_and_closes_it(at):
    hall = at("stored")
    order = hall.order()
    assert order.signer == Signer(kind="agency", id=AGENCY)
    assert (order.certify, order.then, order.kind) == (True, MessageConverted.type, "conversion")
    assert order.order == hall.paper.digitised_code
    assert order.source.sha256 == sha256(hall.kept("message-unsigned.pdf")[0])
    assert order.target == f"papers/{hall.reference}/{hall.component}/message.pdf"
    assert order.lines == (), "what its signature says is its certificate's subject and the time"
    assert all(isinstance(x, str) for x in order.box), "the table takes no fractions"


def test_the_message_says_with_code_and_mark_what_it_is(at):
    """Law 20/2023 Art. 12, Decree 137/2024 Art. 4: symbol, time, converter; Circular 01/2023 Art. 26: the QR code."""
    hall = at("stored")
    text, (code,) = printed(hall.kept("message-unsigned.pdf")[0])
    mark = packs.pack_on(hall.clock().date()).rules.conversion_mark_text.value
    assert hall.paper.mark_text == mark
    for said in (mark, people.SCANNER.name, people.OFFICE["name"], AGENCY, hall.paper.digitised_code, "25/11/2026"):
        assert said in text
    assert f"{ADDRESS}/v1/verifications/{lookup_code(hall.paper.digitised_code)}" in text.replace(" ", "")
    assert qr.parse(code) == {
        "paper": "other",
        "dossier_code": hall.reference,
        "procedure_code": people.PROCEDURE,
        "person_id": f"*********{people.CITIZEN.personal_id[-3:]}",
        "document_name": hall.paper.digitised_code,
        "system_name": "Hệ thống Một Cửa",
        "published_at": "2026-11-25T09:20:05+07:00",
        "lookup_url": f"{ADDRESS}/v1/verifications/{lookup_code(hall.paper.digitised_code)}",
    }


def test_no_paper_carries_the_full_number_of_a_person(at):
    """Anyone can read the code: it shows the last three digits and no more, and so does the print."""
    hall = at("stored")
    for name in ("copy-unsigned.pdf", "message-unsigned.pdf"):
        text, codes = printed(hall.kept(name)[0])
        assert people.CITIZEN.personal_id not in f"{text} {codes}"
    assert people.CITIZEN.personal_id not in repr(hall.tables.everything("Messages"))


def test_after_the_acceptance_the_code_names_the_dossier_by_its_own(at, walked):
    hall = at("ordered")
    Change(hall.head(hall.reference), hall.clock()).name(CODE).write()
    hall.steps.read_copy(walked["copy signed"])
    _, (code,) = printed(hall.kept("message-unsigned.pdf")[0])
    assert qr.parse(code)["dossier_code"] == CODE


def test_a_paper_is_read_once(at, walked):
    hall = at("stored")
    before = hall.files("messages"), hall.log
    hall.steps.read_copy(walked["copy signed"])
    assert (hall.files("messages"), hall.log) == before


def test_of_two_readings_at_once_one_is_kept(at, walked):
    hall = at("ordered")
    hall.tables.meanwhile(lambda: hall.steps.read_copy(walked["copy signed"]))
    hall.steps.read_copy(walked["copy signed"])
    assert hall.log.count("component.read") == 1


# --- the conversion ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["received", "copied", "ordered", "converted"])
def test_nothing_is_converted_out_of_order_or_twice(at, walked, step):
    hall = at(step)
    before = hall.log, hall.types(hall.reference)
    hall.steps.settle_component(walked["message signed"])
    assert (hall.log, hall.types(hall.reference)) == before


def test_the_conversion_links_both_files_here_and_in_the_dossier(at, walked):
    hall = at("converted")
    (component,) = hall.components(hall.reference)
    (conversion,) = hall.told(hall.reference, ComponentConverted)
    assert hall.paper.step == "converted"
    assert conversion.source_sha256 == hall.received.sha256
    assert conversion.copy_sha256 == walked["copy signed"].sha256
    assert conversion.output_sha256 == walked["message signed"].sha256
    assert conversion.converter.officer == people.SCANNER.name
    known = {name: getattr(conversion, name) for name in Conversion.__struct_fields__}
    assert component.digitisation == Digitisation(status="converted", **known)
    here = hall.tables.events("Messages", paper_key(hall.reference, hall.component))[-1]
    assert here["type"] == ComponentConverted.type
    assert conversion.paper, "the vault hears it from the dossier"
    assert heard(ComponentConverted, here["data"]) == structs.replace(conversion, paper=None), "and from it alone"


@pytest.mark.parametrize("other", ["dossier", "paper"])
def test_a_conversion_that_races_with_another_change_is_tried_again(at, walked, other):
    hall = at("stored")
    place = ("Dossiers", hall.reference) if other == "dossier" else ("Messages", hall.pk)
    hall.tables.meanwhile(lambda: hall.tables.touch(*place))
    hall.steps.settle_component(walked["message signed"])
    assert hall.paper.step == "converted"
    assert hall.components(hall.reference)[0].digitisation.status == "converted"


def test_two_conversions_at_once_are_one(at, walked):
    hall = at("stored")
    hall.tables.meanwhile(lambda: hall.steps.settle_component(walked["message signed"]))
    hall.steps.settle_component(walked["message signed"])
    assert hall.log.count("component.converted") == hall.types(hall.reference).count("component.converted") == 1


@pytest.mark.parametrize("lost", ["HEAD", "COMPONENT#"])
def test_a_conversion_without_its_dossier_or_component_is_not_recorded(at, walked, lost):
    hall = at("stored")
    sk = lost if lost == "HEAD" else f"{lost}{hall.component}"
    hall.tables.client("dynamodb").delete_item(TableName="dossiers", Key={"pk": {"S": hall.reference}, "sk": {"S": sk}})
    with pytest.raises(LookupError, match=f"no dossier {hall.reference} with a component {hall.component}"):
        hall.steps.settle_component(walked["message signed"])
    assert hall.paper.step == "stored"


PATHS = [
    ("paper", "digitised_code"),
    ("paper", "scan", "sha256"),
    ("paper", "signed_copy", "sha256"),
    ("paper", "signed_copy"),
    ("paper", "mark_text"),
    ("paper", "converted_at"),
    ("paper", "agency"),
    ("paper", "officer"),
    ("message", "message"),
    ("message", "sha256"),
    ("message", "agency_name"),
    ("message", "signed_at"),
]


def without(thing, path):
    """A typed thing in which the last name of the path is blank."""
    name, *rest = path
    blank = without(getattr(thing, name), rest) if rest else "" if name != "signed_copy" else None
    return structs.replace(thing, **{name: blank})


@pytest.mark.parametrize("path", PATHS, ids=".".join)
def test_a_conversion_that_lacks_an_item_of_the_law_is_refused(at, walked, path):
    """Symbol, time, converter, both hashes, the agency's signature (Decree 137/2024 Art. 4; Law 20/2023 Art. 12)."""
    paper, message = at("stored").paper, walked["message signed"]
    assert conversion_of(paper, message)
    where, *names = path
    if where == "paper":
        paper = without(paper, names)
    else:
        message = without(message, names)
    with pytest.raises(IncompleteConversion, match=r"\w"):
        conversion_of(paper, message)
