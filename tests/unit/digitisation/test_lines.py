import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation.ink import ink_of, marks_of
from chalicelib.digitisation.lines import apart, confidence, levelled, lines_on, rows_of
from chalicelib.digitisation.model import Word

FONT = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 36)


def found(*texts):
    """The lines of a sheet on which texts stand at (left, baseline), and the boxes of the texts."""
    image = Image.new("L", (1400, 700), 250)
    pen = ImageDraw.Draw(image)
    for left, baseline, text in texts:
        pen.text((left, baseline), text, font=FONT, fill=20, anchor="ls")
    boxes = [pen.textbbox((left, baseline), text, font=FONT, anchor="ls") for left, baseline, text in texts]
    return lines_on(marks_of(ink_of(image, 200)), 200), boxes


def near(one, other):
    return all(abs(a - b) <= 5 for a, b in zip(one, other, strict=True))


def test_a_line_has_its_accents_and_its_last_colon():
    texts = [(100, 100, "Số hiệu, Ễ ạ:"), (100, 170, "GIẤY CHỨNG NHẬN"), (100, 240, "ngày 12/02/2024.")]
    lines, boxes = found(*texts)
    assert len(lines) == 3
    assert all(near(line, box) for line, box in zip(lines, boxes, strict=True))


def test_a_label_and_a_value_far_from_it_are_two_lines():
    lines, boxes = found((100, 100, "Giới tính"), (700, 100, "Nữ"))
    assert len(lines) == 2
    assert all(near(line, box) for line, box in zip(lines, boxes, strict=True))


def test_close_lines_stay_apart():
    lines, _ = found(*((100, 100 + 44 * n, "Lý Thị Gấm, xã Quỳnh Lưu, tỉnh Nghệ An") for n in range(8)))
    assert len(lines) == 8


def test_a_piece_of_a_border_joins_no_lines_beside_it():
    image = Image.new("L", (1400, 700), 250)
    pen = ImageDraw.Draw(image)
    for baseline in (140, 190):
        pen.text((150, baseline), "phố Quy Nhơn, tỉnh Bình Định", font=FONT, fill=20, anchor="ls")
    pen.rectangle((70, 105, 71, 172), fill=20)
    lines = lines_on(marks_of(ink_of(image, 200)), 200)
    assert len([box for box in lines if box[0] > 100 and box[3] - box[1] < 50]) == 2


def test_one_figure_is_a_line_and_dirt_is_none():
    lines, _ = found((700, 100, "3"))
    assert len(lines) == 1
    assert found((700, 100, "."))[0] == []
    assert found()[0] == []


def word(text, left, top, sure=0.9):
    box = (left, top, left + 100, top + 30)
    return Word(text, box, sure, box)


def test_rows_are_read_from_the_left_whatever_found_them_first():
    lines = [[word("c", 500, 104)], [word("d", 100, 160)], [word("a", 100, 99)], [word("b", 300, 96)]]
    assert [[line[0].text for line in row] for row in rows_of(lines)] == [["a", "b", "c"], ["d"]]


@pytest.mark.parametrize(("text", "rows"), [("Phòng sinh", 1), ("Khoa Nhi", 2)])
def test_a_line_with_tails_stands_where_its_feet_are(text, rows):
    number, beside = (1071, 177, 1256, 200), (322, 187, 616, 216)
    lines = [[Word("3081/2018", number, 0.9, number)], [Word(text, beside, 0.9, beside)]]
    assert len(rows_of(lines)) == rows


def test_a_line_is_as_sure_as_its_letters():
    assert confidence([word("dài", 0, 0, 0.9), word("d", 0, 0, 0.5)]) == 0.8
    assert confidence([]) == 0.0


def in_line(text, left, right, line):
    return Word(text, (left, line[1], right, line[3]), 0.9, line)


def test_a_word_ends_before_the_next_begins():
    line = (100, 20, 400, 50)
    words = [in_line("SỞ", 100, 220, line), in_line("Y", 150, 165, line), in_line("TẾ", 180, 220, line)]
    assert [(word.box[0], word.box[2]) for word in apart(words)] == [(100, 144), (150, 165), (180, 220)]
    assert apart([in_line("a", 148, 160, line), in_line("b", 150, 165, line)])[0].box[2] == 149
    assert apart([]) == []


