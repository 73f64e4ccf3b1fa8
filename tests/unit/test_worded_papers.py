from copy import replace
from itertools import combinations

import pytest

from infra.papers import (
    agreement,
    assorted,
    corpus,
    diverse,
    fresh,
    half_a,
    half_b,
    half_c,
    half_d,
    half_e,
    half_f,
    half_g,
    half_h,
    half_i,
    half_j,
    half_k,
    mixed,
    motley,
    scattered,
    spoken,
    sundry,
    vocabulary,
)
from infra.papers.contents import KINDS, LISTS, content
from infra.papers.rare import RarePool
from infra.papers.wording import filled
from tests.support.sample import sampled

HALVES = {
    "c": half_c, "d": half_d, "e": half_e, "f": half_f, "g": half_g, "h": half_h, "i": half_i, "j": half_j, "k": half_k,
}  # fmt: skip
EVERY = [(half, number) for half in HALVES for number in range(4 * len(corpus.kinds(half)))]


def drawn(half, number, *, bare=False):
    """The paper of a number as it is filled in, and its sheet at a coarse resolution."""
    kind, style, font = corpus.planned(half, number)
    said = HALVES[half].fill(corpus.invented(half, kind, 7_000 + number), style)
    return said, HALVES[half].draw(said, style, font, 100, bare=bare)


def overlap(one, other):
    wide = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    high = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return high / min(one.box[3] - one.box[1], other.box[3] - other.box[1]) if wide > 1 and high > 0 else 0


@pytest.mark.parametrize("half", HALVES)
def test_a_half_has_every_kind_in_each_of_its_layouts_and_several_fonts(half):
    styles, kinds = HALVES[half].STYLES, corpus.kinds(half)
    planned = {corpus.planned(half, number) for number in range(55 * len(styles))}
    assert {(kind, style) for kind, style, _ in planned} == {(k, s) for k in kinds for s in styles}
    assert len(styles) == (4 if half in "jk" else 2)
    assert all(len({font for k, s, font in planned if (k, s) == each}) >= 3 for each in {p[:2] for p in planned})


def test_the_halves_share_no_layout():
    for one, other in combinations([half_a, half_b, *HALVES.values()], 2):
        assert not set(one.STYLES) & set(other.STYLES)


@pytest.mark.parametrize("kind", KINDS)
def test_the_halves_call_few_values_alike(kind):
    def called(half):
        paper = content(kind, 5, RarePool)
        values = set(paper.values.values())
        return {
            piece.text.strip(" :").lower()
            for style in half.STYLES
            for piece in half.draw(half.fill(paper, style), style, half.FONTS[0], 72, bare=True).pieces
            if not any(value in piece.text for value in values)
        }

    one, other = called(half_c), called(half_d)
    alike = {text for text in one & other if not text.startswith(("cộng hòa", "độc lập", "(", "socialist"))}
    assert len(alike) < 0.3 * min(len(one), len(other)), alike


@pytest.mark.parametrize(("half", "number"), sampled(EVERY, 90))
def test_a_paper_prints_all_its_values_inside_the_page_and_apart(half, number):
    said, sheet = drawn(half, number)
    assert set(said.fields) == set(said.paper.values)
    text = " ".join(piece.text for piece in sheet.pieces)
    assert [name for name, value in said.fields.items() if value not in text] == []
    for piece in sheet.pieces:
        left, top, right, bottom = piece.box
        assert min(left, top) >= 0, piece
        assert (right <= sheet.image.width, bottom <= sheet.image.height) == (True, True), piece
    assert [(a.text, b.text) for a, b in combinations(sheet.pieces, 2) if overlap(a, b) > 0.3] == []


@pytest.mark.parametrize("half", HALVES)
def test_what_is_said_does_not_hang_on_the_marks(half):
    for number in range(10):
        assert drawn(half, number)[1].pieces == drawn(half, number, bare=True)[1].pieces


@pytest.mark.parametrize("half", HALVES)
def test_the_same_page_is_the_same_bytes_and_says_its_values(half):
    page = corpus.page(half, "phone", 7)
    assert page.jpeg == corpus.page(half, "phone", 7).jpeg
    assert set(page.fields) == set(corpus.invented(half, page.kind, 0).values)


def test_a_value_in_capitals_or_as_a_date_in_words_is_the_truth():
    paper = content("quyet_dinh", 3, RarePool)
    paper = replace(paper, values={**paper.values, "ho_ten": "Y Thịnh Mlô", "ngay_ban_hanh": "05/3/2026"})
    said = filled("Ông {ho_ten!u} | {ngay_ban_hanh!d}", paper)
    assert said.fields == {"ho_ten": "Y THỊNH MLÔ", "ngay_ban_hanh": "ngày 05 tháng 3 năm 2026"}


