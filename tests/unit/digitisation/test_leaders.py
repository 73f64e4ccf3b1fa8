import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation.ink import ink_of
from chalicelib.digitisation.leaders import clear

FONT = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 36)
DPI = 200


class Sheet:
    def __init__(self):
        self.image = Image.new("L", (1200, 300), 250)
        self.pen = ImageDraw.Draw(self.image)

    def text(self, left, text):
        self.pen.text((left, 150), text, font=FONT, fill=20, anchor="ls")
        return self

    def dots(self, left, right, middle, step=9, radius=1.5):
        for x in range(left, right, step):
            self.pen.ellipse((x - radius, middle - radius, x + radius, middle + radius), fill=20)
        return self

    def rule(self, *place):
        self.pen.line(place, fill=20, width=2)
        return self

    def left_over(self):
        return ink_of(clear(self.image, DPI).grey, DPI)


def lost(sheet, text):
    """Pixels of a text that are gone."""
    return int((ink_of(text.image, DPI) & ~sheet.left_over()).sum())


def test_a_page_without_marks_of_that_kind_is_itself():
    sheet = Sheet().text(100, "Họ, chữ đệm, tên: Ế Ẩ Ồ - ... Đ.")
    cleared = clear(sheet.image, DPI)
    assert cleared.grey is sheet.image
    assert not cleared.changed


@pytest.mark.parametrize("radius", [1.5, 2.0, 3.5], ids=["dots", "large", "run together"])
def test_a_leader_behind_a_text_goes_and_the_text_stays(radius):
    text = Sheet().text(100, "Nơi sinh: Huế")
    sheet = Sheet().text(100, "Nơi sinh: Huế").dots(350, 1100, 148, step=7, radius=radius)
    assert sheet.left_over()[:, 345:].sum() < 40
    assert lost(sheet, text) == 0


def test_a_colon_before_a_leader_stays():
    text = Sheet().text(100, "Số:")
    sheet = Sheet().text(100, "Số:").dots(165, 1100, 148)
    assert lost(sheet, text) == 0


def test_a_leader_in_two_parts_goes_on_behind_the_value():
    sheet = Sheet().dots(100, 150, 148).text(170, "Nguyễn Thị Nga").dots(450, 1100, 148)
    assert sheet.left_over()[:, :160].sum() == 0


def test_a_leader_below_a_value_leaves_its_letters():
    text = Sheet().text(150, "Lý Hằng Nga")
    sheet = Sheet().text(150, "Lý Hằng Nga").dots(100, 1100, 160)
    assert sheet.left_over()[:, 400:].sum() == 0
    assert lost(sheet, text) < 0.03 * ink_of(text.image, DPI).sum()


def test_the_rules_of_a_table_go_and_what_is_in_them_stays():
    text = Sheet().text(150, "Dân tộc").text(500, "Ê Đê")
    sheet = Sheet().text(150, "Dân tộc").text(500, "Ê Đê")
    for x in (120, 450, 1000):
        sheet.rule(x, 100, x, 170)
    for y in (100, 170):
        sheet.rule(120, y, 1000, y)
    assert lost(sheet, text) == 0
    assert (sheet.left_over() & ~ink_of(text.image, DPI)).sum() < 60


def test_a_dash_is_no_rule_and_a_rule_is_no_dash():
    dash = Sheet().rule(100, 140, 118, 140)
    assert not clear(dash.image, DPI).changed
    assert Sheet().rule(100, 140, 600, 143).left_over().sum() < 30


def test_the_given_page_is_not_written_to():
    sheet = Sheet().dots(100, 1100, 148)
    before = np.asarray(sheet.image).copy()
    assert clear(sheet.image, DPI).changed
    assert np.array_equal(before, np.asarray(sheet.image))


def framed(size):
    """A title of that many pixels within a frame about the page."""
    sheet = Sheet()
    font = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf", size)
    sheet.pen.text((200, 180), "GIẤY CHỨNG SINH", font=font, fill=90, anchor="ls")
    title = sheet.left_over()
    return sheet.rule(10, 10, 1190, 10).rule(10, 290, 1190, 290).rule(10, 10, 10, 290).rule(1190, 10, 1190, 290), title


@pytest.mark.parametrize("size", [48, 66, 80])
def test_the_strokes_of_a_title_are_no_rules_within_a_frame(size):
    sheet, title = framed(size)
    left = sheet.left_over()
    assert not left[:, :14].any()
    assert not left[:14].any()
    assert int((title & ~left).sum()) == 0
    assert int((title & left).sum()) > 4000


def test_the_strokes_of_a_title_without_a_frame_are_no_rules():
    sheet = Sheet()
    font = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf", 70)
    sheet.pen.text((200, 180), "HÌNH", font=font, fill=20, anchor="ls")
    assert int((ink_of(sheet.image, DPI) & ~sheet.left_over()).sum()) == 0


