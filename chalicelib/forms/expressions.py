"""What an expression of a form may say, bound on its tokens before the engine sees it.

The rules are written in a part of CEL. The engine gives no tree, so the bound is made on the tokens, and is safe
because the part is closed: every character belongs to a token (no comments, escapes, triple quotes, prefixes, maps,
indexes), brackets nest at most MAX_DEPTH deep, the only names are `form`, `today`, fields of the schema and a macro's
own variable, and the only macros are `all`, `exists`, `exists_one` and `filter`, on a list of the form itself, never
one inside another. `map` is refused: without it no value grows from entry to entry, so the work of an expression is
at most its tokens outside macros plus its tokens inside times the length of the list (`cost`).
"""

import re
from collections.abc import Iterator

import msgspec

from chalicelib.forms.fields import Places, kind

MAX_EXPRESSION, MAX_TOKENS, MAX_DEPTH, MAX_LIST, MAX_TEXT, MAX_MACROS = 500, 200, 12, 40, 200, 3

SENTENCES = {
    "expression_length": (f"Biểu thức dài quá {MAX_EXPRESSION} ký tự", f"Over {MAX_EXPRESSION} characters"),
    "expression_tokens": (f"Biểu thức có quá {MAX_TOKENS} thành phần", f"The expression has over {MAX_TOKENS} tokens"),
    "expression_depth": (f"Dấu ngoặc lồng quá {MAX_DEPTH} tầng", f"Brackets are nested over {MAX_DEPTH} levels"),
    "expression_list": (f"Danh sách viết sẵn có quá {MAX_LIST} mục", f"A literal list has over {MAX_LIST} entries"),
    "expression_text": (f"Chuỗi viết sẵn dài quá {MAX_TEXT} ký tự", f"A literal text is over {MAX_TEXT} characters"),
    "expression_macros": (f"Có quá {MAX_MACROS} vòng lặp", f"Over {MAX_MACROS} macros"),
    "expression_macro_nesting": ("Vòng lặp nằm trong vòng lặp", "A macro inside a macro"),
    "expression_macro_list": ("Vòng lặp chỉ chạy trên danh sách của biểu mẫu", "Macros run on lists of the form only"),
    "expression_function": ("Hàm không được dùng", "A function that is not allowed"),
    "expression_name": ("Tên không có", "An unknown name"),
    "expression_field": ("Trường không có trong lược đồ", "A field that is not in the schema"),
    "expression_size": ("size() chỉ dùng cho danh sách", "size() is for lists only"),
    "expression_syntax": ("Biểu thức sai cú pháp", "The expression's syntax is wrong"),
}  # fmt: skip

TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<text>'[^'\\\r\n]*'|\"[^\"\\\r\n]*\")"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<sign>&&|\|\||[=!<>]=|[-+*/%<>!?:.,()\[\]])"
)
MACROS = frozenset({"all", "exists", "exists_one", "filter"})
METHODS = MACROS | {"size", "startsWith", "endsWith", "contains"}
FUNCTIONS = frozenset({"has", "int", "double", "years", "days", "year"})
WORDS = frozenset({"true", "false", "null", "in"})
ROOTS = frozenset({"form", "today"})
CLOSED_BY = {"(": ")", "[": "]"}
type Token = tuple[str, str]


class Refused(ValueError):
    """The expression is outside the part of CEL in use; `rule` names which limit."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class Reading(msgspec.Struct, frozen=True):
    """What an expression reads (pointers, `*` for every entry) and what it may cost."""

    reads: frozenset[str]
    outside: int
    inside: int

    def cost(self, longest: int) -> int:
        """The most steps it takes when no list is longer than `longest`."""
        return self.outside + self.inside * (1 + longest)


class _Frame(msgspec.Struct):
    closes: str
    is_list: bool = False
    variable: str = ""
    entry: str = ""
    commas: int = 0


class _Scan(msgspec.Struct):
    places: Places | None
    tokens: list[Token]
    frames: list[_Frame] = []
    path: str | None = None
    reads: set[str] = set()
    macros: int = 0
    inside: int = 0
    filtered: bool = False


def read(expression: str, places: Places | None = None) -> Reading:
    """The bound of an expression; field names are checked when the schema's places are given. Raises Refused."""
    scan = _Scan(places, _tokens(expression))
    for place, token in enumerate(scan.tokens):
        scan.inside += any(frame.variable for frame in scan.frames)
        _step(scan, place, token)
    if scan.frames:
        raise Refused("expression_syntax")
    _finish(scan)
    return Reading(frozenset(scan.reads), len(scan.tokens) - scan.inside, scan.inside)


def _tokens(expression: str) -> list[Token]:
    if len(expression) > MAX_EXPRESSION:
        raise Refused("expression_length")
    found: list[Token] = []
    for sort, text in _lexed(expression):
        if sort == "text" and len(text) > MAX_TEXT:
            raise Refused("expression_text")
        # beside a text a word would be its prefix (r'', b'') and a text its other half (''' ''')
        if found and {sort, found[-1][0]} <= {"text", "name", "number"} and "in" not in {text, found[-1][1]}:
            raise Refused("expression_syntax")
        found.append((sort, text))
    if len(found) > MAX_TOKENS:
        raise Refused("expression_tokens")
    return found


