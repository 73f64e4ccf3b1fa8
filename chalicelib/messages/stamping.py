"""Signed papers get another timestamp before their last one ends, and certificates of signers are counted down.

A timestamp holds as long as the certificate of its authority, and as its algorithms: a later one over the whole file
carries it on (PAdES B-LTA). The new file is a version of the same paper; the former one stays, and is known as one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

import msgspec

from chalicelib.archive.increments import WrongIncrement
from chalicelib.contracts.messages import PaperStamped, PinnedFile
from chalicelib.kernel import log
from chalicelib.kernel.aws import Lost
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.messages.model import Message, message_key
from chalicelib.messages.ports import Keys, Messages
from chalicelib.messages.public_record import StampEnds

MISSED: Final = 24
"""Months before this one in which is looked, too: for so long the job may have been away."""
MOST: Final = 200
"""Papers of one run: what it can do in its time."""


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did: papers stamped, papers that failed, papers left for the next run; days of the first signer."""

    stamped: int
    failed: int
    left: int
    signer_days: int | None


@dataclass(frozen=True)
class Stampings:
    """Give timestamps to papers whose last one ends within so many days."""

    messages: Messages
    keys: Keys
    days: int
    clock: Clock

    def run(self) -> Done:
        """Every paper that is due, the first to end first; what failed before after all others, the longest ago first.

        One that fails does not keep the others, and `MOST` that always fail do not either.
        """
        now = self.clock()
        due = sorted(self._due(now), key=lambda each: (each.tried_at or "", each.ends_at))
        failed = 0
        for each in due[:MOST]:
            try:
                self.stamp(each.message)
            except Exception as error:  # noqa: BLE001 - told, counted and tried again tomorrow
                log.trouble("paper not stamped", error, record=message_key(each.message))
                self.messages.stamp_tried(each, now)
                failed += 1
        done = min(len(due), MOST) - failed
        return Done(stamped=done, failed=failed, left=len(due) - done - failed, signer_days=self._signer_days(now))

    def stamp(self, name: str) -> None:
        """One more timestamp over a paper, as a new version; a paper that has a later one already is left alone.

        Raises WrongIncrement when more than that was added to what was proved to be PDF/A; what `stamped` raises.
        """
        from chalicelib.archive.increments import only_signatures_added, unsigned_part
        from chalicelib.messages.signing import stamped
        from chalicelib.messages.stamps import last_ends

        now, before = self.clock(), self.messages.message(name)
        if before is None or before.stamp_ends_at is None or not self._is_due(before.stamp_ends_at, now):
            return
        former = PinnedFile(key=before.key, version_id=before.version_id, sha256=before.sha256)
        pdf = self.messages.source(former)
        after = stamped(pdf, self.keys.timestamper(now), self.keys.evidence(now), at=now)
        unsigned, ends = unsigned_part(after, before.unsigned_sha256), last_ends(after)
        if unsigned is None or ends is None or not only_signatures_added(unsigned, after):
            raise WrongIncrement(name)
        told = PaperStamped(
            message=name,
            file=self._kept(before, after),
            former=former,
            size=len(after),
            stamp_ends_at=stamp(ends),
            reference=before.reference,
            agency=before.agency,
            holder=before.holder,
        )
        try:
            self.messages.stamp_again(before, told, now)
        except Lost:
            return  # another run was faster: its version is the registered one, nobody names ours

    def _kept(self, before: Message, after: bytes) -> PinnedFile:
        version = self.messages.keep(before.key, after, before.retain_until)
        return PinnedFile(key=before.key, version_id=version, sha256=sha256(after).hexdigest())

    def _is_due(self, ends_at: str, now: datetime) -> bool:
        return moment(ends_at) < now + timedelta(days=self.days)

    def _due(self, now: datetime) -> Iterator[StampEnds]:
        for month in months(now, self.days):
            yield from (each for each in self.messages.stamps_ending(month) if self._is_due(each.ends_at, now))

    def _signer_days(self, now: datetime) -> int | None:
        """Days for which the certificate holds that ends first; None where nobody can sign."""
        from chalicelib.messages.evidence import ends_of

        ends = ends_of(list(self.keys.certificates()))
        return (ends - now).days if ends else None


def months(now: datetime, days: int) -> Iterator[str]:
    """The months (UTC) in which is looked: those missed, and those that begin within so many days."""
    until = now + timedelta(days=days)
    number, last = now.year * 12 + now.month - 1 - MISSED, until.year * 12 + until.month - 1
    for each in range(number, last + 1):
        yield f"{each // 12}-{each % 12 + 1:02d}"
