"""The fields of a form's schema: each place a person fills in, by pointer; `*` stands for every entry of a list."""

from collections.abc import Mapping
from typing import cast

import msgspec

from chalicelib.forms.form import Schema
from chalicelib.forms.problems import joined, parted


class Places(msgspec.Struct, frozen=True):
    """Fields are what is filled in; groups are the objects and lists that hold them. Both by pointer."""

    fields: Mapping[str, Schema]
    groups: Mapping[str, Schema]
    always_required: frozenset[str]

    def general(self, pointer: str) -> str:
        """The place of a schema to which a place of an answer belongs: `*` instead of the number of an entry."""
        path: tuple[str, ...] = ()
        for name in parted(pointer):
            is_entry = "properties" not in self.groups.get(joined(path), {"properties": {}})
            if joined(path) in self.fields:
                break  # an entry of a list that is a field
            path = (*path, "*" if is_entry else name)
        return joined(path)


def places(schema: Schema) -> Places:
    """The fields and groups of a schema whose references are known to be sound (see `limits`)."""
    fields: dict[str, Schema] = {}
    groups: dict[str, Schema] = {}
    required: set[str] = set()
    open_ends: list[tuple[tuple[str, ...], object]] = [((), schema)]
    while open_ends:
        path, given = open_ends.pop()
        node = resolved(schema, given)
        properties, items = node.get("properties"), node.get("items")
        if isinstance(properties, dict):
            groups[joined(path)] = node
            required |= {joined((*path, name)) for name in cast("list[str]", node.get("required", []))}
            open_ends += [((*path, name), inner) for name, inner in properties.items()]
        elif "properties" in resolved(schema, items):
            groups[joined(path)] = node
            open_ends.append(((*path, "*"), items))
        else:
            fields[joined(path)] = node
    return Places(fields, groups, frozenset(required))


def resolved(schema: Schema, node: object) -> Schema:
    """A schema with its reference followed; its own words stay beside those of the definition."""
    whole: dict[str, object] = node if isinstance(node, dict) else {}
    while reference := whole.get("$ref"):
        definition = cast("Mapping[str, Schema]", schema["$defs"])[str(reference).removeprefix("#/$defs/")]
        whole = {**definition, **{word: value for word, value in whole.items() if word != "$ref"}}
    return whole


def may_be(schema: Schema, pointer: str, value: object) -> bool:
    """Whether a field of the form lets one choose this value; one without choices has none, but for yes and no."""
    offered = choices(places(schema).fields.get(pointer, {}))
    return any(each == value and isinstance(each, bool) is isinstance(value, bool) for each in offered)


def choices(node: Schema) -> list[object]:
    """The values that a field lets one choose, yes and no too; none where anything may be written."""
    if kind(node) == "boolean" and "enum" not in node and "const" not in node:
        return [True, False]
    return [*cast("list[object]", node.get("enum", [])), *([node["const"]] if "const" in node else [])]


def kind(node: Schema) -> str:
    """The JSON type of a field: its `type`, or that of all its choices; empty when it is not one."""
    if isinstance(node.get("type"), str):
        return str(node["type"])
    choices = cast("list[object]", node.get("enum", [node["const"]] if "const" in node else []))
    names = {"string" if isinstance(choice, str) else "boolean" if isinstance(choice, bool) else "integer"
             if isinstance(choice, int) else "" for choice in choices}  # fmt: skip
    return names.pop() if len(names) == 1 else ""