def test_the_hairlines_of_a_title_in_a_display_face_are_no_rules():
    sheet = Sheet()
    for left in (200, 260, 320):
        sheet.rule(left, 100, left, 149).rule(left + 42, 100, left + 42, 149)
        sheet.pen.line((left, 100, left + 42, 149), fill=20, width=10)
    assert int((ink_of(sheet.image, DPI) & ~sheet.left_over()).sum()) == 0


def test_the_edges_of_a_box_with_a_tick_in_it_are_rules_all_the_same():
    sheet = Sheet()
    sheet.pen.rectangle((400, 100, 447, 147), outline=20, width=2)
    ticked = ink_of(sheet.image, DPI)
    sheet.pen.line((402, 125, 420, 145), fill=20, width=4)
    sheet.pen.line((420, 145, 445, 103), fill=20, width=4)
    left = sheet.left_over()
    assert not left[104:144, 400:402].any()
    assert not left[104:144, 446:448].any()
    assert ticked[104:144, 400:402].all()


def typed(sheet, left, text):
    """A text that a machine wrote on the dots: its feet touch them."""
    mono = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf", 34)
    sheet.pen.text((left, 146), text, font=mono, fill=20, anchor="ls")
    return sheet


def test_dots_that_touch_the_feet_of_a_typed_value_go_and_the_value_stays():
    text = typed(Sheet(), 320, "Thanh Khoa 25")
    sheet = typed(Sheet().dots(300, 1100, 148), 320, "Thanh Khoa 25")
    left = sheet.left_over()
    over = left & ~ink_of(text.image, DPI)
    assert over.sum() < 60
    assert not left[:, 300:316].any()  # two dots alone before the value stand in the step of the others
    assert lost(sheet, text) < 0.04 * ink_of(text.image, DPI).sum()


def test_a_leader_says_whether_letters_touched_its_dots():
    assert clear(typed(Sheet().dots(300, 1100, 148), 320, "Thanh Khoa 25").image, DPI).touched
    assert not clear(Sheet().text(100, "Nơi sinh:").dots(350, 1100, 148).image, DPI).touched


def test_text_on_a_leader_whose_dots_have_run_together_may_have_lost_a_dot_below():
    joined = Sheet().dots(300, 1100, 148, step=7, radius=3.5)
    assert not clear(joined.image, DPI).touched
    joined.pen.text((500, 136), "Thanh Khoa", font=FONT, fill=20, anchor="ls")
    assert clear(joined.image, DPI).touched


def test_a_full_stop_that_stands_in_no_step_stays():
    text = Sheet().text(100, "P. Vỹ Dạ, TP. Huế.")
    sheet = Sheet().text(100, "P. Vỹ Dạ, TP. Huế.").dots(500, 1100, 110)
    assert lost(sheet, text) == 0


def test_a_label_between_two_leaders_in_one_step_keeps_its_feet():
    text = Sheet().text(500, "Số thửa đất:")
    sheet = Sheet().text(500, "Số thửa đất:").dots(109, 460, 148).dots(721, 1100, 148)
    assert lost(sheet, text) < 10


def test_what_text_left_of_a_leader_goes_where_the_page_has_others():
    image = Sheet()
    image.dots(100, 1100, 40).dots(100, 1100, 90)
    typed(image, 320, "Trung Hoa").dots(307, 325, 148).dots(505, 535, 148)
    assert image.left_over()[140:, :].sum() < ink_of(typed(Sheet(), 320, "Trung Hoa").image, DPI)[140:, :].sum() + 30


def test_the_edges_of_boxes_of_one_figure_go():
    text, sheet = Sheet(), Sheet()
    for number, figure in enumerate("023732181667"):
        for each in (text, sheet):
            each.pen.text((120 + 48 * number, 150), figure, font=FONT, fill=20, anchor="ms")
        sheet.rule(96 + 48 * number, 116, 96 + 48 * number, 156)
    sheet.rule(96 + 48 * 12, 116, 96 + 48 * 12, 156).rule(96, 116, 672, 116).rule(96, 156, 672, 156)
    assert (sheet.left_over() & ~ink_of(text.image, DPI)).sum() < 40
    assert lost(sheet, text) == 0


def test_the_dot_within_a_nought_goes():
    mono = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf", 34)
    sheet = Sheet()
    sheet.pen.text((100, 150), "0", font=mono, fill=20, anchor="ls")
    middle = ink_of(sheet.image, DPI)[:, 105:116]
    assert middle[135:143].any()
    assert not sheet.left_over()[133:145, 108:113].any()


def test_the_full_stop_of_a_numbered_label_is_no_dot_of_its_leader():
    for left in range(96, 106):  # in any step
        text = Sheet().text(left, "8. Nơi tạm trú:")
        sheet = Sheet().text(left, "8. Nơi tạm trú:").dots(400, 1100, 148)
        assert lost(sheet, text) == 0


def test_a_leader_that_is_full_of_text_goes_by_its_first_two_dots():
    sheet = Sheet().dots(100, 1100, 40).dots(100, 1100, 90)
    typed(sheet.dots(301, 1100, 148), 320, "Trung tâm y tế khu vực Hóc Môn Bàu Trai")
    assert not sheet.left_over()[140:, 295:316].any()


