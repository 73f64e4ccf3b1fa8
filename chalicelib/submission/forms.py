"""A form against its JSON Schema 2020-12, with sentences in Vietnamese and English; the browser is never believed."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from chalicelib.kernel.errors import FieldError
from chalicelib.kernel.messages import pointer

SENTENCES = {
    "required": ("Bắt buộc phải có", "Required"),
    "additionalProperties": ("Trường không có trong biểu mẫu", "Not a field of the form"),
    "type": ("Sai kiểu dữ liệu", "Wrong type"),
    "enum": ("Không thuộc danh sách cho phép", "Not one of the choices"),
    "pattern": ("Không đúng định dạng", "Does not match the format"),
    "format": ("Không đúng định dạng ngày", "Not a date"),
    "minLength": ("Quá ngắn", "Too short"),
    "maxLength": ("Quá dài", "Too long"),
    "minimum": ("Nhỏ hơn mức cho phép", "Too small"),
    "maximum": ("Lớn hơn mức cho phép", "Too large"),
}
MAX_ERRORS = 50


def form_errors(schema: Mapping[str, Any], form: Any) -> list[FieldError]:
    """Each field that breaks a rule of the form, at most 50; the values themselves are never repeated."""
    return sorted(islice(_errors(schema, form), MAX_ERRORS), key=lambda e: (e.pointer, e.rule))


def _errors(schema: Mapping[str, Any], form: Any) -> Iterator[FieldError]:
    import jsonschema_rs

    for error in jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True).iter_errors(form):
        rule = error.kind.name
        vi, en = SENTENCES.get(rule, ("Không hợp lệ", "Not valid"))
        for place in _places(error.kind, tuple(error.instance_path)):
            yield FieldError(pointer(place), rule, vi, en)


def _places(kind: Any, path: tuple[int | str, ...]) -> list[tuple[int | str, ...]]:
    """The fields an error speaks of: a missing or an unknown one is below the object that is in error."""
    if kind.name == "required":
        return [(*path, kind.property)]
    if kind.name == "additionalProperties":
        return [(*path, name) for name in kind.unexpected]
    return [path]
