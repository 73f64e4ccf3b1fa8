"""The dot below that went with the dots of a leader, and the hook that is taken for an accent."""

import pytest

from chalicelib.digitisation.model import Word
from chalicelib.digitisation.tidying import without_leader
from chalicelib.digitisation.tones import has_unsure_hook, with_dots_below


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Viêt Nam", "Việt Nam"), ("khu vưc", "khu vực"), ("khu tâp thể", "khu tập thể"), ("Ngoc Linh,", "Ngọc Linh,"),
        ("CHUYÊT", "CHUYỆT"), ("tỉnh Thanh Hóa", "tỉnh Thanh Hóa"), ("Cháu họ", "Cháu họ"), ("Đắk Lắk", "Đắk Lắk"),
        ("Bắc, cấp, tích", "Bắc, cấp, tích"), ("Kpuih Dơn", "Kpuih Dơn"), ("K'Hut 12", "K'Hụt 12"),
    ],
)  # fmt: skip
def test_a_syllable_that_ends_in_a_stop_has_a_tone(read, printed):
    assert with_dots_below(read) == printed


def test_only_on_a_leader():
    box = (0, 0, 60, 20)
    words = [(Word("Viêt", box, 0.9, box, "Viêt"), box), (Word("Viêt", box, 0.9, box), None)]
    assert [(word.text, word.other) for word in without_leader(words)] == [("Việt", "Việt"), ("Viêt", "")]


@pytest.mark.parametrize(
    ("read", "unsure"),
    [
        ("phường Cấm Phả", True), ("Tố 11, khu 2B", True), ("Nguyễn Đình Chiếu", True), ("đối biến số", True),
        ("phường Cẩm Phả", False), ("phố Quốc Tử Giám, phường Phú Xuân", False), ("Đắk Pốk", False),
        ("sổ đất", False), ("số", True), ("Mất khả năng", False),
    ],
)  # fmt: skip
def test_an_accent_over_a_circumflex_may_be_a_hook(read, unsure):
    """Of "số" the other, "sổ", is known too; of "phố" and "đối" it is not."""
    assert has_unsure_hook(read, frozenset(("phố", "đối", "số", "sổ"))) == unsure
