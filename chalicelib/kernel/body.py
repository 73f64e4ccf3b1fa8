"""A JSON body that says one thing only: no name twice, no deeper than a form of ours can be; refused by name."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from email.parser import BytesParser
from email.policy import HTTP
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin
from urllib.parse import parse_qsl

import msgspec
from msgspec import Meta, Struct, structs

from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.kernel.words import faults_of

if TYPE_CHECKING:
    from chalice.app import MultiDict
    from pydantic import BaseModel, ValidationError

MAX_BODY = 200_000  # bytes of JSON: half of what one DynamoDB item may hold
"""Of one whose model names no other `LARGEST`."""
MAX_DEPTH = 48
"""Levels of objects and lists: a form's schema may have half of them, and stands some levels down in a body."""


def body_of(model: "type[BaseModel | Struct]", raw: bytes) -> Any:
    """The body as its model; whatever is wrong with it is named. Raises BodyInvalid.

    A struct is read without pydantic, whose start costs a cold function more than all else that it does. Only a body
    that is in order is: any other is read again by the same model in pydantic, which names everything that is wrong.
    """
    if not issubclass(model, Struct):
        return _modelled(model, raw)
    try:
        value = msgspec.json.decode(raw) if len(raw) <= MAX_BODY else None
        made: Struct = msgspec.convert(value, model)
        if len(raw) <= MAX_BODY and _names(value) == raw.count(b":") and not any(faults_of(model, value)):
            return made
    except (msgspec.MsgspecError, RecursionError, BodyInvalid):
        pass
    return msgspec.convert(_modelled(modelled(model), raw).model_dump(), model)


def form_of(kind: "type[BaseModel | Struct]", raw: bytes) -> Any:
    """A form (`application/x-www-form-urlencoded`) as its model; what was sent empty was not sent.

    A name that the model has not is passed over, and one that comes twice is refused (RFC 6749, 3.2). Raises
    BodyInvalid, which says `error` too, in the one word that OAuth has for it.
    """
    from pydantic import ValidationError

    model = modelled(kind) if issubclass(kind, Struct) else kind
    if len(raw) > MAX_BODY:
        raise _unformed([_too_long(MAX_BODY)])
    try:
        given = parse_qsl(raw.decode(), strict_parsing=True, keep_blank_values=True) if raw else []
    except ValueError:
        raise _unformed(
            [FieldError("", "form_invalid", "Biểu mẫu không đúng cú pháp", "The body is no form")]
        ) from None
    counted = Counter(name for name, _ in given)
    if twice := [FieldError(pointer((name,)), *TWICE) for name in model.model_fields if counted[name] > 1]:
        raise _unformed(twice)
    try:
        return model.model_validate({name: value for name, value in given if value and name in model.model_fields})
    except ValidationError as error:
        raise _unformed(field_errors(error)) from None


TWICE = "duplicate_key", "Tham số xuất hiện hai lần", "The parameter comes twice"


MAX_FILE = 4_000_000
"""Bytes of a form with a file: Lambda takes 6 MB of an event, in which bytes are a third longer (Base64)."""


def file_of(raw: bytes, kind: str) -> bytes:
    """The bytes of the field `file` in a form of that media type.

    Raises BodyInvalid: the form is too long, is none, has no file, an empty one, or several.
    """
    if len(raw) > MAX_FILE:
        raise _unfiled("too_long", f"Tệp quá lớn: tối đa {MAX_FILE} byte", f"The file is too long: {MAX_FILE} bytes")
    head = f"Content-Type: {kind}\r\n\r\n".encode("ascii", "replace")
    form = BytesParser(policy=HTTP).parsebytes(head + raw)
    parts = list(form.iter_parts()) if form.is_multipart() else []
    files = [part for part in parts if part.get_param("name", header="content-disposition") == "file"]
    if len(files) > 1:
        raise _unfiled("duplicate_key", "Chỉ gửi một tệp", "Send one file only")
    content = files[0].get_payload(decode=True) if files else b""
    if not isinstance(content, bytes) or not content:
        raise _unfiled("missing", "Chưa chọn tệp nào, hoặc tệp trống", "No file was chosen, or it is empty")
    return content


def _unfiled(rule: str, vietnamese: str, english: str) -> BodyInvalid:
    return BodyInvalid(fields=[FieldError("/file", rule, vietnamese, english)])


