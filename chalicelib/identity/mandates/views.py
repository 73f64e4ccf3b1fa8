"""How a mandate is shown to its sides: names in clear, numbers masked."""

from datetime import datetime

from chalicelib.contracts.mandates import MandateSide
from chalicelib.identity.mandates import wire
from chalicelib.identity.mandates.model import MandateHead, Terms
from chalicelib.identity.mandates.parties import (
    Named,
    evidence_of,
    parties_of,
    reason_of,
    wanted_of,
)
from chalicelib.kernel.clock import said, stamp
from chalicelib.law.representation import not_known

SHOWN = 3
"""Characters of a number that are shown: who knows it recognises it."""


def view(head: MandateHead, side: MandateSide, now: datetime) -> wire.MandateView:
    """A mandate as one of its sides reads it. Raises ContentErased."""
    parties = parties_of(head)
    is_over = head.state == "active" and not head.holds(stamp(now))
    return wire.MandateView(
        id=head.id,
        status="expired" if is_over else head.state,
        my_side=side,
        represented=_party(parties.represented),
        representative=_party(parties.representative),
        giver=_party(parties.giver) if parties.giver else None,
        terms=_terms(head, head.terms),
        waiting=_terms(head, head.waiting),
        opens=said(head.opens),
        closes=said(head.closes),
        ended_at=said(head.ended_at),
        ended_why=head.ended_why,
        ended_reason=reason_of(head),
        under=head.under,
        sub_mandates=list(head.subs),
        not_known=list(not_known(parties.represented.party, parties.representative.party)),
    )


def _party(party: Named) -> wire.PartyView:
    is_public = party.kind == "ORGANISATION"
    number = party.personal_id if is_public else "*" * (len(party.personal_id) - SHOWN) + party.personal_id[-SHOWN:]
    return wire.PartyView(kind=party.kind, name=party.name, identity=number, acting=party.by or "")


def _terms(head: MandateHead, terms: Terms | None) -> wire.TermsView | None:
    if terms is None:
        return None
    proof, wanted = evidence_of(head, terms), wanted_of(terms)
    evidence = None
    if proof:
        is_kept = terms.number in head.proved
        evidence = wire.EvidenceView(kind=proof.kind, reference=proof.reference, sha256=proof.sha256, is_kept=is_kept)
    return wire.TermsView(
        number=terms.number,
        procedures=list(terms.procedures),
        may=list(terms.may),
        storage=terms.storage,
        form=terms.form,
        evidence=evidence,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        for_one_act=terms.for_one_act,
        allows_sub_mandates=terms.allows_sub,
        offered_by=terms.by,
        offered_at=said(terms.at) or "",
    )