def test_a_value_that_is_always_the_same_is_set_as_one_and_is_no_field():
    said = filled("Ghi chú: {'Không}", content("quyet_dinh", 3))
    assert said.blocks[0].cells[0].runs == (("Ghi chú: ", False), ("Không", True))
    assert said.fields == {}


def test_half_e_has_every_kind_and_lists_that_have_no_fields():
    assert corpus.kinds("e") == (*KINDS, LISTS)
    page = corpus.page("e", "clean", len(KINDS))
    assert (page.kind, page.fields) == (LISTS, {})
    assert page.text.count("\n") > 15
    assert page.text.splitlines()[9:12] != corpus.page("e", "clean", len(KINDS) + 22).text.splitlines()[9:12]


def test_the_other_halves_are_drawn_as_before_there_was_half_e():
    assert [corpus.planned("a", number)[:2] for number in (13, 27)] == [
        ("trich_luc_khai_tu", "boxes"),
        ("giay_chung_nhan_dat", "table"),
    ]
    assert corpus.planned("d", 27) == ("giay_chung_nhan_dat", "typed", "liberation-serif")


def test_the_fresh_pool_says_names_of_two_to_six_words_and_says_few_of_them_twice():
    pool = fresh.FreshPool(1)
    names = [pool.person() for _ in range(400)]
    assert {len(name.split()) for name in names} >= {2, 3, 4, 5}
    assert len(set(names)) > 340


def test_half_f_has_lists_and_a_pool_of_its_own():
    assert corpus.kinds("f") == (*KINDS, LISTS)
    assert corpus.page("f", "clean", len(KINDS)).fields == {}
    pool, other = sundry.SundryPool(1), fresh.FreshPool(1)
    names = {pool.person() for _ in range(300)}
    assert {len(name.split()) for name in names} >= {2, 3, 4, 5}
    assert not {pool.commune() for _ in range(400)} & {other.commune() for _ in range(400)}
    assert not {pool.hospital() for _ in range(100)} & {other.hospital() for _ in range(100)}


def test_who_registered_a_paper_of_half_f_is_who_issued_it():
    for seed in range(20):
        paper = sundry.paper("trich_luc_khai_tu", seed)
        assert paper.values["noi_dang_ky"].upper().endswith(f"{paper.office}, {paper.place.upper()}")


def test_the_dates_of_a_paper_of_half_f_are_all_written_in_one_way():
    for seed in range(40):
        values = sundry.paper("giay_chung_nhan_ket_hon", seed).values
        months = {values[name].split("/")[1] for name in ("ngay_sinh_vo", "ngay_sinh_chong", "ngay_dang_ky")}
        assert not {len(each) for each in months if 2 < int(each) < 10} >= {1, 2}


def test_half_g_has_lists_and_a_pool_of_its_own():
    assert corpus.kinds("g") == (*KINDS, LISTS)
    assert [corpus.page("g", "clean", number).fields for number in (10, 21)] == [{}, {}]
    pool = assorted.AssortedPool(1)
    names = [pool.person() for _ in range(900)]
    assert {len(name.split()) for name in names} >= {2, 3, 4, 5, 7}
    assert len(set(names)) > 600
    for other in (fresh.FreshPool(1), sundry.SundryPool(1), RarePool(1)):
        assert not {pool.commune() for _ in range(600)} & {other.commune() for _ in range(600)}
        assert not {pool.hospital() for _ in range(100)} & {other.hospital() for _ in range(100)}


@pytest.mark.parametrize(
    ("kind", "where"),
    [("trich_luc_khai_tu", "noi_dang_ky"), ("xac_nhan_cu_tru", "noi_thuong_tru"), ("quyet_dinh", "noi_cu_tru")],
)
@pytest.mark.parametrize("pool", [assorted, mixed, diverse, scattered, motley])
def test_a_paper_of_halves_g_to_k_is_issued_where_it_says(kind, where, pool):
    for seed in range(20):
        paper = pool.paper(kind, seed)
        assert paper.values[where].upper().endswith(f"{paper.office}, {paper.place.upper()}")


