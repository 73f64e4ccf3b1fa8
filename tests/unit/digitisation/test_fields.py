import pytest

from chalicelib.digitisation.fields import extract, kinds
from chalicelib.digitisation.model import PageText, Word
from infra.papers.contents import KINDS, content
from tests.unit.digitisation.support import values


def typed(text):
    """A page of which only the text is known."""
    return PageText(text, (), 0.0, 200, (1, 1))


def test_the_kinds_of_the_generator_are_known():
    assert set(kinds()) == set(KINDS)
    for kind in KINDS:
        assert content(kind, 1).values.keys() <= {field.name for field in extract(kind, [])}
    with pytest.raises(KeyError):
        extract("bang_lai_xe", [])


def test_a_layout_not_in_the_generator():
    found = values(
        "giay_chung_sinh",
        typed(
            "Số : 77/GCS\nHọ, chữ đệm, tên mẹ: Lò Thị Mai Năm sinh: 1997 Dân tộc: Thái\n"
            "Số CCCD: 046 197 000 123\nĐịa chỉ:\nBản Nà Lốc, xã Quỳnh Lưu\nGiới tính: Nữ Cân nặng: 3,2 kg"
        ),
        typed("Dự kiến đặt tên con: Lò Văn An\nTại: Trạm y tế xã Quỳnh Lưu\nLưu ý: không tẩy xóa"),
    )
    assert found == found | {
        "so": "77/GCS", "ho_ten_me": "Lò Thị Mai", "nam_sinh_me": "1997", "dan_toc_me": "Thái",
        "so_dinh_danh_me": "046197000123", "noi_cu_tru_me": "Bản Nà Lốc, xã Quỳnh Lưu", "gioi_tinh_con": "Nữ",
        "can_nang": "3,2 kg", "ten_du_dinh": "Lò Văn An", "noi_sinh": "Trạm y tế xã Quỳnh Lưu",
    }  # fmt: skip


def test_misread_labels_are_still_labels():
    found = values("xac_nhan_cu_tru", typed("4. Sô dịnh danh cá nhân: 012345678901\n7. Quê quan Thôn 3, xã Vĩnh Phước"))
    assert (found["so_dinh_danh"], found["que_quan"]) == ("012345678901", "")
    found = values("xac_nhan_cu_tru", typed("7. Quê quán Thôn 3, xã Vĩnh Phước"))  # a lost colon
    assert found["que_quan"] == "Thôn 3, xã Vĩnh Phước"


def field(text, name="so_dinh_danh", confidence=0.99):
    words = [
        Word(part, (i * 50, 0, i * 50 + 40, 20), confidence, (0, 0, 500, 20)) for i, part in enumerate(text.split())
    ]
    read = PageText(text, tuple(words), 0.0, 200, (500, 20))
    return next(item for item in extract("xac_nhan_cu_tru", [read]) if item.name == name)


@pytest.mark.parametrize(
    ("text", "confidence", "value", "reason"),
    [
        ("Số định danh cá nhân: 012345678901", 0.99, "012345678901", ""),
        ("Số định danh cá nhân : 012345678901", 0.99, "012345678901", ""),
        ("Số định danh cá nhân: 012345678901", 0.70, "012345678901", "low_confidence"),
        ("Số định danh cá nhân: 01234567890", 0.99, "01234567890", "bad_format"),
        ("Số định danh cá nhân: O12345678901", 0.99, "O12345678901", "bad_format"),
        ("Dân tộc: Kinh", 0.99, "", "not_found"),
    ],
)
def test_reasons(text, confidence, value, reason):
    found = field(text, confidence=confidence)
    assert (found.value, found.reason, found.needs_review) == (value, reason, bool(reason))


def sheet(*pieces):
    """A page with pieces of text at (left, top); each letter is 10 pixels wide, each line 20 high."""
    words = []
    for left, top, text in pieces:
        line, at = (left, top, left + 10 * len(text), top + 20), left
        for word in text.split():
            words.append(Word(word, (at, top, at + 10 * len(word), top + 20), 0.97, line))
            at += 10 * len(word) + 10
    return PageText("\n".join(text for _, _, text in pieces), tuple(words), 0.0, 200, (1600, 2300))


