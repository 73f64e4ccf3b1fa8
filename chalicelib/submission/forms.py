"""A form against its JSON Schema 2020-12, with sentences in Vietnamese and English; the browser is never believed."""

from collections.abc import Mapping
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
    """Each field that breaks a rule of the form; the values themselves are never repeated."""
    import jsonschema_rs

    found = []
    for error in jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True).iter_errors(form):
        kind: Any = error.kind
        rule = kind.name
        vi, en = SENTENCES.get(rule, ("Không hợp lệ", "Not valid"))
        path = tuple(error.instance_path)
        if rule == "required":
            path = (*path, kind.property)
        found.append(FieldError(pointer(path), rule, vi, en))
        if len(found) == MAX_ERRORS:
            break
    return sorted(found, key=lambda e: (e.pointer, e.rule))
