"""The dot below that went with the dots of a leader."""

import pytest

from chalicelib.digitisation.model import Word
from chalicelib.digitisation.tidying import without_leader
from chalicelib.digitisation.tones import with_dots_below


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
