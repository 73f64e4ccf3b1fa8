"""Several holders of one dossier, as spouses or co-owners: each confirms with their own identity what is submitted."""

from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import structs

from chalicelib.contracts.event import told
from chalicelib.contracts.submission import HolderNamed, HoldingConfirmed
from chalicelib.dossier.holding import CoHolder, Named
from chalicelib.dossier.items import Head
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, holder_of, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.sealing.door import seal
from chalicelib.submission.ports import Shared
from chalicelib.submission.refusals import AlreadySubmitted, HoldersUnconfirmed

MOST: Final = 9
"""Beside the first one; each confirmed one is a line of HEAD, which every step writes."""


class Holders(msgspec.Struct, frozen=True):
    """Use cases of those who hold a draft together. `read` gives a draft to whoever may name holders of it."""

    drafts: Shared
    read: Callable[[Principal, str], Dossier]
    clock: Clock

    def name(self, who: Principal, reference: str, named: Named) -> Dossier:
        """Name somebody as a holder beside oneself; twice is once. It is on their list when they confirmed it.

        Raises NotFound, AlreadySubmitted, BodyInvalid for oneself and for one too many.
        """
        theirs = holder_of("CITIZEN", named.personal_id)

        def once() -> Dossier:
            draft = self.read(who, reference)
            known = draft.head.co_holders or ()
            if any(each.holder == theirs for each in known):
                return draft
            _require_another(draft.head, theirs, len(known))
            new = CoHolder(holder=theirs, sealed=seal(reference, told(named)))
            told_of = HolderNamed(named=len(known) + 1)
            self.drafts.set_holders(draft, (*known, new), told_of, self.clock(), account=who.account)
            return self.read(who, reference)

        return record.settled(once)

    def confirm(self, who: Principal, reference: str) -> None:
        """Confirm with one's own identity that one holds the draft, as its form stands now; again after it was changed.

        Raises NotFound for whoever was not named, AlreadySubmitted, LevelTooLow.
        """

        def once() -> None:
            draft = self.drafts.draft(reference)
            known = (draft.head.co_holders or ()) if draft else ()
            name = self.drafts.among(who, [each.holder for each in known])
            mine = next((each for each in known if each.holder == name), None)
            if draft is None or mine is None or draft.head.expired_at:
                raise NotFound(what="draft")
            if not draft.head.is_draft:
                raise AlreadySubmitted(reference=reference)
            require_level(who, draft.plan.min_level)
            now = self.clock()
            sure = structs.replace(mine, confirmed_at=stamp(now), form_sha256=draft.head.form_sha256)
            after = tuple(sure if each is mine else each for each in known)
            told_of = HoldingConfirmed(form_version=draft.head.form_version)
            joins = None if mine.confirmed_at else who.holder
            self.drafts.set_holders(draft, after, told_of, now, account=who.account, joins=joins)

        record.settled(once)


def require_confirmed(head: Head) -> None:
    """Raise HoldersUnconfirmed unless everybody who was named confirmed the form as it stands."""
    open_ones = [each for each in head.co_holders or () if not each.confirmed_at]
    changed = [each for each in head.co_holders or () if each.confirmed_at and each.form_sha256 != head.form_sha256]
    if open_ones or changed:
        raise HoldersUnconfirmed(unconfirmed=len(open_ones), changed_since=len(changed))


def _require_another(head: Head, theirs: str, known: int) -> None:
    if theirs == head.holder:
        vi, en = "Đã là chủ hồ sơ", "They hold it already"
        raise BodyInvalid(fields=[FieldError("/personal_id", "is_holder", vi, en)])
    if known >= MOST:
        vi, en = f"Nhiều nhất {MOST} người cùng đứng tên", f"At most {MOST} holders beside the first"
        raise BodyInvalid(fields=[FieldError("/personal_id", "most", vi, en)])
