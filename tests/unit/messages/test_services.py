"""Papers of services other than a birth registration: the notice of a result, and what a receipt tells of a service."""

import numpy as np
import pypdfium2
import pytest

from chalicelib.contracts.onestop import Answer
from chalicelib.contracts.plan import PriceLine
from chalicelib.messages.model import price_text
from chalicelib.messages.rendering import UnprintableText
from tests.support.increments import is_archivable

NOTICE = "Dịch vụ công trực tuyến một phần. Lý do: Pháp luật yêu cầu có mặt tại cơ quan có thẩm quyền (Luật Hộ tịch)."
WATER = (
    PriceLine(name_vi="Nước sinh hoạt", amount=8500, unit_vi="m³"),
    PriceLine(name_vi="Lắp đặt đồng hồ", amount=None, unit_vi="lượt"),
)
PAGE_OF_TEXT = " ".join(f"Từ{n}" for n in range(2500))
UNBROKEN = "https://example.vn/" + "W" * 150


def page_texts(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def between_margins(pdf):
    """The words that stand on an A4 page between its top and bottom margins, all pages."""
    top, bottom = 842 - 40, 57  # points from the bottom
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded(bottom=bottom, top=top) for page in document]
    return " ".join(pages).split()


def ink(pdf, page, dpi=72):
    """What is not white on a page, as a mask; one dot per point."""
    with pypdfium2.PdfDocument(pdf) as document:
        return np.any(document[page].render(scale=dpi / 72).to_numpy() < 255, axis=2)


def test_sixty_answers_run_over_pages_in_order_and_each_page_says_which_it_is(paper, text_of):
    answers = tuple(
        Answer(label=f"Câu hỏi thứ {n}", value=f"Trả lời {n}: " + "ruộng lúa ven sông " * 8) for n in range(1, 61)
    )
    pdf = paper("decision", answers=answers)
    text = text_of(pdf)
    found = [text.index(f"{n} Câu hỏi thứ {n} Trả lời {n}: ruộng lúa") for n in range(1, 61)]
    assert found == sorted(found)
    sheets = page_texts(pdf)
    assert len(sheets) >= 3
    for number, sheet in enumerate(sheets, start=1):
        assert f"Trang {number}/{len(sheets)}" in sheet
        assert "Mã kết quả: H01.10.24-261125-0001-KQ1" in sheet
    assert is_archivable(pdf)


def test_the_decision_stands_on_the_page_that_is_signed(paper):
    answers = (Answer(label="Mục", value="nội dung " * 40),) * 60
    first, *_ = page_texts(paper("decision", answers=answers))
    for part in ("Đồng ý giải quyết", "12 tháng", "8.500 đồng/m³", "Lê Hoàng Vũ"):
        assert part in first


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": (Answer(label="Thuyết minh", value=PAGE_OF_TEXT),)},
        {"answers": (Answer(label=PAGE_OF_TEXT, value="có"),)},
        {"decision": PAGE_OF_TEXT},
        {"service": PAGE_OF_TEXT},
        {"prices": (PriceLine(name_vi=PAGE_OF_TEXT, amount=1),)},
    ],
    ids=["answer", "label", "decision", "service", "price"],
)
def test_a_text_longer_than_a_page_is_whole_and_between_the_margins(paper, changes):
    words = set(between_margins(paper("decision", **changes)))
    assert [word for word in PAGE_OF_TEXT.split() if not words & {word, f"{word}:"}] == []


@pytest.mark.parametrize(
    ("template", "changes"),
    [
        ("decision", {"answers": (Answer(label=UNBROKEN, value=UNBROKEN),), "service": UNBROKEN, "holder": UNBROKEN}),
        ("receipt", {"request": UNBROKEN, "notice": UNBROKEN}),
    ],
)
def test_a_run_without_spaces_stays_between_the_margins_and_can_be_copied(paper, text_of, template, changes):
    pdf = paper(template, **changes)
    right = 15 if template == "decision" else 11  # the margin of the paper, millimetres
    for page in range(len(page_texts(pdf))):
        mask = ink(pdf, page)
        assert not mask[:, -int(right * 72 / 25.4) + 3 :].any()
    assert text_of(pdf).replace(" ", "").count(UNBROKEN) == len(changes) + (template == "decision")


def test_a_long_label_does_not_run_under_the_answer_beside_it(paper, run):
    """The label's words lie left of the answer's: no box of one column reaches into the other."""
    pdf = paper("decision", answers=(Answer(label="L" * 80, value="V" * 80),))
    boxes = run("pdftotext", pdf, "-bbox", "IN", "-").splitlines()

    def edges(letter):
        words = [line for line in boxes if f">{letter * 3}" in line]
        return [(float(w.split('xMin="')[1].split('"')[0]), float(w.split('xMax="')[1].split('"')[0])) for w in words]

    labels, values = edges("L"), edges("V")
    assert labels
    assert values
    assert max(right for _, right in labels) < min(left for left, _ in values)


def test_what_is_not_there_has_no_line(paper, text_of):
    text = text_of(paper("decision", answers=(), prices=(), validity=""))
    for absent in ("Nội dung đã yêu cầu", "Giá dịch vụ", "Đơn vị cung cấp", "Thời hạn có hiệu lực"):
        assert absent not in text
    assert "Thỏa thuận đấu nối nước sạch" in text


@pytest.mark.parametrize("template", ["decision", "receipt"])
def test_a_price_is_never_called_a_fee(paper, text_of, template):
    text = text_of(paper(template, prices=WATER, **({"fee": ""} if template == "receipt" else {})))
    assert "Giá dịch vụ" in text
    assert "Nước sinh hoạt: 8.500 đồng/m³" in text
    assert "Lắp đặt đồng hồ: chưa ghi mức giá (tính theo lượt)" in text
    assert "phí" not in text.lower()


@pytest.mark.parametrize(
    ("amount", "currency", "unit", "text"),
    [
        (0, "VND", "", "0 đồng"),
        (1_234_567, "VND", "tháng", "1.234.567 đồng/tháng"),
        (20, "USD", "lượt", "20 USD/lượt"),
        (None, "VND", "", "chưa ghi mức giá"),
    ],
)
def test_prices_are_written_with_dots(amount, currency, unit, text):
    assert price_text(amount, currency, unit) == text


def test_a_receipt_tells_that_a_service_is_not_end_to_end(paper, text_of):
    pdf = paper("receipt", notice=NOTICE, prices=WATER)
    text = text_of(pdf)
    assert f"Mức độ dịch vụ: {NOTICE}" in text
    assert is_archivable(pdf)


def test_a_receipt_of_an_end_to_end_service_has_none_of_these_lines(paper, text_of):
    text = text_of(paper("receipt"))
    for absent in ("Mức độ dịch vụ", "Giá dịch vụ"):
        assert absent not in text


def test_a_letter_that_cannot_be_printed_stops_the_notice(paper):
    with pytest.raises(UnprintableText, match="U\\+6F22"):
        paper("decision", answers=(Answer(label="Tên", value="\u6f22"),))