def test_a_value_in_the_next_cell_of_a_table():
    page = sheet(
        (100, 100, "Họ, chữ đệm, tên"), (500, 100, "LÒ THỊ MAI"),
        (100, 150, "Nơi sinh"), (500, 150, "Trạm y tế xã Quỳnh Lưu, huyện Quỳnh"), (500, 175, "Lưu, tỉnh Nghệ An"),
        (100, 225, "Quốc tịch"), (500, 225, "Việt Nam"),
    )  # fmt: skip
    found = values("giay_khai_sinh", page)
    assert found["ho_ten"] == "LÒ THỊ MAI"
    assert found["noi_sinh"] == "Trạm y tế xã Quỳnh Lưu, huyện Quỳnh Lưu, tỉnh Nghệ An"
    assert found["quoc_tich"] == "Việt Nam"


def test_a_value_below_its_label_in_its_own_column():
    page = sheet(
        (100, 100, "Ngày sinh"), (600, 100, "Giới tính"),
        (100, 130, "12/02/2024"), (600, 130, "Nữ"),
        (100, 180, "Dân tộc"), (600, 180, "Quốc tịch"),
        (600, 210, "Việt Nam"),
    )  # fmt: skip
    found = values("giay_khai_sinh", page)
    assert [found[name] for name in ("ngay_sinh", "gioi_tinh", "dan_toc", "quoc_tich")] == [
        "12/02/2024", "Nữ", "", "Việt Nam",
    ]  # fmt: skip


@pytest.mark.parametrize("left", [100, 700], ids=["one below the other", "side by side"])
def test_one_label_in_two_parts_of_a_paper(left):
    second = 100 if left == 700 else 200
    page = sheet(
        *sorted(
            (
                (100, 100, "Họ, chữ đệm, tên vợ: Lò Thị Mai"), (100, 150, "Dân tộc: Thái"),
                (left, second, "Họ, chữ đệm, tên chồng: Vàng A Pá"), (left, second + 50, "Dân tộc: Mông"),
            ),
            key=lambda piece: (piece[1], piece[0]),
        )
    )  # fmt: skip
    found = values("giay_chung_nhan_ket_hon", page)
    assert (found["dan_toc_vo"], found["dan_toc_chong"]) == ("Thái", "Mông")


@pytest.mark.parametrize(
    ("label", "text", "value", "reason"),
    [
        ("ngay_sinh", "Ngày sinh: 05I03l1987", "05/03/1987", ""),
        ("ngay_sinh", "Ngày sinh: 05/03/19B7", "05/03/19B7", "bad_format"),
        ("dan_toc", "Dân tộc: K", "K", "doubtful"),
        ("que_quan", "Quê quán: tỉnh Lâm. Đồng", "tỉnh Lâm. Đồng", "doubtful"),
        ("que_quan", "Quê quán: TP. Huế", "TP. Huế", ""),
        ("que_quan", "Quê quán: tỉnh Lâm ` Đồng", "tỉnh Lâm ` Đồng", "doubtful"),
    ],
)
def test_what_is_seldom_printed_so_is_looked_at(label, text, value, reason):
    found = next(each for each in extract("giay_khai_sinh", [sheet((100, 100, text))]) if each.name == label)
    assert (found.value, found.reason) == (value, reason)


def placed(*rows):
    """A page of cells: text, left edge, top, width; each 30 pixels high."""
    words = []
    for text, left, top, width in rows:
        parts = text.split()
        step = width // len(parts)
        line = (left, top, left + width, top + 30)
        words += [
            Word(part, (left + n * step, top, left + (n + 1) * step - 6, top + 30), 0.95, line)
            for n, part in enumerate(parts)
        ]
    return PageText("", tuple(words), 0.0, 200, (1654, 2339))


def test_a_value_stands_above_its_caption():
    page = placed(
        ("Lò Thị Mai", 400, 300, 220), ("1997", 1100, 300, 80),
        ("(họ tên mẹ)", 430, 344, 160), ("(năm sinh)", 1070, 344, 140),
        ("Bản Nà Lốc, xã Quỳnh Lưu", 400, 400, 480), ("(nơi cư trú của mẹ)", 520, 444, 240),
    )  # fmt: skip
    found = values("giay_chung_sinh", page)
    assert (found["ho_ten_me"], found["nam_sinh_me"]) == ("Lò Thị Mai", "1997")
    assert found["noi_cu_tru_me"] == "Bản Nà Lốc, xã Quỳnh Lưu"


