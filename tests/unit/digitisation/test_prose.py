"""Values in running text, that no label with a colon gives."""

import pytest

from chalicelib.digitisation.model import PageText
from tests.unit.digitisation.support import values


def lines(*texts, left=100, width=10, indent=0):
    """A page of lines one below the other, each letter `width` pixels wide; the first may be indented."""
    from chalicelib.digitisation.model import Word

    words = []
    for number, text in enumerate(texts):
        at, top = left + (0 if number else indent), 100 + 30 * number
        line = (at, top, at + width * len(text), top + 20)
        for word in text.split():
            words.append(Word(word, (at, top, at + width * len(word), top + 20), 0.97, line))
            at += width * (len(word) + 1)
    return PageText("\n".join(texts), tuple(words), 0.0, 200, (1654, 2339))


def test_a_sentence_says_values_without_labels():
    found = values(
        "xac_nhan_hon_nhan",
        lines(
            "Xét đề nghị của ông/bà Vàng A Pá, về việc cấp Giấy xác nhận cho Lò Thị Mai, sinh ngày 05/03/1987,",
            "giới tính Nữ, dân tộc Thái, quốc tịch Việt Nam, giấy tờ tùy thân số 046197000123, nơi cư trú Bản",
            "Nà Lốc, xã Quỳnh Lưu, TP. Huế; nay xác nhận.",
        ),
    )
    assert found == found | {
        "ho_ten": "Lò Thị Mai", "ngay_sinh": "05/03/1987", "gioi_tinh": "Nữ", "dan_toc": "Thái",
        "quoc_tich": "Việt Nam", "so_giay_to": "046197000123", "noi_cu_tru": "Bản Nà Lốc, xã Quỳnh Lưu, TP. Huế",
    }  # fmt: skip


def test_the_person_that_nothing_else_is_told_of_is_taken_last():
    found = values("xac_nhan_hon_nhan", lines("Xét đề nghị của ông/bà Vàng A Pá về việc trên."))
    assert found["ho_ten"] == "Vàng A Pá"


def test_whose_a_value_is_stands_behind_the_name():
    found = values(
        "giay_uy_quyen",
        lines(
            "Gồm có bà/ông Lò Thị Mai, người ủy quyền, CCCD 046197000123, sinh 05/03/1987, trú tại Huế;",
            "và bà/ông Vàng A Pá, người được ủy quyền, CCCD 046197000124, sinh 06/3/1987, trú tại xã Rô,",
            "tỉnh Lâm Đồng, thỏa thuận như sau:",
        ),
    )
    assert found == found | {
        "ho_ten_uy_quyen": "Lò Thị Mai", "so_giay_to_uy_quyen": "046197000123", "ngay_sinh_uy_quyen": "05/03/1987",
        "noi_cu_tru_uy_quyen": "Huế", "ho_ten_duoc_uy_quyen": "Vàng A Pá", "so_giay_to_duoc_uy_quyen": "046197000124",
        "ngay_sinh_duoc_uy_quyen": "06/3/1987", "noi_cu_tru_duoc_uy_quyen": "xã Rô, tỉnh Lâm Đồng",
    }  # fmt: skip


def test_a_village_whose_name_is_like_that_of_a_side_is_no_side():
    found = values(
        "giay_uy_quyen",
        lines(
            "Tôi là Lò Thị Mai, sinh ngày 05/03/1987, mang căn cước/CMND số 046197000123, hiện cư trú tại bon Bu",
            "N'Doh, xã Mường Bú, tỉnh Sơn La.",
            "Bằng giấy này tôi ủy quyền cho Vàng A Pá, sinh ngày 06/03/1987, mang căn cước/CMND số 046197000124,",
            "hiện cư trú tại xã Rô, tỉnh Lâm Đồng.",
        ),
    )
    assert found == found | {
        "so_giay_to_uy_quyen": "046197000123", "noi_cu_tru_uy_quyen": "bon Bu N'Doh, xã Mường Bú, tỉnh Sơn La",
        "so_giay_to_duoc_uy_quyen": "046197000124", "noi_cu_tru_duoc_uy_quyen": "xã Rô, tỉnh Lâm Đồng",
    }  # fmt: skip


@pytest.mark.parametrize("said", ["căn cước công dân sô", "thẻ căn cước sô", "căn cước công dân số."])
def test_the_last_word_of_a_name_may_be_misread_where_it_tells_no_side(said):
    found = values(
        "giay_uy_quyen", lines(f"Tôi là Lò Thị Mai, sinh ngày 05/03/1987, {said} 046197000123, hiện ở xã Rô.")
    )
    assert found["so_giay_to_uy_quyen"] == "046197000123"


def test_a_label_within_a_sentence_gives_no_more_than_its_sentence():
    found = values(
        "giay_uy_quyen",
        lines(
            "Một là, phạm vi ủy quyền: Nộp hồ sơ và nhận kết quả; người được ủy quyền được ký giấy",
            "tiếp nhận và nhận lại bản chính.",
            indent=60,
        ),
    )
    assert found["noi_dung"] == "Nộp hồ sơ và nhận kết quả"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tôi là Lò Mai, dân tộc Thái, làm ruộng", "Thái"),
        ("Các dân tộc Thái và Mông sống ở đây", ""),  # no phrase begins there
        ("Tôi là Lò Mai, dân tộc", ""),
    ],
)
def test_a_value_is_told_at_the_beginning_of_a_phrase(text, value):
    assert values("xac_nhan_hon_nhan", lines(text))["dan_toc"] == value


def test_what_two_columns_say_is_not_one_paragraph():
    page = PageText(
        "", (*lines("Cấp cho ông Lò Văn", left=100).words, *lines("An, sinh ngày 05/03/1987", left=900).words),
        0.0, 200, (1654, 2339),
    )  # fmt: skip
    assert values("xac_nhan_hon_nhan", page)["ho_ten"] == "Lò Văn"


def test_text_goes_on_about_the_person_whose_name_a_label_gave():
    found = values(
        "giay_uy_quyen",
        lines(
            "Tôi là Lâm Gái, sinh ngày 03/10/1951, mang giấy tờ tùy thân số",
            "032248575562, cư trú tại số nhà 76, đường Mai Thúc Loan, xã Dầu",
            "Tiếng, TP.HCM.",
            "Nay do đang điều trị tại bệnh viện, không đi lại được, tôi ủy quyền",
            "cho Vũ Lương Nhiên, sinh ngày 08/09/1987, mang giấy tờ tùy thân số",
            "012388841445, cư trú tại Bản Co Củ, xã Thất Khê, tỉnh Lạng Sơn, làm",
            "thay tôi việc sau đây.",
        ),
    )
    assert found == found | {
        "ho_ten_uy_quyen": "Lâm Gái", "ngay_sinh_uy_quyen": "03/10/1951", "so_giay_to_uy_quyen": "032248575562",
        "noi_cu_tru_uy_quyen": "số nhà 76, đường Mai Thúc Loan, xã Dầu Tiếng, TP.HCM",
        "ho_ten_duoc_uy_quyen": "Vũ Lương Nhiên", "ngay_sinh_duoc_uy_quyen": "08/09/1987",
        "so_giay_to_duoc_uy_quyen": "012388841445",
        "noi_cu_tru_duoc_uy_quyen": "Bản Co Củ, xã Thất Khê, tỉnh Lạng Sơn",
    }  # fmt: skip
