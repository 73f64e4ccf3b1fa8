"""Sentences for broken field rules, in Vietnamese and English."""

from typing import TYPE_CHECKING

from chalicelib.kernel.errors import FieldError

if TYPE_CHECKING:
    from pydantic import ValidationError

VIETNAMESE = {
    "missing": "Bắt buộc phải có",
    "extra_forbidden": "Trường không được phép",
    "json_invalid": "JSON không đúng cú pháp",
    "string_type": "Phải là chuỗi ký tự",
    "string_too_short": "Quá ngắn",
    "string_too_long": "Quá dài",
    "string_pattern_mismatch": "Không đúng định dạng",
    "int_type": "Phải là số nguyên",
    "int_from_float": "Phải là số nguyên",
    "value_error": "Giá trị không hợp lệ",
    "greater_than_equal": "Nhỏ hơn mức cho phép",
    "less_than_equal": "Lớn hơn mức cho phép",
    "literal_error": "Không thuộc danh sách cho phép",
    "dict_type": "Phải là một đối tượng",
    "model_type": "Phải là một đối tượng",
    "bool_type": "Phải là đúng hoặc sai",
}


def pointer(parts: tuple[int | str, ...]) -> str:
    """JSON Pointer (RFC 6901) of a place in a body."""
    return "".join("/" + str(p).replace("~", "~0").replace("/", "~1") for p in parts)


def field_errors(error: "ValidationError") -> list[FieldError]:
    """Each broken field with its rule; the values themselves are never repeated."""
    return [
        FieldError(pointer(e["loc"]), e["type"], VIETNAMESE.get(e["type"], "Giá trị không hợp lệ"), e["msg"])
        for e in error.errors(include_url=False, include_input=False, include_context=False)
    ]


def not_json() -> FieldError:
    """The whole body is no JSON (RFC 8259: NaN and Infinity are none either)."""
    return FieldError("", "json_invalid", VIETNAMESE["json_invalid"], "The body is not JSON")
