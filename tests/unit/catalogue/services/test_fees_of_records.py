"""Every fee of a national record is in the public answer, or is named there as unknown; none is certain that is not.

The checker reads the raw JSON alone and has nothing of the importer's. The 35 records, and 210 that were changed, each
by one thing that a record may say.
"""

import copy
import json
import re
import unicodedata

import pytest

from chalicelib.catalogue.records.reading import read_record
from chalicelib.catalogue.services.service import Service, begun
from chalicelib.catalogue.services.views import service_view
from tests.unit.catalogue.records.given import CODES, FOLDER

MONEY = {"Việt Nam Đồng": "VND", "USD": "USD"}
SUM = re.compile(r"([\d.,]*\d)\s*(?:đồng|đ\b|vnđ|usd)", re.IGNORECASE)
SPARED = ("miễn", "giảm", "không thu")
DEPENDS = ("trường hợp", "đối với", "tối đa", "theo quy định", "hội đồng nhân dân")


def flat(text):
    """A text without what only its layout is."""
    letters = unicodedata.normalize("NFC", text or "")
    return " ".join("".join(c for c in letters if unicodedata.category(c) != "Cf").split())


def rows(record):
    """Each fee of the raw record: its channel, type, number, currency and words."""
    for method in record.get("executionMethods") or []:
        for fee in method.get("fees") or []:
            money = MONEY.get(fee.get("currencyName"))
            yield method["submissionMethod"], fee["type"], fee.get("value"), money, flat(fee.get("description"))


def sums(text):
    return {int(found.replace(".", "").replace(",", "")) for found in SUM.findall(text)}


def answer_of(record):
    return json.loads(service_view(Service(begun(read_record(record).facts), {}, None, ())).model_dump_json())


def checked(record):
    """The rows of the record that the public answer lacks, and what it says for certain against the record."""
    answer = answer_of(record)
    fees = list(enumerate(answer["fees"]))
    unknown = {each["pointer"] for each in answer["unknown"]}
    lacks = []
    for channel, kind, value, money, words in rows(record):
        mine = [
            (place, fee)
            for place, fee in fees
            if (fee["channel"], fee["type"]) == (channel, kind) and words in flat(fee["text_vi"])
        ]
        if not any(is_told(value, money, words, fee, place, unknown) for place, fee in mine):
            lacks.append((channel, kind, value, money, words))
    return lacks, [fee for _, fee in fees if fee["certain"] and is_wrong(fee, record)], answer


def is_told(value, money, words, fee, place, unknown):
    """Whether a row's number and currency are in a fee of the answer, or named as unknown."""
    if not value:
        free = fee["amount"] == 0 and words.lower().startswith("miễn")
        return free or (fee["amount"] is None and f"/fees/{place}/amount" in unknown)
    open_money = fee["currency"] is None and f"/fees/{place}/currency" in unknown
    currency = fee["currency"] == money if money else open_money or value in sums(words)
    missing = {each for each in sums(words) if each != value} - {tier["amount"] for tier in fee["tiers"]}
    return currency and fee["amount"] == value and not missing


def is_wrong(fee, record):
    """A certain fee against which something in the record speaks."""
    same = [row for row in rows(record) if row[:2] == (fee["channel"], fee["type"])]
    texts = [row[4] for row in rows(record)]
    texts += [flat(method.get("description")) for method in record.get("executionMethods") or []]
    if fee["amount"] == 0:
        return any(row[2] or not row[4] for row in same) or any(sums(row[4]) for row in same)
    return (
        {(row[2], row[3]) for row in same} != {(fee["amount"], fee["currency"])}
        or any(word in text.lower() for text in texts for word in SPARED)
        or any(word in row[4].lower() for row in same for word in DEPENDS)
        or any(sums(row[4]) - {fee["amount"]} for row in same)
        or (fee["currency"] == "VND" and fee["amount"] < 1000)
    )


def record_of(code):
    return json.loads((FOLDER / f"{code}.json").read_text("utf-8"))["data"]


def changed(number):
    """A record with one thing changed, and which: counted, so that each run changes the same."""
    record, kind = copy.deepcopy(record_of(CODES[number % len(CODES)])), number // len(CODES)
    for method in record.get("executionMethods") or []:
        given = [{"type": "FEE", "value": 8000, "currencyName": "Việt Nam Đồng", "description": ""}]
        method["fees"] = method.get("fees") or given
        for fee in method["fees"]:
            said = [
                {"value": 0, "description": ""},
                {"value": number + 2000, "currencyName": "Bảng Anh", "description": ""},
                {"value": number % 90 + 10, "currencyName": "USD", "description": ""},
                {"value": 9000, "currencyName": "Việt Nam Đồng", "description": f"Giảm {number % 60} % cho trẻ em"},
                {"value": 2000, "currencyName": "Việt Nam Đồng",
                 "description": f"2.000 đồng/trang; từ trang thứ 3 thu 1.{number:03} đồng/trang"},
                {"value": number + 3000, "currencyName": "Việt Nam Đồng", "description": f"{number}.000 đồng/lần"},
            ]  # fmt: skip
            fee.update(said[kind])
        if kind == 2:
            method["fees"].append({**method["fees"][0], "value": 99})
    return record


@pytest.mark.parametrize("code", CODES)
def test_a_record_is_told_whole(code):
    lacks, wrong, answer = checked(record_of(code))
    assert (lacks, wrong) == ([], [])
    unknown = {each["pointer"] for each in answer["unknown"]}
    for pointer in unknown:
        if pointer.startswith("/fees/"):
            place, name = pointer.split("/")[2:4]
            assert answer["fees"][int(place)]["certain"] is False, pointer
            assert name == "amount" or answer["fees"][int(place)]["currency"] is None


@pytest.mark.parametrize("kind", range(6))
def test_a_changed_record_is_told_whole(kind):
    for number in range(kind * len(CODES), (kind + 1) * len(CODES)):
        lacks, wrong, _ = checked(changed(number))
        assert (number, lacks, wrong) == (number, [], [])


def test_dollars_are_dollars_and_some_fees_are_certain():
    """The checker would pass an answer that is never certain."""
    told = {
        (fee["amount"], fee["currency"])
        for code in CODES
        for fee in answer_of(record_of(code))["fees"]
        if fee["certain"]
    }
    assert {(100, "USD"), (5, "USD"), (15, "USD"), (10, "USD")} <= told


def test_the_checker_sees_what_is_lost():
    record = record_of("1.004194")
    fee = {**answer_of(record)["fees"][0], "certain": True}
    assert (fee["amount"], fee["currency"]) == (7000, "VND")
    assert is_wrong(fee, record), "one of several, and some are spared"
    dollars = record_of("2.000689")
    assert is_wrong({**answer_of(dollars)["fees"][0], "currency": "VND"}, dollars)
    assert is_wrong({"channel": "ONLINE", "type": "SERVICE_FEE", "amount": 0}, record_of("1.001193")), "a blank 0"
    assert not is_told(8000, None, "", {**fee, "amount": 8000, "currency": "VND"}, 0, set()), "nobody said dong"
    assert len(CODES) + 6 * len(CODES) == 245
