"""The description of the API says what each thing is: every schema, parameter and answer is walked, none is listed."""

import json
import re
from collections.abc import Iterator

import jsonschema_rs
import pytest
from pydantic import BaseModel

from infra.local.issuer import CLAIMS, KINDS, MOUNT
from infra.reference import explained
from infra.reference.openapi import TOKENS, TokenRequest, openapi
from infra.reference.word import Word
from infra.reference.words import WORDS

TIMES = re.compile(r"(?:.*_)?at|since|until|as_of")
DAYS = re.compile(r"effective_(from|to)|valid_(from|to)")
PROBLEM = "#/components/schemas/Problem"


@pytest.fixture(scope="module")
def described(app):
    return openapi(app)


def properties(described) -> Iterator[tuple[str, str, dict]]:
    for model, schema in described["components"]["schemas"].items():
        for name, given in schema.get("properties", {}).items():
            yield model, name, given


def operations(described) -> Iterator[tuple[str, dict]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def texts(given: dict, described: dict) -> list[dict]:
    """The alternatives of a property that are texts."""
    schemas = described["components"]["schemas"]
    found = [
        schemas[each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in given.get("anyOf", [given])
    ]
    return [each for each in found if each.get("type") == "string"]


def references(node: object) -> Iterator[str]:
    """Every `$ref` under a node, wherever it stands."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for each in node.values():
            yield from references(each)
    elif isinstance(node, list):
        for each in node:
            yield from references(each)


def test_every_reference_leads_to_a_schema(described):
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(references(described)) <= known


def test_the_title_is_ascii_so_that_generators_of_clients_make_a_name_of_it(described):
    assert described["info"]["title"].isascii()


def test_every_property_and_every_parameter_says_what_it_is(described):
    silent = [f"{model}.{name}" for model, name, given in properties(described) if not given.get("description")]
    for route, operation in operations(described):
        silent += [f"{route} {p['name']}" for p in operation["parameters"] if not p.get("description")]
    assert silent == [], "say it in infra/reference/words.py, or in the model"


def test_no_word_is_explained_that_is_nowhere(described):
    used = {key for model, name, _ in properties(described) for key in (f"{model}.{name}", name)}
    for _, operation in operations(described):
        marks = {"path": "{%s}", "query": "?%s"}
        used |= {marks[p["in"]] % p["name"] for p in operation["parameters"] if p["in"] in marks}
    assert WORDS.keys() - used == set()


def test_every_time_is_a_date_time_and_every_day_a_date(described):
    found = {"date-time": 0, "date": 0}
    for model, name, given in properties(described):
        for kind, pattern in (("date-time", TIMES), ("date", DAYS)):
            if pattern.fullmatch(name):
                assert [each.get("format") for each in texts(given, described)] == [kind], f"{model}.{name}"
                found[kind] += 1
    assert min(found.values()) > 5


def test_a_state_has_one_shape(described):
    """The portal's number with its key and names; what is no state of a dossier has another name."""
    found = [(model, given) for model, name, given in properties(described) if name == "state"]
    assert len(found) > 3
    for model, given in found:
        refs = [each["$ref"] for each in given.get("anyOf", [given]) if "$ref" in each]
        assert refs == ["#/components/schemas/StateView"], model


def answers(described) -> Iterator[tuple[str, str, dict]]:
    for route, operation in operations(described):
        for status, answer in operation["responses"].items():
            for content in answer.get("content", {}).values():
                yield route, status, content


def test_every_answer_has_an_example_that_its_schema_takes(described):
    checked, validators = 0, {}
    for route, status, content in answers(described):
        written = json.dumps(content["schema"])
        if written not in validators:  # the answers of all refusals have one
            schema = {**content["schema"], "components": described["components"]}
            validators[written] = jsonschema_rs.validator_for(schema, validate_formats=True)
        faults = [str(e) for e in validators[written].iter_errors(content["example"])]
        assert faults == [], f"{route} {status}"
        checked += 1
    assert checked > 100


def shown(node, path="") -> Iterator[tuple[str, dict, object]]:
    """Every example of a schema, a parameter or a content, with its place and its schema."""
    if isinstance(node, dict):
        if isinstance(node.get("examples"), list) and node.keys() & {"type", "anyOf", "$ref", "pattern"}:
            yield from ((path, node, each) for each in node["examples"])
        if "example" in node and "schema" in node:
            yield path, node["schema"], node["example"]
        for name, each in node.items():
            yield from shown(each, f"{path}/{name}")
    elif isinstance(node, list):
        for number, each in enumerate(node):
            yield from shown(each, f"{path}/{number}")


def test_every_example_is_one_that_its_own_schema_takes(described):
    whole = {"components": described["components"]}
    found = list(shown({**described, "paths": {}}))  # those of answers have a test above
    for route, operation in operations(described):
        found += [
            (f"{route} {each['name']}", each["schema"], each["example"])
            for each in operation["parameters"]
            if "example" in each
        ]
    wrong = [
        f"{path}: {value}"
        for path, schema, value in found
        if not explained.takes(schema | whole if any(references(schema)) else schema, value)
    ]
    assert wrong == [], "say `Model.name` of its own in infra/reference, or examples in the model"
    assert len(found) > 2000


def test_an_example_stands_where_it_is_taken_and_where_nobody_takes_it_it_is_named(monkeypatch):
    monkeypatch.setitem(WORDS, "odd", Word("An odd one", 3))
    several = {"odd": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}
    schemas = {"Several": {"properties": several}, "Wrong": {"properties": {"odd": {"type": "string"}}}}
    explained.explain(schemas)
    assert several["odd"]["anyOf"] == [{"type": "string"}, {"type": "integer", "examples": [3]}]
    ((_, schema, value),) = shown(schemas["Wrong"])
    assert not explained.takes(schema, value)


def blanks(value, name):
    """Names under which an example says nothing."""
    if value in ("…", ""):
        yield name
    for inner, each in value.items() if isinstance(value, dict) else ():
        yield from blanks(each, inner)
    for each in value if isinstance(value, list) else ():
        yield from blanks(each, name)


def test_no_example_is_a_blank(described):
    assert {place for _, _, content in answers(described) for place in blanks(content["example"], "")} == set()


def test_an_example_of_a_refusal_is_one_of_its_status(described):
    for route, status, content in answers(described):
        if content["schema"].get("$ref") == PROBLEM:
            wanted = int(status) if status.isdigit() else 500
            assert content["example"]["status"] == wanted, f"{route} {status}"


def test_the_local_token_endpoint_is_described_as_it_is(described):
    assert f"{MOUNT}/token" == TOKENS
    assert list(described["paths"][TOKENS]) == ["post"]
    assert TokenRequest.model_fields.keys() == {"sub", "kind", *CLAIMS}
    schema = described["components"]["schemas"]["TokenRequest"]["properties"]
    assert tuple(schema["kind"]["enum"]) == KINDS
    assert schema["level"]["enum"] == [1, 2]


def test_what_a_model_says_of_itself_stays():
    class Thing(BaseModel):
        """A thing."""

        at: str | None
        size: int

    schema = Thing.model_json_schema()
    schema["properties"]["size"] |= {"description": "Mine", "examples": [1]}
    explained.explain({"Thing": schema})
    assert schema["properties"]["size"]["description"] == "Mine"
    assert schema["properties"]["size"]["examples"] == [1]
    assert schema["properties"]["at"]["anyOf"][0]["format"] == "date-time"