def _unformed(fields: list[FieldError]) -> BodyInvalid:
    return BodyInvalid(fields=fields, error="invalid_request")


def _modelled(model: "type[BaseModel]", raw: bytes) -> Any:
    from pydantic import ValidationError

    value = _parsed(model, raw)
    unsaid = {(at := pointer(path)): FieldError(at, *rule) for path, rule in faults_of(model, value)}
    try:
        made = model.model_validate(value)
    except ValidationError as error:
        broken = field_errors(error)
        more = [unsaid[place] for place in unsaid.keys() - {each.pointer for each in broken}]
        raise BodyInvalid(fields=[*broken, *sorted(more, key=lambda each: each.pointer)][:MOST]) from None
    if unsaid:
        raise BodyInvalid(fields=list(unsaid.values())[:MOST])
    return made


ALIKE = ("min_length", "max_length", "pattern", "ge", "gt", "le", "lt", "title", "description", "examples")
"""What a field of a struct and one of pydantic say by the same word."""


@cache
def modelled(kind: type[Struct]) -> "type[BaseModel]":
    """A struct of an API as pydantic has it: it names all that is wrong with a body, and describes the API."""
    from pydantic import ConfigDict, create_model

    closed = ConfigDict(extra="forbid", strict=True) if kind.__struct_config__.forbid_unknown_fields else None
    fields: dict[str, Any] = {
        field.name: (_annotated(field.type), ... if field.required else field.default) for field in structs.fields(kind)
    }
    return create_model(kind.__name__, __config__=closed, __doc__=kind.__doc__, __module__=kind.__module__, **fields)


def _annotated(given: Any) -> Any:
    """The type of a struct's field, as pydantic takes it."""
    from pydantic import Field

    if isinstance(given, type) and issubclass(given, Struct):
        return modelled(given)
    inner = get_args(given)
    if get_origin(given) is Annotated:
        meta = next(each for each in inner[1:] if isinstance(each, Meta))
        said = {word: value for word in ALIKE if (value := getattr(meta, word)) is not None}
        const = (meta.extra_json_schema or {}).get("const")
        return Annotated[_annotated(inner[0]) if const is None else Literal[const], Field(**said)]
    if origin := get_origin(given):
        return origin[tuple(_annotated(each) for each in inner)]
    return given


def _parsed(model: "type[BaseModel]", raw: bytes) -> Any:
    from pydantic_core import from_json

    largest: int = getattr(model, "LARGEST", MAX_BODY)
    if len(raw) > largest:
        raise BodyInvalid(fields=[_too_long(largest)])
    try:
        value = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        if "recursion limit" in str(error):  # the parser's own, far beyond ours
            raise _too_deep() from None
        raise _refused("", "json_invalid", "JSON không đúng cú pháp", "The body is not JSON") from None
    # Each name has a colon of its own, so as many names as colons means that the parser lost none.
    if _names(value) != raw.count(b":"):
        _refuse_twice(model, raw)
    return value


def _names(value: Any) -> int:
    """How many names a parsed body has, level by level. Raises BodyInvalid when there are too many levels."""
    names, level = 0, [value]
    for _ in range(MAX_DEPTH):
        deeper: list[Any] = []
        for node in level:
            if type(node) is dict:
                names += len(node)
                deeper += node.values()
            elif type(node) is list:
                deeper += node
        if not deeper:
            return names
        level = deeper
    if any(isinstance(node, (dict, list)) for node in level):
        raise _too_deep()
    return names


class _Twice(dict[str, Any]):
    """An object in which a name came twice."""

    name: str


