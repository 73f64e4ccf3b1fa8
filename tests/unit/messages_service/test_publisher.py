"""The only place that signs: each paper and each order once, and only the very file that was ordered."""

import hashlib
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from chalicelib.kernel import aws
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import EventType
from chalicelib.messages.keys import UnknownSigner
from chalicelib.messages.service import Publisher
from chalicelib.messages.store import SourceChanged, Table
from chalicelib.messages.wire import Verification
from tests.fakes import people
from tests.fakes.counter import Counter
from tests.fakes.messages import Messages, message_key

URL = "https://motcua.example.vn"


@pytest.fixture(scope="module")
def facts():
    """The accepted and the decided fact of one dossier."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_SECRET", "local-0123456789abcdef0123456789abcdef")
        hall = Counter()
        reference = hall.decided()
        return {
            kind: hall.facts(reference, kind)[0] for kind in (EventType.DOSSIER_ACCEPTED, EventType.DOSSIER_DECIDED)
        }


@pytest.fixture
def desk(keys):
    """A publisher whose clock and messages can be looked at."""
    hall = Counter()
    messages = Messages(hall.rows, keys)
    return Publisher(messages, hall.clock, URL)


ISSUED = [
    (EventType.DOSSIER_ACCEPTED, "receipt", "receipt.signed"),
    (EventType.DOSSIER_DECIDED, "result", "result.signed"),
]


@pytest.mark.parametrize(("event", "kind", "told"), ISSUED, ids=["receipt", "result"])
def test_a_paper_is_printed_signed_and_registered_once(desk, facts, event, kind, told):
    for _ in range(2):
        desk.issue(event, facts[event])
        desk.clock.advance(minutes=1)
    ((key, pdf),) = desk.messages.kept
    (row,) = desk.messages.rows.events(_pk(desk, facts[event], kind))
    data = row["data"]
    assert row["type"] == f"vn.motcua.{told}"
    assert (data["key"], data["size"], data["sha256"]) == (key, len(pdf), hashlib.sha256(pdf).hexdigest())
    assert data["unsigned_sha256"] != data["sha256"]
    assert (data["kind"], data["agency"], data["holder"]) == (kind, people.OFFICE["id"], people.CITIZEN.holder)
    assert pdf.count(b"/ByteRange") >= 1
    assert people.CITIZEN.name not in repr(row)


@pytest.mark.parametrize(("event", "kind", "told"), ISSUED, ids=["receipt", "result"])
def test_a_paper_is_certified_so_that_any_later_change_shows(desk, facts, event, kind, told):
    desk.issue(event, facts[event])
    ((_, pdf),) = desk.messages.kept
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1, "no change at all is allowed"
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    assert signature.field_name == "AgencySignature"


def _pk(desk, data, kind):
    return message_key(data["result_code"] if kind == "result" else f"RECEIPT.{data['dossier_code']}")


def test_the_notice_of_a_service_is_printed_signed_and_registered(desk, facts):
    fact = facts[EventType.DOSSIER_DECIDED]
    told = {**fact, "kind": "public_utility", "result": {**fact["result"], "template": "decision"}}
    desk.issue(EventType.DOSSIER_DECIDED, told)
    ((_, pdf),) = desk.messages.kept
    (row,) = desk.messages.rows.events(_pk(desk, fact, "result"))
    assert row["data"]["sha256"] == hashlib.sha256(pdf).hexdigest()
    assert pdf.count(b"/ByteRange") >= 1


def test_of_two_deliveries_at_once_one_file_is_registered(desk, facts):
    event = EventType.DOSSIER_ACCEPTED
    desk.messages.rows.meanwhile(lambda: desk.issue(event, facts[event]))
    desk.issue(event, facts[event])
    (row,) = desk.messages.rows.events(_pk(desk, facts[event], "receipt"))
    _, (_, faster) = desk.messages.kept
    assert row["data"]["version_id"] == "v2", "nobody names the other file"
    assert row["data"]["sha256"] == hashlib.sha256(faster).hexdigest()


# --- orders --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unsigned():
    """A small file that may be signed."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out)
    return out.getvalue()


