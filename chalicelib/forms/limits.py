"""What a form's schema may hold: a closed part of JSON Schema 2020-12, small and without surprises; refused by name.

Everything is measured before a validator is built. Patterns are those that the `regex` crate runs in linear time:
look-around, back-references and over-large repetitions are refused. References stay inside `#/$defs` and make no
circle; what they unfold to is counted. `unevaluatedProperties` and `unevaluatedItems` are refused because objects are
closed by `additionalProperties: false`, and no reader then needs to follow annotations.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib.forms.form import Schema
from chalicelib.forms.problems import Problem, joined
from chalicelib.law.codes import EMAIL

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_UNFOLDED = 100_000, 24, 4_000, 20_000
MAX_PATTERN, MAX_LENGTH, MAX_ITEMS, MAX_BRANCHES, MAX_CHOICES, MAX_DEFINITIONS = 300, 10_000, 100, 50, 300, 100
PATTERN_MEMORY = 200_000
if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

type Path = tuple[str | int, ...]

LOCAL = re.compile(r"#/\$defs/([A-Za-z0-9_-]{1,60})\Z")

ONE = ("items", "contains", "not", "if", "then", "else")
MANY, NAMED = ("allOf", "anyOf", "oneOf"), ("properties", "$defs")
KEYWORDS = frozenset(
    {"$schema", "$ref", "$comment", "title", "description", "type", "enum", "const", "required", "dependentRequired"}
    | {"additionalProperties", "minProperties", "maxProperties", "minItems", "maxItems", "uniqueItems", "minContains"}
    | {"maxContains", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum"}
    | {"exclusiveMaximum", "multipleOf", *ONE, *MANY, *NAMED}
)
DYNAMIC = frozenset({"$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$anchor", "$id"})
UNEVALUATED = frozenset({"unevaluatedProperties", "unevaluatedItems"})
FORMATS = frozenset({"date", "email"})
_EMAIL = re.compile(EMAIL)

SENTENCES = {
    "schema_type": ("Lược đồ phải là một đối tượng JSON", "The schema has to be a JSON object"),
    "schema_bytes": (f"Lược đồ vượt quá {MAX_BYTES} byte", f"The schema is over {MAX_BYTES} bytes"),
    "schema_depth": (f"Lược đồ lồng quá {MAX_DEPTH} tầng", f"The schema is nested over {MAX_DEPTH} levels"),
    "schema_nodes": (f"Lược đồ có quá {MAX_NODES} nút", f"The schema has over {MAX_NODES} nodes"),
    "schema_unfolded": (f"Tham chiếu mở ra quá {MAX_UNFOLDED} nút", f"References unfold to over {MAX_UNFOLDED} nodes"),
    "definitions": (f"Có quá {MAX_DEFINITIONS} định nghĩa", f"Over {MAX_DEFINITIONS} definitions"),
    "schema_dialect": ("Phải ghi $schema là JSON Schema 2020-12", "$schema has to name JSON Schema 2020-12"),
    "schema_invalid": ("Không phải lược đồ JSON Schema 2020-12 hợp lệ", "Not a valid JSON Schema 2020-12"),
    "reference_remote": ("Chỉ được tham chiếu trong #/$defs", "Only references into #/$defs are allowed"),
    "reference_missing": ("Tham chiếu tới định nghĩa không có", "The definition referred to is not there"),
    "reference_circle": ("Tham chiếu vòng", "References make a circle"),
    "dynamic_reference": ("Không dùng tham chiếu động hay mã định danh riêng", "No dynamic references, anchors or ids"),
    "unevaluated": ("Không dùng unevaluated*; đóng đối tượng bằng additionalProperties: false",
                    "No unevaluated*; close the object with additionalProperties: false"),
    "keyword_unknown": ("Từ khóa không thuộc phần được dùng", "A keyword outside the part in use"),
    "format_unknown": ("Định dạng không được kiểm tra", "A format that is not checked"),
    "object_open": ("Đối tượng phải có additionalProperties: false", "An object needs additionalProperties: false"),
    "max_items_missing": (f"Danh sách phải có maxItems đến {MAX_ITEMS}", f"A list needs maxItems up to {MAX_ITEMS}"),
    "max_length_missing": (f"Chuỗi phải có maxLength đến {MAX_LENGTH}", f"A text needs maxLength up to {MAX_LENGTH}"),
    "pattern_length": (f"Biểu thức mẫu dài quá {MAX_PATTERN} ký tự", f"A pattern is over {MAX_PATTERN} characters"),
    "pattern_not_linear": ("Biểu thức mẫu không chạy trong thời gian tuyến tính",
                           "The pattern does not run in linear time"),
    "branches": (f"Quá {MAX_BRANCHES} nhánh", f"Over {MAX_BRANCHES} branches"),
    "choices": (f"Quá {MAX_CHOICES} lựa chọn", f"Over {MAX_CHOICES} choices"),
}  # fmt: skip


def schema_problems(schema: object) -> list[Problem]:
    """Every limit the schema breaks, by name; nothing is built from it before its size is known."""
    if not isinstance(schema, dict):
        return [_problem("", "schema_type")]
    early = size_problem(schema)
    if early:
        return [early]
    found = [] if schema.get("$schema") == DIALECT else [_problem("/$schema", "schema_dialect")]
    for path, node in subschemas(schema):
        found += [_problem(joined(path) + ("/" + word if word else ""), rule) for word, rule in _node(node)]
    found += _references(schema)
    if not found and not _builds(schema):
        found.append(_problem("", "schema_invalid"))
    return found


def subschemas(schema: Schema) -> Iterator[tuple[Path, Schema]]:
    """Each schema object inside a schema with its path, the whole one first; the depth is limited beforehand."""
    open_ends: list[tuple[Path, object]] = [((), schema)]
    while open_ends:
        path, node = open_ends.pop()
        if not isinstance(node, dict):
            continue
        yield path, node
        open_ends += [((*path, word), node[word]) for word in ONE if word in node]
        for word in MANY:
            if isinstance(node.get(word), list):
                open_ends += [((*path, word, place), branch) for place, branch in enumerate(node[word])]
        for word in NAMED:
            if isinstance(node.get(word), dict):
                open_ends += [((*path, word, name), branch) for name, branch in node[word].items()]


def validator(schema: Schema) -> "Draft202012Validator":
    """The validator of a schema: linear patterns only, no retrieval, formats checked; kept by the schema's text."""
    return _validator(json.dumps(schema, ensure_ascii=True, sort_keys=True))


