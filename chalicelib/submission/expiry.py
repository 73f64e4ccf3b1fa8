"""Drafts that nobody changed or submitted in time: what they held goes, with its keys and files, and their log stays.

First the draft is ended by a conditional write, so whoever changes or submits it in the same moment wins or loses
whole; then the keys that it sealed under are destroyed, and its files go; then it leaves the list. Whatever stops in
between goes on in the next run.
"""

from datetime import timedelta
from typing import Final

import msgspec

from chalicelib.contracts.submission import DraftCleared, DraftEnrolled, DraftExpired
from chalicelib.dossier.items import Head
from chalicelib.kernel import log, record
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.submission.model import kept_until
from chalicelib.submission.ports import Expiring

LASTS: Final = timedelta(minutes=13)
"""How long a run begins with further drafts: less than its time-out, so that the last one is ended."""


class Swept(msgspec.Struct):
    """What a run did: drafts that expired, versions of files deleted, and failures, which are logged.

    `unfinished` is 1 when its time was over before its list was.
    """

    expired: int = 0
    files: int = 0
    failed: int = 0
    unfinished: int = 0


class Expiry(msgspec.Struct, frozen=True):
    """The use case of the schedule, and what brings older drafts into it."""

    drafts: Expiring
    clock: Clock

    def run(self) -> Swept:
        """End every draft whose time is over; what fails in one stops no other."""
        begun, done = self.clock(), Swept()
        for reference in self.drafts.expired(begun):
            if self.clock() - begun > LASTS:
                done.unfinished = 1
                return done
            try:
                self._end(reference, done)
            except Exception as error:  # noqa: BLE001 - the other drafts must not wait for this one
                log.trouble("draft not ended", error, dossier=reference)
                done.failed += 1
        return done

    def _end(self, reference: str, done: Swept) -> None:
        if not record.settled(lambda: self._expire(reference, done)):
            return  # the list was behind: it was changed, submitted, or ended by another run
        # Nobody can submit it any more: before that was written its keys might have been a dossier's.
        self.drafts.destroy_keys(reference, self.clock())
        files = self.drafts.remove_uploads(reference)
        done.files += files
        record.settled(lambda: self._clear(reference, files))

    def _expire(self, reference: str, done: Swept) -> bool:
        """Whether the draft has expired, now or in a run that did not come to its end."""
        head, now = self.drafts.head(reference), self.clock()
        if head is None or not _is_listed(head) or moment(head.expires_at) > now:
            return False
        if head.expired_at:
            return True
        told = DraftExpired(procedure=head.procedure, agency=head.agency, expires_at=head.expires_at)
        self.drafts.expire(head, self.drafts.held(reference), told, now)
        done.expired += 1
        return True

    def _clear(self, reference: str, files: int) -> None:
        head = self.drafts.head(reference)
        if head and _is_listed(head) and head.expired_at:
            self.drafts.clear(head, DraftCleared(files=files), self.clock())

    def enrol(self, reference: str, days: int) -> bool:
        """Let a draft of an earlier release expire, so many days after its last change; False for any other."""

        def once() -> bool:
            head = self.drafts.head(reference)
            if head is None or not head.is_draft or head.exp_pk or head.expired_at:
                return False
            changed = self.drafts.changed_last(reference)
            if changed is None:
                return False
            told = DraftEnrolled(expires_at=max(head.expires_at, stamp(kept_until(changed, days))))
            self.drafts.enrol(head, told, self.clock())
            return True

        return record.settled(once)


def _is_listed(head: Head) -> bool:
    """Whether it is a draft on the list of those that expire; what was submitted has left it."""
    return head.is_draft and head.exp_pk is not None
