"""A report on paper: what was ordered, once, PDF/A, signed by the agency, found by its look-up code."""

from io import BytesIO
from typing import get_args

import msgspec
import pypdfium2
import pytest
from msgspec.structs import replace
from pikepdf import pdfa

from chalicelib.contracts.event import Malformed
from chalicelib.contracts.messages import PaperOrdered
from chalicelib.contracts.reports import OtherDoubt, OtherQuality, Quality
from chalicelib.dossier import reading
from chalicelib.dossier.accepted import accepted_on, entries
from chalicelib.kernel import aws
from chalicelib.kernel.problem import NotFound
from chalicelib.measures.reports.model import order_of, report_of
from chalicelib.messages import reports
from chalicelib.messages.inquiry import Reader
from chalicelib.messages.model import message_key
from chalicelib.messages.orders import Printer
from chalicelib.messages.rendering import render
from chalicelib.messages.store import Table
from chalicelib.messages.verification import verify
from infra.command.papers import fetched
from tests.fakes import people
from tests.support import boards
from tests.unit.messages_service.conftest import OFFICE, URL


@pytest.fixture
def printer(desk, clock):
    return Printer(desk, reading.read, accepted_on, entries, lambda *_: OFFICE, lambda _: OFFICE.name, clock)


def ordered(content, name=OFFICE.name):
    found = boards.found(content, name)
    report = report_of(found.board, found.content)
    return PaperOrdered(order=order_of(found.board), form="report", agency=OFFICE.id, holder="h", report=report)


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def printed(tables, order):
    head = tables.get("Messages", message_key(order.order), "HEAD")
    return head, aws.client("s3").get_object(Bucket="messages", Key=head["key"], VersionId=head["version_id"])[
        "Body"
    ].read()


def test_a_report_is_signed_once_kept_with_its_hash_and_found_by_its_code(tables, printer, clock, keys_folder):
    order = ordered(boards.content(2))
    printer.carry_out(order)
    head, pdf = printed(tables, order)
    printer.carry_out(order)
    assert printed(tables, order)[0]["version_id"] == head["version_id"], "once"
    assert (head["kind"], head["agency"], head["key"].split("/")[:3]) == (
        "report", OFFICE.id, ["forms", "reports", OFFICE.id]
    )  # fmt: skip
    verdict = verify(pdf, roots=keys_folder / "ca.pem", registered_sha256=head["sha256"])
    assert (verdict.valid, [s.field for s in verdict.signers]) == (True, ["AgencySignature"])
    reader = Reader(Table(), reading.read, clock)
    told = reader.registered(head["lookup"])
    assert (told.standing, told.paper.message, told.paper.sha256) == ("registered", order.order, head["sha256"])
    assert reader.registered(order.order, head["sha256"]).standing == "unchanged"
    found = fetched(order.order, 0)
    assert (found.pdf, found.lookup, found.sha256) == (pdf, head["lookup"], head["sha256"]), "what the command fetches"
    assert fetched("REPORT.none", 0) is None
    for who in (people.LEADER, people.PROCESSING):
        assert ".pdf?" in reader.read(who, order.order)[1]
    for who in (people.CITIZEN, people.officer("leader", agency=people.OTHER_OFFICE["id"])):
        with pytest.raises(NotFound):
            reader.read(who, order.order)


def test_it_says_each_figure_with_its_parts_and_is_pdfa(clock):
    content = boards.content(2)
    order = ordered(content)
    paper = reports.report(order, OFFICE, URL, clock())
    pdf = render(paper.data)
    assert pdfa.validate_written(BytesIO(pdf), "2b").passed
    text, said = text_of(pdf), order.report.said
    expected = ["BÁO CÁO CHỈ SỐ PHỤC VỤ NGƯỜI DÂN VÀ DOANH NGHIỆP", "Quý 3 năm 2026", "Chưa ai đếm", order.order[:20]]
    expected += [each.name.removesuffix(" (giây)") for each in said.figures]
    expected += [reports.value(each.ratio, is_share=each.is_share) for each in said.figures]
    expected += [f"{reports.number(each.numerator)} {reports.number(each.denominator)}" for each in said.figures[:4]]
    expected += [f"{reports.number(each.score, 2)} / {each.most}" for g in said.index.groups for each in g.components]
    expected += [group.name for group in said.index.groups] + list(said.procedures)
    assert [each for each in expected if each not in text] == []
    assert text.count("10/2025") >= 2, "beside the lines, and in the table of months"
    assert paper.title == "Báo cáo chỉ số phục vụ người dân và doanh nghiệp, quý 3 năm 2026"


