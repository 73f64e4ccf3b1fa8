"""Who stands on a dossier, by name: its holder, whoever files for them, those who hold it with them. Unsealed here."""

from chalicelib.contracts.event import heard
from chalicelib.contracts.submission import Represented
from chalicelib.dossier.holding import CoHolder, Named
from chalicelib.dossier.items import Head
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


def co_holders_of(head: Head) -> tuple[str, ...] | None:
    """The same, by name; None where there is none. Raises ContentErased."""
    return tuple(heard(Named, unseal(head.pk, each.sealed)).name for each in confirmed(head)) or None


def keepers_of(head: Head, *, was_ended: bool) -> tuple[str, ...] | None:
    """In whose stores the result is kept, by keyed hashes; nobody's: the authority's own copy only. None: its holder's.

    As the mandate says in the version of the submission (Decree 137/2024 Art. 8(4)), also after its term is over; one
    that was ended since, by revocation or death, gives its representative nothing. Those who hold the dossier together
    have it each.
    """
    others = tuple(each.holder for each in confirmed(head))  # no side of the mandate: its clause is not about them
    together = (head.holder, *others)
    acting = head.acting
    if acting is None or acting.storage is None or was_ended:
        return together if len(together) > 1 else None
    kept = {"PRINCIPAL": together, "AGENT": (*others, acting.by), "BOTH": (*together, acting.by), "NONE": others}
    return kept[acting.storage]