def order_of(pdf, **changes):
    return {
        "order": "COPY.MC-1.c1",
        "kind": "copy",
        "title": "Bản sao chụp có chữ ký số cá nhân",
        "source": {
            "key": "papers/MC-1/c1/copy-unsigned.pdf",
            "version_id": "m1",
            "sha256": hashlib.sha256(pdf).hexdigest(),
        },
        "target": "papers/MC-1/c1/copy.pdf",
        "signer": {"kind": "officer", "id": people.SCANNER.subject},
        "reason": "Sao chụp từ bản giấy",
        "box": ["20", "760", "200", "820"],
        "lines": ["Người sao chụp:", people.SCANNER.name],
        "certify": False,
        "then": EventType.COPY_SIGNED.value,
        "reference": "MC-1",
        "component": "c1",
        "agency": people.OFFICE["id"],
        "holder": people.CITIZEN.holder,
        "procedure": people.PROCEDURE,
        **changes,
    }


AGENCY = {
    "order": "SH-1",
    "kind": "conversion",
    "signer": {"kind": "agency", "id": people.OFFICE["id"]},
    "certify": True,
    "then": EventType.MESSAGE_CONVERTED.value,
}


def put_source(desk, order, pdf):
    desk.messages.sources[order["source"]["key"], order["source"]["version_id"]] = pdf


@pytest.mark.parametrize("changes", [{}, AGENCY], ids=["officer", "agency"])
def test_an_order_is_carried_out_once_and_says_what_comes_then(desk, unsigned, changes):
    order = order_of(unsigned, **changes)
    put_source(desk, order, unsigned)
    for _ in range(2):
        desk.sign(order)
    ((key, pdf),) = desk.messages.kept
    assert key == order["target"]
    assert pdf.startswith(unsigned), "what was ordered stays, byte for byte"
    (row,) = desk.messages.rows.events(message_key(order["order"]))
    assert row["type"] == order["then"]
    assert row["data"]["unsigned_sha256"] == order["source"]["sha256"]
    assert row["data"]["agency_name"] == people.OFFICE["name"]


def test_a_file_that_is_not_the_ordered_one_is_not_signed(desk, unsigned):
    order = order_of(unsigned)
    put_source(desk, order, unsigned + b"\n")
    with pytest.raises(SourceChanged):
        desk.sign(order)
    assert desk.messages.kept == []
    assert desk.messages.message(order["order"]) is None


def test_nobody_signs_for_somebody_who_has_no_key(desk, unsigned):
    order = order_of(unsigned, signer={"kind": "officer", "id": "officer-nobody"})
    put_source(desk, order, unsigned)
    with pytest.raises(UnknownSigner):
        desk.sign(order)


@pytest.mark.parametrize("same", [True, False])
def test_the_store_hands_out_only_the_bytes_that_were_ordered(monkeypatch, unsigned, same):
    class Bucket:
        def get_object(self, **where):
            assert where == {"Bucket": "messages", "Key": "k", "VersionId": "m1"}
            return {"Body": self}

        def read(self):
            return unsigned if same else unsigned + b"\n"

    monkeypatch.setattr(aws, "client", {"s3": Bucket()}.__getitem__)
    source = {"key": "k", "version_id": "m1", "sha256": hashlib.sha256(unsigned).hexdigest()}
    if same:
        assert Table().source(source) == unsigned
        return
    with pytest.raises(SourceChanged):
        Table().source(source)


# --- who may read --------------------------------------------------------------------------------------------------


@pytest.fixture
def registered(desk, unsigned):
    order = order_of(unsigned)
    put_source(desk, order, unsigned)
    desk.sign(order)
    return order["order"]


def test_a_document_is_read_by_its_holder_and_its_agency(desk, registered):
    for who in (people.CITIZEN, people.LEADER):
        found, url = desk.read(who, registered)
        assert found["message"] == registered
        assert found["key"] in url


@pytest.mark.parametrize(
    "stranger",
    [
        people.NEIGHBOUR,
        people.officer("leader", agency="H01.10.25"),
        replace(people.LEADER, agency=""),
        replace(people.CITIZEN, personal_id=""),
    ],
    ids=["another citizen", "another agency", "no agency", "no number"],
)
def test_to_everybody_else_it_does_not_exist(desk, registered, stranger):
    for name in (registered, "COPY.MC-1.never"):
        with pytest.raises(NotFound) as refused:
            desk.read(stranger, name)
        assert refused.value.facts == {"what": "message"}


def test_anyone_may_look_a_document_up_by_its_code(desk, registered):
    found = desk.registered(registered)
    shown = Verification(**{k: found[k] for k in Verification.model_fields}).model_dump()
    assert people.CITIZEN.holder not in repr(shown)
    with pytest.raises(NotFound):
        desk.registered("COPY.MC-1.never")
