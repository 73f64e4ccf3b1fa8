"""Who stands on a dossier, by name: its holder, whoever files for them, those who hold it with them. Unsealed here."""

from datetime import date

from chalicelib.contracts.event import heard
from chalicelib.contracts.submission import Represented
from chalicelib.dossier.holding import CoHolder, Named
from chalicelib.dossier.items import Head
from chalicelib.kernel.access import PERSONS
from chalicelib.kernel.access import holder_of as hashed
from chalicelib.law import packs, routing
from chalicelib.law.rules import MandateState, Routing
from chalicelib.sealing.door import unseal


def holder_of(head: Head) -> Named:
    """The holder. Raises ContentErased."""
    return heard(Named, unseal(head.pk, head.sealed))


def filer_of(head: Head) -> Named | None:
    """Whoever files for the holder; None where the holder does. Raises ContentErased."""
    return heard(Named, unseal(head.pk, head.acting.sealed)) if head.acting else None


def filed_under(head: Head) -> Represented | None:
    """What is told of who filed it for its holder; None where the holder did."""
    return head.acting.told if head.acting else None


def confirmed(head: Head) -> tuple[CoHolder, ...]:
    """Those who hold it together with the holder and confirmed that."""
    return tuple(each for each in head.co_holders or () if each.confirmed_at)


def is_concerned(head: Head, number: str) -> bool:
    """Whether a number is that of whoever holds the dossier, or files it for them."""
    concerned = {head.holder, *(each.holder for each in confirmed(head))}
    concerned |= {head.acting.by} if head.acting else set()
    return any(hashed(kind, number) in concerned for kind in PERSONS)


def co_holders_of(head: Head) -> tuple[str, ...] | None:
    """The same, by name; None where there is none. Raises ContentErased."""
    return tuple(heard(Named, unseal(head.pk, each.sealed)).name for each in confirmed(head)) or None


def routing_of(head: Head, state: MandateState, today: date) -> Routing | None:
    """By which named policy the result is kept, of the pack under which it was received; None where no clause says it.

    `today` is a day of Viet Nam, for what names no pack.
    """
    acting = head.acting
    if acting is None or acting.storage is None:
        return None
    return routing.routing_of(acting.storage, state, packs.pinned(head.rule_pack, today).rules)


def keepers_of(head: Head, by: Routing | None) -> tuple[str, ...] | None:
    """In whose stores the result is kept, by keyed hashes; nobody's: the authority's own copy only. None: its holder's.

    As the mandate says in the version of the submission (Decree 137/2024 Art. 8(4)). Those who hold the dossier
    together have it each: they are no side of the mandate, and its clause is not about them.
    """
    others = tuple(each.holder for each in confirmed(head))
    acting = head.acting
    if acting is None or by is None:
        return (head.holder, *others) if others else None
    principal = (head.holder,) if "PRINCIPAL" in by.keeps else ()
    return (*principal, *others, *((acting.by,) if "AGENT" in by.keeps else ()))
