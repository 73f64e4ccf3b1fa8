"""The two levels of an online service: full only when every gate is open, else partial with published reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final, NamedTuple

from chalicelib.law.errors import LawError
from chalicelib.law.packs import RulePack, all_packs


class ServiceLevel(StrEnum):
    """Full (toàn trình) or partial (một phần): Decree 224/2026 Art. 14, before it Decree 42/2022 Art. 11."""

    FULL = "toan_trinh"
    PARTIAL = "mot_phan"


class ReasonCode(StrEnum):
    """The closed list of reasons for a partial service: Decree 224/2026 Art. 14."""

    PRESENCE = "presence"
    ON_SITE = "on_site"
    TECHNICAL_FAULT = "technical_fault"
    TECHNICAL_OTHER = "technical_other"


class BadReasons(LawError):
    """The reasons given do not fit the gates; the service cannot be enabled with them."""


@dataclass(frozen=True, slots=True)
class Gates:
    """What must all be true for the full level: Decree 137/2024 Art. 8(2)-(3); Decree 224/2026 Art. 14-15."""

    eform_available: bool
    all_components_submittable_electronically: bool
    fee_payable_online_or_none: bool
    no_physical_presence: bool
    no_onsite_verification: bool
    result_issuable_electronically_or_postal: bool
    signing_supported: bool

    def blockers(self) -> tuple[str, ...]:
        """The names of the gates that are shut."""
        return tuple(gate.name for gate in fields(self) if not getattr(self, gate.name))


class Reason(NamedTuple):
    """Why a service is partial, with the clause it rests on."""

    code: ReasonCode
    legal_basis: str


class LevelFinding(NamedTuple):
    """The level, the shut gates, and the notice to publish (empty for a full service)."""

    level: ServiceLevel
    blockers: tuple[str, ...]
    notice_vi: str
    notice_en: str
    citation: str


_OWN_REASON: Final = {"no_physical_presence": ReasonCode.PRESENCE, "no_onsite_verification": ReasonCode.ON_SITE}


def assess(gates: Gates, reasons: Sequence[Reason] = (), *, pack: RulePack | None = None) -> LevelFinding:
    """The level a service has, and what must be published when it is not full.

    A partial service needs a reason with a legal ground (presence and on-site verification each their own); a full one
    has none. Citation from the pack, the newest unless given. Decree 137/2024 Art. 8(2)-(3); Decree 224/2026 Art. 14.
    Raises BadReasons.
    """
    rule = (pack or all_packs()[-1]).rule("level.reasons")
    blockers = gates.blockers()
    if not blockers:
        if reasons:
            raise BadReasons("every gate is open: a full service has no reason to be partial")
        return LevelFinding(ServiceLevel.FULL, (), "", "", rule.citation)
    _check(blockers, reasons)
    texts = {entry["code"]: entry for entry in rule.value}
    parts_vi = [f"{texts[reason.code]['text_vi']} ({reason.legal_basis})" for reason in reasons]
    parts_en = [f"{texts[reason.code]['text_en']} ({reason.legal_basis})" for reason in reasons]
    return LevelFinding(
        ServiceLevel.PARTIAL,
        blockers,
        f"Dịch vụ công trực tuyến một phần. Lý do: {'; '.join(parts_vi)}.",
        f"This service is partly online. Reason: {'; '.join(parts_en)}.",
        rule.citation,
    )


def _check(blockers: tuple[str, ...], reasons: Sequence[Reason]) -> None:
    if not reasons:
        raise BadReasons(f"a partial service needs a published reason; shut: {', '.join(blockers)}")
    given = {reason.code for reason in reasons}
    for reason in reasons:
        if not reason.legal_basis.strip():
            raise BadReasons(f"the reason {reason.code.value} needs its legal ground")
    for gate, code in _OWN_REASON.items():
        if gate in blockers and code not in given:
            raise BadReasons(f"the gate {gate} is shut: give the reason {code.value}")
