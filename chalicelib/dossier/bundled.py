"""The legs of a bundle: what each is called inside the dossier, which child it starts, what it comes to."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.contracts.bundles import LegEnd
from chalicelib.contracts.digitisation import Digitisation
from chalicelib.contracts.onestop import LegCompleted, LegOutcome
from chalicelib.contracts.plan import Plan, PlannedLeg, PlannedStart
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Component, Head, Leg, ResultItem, leg_name
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import digest, reference_of
from chalicelib.law.states import DossierState

CHILD: Final = "child"
"""The kind of task by which a leg waits for its child."""
DONE: Final = "done"
ENDS: Final[Mapping[int, LegEnd]] = {
    DossierState.NOT_ACCEPTED: "refused",
    DossierState.STOPPED: "stopped",
    DossierState.PROCESSED: "done",
    DossierState.RESULT_RETURNED: "done",
}
"""What a leg comes to by the state of its child."""
SYSTEM: Final = "Hệ thống Một Cửa"
PDF: Final = "application/pdf"
ISSUED: Final = Digitisation(
    status="exempt",
    code="issued_electronically",
    text_vi="Kết quả điện tử đã ký số của thủ tục trước trong nhóm",
    text_en="A signed electronic result of an earlier procedure of the bundle",
)
"""What is said of a result that another child takes: it was never on paper, so there is nothing to digitise."""
type LegOf = Callable[[str, str], Leg | None]
"""A leg of a dossier by its name, as it is stored; None before it was opened."""


class Started(NamedTuple):
    """A leg that starts a child, by its name inside the dossier."""

    name: str
    leg: PlannedLeg
    start: PlannedStart


def started_legs(plan: Plan) -> Iterator[Started]:
    """The legs of a bundle in the order of its route."""
    for n, stage in enumerate(plan.route):
        for leg in stage:
            if leg.starts:
                yield Started(leg_name(n, leg.leg), leg, leg.starts)


def started_leg(plan: Plan, name: str) -> Started | None:
    """One of them by its name inside the dossier."""
    return next((each for each in started_legs(plan) if each.name == name), None)


def child_reference(parent: str, leg: str) -> str:
    """The reference of the child of a leg: always the same, so that what is started twice is one dossier."""
    return reference_of("MC", f"bundle\x1f{parent}\x1f{leg}")


def has_result(leg: Leg | None) -> bool:
    """Whether a leg ended with a result."""
    return leg is not None and leg.outcome is not None and leg.outcome.outcome == DONE


def complete(change: Change, head: Head, leg: str, outcome: LegEnd) -> None:
    """A leg of a bundle ended: its driver is told, and so starts the next stage. "leg" is lost when it ended before."""
    event = LegCompleted(
        agency=head.agency,
        handler=SYSTEM,
        received_at=head.accepted_at or head.submitted_at or "",
        processed_at=stamp(change.now),
        due_at=head.due_at,
        leg=leg,
    )
    change.tell(event, actor="bundle").complete_leg(leg, LegOutcome(outcome=outcome, leg=leg))


def result_component(code: str, result: ResultItem, now: datetime) -> Component:
    """A signed result as a component of another dossier: the same file, by key, version and hash."""
    return Component(
        id=digest(code, result.code),
        code=code,
        filename=f"{result.code}.pdf",
        key=result.key,
        version_id=result.version_id,
        size=result.size,
        sha256=result.sha256,
        media_type=PDF,
        pages=1,
        origin="result",
        received_at=stamp(now),
        digitisation=ISSUED,
    )


def as_it_stands(head: Head) -> aws.Op:
    """Another dossier did not change since it was read: who waits for one that ended meanwhile is woken by nothing."""
    return aws.check(TABLE(), (head.pk, "HEAD"), "#v = :was", {"was": head.version}, reserved={"#v": "version"})
