import json
from copy import replace
from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest
import zxingcpp

from chalicelib.messages import rendering
from chalicelib.messages.model import UnknownTemplate
from chalicelib.messages.rendering import FontsMissing, UnprintableText, render, signature_box
from tests.support.increments import is_archivable

QR = zxingcpp.BarcodeFormat.QRCode
"""Of every other kind the reader finds one now and then in a page that has none."""

TEMPLATES = ("receipt_2018", "birth_certificate", "decision")
"""Papers with a box of their own for the visible signature."""
PLACED = (*TEMPLATES, "receipt")
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Hoàng Thị Quỳnh Như Ngọc Bích Phương Trâm Anh Thư Đặng Trần Lê"
LONG_UNIT = "Ủy ban nhân dân xã Vĩnh Phước thuộc khu kinh tế cửa khẩu liên huyện Hồng Ngự - Tân Hồng - Tam Nông"
HOSTILE = r"""#panic("x") #import "a.typ" $x^2$ \ "] ] *đậm* _nghiêng_ @ref <nhãn> `raw` // không /* */ -- ' " #{1+1}"""


def long_papers(make):
    component = replace(make("receipt").components[0], name=LONG_UNIT * 2)
    price, answer = make("decision").prices[0], make("decision").answers[0]
    return {
        "receipt_2018": make(
            "receipt_2018",
            submitter=LONG_NAME,
            officer=LONG_NAME,
            agency=LONG_UNIT,
            centre=LONG_UNIT,
            request=LONG_UNIT * 2,
            components=(component,) * 10,
            notice=LONG_UNIT * 3,
            prices=(replace(price, name_vi=LONG_UNIT),) * 3,
        ),
        "birth_certificate": make(
            "birth_certificate",
            child={"full_name": LONG_NAME, "place_of_birth": LONG_UNIT * 2, "home_town": LONG_UNIT},
            agency=LONG_UNIT,
            signer=LONG_NAME,
            signer_title="KT. Chủ tịch Ủy ban nhân dân, Phó Chủ tịch",
            requester=LONG_NAME,
            father=None,
        ),
        "decision": make(
            "decision",
            agency=LONG_UNIT,
            service=LONG_UNIT * 3,
            holder=LONG_NAME,
            decision=LONG_UNIT * 6,
            provider=LONG_UNIT,
            signer=LONG_NAME,
            prices=(replace(price, name_vi=LONG_UNIT, unit_vi=LONG_UNIT),) * 8,
            answers=(replace(answer, label=LONG_UNIT, value=LONG_UNIT * 3),) * 60,
        ),
    }


def image(pdf, page=0, dpi=150):
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=dpi / 72).to_numpy().copy()


def pages(pdf):
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


@pytest.mark.parametrize("template", PLACED)
def test_every_paper_is_archivable_and_the_same_each_time(paper, template):
    pdf = paper(template)
    assert is_archivable(pdf)
    assert paper(template) == pdf


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("receipt", ["GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "hết ngày 02 tháng 12 năm 2026",
                     "Tiếp nhận hồ sơ của: Nguyễn Thị Ánh Nguyệt", "0912 345 678", "Hình thức nộp: Trực tuyến",
                     "STT Tên giấy tờ Loại (chính, sao) Số lượng", "Bản điện tử (12,1 KB) 01", "Địa chỉ: Ấp Bình Hòa",
                     "Email: nguyet@example.vn", "Số định danh: *********999", "Số lượng hồ sơ: 01 bộ", "Số thứ tự",
                     "Phí, lệ phí (nếu có): 8.000 đồng", "Thời gian nhận hồ sơ: 09 giờ 20 phút", "NGƯỜI TIẾP NHẬN",
                     "Đăng ký nhận kết quả tại", "Mẫu số 01", "Nội dung yêu cầu giải quyết: Thủ tục"]),
        ("receipt_2018", ["TT Tên giấy tờ Bản chính Bản chứng thực Bản photo", "Thời hạn giải quyết: 05 ngày làm việc",
                          "bản điện tử (12,1 KB)", "Vào Sổ theo dõi hồ sơ, Quyển số"]),
        ("birth_certificate", ["GIẤY KHAI SINH", "TRẦN NGUYỄN QUỲNH NHƯ", "H01.10.24-261125-0001-KQ1",
                               "Ngày mười lăm, tháng mười một, năm hai nghìn không trăm hai mươi sáu"]),
        ("decision", ["THÔNG BÁO KẾT QUẢ GIẢI QUYẾT", "Mã kết quả: H01.10.24-261125-0001-KQ1", "Lê Hoàng Vũ",
                      "Dịch vụ công ích: Đấu nối nước sạch cho hộ gia đình", "12 tháng", "*********999",
                      "Đồng ý giải quyết dịch vụ công ích “Đấu nối nước sạch cho hộ gia đình”"]),
    ],
)  # fmt: skip
def test_another_program_reads_the_vietnamese_text(paper, text_of, template, expected):
    text = text_of(paper(template))
    always = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ngày 25 tháng 11 năm 2026",
              "thủ tục hành chính Một Cửa", "Ủy ban nhân dân tỉnh Đồng Tháp",
              "https://motcua.example.vn/tra-cuu/H01.10.24-261125-0001"]  # fmt: skip
    assert [part for part in always + expected if part not in text] == []