def test_half_h_has_lists_and_a_pool_of_its_own():
    assert corpus.kinds("h") == (*KINDS, LISTS)
    assert [corpus.page("h", "clean", number).fields for number in (10, 21)] == [{}, {}]
    pool = mixed.MixedPool(1)
    names = [pool.person() for _ in range(900)]
    assert {len(name.split()) for name in names} >= {2, 3, 4, 5, 6}
    assert len(set(names)) > 600
    for other in (assorted.AssortedPool(1), fresh.FreshPool(1), sundry.SundryPool(1), RarePool(1)):
        assert not {pool.commune() for _ in range(600)} & {other.commune() for _ in range(600)}
        assert not {pool.hospital() for _ in range(100)} & {other.hospital() for _ in range(100)}


def test_a_paper_agrees_with_itself():
    values = {"ho_ten": "LÊ VĂN NA", "gioi_tinh": "Nữ", "ngay_sinh": "02/7/2004", "so_dinh_danh": "012199123456"}
    assert agreement.agreed(values) == values | {"ho_ten": "LÊ THỊ NA", "so_dinh_danh": "012304123456"}
    couple = {
        "ho_ten_vo": "Văn Thị Y", "ngay_sinh_vo": "02/7/1984", "so_giay_to_vo": "012099123456",
        "ho_ten_chong": "Hồ Thị Ban", "ngay_sinh_chong": "02/7/1982", "so_giay_to_chong": "123456789",
    }  # fmt: skip
    said = couple | {"so_giay_to_vo": "012184123456", "ho_ten_chong": "Hồ Văn Ban"}
    assert agreement.agreed(couple) == said
    nobody = {"ho_ten": "Đỗ Thị Văn", "nam_sinh": "1960", "so_giay_to": "012399123456"}
    assert agreement.agreed(nobody) == nobody | {"so_giay_to": "012160123456"}


def test_half_i_has_lists_and_a_pool_of_its_own():
    assert corpus.kinds("i") == (*KINDS, LISTS)
    assert [corpus.page("i", "clean", number).fields for number in (10, 21)] == [{}, {}]
    pool = diverse.DiversePool(1)
    names = [pool.person() for _ in range(900)]
    assert {len(name.split()) for name in names} >= {2, 3, 4, 5, 6}
    assert len(set(names)) > 600
    others = (mixed.MixedPool, assorted.AssortedPool, fresh.FreshPool, sundry.SundryPool, RarePool)
    for said, own in ((other.words, pool.words) for other in others):
        assert not set(own.communes) & set(said.communes)
        assert not set(own.hospitals) & set(said.hospitals)
        assert not set(own.others) & set(said.others)


def test_half_j_has_lists_and_a_pool_of_its_own():
    assert corpus.kinds("j") == (*KINDS, LISTS)
    assert [corpus.planned("j", number)[:2] for number in (10, 21)] == [(LISTS, "archived"), (LISTS, "prosaic")]
    assert [drawn("j", number)[0].fields for number in (10, 21)] == [{}, {}]
    pool = scattered.ScatteredPool(1)
    names = [pool.person() for _ in range(900)]
    assert {len(name.split()) for name in names} >= {2, 3, 4, 5}
    assert len(set(names)) > 600
    others = (diverse.DiversePool, mixed.MixedPool, assorted.AssortedPool, fresh.FreshPool, sundry.SundryPool, RarePool)
    for said, own in ((other.words, pool.words) for other in others):
        assert not set(own.communes) & set(said.communes)
        assert not set(own.hospitals) & set(said.hospitals)
        assert not set(own.others) & set(said.others)
    older = [commune for commune in pool.words.communes if commune.count(", ") > 1]
    assert 0.3 < len(older) / len(pool.words.communes) < 0.5


def test_a_line_of_half_j_that_is_typed_over_dots_leaves_them_behind_the_value():
    def inked(*, bare):
        sheet = drawn("j", 14, bare=bare)[1]
        row = next(row for row in sheet.rows() if row[0].text == "Nguyên nhân chết:")
        low = int(row[-1].baseline)
        beyond = (row[-1].box[2] + 4, low - 3, int(sheet.px(sheet.width - 56)), low + 2)
        return sheet.image.crop(beyond).convert("L").getextrema()[0]

    assert (corpus.planned("j", 14)[1], inked(bare=True)) == ("templated", 255)
    assert inked(bare=False) < 120


def test_who_is_a_woman_on_a_paper_of_half_i_has_the_number_of_one():
    for seed in range(20):
        values = diverse.paper("giay_khai_sinh", seed).values
        born = int(values["ngay_sinh"][-4:])
        assert values["so_dinh_danh"][3:6] == f"{2 + (values['gioi_tinh'] == 'Nữ')}{born % 100:02d}"


