"""A dossier between its agencies, pure: who holds it, what comes next, what the slip says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import moment
from chalicelib.law import clock

ORDER = ("receive", "verify", "approve")
OUTCOME = {"receive": "accepted", "verify": "verified", "approve": "approved"}
SETTLED = ("exempt", "converted")
SLIP_RESULT = {"early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn"}


@dataclass(frozen=True)
class Dossier:
    """Everything under one reference that its handling needs."""

    head: Mapping[str, Any]
    plan: Mapping[str, Any]
    form: Mapping[str, Any]
    components: Sequence[Mapping[str, Any]]
    tasks: Sequence[Mapping[str, Any]]
    slips: Sequence[Mapping[str, Any]]
    results: Sequence[Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]]

    @property
    def reference(self) -> str:
        """The submission reference."""
        return str(self.head["pk"])

    def task(self, leg: str, kind: str) -> Mapping[str, Any] | None:
        """A task of a leg."""
        return next((t for t in self.tasks if t["leg"] == leg and t["kind"] == kind), None)

    @property
    def holding(self) -> Mapping[str, Any] | None:
        """The open task, which says who holds the dossier since when and until when; None when nobody has to act."""
        return next((t for t in self.tasks if t["status"] == "open"), None)

    def unsettled(self) -> list[str]:
        """Components whose digitisation is not done (Circular 01/2023 Art. 7)."""
        return [str(c["id"]) for c in self.components if c["digitisation"]["status"] not in SETTLED]


def dossier_of(rows: Sequence[Mapping[str, Any]]) -> Dossier | None:
    """A dossier from the items of its partition; None before its submission."""
    single = {r["sk"]: r for r in rows}
    if single.get("HEAD", {}).get("state", 0) == 0:
        return None

    def of(prefix: str) -> list[Mapping[str, Any]]:
        return [r for r in rows if r["sk"].startswith(prefix)]

    return Dossier(
        single["HEAD"],
        single["PLAN"]["plan"],
        single.get("FORM", {}),
        of("COMPONENT#"),
        of("TASK#"),
        of("SLIP#"),
        of("RESULT#"),
        of("EVENT#"),
    )


def price_lines(plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The provider's price list as the papers print it; a procedure has none."""
    return [
        {"name_vi": p["name_vi"], "amount": p.get("amount_vnd"), "currency": "VND", "unit_vi": p.get("unit_vi") or ""}
        for p in plan.get("prices") or ()
    ]


def may_see(who: Principal, head: Mapping[str, Any]) -> bool:
    """Its holder, and officers of the agency that handles it; the one policy of get, list and export."""
    if who.kind == "OFFICER":
        return bool(who.agency) and who.agency == head["agency"]
    return bool(who.holder) and who.holder == head["holder"]


def due_of(plan: Mapping[str, Any], received: datetime, calendar: Any) -> clock.Due:
    """The statutory due date by the procedure's own term and cutoff (Decree 118/2025 Art. 17(3))."""
    term = plan["term"]
    cutoff = datetime.strptime(term["cutoff"], "%H:%M").time() if term.get("cutoff") else None  # noqa: DTZ007 - a time of day
    policy = clock.ClockPolicy(cutoff=cutoff, after_cutoff=term.get("after_cutoff", "literal"))
    return clock.due(received, clock.Term.parse(term["text"]), calendar=calendar, policy=policy)


def slip_row(number: int, giver: str, receiver: str, at: str, due_at: str, note: str) -> dict[str, Any]:
    """A row of the control slip (form 06): append-only, its result column is the clock's."""
    status = clock.status(moment(due_at), moment(at), moment(at))
    return {
        "sk": f"SLIP#{number:04d}",
        "giver": giver,
        "receiver": receiver,
        "at": at,
        "due_at": due_at,
        "result": SLIP_RESULT[status],
        "note": note,
    }
