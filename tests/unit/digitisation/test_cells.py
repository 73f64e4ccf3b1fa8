"""Labels that run on to a second line."""

from chalicelib.digitisation.cells import cells_of, joined_labels
from chalicelib.digitisation.labels import known
from chalicelib.digitisation.model import PageText
from tests.unit.digitisation.test_fields import placed, values

FORM = known("trich_luc_khai_tu")


def hits(page: PageText):
    cells = joined_labels([*cells_of(page, FORM)], FORM)
    return [[rule.name for hit in cell.hits for rule in hit.rules] for cell in cells]


def test_a_label_of_two_lines_is_one():
    page = placed(
        ("Họ, chữ đệm, tên người yêu", 200, 100, 440), ("Dương Diệu Tuyết", 720, 100, 270), ("cầu", 200, 142, 60)
    )
    assert hits(page) == [["nguoi_yeu_cau"], [], []]
    assert values("trich_luc_khai_tu", page)["nguoi_yeu_cau"] == "Dương Diệu Tuyết"


def test_a_value_in_small_letters_is_no_second_line():
    page = placed(("Nguyên nhân chết", 200, 100, 280), ("bệnh già", 200, 136, 120))
    assert hits(page) == [["nguyen_nhan"], []]
    assert values("trich_luc_khai_tu", page)["nguyen_nhan"] == "bệnh già"


def test_a_label_of_two_lines_whose_colon_stands_at_a_tab_in_the_first_is_one():
    page = placed(
        ("Họ, chữ đệm, tên người yêu", 200, 100, 440), (":", 690, 100, 8), ("Dương Diệu Tuyết", 720, 100, 270),
        ("cầu", 200, 142, 60),
    )  # fmt: skip
    assert values("trich_luc_khai_tu", page)["nguoi_yeu_cau"] == "Dương Diệu Tuyết"
    assert hits(page)[0] == ["nguoi_yeu_cau"]
