"""The level of an online service: full only when every gate is known to be open and a review is recorded."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, Literal, NamedTuple

import msgspec

from chalicelib.law.packs import RulePack, newest
from chalicelib.law.problems import Problem
from chalicelib.law.rules import GateWords, Rules
from chalicelib.law.terms import Language

type Gate = bool | None
type BlockerState = Literal["shut", "unknown", "missing"]

REVIEW: Final = "review"

_WORDS: Final[dict[Language, tuple[str, str, str]]] = {
    "vi": ("Dịch vụ công trực tuyến một phần", "Lý do", "Chưa đủ điều kiện toàn trình"),
    "en": ("This service is partly online", "Reason", "What keeps it from being end to end"),
}


class ServiceLevel(StrEnum):
    """Full (toàn trình) or partial (một phần): Decree 224/2026 Art. 14; none where the law bars it: 137/2024 Art. 8(1).

    Before 2026-07-01 the two levels stood in Decree 42/2022 Art. 11.
    """

    FULL = "toan_trinh"
    PARTIAL = "mot_phan"
    NONE = "khong"

    @property
    def key(self) -> str:
        """The English word of the API: full, partial or none (Decree 224/2026 Art. 14)."""
        return self.name.lower()


class Gates(msgspec.Struct, frozen=True):
    """What must all be true for the full level: Decree 137/2024 Art. 8(2)-(3); Decree 224/2026 Art. 14-15.

    None is a gate nobody has said anything about; it never counts as open.
    """

    eform_available: Gate
    all_components_submittable_electronically: Gate
    fee_payable_online_or_none: Gate
    no_physical_presence: Gate
    no_onsite_verification: Gate
    result_issuable_electronically_or_postal: Gate
    signing_supported: Gate

    def named(self) -> Iterator[tuple[str, Gate]]:
        """Each gate by its name."""
        for gate in self.__struct_fields__:
            yield gate, getattr(self, gate)

    def shut(self) -> tuple[str, ...]:
        """The names of the gates that are known to be shut (Decree 224/2026 Art. 14)."""
        return tuple(gate for gate, known in self.named() if known is False)

    def unknown(self) -> tuple[str, ...]:
        """The names of the gates that nothing is known about (Decree 224/2026 Art. 14)."""
        return tuple(gate for gate, known in self.named() if known is None)


class Reason(NamedTuple):
    """Why a service is partial, with the clause it rests on (Decree 224/2026 Art. 14)."""

    code: str
    legal_basis: str


class Bar(NamedTuple):
    """A law that keeps a procedure from being done electronically: Decree 137/2024 Art. 8(1)."""

    legal_basis: str


class Blocker(NamedTuple):
    """One thing that keeps the full level away: a gate shut or unknown, or the review that is missing."""

    gate: str
    state: BlockerState
    vi: str
    en: str


class LevelFinding(NamedTuple):
    """The level, what keeps it from being full, the notices to publish, and what must be mended before enabling.

    `short_*` is for the receipt, `notice_*` for the portal (Decree 224/2026 Art. 14); both empty for a full service.
    """

    level: ServiceLevel
    blockers: tuple[Blocker, ...]
    reasons: tuple[Reason, ...]
    short_vi: str
    short_en: str
    notice_vi: str
    notice_en: str
    citation: str
    problems: tuple[Problem, ...]


def judge(
    gates: Gates,
    reasons: Sequence[Reason] = (),
    *,
    reviewed: bool = False,
    bar: Bar | None = None,
    pack: RulePack | None = None,
) -> LevelFinding:
    """The level a service has and the notices it owes, with every problem named by its field; refuses nothing.

    `reviewed` says that a review meeting the quality list is recorded: without it the full level is not offered
    (Decree 137/2024 Art. 8(2)). Words and citations come from the pack, the newest unless given. Decree 224/2026
    Art. 14.
    """
    rules = (pack or newest()).rules
    if bar is not None:
        return _barred(bar, reasons, rules)
    blockers = _blockers(gates, rules, reviewed=reviewed)
    problems = _problems(gates, reasons, rules)
    given = tuple(reasons)
    if not blockers:
        citation = rules.level_reasons.citation
        return LevelFinding(ServiceLevel.FULL, (), given, "", "", "", "", citation, problems)
    return _partial(blockers, given, rules, problems)


def _barred(bar: Bar, reasons: Sequence[Reason], rules: Rules) -> LevelFinding:
    rule = rules.level_barred
    problems = []
    if not bar.legal_basis.strip():
        vi, en = "Cần nêu căn cứ pháp lý của việc không thực hiện trực tuyến", "Name the law that bars electronic means"
        problems.append(Problem("/online/legal_basis", "R01", vi, en))
    if reasons:
        vi = "Thủ tục không được thực hiện trực tuyến thì không có lý do của mức một phần"
        en = "A procedure barred from electronic means has no reason to be partial"
        problems.append(Problem("/online/reasons", "R01", vi, en))
    ground = f" ({bar.legal_basis.strip()})" if bar.legal_basis.strip() else ""
    short_vi, short_en = (f"{text}{ground}." for text in (rule.value.text_vi, rule.value.text_en))
    long_vi = f"{short_vi} Hồ sơ nộp trực tiếp hoặc qua bưu chính theo quy định của thủ tục."
    long_en = f"{short_en} Hand the dossier in at the agency or by post, as the procedure provides."
    return LevelFinding(
        ServiceLevel.NONE, (), tuple(reasons), short_vi, short_en, long_vi, long_en, rule.citation, tuple(problems)
    )


def _blockers(gates: Gates, rules: Rules, *, reviewed: bool) -> tuple[Blocker, ...]:
    texts = {entry.gate: entry for entry in rules.level_gates.value}
    found = []
    for gate, known in gates.named():
        text = texts[gate]
        if known is False:
            found.append(Blocker(gate, "shut", text.shut_vi, text.shut_en))
        elif known is None:
            vi, en = f"chưa xác định có hay không: {text.shut_vi}", f"not known whether {text.shut_en}"
            found.append(Blocker(gate, "unknown", vi, en))
    if not reviewed:
        missing = rules.level_review.value
        found.append(Blocker(REVIEW, "missing", missing.text_vi, missing.text_en))
    return tuple(found)


def _partial(
    blockers: tuple[Blocker, ...], reasons: tuple[Reason, ...], rules: Rules, problems: tuple[Problem, ...]
) -> LevelFinding:
    only_review = all(blocker.state == "missing" for blocker in blockers)
    citation = (rules.level_review if only_review else rules.level_reasons).citation
    short_vi, long_vi = _notices("vi", blockers, reasons, rules, citation)
    short_en, long_en = _notices("en", blockers, reasons, rules, citation)
    return LevelFinding(
        ServiceLevel.PARTIAL, blockers, reasons, short_vi, short_en, long_vi, long_en, citation, problems
    )


def _notices(
    language: Language, blockers: tuple[Blocker, ...], reasons: tuple[Reason, ...], rules: Rules, citation: str
) -> tuple[str, str]:
    opening, why, what = _WORDS[language]
    texts = {e.code: e.text_vi if language == "vi" else e.text_en for e in rules.level_reasons.value}
    said = [f"{texts[reason.code]} ({reason.legal_basis.strip()})" for reason in reasons if reason.code in texts]
    listed = "; ".join(blocker.vi if language == "vi" else blocker.en for blocker in blockers)
    because = f" {why}: {'; '.join(said)}." if said else ""
    short = f"{opening}.{because}" if said else f"{opening}: {listed}."
    return short, f"{opening}.{because} {what}: {listed}. ({citation})"


def _problems(gates: Gates, reasons: Sequence[Reason], rules: Rules) -> tuple[Problem, ...]:
    shut, unknown = gates.shut(), gates.unknown()
    if not shut and not unknown:
        if not reasons:
            return ()
        vi = "Mọi điều kiện đều đáp ứng nên không có lý do nào để chỉ làm một phần"
        return (Problem("/online/reasons", "R02", vi, "every gate is open: there is no reason to be partial"),)
    table = {entry.gate: entry for entry in rules.level_gates.value}
    found = list(_in_list(reasons, rules))
    if not reasons:
        vi = "Dịch vụ một phần phải công bố lý do và căn cứ pháp lý"
        en = f"a partial service needs a published reason; not open: {', '.join((*shut, *unknown))}"
        found.append(Problem("/online/reasons", "R02", vi, en))
    else:
        found += _unexplained(shut, reasons, table)
    found += _idle((*shut, *unknown), reasons, table)
    return tuple(found)


def _in_list(reasons: Sequence[Reason], rules: Rules) -> list[Problem]:
    codes = [entry.code for entry in rules.level_reasons.value]
    found = []
    for place, reason in enumerate(reasons):
        at = f"/online/reasons/{place}"
        if reason.code not in codes:
            vi = f"Lý do phải thuộc danh mục: {', '.join(codes)}"
            found.append(Problem(f"{at}/code", "R02", vi, f"the reason is one of {', '.join(codes)}"))
        elif reason.code in {earlier.code for earlier in reasons[:place]}:
            vi, en = "Lý do này đã được nêu", f"the reason {reason.code} is given twice"
            found.append(Problem(f"{at}/code", "R02", vi, en))
        if not reason.legal_basis.strip():
            vi, en = "Lý do cần căn cứ pháp lý", f"the reason {reason.code} needs its legal ground"
            found.append(Problem(f"{at}/legal_basis", "R02", vi, en))
    return found


def _unexplained(shut: Sequence[str], reasons: Sequence[Reason], table: Mapping[str, GateWords]) -> list[Problem]:
    given = {reason.code for reason in reasons}
    found = []
    for gate in shut:
        able = table[gate].reasons
        if not given.intersection(able):
            vi = f"Điều kiện chưa đáp ứng ({table[gate].shut_vi}) cần một lý do: {', '.join(able)}"
            en = f"the gate {gate} is shut: give a reason, {' or '.join(able)}"
            found.append(Problem(f"/online/gates/{gate}", "R02", vi, en))
    return found


def _idle(not_open: Sequence[str], reasons: Sequence[Reason], table: Mapping[str, GateWords]) -> list[Problem]:
    """Reasons that no gate which is not open can stand behind: the notice would say what is not so."""
    own = {entry.reasons[0]: gate for gate, entry in table.items() if len(entry.reasons) == 1}
    able = {code for gate in not_open for code in table[gate].reasons}
    found = []
    for place, reason in enumerate(reasons):
        known = any(reason.code in entry.reasons for entry in table.values())
        # A reason with a gate of its own stands or falls with that gate.
        idle = own[reason.code] not in not_open if reason.code in own else reason.code not in able
        if known and idle:
            vi, en = "Không có điều kiện nào chưa đáp ứng vì lý do này", f"no gate is shut for the reason {reason.code}"
            found.append(Problem(f"/online/reasons/{place}/code", "R02", vi, en))
    return found