def test_a_sheet_that_lies_on_its_long_side_is_filled_to_its_own_foot():
    for number in (13, 21):
        sheet = drawn("i", number)[1]
        assert (sheet.image.width, sheet.image.height) == (1169, 827)
        assert max(piece.baseline for piece in sheet.pieces) <= sheet.px(sheet.height)
    assert drawn("i", 10)[1].image.size == (827, 1169)


def test_running_text_that_is_justified_ends_at_the_right_margin():
    rows = [row for row in drawn("i", 17)[1].rows() if len(row) > 8]
    ends = [row[-1].box[2] for row in rows]
    assert len(rows) > 5
    assert max(ends) - min(ends) <= 4


def test_a_heading_is_white_on_a_dark_band_and_dark_on_a_bare_sheet():
    def tones(*, bare):
        sheet = drawn("i", 0, bare=bare)[1]
        box = next(piece.box for piece in sheet.pieces if piece.text == "THÔNG TIN CHA, MẸ")
        return sheet.image.crop(box).convert("L").getextrema(), sheet.image.getpixel((box[0] - 3, box[1] + 2))

    assert tones(bare=False) == ((pytest.approx(65, abs=15), 255), (38, 70, 118))
    assert tones(bare=True) == ((pytest.approx(27, abs=25), 255), (255, 255, 255))


def test_columns_of_a_table_are_set_about_the_middle_or_to_the_right():
    said = filled("TABLE 1c 2 1r\nT TT | Tên | Số\nT 1 | An | 1.206", content("quyet_dinh", 3))
    assert (said.blocks[0].shares, said.blocks[0].aligns) == ((1, 2, 1), "clr")
    sheet = corpus.page("h", "clean", 10, bare=True).sheet
    ends = {piece.text: piece.box[2] for piece in sheet.pieces}
    assert abs(ends["1.206"] - ends["58"]) < 3


def test_a_row_of_merged_cells_begins_a_group_or_goes_on_with_it():
    rows = [[piece.text for piece in row] for row in corpus.page("h", "clean", 0, bare=True).sheet.rows()]
    groups = [row[0] for row in rows if row[0] in {"Trẻ", "Mẹ", "Cha", "Sổ gốc"}]
    assert groups == ["Trẻ", "Mẹ", "Cha", "Sổ gốc"]


def test_every_voter_on_a_list_is_a_man_or_a_woman():
    rows = [row.split() for row in corpus.page("g", "clean", 10).text.splitlines()]
    assert sum(row[0].isdigit() and row.count("x") == 1 for row in rows) == 18


def test_the_words_of_a_pool_are_all_that_it_adds_to_the_first():
    paper = vocabulary.varied("quyet_dinh", 4, fresh.FreshPool, {}, "DANH SÁCH")
    assert paper == content("quyet_dinh", 4, fresh.FreshPool)
    assert vocabulary.issued_where_registered(paper) == paper
    assert vocabulary.issued_by(paper, "xã Ba Vì, thành phố Hà Nội").office == "XÃ BA VÌ"


def test_what_has_few_choices_is_said_in_more_ways():
    said = {fresh.paper("xac_nhan_cu_tru", seed).values["quan_he_chu_ho"] for seed in range(60)}
    assert len(said) > 5


def test_a_layout_that_names_no_value_of_the_paper_is_refused():
    with pytest.raises(KeyError, match="so_nha"):
        filled("Số nhà: {so_nha}", content("quyet_dinh", 3))


def test_a_paper_that_fits_on_no_page_is_refused():
    paper = content("quyet_dinh", 3)
    endless = replace(paper, values={**paper.values, "noi_cu_tru": "đường rất dài " * 700})
    with pytest.raises(ValueError, match="too long for a page: quyet_dinh"):
        half_c.draw(half_c.fill(endless, "sections"), "sections", "noto-sans", 72, bare=True)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("05/3/1987", "Ngày mồng năm, tháng ba, năm một nghìn chín trăm tám mươi bảy"),
        ("21/01/2005", "Ngày hai mươi mốt, tháng giêng, năm hai nghìn không trăm linh năm"),
        ("15/12/2015", "Ngày mười lăm, tháng mười hai, năm hai nghìn không trăm mười lăm"),
        ("11/04/2000", "Ngày mười một, tháng tư, năm hai nghìn không trăm"),
    ],
)
def test_a_date_in_words(date, words):
    assert spoken.date(date) == words


def test_the_pool_of_rare_values_knows_people_of_the_highlands_old_numbers_and_short_forms():
    pool = RarePool(1)
    assert any("H'" in pool.person() for _ in range(60))
    assert {len(pool.paper_number()) for _ in range(40)} == {9, 12}
    assert any("Q. " in pool.address() for _ in range(60))
