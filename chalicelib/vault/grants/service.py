"""Share a document, withdraw that, read what was shared: each reading is a line in the owner's ledger."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct

from chalicelib.contracts.vault import DocumentShared, GrantWithdrawn, LinkOpened
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal, Relation, allowed, reaches, require_level
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import digest, keyed_hash, reference_of
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused, NotFound
from chalicelib.vault import acts
from chalicelib.vault.grants.model import Grant, Receiver, agency_key, purposes
from chalicelib.vault.grants.ports import Given, GrantStore
from chalicelib.vault.grants.refusals import (
    DocumentWorthNothing,
    GrantBeyondValidity,
    GrantEnded,
    GrantToSelf,
    HeldForAnother,
    PurposeNotOffered,
)
from chalicelib.vault.model import VaultDocument


class Sharing(Struct, frozen=True, kw_only=True):
    """What an owner wants to share, with whom, for what, until when (aware)."""

    document: str
    receiver: Receiver
    purpose: str
    until: datetime


class Shared(NamedTuple):
    """A page of grants, how many of it a higher level of identity would show, the cursor to the next page."""

    shown: list[Grant]
    withheld: int
    following: str | None


@dataclass(frozen=True)
class Grants:
    """Use cases of grants. `of_mine` finds a document of a principal's own, with the number under which it stands."""

    store: GrantStore
    of_mine: Callable[[Principal, str], tuple[str, VaultDocument]]
    clock: Clock

    def give(self, who: Principal, sharing: Sharing, key: str, body: bytes) -> Grant:
        """A grant, the same one for the same request.

        Raises NotFound, LevelTooLow, HeldForAnother, DocumentWorthNothing, GrantToSelf, PurposeNotOffered, BodyInvalid,
        GrantBeyondValidity, KeyReused.
        """
        owner, document = self.of_mine(who, sharing.document)
        made = reference_of("GR", f"{who.holder}\x1f{key}")
        told = digest(body.decode("utf-8", "replace"))
        if known := self.store.grant(owner, made):
            if known.body != told:
                raise KeyReused
            return known
        now = self.clock()
        self._require_shareable(who, document, sharing, now)
        grant = Grant(
            id=made,
            owner=owner,
            document=document.id,
            title=document.title,
            receiver_kind=sharing.receiver.kind,
            receiver=sharing.receiver.key,
            shown=sharing.receiver.shown,
            purpose=sharing.purpose,
            given_at=stamp(now),
            until=stamp(sharing.until),
            body=told,
            min_level=document.min_level,
            secret=_secret(_code(made)) if sharing.receiver.kind == "link" else None,
        )
        event = DocumentShared(
            grant=grant.id,
            owner=owner,
            document=grant.document,
            receiver_kind=grant.receiver_kind,
            receiver=grant.receiver,
            purpose=grant.purpose,
            until=grant.until,
        )
        try:
            record.settled(lambda: self.store.give(grant, event, self.clock()))
        except aws.Lost as lost:
            if "grant" in lost:  # the same request came twice at once
                return self.store.grant(owner, made) or grant
            raise DocumentWorthNothing(document=document.id) from None
        return grant

    def code(self, grant: Grant) -> str | None:
        """The code of a link; the same request is told the same."""
        return _code(grant.id) if grant.receiver_kind == "link" else None

    def _require_shareable(self, who: Principal, document: VaultDocument, sharing: Sharing, now: datetime) -> None:
        if document.held_for_another:
            raise HeldForAnother(document=document.id)
        today = now.astimezone(ZONE).date()
        if (state := document.state(today)) != "valid":
            raise DocumentWorthNothing(document=document.id, state=state)
        receiver = sharing.receiver.key
        if receiver and receiver in (who.holder, *self.store.formers(who.holder)):
            raise GrantToSelf
        _require_time(document, sharing, now)

    def withdraw(self, who: Principal, grant: str) -> Grant:
        """A grant of the principal's own is withdrawn, at any time, and stays so. Raises NotFound."""

        def once() -> Grant:
            found = self._of_mine(who, grant)
            if found.withdrawn_at:
                return found
            event = GrantWithdrawn(grant=found.id, owner=found.owner, document=found.document)
            self.store.withdraw(found, event, self.clock())
            return self._of_mine(who, grant)

        return record.settled(once)

    def _of_mine(self, who: Principal, grant: str) -> Grant:
        if not allowed(who, acts.WITHDRAW_GRANT, Relation.HOLDER):
            raise NotFound(what="grant")
        for owner in (who.holder, *self.store.formers(who.holder)):
            if found := self.store.grant(owner, grant):
                return found
        raise NotFound(what="grant")

    def given(self, who: Principal, after: str) -> Shared:
        """A page of what the principal shares, and shared."""
        return _shown(who, self.store.given(who.holder, after))

    def received(self, who: Principal, after: str) -> Shared:
        """A page of what was shared with the principal, or with the agencies whose work they do."""
        if not allowed(who, acts.READ_SHARED, Relation.RECEIVER):
            return Shared([], 0, None)
        return _shown(who, self.store.received(self._receivers(who), after))

    def _receivers(self, who: Principal) -> Sequence[str]:
        if who.agency:
            return [agency_key(each) for each in sorted(who.agencies)]
        return (who.holder, *self.store.formers(who.holder))

    def read(self, who: Principal, grant: str) -> tuple[Grant, VaultDocument, str]:
        """What was shared with the principal, and a link to its file, by the ledger's door.

        Raises NotFound for what was shared with somebody else just as for nothing, LevelTooLow, GrantEnded.
        """
        found = self.store.pointed(self._receivers(who), grant)
        if found is None or not allowed(who, acts.READ_SHARED, Relation.RECEIVER):
            raise NotFound(what="grant")
        return self._read(who, found)

    def open(self, who: Principal, code: str, key: str) -> tuple[Grant, VaultDocument, str]:
        """What a one-time link opens, once, and for the same request again; whoever has its code may.

        Raises NotFound, LevelTooLow, GrantEnded.
        """
        found = self.store.by_code(_secret(code))
        if found is None:
            raise NotFound(what="link")
        require_level(who, found.min_level)
        by = digest(keyed_hash("reader", who.holder or who.subject), key)
        if found.used_by != by:
            self._use(found, by)
        return self._read(who, self.store.grant(found.owner, found.id) or found, by)

    def _use(self, grant: Grant, by: str) -> None:
        _require_given(grant, self.clock())
        event = LinkOpened(grant=grant.id, owner=grant.owner, document=grant.document)
        try:
            record.settled(lambda: self.store.use(grant, by, event, self.clock()))
        except aws.Lost:
            raise GrantEnded(state="used") from None

    def _read(self, who: Principal, grant: Grant, by: str = "") -> tuple[Grant, VaultDocument, str]:
        now = self.clock()
        require_level(who, grant.min_level)
        if not by or grant.used_by != by:
            _require_given(grant, now)
        document = self.store.document(grant.owner, grant.document)
        if document is None:
            raise NotFound(what="document")
        if (state := document.state(now.astimezone(ZONE).date())) != "valid":
            raise GrantEnded(state=state)
        try:
            return grant, document, self.store.hand_over(grant, document, who, now)
        except aws.Lost as lost:
            raise GrantEnded(state="withdrawn") from lost


