"""An error is found in the result of an earlier child: the case goes back upstream, and this dossier waits."""

from dataclasses import dataclass

from chalicelib.contracts.bundles import SentUpstream
from chalicelib.dossier.bundled import as_it_stands, started_leg, started_legs
from chalicelib.dossier.change import Change
from chalicelib.dossier.marks import ClockMark
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.states import DossierState
from chalicelib.onestop import acts
from chalicelib.onestop.changes.correction import READS as OF_CORRECTION
from chalicelib.onestop.changes.correction import correct, open_correction
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.dates import mark_clock
from chalicelib.onestop.model import require_state
from chalicelib.onestop.plain import require_reason
from chalicelib.onestop.refusals import WaitsUpstream
from chalicelib.sealing.door import seal

READS = (Part.CLOCK, Part.PLAN, Part.TASKS)


@dataclass(frozen=True)
class Upstream:
    """The use case of the agency that cannot rest on an earlier result (Decree 63/2024, amended by 301/2026)."""

    acts: Acts

    def send(self, asked: Asked, leg: str, reason: str) -> Done:
        """Open a correction of the leg's result, before the agency that gave it, or wait for the one that is open.

        The clock stands here meanwhile.

        Raises NotFound, NotAllowed, ForbiddenStep, WaitsUpstream, BodyInvalid without a reason or for a leg whose
        result this dossier does not take, KeyReused.
        """
        require_reason(reason)

        def write(dossier: Dossier, change: Change) -> None:
            head = dossier.head
            require_state(head, DossierState.PROCESSING)
            if head.waits_for:
                raise WaitsUpstream(correction=head.waits_for)
            upstream = self._upstream(dossier, leg)
            if before := open_correction(self.acts.dossiers, upstream.head):
                correction = before.pk
                change.also("correction head", as_it_stands(before))
            else:
                beside = self.acts.dossiers.change(upstream, change.now)
                correction = correct(self.acts.dossiers, upstream, beside, asked.who, reason)
                change.join("upstream", beside)
            event = SentUpstream(
                reference=head.pk,
                agency=head.agency,
                upstream=upstream.reference,
                correction=correction,
                sealed=seal(head.pk, {"reason": reason}),
                handler=asked.who.name,
                received_at=head.accepted_at or "",
                processed_at=stamp(change.now),
            )
            change.tell(event, actor=asked.who.subject).move(waits_for=correction)
            mark_clock(change, dossier, ClockMark(type="stop", at=stamp(change.now), reason="upstream"))

        return self.acts.once(acts.SEND_UPSTREAM, asked, READS, write, does=("verify", "approve"))

    def _upstream(self, dossier: Dossier, leg: str) -> Dossier:
        """The child of an earlier leg whose result this one takes. Raises BodyInvalid."""
        head, dossiers = dossier.head, self.acts.dossiers
        parent = dossiers.dossier(head.parent, Part.PLAN) if head.parent else None
        own = started_leg(parent.plan, head.leg or "") if parent else None
        if parent and own and leg in own.start.needs:
            name = next(each.name for each in started_legs(parent.plan) if each.leg.leg == leg)
            found = dossiers.leg(parent.reference, name)
            upstream = dossiers.dossier(found.child, *OF_CORRECTION) if found and found.child else None
            if upstream:
                return upstream
        vi, en = "Hồ sơ này không dùng kết quả của chặng đó", "This dossier does not rest on the result of that leg"
        raise BodyInvalid(fields=[FieldError("/leg", "upstream", vi, en)])
