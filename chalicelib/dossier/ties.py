"""Whose affairs are somebody's own: by all their numbers, and of whom they represent or who represents them.

A read model of what identity tells, in one partition for each number, so that one query answers. It is asked about
officers alone, who do not decide on what is their own: a process asks once in some minutes, and whoever approves anew.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from chalicelib.contracts.identity import RepresentationKept
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored, read, typed, written
from chalicelib.dossier.form_people import apart
from chalicelib.dossier.items import Head
from chalicelib.dossier.joined import Joined, numbers_key
from chalicelib.dossier.table import TABLE, tie_key
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp

LASTS: Final = timedelta(minutes=5)
"""How long a process goes on with what it read of somebody."""
MOST: Final = 1000
"""People of whom a process remembers it."""


class Tie(Stored, frozen=True, kw_only=True):
    """Whom (keyed hash) somebody represents, or who represents them, and when; stamps, the end not included."""

    shape = 1

    other: str
    opens: str
    closes: str | None = None

    def held(self, since: datetime, now: datetime) -> bool:
        """Whether it was within its term at any time since then; one that ended before it began was at none."""
        if stamp(now) < self.opens or (self.closes is not None and self.closes <= self.opens):
            return False
        return self.closes is None or stamp(since) < self.closes


class _Row(Part, frozen=True, kw_only=True):
    """A row of the partition: the numbers, or a tie."""

    sk: str


class _Known(NamedTuple):
    """What was read of one person, and when."""

    at: datetime
    numbers: frozenset[str]
    ties: tuple[Tie, ...]


_known: dict[str, _Known] = {}


def people_of(head: Head) -> frozenset[str]:
    """Everybody whose dossier it is, as keyed hashes: who holds it, files it, or acts for an organisation there.

    Whoever does so as a foreigner is also known by the personal number in their identity. Whom the form names is one of
    them too, by the beginning of a keyed hash (`form_people.is_among` compares).
    """
    others = [each.holder for each in head.co_holders or ()]
    said = (head.holder, head.organ, head.acting.by if head.acting else None, *others, *(head.also or ()))
    return frozenset(each for each in (*said, *apart(head.named)) if each)


def tie_parts(said: RepresentationKept) -> dict[str, aws.Op]:
    """The ties that a representation makes or ends, of both sides, for the transaction that keeps it.

    Of one that ended the row stays, and says until when it held. Who gave a mandate on is tied to who has it from them.
    """
    over = (said.ended_at or said.opens,) if said.state == "ended" else ()
    closes = min((each for each in (said.closes, *over) if each is not None), default=None)
    sides = [(said.represented, said.representative), (said.representative, said.represented)]
    sides += [(said.represented_person, said.representative)] if said.represented_person else []
    sides += [(said.representative_person, said.represented)] if said.representative_person else []
    ties = {f"tie {own}": _put(own, said.id, Tie(other=other, opens=said.opens, closes=closes)) for own, other in sides}
    representative = {said.representative, said.representative_person or said.representative}
    for giver in said.givers or ():
        for own, other in ((giver, said.representative), *((each, giver) for each in representative)):
            tie = Tie(other=other, opens=said.opens, closes=closes)
            ties[f"tie {own} {other}"] = _put(own, f"{said.id}#{other}", tie)
    return ties


def organ_parts(organ: str | None, organisations: Iterable[str], now: datetime) -> dict[str, aws.Op]:
    """Who files for organisations (keyed hashes) is tied to them from this moment, for the transaction that files.

    None for who acts for none. The tie is over at once, as nobody says when they leave: it counts as long after as one
    of a mandate that ended then, and the next dossier renews it. The organisation is no officer: it has no row of it.
    """
    tie = {"opens": stamp(now), "closes": stamp(now + timedelta(milliseconds=1))}
    return {f"organ of {each}": _put(organ, f"ORGAN#{each}", Tie(other=each, **tie)) for each in organisations if organ}


def circle_of(person: str, now: datetime, since: datetime, *, anew: bool = False) -> frozenset[str]:
    """Somebody (keyed hash) under all their numbers, with all to whom they were tied at any time since then.

    One query, unless this process asked within the last minutes; `anew` asks in any case.
    """
    known = _known.get(person)
    if known is None or anew or not timedelta(0) <= now - known.at < LASTS:
        if len(_known) >= MOST:
            _known.clear()
        known = _known[person] = _read(person, now)
    return known.numbers | {tie.other for tie in known.ties if tie.held(since, now)}


def numbers_of(person: str, now: datetime) -> frozenset[str]:
    """All the numbers of somebody (keyed hashes), with those that they had before: read in any case."""
    return _read(person, now).numbers


def forget() -> None:
    """What this process read is read anew."""
    _known.clear()


def _read(person: str, now: datetime) -> _Known:
    """What is kept of somebody, by whichever of their numbers they are known."""
    rows = {person: aws.query(TABLE(), numbers_key(person)[0])}
    joined = _joined(rows[person])
    if joined and joined.present:  # known by a number that they had before
        rows[joined.present] = aws.query(TABLE(), numbers_key(joined.present)[0])
        joined = _joined(rows[joined.present])
    for former in joined.formers if joined else ():
        rows.setdefault(former, aws.query(TABLE(), numbers_key(former)[0]))
    ties = (read(Tie, row) for found in rows.values() for row in found if _sk(row).startswith("TIE#"))
    return _Known(now, frozenset(rows), tuple(ties))


def _joined(rows: list[aws.Item]) -> Joined | None:
    return next((read(Joined, row) for row in rows if _sk(row) == "NUMBERS"), None)


def _sk(row: aws.Item) -> str:
    return typed(_Row, row, row).sk


def _put(own: str, name: str, tie: Tie) -> aws.Op:
    pk, sk = tie_key(own, name)
    return aws.put(TABLE(), {"pk": pk, "sk": sk, **written(tie)})
