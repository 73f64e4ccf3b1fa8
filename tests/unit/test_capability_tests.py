"""The test that the page of capabilities names for a thing comes to that thing: by its path, type or words."""

import ast

import pytest

from chalicelib.contracts.event import known_events
from infra.reference import capabilities
from infra.reference.proofs import Node, Proofs, _said


@pytest.fixture(scope="module")
def tests():
    return Proofs()


def test_each_named_test_comes_to_its_thing(tests):
    said = capabilities.words()
    classes = {name.removeprefix(capabilities.PREFIX): kind.__name__ for name, kind in known_events().items()}
    by_hand = said.tests.keys() | said.told_by.keys()
    page = capabilities.kept(capabilities.PAGE.read_text("utf-8"))
    assert len(page) > 400
    wrong = [
        (thing.name, test)
        for thing, test in page.items()
        if thing.name not in by_hand and test not in tests.of(thing.kind, thing.name, classes.get(thing.name, ""))
    ]
    assert wrong == []


def test_what_is_named_by_hand_is_not_found_by_itself(tests):
    said = capabilities.words()
    classes = {name.removeprefix(capabilities.PREFIX): kind.__name__ for name, kind in known_events().items()}
    assert [name for name in said.told_by if tests.of("event", name, classes[name])] == []
    assert set(said.tests.values()) <= tests.names


def test_a_path_is_seen_with_its_method_its_parts_and_its_query():
    source = """
def test_a(me, base):
    me.get(f"/v1/things/{me}?a=b")
    me.call("PUT", "/v1/things")
    ops("rotate", me)
    for path in ("/v1/others", base + "/more"):
        me.get(path)
"""
    said = _said(ast.parse(source), {})
    assert said.calls == {
        *("GET /v1/things/{}?a=b", "* /v1/things/{}?a=b", "PUT /v1/things", "* /v1/things"),
        *("* /v1/things/", "* /v1/others", "* {}/more"),
    }
    assert ("ops", "rotate", "?") in said.words or ("ops", "rotate") in said.words


def test_of_several_tests_the_one_whose_file_has_the_noun_is_named(tests):
    """They were chosen by the alphabet: a reader met a test of fees beside the route that files a dossier."""
    files = ("fee_tiers", "receptions", "words", "supplement", "dossiers")
    sayers = [Node(f"tests/http/test_{name}.py", "test_it") for name in files]
    found = [each[-1] for each in tests.reaching(sayers, "/v1/dossiers/{dossier}/supplement")]
    assert found == [
        f"tests/http/test_{name}.py::test_it" for name in ("supplement", "dossiers", "fee_tiers", "receptions", "words")
    ]
