"""What the outbox does for the feeds: each piece of a dossier's log goes into the feeds of those who may read it.

The log is the source: an entry says from which event to which. How far a dossier stands in a feed is written in the
same transaction, so a batch that comes twice or late adds nothing, and what was missed is made up by the next one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import batched
from typing import Final, NamedTuple

from msgspec import Struct

from chalicelib.contracts.stored import read, typed, written
from chalicelib.dossier.fed import heads_of
from chalicelib.dossier.items import Head
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel import aws, waiting
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import TryAgain
from chalicelib.kernel.settings import setting
from chalicelib.subscriptions.model import ENTRY, Counter, Entry, Fed, forget_at, shard_of

TABLE: Final = setting("MOTCUA_SUBSCRIPTIONS_TABLE", "Table of subscriptions, and of the feeds that they keep alive.")
NEEDS: Final = (TABLE, DOSSIERS)
ANYBODY: Final = ("FOLLOWED", "ANYBODY")
"""Is there once somebody subscribed: where nobody ever did, a batch costs one read."""
COUNTER: Final = "COUNTER"
AT_ONCE: Final = 25
"""Dossiers of a transaction: three parts each, and four where a log is long."""
LONG: Final = 8
"""Entries of a dossier in one transaction."""


class Place(Struct, frozen=True):
    """Where a row stands."""

    pk: str
    sk: str


class Piece(NamedTuple):
    """A dossier that grew, and who follows it."""

    reference: str
    last: int
    subscriber: str


def place_of(row: aws.Item) -> Place:
    """Where a row of this table stands."""
    return typed(Place, row, row)


def head_key(subscriber: str) -> tuple[str, str]:
    """Where a subscriber's record stands."""
    return f"SUBSCRIBER#{subscriber}", "HEAD"


def feed_key(subscriber: str, shard: int) -> str:
    """A part of a feed."""
    return f"FEED#{subscriber}#{shard}"


def entry_sk(seq: int) -> str:
    """The place of an entry."""
    return f"{seq:012d}"


def fed_key(subscriber: str, reference: str) -> tuple[str, str]:
    """Where it stands how far a dossier is in a feed."""
    return f"FED#{subscriber}#{reference}", "FED"


def concerned(head: Head) -> tuple[str, ...]:
    """Whose feeds a dossier stands in: who received it first, who decides, who takes part, the portal that filed it."""
    agencies = [head.agency, head.competent, *(head.participants or ())]
    portal = [f"portal:{head.portal}"] if head.portal else []
    return tuple(dict.fromkeys([*(f"agency:{each}" for each in agencies if each), *portal]))


def feed(grew: Mapping[str, int], now: datetime) -> dict[str, Exception]:
    """Put what grew into the feeds that are kept: dossiers by reference, with the number of their newest event.

    Answers what failed, by reference; of that the same call later does the rest.
    """
    if not grew:
        return {}
    failed = dict[str, Exception]()
    try:
        if not aws.many(TABLE(), [ANYBODY]):
            return {}
        heads = {pk: head for pk, head in heads_of(grew).items() if not head.is_draft}
        following = _followed(each for head in heads.values() for each in concerned(head))
    except Exception as error:  # noqa: BLE001 - whatever it is, the stream brings these rows again
        return dict.fromkeys(grew, error)
    parts = dict[tuple[str, int], list[Piece]]()
    for pk, head in heads.items():
        for each in concerned(head):
            if each in following:
                parts.setdefault((each, shard_of(pk)), []).append(Piece(pk, grew[pk], each))
    for (subscriber, shard), pieces in parts.items():
        for some in batched(pieces, AT_ONCE, strict=False):
            try:
                _append(subscriber, shard, some, now)
            except Exception as error:  # noqa: BLE001 - one feed holds back no other; the stream brings it again
                failed |= {piece.reference: error for piece in some}
    return failed


def _followed(subscribers: Iterable[str]) -> frozenset[str]:
    keys = [head_key(each) for each in dict.fromkeys(subscribers)]
    rows = [
        row for some in batched(keys, aws.MOST_AT_ONCE, strict=False) for row in aws.many(TABLE(), some, as_now=True)
    ]
    return frozenset(place_of(row).pk.removeprefix("SUBSCRIBER#") for row in rows)


def _append(subscriber: str, shard: int, pieces: Sequence[Piece], now: datetime) -> None:
    """Add what is not there yet, again while others write to this part. Raises TryAgain."""
    for _ in waiting.turns():
        try:
            while parts := _parts(subscriber, shard, pieces, now):
                aws.transact(parts)
        except (aws.Lost, aws.WriteContended):
            continue
        return
    raise TryAgain


def _parts(subscriber: str, shard: int, pieces: Sequence[Piece], now: datetime) -> dict[str, aws.Op]:
    """The next transaction; empty when all is there."""
    pk = feed_key(subscriber, shard)
    keys = [(pk, COUNTER), *(fed_key(subscriber, piece.reference) for piece in pieces)]
    rows = {place_of(row).pk: row for row in aws.many(TABLE(), keys, as_now=True)}
    began = read(Counter, rows[pk]).seq if pk in rows else 0
    seq, parts = began, dict[str, aws.Op]()
    for piece in pieces:
        key = fed_key(subscriber, piece.reference)
        fed = read(Fed, rows[key[0]]).number if key[0] in rows else 0
        done = fed
        for first in range(fed + 1, min(piece.last, fed + ENTRY * LONG) + 1, ENTRY):
            seq, done = seq + 1, min(first + ENTRY - 1, piece.last)
            if len(parts) + 1 >= aws.MOST_AT_ONCE - 2:
                seq, done = seq - 1, first - 1
                break
            entry = Entry(dossier=piece.reference, first=first, last=done, at=stamp(now), forget_at=forget_at(now))
            parts[f"entry {seq}"] = aws.put_new(TABLE(), {"pk": pk, "sk": entry_sk(seq), **written(entry)})
        if done > fed:
            parts[f"fed {piece.reference}"] = _moved(key, Fed(number=done), "number", fed)
    return parts | {"counter": _moved((pk, COUNTER), Counter(seq=seq), "seq", began)} if parts else {}


def _moved(key: tuple[str, str], thing: Fed | Counter, name: str, was: int) -> aws.Op:
    """A number that goes on from where it was read."""
    if not was:
        return aws.put_new(TABLE(), {"pk": key[0], "sk": key[1], **written(thing)})
    return aws.update(
        TABLE(), key, put=written(thing), condition="#n = :was", expect={"was": was}, reserved={"#n": name}
    )
