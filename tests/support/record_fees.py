"""Whether fees say what a record says, and nothing else for certain."""

from collections import Counter
from collections.abc import Iterator

from tests.support.records_changed import Raw
from tests.support.records_found import Finding, number_of, owned
from tests.support.records_said import (
    CURRENCY_IDS,
    DOUBT,
    MONEY,
    core,
    currencies,
    plain,
    sums,
)


def _currency(fee: Raw) -> set[str]:
    """What the fields say of the currency: the name, which says it by itself, or else the id."""
    if name := plain(fee.get("currencyName")).lower():
        return {MONEY[name]} if name in MONEY else set()
    return {CURRENCY_IDS[fee["currencyId"]]} if fee["currencyId"] in CURRENCY_IDS else set()


def _entries(answer: Raw, channel: str | None, fee: Raw) -> list[tuple[int, Raw]]:
    words = core(fee["description"])
    return [
        (index, entry)
        for index, entry in enumerate(answer["fees"])
        if entry["channel"] in (None, channel)
        and entry["type"] == fee["type"]
        and (
            words in plain(entry["text_vi"])
            if words
            else not entry["text_vi"] or plain(fee["value"]) in plain(entry["text_vi"])
        )
    ]


def fees(raw: Raw, answer: Raw) -> Iterator[Finding]:
    wanted: Counter[tuple[str, str, str, str]] = Counter()
    for index, method in enumerate(raw["executionMethods"]):
        for row, fee in enumerate(method["fees"]):
            place, channel = f"executionMethods/{index}/fees/{row}", method["submissionMethod"]
            entries = _entries(answer, channel, fee)
            brief = str([_brief_fee(entry) for _, entry in entries])
            if not entries:
                yield Finding("missing", place, f"{channel} {fee['type']} {fee['value']} {fee['description']}", brief)
                continue
            wanted[channel, fee["type"], core(fee["description"]), str(fee["value"])] += 1
            if not any(_has_sum(answer, i, entry, fee) for i, entry in entries):
                yield Finding("missing", place, f"sum {fee['value']} {fee.get('currencyName', '')}", brief)
            if not any(_has_currency(answer, i, entry, fee) for i, entry in entries):
                yield Finding("missing", place, f"currency {fee.get('currencyName')} {_currency(fee)}", brief)


def _brief_fee(entry: Raw) -> tuple[object, ...]:
    said = ("channel", "type", "amount", "currency", "per_vi", "record", "reading", "certain", "tiers")
    return *(entry[key] for key in said), entry["text_vi"][:90]


def _has_sum(answer: Raw, index: int, entry: Raw, fee: Raw) -> bool:
    value = number_of(fee["value"])
    if value is None:
        return not fee["value"] or plain(fee["value"]) in plain(f"{entry['record']} {entry['text_vi']}")
    if value == 0:
        return entry["amount"] in (None, 0) or entry["amount"] in sums(fee["description"])
    shown = [entry["amount"], *(tier["amount"] for tier in entry["tiers"])]
    return any(number_of(s) == value for s in shown) or (
        value in sums(f"{entry['record']} {entry['text_vi']}")
        and owned(answer, f"/fees/{index}", f"/fees/{index}/amount", "/fees")
    )


def _has_currency(answer: Raw, index: int, entry: Raw, fee: Raw) -> bool:
    said, name = _currency(fee), plain(fee.get("currencyName"))
    if entry["currency"] in said | currencies(fee["description"]):
        return True
    known = entry["currency"] is not None
    return not known and (
        not name or (owned(answer, f"/fees/{index}", "/fees") and (len(said) != 1 or name in plain(entry["record"])))
    )


def fees_known(raw: Raw, answer: Raw) -> Iterator[Finding]:
    for index, entry in enumerate(answer["fees"]):
        place, brief = f"fees/{index}", str(_brief_fee(entry))
        said = [
            fee
            for method in raw["executionMethods"]
            if entry["channel"] in (None, method["submissionMethod"])
            for fee in method["fees"]
            if fee["type"] == entry["type"] and core(fee["description"]) in plain(entry["text_vi"])
        ]
        if not said:
            yield Finding("wrong", place, "a fee is the record's", brief)
            continue
        values = {n for fee in said if (n := number_of(fee["value"]))}
        for part, words in [(entry, entry["text_vi"]), *((tier, tier["words_vi"]) for tier in entry["tiers"])]:
            amount = number_of(part["amount"])
            texts = {number_of(0)} if "miễn" in plain(words).lower() or "không" in plain(words).lower() else set()
            odd = set().union(*(sums(fee["value"]) for fee in said if isinstance(fee["value"], str)))
            if amount is not None and amount not in values | sums(words) | texts | odd:
                yield Finding("wrong", place, f"{part['amount']} is the record's", brief)
            if part["currency"] and part["currency"] not in set().union(*map(_currency, said)) | currencies(words):
                yield Finding("wrong", place, f"{part['currency']} is the record's", brief)
            if part["per_vi"] and plain(part["per_vi"]).lower() not in plain(words).lower():
                yield Finding("wrong", place, f"per {part['per_vi']} is the record's", brief)
        if any(plain(tier["words_vi"]) not in plain(entry["text_vi"]) for tier in entry["tiers"]):
            yield Finding("wrong", place, "words of a tier are the record's", brief)
        if entry["certain"]:
            yield from _fee_certain(place, entry, said)
        elif not owned(answer, f"/fees/{index}", "/fees"):
            yield Finding("missing", place, "an uncertain fee is named as unknown", brief)


def _fee_certain(place: str, entry: Raw, said: list[Raw]) -> Iterator[Finding]:
    brief, words = str(_brief_fee(entry)), plain(entry["text_vi"])
    amount = number_of(entry["amount"])
    if any(number_of(fee["value"]) != amount for fee in said) or amount is None:
        yield Finding("wrong", place, "certain, and a field has another sum", brief)
    if amount and {entry["currency"]} != set().union(*map(_currency, said)):
        yield Finding("wrong", place, "certain, and the fields' currency is another one or none", brief)
    if amount and (sums(words) - {amount} or currencies(words) - {entry["currency"]} or DOUBT.search(words)):
        yield Finding("wrong", place, "certain, and the words have a condition, unit or sum", brief)
    if amount == 0 and (not words or sums(words) or DOUBT.search(words.lower().replace("miễn", ""))):
        yield Finding("wrong", place, "free for certain, and the words do not say so", brief)
