"""An act as it was asked for, done once: the same one again changes nothing, another one under its key is refused."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.contracts.event import Event, heard, told
from chalicelib.identity.petitions import model
from chalicelib.identity.petitions.items import Asked, PetitionHead, PublishedPetition, Said
from chalicelib.identity.petitions.ports import Petitions
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import ContentErased, KeyReused
from chalicelib.sealing.door import seal, unseal


class Order(NamedTuple):
    """By whom, under which key, with what body."""

    who: Principal
    key: str
    raw: bytes


class Changed(NamedTuple):
    """What a petition becomes, what is told of it, what everybody may read from now on."""

    after: PetitionHead
    event: Event
    public: PublishedPetition | None = None


class Doing(NamedTuple):
    """Who may have the record, and by whom the log says it was done."""

    find: Callable[[], PetitionHead]
    actor: str


def once(
    petitions: Petitions,
    clock: Clock,
    order: Order,
    what: str,
    doing: Doing,
    change: Callable[[PetitionHead, datetime], Changed],
) -> PetitionHead:
    """Change a petition. Raises KeyReused, and as `doing.find` and `change`."""
    key, body = key_of(order), digest(what, order.raw.decode("utf-8", "replace"))

    def again() -> PetitionHead:
        head, now = doing.find(), clock()
        if known := dict(head.keys).get(key):
            if known != body:
                raise KeyReused
            return head
        done = change(head, now)
        after = model.remembered(done.after, (key, body))
        petitions.write(head, after, done.event, doing.actor, now, done.public)
        return after

    return record.settled(again)


def key_of(order: Order) -> str:
    """What stands for an order in the record."""
    return digest(order.who.subject, order.key)


def sealed(petition: str, words: str, basis: str = "") -> str:
    """Words, encrypted under the petition's key."""
    return seal(petition, told(Said(words=words, basis=basis)))


def words_of(head: PetitionHead) -> Asked:
    """Who filed it, in which words; nothing of one whose words or key went, so that no list breaks on it."""
    nothing = Asked(name="", words="")
    if head.erased_at:
        return nothing
    try:
        return heard(Asked, unseal(head.id, head.sealed))
    except ContentErased:
        return nothing


def told_in(head: PetitionHead) -> Asked:
    """The same, with what the person supplied later among their words."""
    asked, supplied = words_of(head), said_of(head, head.supplied)
    return replace(asked, words=f"{asked.words}\n{supplied.words}") if supplied else asked


def said_of(head: PetitionHead, hidden: str | None) -> Said | None:
    """What was said later; nothing once its key went."""
    try:
        return heard(Said, unseal(head.id, hidden)) if hidden else None
    except ContentErased:
        return None