def test_a_caption_of_no_field_gives_no_value():
    page = placed(("Lò Thị Mai", 400, 300, 220), ("(ký tên, đóng dấu)", 420, 344, 200))
    assert not any(values("giay_chung_sinh", page).values())


def test_what_stands_between_a_label_and_its_colon_is_no_value():
    found = values("giay_khai_sinh", typed("1. Họ, chữ đệm, tên người được khai sinh: LÒ AN\n4. Nơi sinh (1): Huế"))
    assert (found["ho_ten"], found["noi_sinh"]) == ("LÒ AN", "Huế")


def test_both_halves_of_a_row_may_have_one_label():
    page = placed(
        ("Họ, chữ đệm, tên: Khuất Duy Mẫn", 100, 300, 560), ("Họ, chữ đệm, tên: Lò Thị Pánh", 850, 300, 560),
        ("Dân tộc: Hrê", 100, 350, 200), ("Dân tộc: Phù Lá", 850, 350, 240),
    )  # fmt: skip
    found = values("giay_chung_nhan_ket_hon", page)
    assert (found["ho_ten_vo"], found["ho_ten_chong"]) == ("Khuất Duy Mẫn", "Lò Thị Pánh")
    assert (found["dan_toc_vo"], found["dan_toc_chong"]) == ("Hrê", "Phù Lá")


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Ngày sinh: 05I0311987", "ngay_sinh", "05/03/1987"),
        ("Số: 267IXN-UBND", "so", "267/XN-UBND"),
        ("Số định danh cá nhân: 0|4|2|5|6|1|4|7|3|3|8|5", "so_dinh_danh", "042561473385"),
    ],
)
def test_strokes_that_were_misread_are_mended_where_the_form_of_a_value_is_known(text, name, value):
    assert values("xac_nhan_cu_tru", typed(text))[name] == value


def test_a_field_tells_where_it_stands_and_what_else_was_read():
    line = (100, 300, 620, 330)
    words = [Word("Dân", (100, 300, 150, 330), 0.95, line), Word("tộc:", (160, 300, 220, 330), 0.95, line)]
    words += [Word("Tày", (300, 302, 360, 328), 0.9, line, "Tây")]
    blank = PageText("", (), 0.0, 200, (1654, 2339))
    found = {f.name: f for f in extract("xac_nhan_cu_tru", [blank, PageText("", tuple(words), 0.0, 200, (1654, 2339))])}
    field = found["dan_toc"]
    assert (field.value, field.alternatives, field.page, field.box) == ("Tày", ("Tây",), 1, (300, 302, 360, 328))
    assert (field.needs_review, field.reason) == (True, "doubtful")
    assert (found["que_quan"].alternatives, found["que_quan"].box) == ((), None)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Năm sinh của mẹ", "nam_sinh_me"), ("Năm sinh mẹ", "nam_sinh_me"), ("Năm sinh của người cha", "nam_sinh_cha"),
        ("Sinh năm", "nam_sinh_me"),
    ],
)  # fmt: skip
def test_a_label_may_say_whose_its_value_is(label, name):
    assert values("giay_khai_sinh", typed(f"{label}: 1987"))[name] == "1987"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("II. THÔNG TIN VỀ NGƯỜI MẸ", "ho_ten_me"), ("CHA", "ho_ten_cha"), ("Phần khai về mẹ:", "ho_ten_me"),
        ("2. Bên kia (người cha)", "ho_ten_cha"), ("CHÁU", "ho_ten"),
    ],
)  # fmt: skip
def test_a_heading_opens_a_part(heading, name):
    found = values("giay_khai_sinh", typed(f"{heading}\nHọ và tên: Lò An"))
    assert [key for key, value in found.items() if value] == [name]