def _marked(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = _Twice(found)
    twice.name = Counter(name for name, _ in pairs).most_common(1)[0][0]
    return twice


def _refuse_twice(model: "type[BaseModel]", raw: bytes) -> None:
    """The body once more, by a parser that sees each name; it is slower, and for the odd body only."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), json.loads(raw, object_pairs_hook=_marked))]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, _Twice):
            place = _known((*path, node.name), _field_names(model))
            raise _refused(place, "duplicate_key", "Một tên xuất hiện hai lần", "A name comes twice in one object")
        inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        waiting += [((*path, name), value) for name, value in inner]


def _known(path: Sequence[str | int], names: frozenset[str]) -> str:
    """The pointer to a place, as far as its names are ours: others are the user's own text, never repeated."""
    end = next((at for at, part in enumerate(path) if isinstance(part, str) and part not in names), len(path))
    return pointer(tuple(path[:end]))


@cache
def _field_names(model: "type[BaseModel]") -> frozenset[str]:
    schema = model.model_json_schema()
    objects = [schema, *schema.get("$defs", {}).values()]
    return frozenset(name for each in objects for name in each.get("properties", ()))


def _refused(place: str, rule: str, vi: str, en: str) -> BodyInvalid:
    return BodyInvalid(fields=[FieldError(place, rule, vi, en)])


def _too_long(largest: int) -> FieldError:
    return FieldError("", "max_bytes", f"Tối đa {largest} byte", f"At most {largest} bytes")


def _too_deep() -> BodyInvalid:
    vi, en = f"Lồng nhau quá {MAX_DEPTH} tầng", f"Nested over {MAX_DEPTH} levels"
    return _refused("", "too_deep", vi, en)


MOST = 50
"""Fields named at once: a body of ten thousand faults is not answered by ten thousand sentences."""
VIETNAMESE = {
    "missing": "Bắt buộc phải có",
    "extra_forbidden": "Trường không được phép",
    "string_type": "Phải là chuỗi ký tự",
    "string_too_short": "Quá ngắn",
    "string_too_long": "Quá dài",
    "string_pattern_mismatch": "Không đúng định dạng",
    "int_type": "Phải là số nguyên",
    "int_from_float": "Phải là số nguyên",
    "int_parsing": "Phải là số nguyên",
    "too_long": "Quá nhiều mục",
    "too_short": "Quá ít mục",
    "list_type": "Phải là một danh sách",
    "date_from_datetime_parsing": "Phải là một ngày",
    "date_type": "Phải là một ngày",
    "datetime_from_date_parsing": "Phải là một thời điểm",
    "datetime_type": "Phải là một thời điểm",
    "moment_range": "Phải trong các năm 2000 đến 2199",
    "timezone_aware": "Thời điểm phải có múi giờ",
    "value_error": "Giá trị không hợp lệ",
    "greater_than_equal": "Nhỏ hơn mức cho phép",
    "less_than": "Lớn hơn mức cho phép",
    "less_than_equal": "Lớn hơn mức cho phép",
    "literal_error": "Không thuộc danh sách cho phép",
    "dict_type": "Phải là một đối tượng",
    "model_type": "Phải là một đối tượng",
    "bool_type": "Phải là đúng hoặc sai",
    "bool_parsing": "Phải là đúng hoặc sai",
    "date_from_datetime_inexact": "Phải là một ngày",
    "blank": "Chưa ghi gì",
    "letters_unprintable": "Có chữ hoặc ký hiệu không in được trên giấy tờ",
    "marks_stacked": "Có chữ mang quá nhiều dấu",
}


UNKNOWN = "unknown_parameter", "Đường dẫn này không có tham số đó", "This route has no such parameter"


def query_of(known: Collection[str], given: "MultiDict | None") -> Mapping[str, str]:
    """The query as texts, each name once; what was sent empty was not sent.

    Raises BodyInvalid, which names each parameter that the route does not declare, or that came twice: a filter that is
    passed over would find everything.
    """
    sent = {} if given is None else {str(name): given.getlist(name) for name in given}
    faults = [(name, UNKNOWN if name not in known else TWICE) for name in sent]
    if broken := [FieldError(pointer((n,)), *why) for n, why in faults if why is UNKNOWN or len(sent[n]) > 1]:
        raise BodyInvalid(fields=broken[:MOST])
    return {name: values[0] for name, values in sent.items() if values[0]}


def asked_of(model: "type[BaseModel]", query: Mapping[str, str]) -> Any:
    """The query as its model. Raises BodyInvalid, which names the parameter."""
    from pydantic import ValidationError

    try:
        return model.model_validate(query)
    except ValidationError as error:
        raise BodyInvalid(fields=field_errors(error)) from None


def pointer(parts: tuple[int | str, ...]) -> str:
    """JSON Pointer (RFC 6901) of a place in a body."""
    return "".join("/" + str(p).replace("~", "~0").replace("/", "~1") for p in parts)


def field_errors(error: "ValidationError") -> list[FieldError]:
    """The first broken fields, each with its rule; the values themselves are never repeated."""
    return [
        FieldError(pointer(e["loc"]), e["type"], VIETNAMESE.get(e["type"], "Giá trị không hợp lệ"), e["msg"])
        for e in error.errors(include_url=False, include_input=False, include_context=False)[:MOST]
    ]