def _require_time(document: VaultDocument, sharing: Sharing, now: datetime) -> None:
    """Raise PurposeNotOffered, BodyInvalid, GrantBeyondValidity."""
    purpose = purposes().get(sharing.purpose)
    if purpose is None or sharing.receiver.kind not in purpose.receivers:
        offered = [each.code for each in purposes().values() if sharing.receiver.kind in each.receivers]
        raise PurposeNotOffered(purpose=sharing.purpose, receiver=sharing.receiver.kind, offered=offered)
    if not now < sharing.until <= now + purpose.longest:
        vi = f"Từ bây giờ, nhiều nhất {purpose.most_days} ngày"
        en = f"From now on, {purpose.most_days} days at most"
        raise BodyInvalid(fields=[FieldError("/until", "most_days", vi, en)])
    last = document.valid_until
    if last and sharing.until.astimezone(ZONE).date() > date.fromisoformat(last):
        raise GrantBeyondValidity(document=document.id, valid_until=last)


def _require_given(grant: Grant, now: datetime) -> None:
    """Raise GrantEnded, which says how."""
    if (state := grant.state(stamp(now))) != "given":
        raise GrantEnded(state=state)


def _shown(who: Principal, page: Given) -> Shared:
    shown = [each for each in page.grants if reaches(who, each.min_level)]
    return Shared(shown, len(page.grants) - len(shown), page.following)


def _code(grant: str) -> str:
    """The code of a link: only this installation can make it, of a name that nobody else knows."""
    return keyed_hash("link", grant)


def _secret(code: str) -> str:
    """What is kept of a code."""
    return keyed_hash("link code", code)