def _lexed(expression: str) -> Iterator[Token]:
    at = 0
    while at < len(expression):
        match = TOKEN.match(expression, at)
        if not match or expression.startswith("//", at):
            raise Refused("expression_syntax")
        if match.lastgroup != "space":
            yield str(match.lastgroup), match[0]
        at = match.end()


def _step(scan: _Scan, place: int, token: Token) -> None:
    sort, text = token
    before = scan.tokens[place - 1] if place else ("", "")
    after = scan.tokens[place + 1] if place + 1 < len(scan.tokens) else ("", "")
    if sort == "name":
        _name(scan, text, is_member=before[1] == "." and before[0] == "sign", is_call=after == ("sign", "("))
    elif text in CLOSED_BY and sort == "sign":
        _opened(scan, place, text, before)
    elif text in {")", "]"} and sort == "sign":
        _closed(scan, text)
    elif text != "." or sort != "sign":
        scan.filtered = False
        _finish(scan)
        if text == "," and sort == "sign":
            _comma(scan)


def _finish(scan: _Scan) -> None:
    """The path that was being read ends here."""
    if scan.path is not None:
        scan.reads.add(scan.path)
    scan.path = None


def _comma(scan: _Scan) -> None:
    if not scan.frames:
        raise Refused("expression_syntax")
    scan.frames[-1].commas += 1
    if scan.frames[-1].is_list and scan.frames[-1].commas >= MAX_LIST:
        raise Refused("expression_list")


def _opened(scan: _Scan, place: int, text: str, before: Token) -> None:
    if len(scan.frames) >= MAX_DEPTH:
        raise Refused("expression_depth")
    called = text == "(" and before[0] == "name" and before[1] not in WORDS
    if called:
        scan.frames.append(_call(scan, place, before[1]))
        return
    # "[" after a value would be an index
    if (before[0] in {"name", "text", "number"} and before[1] not in WORDS) or before[1] in {")", "]", "."}:
        raise Refused("expression_syntax")
    scan.filtered = False
    scan.frames.append(_Frame(CLOSED_BY[text], is_list=text == "["))


def _call(scan: _Scan, place: int, name: str) -> _Frame:
    is_method = place > 1 and scan.tokens[place - 2] == ("sign", ".")
    if not is_method or name not in MACROS:
        return _method(scan, name) if is_method else _Frame(")")
    if any(frame.variable for frame in scan.frames):
        raise Refused("expression_macro_nesting")
    scan.macros += 1
    if scan.macros > MAX_MACROS:
        raise Refused("expression_macros")
    if scan.path is None or not _is_list(scan):
        raise Refused("expression_macro_list")
    variable, comma = (*scan.tokens[place + 1 : place + 3], ("", ""), ("", ""))[:2]
    if variable[0] != "name" or comma != ("sign", ",") or variable[1] in WORDS | ROOTS:
        raise Refused("expression_syntax")
    frame = _Frame(")", variable=variable[1], entry=scan.path + "/*")
    _finish(scan)
    return frame


def _method(scan: _Scan, name: str) -> _Frame:
    """`size` in the engine counts a text's bytes, not its characters, so it is kept for lists."""
    if name == "size" and not scan.filtered and not (scan.path is not None and _is_list(scan)):
        raise Refused("expression_size")
    scan.filtered = False
    _finish(scan)
    return _Frame(")")


def _is_list(scan: _Scan) -> bool:
    if scan.places is None:
        return True
    path = scan.path or ""
    return kind(scan.places.groups.get(path) or scan.places.fields.get(path) or {}) == "array"


def _closed(scan: _Scan, text: str) -> None:
    _finish(scan)
    if not scan.frames or scan.frames[-1].closes != text:
        raise Refused("expression_syntax")
    frame = scan.frames.pop()
    scan.filtered = bool(frame.variable)


def _name(scan: _Scan, text: str, *, is_member: bool, is_call: bool) -> None:
    if is_call and text not in WORDS:
        if text not in (METHODS if is_member else FUNCTIONS):
            raise Refused("expression_function")
        return
    if is_member:
        _member(scan, text)
        return
    scan.filtered = False
    _finish(scan)
    entries = {frame.variable: frame.entry for frame in scan.frames if frame.variable}
    if text in ROOTS:
        scan.path = "" if text == "form" else None
    elif text in entries:
        scan.path = entries[text]
    elif text not in WORDS:
        raise Refused("expression_name")


def _member(scan: _Scan, text: str) -> None:
    if scan.path is None:
        raise Refused("expression_name")
    scan.path += "/" + text
    if scan.places is not None and scan.path not in scan.places.groups and scan.path not in scan.places.fields:
        raise Refused("expression_field")
