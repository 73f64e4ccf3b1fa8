"""A procedure as its published facts; what the national record does not say stays unknown."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.ids import canonical


@dataclass(frozen=True, slots=True)
class OnlineLevel:
    """How far a procedure can be done online (Decree 224/2026 Art. 14), with the notice that a partial level owes."""

    level: str
    reason: str | None
    legal_basis: str | None
    notice_vi: str
    notice_en: str


def level_of(facts: Mapping[str, Any]) -> OnlineLevel:
    """The level that the national record declares; a reason it does not give is shown as unknown, never guessed."""
    online = facts["online"]
    if online["offline_only"]:
        return OnlineLevel("none", online["reason"], online["legal_basis"], online["note_vi"], online["note_en"])
    if online["full_process_in_record"]:
        return OnlineLevel("full", None, None, "", "")
    return OnlineLevel("partial", online["reason"], online["legal_basis"], online["note_vi"], online["note_en"])


def fingerprint(facts: Mapping[str, Any]) -> str:
    """SHA-256 of a version's facts: the same facts are the same version."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def plan(facts: Mapping[str, Any], form: Mapping[str, Any], version: int) -> dict[str, Any]:
    """What a dossier must know of its procedure, pinned when its draft is opened."""
    return {
        "procedure": facts["code"],
        "version": version,
        "name_vi": facts["name_vi"],
        "name_en": facts["name_en"],
        "term": facts["term"],
        "components": facts["components"],
        "result": facts["result"],
        "route": facts["route"],
        "min_level": facts["min_level"],
        "channels": facts["channels"],
        "level": level_of(facts).level,
        "form": form,
        "performed_by": facts["performed_by"],
    }