def test_lines_of_one_row_end_at_one_height():
    """But a line that ends much higher, as beside a line of larger letters, keeps its own."""
    left, right, below = (100, 20, 300, 50), (500, 21, 900, 57), (100, 100, 300, 130)
    words = [in_line("a", 100, 150, left), in_line("b", 200, 300, left), in_line("g", 500, 900, right)]
    found = levelled([*words, in_line("c", 100, 300, below)])
    assert [word.text for word in found] == ["a", "b", "g", "c"]
    assert [word.line_box for word in found] == [(100, 20, 300, 57), (100, 20, 300, 57), right, below]
    assert [word.box for word in found[:3]] == [word.box for word in words]
    assert levelled([words[0], in_line("G", 500, 900, (500, 21, 900, 62))])[0].line_box == left


@pytest.mark.parametrize("font", ["LiberationMono-Regular", "LiberationSerif-Regular"])
def test_words_of_a_typewriter_are_one_line(font):
    """All its letters are as wide as a blank, so that blanks are wide."""
    page = Image.new("L", (1400, 300), 250)
    face = ImageFont.truetype(f"/usr/share/fonts/truetype/liberation/{font}.ttf", 33)
    ImageDraw.Draw(page).text((60, 150), "Ngày, tháng, năm sinh: 19/01/1962 tại xã Rô", font=face, fill=20, anchor="ls")
    assert len(lines_on(marks_of(ink_of(page, 200)), 200)) == 1


def test_columns_of_other_faces_stay_apart():
    page = Image.new("L", (1400, 300), 250)
    face = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 33)
    end = ImageDraw.Draw(page).textlength("Giới tính: Nam", font=face)
    ImageDraw.Draw(page).text((60, 150), "Giới tính: Nam", font=face, fill=20, anchor="ls")
    ImageDraw.Draw(page).text((60 + end + 45, 150), "Dân tộc: Kinh", font=face, fill=20, anchor="ls")
    assert len(lines_on(marks_of(ink_of(page, 200)), 200)) == 2


def test_a_signature_upon_a_name_leaves_the_name_a_line():
    image = Image.new("L", (1400, 700), 250)
    pen = ImageDraw.Draw(image)
    for row in range(4):
        pen.text((100, 100 + 60 * row), "Ủy ban nhân dân xã Quỳnh Lưu", font=FONT, fill=20, anchor="ls")
    pen.text((500, 500), "Thạch Thị Sa Rươn", font=FONT, fill=20, anchor="ls")
    pen.line([(520, 466), (540, 401), (570, 466), (600, 401), (640, 456), (700, 406)], fill=20, width=3)
    lines = lines_on(marks_of(ink_of(image, 200)), 200)
    box = pen.textbbox((500, 500), "Thạch Thị Sa Rươn", font=FONT, anchor="ls")
    assert any(line[3] >= box[3] - 5 and line[2] - line[0] >= box[2] - box[0] - 5 for line in lines)
    assert not any(line[3] - line[1] > 70 for line in lines)


def test_no_line_goes_over_an_upright_rule():
    image = Image.new("L", (1400, 300), 250)
    ImageDraw.Draw(image).text((100, 100), "Họ và tên Lò Thị Mai", font=FONT, fill=20, anchor="ls")
    marks = marks_of(ink_of(image, 200))
    end = round(ImageDraw.Draw(image).textlength("Họ và tên ", font=FONT))
    bars = np.array([(100 + end - 5, 40, 140)])
    assert len(lines_on(marks, 200)) == 1
    assert len(lines_on(marks, 200, bars)) == 2
    boxes = np.array([(x, 40, 140) for x in range(110, 420, 24)])
    assert len(lines_on(marks, 200, boxes)) == 1  # a number in boxes is one line


def test_a_dash_between_words_that_stand_far_apart_holds_their_line_together():
    lines, _ = found((100, 100, "Bru"), (190, 100, "-"), (232, 100, "Vân Kiều"))
    assert len(lines) == 1


