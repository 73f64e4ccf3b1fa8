"""Forms 06 and 07: ordered by who may see them, printed as things stand, once for each order."""

import csv
from datetime import date
from io import StringIO

import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace

from chalicelib.contracts.event import heard, told
from chalicelib.contracts.messages import PaperOrdered
from chalicelib.dossier import accepted, reading, references
from chalicelib.dossier.accepted import accepted_on, entries
from chalicelib.kernel import aws
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import BodyInvalid, ContentErased, LevelTooLow, NotFound
from chalicelib.law import packs, qr
from chalicelib.messages import events, registers
from chalicelib.messages.inquiry import Reader
from chalicelib.messages.model import message_key, order_key
from chalicelib.messages.orders import Orders, Printer
from chalicelib.messages.registers import HEADINGS, as_csv, register
from chalicelib.messages.store import Table
from chalicelib.messages.verification import verify
from chalicelib.messages.wiring import office_of
from chalicelib.sealing.door import seal
from tests.fakes import people
from tests.support.hall import hall
from tests.unit.messages_service.conftest import CODE, OFFICE, URL

__all__ = ["hall"]

DAY = date(2026, 11, 25)


@pytest.fixture
def orders(hall):
    """Orders over the dossiers of a hall."""
    return Orders(Table(), reading.read, references.keyed, reading.level_of, hall.clock)


@pytest.fixture
def printer(hall, desk):
    """The worker's use case over the same."""
    desk.signatures.clock.now = hall.clock.now
    return Printer(desk, reading.read, accepted_on, entries, office_of, lambda _: OFFICE.name, hall.clock)


@pytest.fixture
def reader(hall):
    return Reader(Table(), reading.read, hall.clock)


def ordered(tables, name):
    """What was told of an order, in the order of telling."""
    return [heard(PaperOrdered, row["data"]) for row in tables.events("Messages", order_key(name))]


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def file_of(tables, name, part=""):
    head = tables.get("Messages", message_key(name), "HEAD")
    pin = head[part] if part else head
    return aws.client("s3").get_object(Bucket="messages", Key=pin["key"], VersionId=pin["version_id"])["Body"].read()


# --- the control slip ----------------------------------------------------------------------------------------------


def test_a_slip_says_who_gave_it_to_whom_and_whether_in_time(hall, tables, orders, printer, keys_folder):
    reference = hall.at("receive", "verify")
    name = orders.slip(people.CITIZEN, reference)
    (order,) = ordered(tables, name)
    printer.carry_out(order)
    printer.carry_out(order)
    head, code = tables.get("Messages", message_key(name), "HEAD"), hall.head(reference)["dossier_code"]
    assert (head["kind"], head["reference"], head["holder"]) == ("slip", reference, people.CITIZEN.holder)
    pdf = file_of(tables, name)
    verdict = verify(pdf, roots=keys_folder / "ca.pem", registered_sha256=head["sha256"])
    assert (verdict.valid, [s.field for s in verdict.signers]) == (True, ["AgencySignature"])
    text = text_of(pdf)
    expected = [
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", f"Mã hồ sơ: {code}", f"Hồ sơ của: {people.CITIZEN.name}",
        "Quyển số",
        "Số thứ tự", "Thời gian nhận hồ sơ: 09 giờ 20 phút, ngày 25 tháng 11 năm 2026", "Thời gian hẹn trả kết quả",
        f"Cơ quan giải quyết: {OFFICE.name}", "Cơ quan phối hợp", "Tên cơ quan (1. Giao, 2. Nhận)", "Ghi chú",
        "Mẫu số 06",
        "Kết quả giải quyết",
        f"(1) Giao: {people.RECEPTION.name} (2) Nhận: Bộ phận thẩm tra 25/11/2026 09:20:05 +07:00",
        f"(1) Giao: {people.PROCESSING.name}", "Trước hạn",
    ]  # fmt: skip
    assert [part for part in expected if part not in text] == []
    assert text.count("(1) Giao:") == 2, "one row for each time that it was handed on"


@pytest.mark.rule("R33", "schema", "decodes")
def test_the_code_on_a_slip_has_the_fields_of_the_circular(hall, tables, orders, printer):
    name = orders.slip(people.CITIZEN, hall.at("receive"))
    printer.carry_out(*ordered(tables, name))
    with pypdfium2.PdfDocument(file_of(tables, name)) as document:
        (found,) = zxingcpp.read_barcodes(
            document[0].render(scale=150 / 72).to_numpy().copy(), zxingcpp.BarcodeFormat.QRCode
        )
    said = qr.parse(found.text)
    assert said["document_name"] == "Phiếu kiểm soát quá trình giải quyết hồ sơ"
    assert said["person_id"] == f"*********{people.CITIZEN.personal_id[-3:]}"


