"""Syllables, however they were typed."""

from chalicelib.catalogue.procedures.words import syllables


def test_a_syllable_is_the_same_wherever_its_tone_was_typed():
    assert syllables("hoà huỷ kĩ") == syllables("hòa hủy kỹ")
    assert [word.plain for word in syllables("Đường 2026, số-nhà_3")] == ["duong", "2026", "so", "nha", "3"]
