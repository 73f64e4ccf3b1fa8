"""What one officer would change and a second one has to say too: of an agency as of a counter, by one rule."""

from datetime import datetime

from chalicelib.catalogue.agencies.items import Proposal
from chalicelib.catalogue.agencies.model import expires_at
from chalicelib.dossier.second_person import doer_of, require_second, with_numbers
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import DomainError


def proposed[E](who: Principal, entries: tuple[E, ...], read: int, now: datetime) -> Proposal[E]:
    """The proposal of an officer who read that version."""
    return Proposal(
        entries=entries,
        by=keyed_hash("officer", who.subject),
        at=stamp(now),
        agency=who.agency,
        read=read,
        numbers=with_numbers((), who),
    )


def standing[E](waits: Proposal[E] | None, now: datetime) -> Proposal[E] | None:
    """What waits for a second officer and may still be confirmed."""
    return waits if waits and expires_at(waits.at) > now else None


def require_confirmer[E](who: Principal, waits: Proposal[E], needed: DomainError) -> None:
    """Raise `needed` for who proposed it, under whichever account; SecondUnknown where nobody can say."""
    require_second(doer_of(who), {waits.by}, waits.numbers, needed)


def is_others(by: str, who: Principal) -> bool:
    """Whether another account proposed it; whether it is another person's, who confirms shows."""
    return by not in doer_of(who).accounts
