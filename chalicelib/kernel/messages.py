"""Sentences for broken field rules, in Vietnamese and English."""

from typing import TYPE_CHECKING

from chalicelib.kernel.errors import FieldError

if TYPE_CHECKING:
    from pydantic import ValidationError

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
}


def pointer(parts: tuple[int | str, ...]) -> str:
    """JSON Pointer (RFC 6901) of a place in a body."""
    return "".join("/" + str(p).replace("~", "~0").replace("/", "~1") for p in parts)


def field_errors(error: "ValidationError") -> list[FieldError]:
    """The first broken fields, each with its rule; the values themselves are never repeated."""
    return [
        FieldError(pointer(e["loc"]), e["type"], VIETNAMESE.get(e["type"], "Giá trị không hợp lệ"), e["msg"])
        for e in error.errors(include_url=False, include_input=False, include_context=False)[:MOST]
    ]