def test_what_other_systems_report_stands_apart_with_its_source_and_what_it_is_worth(clock):
    order = ordered(boards.content(2))
    text, (source,) = text_of(render(reports.report(order, OFFICE, URL, clock()).data)), order.report.said.elsewhere
    before, apart = text.split("VI. SỐ LIỆU TỪ HỆ THỐNG KHÁC")
    assert "Không cộng vào số liệu nào ở các mục trên" in apart
    assert (
        "Nguồn: H01/one-stop, báo cáo theo mẫu của Cổng Dịch vụ công quốc gia, phiên bản 3, nhận 08 giờ 00 phút,"
        in apart
    )
    assert "ngày 05 tháng 10 năm 2026" in apart
    assert "H01/one-stop" not in before
    expected = ["40 50 80,00 %", "60 50 Chưa có số liệu Sai: tử số", "– 50 Chưa có số liệu Nguồn không báo cáo đủ"]
    expected += ["có hồ sơ kết thúc ngay lúc tiếp nhận", "nguồn không tự ghi là tốt", "Cần xem lại", "1,0 ngày"]
    expected += [each.name.removesuffix(" (giây)") for each in source.figures]
    assert [each for each in expected if each not in apart] == []


@pytest.mark.parametrize("told", [False, True])
def test_an_agency_of_which_nothing_is_reported_has_no_such_part(clock, told):
    content = replace(boards.content(1), elsewhere=(boards.reported(),) if told else ())
    text = text_of(render(reports.report(ordered(content), OFFICE, URL, clock()).data))
    assert ("HỆ THỐNG KHÁC" in text) is told


def test_an_order_of_the_release_before_says_nothing_of_other_systems():
    said = ordered(boards.content(1)).report.said
    before = {name: getattr(said, name) for name in said.__struct_fields__ if name != "elsewhere"}
    assert msgspec.convert(msgspec.to_builtins(before), type(said)).elsewhere == ()


@pytest.mark.parametrize("changed", ["counted", "index", "alone", "running"])
def test_what_nobody_can_say_is_said_so_and_is_not_0(clock, changed):
    content = boards.content(0 if changed == "alone" else 2, counted=changed != "counted")
    if changed == "index":
        content = replace(content, index=None)
    if changed == "running":
        content = replace(content, months_over=(), procedures=())
    text = text_of(render(reports.report(ordered(content), OFFICE, URL, clock()).data))
    says = {
        "counted": ["Chưa nhóm nào chấm đủ điểm", "Chưa có số liệu của tháng nào", "Chưa có thủ tục nào từ 5 hồ sơ"],
        "index": ["Công thức chưa áp dụng cho kỳ này"],
        "alone": ["Không có cơ quan cấp dưới"],
        "running": ["Kỳ này chưa có tháng nào kết thúc"],
    }
    assert [each for each in says[changed] if each not in text] == []
    if changed == "counted":
        assert "0,00 %" not in text


def test_an_order_without_a_report_is_refused_by_name(clock):
    order = PaperOrdered(order="REPORT.H01.2026.0", form="report", agency=OFFICE.id, holder="h")
    with pytest.raises(Malformed, match=r"PaperOrdered\.report"):
        reports.report(order, OFFICE, URL, clock())


@pytest.mark.parametrize(
    ("ratio", "is_share", "text"),
    [
        (None, True, "Chưa có số liệu"),
        (0, True, "0,00 %"),
        (10_000, True, "100,00 %"),
        (123_456_700, False, "14,3 ngày"),
        (720_000, False, "2,0 giờ"),
        (9_000, False, "1,5 phút"),
        (5_900, False, "59 giây"),
    ],
)
def test_numbers_are_written_as_people_here_write_them(ratio, is_share, text):
    assert reports.value(ratio, is_share=is_share) == text
    assert reports.number(1_234_567.891, 2) == "1.234.567,89"


@pytest.mark.parametrize(
    ("period", "text"), [("2026", "Năm 2026"), ("2026-Q3", "Quý 3 năm 2026"), ("2026-09", "Tháng 9 năm 2026")]
)
def test_periods_are_said_in_words(period, text):
    assert reports.period_text(period) == text


def test_each_quality_of_a_figure_has_words():
    assert reports.QUALITY.keys() == set(get_args(Quality.__value__))
    assert reports.OTHER_QUALITY.keys() == set(get_args(OtherQuality.__value__))
    assert reports.DOUBTS.keys() == set(get_args(OtherDoubt.__value__))
