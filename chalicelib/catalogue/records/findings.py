"""What a record does not say or says badly, in sentences for the agency that has to mend it."""

from typing import Any, Final, Literal

from msgspec import Struct

from chalicelib.catalogue.records.sentences import BROKEN, REFUSALS, UNKNOWN, WARNINGS

type Severity = Literal["warning", "refusal"]

# A hostile record must not answer with more text than it has; the number of findings that are left off is said.
MAX_FINDINGS: Final = 500
SHOWN: Final = 120  # as much of the record's own words as a message quotes


class Finding(Struct, frozen=True):
    """One thing to know about a record. `pointer` is a JSON Pointer into the raw record."""

    code: str
    severity: Severity
    pointer: str
    message_vi: str
    message_en: str


class RecordRefused(Exception):
    """A record whose code or name is missing or invalid: refused whole, never half imported."""

    def __init__(self, code: str | None, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(f.code for f in findings if f.severity == "refusal"))
        self.code, self.findings = code, findings


class BadJson(Exception):
    """Bytes that are no file of records; `code` names the rule that they break."""

    def __init__(self, code: str, /, **values: Any) -> None:
        super().__init__(code)
        vi, en = BROKEN[code]
        self.code, self.message_vi, self.message_en = code, vi.format(**values), en.format(**values)


class Ledger:
    """Collects the findings of one record and the list of what stays unknown in its facts."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._dropped = 0
        self.unknown: list[dict[str, str]] = []

    def warn(self, code: str, pointer: str, /, **values: Any) -> None:
        """Note a warning about a place of the raw record."""
        if len(self._findings) >= MAX_FINDINGS:
            self._dropped += 1
            return
        vi, en = WARNINGS[code]
        shown = {key: value[:SHOWN] if isinstance(value, str) else value for key, value in values.items()}
        self._findings.append(Finding(code, "warning", pointer, vi.format(**shown), en.format(**shown)))

    def refuse(self, code: str, pointer: str, /, *, record: str | None, **values: Any) -> RecordRefused:
        """The exception that refuses the record, with everything found until now."""
        vi, en = REFUSALS[code]
        refusal = Finding(code, "refusal", pointer, vi.format(**values), en.format(**values))
        return RecordRefused(record, (*self.findings(), refusal))

    def leave(self, reason: str, pointer: str) -> None:
        """Say that a place of the facts stays unknown, and why."""
        if len(self.unknown) < MAX_FINDINGS:
            vi, en = UNKNOWN[reason]
            self.unknown.append({"pointer": pointer, "why_vi": vi, "why_en": en})

    def findings(self) -> tuple[Finding, ...]:
        """Everything found, in the order of the record."""
        if not self._dropped:
            return tuple(self._findings)
        vi, en = WARNINGS["findings_left_off"]
        left_off = vi.format(count=self._dropped), en.format(count=self._dropped)
        return (*self._findings, Finding("findings_left_off", "warning", "", *left_off))
