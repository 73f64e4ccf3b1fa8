"""What is answered is what the description says, formats too: every route that reads, for things that are there."""

import re

import jsonschema_rs
import pytest
import requests

from infra.demo import story
from infra.demo.client import TIMEOUT
from tests.support.world import ALL_ROLES, KEEPING_ROLES, officer_of

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@pytest.fixture(scope="module")
def described(where):
    return requests.get(where["url"] + "/openapi.json", timeout=TIMEOUT).json()


@pytest.fixture(scope="module")
def people(where, finished):
    """The finished dossier's holder, its agency's officers, those who keep the catalogue."""
    officers = (officer_of(where, story.AGENCY, *roles) for roles in (ALL_ROLES, KEEPING_ROLES))
    return (story.citizen(where, **finished.claims), *officers)


@pytest.fixture(scope="module")
def names(where, finished, people):
    """A name of something that is there, by the parameter of a path."""
    holder = people[0]
    draft = story.open_draft(holder).ok(201).body["reference"]
    return {
        "code": story.PROCEDURE,
        "version": "1",
        "agency": story.AGENCY,
        "dossier": finished.reference,
        "component": finished.dossier["components"][0]["id"],
        "reference": draft,
        "message": finished.messages[0],
        "document": finished.dossier["results"][0],
    }


def read(people, path):
    """The first good answer that anybody gets; None when nobody does."""
    return next((a for a in (who.get(path) for who in people) if a.status == 200), None)


def undeclared(value, schema, schemas):
    """Moments in an answer at places that the description does not call `date-time`."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        found = [set(undeclared(value, each, schemas)) for each in schema["anyOf"] if each.get("type") != "null"]
        yield from set.intersection(*found)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in schema.get("properties", {}):
                yield from (f"/{name}{rest}" for rest in undeclared(inner, schema["properties"][name], schemas))
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for inner in value:
            yield from undeclared(inner, schema["items"], schemas)
    elif isinstance(value, str) and MOMENT.match(value) and schema.get("format") != "date-time":
        yield ""


def test_every_answer_is_as_described_with_its_formats(described, people, names):
    schemas, read_at_all = described["components"]["schemas"], set()
    for path, methods in described["paths"].items():
        if "get" not in methods or not set(re.findall(r"{(\w+)}", path)) <= names.keys():
            continue
        answer = read(people, re.sub(r"{(\w+)}", lambda found: names[found[1]], path))
        if answer is None:
            continue
        read_at_all.add(path)
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = jsonschema_rs.validator_for(
            {**schema, "components": described["components"]}, validate_formats=True
        )
        assert [e.message for e in validator.iter_errors(answer.body)] == [], path
        assert set(undeclared(answer.body, schema, schemas)) == set(), path
    assert len(read_at_all) > 20, read_at_all
