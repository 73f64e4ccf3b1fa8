"""What of a term keeps a version from being published: what the record says and nobody read, whom no line is for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.parts import Term
from chalicelib.catalogue.procedures.terms import AREAS, Said, TermLine, words_of
from chalicelib.catalogue.records.terms import lines_of
from chalicelib.law import terms as law
from chalicelib.law.problems import Problem

_LINES: Final = "/facts/term/lines"
_READINGS: Final = frozenset({"here", "elsewhere", "aside"})
_SHOWN: Final = 160  # as much of the record's own words as a message quotes


def term_problems(facts: Facts, form: object) -> Iterator[Problem]:
    """What is wrong with the term of a version, whose form it may ask."""
    term = facts.term
    if term is None:
        return
    if not term.lines:
        yield from _text("/facts/term/text", term.text)
        return
    if term.text:
        vi, en = "Thời hạn có các dòng thì không ghi text", "A term with lines has no text of its own"
        yield Problem("/facts/term/text", "either", vi, en)
    schema = _sound_schema(form) if any(line.when for line in term.lines) else None
    for place, line in enumerate(term.lines):
        yield from _line(f"{_LINES}/{place}", line, facts, schema)
    yield from _order(term.lines)
    yield from _areas(term.lines)
    yield from _whole(term.lines, facts.channels)


def left_out(facts: Facts, record: Facts) -> Iterator[Problem]:
    """Sentences of the national record about the term that no line of the version repeats, decided or not."""
    kept = set(words_of((facts.term or Term()).lines))
    for words in words_of(lines_of(record)):
        if words not in kept:
            vi = f"Bản ghi quốc gia có câu về thời hạn chưa được đưa vào dòng nào: “{words[:_SHOWN]}”"
            en = f"No line has this sentence of the national record about the term: “{words[:_SHOWN]}”"
            yield Problem(_LINES, "record_words", vi, en)


def _text(at: str, text: str | None) -> Iterator[Problem]:
    try:
        law.Term.parse(text or "")
    except law.BadTerm:
        vi, en = "Thời hạn viết như 7wd, 8wh, 15d, 24h, 1m", "A term is written like 7wd, 8wh, 15d, 24h, 1m"
        yield Problem(at, "term", vi, en)


def _line(at: str, line: TermLine, facts: Facts, schema: Mapping[str, object] | None) -> Iterator[Problem]:
    yield from _text(f"{at}/text", line.text)
    if _is_longer(line):
        vi = f"Thời hạn {line.text} dài hơn bản ghi: {line.record}"
        yield Problem(f"{at}/text", "longer", vi, f"The term {line.text} is longer than the record's: {line.record}")
    for place, said in enumerate(line.sentences):
        if said.reading not in _READINGS:
            yield _undecided(f"{at}/sentences/{place}/reading", said)
    if unknown := sorted(set(line.areas) - AREAS):
        yield Problem(f"{at}/areas", "area", f"Không có loại xã {unknown[0]}", f"No such kind of commune: {unknown[0]}")
    if strange := sorted(set(line.channels) - set(facts.channels)):
        vi, en = f"Thủ tục không có cách nộp {strange[0]}", f"The procedure has no channel {strange[0]}"
        yield Problem(f"{at}/channels", "channel", vi, en)
    if line.case and line.case not in {case.code for case in facts.cases}:
        yield Problem(f"{at}/case", "case", f"Không có trường hợp {line.case}", f"No such case: {line.case}")
    if line.case and not line.when:
        vi = "Cần nêu câu trả lời nào trong biểu mẫu cho biết trường hợp này"
        yield Problem(f"{at}/when", "case", vi, "Say by which answer of the form a dossier is of this case")
    yield from _answers(at, line, schema)


def _answers(at: str, line: TermLine, schema: Mapping[str, object] | None) -> Iterator[Problem]:
    """Answers that the form does not let anybody choose."""
    from chalicelib.forms.fields import may_be

    for place, each in enumerate(line.when):
        if schema is not None and not may_be(schema, each.field, each.value):
            vi, en = "Biểu mẫu không có câu hỏi với lựa chọn này", "The form has no question with this choice"
            yield Problem(f"{at}/when/{place}", "answer", vi, en)


def _undecided(at: str, said: Said) -> Problem:
    words = said.words_vi[:_SHOWN]
    vi = f"Cần quyết định: thời hạn của dòng này (here), của dòng khác (elsewhere), hay không phải (aside): “{words}”"
    en = f"Decide: is it this line's term (here), another line's (elsewhere), or none (aside): “{words}”"
    return Problem(at, "decide", vi, en)


def _is_longer(line: TermLine) -> bool:
    """Whether an officer's reading is longer than what the record's fields say in the same unit."""
    if line.quantity is None or line.unit is None or not line.text or not line.text.endswith(line.unit):
        return False
    digits = line.text.removesuffix(line.unit)
    return digits.isdecimal() and int(digits) > line.quantity


def _order(lines: Sequence[TermLine]) -> Iterator[Problem]:
    """The first line that fits holds, so one that an earlier one covers would hold for nobody."""
    for place, line in enumerate(lines):
        earlier = next((n for n, before in enumerate(lines[:place]) if before.covers(line)), None)
        if earlier is not None:
            vi = f"Dòng {earlier + 1} đã bao gồm dòng này: cần điều kiện, hoặc đổi thứ tự"
            en = f"Line {earlier + 1} holds for all that this one is for: it needs a condition, or another place"
            yield Problem(f"{_LINES}/{place}", "unreached", vi, en)


def _areas(lines: Sequence[TermLine]) -> Iterator[Problem]:
    """Kinds of communes that the record names have a line; which communes those are, their agencies say."""
    having = {area for line in lines for area in line.areas}
    for place, line in enumerate(lines):
        for number, said in enumerate(line.sentences):
            if said.reading in {"here", "elsewhere"} and not set(said.areas) <= having:
                areas = ", ".join(sorted(set(said.areas) - having))
                vi = f"Câu này nói về loại xã chưa có dòng nào: {areas}"
                en = f"This sentence is about kinds of communes that no line is for: {areas}"
                yield Problem(f"{_LINES}/{place}/sentences/{number}", "area", vi, en)


def _whole(lines: Sequence[TermLine], channels: Sequence[str]) -> Iterator[Problem]:
    for channel in channels:
        if not any(
            not (line.areas or line.when or line.case) and (not line.channels or channel in line.channels)
            for line in lines
        ):
            vi = f"Nộp {channel}: cần một dòng không có điều kiện cho mọi hồ sơ còn lại"
            en = f"{channel}: a line without conditions is needed, for every dossier that no other line is for"
            yield Problem(_LINES, "complete", vi, en)


def _sound_schema(form: object) -> Mapping[str, object] | None:
    """The schema of a form; None for one that is not sound, whose own problems are told elsewhere."""
    from chalicelib.forms.dictionary import shipped_dictionary
    from chalicelib.forms.document import check_form
    from chalicelib.forms.form import form_of

    return None if check_form(form, shipped_dictionary()) else form_of(form).schema
