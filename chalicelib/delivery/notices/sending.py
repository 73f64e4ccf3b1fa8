"""A notice goes to each receiver on each channel: addressed, an attempt written down, made, and its end written down.

Nothing is sent twice: an attempt stands in the table before it is made, and whoever finds one that did not end asks
the provider for the message by its name before it is sent again.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple

from chalicelib.delivery.notices import model, texts
from chalicelib.delivery.notices.model import Report
from chalicelib.delivery.notices.ports import Message, Notices, Sender, Unsent
from chalicelib.delivery.notices.receivers import Known, address, receivers, why_not
from chalicelib.delivery.ports import Unreachable
from chalicelib.dossier.channels import Channels
from chalicelib.dossier.notified import Channel, DueNotice, Queued, Sending
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import log
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.rounds import Round, go_round

TAKES: Final = 30.0
"""Seconds that a notice may take, with both calls of its provider: with less left none is begun."""
MOST: Final = 500
"""Notices that a run goes on with: the next run does the rest."""
ERASED: Final = "erased"
TOO_LATE: Final = "too_late"
"""Channels were off, or nobody sent, for longer than the stage lets a notice wait."""
NO_PROVIDER: Final = "no_provider"
"""The stage has this channel, or so many providers of it, no more."""
NOBODY_SENT: Final = (model.REFUSED, model.UNREACHABLE, model.IN_DOUBT)
"""Why notices are given up of which somebody hears: the alarm counts them."""
PARTS: Final = (Part.FORM, Part.PAPERS, Part.PLAN)


class Begun(NamedTuple):
    """An attempt that this worker alone makes now; `message` None: it was sent, and is only asked for."""

    sending: Sending
    sender: Sender
    providers: int
    asks_first: bool
    message: Message | None


@dataclass
class Notified(Round):
    """What a run of the clock did: notices it went on with, that no provider took, that broke."""

    turned: int = 0
    given_up: int = 0


@dataclass(frozen=True)
class Notifying:
    """Use cases of the worker. `senders` are the providers of each channel, the first one first."""

    notices: Notices
    channels: Channels
    senders: dict[Channel, Sequence[Sender]]
    url: str
    clock: Clock

    def run(self, done: Notified | None = None) -> Notified:
        """Go on with all that is due, while there is time; what fails for one stops no other. `done` counts it."""
        done = done or Notified()

        def broken(row: DueNotice, error: Exception) -> None:
            log.trouble("notice not taken on", error, dossier=row.reference, kind=row.name)
            self._put_off(row)

        go_round(
            self.notices.due(self.clock()),
            lambda row: self._turn(row.reference, row.name, done),
            done,
            broken=broken,
            is_full=lambda: done.turned + done.failed >= MOST,
            takes=TAKES,
        )
        return done

    def _put_off(self, row: DueNotice) -> None:
        """Let the others come first: what breaks each minute would take the run's time from them."""
        with contextlib.suppress(Exception):  # it comes again all the same, in a minute
            self.notices.put_off(row, self.clock() + model.LEASE)

    def _turn(self, reference: str, name: str, done: Notified) -> None:
        """Address what is queued and send it, or go on with what is addressed."""
        if "." in name:
            self.turn(reference, name, done)
            return
        queued = self.notices.queued(reference, name)
        for each in self.address(reference, queued) if queued else ():
            self.turn(reference, each.name, done)

    def address(self, reference: str, queued: Queued) -> list[Sending]:
        """Say to whom a notice goes; nobody is told of what was erased, or by another worker already."""
        now = self.clock()
        if queued.due_at is None:
            return []
        known = self._known(reference, now)
        found = receivers(known, self.channels) if known else []
        to = [
            Sending(
                number=queued.number,
                event=queued.event,
                told_at=queued.told_at,
                channel=channel,
                receiver=receiver,
                place=place,
                due_at=stamp(now),
            )
            for channel, receiver, place in found
        ]
        return to if self.notices.addressed(reference, queued, to, now) else []

    def turn(self, reference: str, name: str, done: Notified | None = None) -> bool:
        """Do what is due for a notice; False where nothing was, or another worker has it."""
        done = done or Notified()
        begun = self._begin(reference, name, done)
        if begun is None:
            return False
        done.turned += 1
        after = self._after(reference, begun)
        self._keep(reference, begun.sending, after, done)
        if after.due_at and after.provider != begun.sending.provider:
            self.turn(reference, name, done)
        return True

    def _after(self, reference: str, begun: Begun) -> Sending:
        """How far it is once the provider answered, or did not."""
        sending = begun.sending
        try:
            report = self._report(reference, begun)
        except Unreachable as error:
            log.note("provider unreachable", kind=sending.channel, dossier=reference)
            outcome: Literal["unsent", "unreachable"] = "unsent" if isinstance(error, Unsent) else "unreachable"
            return model.failed(sending, self.clock(), outcome)
        now = self.clock()
        if report is None:
            return model.failed(sending, now)
        return model.reported(sending, report, begun.providers, now, remembers=begun.sender.remembers)

    def _begin(self, reference: str, name: str, done: Notified) -> Begun | None:
        sending, now = self.notices.sending(reference, name), self.clock()
        if sending is None or not model.is_due(sending, now):
            return None
        if after := self._untried(sending, now):
            self._keep(reference, sending, after, done)
            return None
        senders, known = self.senders.get(sending.channel, ()), self._known(reference, now)
        to = address(known, sending.channel, sending.receiver, sending.place) if known else ""
        why = _why(known, sending, to, senders)
        if why or not known:
            self._keep(reference, sending, model.given_up(sending, why or ERASED, now), done)
            return None
        sender = senders[sending.provider]
        begun = model.begun(sending, sender.name, now)
        message = None if sending.sent_at else self._message(known.dossier, sending, to)
        if not self.notices.kept(reference, sending, begun):
            return None
        asks_first = sender.remembers and model.may_be_there(sending)
        return Begun(begun, sender, len(senders), asks_first, message)

    def _untried(self, sending: Sending, now: datetime) -> Sending | None:
        """What becomes of one that is too old, comes in a quiet hour, or was sent by who cannot be asked."""
        if model.is_stale(sending, self.channels.stale_days, now):
            return model.given_up(sending, TOO_LATE, now)
        if sending.sent_at:
            senders = self.senders.get(sending.channel, ())[sending.provider :]
            return None if not senders or senders[0].remembers else model.unasked(sending)
        until = self.channels.waits_until(sending.channel, sending.event, now)
        return model.put_off(sending, until) if until else None

    def _report(self, reference: str, begun: Begun) -> Report | None:
        """What the provider says; None of a message that it was only asked for, and does not know."""
        channel = begun.sending.channel
        known = begun.sender.find(channel, model.message_id(reference, begun.sending)) if begun.asks_first else None
        return known if known or begun.message is None else begun.sender.send(channel, begun.message)

    def _message(self, dossier: Dossier, sending: Sending, to: str) -> Message:
        row = self.notices.event(dossier.reference, sending.number)
        name, url = model.message_id(dossier.reference, sending), self.url
        languages = self.channels.languages
        if sending.channel == "sms":
            return Message(id=name, to=to, subject="", text=texts.short(dossier, row, languages[0], url))
        subject, text = texts.subject(dossier, row, languages), texts.letter(dossier, row, languages, url)
        return Message(id=name, to=to, subject=subject, text=text)

    def _known(self, reference: str, now: datetime) -> Known | None:
        """The dossier with what became of its mandate; None of one that was erased."""
        dossier = self.notices.dossier(reference, *PARTS)
        if dossier is None or dossier.head.erased_at:
            return None
        acting = dossier.head.acting
        kept = self.notices.representation(acting.under) if acting else None
        is_held = kept is not None and kept.holds(now)
        return Known(dossier, kept, self.notices.mandate_state(dossier, now), is_held)

    def _keep(self, reference: str, was: Sending, now: Sending, done: Notified) -> None:
        if self.notices.kept(reference, was, now) and now.why in NOBODY_SENT:
            done.given_up += 1


def _why(known: Known | None, sending: Sending, to: str, senders: Sequence[Sender]) -> str:
    """Why nothing is tried any more: a code; empty where something is."""
    if not known:
        return ERASED
    if not to:
        return why_not(known, sending)
    if sending.provider >= len(senders):
        return NO_PROVIDER
    sender = senders[sending.provider]
    is_lost = model.is_elsewhere(sending, sender.name) or (not sender.remembers and model.is_in_doubt(sending))
    return model.IN_DOUBT if is_lost and not sending.sent_at else ""
