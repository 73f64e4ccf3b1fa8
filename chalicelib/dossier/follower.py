"""What a dossier that follows from another has of it: the same people, each encrypted under its own keys."""

from msgspec import structs

from chalicelib.dossier.holding import Acting, CoHolder
from chalicelib.dossier.items import Head
from chalicelib.dossier.people import confirmed
from chalicelib.sealing.door import seal, unseal


def sealed_anew(text: str, former: str, reference: str) -> str:
    """What one dossier encrypted, under the key of another. Raises ContentErased."""
    return seal(reference, unseal(former, text))


def acting_of(former: Head, reference: str) -> Acting | None:
    """Who files it for its holder; None where the holder does. Raises ContentErased."""
    acting = former.acting
    return structs.replace(acting, sealed=sealed_anew(acting.sealed, former.pk, reference)) if acting else None


def co_holders_anew(former: Head, reference: str) -> tuple[CoHolder, ...] | None:
    """Who holds it together with its holder, as far as they confirmed; None where nobody does. Raises ContentErased."""
    return (
        tuple(
            structs.replace(each, sealed=sealed_anew(each.sealed, former.pk, reference)) for each in confirmed(former)
        )
        or None
    )


def also_listed(head: Head) -> tuple[str, ...]:
    """Who has it on their list beside its holder, by keyed hashes."""
    together = [each.holder for each in confirmed(head)]
    return tuple(dict.fromkeys((*([head.acting.by] if head.acting else []), *together)))