def _is_email(text: str) -> bool:
    """Whether a text is one address: the library takes a name beside it, and a second one in quotes."""
    return _EMAIL.fullmatch(text) is not None


@lru_cache(maxsize=64)
def _validator(text: str) -> "Draft202012Validator":
    import jsonschema_rs

    options = jsonschema_rs.RegexOptions(size_limit=PATTERN_MEMORY)
    return jsonschema_rs.Draft202012Validator(
        json.loads(text), validate_formats=True, formats={"email": _is_email}, pattern_options=options, offline=True
    )


def _problem(pointer: str, rule: str) -> Problem:
    return Problem("/schema" + pointer, rule, *SENTENCES[rule])


def size_problem(schema: object) -> Problem | None:
    """The first limit of size that a schema or a whole form breaks; walks no further than the limit."""
    depth, nodes = 0, 0
    layer: list[object] = [schema]
    while layer:
        depth, nodes = depth + 1, nodes + len(layer)
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            return _problem("", "schema_nodes" if nodes > MAX_NODES else "schema_depth")
        layer = [inner for node in layer for inner in inside(node)]
    try:
        size = len(json.dumps(schema, ensure_ascii=False, allow_nan=False).encode())
    except (TypeError, ValueError):
        return _problem("", "schema_invalid")
    return _problem("", "schema_bytes") if size > MAX_BYTES else None