def drawn(*texts):
    """The lines of a sheet on which texts stand at (left, baseline, size)."""
    image = Image.new("L", (1400, 700), 250)
    pen = ImageDraw.Draw(image)
    for left, baseline, size, text in texts:
        pen.text((left, baseline), text, font=ImageFont.truetype(FONT.path, size), fill=20, anchor="ls")
    return lines_on(marks_of(ink_of(image, 200)), 200)


LARGE = [(100, 300 + 70 * number, 34, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") for number in range(5)]


def test_small_print_on_a_page_of_capitals_is_whole_lines():
    small = drawn(*LARGE, (100, 100, 22, "ký: Ủy ban nhân dân xã Kế Sách"), (100, 128, 22, "ngày sinh 11:54 xã en a"))
    assert len(small) == 7
    width = ImageFont.truetype(FONT.path, 22).getlength("ký: Ủy ban nhân dân xã Kế Sách")
    assert small[0][2] - small[0][0] >= width - 6


def test_tight_lines_do_not_hold_each_others_letters():
    first, second = drawn((100, 100, 30, "gyq pqy: gyp qpg yyg"), (100, 132, 30, "MENU TOME NOME EMU"))
    assert second[1] >= first[3] - 8


def pressed(text, angle):
    """The lines of a level sheet that bears a text which leans by so many degrees."""
    image = Image.new("L", (1400, 700), 250)
    ImageDraw.Draw(image).text((100, 100), "Nơi cư trú: xã Quỳnh Lưu, tỉnh Nghệ An", font=FONT, fill=20, anchor="ls")
    layer = Image.new("L", (600, 200), 250)
    ImageDraw.Draw(layer).text((60, 110), text, font=FONT, fill=20, anchor="ls")
    image.paste(layer.rotate(angle, Image.Resampling.BICUBIC, fillcolor=250), (600, 300))
    return lines_on(marks_of(ink_of(image, 200)), 200)


@pytest.mark.parametrize("angle", [6, -5, 4])
def test_the_words_of_a_stamp_that_lean_are_no_line(angle):
    assert len(pressed("SAO Y BẢN CHÍNH", angle)) == 1


def test_a_line_that_leans_a_little_stays_one():
    assert len(pressed("SAO Y BẢN CHÍNH", 1)) == 2


def test_a_value_that_is_typed_higher_than_its_label_does_not_lean():
    lines, _ = found((100, 100, "Quốc tịch"), (255, 88, "Việt Nam"))
    assert len(lines) == 1


def test_a_short_hyphen_before_a_line_begins_it():
    image = Image.new("L", (1400, 700), 250)
    pen = ImageDraw.Draw(image)
    pen.text((140, 100), "Họ, chữ đệm, tên", font=FONT, fill=20, anchor="ls")
    pen.rectangle((118, 86, 127, 90), fill=20)  # as low as an accent, and as wide
    (line,) = lines_on(marks_of(ink_of(image, 200)), 200)
    assert line[0] <= 119


def test_a_stroke_between_two_texts_of_a_row_begins_neither():
    image = Image.new("L", (1400, 700), 250)
    pen = ImageDraw.Draw(image)
    for left, text in ((100, "Huế"), (300, "Vinh")):
        pen.text((left, 100), text, font=FONT, fill=20, anchor="ls")
    pen.rectangle((190, 86, 199, 90), fill=20)
    assert {line[0] for line in lines_on(marks_of(ink_of(image, 200)), 200)} <= {*range(95, 106), *range(295, 306)}


def test_a_blank_is_counted_from_the_thick_comma_of_a_typewriter_among_other_faces():
    page = Image.new("L", (1400, 500), 250)
    pen = ImageDraw.Draw(page)
    for row in range(4):
        pen.text((60, 100 + 60 * row), "Họ tên cha, nơi sinh, quê quán của trẻ", font=FONT, fill=20, anchor="ls")
    typed = ImageFont.truetype("/usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf", 35)
    pen.text((60, 400), "Địa chỉ: ", font=FONT, fill=20, anchor="ls")
    left = 60 + pen.textlength("Địa chỉ: ", font=FONT)
    pen.text((left, 400), "488/10/3A Nguyễn Du, khu phố 5, tỉnh Hà", font=typed, fill=20, anchor="ls")
    assert len(lines_on(marks_of(ink_of(page, 200)), 200)) == 5