def test_headings_side_by_side_open_the_columns_below_them():
    page = placed(
        ("CHỒNG", 380, 250, 120), ("VỢ", 1100, 256, 60),
        ("Họ và tên: Khuất Duy Mẫn", 100, 300, 560), ("Họ và tên: Lò Thị Pánh", 850, 300, 560),
        ("Dân tộc: Hrê", 100, 350, 200), ("Dân tộc: Phù Lá", 850, 350, 240),
    )  # fmt: skip
    found = values("giay_chung_nhan_ket_hon", page)
    assert (found["ho_ten_chong"], found["ho_ten_vo"]) == ("Khuất Duy Mẫn", "Lò Thị Pánh")
    assert (found["dan_toc_chong"], found["dan_toc_vo"]) == ("Hrê", "Phù Lá")


def test_what_explains_a_heading_is_no_value():
    found = values("giay_uy_quyen", typed("I. BÊN ỦY QUYỀN (sau đây gọi là Bên A)\nHọ và tên: Lò Mai"))
    assert found["ho_ten_uy_quyen"] == "Lò Mai"


def test_a_label_of_several_names_of_one_value():
    assert (
        values("giay_uy_quyen", typed("Số CMND/CCCD/Hộ chiếu: 046197000123"))["so_giay_to_uy_quyen"] == "046197000123"
    )
    assert not any(values("giay_uy_quyen", typed("Số CMND/Năm sinh/Nơi sinh: 046197000123")).values())


@pytest.mark.parametrize(
    ("kind", "text", "name", "value"),
    [
        ("quyet_dinh", "Hà Giang, ngày 05 tháng 3 năm 2025", "ngay_ban_hanh", "ngày 05 tháng 3 năm 2025"),
        ("giay_chung_nhan_dat", "CS 123456", "so_phat_hanh", "CS 123456"),
        ("trich_luc_khai_tu", "Trích từ sổ số 12/TLKT-BS", "so", "12/TLKT-BS"),
    ],
)
def test_what_fits_its_pattern_may_do_without_a_label(kind, text, name, value):
    assert values(kind, typed(text))[name] == value


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("Số CCCD: 123456789", "123456789", ""),
        ("Số CCCD: 042561473 3B5", "0425614733B5", "bad_format"),
        ("Số CCCD: 042561473 38", "04256147338", "bad_format"),
    ],
)
def test_an_old_number_of_nine_figures_is_no_part_of_a_longer_one(text, value, reason):
    found = next(each for each in extract("quyet_dinh", [sheet((100, 100, text))]) if each.name == "so_giay_to")
    assert (found.value, found.reason) == (value, reason)


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("Dân tộc: Bru - Vân Kiều", "dan_toc", ""), ("Dân tộc: Bru - Vân Kiêu", "dan_toc", "doubtful"),
        ("Quốc tịch: Việt Nam", "quoc_tich", ""), ("Quốc tịch: Việt Nan", "quoc_tich", "doubtful"),
        ("Quan hệ với chủ hộ: Cháu ruột", "quan_he_chu_ho", ""),
        ("Quan hệ với chủ hộ: Châu ruột", "quan_he_chu_ho", "doubtful"),
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_of_its_values_is_looked_at(text, name, reason):
    found = next(each for each in extract("xac_nhan_cu_tru", [sheet((100, 100, text))]) if each.name == name)
    assert found.reason == reason


def test_lines_of_one_half_of_a_page_go_on_below_their_own_column():
    page = placed(
        ("Họ, chữ đệm, tên: Lò Thị Mai", 190, 100, 600), ("Họ, chữ đệm, tên: Khuất Thị Như", 885, 100, 620),
        ("Trâm", 885, 150, 100),
        ("Nơi cư trú: Huế", 190, 200, 300), ("Nơi cư trú: Xóm Quýt, thị trấn", 885, 200, 570),
        ("Mù Cang Chải, huyện Mù Cang", 885, 250, 600),
        ("Dân tộc: Hrê", 190, 300, 200), ("Chải, tỉnh Yên Bái", 885, 300, 360),
    )  # fmt: skip
    found = values("giay_chung_nhan_ket_hon", page)
    assert found["ho_ten_chong"] == "Khuất Thị Như Trâm"
    assert found["noi_cu_tru_chong"] == "Xóm Quýt, thị trấn Mù Cang Chải, huyện Mù Cang Chải, tỉnh Yên Bái"


def test_the_value_of_the_next_row_of_a_table_is_another_one():
    page = sheet(
        (100, 100, "Quê quán"), (700, 100, "xã Vĩnh Phước, tỉnh Tuyên Quang"),
        (100, 130, "Số định danh cá nhân"), (700, 130, "064962178831"),
    )  # fmt: skip
    assert values("giay_khai_sinh", page)["que_quan"] == "xã Vĩnh Phước, tỉnh Tuyên Quang"


