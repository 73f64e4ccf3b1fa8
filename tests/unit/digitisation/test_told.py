"""Labels in words that nobody wrote down, and forms without a colon: what the paper itself tells of them."""

import pytest

from chalicelib.digitisation.fields import extract
from chalicelib.digitisation.labels import known
from chalicelib.digitisation.meaning import meant
from chalicelib.digitisation.model import PageText, Word
from tests.unit.digitisation.test_fields import placed, sheet


def fields(kind, page):
    return {each.name: each for each in extract(kind, [page])}


def on_dots(*rows):
    """A page of rows: label, value, top; the value stands on a leader that begins behind the label."""
    words, leaders = [], []
    for label, value, top in rows:
        line, at = (100, top, 1500, top + 30), 100
        for text in label.split():
            words.append(Word(text, (at, top, at + 14 * len(text), top + 30), 0.97, line))
            at += 14 * len(text) + 10
        leaders.append((at, top + 26, 1500, top + 30))
        at += 12
        for text in value.split():
            words.append(Word(text, (at, top, at + 14 * len(text), top + 30), 0.97, line))
            at += 14 * len(text) + 10
    return PageText("", tuple(words), 0.0, 200, (1654, 2339), leaders=tuple(leaders))


def test_a_label_ends_where_its_leader_begins():
    found = fields(
        "trich_luc_khai_tu",
        on_dots(
            ("Người chết tên là", "CHẨU THỊ SẾN", 100), ("QT", "Việt Nam", 160),
            ("Chết hồi", "02 giờ 41 phút, ngày 27 tháng 02 năm 2016", 220), ("Lý do chết", "Bệnh già", 280),
        ),
    )  # fmt: skip
    assert found["ho_ten"].value == "CHẨU THỊ SẾN"
    assert found["quoc_tich"].value == "Việt Nam"
    assert found["thoi_gian_chet"].value == "02 giờ 41 phút, ngày 27 tháng 02 năm 2016"
    assert found["nguyen_nhan"].value == "Bệnh già"


def test_without_its_leader_nobody_knows_where_the_label_ends():
    page = on_dots(("Em bé nặng chừng", "3100 gam", 280))
    assert fields("giay_chung_sinh", page)["can_nang"].value == "3100 gam"
    assert not fields("giay_chung_sinh", PageText("", page.words, 0.0, 200, page.size))["can_nang"].value


def test_what_a_label_only_tells_of_is_looked_at_unless_its_form_is_known():
    found = fields(
        "giay_chung_sinh",
        on_dots(("Về sức khoẻ em bé", "Khỏe mạnh", 100), ("Em bé nặng chừng", "3100 gam", 160)),
    )
    assert (found["tinh_trang_con"].value, found["tinh_trang_con"].reason) == ("Khỏe mạnh", "doubtful")
    assert (found["can_nang"].value, found["can_nang"].reason) == ("3100 gam", "")


@pytest.mark.parametrize(
    ("kind", "label", "names"),
    [
        ("giay_chung_sinh", "Gia đình dự kiến gọi cháu là", ["ten_du_dinh"]),
        ("giay_chung_sinh", "Trẻ nặng", ["can_nang"]),
        ("xac_nhan_cu_tru", "(13) ĐDCN của chủ hộ", ["so_dinh_danh_chu_ho"]),
        ("xac_nhan_cu_tru", "Vai trò với chủ hộ", ["quan_he_chu_ho"]),
        ("giay_khai_sinh", "Mẹ cư trú tại", ["noi_cu_tru_me"]),
        ("giay_khai_sinh", "Ngày sinh ghi bằng chữ", []),
        ("giay_uy_quyen", "cấp ngày", []),
        ("giay_khai_sinh", "Cán bộ", []),
    ],
)
def test_what_a_label_means(kind, label, names):
    words = [Word(text, (0, 0, 1, 1), 0.9, (0, 0, 1, 1)) for text in label.split()]
    assert [rule.name for rule in meant(words, known(kind)).rules] == names


def test_a_column_for_each_of_the_two():
    page = placed(
        ("Thông tin", 200, 100, 160), ("Bên nam", 640, 100, 140), ("Bên nữ", 1200, 100, 120),
        ("Sinh ngày", 145, 160, 140), ("26/01/1982", 450, 160, 170), ("10/5/1988", 1000, 160, 150),
        ("Thành phần dân", 145, 220, 230), ("Cơ Tu", 450, 220, 90), ("Ê Đê", 1000, 220, 70),
        ("tộc", 145, 260, 40),
    )  # fmt: skip
    found = fields("giay_chung_nhan_ket_hon", page)
    values = {name: found[name].value for name in ("ngay_sinh_chong", "ngay_sinh_vo", "dan_toc_chong", "dan_toc_vo")}
    assert values == {
        "ngay_sinh_chong": "26/01/1982", "ngay_sinh_vo": "10/5/1988", "dan_toc_chong": "Cơ Tu", "dan_toc_vo": "Ê Đê",
    }  # fmt: skip


