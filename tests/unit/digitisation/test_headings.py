"""Labels that say only with the heading above them what they mean."""

import pytest

from chalicelib.digitisation.fields import extract
from tests.unit.digitisation.test_fields import placed, sheet, values


def test_a_label_of_one_word_means_what_its_heading_says():
    page = sheet(
        (100, 100, "Họ, chữ đệm, tên:"), (400, 100, "LÒ THỊ MAI"), (100, 150, "Đăng ký"),
        (200, 200, "Tại:"), (400, 200, "Ủy ban nhân dân phường An Khê, tỉnh Gia Lai"),
        (200, 250, "Ngày:"), (400, 250, "27/01/2021"),
    )  # fmt: skip
    found = values("giay_chung_nhan_ket_hon", page)
    assert found["noi_dang_ky"] == "Ủy ban nhân dân phường An Khê, tỉnh Gia Lai"
    assert found["ngay_dang_ky"] == "27/01/2021"


def test_the_title_of_a_paper_is_no_heading_of_a_part():
    page = sheet(
        (400, 50, "TRÍCH LỤC KHAI TỬ"), (100, 100, "Tại:"), (400, 100, "TDP Đồng Tâm 3, đặc khu Cô Tô, tỉnh Quảng Ninh")
    )
    found = values("trich_luc_khai_tu", page)
    assert (found["noi_dang_ky"], found["noi_chet"]) == ("", "TDP Đồng Tâm 3, đặc khu Cô Tô, tỉnh Quảng Ninh")


@pytest.mark.parametrize(("heading", "number"), [("II. Thửa đất", "551"), ("Thửa đất", "551")])
def test_the_number_of_a_row_below_a_heading_is_no_value(heading, number):
    page = sheet(
        (100, 100, heading), (120, 140, "4"), (200, 140, "Thửa đất số"), (500, 140, number),
        (800, 140, "Tờ bản đồ số"), (1000, 140, "77"),
    )  # fmt: skip
    found = values("giay_chung_nhan_dat", page)
    assert (found["thua_dat"], found["to_ban_do"]) == (number, "77")


def test_the_next_row_of_a_numbered_table_goes_on_with_nothing():
    page = sheet(
        (100, 100, "7"), (160, 100, "Cấp để dùng vào việc"), (500, 100, "Đăng ký kết hôn với ông/bà Quan Tất Phiên"),
        (100, 140, "8"), (160, 140, "Giá trị sử dụng"), (500, 140, "06 tháng, tính từ ngày cấp"),
    )  # fmt: skip
    assert values("xac_nhan_hon_nhan", page)["muc_dich"] == "Đăng ký kết hôn với ông/bà Quan Tất Phiên"


def test_a_place_goes_on_flush_right_and_where_it_began():
    page = sheet(
        (100, 100, "Nơi thường trú"), (460, 100, "169/20/3 Bà Triệu, xã Chư Sê, tỉnh Gia"), (810, 125, "Lai"),
        (100, 200, "Quê quán: Ấp 2A, xã Vĩnh An, huyện Vĩnh Bảo, thành phố Hải"), (200, 225, "Phòng"),
    )  # fmt: skip
    found = values("can_cuoc", page)
    assert found["noi_thuong_tru"] == "169/20/3 Bà Triệu, xã Chư Sê, tỉnh Gia Lai"
    assert found["que_quan"] == "Ấp 2A, xã Vĩnh An, huyện Vĩnh Bảo, thành phố Hải Phòng"


def test_a_label_and_its_value_without_a_blank_are_two():
    assert values("giay_chung_nhan_ket_hon", sheet((100, 100, "Số:14")))["so"] == "14"


def test_a_label_without_its_marks_is_one_still():
    page = sheet((100, 100, "Giơ, ngày đẻ"), (400, 100, "00 giơ 24 phút, ngày 25 tháng 07 năm 2025"))
    assert values("giay_chung_sinh", page)["thoi_gian_sinh"] == "00 giờ 24 phút, ngày 25 tháng 07 năm 2025"


@pytest.mark.parametrize(
    ("read", "value", "reason"),
    [
        ("Phòng 0301, khu tập thể Hàm Nghi, tỉnh Ninh Bình", "Phòng 0301, khu tập thể Hàm Nghi, tỉnh Ninh Bình", ""),
        (
            "Phòng 0301, khu tập thế Hàm Nghi, tỉnh Ninh Bình", "Phòng 0301, khu tập thể Hàm Nghi, tỉnh Ninh Bình",
            "doubtful",
        ),
        ("xã Quế Phong, tỉnh Nghê An", "xã Quế Phong, tỉnh Nghệ An", "doubtful"),
        ("xã Tân, TP, Phú Quốc, tỉnh An Giang", "xã Tân, TP. Phú Quốc, tỉnh An Giang", "doubtful"),
        ("khu nhả Hàm Nghi, tỉnh Ninh Bình", "khu nhà Hàm Nghi, tỉnh Ninh Bình", "doubtful"),
        ("ngõ dài Hàm Nghi, tỉnh Ninh Bình", "ngõ dài Hàm Nghi, tỉnh Ninh Bình", ""),
        ("khu tặn Hàm Nghi, tỉnh Ninh Bình", "khu tặn Hàm Nghi, tỉnh Ninh Bình", "doubtful"),
    ],
)  # fmt: skip
def test_small_words_of_a_place_are_known_ones_and_what_was_mended_is_looked_at(read, value, reason):
    found = next(each for each in extract("quyet_dinh", [sheet((100, 100, f"Nơi cư trú: {read}"))]) if each.value)
    assert (found.value, found.reason) == (value, reason)
    assert found.alternatives == (() if read == value else (read,))


def test_the_number_of_a_certificate_has_its_blank():
    assert values("giay_chung_nhan_dat", sheet((100, 100, "CL728515")))["so_phat_hanh"] == "CL 728515"


PARAGRAPH = "Giấy này được cấp để sử dụng vào mục đích: Làm hồ sơ đi học"


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        (PARAGRAPH, (100, "tập, lao động ở nước ngoài."), "Làm hồ sơ đi học tập, lao động ở nước ngoài"),
        (PARAGRAPH + ".", (100, "Trong thời hạn ghi ở đây."), "Làm hồ sơ đi học"),
        (PARAGRAPH, (20, "Trong thời hạn ghi ở đây."), "Làm hồ sơ đi học"),
    ],
    ids=["the rest", "another sentence", "another margin"],
)
def test_a_value_goes_on_below_the_indented_first_line_of_its_paragraph(first, second, value):
    page = placed((first, 180, 100, 1300), (second[1], second[0], 145, 600))
    found = {field.name: field for field in extract("xac_nhan_hon_nhan", [page])}
    assert found["muc_dich"].value == value
