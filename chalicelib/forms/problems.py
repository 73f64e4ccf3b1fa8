"""One broken rule of a form or of an answer: a pointer, the rule's name, a sentence in Vietnamese and in English."""

from collections.abc import Iterable

import msgspec

MAX_PROBLEMS = 50


class Said(msgspec.Struct, frozen=True):
    """A problem in one language: the field by its label, what is wrong, a right value, and what to do without one.

    Only what a person can fill in has an example; the rest of a message about a whole answer is empty.
    """

    field: str
    fault: str
    example: str = ""
    way_out: str = ""

    def sentence(self, example: str) -> str:
        """All of it in one text, the example after these words."""
        shown = f"{example} {self.example}." if self.example else ""
        return " ".join(part for part in (f"{self.field} – {_ended(self.fault)}", shown, self.way_out) if part)


class Problem(msgspec.Struct, frozen=True):
    """What is wrong where. `pointer` is a JSON Pointer (RFC 6901); the value itself is never repeated.

    `vi` and `en` are the parts of the messages, for what a person fills in.
    """

    pointer: str
    rule: str
    message_vi: str
    message_en: str
    vi: Said | None = None
    en: Said | None = None


ANSWERS = {
    "required": ("Bắt buộc phải có", "Required"),
    "additionalProperties": ("Trường không có trong biểu mẫu", "Not a field of the form"),
    "falseSchema": ("Trường này không dùng cho trường hợp đã chọn", "Not asked in the case chosen"),
    "type": ("Sai kiểu dữ liệu", "Wrong type"),
    "enum": ("Không thuộc danh sách cho phép", "Not one of the choices"),
    "const": ("Không phải giá trị phải chọn", "Not the choice that is needed"),
    "pattern": ("Không đúng định dạng", "Does not match the format"),
    "format": ("Không đúng định dạng quy định", "Not in the format asked for"),
    "minLength": ("Quá ngắn", "Too short"),
    "maxLength": ("Quá dài", "Too long"),
    "minimum": ("Nhỏ hơn mức cho phép", "Too small"),
    "maximum": ("Lớn hơn mức cho phép", "Too large"),
    "minItems": ("Có quá ít mục", "Too few entries"),
    "maxItems": ("Có quá nhiều mục", "Too many entries"),
    "uniqueItems": ("Có mục bị lặp lại", "An entry is repeated"),
    "not_json": ("Không phải dữ liệu JSON hợp lệ", "Not valid JSON data"),
    "answer_bytes": ("Nội dung biểu mẫu quá lớn", "The form's content is too large"),
    "answer_depth": ("Nội dung biểu mẫu lồng quá sâu", "The form's content is nested too deep"),
    "answer_nodes": ("Biểu mẫu có quá nhiều giá trị", "The form holds too many values"),
    "evaluation_budget": (
        "Biểu mẫu quá lớn để kiểm tra các quy tắc",
        "The form is too large for its rules to be checked",
    ),
    "blank": ("Chưa ghi gì", "Nothing is written"),
    "letters_unprintable": (
        "Có chữ hoặc ký hiệu không in được trên giấy tờ",
        "Holds letters or signs that cannot be printed on papers",
    ),
    "marks_stacked": ("Có chữ mang quá nhiều dấu", "A letter carries too many marks"),
    "name_letters": (
        "Họ tên chỉ gồm chữ cái La-tinh có dấu, dấu cách, dấu nháy, gạch nối và dấu chấm",
        "A name holds Latin letters with their marks, spaces, apostrophes, hyphens and dots only",
    ),
    "rule_unchecked": ("Chưa kiểm tra được quy tắc này", "This rule could not be checked"),
}


def told(pointer: str, rule: str, vi: Said, en: Said) -> Problem:
    """A problem from its parts in both languages."""
    return Problem(pointer, rule, vi.sentence("Ví dụ:"), en.sentence("For example:"), vi, en)


def _ended(fault: str) -> str:
    return fault if fault.endswith((".", "!", "?")) else f"{fault}."


def answer_problem(pointer: str, rule: str) -> Problem:
    """A problem of an answer, with the sentence of its rule."""
    return Problem(pointer, rule, *ANSWERS.get(rule, ("Không hợp lệ", "Not valid")))


def joined(parts: Iterable[str | int]) -> str:
    """JSON Pointer (RFC 6901) of a place."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def parted(pointer: str) -> tuple[str, ...]:
    """The names along a JSON Pointer; the whole document is the empty tuple."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