def test_headings_of_columns_have_their_values_below_them_however_they_are_centred():
    page = placed(
        ("Họ và tên", 299, 100, 162), ("Ngày sinh", 585, 100, 167), ("Địa chỉ", 1222, 100, 117),
        ("Lò Thị Mỹ", 212, 160, 200), ("12/01/1951", 573, 160, 167), ("xã Thổ Châu, tỉnh Kiên Giang", 900, 160, 400),
    )  # fmt: skip
    found = fields("quyet_dinh", page)
    assert (found["ho_ten"].value, found["ngay_sinh"].value) == ("Lò Thị Mỹ", "12/01/1951")
    assert found["noi_cu_tru"].value == "xã Thổ Châu, tỉnh Kiên Giang"


def test_the_heading_of_a_part_may_be_the_label_of_its_person():
    page = placed(
        ("Người mẹ", 148, 100, 110), ("Sinh năm", 900, 100, 100), ("LÒ THỊ MAI", 148, 136, 300), ("1980", 900, 136, 70)
    )
    found = fields("giay_khai_sinh", page)
    assert (found["ho_ten_me"].value, found["nam_sinh_me"].value) == ("LÒ THỊ MAI", "1980")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("Tổ 5, xã Mù Cang Chải, tỉnh Lào Cai", ""),
        ("Tổ 5, phường 12, TP. Hồ Chí Minh", ""),
        ("Tổ 5, phường 12, TP. Hồ Chí", "doubtful"),
        ("Tổ 5, xã Mù Cang Chải, tỉnh Lào Cai Hai bên nam nữ", "doubtful"),
    ],
)
def test_a_place_that_does_not_end_with_a_province_is_looked_at(value, reason):
    assert fields("xac_nhan_hon_nhan", sheet((100, 100, f"Nơi cư trú: {value}")))["noi_cu_tru"].reason == reason


def test_what_cannot_be_a_value_is_none():
    page = sheet(
        (100, 100, "Người ủy quyền: NGƯỜI VIẾT GIẤY"), (100, 150, "Nơi cư trú: chữ ký là của người ở địa phương")
    )
    found = fields("giay_uy_quyen", page)
    assert found["ho_ten_uy_quyen"].needs_review
    assert found["noi_cu_tru_uy_quyen"].needs_review


def test_one_paragraph_tells_of_two_people():
    text = (
        "Tôi là Lò Văn An, sinh ngày 28/02/1964, mang căn cước công dân số 033823609978, hiện cư trú tại xã Rô Men, "
        "tỉnh Lâm Đồng (sau đây gọi là người giao), giao cho Bríu Pố Na, sinh ngày 25/10/1964, căn cước công dân số "
        "012660589151, hiện cư trú tại xã Ia Rtô, tỉnh Gia Lai (sau đây gọi là người nhận), thay tôi làm việc."
    )
    found = fields("giay_uy_quyen", PageText(text, (), 0.0, 200, (1, 1)))
    values = {name: field.value for name, field in found.items() if field.value}
    assert values == values | {
        "ngay_sinh_uy_quyen": "28/02/1964", "so_giay_to_uy_quyen": "033823609978",
        "noi_cu_tru_uy_quyen": "xã Rô Men, tỉnh Lâm Đồng", "ho_ten_duoc_uy_quyen": "Bríu Pố Na",
        "ngay_sinh_duoc_uy_quyen": "25/10/1964", "so_giay_to_duoc_uy_quyen": "012660589151",
        "noi_cu_tru_duoc_uy_quyen": "xã Ia Rtô, tỉnh Gia Lai",
    }  # fmt: skip


def test_the_first_of_a_list_of_people_is_looked_at():
    rows = [("Số định danh", 100, 100, 200), ("064156914801", 100, 140, 200), ("092492082460", 100, 180, 200)]
    assert fields("xac_nhan_cu_tru", placed(*rows[:2]))["so_dinh_danh"].reason == ""
    assert fields("xac_nhan_cu_tru", placed(*rows))["so_dinh_danh"].reason == "doubtful"


def test_a_place_goes_on_to_its_province_and_no_further():
    page = sheet(
        (100, 100, "Nơi cư trú: Căn hộ A11.11, chung cư Thanh Đa, 10 Huỳnh Thúc Kháng, xã Thổ"),
        (100, 125, "Châu, TP. Phú Quốc, huyện của Kiên Giang cũ và đường dài, tỉnh Kiên Giang"),
        (100, 150, "Giấy này dùng để làm hồ sơ"),
    )
    assert fields("xac_nhan_hon_nhan", page)["noi_cu_tru"].value.endswith("tỉnh Kiên Giang")


