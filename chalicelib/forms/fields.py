"""The fields of a form's schema: each place a person fills in, by pointer; `*` stands for every entry of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.forms.problems import joined


@dataclass(frozen=True, slots=True)
class Places:
    """Fields are what is filled in; groups are the objects and lists that hold them. Both by pointer."""

    fields: Mapping[str, Mapping[str, Any]]
    groups: Mapping[str, Mapping[str, Any]]
    always_required: frozenset[str] = field(default_factory=frozenset)


def places(schema: Mapping[str, Any]) -> Places:
    """The fields and groups of a schema whose references are known to be sound (see `limits`)."""
    fields: dict[str, Mapping[str, Any]] = {}
    groups: dict[str, Mapping[str, Any]] = {}
    required: set[str] = set()
    open_ends: list[tuple[tuple[str, ...], Mapping[str, Any]]] = [((), schema)]
    while open_ends:
        path, node = open_ends.pop()
        node = resolved(schema, node)
        if isinstance(node.get("properties"), dict):
            groups[joined(path)] = node
            required |= {joined((*path, name)) for name in node.get("required", ())}
            open_ends += [((*path, name), inner) for name, inner in node["properties"].items()]
        elif "properties" in resolved(schema, node.get("items", {})):
            groups[joined(path)] = node
            open_ends.append(((*path, "*"), node["items"]))
        else:
            fields[joined(path)] = node
    return Places(fields, groups, frozenset(required))


def resolved(schema: Mapping[str, Any], node: Any) -> Mapping[str, Any]:
    """A schema with its reference followed; its own words stay beside those of the definition."""
    whole: dict[str, Any] = node if isinstance(node, dict) else {}
    while "$ref" in whole:
        definition = schema["$defs"][whole["$ref"].removeprefix("#/$defs/")]
        whole = {**definition, **{word: value for word, value in whole.items() if word != "$ref"}}
    return whole


def kind(node: Mapping[str, Any]) -> str:
    """The JSON type of a field: its `type`, or that of all its choices; empty when it is not one."""
    if isinstance(node.get("type"), str):
        return str(node["type"])
    choices = node.get("enum", [node["const"]] if "const" in node else [])
    names = {"string" if isinstance(choice, str) else "boolean" if isinstance(choice, bool) else "integer"
             if isinstance(choice, int) else "" for choice in choices}  # fmt: skip
    return names.pop() if len(names) == 1 else ""