def test_stretches_end_where_a_label_stands_between_two_leaders():
    sheet = Sheet().text(500, "Số thửa đất:").dots(109, 460, 148).dots(721, 1100, 148)
    found = sorted({(left, right) for left, _, right, _ in clear(sheet.image, DPI).leaders})
    assert all(right < 480 or left > 700 for left, right in found)
    whole = typed(Sheet().dots(300, 1100, 148), 320, "Trung tâm y tế")
    assert any(left < 320 and right > 1080 for left, _, right, _ in clear(whole.image, DPI).leaders)


def test_what_has_no_step_of_dots_is_nothing_that_values_are_written_on():
    cleared = clear(Sheet().dots(350, 1100, 148, step=7, radius=3.5).image, DPI)  # or the rest of a rule
    assert cleared.changed
    assert not cleared.leaders
    assert clear(Sheet().dots(350, 1100, 148).image, DPI).leaders


def test_a_label_between_two_leaders_keeps_its_feet_where_one_dot_stands_before_a_value():
    def drawn(sheet):
        return sheet.text(100, "Năm sinh:").text(270, "2003").text(560, "Quốc tịch: Việt Nam")

    text, sheet = drawn(Sheet()), drawn(Sheet())
    sheet.dots(254, 256, 148).dots(344, 550, 148).dots(870, 1150, 148)
    feet = np.s_[125:150, 555:865]
    assert (ink_of(text.image, DPI)[feet] & ~sheet.left_over()[feet]).sum() < 20


@pytest.mark.parametrize("at", [508, 509, 510])
def test_the_dot_below_a_letter_that_touches_a_dot_of_the_leader_stays(at):
    sheet = Sheet().text(100, "Quốc tịch").dots(260, 1100, 158, step=8, radius=1.8)
    sheet.pen.line((at, 130, at, 148), fill=20, width=4)  # the stem of a letter, and the dot below it
    sheet.pen.ellipse((at - 2, 153, at + 2, 157), fill=20)
    left = sheet.left_over()
    assert left[153:157, at - 2 : at + 3].mean() > 0.7
    assert left[:, 600:].sum() < 40


def outlined(width=2, label=""):
    """A field of a screen: an outline about a value, its label in the upper edge."""
    sheet = Sheet().rule(100, 90, 104 if label else 900, 90)
    sheet = sheet.rule(100, 160, 900, 160)
    for x in (100, 900):
        sheet.pen.line((x, 90, x, 160), fill=20, width=width)
    if label:
        small = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 24)
        sheet.pen.line((100, 90, 120, 90), fill=20, width=2)
        sheet.pen.text((128, 98), label, font=small, fill=20, anchor="ls")
        sheet.pen.line((140 + int(small.getlength(label)), 90, 900, 90), fill=20, width=2)
    return sheet


@pytest.mark.parametrize("width", [2, 3, 5])
def test_the_upright_edges_of_a_field_go_however_blurred(width):
    assert not outlined(width).left_over().any()


def test_the_corner_beside_a_label_in_the_edge_goes_and_the_label_stays():
    left = outlined(label="Nơi sinh").left_over()
    assert not left[:, :124].any()
    assert left[:, 124:220].sum() > 300
    assert not left[:, 230:].any()


def test_a_dash_that_is_no_corner_stays_beside_an_upright():
    sheet = Sheet().rule(100, 90, 100, 200).rule(104, 145, 120, 145)
    assert sheet.left_over()[:, 102:].sum() >= 16


LETTER = (300, 120, 303, 141)


def on_a_leader(*shapes):
    """A leader with the stem of a letter above it and something small upon it; and the same without the leader."""
    bare, sheet = Sheet(), Sheet().dots(100, 1100, 150, step=10)
    for each in (bare, sheet):
        each.pen.rectangle(LETTER, fill=20)
        for shape in shapes:
            each.pen.ellipse(shape, fill=20)
    return bare, sheet


@pytest.mark.parametrize(
    "dot",
    [(303, 148, 306, 151), (303, 148, 308, 151), (298, 147, 303, 152)],
    ids=["between two", "run together with one", "with more ink than one"],
)
def test_the_dot_below_a_letter_stays_among_the_dots_of_a_leader(dot):
    bare, sheet = on_a_leader(dot)
    assert lost(sheet, bare) <= 2
    assert sheet.left_over()[:, :290].sum() == 0


def test_a_dot_of_a_leader_that_no_letter_stands_above_is_no_letters_own():
    sheet = Sheet().dots(100, 1100, 150, step=10)
    sheet.pen.ellipse((303, 148, 308, 151), fill=20)
    assert sheet.left_over().sum() == 0


def test_a_comma_that_touches_a_dot_of_a_leader_stays():
    bare, sheet = Sheet(), Sheet().dots(100, 1100, 150, step=10, radius=2)
    for each in (bare, sheet):
        each.pen.polygon([(301, 143), (305, 143), (305, 147), (301, 152), (299, 152)], fill=20)
    assert lost(sheet, bare) <= 2
    assert sheet.left_over()[:, :290].sum() == 0