def inside(value: object) -> list[object]:
    """The values directly inside a JSON value."""
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def _node(node: Schema) -> Iterator[tuple[str, str]]:
    for word in node:
        if word in DYNAMIC:
            yield word, "dynamic_reference"
        elif word in UNEVALUATED:
            yield word, "unevaluated"
        elif word not in KEYWORDS:
            yield "", "keyword_unknown"
    if "format" in node and node["format"] not in FORMATS:
        yield "format", "format_unknown"
    if any(_listed(node.get(word)) > MAX_BRANCHES for word in MANY):
        yield "", "branches"
    if _listed(node.get("enum")) > MAX_CHOICES:
        yield "enum", "choices"
    yield from _bounds(node)
    yield from _pattern(node)


def _listed(value: object) -> int:
    return len(value) if isinstance(value, list) else 0


def _bounds(node: Schema) -> Iterator[tuple[str, str]]:
    """A schema that names a type opens a place for values, so it says how many or how long."""
    types = node.get("type")
    kinds = {kind for kind in (types if isinstance(types, list) else [types]) if isinstance(kind, str)}
    if ("object" in kinds or "additionalProperties" in node) and node.get("additionalProperties") is not False:
        yield "", "object_open"
    if "array" in kinds and not _within(node.get("maxItems"), MAX_ITEMS):
        yield "", "max_items_missing"
    if "string" in kinds and not {"enum", "const"} & node.keys() and not _within(node.get("maxLength"), MAX_LENGTH):
        yield "", "max_length_missing"


def _within(given: object, most: int) -> bool:
    return type(given) is int and 0 <= given <= most


def _pattern(node: Schema) -> Iterator[tuple[str, str]]:
    pattern = node.get("pattern")
    if not isinstance(pattern, str):
        return
    if len(pattern) > MAX_PATTERN:
        yield "pattern", "pattern_length"
    elif not _builds({"pattern": pattern}):
        yield "pattern", "pattern_not_linear"


def _builds(schema: Schema) -> bool:
    try:
        validator(schema)
    except ValueError:
        return False
    return True


def _references(schema: Schema) -> list[Problem]:
    """References out of the schema, to nothing, in a circle, or that unfold to too much."""
    found, definitions = [], schema.get("$defs")
    names = definitions if isinstance(definitions, dict) else {}
    for path, node in subschemas(schema):
        target = node.get("$ref")
        local = LOCAL.match(target) if isinstance(target, str) else None
        if "$ref" in node and not local:
            found.append(_problem(joined((*path, "$ref")), "reference_remote"))
        elif local and local[1] not in names:
            found.append(_problem(joined((*path, "$ref")), "reference_missing"))
    if found or len(names) > MAX_DEFINITIONS:
        return found or [_problem("/$defs", "definitions")]
    sizes: dict[str, int] = {}
    if not all(_unfolded(names, name, sizes, ()) for name in names):
        return [_problem("/$defs", "reference_circle")]
    whole = _count({key: value for key, value in schema.items() if key != "$defs"}, sizes)
    return [_problem("", "schema_unfolded")] if whole > MAX_UNFOLDED else []


def _unfolded(names: Schema, name: str, sizes: dict[str, int], way: tuple[str, ...]) -> bool:
    """Sets the size of one definition with all it refers to; no when it comes back to itself."""
    if name in sizes:
        return True
    if name in way:
        return False
    if not all(_unfolded(names, other, sizes, (*way, name)) for other in _targets(names[name])):
        return False
    sizes[name] = _count(names[name], sizes)
    return True


def _targets(schema: object) -> list[str]:
    if not isinstance(schema, dict):
        return []
    return [str(node["$ref"]).removeprefix("#/$defs/") for _, node in subschemas(schema) if "$ref" in node]


def _count(schema: object, sizes: Mapping[str, int]) -> int:
    if not isinstance(schema, dict):
        return 1
    return sum(1 + sizes.get(str(node.get("$ref", "")).removeprefix("#/$defs/"), 0) for _, node in subschemas(schema))
