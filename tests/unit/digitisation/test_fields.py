import pytest

from chalicelib.digitisation.fields import extract, kinds
from chalicelib.digitisation.model import PageText, Word
from infra.demo.scans import KINDS
from tests.unit.digitisation.support import values


def typed(text):
    """A page of which only the text is known."""
    return PageText(text, (), 0.0, 200, (1, 1))


def test_the_kinds_of_the_generator_are_known():
    assert kinds() == KINDS
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