def test_the_rest_of_a_title_stands_about_its_middle():
    page = placed(("Về việc công nhận kết quả giải quyết thủ tục hành", 368, 100, 1016), ("chính", 821, 140, 112))
    assert values("quyet_dinh", page)["ve_viec"] == "công nhận kết quả giải quyết thủ tục hành chính"


def test_a_heading_in_capitals_is_no_label_with_a_value():
    found = values("giay_uy_quyen", typed("III. NỘI DUNG, THỜI HẠN\nNội dung ủy quyền: Nộp hồ sơ"))
    assert found["noi_dung"] == "Nộp hồ sơ"


@pytest.mark.parametrize(
    "caption", ["(nam/nữ)", "(giới tính", "giới tính)", "(giới tính).", "{giới tính)", "(giới tính / Sex)"]
)
def test_a_bracket_of_a_caption_may_be_unread(caption):
    page = placed(("Nữ", 400, 300, 40), (caption, 380, 344, 90))
    assert values("xac_nhan_hon_nhan", page)["gioi_tinh"] == "Nữ"


def test_a_value_above_its_caption_takes_the_lines_that_ran_on_and_no_title():
    page = placed(
        ("TRÍCH LỤC KHAI TỬ", 300, 220, 700),
        ("Ủy ban nhân dân phường Thủy Xuân, quận Thuận Hóa,", 200, 262, 900), ("thành phố Huế", 540, 300, 220),
        ("(nơi đăng ký)", 570, 344, 160), ("UBND XÃ RÔ", 540, 400, 220), ("Lò Mai", 600, 436, 100),
        ("(người yêu cầu)", 560, 480, 180),
    )  # fmt: skip
    found = values("trich_luc_khai_tu", page)
    assert found["noi_dang_ky"].endswith("Ủy ban nhân dân phường Thủy Xuân, quận Thuận Hóa, thành phố Huế")
    assert found["nguoi_yeu_cau"] == "Lò Mai"


@pytest.mark.parametrize(("other", "reason"), [("3", ""), ("8", "doubtful"), ("", "doubtful")])
def test_one_figure_is_believed_when_it_was_read_twice(other, reason):
    line = (100, 300, 400, 330)
    words = [Word(text, (100 + 90 * n, 300, 180 + 90 * n, 330), 0.95, line) for n, text in enumerate(("Lần", "sinh:"))]
    page = PageText("", (*words, Word("3", (300, 300, 320, 330), 0.95, line, other)), 0.0, 200, (1654, 2339))
    assert next(f for f in extract("giay_chung_sinh", [page]) if f.name == "so_lan_sinh").reason == reason


def test_a_list_spells_what_lost_its_blank():
    assert values("xac_nhan_cu_tru", typed("Dân tộc: ÊĐê"))["dan_toc"] == "Ê Đê"


@pytest.mark.parametrize("said", ["96,6 m2", "96,6 m?", "96,6 m2?", "96,6 m7", "96,6m²", "96,6m?", "96,6 m²"])
def test_a_raised_figure_is_mended(said):
    area = values("giay_chung_nhan_dat", typed(f"Diện tích: {said}"))["dien_tich"]
    assert area == ("96,6 m²" if " " in said else "96,6m²")


@pytest.mark.parametrize(("known_labels", "reason"), [(4, ""), (2, "doubtful")])
def test_no_value_of_a_paper_that_is_mostly_unknown_is_let_through(known_labels, reason):
    rows = [
        "Số: 12/QĐ-UBND", "Ngày sinh: 05/03/1987", "Nơi cư trú: Huế", "Họ và tên: Lò Mai",
    ]  # fmt: skip
    said = "Ông này đã nộp đủ giấy tờ theo quy định của pháp luật về trợ cấp và không có khiếu nại gì thêm nữa cả"
    lines = [*rows[:known_labels], said, said]
    page = sheet(*((100, 100 + 60 * number, text) for number, text in enumerate(lines)))
    found = {field.name: field for field in extract("quyet_dinh", [page])}
    assert found["so"].reason == reason
