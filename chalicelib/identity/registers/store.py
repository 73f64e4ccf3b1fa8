"""Representations by law and joined numbers in identity's table; lines in the ledgers of those who are asked about.

Partitions: `REPRESENTATION#<id>` (a record, with its fence), `PERSON#<hash>` (a record, with a row for each relation),
`ALIAS#<hash>`, `ASKED#<hash>#<key>`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from chalicelib.contracts.identity import PersonChanged, RepresentationKept
from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.stored import read, written
from chalicelib.identity.fence import State, switched
from chalicelib.identity.joined import Alias, alias_key, alias_of
from chalicelib.identity.registers.items import Asked, Kin, PersonHead, RepresentationHead, said_of
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws, record
from chalicelib.kernel.ids import digest
from chalicelib.kernel.record import Change
from chalicelib.ledger.lines import change as ledger_change

KIN: Final = "KIN#"


class Ledgers:
    """Lines in the ledgers of persons and organisations."""

    def write(self, owner: str, line: LineWritten, actor: str, now: datetime) -> None:
        """One line, before the register is asked. Two calls. Raises TryAgain."""
        record.settled(lambda: ledger_change(owner, line, now, actor=actor).write())


class Table:
    """Representations and persons in DynamoDB."""

    # --- representations ------------------------------------------------------------------------------------------

    def asked(self, who: str, key: str) -> Asked | None:
        """What a request of the same key made."""
        found = aws.get(TABLE(), *_asked(who, key))
        return read(Asked, found) if found else None

    def head(self, representation: str) -> RepresentationHead:
        """The record of a representation; one that nobody made has version 0."""
        pk = _record(representation)
        found = aws.get(TABLE(), pk, "HEAD")
        return read(RepresentationHead, found) if found else RepresentationHead(pk=pk)

    def heads(self, representations: Collection[str]) -> list[RepresentationHead]:
        """Those that are there, of at most a hundred, as they were a moment ago."""
        wanted = sorted(representations)[: aws.MOST_AT_ONCE]
        return [read(RepresentationHead, row) for row in aws.many(TABLE(), [(_record(r), "HEAD") for r in wanted])]

    def kin(self, person: str) -> list[Kin]:
        """The newest representation between this person and each other."""
        return [read(Kin, row) for row in aws.query(TABLE(), _person(person), KIN)]

    def kin_of(self, person: str, other: str) -> Kin | None:
        """The newest in which a person stands for another."""
        found = aws.get(TABLE(), *_kin(person, "representative", other))
        return read(Kin, found) if found else None

    def begin(self, head: RepresentationHead, asked: tuple[str, str, Asked], former: str | None, now: datetime) -> None:
        """A new record with its event, its fence, and a row for each side in the place of the `former` one's.

        Raises aws.Lost, and aws.WriteContended when another request came between.
        """
        said, (who, key, request) = said_of(head), asked
        change = Change(TABLE(), head, now).tell(said, actor=who)
        change.also("state", switched(said.id, _state(said)))
        pk, sk = _asked(who, key)
        change.also("request", aws.put_new(TABLE(), {"pk": pk, "sk": sk, **written(request)}))
        mine = Kin(representation=said.id, other=said.represented, role="representative")
        theirs = Kin(representation=said.id, other=said.representative, role="represented")
        change.also("mine", _newest(said.representative, mine, former))
        change.also("theirs", _newest(said.represented, theirs, former))
        try:
            change.write()
        except aws.Lost as lost:
            raise aws.WriteContended from lost

    def end(self, head: RepresentationHead, said: RepresentationKept, actor: str, now: datetime) -> None:
        """The same representation, ended: event and fence with it. Raises aws.Lost."""
        change = Change(TABLE(), head, now).tell(said, actor=actor).put(said=said)
        change.also("state", switched(said.id, _state(said))).write()

    # --- persons --------------------------------------------------------------------------------------------------

    def person(self, person: str) -> PersonHead:
        """The record of what registers said of somebody; of whom they said nothing it has version 0."""
        found = aws.get(TABLE(), _person(person), "HEAD")
        return read(PersonHead, found) if found else PersonHead(pk=_person(person))

    def alias(self, person: str) -> Alias | None:
        """The numbers that belong to one person, as keyed hashes."""
        return alias_of(person)

    def tell(self, head: PersonHead, event: PersonChanged, actor: str, now: datetime) -> None:
        """What became of somebody. Raises aws.Lost."""
        Change(TABLE(), head, now).tell(event, actor=actor).put(change=event.kind).write()

    def join(
        self, head: PersonHead, alias: Alias, known: Collection[Alias], event: PersonChanged, now: datetime
    ) -> None:
        """The same alias under each of its hashes, and under none that it does not name any more.

        `known` are the aliases that stood there. Raises aws.Lost, and aws.WriteContended when another was joined
        meanwhile.
        """
        change = Change(TABLE(), head, now).tell(event, actor=alias.person)
        stood = {each: old for old in known for each in old.hashes}
        for number, each in enumerate(alias.hashes):
            change.also(f"alias {number}", _alias_as(each, alias, stood.get(each)))
        for number, each in enumerate(sorted(stood.keys() - set(alias.hashes))):
            change.also(f"former alias {number}", aws.delete(TABLE(), alias_key(each)))
        try:
            change.write()
        except aws.Lost as lost:
            raise aws.WriteContended from lost


def _state(said: RepresentationKept) -> State:
    return State(is_active=said.state == "active", version=said.version, opens=said.opens, closes=said.closes)


def _newest(person: str, kin: Kin, former: str | None) -> aws.Op:
    return aws.update(
        TABLE(),
        _kin(person, kin.role, kin.other),
        put=written(kin),
        condition="representation = :former" if former else "attribute_not_exists(pk)",
        expect={"former": former} if former else None,
    )


def _alias_as(person: str, alias: Alias, old: Alias | None) -> aws.Op:
    return aws.update(
        TABLE(),
        alias_key(person),
        put=written(alias),
        condition="person = :former" if old else "attribute_not_exists(pk)",
        expect={"former": old.person} if old else None,
    )


def _record(representation: str) -> str:
    return f"REPRESENTATION#{representation}"


def _person(person: str) -> str:
    return f"PERSON#{person}"


def _kin(person: str, role: str, other: str) -> tuple[str, str]:
    return _person(person), f"{KIN}{role}#{other}"


def _asked(who: str, key: str) -> tuple[str, str]:
    return f"ASKED#{who}#{digest(key)}", "KEY"
