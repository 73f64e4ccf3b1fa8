"""What is read into a line that nobody printed."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation.model import Word
from chalicelib.digitisation.tidying import ends_in_dot, is_date, is_strange, tidied, without_leader


def line(text, confidence=0.9):
    words, at = [], 100
    for each in text.split():
        words.append(Word(each, (at, 100, at + 10 * len(each), 124), confidence, (100, 96, 900, 128)))
        at += 10 * len(each) + 10
    return words


def texts(words):
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("text", "ends_low", "tidy"),
    [
        ("tỉnh Lâm Đồng.", False, "tỉnh Lâm Đồng"), ("tỉnh Lâm Đồng.", True, "tỉnh Lâm Đồng."),
        ("Hoàng Bảo,", False, "Hoàng Bảo"), ("TP. Huế", False, "TP. Huế"), (".", False, ""),
        ("'Tổ 5, xã Rô", True, "Tổ 5, xã Rô"), ("'Tổ 5' xã Rô", True, "'Tổ 5' xã Rô"), ("Lò H'Bia", True, "Lò H'Bia"),
        ("Dân tộc:. Kinh", True, "Dân tộc: Kinh"), ("Dân tộc: . Kinh", True, "Dân tộc: Kinh"),
        ("tùy thân:.0113 năm", True, "tùy thân: 0113 năm"), ("(Bằng chữ:. Ngày", True, "(Bằng chữ: Ngày"),
        ("lúc 08:30", True, "lúc 08:30"), ("VIv công nhận", True, "V/v công nhận"), ("ø) Ghi chú", True, "g) Ghi chú"),
        ("~ Lưu: VT", True, "- Lưu: VT"), ('"Tại cơ sở:', True, "Tại cơ sở:"), ('"A" và', True, '"A" và'),
        ("Số: 267IXN-UBND", True, "Số: 267/XN-UBND"), ("05I03l1987", True, "05/03/1987"), ("XIV", True, "XIV"),
        ("1I. Thửa đất", True, "II. Thửa đất"), ("HI- Tài sản", True, "III- Tài sản"), ("H. Sau", True, "H. Sau"),
        ("11. Tiếp", True, "11. Tiếp"), ("H1. Nhà", True, "H1. Nhà"), ("HIH- Nhà", True, "HIH- Nhà"),
        ("III. Tài sản", True, "III. Tài sản"), ("GỘNG HÒA", True, "CỘNG HÒA"),
        ("260 m? (hai", True, "260 m² (hai"), ("300m?", True, "300m²"), ("300m?,", True, "300m²,"),
        ("Em?", True, "Em?"),
    ],
)  # fmt: skip
def test_dots_quotes_and_strokes(text, ends_low, tidy):
    assert texts(tidied(line(text), ends_low=lambda: ends_low)) == tidy


def test_the_ink_of_a_line_is_looked_at_only_where_it_may_end_in_a_dot():
    def looked():
        raise AssertionError("most lines end in a letter")

    assert texts(tidied(line("Nơi cư trú"), ends_low=looked)) == "Nơi cư trú"
    with pytest.raises(AssertionError, match="end in a letter"):
        tidied(line("Nơi cư trú."), ends_low=looked)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("cá nhân: |0|4|2|5|6|1|4|7|3|3|8|5|", "cá nhân: 042561473385"),
        ("cá nhân: 0 4 2 5 6 1 4 7 3 3 8 5", "cá nhân: 042561473385"),
        ("cá nhân: 0425614| 73385 | 5.", "cá nhân: 042561473385 5."),
        ("1 2 3 con", "1 2 3 con"),
        ("12 05 1987", "12 05 1987"),
        ("05 | 06", "05 | 06"),
    ],
)
def test_figures_in_boxes_are_one_number(text, tidy):
    assert texts(tidied(line(text), ends_low=lambda: True)) == tidy


def test_a_number_stands_where_its_figures_do_and_is_as_sure_as_the_least():
    words = line("0 4 2 5 6 1")
    words[2] = Word("2", words[2].box, 0.4, words[2].line_box)
    (number,) = tidied(words, ends_low=lambda: True)
    assert (number.text, number.confidence) == ("042561", 0.4)
    assert number.box == (words[0].box[0], 100, words[-1].box[2], 124)


@pytest.mark.parametrize(("text", "low"), [("Lò Thị Mai", False), ("tỉnh Lâm Đồng.", True), ("năm 2025,", True)])
def test_a_full_stop_is_small_and_low(text, low):
    font = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 34)
    crop = Image.new("L", (300, 50), 250)
    ImageDraw.Draw(crop).text((10, 38), text, font=font, fill=20, anchor="ls")
    assert ends_in_dot(crop) is low


def test_a_blank_crop_ends_in_nothing():
    assert not ends_in_dot(Image.new("L", (60, 40), 250))


def test_dates_and_strange_signs():
    assert is_date("04I02I2021")
    assert not is_date("04I02I20")
    assert is_strange("w®2")
    assert is_strange("⁄4 ÿ")
    assert not is_strange("68,7 m² (Ký, đóng dấu) H'Bia")


def test_signs_that_no_printer_has_here_are_what_they_look_like():
    word = Word("37⁄/QĐ-UBND„", (0, 0, 9, 9), 0.9, (0, 0, 99, 9))
    assert [each.text for each in tidied([word], ends_low=lambda: True)] == ["37/QĐ-UBND,"]


def test_a_dot_of_a_leader_behind_a_syllable_goes_and_an_abbreviation_keeps_its_own():
    box, leader = (0, 0, 9, 9), (0, 8, 99, 10)
    words = [Word(text, box, 0.9, box) for text in ("huyện.", "TP.", "Huế.")]
    told = [(words[0], leader), (words[1], leader), (words[2], None)]
    assert [word.text for word in without_leader(told)] == ["huyện", "TP.", "Huế."]