def test_the_title_of_a_paper_is_no_label():
    page = sheet((100, 100, "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"), (100, 130, "Mục của bảng"))
    assert not fields("xac_nhan_hon_nhan", page)["tinh_trang"].value


def test_fields_of_two_people_may_take_turns_and_are_looked_at():
    page = sheet(
        (100, 100, "Họ, chữ đệm, tên vợ: Lò Thị Mai"), (100, 150, "Họ, chữ đệm, tên chồng: Vàng A Pá"),
        (100, 200, "Ngày sinh: 16/01/1995"), (100, 250, "Ngày sinh: 16/04/1981"),
        (100, 300, "Dân tộc: Thái"), (100, 350, "Dân tộc: Mông"),
    )  # fmt: skip
    found = fields("giay_chung_nhan_ket_hon", page)
    told = [(found[name].value, found[name].reason) for name in ("ngay_sinh_vo", "ngay_sinh_chong", "dan_toc_vo")]
    assert told == [("16/01/1995", "doubtful"), ("16/04/1981", "doubtful"), ("Thái", "doubtful")]
    assert found["dan_toc_chong"].value == "Mông"


def test_one_name_of_a_label_for_two_places_is_each_of_them_once():
    page = sheet(
        (100, 100, "Địa chỉ thường trú: xã Rô Men, tỉnh Lâm Đồng"), (100, 150, "b) Địa chỉ: xã Ia Rtô, tỉnh Gia Lai")
    )
    found = fields("giay_chung_nhan_dat", page)
    assert (found["noi_cu_tru"].value, found["dia_chi_thua_dat"].value) == (
        "xã Rô Men, tỉnh Lâm Đồng", "xã Ia Rtô, tỉnh Gia Lai",
    )  # fmt: skip


@pytest.mark.parametrize(("confidence", "reason"), [(0.98, ""), (0.96, "low_confidence")])
@pytest.mark.parametrize("touched", [False, True])
def test_text_on_a_leader_has_to_be_read_more_surely(touched, confidence, reason):
    page = on_dots(("Lý do chết", "Bệnh già yếu", 100))
    words = tuple(Word(word.text, word.box, confidence, word.line_box) for word in page.words)
    read = PageText("", words, 0.0, 200, page.size, leaders=page.leaders, touched=page.leaders if touched else ())
    assert fields("trich_luc_khai_tu", read)["nguyen_nhan"].reason == reason


def test_a_number_of_another_person_is_looked_at_where_one_was_not_found():
    kind = "giay_chung_nhan_ket_hon"
    wife = ((100, 100, "Họ, chữ đệm, tên vợ: Lò Thị Mai"), (100, 150, "Giấy tờ tùy thân: 012345678901"))
    husband = ((100, 200, "Họ, chữ đệm, tên chồng: Lò Văn An"), (100, 250, "Giấy tờ tùy thân: 012345678902"))
    assert fields(kind, sheet(*wife, *husband))["so_giay_to_vo"].reason == ""
    assert fields(kind, sheet(*wife, husband[0]))["so_giay_to_vo"].reason == "doubtful"
    assert fields(kind, sheet(*wife))["so_giay_to_vo"].reason == ""  # the paper says nothing of the other


def test_the_number_of_a_text_of_law_is_no_papers_own():
    law = (100, 60, "Mẫu ban hành kèm theo Thông tư số 17/2012/TT-BYT")
    assert fields("giay_chung_sinh", sheet(law))["so"].value == ""
    assert fields("giay_chung_sinh", sheet(law, (100, 100, "Số: 5858; Quyển số: 03/2026")))["so"].value == "5858"


def test_a_value_with_a_label_within_is_looked_at():
    page = sheet((100, 100, "Tình trạng của con: Bình thường Cân: ba"))
    assert fields("giay_chung_sinh", page)["tinh_trang_con"].reason == "doubtful"


def test_text_that_may_go_on_below_is_looked_at():
    said = ("Nguồn gốc sử dụng đất: Nhận tặng cho đất được", "Nhà nước giao đất có thu tiền sử dụng đất")
    wide = (100, 300, "Ghi chú về thửa đất này và các thửa đất bên cạnh như đã nêu ở trên và theo hồ sơ địa chính kèm")
    tight = sheet((100, 100, said[0]), (100, 122, said[1]), wide)
    assert fields("giay_chung_nhan_dat", tight)["nguon_goc"].reason == "doubtful"
    assert fields("giay_chung_nhan_dat", sheet((100, 100, said[0]), wide))["nguon_goc"].reason == ""


def test_a_heading_beside_a_heading_is_no_text_for_sure():
    page = placed(
        ("TT", 100, 100, 40), ("Nội dung", 200, 100, 200), ("Từ tháng", 600, 100, 160), ("Số tiền", 900, 100, 160)
    )
    assert fields("quyet_dinh", page)["ve_viec"].reason in {"doubtful", "not_found"}


