"""Whether the lines of the term say what a record says, and nothing else for certain."""

from collections.abc import Iterator
from decimal import Decimal

from tests.support.records_changed import Raw
from tests.support.records_found import Finding, count_of, number_of, owned
from tests.support.records_said import UNITS, core, lengths, plain, sentences, worded


def _lines(answer: Raw, channel: str | None) -> list[Raw]:
    """The lines of the term that are for a channel."""
    return [line for line in answer["times"] if line["channel"] in (None, channel)]


def _in_lines(lines: list[Raw], words: str) -> bool:
    return any(
        words in plain(f"{line['text_vi']} {line['record'] or ''} {' '.join(line['not_counted_vi'])}") for line in lines
    )


def terms(raw: Raw, answer: Raw) -> Iterator[Finding]:
    """What the record says of channels is in a line of theirs."""
    for index, method in enumerate(raw["executionMethods"]):
        place, channel = f"executionMethods/{index}", method["submissionMethod"]
        lines, value, unit = _lines(answer, channel), method["processingTime"], method["processingTimeUnit"]
        number = count_of(value)
        if channel not in answer["channels"]:
            yield Finding("missing", place, f"channel {channel}", str(answer["channels"]))
        if number is not None and not any(_says(line, number, unit) for line in lines):
            yield Finding("missing", place, f"{value} {unit} {channel}", str([_brief(x) for x in lines]))
        for words in sentences(value if isinstance(value, str) else ""):
            if not _in_lines(lines, words):
                yield Finding("missing", place, f"term in words: {words}", str([_brief(x) for x in lines]))
        own = [line for line in lines if number is not None and _says(line, number, unit)] or lines
        for words in sentences(method["description"]):
            if not _in_lines(own, words):
                yield Finding("missing", place, f"{channel}: {words}", str([_brief(x) for x in lines]))


def terms_of_cases(raw: Raw, answer: Raw) -> Iterator[Finding]:
    """What the record says of cases is in a line."""
    for case in raw["cases"]:
        day = case.get("processingDay") or {}
        if (number := number_of(day.get("qty"))) is None:
            continue
        lines = [line for line in answer["times"] if line["case"] in (None, case["code"])]
        if not any(_says(line, number, day["type"]) for line in lines):
            yield Finding(
                "missing", f"cases/{case['code']}", f"{number} {day['type']}", str([_brief(x) for x in lines])
            )


def _says(line: Raw, number: Decimal, unit: str) -> bool:
    if number_of(line["quantity"]) != number:
        return False
    if line["unit"] is None:  # an hour is of work or of the clock: the record's own word stands there
        return not line["certain"] and (unit or "") in plain(line["record"])
    return line["unit"] in UNITS.get(unit, ())


def _brief(line: Raw) -> tuple[object, ...]:
    return (
        line["channel"],
        line["case"],
        line["term"],
        line["quantity"],
        line["unit"],
        line["record"],
        line["text_vi"][:60],
    )


def _said_of(raw: Raw, line: Raw) -> list[tuple[Decimal | None, str, str]]:
    """Number, unit and words of all that the record says of a line's channel and case."""
    methods = [m for m in raw["executionMethods"] if line["channel"] in (None, m["submissionMethod"])]
    said = [
        (
            count_of(m["processingTime"]),
            m["processingTimeUnit"],
            f"{m['processingTime'] if isinstance(m['processingTime'], str) else ''} \n{m['description']}",
        )
        for m in methods
    ]
    ways = {(count_of(m["processingTime"]), m["processingTimeUnit"]) for m in raw["executionMethods"]}
    days = [
        (number_of(day.get("qty")), day.get("type", ""))
        for case in raw["cases"]
        for day in [case.get("processingDay") or {}]
        if line["case"] in (None, case["code"])
    ]  # a case names no channel: its number is that of the channel that says it
    return said + [(*day, "") for day in days if line["case"] or day not in ways]


def terms_known(raw: Raw, answer: Raw) -> Iterator[Finding]:
    """What a line has is the record's, and for certain only where nothing else is said."""
    for index, line in enumerate(answer["times"]):
        place, said, brief = f"times/{index}", _said_of(raw, line), str(_brief(line))
        fits = {(n, u) for n, unit, words in said for u in UNITS.get(unit, ()) if n is not None}
        told = set().union(*(worded(words) for *_, words in said))
        bare = {n for n, unit, _ in said if unit not in UNITS or len(UNITS[unit]) > 1}
        number = number_of(line["quantity"])
        if (
            number is not None
            and (number, line["unit"]) not in fits | told
            and not (line["unit"] is None and number in bare)
        ):
            yield Finding("wrong", place, "its quantity and unit are the record's", brief)
        if line["term"] is not None:
            yield from _term_known(place, line, said)
        if not line["certain"] and not owned(answer, place, "/times", f"/{place}/term"):
            yield Finding("missing", place, "an uncertain term is named as unknown", brief)
        if not line["certain"] and line["term"] is not None:
            yield Finding("wrong", place, "an uncertain line has no term", brief)
        for sentence in line["sentences"]:
            words = plain(sentence["words_vi"])
            if not any(words in plain(text) for *_, text in said):
                yield Finding("wrong", place, "a sentence is the record's", words)
            number = number_of(sentence["quantity"])
            if number is not None and (number, sentence["unit"]) not in worded(words):
                yield Finding("wrong", place, f"{number} {sentence['unit']} is in the sentence", words)
        if core(line["text_vi"]) and not any(core(line["text_vi"]) in plain(text) for *_, text in said):
            yield Finding("wrong", place, "the words are the record's", line["text_vi"])


def _term_known(place: str, line: Raw, said: list[tuple[Decimal | None, str, str]]) -> Iterator[Finding]:
    """A known term is that of every field of its channel, or the one length in their words; none says another."""
    if line["term"] not in {f"{line['quantity']}{line['unit']}", f"0{line['unit']}"}:
        yield Finding("wrong", place, f"{line['quantity']} {line['unit']} is the term", line["term"])
    number = number_of(line["quantity"])
    own = (number, line["unit"])
    if line["certain"] and any(own != length for *_, words in said for length in lengths(words)):
        yield Finding("wrong", place, "certain, and the words have another length", line["text_vi"][-300:])
    for count, unit, words in said:
        field = {(count, u) for u in UNITS.get(unit, ())} if count is not None else set()
        if line["certain"] and field and own not in field:
            yield Finding("wrong", place, f"certain, and a field has {count} {unit}", str(_brief(line)))
        if line["certain"] and not field and own not in worded(words):
            yield Finding("wrong", place, f"certain, and the record leaves {count} {unit} open", str(_brief(line)))
