"""From an object in the intake bucket to a component of its dossier, or to a refusal with its reason.

Exemptions from digitisation: Circular 03/2025/TT-VPCP Art. 5, Circular 01/2023/TT-VPCP Art. 4-5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.digitisation.arrivals import Arrival, arrival_of, component_code
from chalicelib.digitisation.model import Limits, Refused
from chalicelib.digitisation.ports import Papers
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.events import EventType, Fact
from chalicelib.law import packs
from chalicelib.law.clock import ZONE

LIMITS = Limits()
DRAFT = 0
BY_LAW_SECRET = "secret"  # noqa: S105 - a kind of paper, not a password
NOT_TOLD = ("filename", "key")  # people name files after people: the names stay in the dossier, off the bus
OPEN = frozenset({1, 2, 4, 5, 6})  # states in which a paper may still be added


@dataclass(frozen=True)
class Intake:
    """Checks what arrives."""

    papers: Papers
    clock: Clock

    def take_in(self, key: str, version: str) -> None:
        """An object arrived: checked, it is a component; refused, the reason is told and nothing is stored."""
        arrival = arrival_of(key, version)
        if arrival is None:
            return
        verdict = self._inspected(arrival)
        record.settled(lambda: self._take_in(arrival, verdict))

    def _inspected(self, arrival: Arrival) -> Any:
        from chalicelib.digitisation.checks import SignatureScanner, inspect

        try:
            size = self.papers.size(arrival.key, arrival.version)
            if size > LIMITS.max_bytes:  # S3 keeps the form's limit; an emulator may not, and a drop has no form
                raise Refused("too_large", f"Tối đa {LIMITS.max_bytes} byte", f"at most {LIMITS.max_bytes} bytes")
            data = self.papers.scan(arrival.key, arrival.version)
            return inspect(data, LIMITS, scanner=SignatureScanner())
        except Refused as refusal:
            return refusal

    def _take_in(self, arrival: Arrival, verdict: Any) -> None:
        now = self.clock()
        reference = arrival.batch if arrival.batch.startswith("MC-") else self.papers.by_code(arrival.batch) or ""
        rows = self.papers.dossier(reference) if reference else {}
        head = rows.get("HEAD")
        upload = rows.get(f"UPLOAD#{arrival.name}") if arrival.origin == "upload" else None
        if f"COMPONENT#{arrival.component}" in rows or (upload and upload["status"] != "pending"):
            return  # delivered twice
        if not _belongs(arrival, head, upload):
            if arrival.origin == "drop":
                reason = _reason(
                    Refused(
                        "no_dossier",
                        "Không có hồ sơ đang giải quyết này tại cơ quan",
                        "no such open dossier of this agency",
                    )
                )
                self.papers.refuse_drop(arrival.agency, arrival.key, arrival.version, reason, now)
            return
        assert head is not None
        if arrival.origin == "upload" and head["state"] != DRAFT:
            verdict = Refused("after_submission", "Hồ sơ đã nộp", "the dossier was submitted")
        plan = rows["PLAN"]["plan"]
        code = upload["component"] if upload else component_code(plan, arrival.name)
        known: Mapping[str, Any] = next((c for c in plan["components"] if c["code"] == code), {})
        exemption = "filed_online" if upload else known.get("exemption")
        if exemption == BY_LAW_SECRET:  # whatever the checks say of it
            self._remove_secret(arrival, now)
            return
        if isinstance(verdict, Refused):
            self._refuse(arrival, head, upload, verdict, now)
            return
        reads_as = known.get("reading", "")
        name = upload["filename"] if upload else arrival.name
        component = _component(arrival, verdict, code, name, exemption, now)
        fact = Fact(
            EventType.COMPONENT_RECEIVED,
            {
                **{k: v for k, v in component.items() if k not in NOT_TOLD},
                "reference": head["pk"],
                "agency": head["agency"],
                "holder": head["holder"],
                "procedure": head["procedure"],
                "reads_as": reads_as,
            },
        )
        told = {"sk": upload["sk"], "status": "accepted", "version_id": arrival.version} if upload else None
        self.papers.take_in(head, component, told, fact, now)

    def _remove_secret(self, arrival: Arrival, now: datetime) -> None:
        """A paper secret under law has no place in a bucket: it is told as refused, and its file is gone."""
        vi, en = "Giấy tờ mật không được số hóa", "a paper secret under law is not digitised"
        reason = _reason(Refused(BY_LAW_SECRET, vi, en))
        self.papers.refuse_drop(arrival.agency, arrival.key, arrival.version, reason, now)
        self.papers.remove(arrival.key, arrival.version)

    def _refuse(
        self, arrival: Arrival, head: dict[str, Any], upload: Mapping[str, Any] | None, why: Refused, now: datetime
    ) -> None:
        if upload is None:
            self.papers.refuse_drop(arrival.agency, arrival.key, arrival.version, _reason(why), now)
            return
        told = {"sk": upload["sk"], "status": "refused", "version_id": arrival.version, **_reason(why)}
        fact = Fact(
            EventType.UPLOAD_REFUSED,
            {"upload": upload["id"], "component": upload["component"], "reason_code": why.code},
        )
        self.papers.take_in(head, None, told, fact, now)


def _belongs(arrival: Arrival, head: Mapping[str, Any] | None, upload: Mapping[str, Any] | None) -> bool:
    """Uploads were announced; drops go to an open dossier of their own agency, not to a draft nor to one decided."""
    if head is None:
        return False
    if arrival.origin == "upload":
        return upload is not None
    return bool(head["agency"] == arrival.agency and head["state"] in OPEN and "approved_at" not in head)


def _reason(refusal: Refused) -> dict[str, str]:
    return {"reason_code": refusal.code, "reason_vi": refusal.message_vi, "reason_en": refusal.message_en}


def _component(
    arrival: Arrival, inspection: Any, code: str, filename: str, exemption: str | None, now: datetime
) -> dict[str, Any]:
    local = now.astimezone(ZONE).date()
    exemptions = {e.code: e for e in packs.pack_on(local).rules.digitisation_exemptions.value}
    digitisation: dict[str, Any] = {"status": "waiting"}
    if exempt := exemptions.get(exemption or ""):
        digitisation = {"status": "exempt", **msgspec.to_builtins(exempt)}
    return {
        "id": arrival.component,
        "code": code,
        "filename": filename,
        "key": arrival.key,
        "version_id": arrival.version,
        "size": inspection.size,
        "sha256": inspection.sha256,
        "media_type": inspection.media_type,
        "pages": len(inspection.pages),
        "origin": arrival.origin,
        "received_at": stamp(now),
        "digitisation": digitisation,
        "warnings": list(inspection.warnings),
    }