@pytest.mark.parametrize(
    "lines",
    [
        ("115/8 Lý Thường Kiệt, xã Tây Giang,", "thành phố Đà Nẵng"),
        ("Số 150 Tôn Đức Thắng, phường Kinh", "Bắc, tỉnh Bắc Ninh"),
        ("195 đường 30 Tháng 4, khu phố 7,", "xã Thanh Mỹ, huyện Tháp Mười, tỉnh", "Đồng Tháp"),
    ],
)
def test_a_place_in_a_narrow_column_goes_on_to_its_province(lines):
    rows = [(100, 100, f"Nơi cư trú: {lines[0]}"), *((100, 122 + 22 * at, line) for at, line in enumerate(lines[1:]))]
    wide = (
        100,
        400,
        "Giấy này được cấp để bổ sung hồ sơ theo yêu cầu của cơ quan có thẩm quyền tại nơi cư trú và có giá trị",
    )
    assert fields("xac_nhan_hon_nhan", sheet(*rows, wide))["noi_cu_tru"].value == " ".join(lines)


def test_the_label_of_nobody_else_wins_over_one_that_several_have():
    page = sheet(
        (100, 100, "Họ, chữ đệm và tên: Trang Quế"), (100, 150, "Số định danh cá nhân: 034341085030"),
        (100, 200, "Họ, chữ đệm và tên: TRIỆU NHẬT HẬU"), (100, 250, "Số định danh cá nhân: 029743531494"),
        (100, 300, "Số định danh cá nhân của chủ hộ: 001128823436"),
    )  # fmt: skip
    found = fields("xac_nhan_cu_tru", page)
    assert found["so_dinh_danh_chu_ho"].value == "001128823436"
    assert found["so_dinh_danh"].reason == found["so_dinh_danh_chu_ho"].reason == "doubtful"


def test_text_that_is_not_read_very_surely_is_looked_at():
    for confidence, reason in ((0.96, ""), (0.92, "low_confidence")):
        page = placed(("Thời hạn sử dụng: Lâu dài", 100, 100, 400))
        words = tuple(Word(word.text, word.box, confidence, word.line_box) for word in page.words)
        read = PageText("", words, 0.0, 200, page.size)
        assert fields("giay_chung_nhan_dat", read)["thoi_han"].reason == reason


def test_a_subject_stands_behind_v_v_without_a_colon():
    page = sheet((100, 100, "V/v trợ cấp xã hội hằng tháng đối với người cao tuổi"))
    assert fields("quyet_dinh", page)["ve_viec"].value == "trợ cấp xã hội hằng tháng đối với người cao tuổi"


def test_a_number_that_did_not_fit_behind_its_label_stands_below():
    page = sheet((100, 100, "Giấy tờ tùy thân: CCCD số"), (100, 130, "079076342942"))
    assert fields("xac_nhan_hon_nhan", page)["so_giay_to"].value == "079076342942"


@pytest.mark.parametrize(
    ("said", "reason"), [("sử dụng", "doubtful"), ("giải quyết", "doubtful"), ("Lâu dài", ""), ("50 năm", "")]
)
def test_a_word_or_two_in_small_letters_are_rather_the_rest_of_a_label(said, reason):
    page = placed((f"Thời hạn sử dụng: {said}", 100, 100, 400))
    words = tuple(Word(word.text, word.box, 0.97, word.line_box) for word in page.words)
    read = PageText("", words, 0.0, 200, page.size)
    assert fields("giay_chung_nhan_dat", read)["thoi_han"].reason == reason


def test_what_another_label_says_is_looked_at_where_the_first_could_not_be_read():
    floor = (100, 300, "Diện tích: 96,4 m²")
    assert fields("giay_chung_nhan_dat", sheet(floor))["dien_tich"].reason == ""
    found = fields("giay_chung_nhan_dat", sheet((100, 100, "Diện tích: 7b0 rn"), floor))["dien_tich"]
    assert (found.value, found.reason) == ("96,4 m²", "doubtful")


def test_a_place_and_a_date_below_a_label_are_no_name():
    page = sheet((100, 100, "Họ tên bên ủy quyền"), (100, 130, "Quảng Ninh, ngày 04 tháng 04 năm 2025"))
    assert not fields("giay_uy_quyen", page)["ho_ten_uy_quyen"].value
    page = sheet((100, 100, "Họ tên bên ủy quyền: Quảng Ninh"))
    assert fields("giay_uy_quyen", page)["ho_ten_uy_quyen"].needs_review


def test_the_term_of_a_card_may_be_none():
    page = sheet((100, 100, "Hạn dùng:"), (400, 100, "Không thời hạn"))
    assert fields("can_cuoc", page)["co_gia_tri_den"].value == "Không thời hạn"
