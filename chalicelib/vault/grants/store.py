"""Grants in the vaults' table: each in the vault of its owner, with a pointer to it for its receiver."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from chalicelib.contracts.stored import read, written
from chalicelib.contracts.vault import DocumentShared, GrantWithdrawn, LinkOpened
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.paging import starts_of
from chalicelib.kernel.record import Change
from chalicelib.ledger import door
from chalicelib.vault import listing
from chalicelib.vault.fence import TABLE, partition, usable
from chalicelib.vault.grants.model import Grant, Pointer
from chalicelib.vault.grants.ports import Given
from chalicelib.vault.model import VaultDocument
from chalicelib.vault.store import Table, file_of

ALL: Final[listing.Bounds] = ("sk", "BETWEEN", "GRANT#", f"GRANT#{aws.LAST}")


class GrantTable(Table):
    """Grants in DynamoDB."""

    def grant(self, owner: str, grant: str) -> Grant | None:
        """A grant of an owner's."""
        found = aws.get(TABLE(), *_key(owner, grant))
        return read(Grant, found) if found else None

    def pointed(self, receivers: Sequence[str], grant: str) -> Grant | None:
        """A grant to one of these receivers, by its name."""
        for receiver in receivers:
            if found := aws.get(TABLE(), *_received(receiver, grant)):
                return self.grant(read(Pointer, found).owner, grant)
        return None

    def by_code(self, secret: str) -> Grant | None:
        """The grant behind the code of a link, by what is kept of it."""
        found = aws.get(TABLE(), *_link(secret))
        pointer = read(Pointer, found) if found else None
        return self.grant(pointer.owner, pointer.grant) if pointer else None

    def given(self, owner: str, after: str) -> Given:
        """A page of the grants of all numbers of an owner. Raises as `paging.starts_of`."""
        rows, following = _listed([partition(each) for each in (owner, *self.formers(owner))], after)
        return Given([read(Grant, row) for row in rows], following)

    def received(self, receivers: Sequence[str], after: str) -> Given:
        """A page of the grants to some receivers: their pointers, and at once what these lead to."""
        rows, following = _listed([_received(each, "")[0] for each in receivers], after)
        places = [_key(pointer.owner, pointer.grant) for pointer in (read(Pointer, row) for row in rows)]
        whole = {(item["pk"], item["sk"]): read(Grant, item) for item in aws.many(TABLE(), places)}
        return Given([whole[place] for place in places if place in whole], following)

    def give(self, grant: Grant, event: DocumentShared, now: datetime) -> None:
        """A grant and the pointer to it. Raises aws.Lost: "grant" is there, "document" is worth nothing any more."""
        pointer = written(Pointer(owner=grant.owner, grant=grant.id))
        place = _link(grant.secret) if grant.secret else _received(grant.receiver, grant.id)
        change = Change(TABLE(), self.head(grant.owner), now).tell(event, actor="owner")
        change.also("grant", aws.put_new(TABLE(), _at(_key(grant.owner, grant.id)) | written(grant)))
        change.also("pointer", aws.put_new(TABLE(), _at(place) | pointer))
        change.also("document", _usable(grant, now)).write()

    def withdraw(self, grant: Grant, event: GrantWithdrawn, now: datetime) -> None:
        """A grant is worth nothing from now on. Raises aws.Lost("grant") when it was withdrawn before."""
        self._end(grant, event, now, "withdrawn_at", {"withdrawn_at": stamp(now)})

    def use(self, grant: Grant, used_by: str, event: LinkOpened, now: datetime) -> None:
        """A link was opened. Raises aws.Lost("grant") when it was opened, or withdrawn, before."""
        self._end(grant, event, now, "used_at", {"used_at": stamp(now), "used_by": used_by})

    def _end(
        self, grant: Grant, event: GrantWithdrawn | LinkOpened, now: datetime, mark: str, after: dict[str, str]
    ) -> None:
        condition = "attribute_exists(pk) AND attribute_not_exists(withdrawn_at)"
        if mark != "withdrawn_at":
            condition += f" AND attribute_not_exists({mark})"
        change = Change(TABLE(), self.head(grant.owner), now).tell(event)
        place = _key(grant.owner, grant.id)
        change.also("grant", aws.update(TABLE(), place, put=after, condition=condition)).write()

    def hand_over(self, grant: Grant, document: VaultDocument, who: Principal, now: datetime) -> str:
        """A link to the document, while the grant holds in the very moment of the ledger's line. Raises aws.Lost."""
        file = file_of(grant.owner, document, by_owner=False, ground=f"consent {grant.id}: {grant.purpose}")
        holds = "attribute_not_exists(withdrawn_at) AND #u >= :now"
        place, reserved = _key(grant.owner, grant.id), {"#u": "until"}
        under = {
            "grant": aws.check(TABLE(), place, holds, {"now": stamp(now)}, reserved),
            "document": _usable(grant, now),
        }
        return door.hand_out(file, who, "grants", now, under)


def _usable(grant: Grant, now: datetime) -> aws.Op:
    return usable(grant.owner, grant.document, now.astimezone(ZONE).date().isoformat())


def _key(owner: str, grant: str) -> tuple[str, str]:
    return partition(owner), f"GRANT#{grant}"


def _received(receiver: str, grant: str) -> tuple[str, str]:
    return f"RECEIVED#{receiver}", f"GRANT#{grant}"


def _link(secret: str) -> tuple[str, str]:
    return f"LINK#{secret}", "GRANT"


def _at(key: tuple[str, str]) -> aws.Item:
    return {"pk": key[0], "sk": key[1]}


def _listed(partitions: Iterable[str], after: str) -> tuple[list[aws.Item], str | None]:
    """A page of grants in several partitions, by their names."""
    known = list(partitions)
    starts, rows, is_more = starts_of(after, listing.KEYS, known), list[aws.Item](), False
    for pk in known:
        more, goes_on = listing.rows_of(pk, starts, ALL)
        rows, is_more = rows + more, is_more or goes_on
    page, following = listing.page_of(sorted(rows, key=listing.sk_of), starts, listing.KEYS, is_more=is_more)
    return list(page), following
