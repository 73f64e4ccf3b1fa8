"""The papers of a dossier: documents apart from notes, and the cases that ask for them."""

import re
from typing import Any, Final

from chalicelib.catalogue.records.durations import term_of
from chalicelib.catalogue.records.findings import Ledger
from chalicelib.catalogue.records.raw import Raw

_BULLET = re.compile(r"^(?:[-+*•–]\s*)+")
# These head a list of papers for everybody and name no case.
_HEADING = re.compile(
    r"\W*(?:(?:các )?(?:giấy tờ|tài liệu|hồ sơ|thành phần hồ sơ)?\s*(?:phải|cần)?\s*(?:nộp|xuất trình|gửi kèm)?"
    r"|lưu ý|ghi chú|chú ý|biểu mẫu|mẫu đơn, tờ khai|giấy tờ khác|thành phần hồ sơ(?: bao gồm| gồm)?)\W*",
    re.IGNORECASE,
)
_LONGEST_HEADING: Final = 80  # the pattern above may try every way to divide a run of marks
# Papers under such a heading, or whose own words begin so, are looked at and go back to who brought them.
_SHOW = re.compile(r"\W*(?:\w{1,3}[.)]\s*)?(?:(?:các )?giấy tờ )?(?:phải )?xuất trình\b", re.IGNORECASE)
_HAND_IN = re.compile(r"\b(?:nộp|gửi)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\W*(?:\w{1,3}[.)]\s*)?(?:trường hợp|đối với)", re.IGNORECASE)
_NO_TERM: Final[dict[str, Any]] = {"text": None, "record": None, "text_vi": None}

type Blank = dict[str, str | None]


class Papers:
    """Reads components into documents and notes; a paper that several cases ask for is one component."""

    def __init__(self, record: Raw, code: str) -> None:
        self._ledger, self._code = record.ledger, code
        self.cases: list[dict[str, Any]] = []
        self.components: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self._named: dict[str, str] = {}
        self._by_content: dict[tuple[Any, ...], dict[str, Any]] = {}
        self._contents: dict[str, tuple[Any, ...]] = {}
        self._read(record)
        _check_unknown(self.components, self._ledger)

    def _read(self, record: Raw) -> None:
        own = record.rows("cases")
        for row in own:
            self._coded_case(row)
        groups = record.rows("executionCases")
        for group in groups:
            self._group(group, alone=len(groups) == 1)
        for row in own:
            code = row.line("code")
            self._papers(row, [code] if code else [], None)
        self._papers(record, [], None)

    def _coded_case(self, row: Raw) -> None:
        code = row.line("code")
        if code is None:
            self._ledger.warn("case_without_code", row.pointer)
        elif any(case["code"] == code for case in self.cases):
            self._ledger.warn("case_repeated", row.at("code"), case=code)
        else:
            name = row.line("name")
            term = term_of(row.child("processingDay"), "qty", "type", None)
            self.cases.append({"code": code, "name_vi": name, "term": term})

    def _group(self, group: Raw, *, alone: bool) -> None:
        """A group of papers belongs to the case that its name states, or is a heading."""
        name = group.line("name")
        if name is None or _is_heading(name) or (alone and not _CONDITION.match(name)):
            self._papers(group, [], name and _plain(name))
        else:
            self._papers(group, [self._named_case(_plain(name))], None)

    def _named_case(self, name: str) -> str:
        """The record gives these cases names only; their code is the procedure's, `#` and their order."""
        if name not in self._named:
            self._named[name] = f"{self._code}#{len(self._named) + 1}"
            self.cases.append({"code": self._named[name], "name_vi": name, "term": dict(_NO_TERM)})
        return self._named[name]

    def _papers(self, group: Raw, cases: list[str], heading: str | None) -> None:
        for row in group.rows("profileComponents"):
            text = row.prose("name")
            if text is None:
                self._ledger.warn("component_nameless", row.pointer)
                continue
            originals, copies = row.whole("originalQty"), row.whole("copyQty")
            if originals == copies == 0:
                note = {"text_vi": text, "cases": list(cases), "group_vi": heading, "blanks": blanks_of(row)}
                self.notes.append(note)
            else:
                self._document(row, text, (originals, copies), cases, heading)

    def _document(
        self, row: Raw, text: str, quantity: tuple[int | None, int | None], cases: list[str], heading: str | None
    ) -> None:
        code = row.line("code")
        component = {
            "code": code,
            "name_vi": _plain(text),
            "originals": quantity[0],
            "copies": quantity[1],
            "cases": list(cases),
            "group_vi": heading,
            "need": "shown" if _is_shown(heading or "") or _is_shown(text) else "unknown",
            "has_electronic_form": row.flag("hasElectronicForm"),
            "is_processing_result": row.flag("isProcessingResult"),
        }
        if row.flag("required"):
            self._ledger.warn("required_is_set", row.at("required"), code=code)
        if quantity == (None, None):
            self._ledger.warn("quantity_missing", row.pointer)
        if not self._merged(row, component, blanks_of(row)):
            self.components.append(component)

    def _merged(self, row: Raw, component: dict[str, Any], blanks: list[Blank]) -> bool:
        """Whether the same paper stood before, for another case or twice; its blank forms come together."""
        content = tuple(v for k, v in component.items() if k != "cases")
        content = (*content, bool(component["cases"]))
        code = component["code"]
        if code and self._contents.setdefault(code, content) != content:
            self._ledger.warn("component_conflict", row.pointer, code=code)
        before = self._by_content.setdefault(content, component)
        held = before.setdefault("blanks", [])
        held += [blank for blank in blanks if blank not in held]
        if before is component:
            return False
        added = [case for case in component["cases"] if case not in before["cases"]]
        if not added:
            self._ledger.warn("component_repeated", row.pointer, code=code)
        before["cases"] += added
        return True


def _is_shown(words: str) -> bool:
    return _SHOW.match(words) is not None and _HAND_IN.search(words) is None


def blanks_of(row: Raw) -> list[Blank]:
    """The blank forms of a paper: what the record says of each file. It has a place in a store and no address."""
    files = (
        {"name": file.line("fileName"), "url": None, "store": file.line("bucketName"), "path": _exact(file, "filePath")}
        | {"id": file.line("id")}
        for file in row.rows("attachments")
    )
    return [file for file in files if file["name"] or file["path"]]


def _exact(file: Raw, key: str) -> str | None:
    """A text as it came: blanks are part of a path."""
    text = file.value(key)
    return text if isinstance(text, str) and text.strip() else None


def _is_heading(name: str) -> bool:
    return len(name) <= _LONGEST_HEADING and _HEADING.fullmatch(name) is not None


def _check_unknown(components: list[dict[str, Any]], ledger: Ledger) -> None:
    if not components or any(component["need"] == "unknown" for component in components):
        ledger.leave("need" if components else "components", "/components")
    for place, component in enumerate(components):
        if component["code"] is None:
            ledger.leave("component_code", f"/components/{place}/code")
        for key in ("originals", "copies"):
            if component[key] is None:
                ledger.leave("quantity", f"/components/{place}/{key}")


def _plain(text: str) -> str:
    """The text without the bullet before it and the colon or semicolon after it."""
    return _BULLET.sub("", text).rstrip(" :;").strip() or text
