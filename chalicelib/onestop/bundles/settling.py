"""A bundle ends as its children did: 9 when every leg ended, 10 when each result was returned, 8 without any result."""

from collections.abc import Sequence

from chalicelib.contracts.bundles import BundleSettled, LegEnd
from chalicelib.contracts.lifecycle import DossierStopped
from chalicelib.contracts.onestop import Destination, DossierReturned
from chalicelib.dossier.bundled import DONE, LegOf, started_legs
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Leg
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.model import SYSTEM, transition
from chalicelib.onestop.papered import NoticeFacts, paper

ACTOR = "bundle"
WHY = {
    "refused": "Thủ tục đầu tiên trong nhóm bị từ chối nên các thủ tục sau không được thực hiện",
    "stopped": "Thủ tục đầu tiên trong nhóm đã dừng nên các thủ tục sau không được thực hiện",
}
NOTHING = "Không có thủ tục nào trong nhóm có kết quả"


def legs_of(dossier: Dossier, leg_of: LegOf) -> list[tuple[str, Leg | None]]:
    """Every leg of a bundle as it is stored, by its name."""
    return [(each.name, leg_of(dossier.reference, each.name)) for each in started_legs(dossier.plan)]


def settle(dossier: Dossier, change: Change, leg_of: LegOf) -> None:
    """All legs ended: the bundle is settled, and returned where every result was returned already; written here."""
    head, legs = dossier.head, legs_of(dossier, leg_of)
    if any(leg is None or leg.outcome is None for _, leg in legs):
        return
    done = [leg for _, leg in legs if leg and leg.outcome and leg.outcome.outcome == DONE]
    if not done:
        _stop(dossier, change, legs)
        return
    at = stamp(change.now)
    event = BundleSettled(**_facts(dossier, at), reference=dossier.reference)
    state = transition(head.state, DossierState.PROCESSED)
    change.tell(event, state=state, actor=ACTOR).move(state=state, decided_at=at)
    if all(leg.returned_at for leg in done):
        give_back(dossier, change, state, done)
    change.write()


def give_back(dossier: Dossier, change: Change, state: int, done: Sequence[Leg]) -> None:
    """Each result is where it has to be: state 10."""
    at, head = stamp(change.now), dossier.head
    delivered = tuple(
        Destination(destination="vault", document=leg.child or "", at=leg.returned_at or at) for leg in done
    )
    representation = head.acting.told if head.acting else None
    event = DossierReturned(**_facts(dossier, at), delivered=delivered, representation=representation)
    ended = transition(state, DossierState.RESULT_RETURNED)
    change.tell(event, state=ended, actor=ACTOR).move(state=ended, returned_at=at)


def _stop(dossier: Dossier, change: Change, legs: Sequence[tuple[str, Leg | None]]) -> None:
    """No leg has a result: the applicant is told by which procedure, in a paper (form 03)."""
    ends: list[LegEnd | str] = [leg.outcome.outcome for _, leg in legs if leg and leg.outcome]
    reason = next((WHY[end] for end in ends if end in WHY), NOTHING)
    facts = paper(dossier, None, _facts(dossier, stamp(change.now)), reason=reason)
    state = transition(dossier.head.state, DossierState.STOPPED)
    change.tell(DossierStopped(**facts, why="upstream"), state=state, actor=ACTOR).move(state=state).write()


def _facts(dossier: Dossier, at: str) -> NoticeFacts:
    """The five facts of a notice (Decree 224/2026 Art. 15(1)(g))."""
    head = dossier.head
    return NoticeFacts(
        agency=head.agency,
        handler=SYSTEM,
        received_at=head.accepted_at or head.submitted_at or "",
        processed_at=at,
        due_at=head.due_at,
        acted_for=None,
    )
