"""What is let through without a second look has evidence: of its letters, of whose it is, of where it ends."""

import pytest

from chalicelib.digitisation.fields import extract
from chalicelib.digitisation.model import PageText, Word


def sheet(*pieces, confidence=0.97):
    """A page with pieces of text at (left, top); each letter is 10 pixels wide, each line 20 high."""
    words = []
    for left, top, text in pieces:
        line, at = (left, top, left + 10 * len(text), top + 20), left
        for word in text.split():
            words.append(Word(word, (at, top, at + 10 * len(word), top + 20), confidence, line))
            at += 10 * len(word) + 10
    return PageText("\n".join(text for _, _, text in pieces), tuple(words), 0.0, 200, (1600, 2300))


def found(kind, *pieces):
    """The fields of a page, by name: their values, and why they are looked at."""
    return {field.name: (field.value, field.reason) for field in extract(kind, [sheet(*pieces)])}


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("phường Cẩm Phả, tỉnh Quảng Ninh", ""), ("phường Cấm Phả, tỉnh Quảng Ninh", "doubtful"),
        ("Tố 11, phường Ô Môn, thành phố Cần Thơ", "doubtful"), ("Tổ 11, phường Ô Môn, thành phố Cần Thơ", ""),
        ("Số 2, phố Quốc Tử Giám, tỉnh Bến Tre", ""),
    ],
)  # fmt: skip
def test_an_accent_of_a_place_that_may_be_a_hook_is_looked_at(place, reason):
    assert found("xac_nhan_cu_tru", (100, 100, f"Quê quán: {place}"))["que_quan"] == (place, reason)


def couple(first, second, *, kind="giay_chung_nhan_ket_hon", person="Họ, chữ đệm, tên"):
    """A paper of two people with the same labels, below the headings given."""
    page = (
        (100, 100, first), (100, 150, f"{person}: Vàng A Pá"), (100, 200, "Ngày sinh: 03/11/1974"),
        (100, 300, second), (100, 350, f"{person}: Lò Thị Mai"), (100, 400, "Ngày sinh: 02/07/1975"),
    )  # fmt: skip
    return {name: told for name, told in found(kind, *page).items() if name.startswith("ngay_sinh")}


def test_of_two_people_both_are_named():
    right = {"ngay_sinh_vo": ("02/07/1975", ""), "ngay_sinh_chong": ("03/11/1974", "")}
    assert couple("BÊN NAM", "BÊN NỮ") == right
    assert {reason for _, reason in couple("THỨ NHẤT", "THỨ HAI").values()} == {"doubtful"}
    assert {reason for _, reason in couple("BÊN NAM", "THỨ HAI").values()} == {"doubtful"}


def test_who_gives_a_power_stands_before_who_gets_it():
    told = couple("THỨ NHẤT", "THỨ HAI", kind="giay_uy_quyen")
    assert told == {"ngay_sinh_uy_quyen": ("03/11/1974", ""), "ngay_sinh_duoc_uy_quyen": ("02/07/1975", "")}


def test_what_an_unknown_label_of_several_people_means_is_looked_at():
    """Which of them was open at a label that is known by its words only is not known any more."""
    told = found(
        "giay_uy_quyen",
        (100, 100, "Người ủy quyền"), (600, 100, "Vàng A Pá"),
        (100, 150, "Chip căn cước"), (600, 150, "046197000123"),
        (100, 200, "Người được ủy quyền"), (600, 200, "Lò Thị Mai"),
        (100, 250, "Chip căn cước"), (600, 250, "046197000456"),
    )  # fmt: skip
    numbers = {told["so_giay_to_uy_quyen"], told["so_giay_to_duoc_uy_quyen"]}
    assert numbers == {("046197000123", "doubtful"), ("046197000456", "doubtful")}


def test_a_day_without_a_label_is_none_that_a_sentence_names():
    law = (100, 300, "Căn cứ Nghị định số 118 ngày 09 tháng 6 năm 2025 của Chính phủ;")
    told = found("quyet_dinh", (800, 100, "Hà Tiên, ngày 237 tháng 7 năm 2025"), law)["ngay_ban_hanh"]
    assert told == ("ngày 09 tháng 6 năm 2025", "doubtful")
    told = found("quyet_dinh", (800, 100, "Hà Tiên, ngày 27 tháng 7 năm 2025"), law)["ngay_ban_hanh"]
    assert told == ("ngày 27 tháng 7 năm 2025", "")


def test_what_stands_beside_an_unknown_label_goes_on_with_nothing():
    purpose = found(
        "xac_nhan_hon_nhan",
        (100, 100, "Mục đích sử dụng"), (500, 100, "Đăng ký kết hôn với bà Vũ Bội Lương"),
        (100, 125, "Còn hạn tới"), (500, 125, "19/05/2026"),
    )["muc_dich"]  # fmt: skip
    assert purpose == ("Đăng ký kết hôn với bà Vũ Bội Lương", "")
