"""Words that show nothing are no words: no body of the API takes them, whichever of its texts they stand in."""

import json

import pytest
from msgspec import Struct

from chalicelib.kernel.body import modelled
from chalicelib.kernel.endpoint import JSON
from chalicelib.kernel.words import FILE_NAME
from infra.demo import story
from tests.http.test_input import VALID, name_of, send
from tests.support.asserts import rules
from tests.support.world import officer_of

__all__ = ["send"]
BLANK = {
    "space": "   ",
    "no-break space": "\u00a0",
    "zero width space": "\u200b\u200b",
    "word joiner": "\u2060",
    "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0",
    "blank hieroglyph": "\U00013441",
    "blank Braille": "\u2800",
    "soft hyphen": "\u00ad",
    "mark alone": "\u0301",
    "line break": "\n\n",
    "NUL": "\x00",
    "dots": "...",
}
CONTROLS = ("\x00", "\x08", "\x1b", "\x7f", "\x85")


def model_of(route):
    return modelled(route.body) if issubclass(route.body, Struct) else route.body


def texts_of(schema, defs, path=(), *, demanded=True):
    """The texts of a body by its schema: path (`-` for each of a list), whether it has to be given."""
    if found := schema.get("$ref"):
        schema = defs[found.rsplit("/", 1)[1]]
    for choice in schema.get("anyOf", ()):
        yield from texts_of(choice, defs, path, demanded=demanded)
    if schema.get("type") == "string" and not {"enum", "const", "format"} & schema.keys():
        yield path, demanded
    if schema.get("type") == "array":
        yield from texts_of(schema["items"], defs, (*path, "-"))
    for name, inner in schema.get("properties", {}).items():
        yield from texts_of(inner, defs, (*path, name), demanded=name in schema.get("required", ()))


def body_with(path, text):
    for name in reversed(path):
        text = [text] if name == "-" else {name: text}
    return text


@pytest.fixture(scope="module")
def texts(routes):
    """Every text of every body: name of its route, path, whether it is demanded."""
    found = {}
    for route in routes:
        if route.body and route.takes == JSON:
            schema = model_of(route).model_json_schema()
            for path, demanded in texts_of(schema, schema.get("$defs", {})):
                if path[-1:] != (FILE_NAME,):  # it says nothing, and stops nothing
                    found[name_of(route), path] = demanded
    return found


def test_there_are_texts_at_all_and_the_known_ones_are_among_them(texts):
    assert len(texts) > 400
    assert texts["withdrawal-of-paper", ("decision",)]
    assert texts["petition-erasure", ("basis",)]
    assert texts["import", ("rows", "-", "name")] is False
    assert texts["complete", ("supplement", "items", "-", "remedy")]


@pytest.mark.parametrize("kind", BLANK)
def test_no_text_of_any_body_takes_blank_words(texts, routes, kind):
    """Whatever else is wrong with the body: a new field, or one within a list, is asked as all others are."""
    from chalicelib.kernel.body import body_of
    from chalicelib.kernel.problem import BodyInvalid

    models = {name_of(route): route.body for route in routes if route.body and route.takes == JSON}
    taken = set()
    for name, path in texts:
        place = "/" + "/".join("0" if each == "-" else each for each in path)
        try:
            body_of(models[name], json.dumps(body_with(path, BLANK[kind])).encode())
        except BodyInvalid as refused:
            if place in {each.pointer for each in refused.fields}:
                continue
        taken.add((name, place))
    assert taken == set()


def test_what_is_demanded_is_not_left_empty(texts, routes):
    from chalicelib.kernel.body import body_of
    from chalicelib.kernel.problem import BodyInvalid

    models = {name_of(route): route.body for route in routes if route.body and route.takes == JSON}
    for (name, path), demanded in texts.items():
        if demanded:
            place = "/" + "/".join("0" if each == "-" else each for each in path)
            with pytest.raises(BodyInvalid) as refused:
                body_of(models[name], json.dumps(body_with(path, "")).encode())
            assert place in {each.pointer for each in refused.value.fields}, (name, path)


@pytest.mark.parametrize("name", VALID)
def test_a_body_with_blank_words_is_refused_by_its_route(send, texts, name):
    """Of each text at the top of a body, over HTTP, each with another blank."""
    kinds = list(BLANK.values())
    for n, (path, _) in enumerate((path, d) for (of, path), d in texts.items() if of == name and len(path) == 1):
        body = {**VALID[name], path[0]: kinds[(n + len(name)) % len(kinds)]}
        assert f"/{path[0]}" in rules(send(name, body)), (name, path)


@pytest.mark.parametrize("control", CONTROLS)
def test_a_control_character_is_refused_by_name_and_a_line_break_is_none(send, control):
    assert rules(send("petition-answer", {"words": f"Đã trả{control} lời"})) == {"/words": "control_character"}
    recall = {"decision": f"12/QĐ{control}", "reason": "court"}
    assert rules(send("withdrawal-of-paper", recall)).keys() == {"/decision"}
    assert send("petition-answer", {"words": "Đã trả lời:\n\t- một\r\n\t- hai"}).status == 404


@pytest.mark.parametrize(
    "words", ["12", "Ừ", "ok", "好", "١٢", "\u200bCó\u200b", "½", "Lý do:\n1. Sai tên"], ids=range(8)
)
def test_words_are_taken_in_any_letters(send, words):
    assert send("petition-answer", {"words": words}).status == 404


def test_one_leader_withdraws_no_result_with_blank_words(where):
    leader = officer_of(where, story.AGENCY, "leader")
    for blank in BLANK.values():
        answer = leader.post("/v1/messages/RECEIPT.none/withdrawal", {"decision": blank, "reason": "court"})
        assert rules(answer).keys() == {"/decision"}


def test_nobody_is_enrolled_with_blank_words_by_a_file_either(send):
    head = "subject,name,roles,valid_from\n"
    for blank in ("\u2060", "\u3164", "..."):
        file = f"{head}x,{blank},scanning,2026-01-01\n{blank},Y,scanning,2026-01-01\n"
        assert (
            rules(send("import", {"csv": file})).items() >= {"/csv/2/name": "blank", "/csv/3/subject": "blank"}.items()
        )
