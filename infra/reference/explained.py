"""Words, formats and examples put into the schemas that pydantic makes; an answer's example is made of its parts'."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from chalicelib.kernel.words import RULE_SAID
from infra.reference.word import Word
from infra.reference.words import WORDS

PREFIX = "#/components/schemas/"


def word_of(model: str, name: str) -> Word | None:
    """What a name means in a model; None when nobody said."""
    return WORDS.get(f"{model}.{name}") or WORDS.get(name)


def explain(schemas: Mapping[str, Any]) -> None:
    """Complete every property of every schema, in place; what a model says of itself stays."""
    for model, schema in schemas.items():
        for name, given in schema.get("properties", {}).items():
            if word := word_of(model, name):
                given.setdefault("description", word.text)
                plain = list(_plain(given, schemas))
                taking = [each for each in plain if takes(each, word.example)] if len(plain) > 1 else plain
                for each in plain:  # where none takes the example it shows everywhere, and a test names it
                    _complete(each, word, is_shown=each in (taking or plain))
            _say_rule(given, schemas)


def takes(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is one that a schema takes, its formats too; what it refers to is in it."""
    return jsonschema_rs.validator_for(dict(schema), validate_formats=True).is_valid(value)


def _say_rule(given: dict[str, Any], schemas: Mapping[str, Any]) -> None:
    """Put the rule of an officer's words, which no keyword of a schema says, behind what the property means."""
    said = [each[RULE_SAID] for each in _plain(given, schemas) if RULE_SAID in each]
    if said:
        given["description"] = f"{given.get('description', 'Why')}. {said[0]}"


def _complete(given: dict[str, Any], word: Word, *, is_shown: bool) -> None:
    if word.format and given["type"] == "string":
        given.setdefault("format", word.format)
    if is_shown and word.example is not None and not given.keys() & {"enum", "const", "properties"}:
        given.setdefault("examples", [word.example])


def _plain(given: dict[str, Any], schemas: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What holds a property's values: each alternative, of a list its entries; a name of a plain type is looked up."""
    for each in _branches(given):
        here = schemas[each["$ref"].removeprefix(PREFIX)] if "$ref" in each else each
        match here.get("type"):
            case "array":
                yield from _plain(here["items"], schemas) if "$ref" not in here["items"] else ()
            case "string":
                yield here
            case "integer" | "number" | "boolean" | "object" if "$ref" not in each:
                yield here


def _branches(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema itself, or each of its alternatives."""
    yield from schema.get("anyOf", [schema])


def example(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """A value that a schema takes, of the examples that it and its parts have."""
    for known in ("examples", "enum"):
        if known in schema:
            return schema[known][0]
    for several in ("anyOf", "allOf"):
        if several in schema:
            return example(schema[several][0], schemas)
    if "$ref" in schema:
        return example(schemas[schema["$ref"].removeprefix(PREFIX)], schemas)
    return schema["const"] if "const" in schema else _made(schema, schemas)


def _made(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    match schema.get("type"):
        case "object" if "properties" in schema:
            return {name: example(given, schemas) for name, given in schema["properties"].items()}
        case "object" if isinstance(schema.get("additionalProperties"), dict):
            return {"full": example(schema["additionalProperties"], schemas)}
        case "array":
            return [example(schema["items"], schemas)] if schema.get("items") else []
        case "string" | "integer" | "number" | "boolean" as kind:
            return schema.get("default", {"string": "…", "boolean": True}.get(kind, 1))
    return None if schema.get("type") == "null" else {}