def test_while_nothing_changes_a_slip_is_the_same_paper_and_then_another(hall, tables, orders):
    reference = hall.at("receive")
    names = [orders.slip(who, reference) for who in (people.CITIZEN, people.RECEPTION, people.CITIZEN)]
    assert len({*names}) == 1
    assert len(ordered(tables, names[0])) == 1
    hall.complete(reference, "verify")
    assert orders.slip(people.CITIZEN, hall.head(reference)["dossier_code"]) != names[0]


@pytest.mark.parametrize("who", [people.NEIGHBOUR, people.officer("leader", agency=people.OTHER_OFFICE["id"])])
def test_who_may_not_see_a_dossier_orders_no_slip_of_it(hall, tables, orders, who):
    with pytest.raises(NotFound):
        orders.slip(who, hall.at("receive"))
    with pytest.raises(NotFound):
        orders.slip(who, "MC-0000000000000000")
    assert not [row for row in tables.everything("Messages") if row["pk"].startswith("ORDER#")]


def test_a_draft_has_no_slip_and_a_lower_level_orders_none(hall, orders):
    with pytest.raises(NotFound):
        orders.slip(people.CITIZEN, hall.open(key="other"))
    reference = hall.at("receive")
    low = Orders(Table(), reading.read, references.keyed, lambda *_: 3, hall.clock)
    with pytest.raises(LevelTooLow):
        low.slip(people.CITIZEN, reference)


