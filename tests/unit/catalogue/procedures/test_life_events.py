"""Life events group entries for people who do not know a procedure's name; they are ours, not the law's."""

import json
from importlib import resources

import pytest

from chalicelib.catalogue.procedures.life_events import life_events, life_events_of


@pytest.mark.parametrize(
    ("name", "fields", "events"),
    [
        ("Thủ tục đăng ký khai sinh", ("Hộ tịch",), ("birth",)),
        ("Thủ tục đăng ký khai tử", ("Hộ tịch",), ("death",)),
        ("Xóa đăng ký thường trú", ("Đăng ký, quản lý cư trú",), ("residence", "death")),
        ("Đổi giấy phép lái xe", (), ("vehicle",)),
        ("HƯỞNG TRỢ CẤP MAI TÁNG", ("Bảo hiểm xã hội",), ("death",)),
        ("Đăng ký thành lập hộ kinh doanh", (), ("business",)),
        ("Khai thuế bảo vệ môi trường", ("Thuế",), ()),
    ],
)
def test_an_entry_belongs_where_its_words_or_its_field_say(name, fields, events):
    assert life_events_of(name, fields) == events


def test_a_field_is_known_in_any_case_and_unicode_form():
    assert life_events_of("Miễn nhiệm", ["NGƯỜI  CÓ CÔNG"]) == ("merit",)
    assert life_events_of("Miễn nhiệm", ["Người có công"]) == ("merit",)


def test_words_are_found_only_as_whole_syllables():
    assert "home" in life_events_of("Cấp lại số nhà")
    assert "home" not in life_events_of("Cấp lại số nhàn")
    assert life_events_of("") == ()


def test_the_file_says_in_both_languages_that_the_grouping_is_not_law():
    folder = resources.files("chalicelib.catalogue") / "data" / "search"
    for file in ("life_events.json", "synonyms.json", "abbreviations.json", "stop_words.json"):
        data = json.loads((folder / file).read_text(encoding="utf-8"))
        assert "không phải quy định pháp luật" in data["note_vi"]
        assert "not law" in data["note_en"]


def test_every_life_event_is_named_in_both_languages_and_only_once():
    events = life_events()
    assert len({event.code for event in events}) == len(events) > 10
    assert all(event.name_vi and event.name_en and (event.words or event.fields or event.groups) for event in events)