@pytest.mark.parametrize("template", PLACED)
def test_the_qr_stands_top_left_and_reads_back_at_150_dpi(paper, make, template):
    (found,) = zxingcpp.read_barcodes(picture := image(paper(template)), QR)
    assert found.text == make(template).qr
    assert found.position.bottom_right.x < picture.shape[1] / 3
    assert found.position.bottom_right.y < picture.shape[0] / 5


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("kind", ["plain", "long"])
def test_the_signature_box_is_where_the_template_leaves_room(make, template, kind):
    data = make(template) if kind == "plain" else long_papers(make)[template]
    page, (x0, y0, x1, y1) = signature_box(template)
    picture = image(render(data), page, dpi=144)
    height = picture.shape[0]
    hole = picture[round(height - 2 * y1) : round(height - 2 * y0), round(2 * x0) : round(2 * x1)]
    assert x1 - x0 >= 150
    assert y1 - y0 >= 50
    assert np.all(hole == 255)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_template_and_the_signer_mean_the_same_box(make, template):
    data = make(template)
    box = rendering._BOXES[template]
    inputs = {
        "data": json.dumps(data.fields()),
        "qr": rendering.qr_svg(data.qr),
        "box": json.dumps({"x": box.x, "y": box.y, "w": box.w, "h": box.h}),
    }
    compiler = rendering._compiler(template, rendering.DEFAULT_FONT_DIRS, inputs)
    (place,) = json.loads(compiler.query("<signature-box>", field="value"))
    page, (x0, _, _, y1) = signature_box(template)
    with pikepdf.open(BytesIO(render(data))) as document:
        top = float(document.pages[page].mediabox[3]) - place["y"]
    assert (place["page"], place["x"], top) == (page, pytest.approx(x0), pytest.approx(y1, abs=0.02))


@pytest.mark.parametrize(
    ("template", "more_pages"),
    [("receipt_2018", True), ("birth_certificate", False), ("decision", True)],
)
def test_long_names_wrap_and_nothing_is_lost(make, text_of, template, more_pages):
    pdf = render(long_papers(make)[template])
    text = text_of(pdf).upper()
    assert LONG_NAME.upper() in text
    assert LONG_UNIT.upper() in text
    assert (pages(pdf) > 1) is more_pages


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("kind", ["plain", "long"])
def test_nothing_runs_into_the_margin(make, template, kind):
    data = make(template) if kind == "plain" else long_papers(make)[template]
    pdf = render(data)
    for page in range(pages(pdf)):
        picture = image(pdf, page, dpi=72)
        edge = 18  # points; narrower than every paper's margin and frame
        assert np.all(picture[:, :edge] == 255)
        assert np.all(picture[:, -edge:] == 255)
        assert np.all(picture[-edge:] == 255)


LONGEST = {
    "words": " ".join(["Công Tằng Tôn Nữ Thị Hoàng Thiên Ngọc"] * 6),
    "no space": "Nguyễn" + "ngươngthươngphương" * 10,
}
NAMED = {
    "receipt_2018": lambda name: {"submitter": name, "officer": name},
    "birth_certificate": lambda name: {"child": {"full_name": name}, "requester": name, "signer": name},
    "decision": lambda name: {"holder": name, "signer": name, "decision": f"Đồng ý cho {name}."},
}


@pytest.mark.parametrize("kind", LONGEST)
@pytest.mark.parametrize("template", NAMED)
def test_the_longest_names_break_inside_their_frame_and_beside_the_signature(paper, template, kind):
    pdf, (page, box) = paper(template, **NAMED[template](LONGEST[kind])), signature_box(template)
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        width, text = sheet.get_width(), sheet.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
    assert min(left for left, *_ in boxes) >= 28
    assert max(right for _, _, right, _ in boxes) <= width - 28
    x0, y0, x1, y1 = box
    under = [b for b in boxes if b[0] < x1 and b[2] > x0 and b[1] < y1 - 1 and b[3] > y0 + 1]
    assert under == [], "nothing stands where the signature will be drawn"


def test_ten_components_stay_in_order_with_their_numbers(paper, make, text_of):
    component = make("receipt").components[0]
    ten = tuple(replace(component, name=f"Giấy tờ thứ {n}") for n in range(1, 11))
    text = text_of(paper("receipt", components=ten))
    found = [text.index(f"{n} Giấy tờ thứ {n} Bản điện tử (12,1 KB) 01") for n in range(1, 11)]
    assert found == sorted(found)


def test_markup_in_the_data_is_printed_as_typed(paper, text_of):
    text = text_of(paper("receipt", submitter=HOSTILE, request=HOSTILE, officer=HOSTILE, result_place=HOSTILE))
    assert text.count(HOSTILE) >= 3
    assert HOSTILE in text_of(paper("birth_certificate", child={"place_of_birth": HOSTILE}))


def test_control_and_direction_marks_are_dropped_and_letters_composed(paper, text_of):
    text = text_of(paper("receipt", submitter="Nguyê\u0303n\u202e Va\u0306n\x00 A\nB\u200b"))
    assert "của: Nguyễn Văn A B" in text


def test_a_letter_without_a_glyph_shows_on_a_slip_and_stops_a_result(paper, text_of):
    assert "Hồ sơ \N{WHITE SQUARE}" in text_of(paper("receipt", request="Hồ sơ \u6f22", submitter="\u6f22"))
    with pytest.raises(UnprintableText, match="U\\+6F22"):
        paper("birth_certificate", child={"full_name": "Trần \u6f22"})


def test_letters_outside_vietnamese_print_when_the_fonts_have_them(paper, text_of):
    odd = "Иван Ω Łódź \N{GRINNING FACE} \N{WHITE CHESS KING}"
    assert odd in text_of(paper("birth_certificate", child={"place_of_birth": odd}))
    assert odd in text_of(paper("receipt", submitter=odd))  # bold, where a face may lack what the regular one has


def test_unknown_templates_and_missing_fonts_are_named(make, tmp_path):
    for name in ("nothing", "stamp", "common", "../model"):
        with pytest.raises(UnknownTemplate):
            signature_box(name)
    with pytest.raises(FontsMissing):
        render(make("receipt"), fonts=(str(tmp_path),))