def test_a_slip_of_an_older_pack_is_form_05_on_a5(hall, tables, orders, printer):
    reference = hall.at("receive")
    hall.put(reference, rule_pack="vn-2025-07-01")
    name = orders.slip(people.CITIZEN, reference)
    printer.carry_out(*ordered(tables, name))
    pdf = file_of(tables, name)
    assert "Mẫu số 05 - Thông tư số 01/2018/TT-VPCP" in text_of(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        assert [round(side) for side in document[0].get_size()] == [420, 595]


def test_the_worker_hears_an_order(hall, tables, orders, stage, keys_folder):
    stage.setenv("MOTCUA_KEYS_FOLDER", str(keys_folder))
    stage.delenv("MOTCUA_TIMESTAMP_URL")
    name = orders.slip(people.CITIZEN, hall.at("receive"))
    (order,) = ordered(tables, name)
    detail = {"id": "O/EVENT#000001", "type": order.type, "subject": "O", "time": "2026-11-25T02:00:00.000+00:00"}
    events.messages_issue_paper({"detail": detail | {"data": told(order)}}, None)
    assert tables.get("Messages", message_key(name), "HEAD")


# --- the register --------------------------------------------------------------------------------------------------


def test_a_register_lists_what_the_agency_accepted_as_it_stands_on_paper_and_as_a_table(
    hall, tables, orders, printer, reader, keys_folder
):
    reference = hall.at("receive")
    code = hall.head(reference)["dossier_code"]
    name = orders.register(people.RECEPTION, OFFICE.id, DAY, DAY, 1, "key-1")
    assert orders.register(people.RECEPTION, OFFICE.id, DAY, DAY, 1, "key-1") == name, "a key is one order"
    (order,) = ordered(tables, name)
    printer.carry_out(order)
    head = tables.get("Messages", message_key(name), "HEAD")
    assert (head["kind"], head["reference"], head["holder"]) == ("register", "", keyed_hash("register", OFFICE.id))
    pdf = file_of(tables, name)
    assert verify(pdf, roots=keys_folder / "ca.pem", registered_sha256=head["sha256"]).valid
    text = text_of(pdf)
    expected = [
        "SỔ THEO DÕI HỒ SƠ", "Từ ngày 25 tháng 11 năm 2026 đến ngày 25 tháng 11 năm 2026; hồ sơ số 1-1 trong tổng số 1",
        "Mẫu số 07", code, "Đăng ký khai sinh", people.CITIZEN.name, people.FORM["requester"]["phone"],
        "25/11/2026 09:20:05 +07:00", "Trực tuyến",
    ]  # fmt: skip
    assert [part for part in expected if part not in text] == []
    rows = list(csv.reader(StringIO(file_of(tables, name, "sheet").decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADINGS
    assert rows[1][:2] == ["1", code]
    assert rows[1][4] == people.CITIZEN.name
    for who in (people.RECEPTION, people.LEADER):
        found, url, sheet = reader.read(who, name)
        assert (found.kind, ".pdf?" in url, ".csv?" in sheet) == ("register", True, True)
    for who in (people.PROCESSING, people.CITIZEN, people.officer("leader", agency=people.OTHER_OFFICE["id"])):
        with pytest.raises(NotFound):
            reader.read(who, name)


@pytest.mark.parametrize(
    ("since", "until"), [(DAY, date(2026, 11, 24)), (date(2026, 10, 1), date(2026, 11, 1))], ids=["none", "too long"]
)
def test_a_register_is_of_at_most_31_days(orders, since, until):
    with pytest.raises(BodyInvalid) as refused:
        orders.register(people.LEADER, OFFICE.id, since, until, 1, "key-1")
    assert [field.pointer for field in refused.value.fields] == ["/last_day"]
    assert orders.register(people.LEADER, OFFICE.id, date(2026, 10, 2), date(2026, 11, 1), 1, "key-1")


@pytest.mark.parametrize(
    ("who", "agency"),
    [(people.PROCESSING, OFFICE.id), (people.CITIZEN, OFFICE.id), (people.LEADER, people.OTHER_OFFICE["id"])],
)
def test_only_reception_and_leaders_have_a_register_printed_and_only_their_own(orders, who, agency):
    with pytest.raises(NotFound):
        orders.register(who, agency, DAY, DAY, 1, "key-1")


def test_serials_that_nobody_used_are_no_dossiers_and_the_order_is_that_of_the_codes(hall, monkeypatch):
    reference = hall.at("receive")
    assert accepted_on(OFFICE.id, DAY) == [reference]
    assert accepted_on(OFFICE.id, date(2026, 11, 24)) == []
    monkeypatch.setattr(accepted, "_AT_ONCE", 3)
    assert accepted_on(OFFICE.id, DAY) == [reference], "in as many calls as it takes"
    assert [each.head.pk for each in entries(["MC-gone", reference])] == [reference]


def line(**changes):
    base = registers.RegisterLine(
        code=CODE, procedure="P", name="N", where="W", settles="S", received_at=None, due_at=None, returned="",
        channel="",
    )  # fmt: skip
    return replace(base, **changes)


def data_of(rows, part=1, total=1):
    order = PaperOrdered(
        order="R", form="register", agency=OFFICE.id, holder="h", since="2026-11-01", until="2026-11-30", part=part
    )
    return register(order, OFFICE, rows, total, URL, packs_clock()).data


def packs_clock():
    from tests.fakes.clock import Clock

    return Clock()()


def test_a_part_goes_on_where_the_one_before_ended():
    found = [str(n) for n in range(1, 1203)]
    assert [len(registers.part_of(found, part)) for part in (1, 2, 3, 4)] == [500, 500, 202, 0]
    data = data_of([line()], part=3, total=1202)
    assert registers.lines(data)[0][0] == "1001"
    assert data.fields()["shown"] == "1001-1001"
    assert data_of([], total=0).fields()["rows"] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_text_of_a_table_is_a_formula(start):
    rows = list(csv.reader(StringIO(as_csv(data_of([line(name=f'{start}HYPERLINK("x")')])).decode("utf-8-sig"))))
    assert rows[1][4].startswith(f"'{start}")
    assert rows[1][1] == CODE


@pytest.mark.parametrize(
    ("state", "returned_at", "says"),
    [
        (10, "2026-11-26T02:00:00.000+00:00", "26/11/2026 09:00:00 +07:00"),
        (8, None, "Dừng xử lý"),
        (3, None, "Không được tiếp nhận"),
        (4, None, ""),
    ],
)
def test_a_register_says_how_each_dossier_ended(hall, state, returned_at, says):
    reference = hall.at("receive")
    hall.put(reference, state=state, **({"returned_at": returned_at} if returned_at else {}))
    (found,) = entries([reference])
    assert registers.line(found, "S").returned == says


def test_who_was_erased_has_no_name_in_a_register_and_a_form_that_says_else_no_address(hall, monkeypatch):
    reference = hall.at("receive")
    (found,) = entries([reference])
    odd = replace(found, form=replace(found.form, sealed=seal(reference, {"requester": "one"})))
    assert registers.line(odd, "S").where == ""
    assert registers.line(replace(found, form=None), "S").where == ""

    def erased(_head):
        raise ContentErased(dossier=reference)

    monkeypatch.setattr(registers, "holder_of", erased)
    gone = registers.line(found, "S")
    assert (gone.name, gone.where) == (registers.ERASED, registers.ERASED)


def test_an_agency_that_is_not_published_is_called_by_its_id(tables):
    assert office_of("H99", DAY).name == "H99"


def test_the_register_was_form_06_in_2018():
    numbers = {pack.id: pack.rules.forms.value.register.number for pack in packs.all_packs()}
    assert (numbers["vn-2025-07-01"], numbers["vn-2025-09-15"]) == ("06", "07")
