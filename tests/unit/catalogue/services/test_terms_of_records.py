"""Every length of time of a national record is in the public answer, with its sentence; none is known that is doubtful.

The checker reads the raw JSON alone and has nothing of the importer's: it finds numbers, units and sentences its own
way. The 35 records, and 210 that were changed, each by one thing that a record may say.
"""

import copy
import json
import re
import unicodedata
from typing import NamedTuple

import pytest

from chalicelib.catalogue.records.reading import read_record
from chalicelib.catalogue.services.service import Service, begun
from chalicelib.catalogue.services.views import service_view
from tests.unit.catalogue.records.given import CODES, FOLDER

UNITS = (("ngày làm việc", "wd"), ("giờ làm việc", "wh"), ("ngày", "d"), ("giờ", "h"), ("tháng", "m"))
FIELDS = {"WORKING_DAY": "wd", "DAY": "d", "MONTH": "m"}
REMOTE = ("miền núi", "biên giới", "hải đảo", "vùng sâu", "vùng xa", "đặc biệt khó khăn")
UNCOUNTED = ("không bao gồm thời gian", "không tính thời gian", "không kể thời gian")


class Length(NamedTuple):
    """A number with its unit, in a sentence of a text; the unit is None where the record's field says none of ours."""

    number: float
    unit: str | None
    words: str


def flat(text):
    """A text without what only its layout is: blanks, line ends, invisible letters, the way accents are composed."""
    letters = unicodedata.normalize("NFC", text)
    return " ".join("".join(c for c in letters if unicodedata.category(c) != "Cf").split())


def lengths(text):
    """The lengths of time of a text, found number by number."""
    found = []
    for line in text.replace("\r", "\n").split("\n"):
        sentence = flat(line)
        words = sentence.lower()
        at = 0
        while at < len(words):
            if not words[at].isdigit():
                at += 1
                continue
            end = at
            while end < len(words) and (
                words[end].isdigit() or (words[end] in ".," and words[end + 1 : end + 2].isdigit())
            ):
                end += 1
            rest = words[end:].lstrip()
            if rest.startswith("("):
                rest = rest.partition(")")[2].lstrip()
            unit = next((code for name, code in UNITS if rest.startswith(name)), None)
            number = words[at:end].replace(",", ".")
            before = words[at - 1] if at else " "
            is_date = (unit == "m" and re.match(r"tháng\s+\d", rest)) or re.match(r"\w+\s+\d+\s+năm", rest)
            if unit and number.count(".") < 2 and before not in "/.,-" and not is_date:
                found.append(Length(float(number), unit, sentence))
            at = end
    return found


def raw_methods(record):
    return record.get("executionMethods") or []


def stated(record):
    """All that a raw record says of terms: fields of its ways of submitting and cases, and its texts."""
    said, texts = [], []
    for method in raw_methods(record):
        value, unit = method.get("processingTime"), method.get("processingTimeUnit")
        if isinstance(value, str) and not re.fullmatch(r"[\d.,]+", value.strip()):
            texts.append(value)
        elif value is not None:
            said.append(Length(float(str(value).replace(",", ".")), FIELDS.get(unit), ""))
        texts.append(method.get("description") or "")
    for case in record.get("cases") or []:
        day = case.get("processingDay") or {}
        if day.get("qty") is not None:
            said.append(Length(float(day["qty"]), FIELDS.get(day.get("type")), ""))
    return said, [text for text in texts if text.strip()]


def checked(record):
    """What of the record's terms the public answer lacks, and what it shows as known against the record's words."""
    answer = json.loads(service_view(Service(begun(read_record(record).facts), {}, None, ())).model_dump_json())
    times = answer["times"]
    shown = {(t["quantity"], t["unit"]) for t in times} | {
        (s["quantity"], s["unit"]) for t in times for s in t["sentences"]
    }
    words = [flat(t["text_vi"]) for t in times]
    fields, texts = stated(record)
    lacks = [each for each in fields if (each.number, each.unit) not in shown]
    for text in texts:
        lacks += [text] if not any(flat(text) in each for each in words) else []
        lacks += [each for each in lengths(text) if (each.number, each.unit) not in shown]
        if any(clause in flat(text).lower() for clause in UNCOUNTED):
            lacks += [] if any(t["not_counted_vi"] for t in times if flat(text) in flat(t["text_vi"])) else [text]
    return lacks, [each for each in times if each["term"] and wrong(each, record)], answer


def wrong(time, record):
    """A term that is shown as known although something in the record speaks of another one, or of a condition."""
    number, unit = re.fullmatch(r"(\d+)(\D+)", time["term"]).groups()
    known = (float(number), unit)
    text = flat(time["text_vi"]).lower()
    others = [each for each in lengths(time["text_vi"]) if (each.number, each.unit) != known]
    rivals = [
        each
        for method in raw_methods(record)
        if isinstance(method.get("processingTime"), (int, float))
        and time["channel"] in {None, method.get("submissionMethod")}
        and (each := (float(method["processingTime"]), FIELDS.get(method.get("processingTimeUnit")))) != known
    ]
    return bool(others or rivals or any(name in text for name in REMOTE)) or not time["certain"]


def open_pointers(answer):
    return {each["pointer"] for each in answer["unknown"]}


def record_of(code):
    return json.loads((FOLDER / f"{code}.json").read_text("utf-8"))["data"]


def changed(number):
    """A record with one thing changed, and which: counted, so that each run changes the same."""
    code = CODES[number % len(CODES)]
    kind = number // len(CODES)
    record = copy.deepcopy(record_of(code))
    for place, method in enumerate(raw_methods(record)):
        text, amount = method.get("description") or "", number % 29 + 2
        if kind == 0:
            method |= {"processingTime": amount, "processingTimeUnit": "WORKING_DAY"}
        elif kind == 1:
            method["description"] = f"{text}\nĐối với các xã hải đảo, biên giới: không quá {amount + 40} ngày làm việc."
        elif kind == 2:
            method["description"] = f"{text}\nTrường hợp cần xác minh thì kéo dài thêm {amount} ngày."
        elif kind == 3:
            method["description"] = f"{text}\nThời hạn trên không bao gồm thời gian {amount} ngày cơ quan thuế xử lý."
        elif kind == 4:
            method["processingTime"] = (
                f"Không quá {amount} ngày làm việc; trường hợp phức tạp không quá {amount + 7} ngày."
            )
        else:
            method |= {"processingTime": amount + place + 0.5, "processingTimeUnit": "DAY"}
    return record


@pytest.mark.parametrize("code", CODES)
def test_a_record_is_told_whole(code):
    lacks, against, answer = checked(record_of(code))
    assert lacks == []
    assert against == []
    for place, time in enumerate(answer["times"]):
        assert time["certain"] is (f"/times/{place}/term" not in open_pointers(answer))
        assert time["certain"] is (time["term"] is not None)


@pytest.mark.parametrize("kind", range(6))
def test_a_changed_record_is_told_whole(kind):
    for number in range(kind * len(CODES), (kind + 1) * len(CODES)):
        lacks, against, _ = checked(changed(number))
        assert (number, lacks, against) == (number, [], [])


def test_the_checker_sees_what_is_lost():
    record = record_of("1.115784")
    assert len(lengths(raw_methods(record)[0]["description"])) == 2
    _, _, answer = checked(record)
    (first, *_), times = stated(record)[0], answer["times"]
    assert (first.number, first.unit) == (8, "wd")
    assert wrong({**times[0], "term": "8wd", "certain": True}, record), "a term shown without its condition"
    assert len(CODES) + 6 * len(CODES) == 245
