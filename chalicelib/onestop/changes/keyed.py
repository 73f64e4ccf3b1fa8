"""An act on a dossier under its Idempotency-Key: written once, told again as it was."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.dossier.change import Change
from chalicelib.dossier.interests import Work
from chalicelib.dossier.items import TaskKind
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws, record, waiting
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import KeyReused, NotAllowed, TryAgain
from chalicelib.kernel.record import LogRow
from chalicelib.onestop import acts
from chalicelib.onestop.model import officer_hash
from chalicelib.onestop.ports import Dossiers
from chalicelib.onestop.posts import kinds_of, refused_by
from chalicelib.onestop.views import Views

FREE: Final = frozenset({acts.READ_THREAD})
"""Acts of an officer that decide nothing: whoever has an interest in the dossier may do them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An act as it was asked for: by whom, on which dossier (reference or code), under which key, with what body."""

    who: Principal
    dossier: str
    key: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """The event that told the act, and the dossier that it was done to."""

    reference: str
    row: LogRow


@dataclass(frozen=True)
class Acts:
    """What every act on a dossier shares: who may, under which key, in one write."""

    dossiers: Dossiers
    views: Views
    clock: Clock

    def once(
        self,
        act: str,
        asked: Asked,
        parts: tuple[Part, ...],
        write: Callable[[Dossier, Change], None],
        *,
        does: Sequence[TaskKind] = (),
    ) -> Done:
        """Read the dossier, let `write` fill a change, write it with the key; its first event tells what was done.

        An officer does one of these kinds of tasks, and does still when it is written. Raises NotFound for who may not
        even see it, NotAllowed, OwnDossier, NumberUnknown, KeyReused, TryAgain, and what `write` raises.
        """
        kind = _kind(asked.who, act, does)
        owner = asked.who.holder or officer_hash(asked.who)
        body = hashlib.sha256(f"{act}\x1f".encode() + asked.raw).hexdigest()

        def turn() -> Done:
            dossier = self.views.read(asked.who, asked.dossier, *parts)
            used = self.dossiers.used_key(owner, asked.key)
            if used:
                if used.body != body or used.reference != dossier.reference or used.event is None:
                    raise KeyReused
                return Done(dossier.reference, self.dossiers.row(dossier.reference, used.event))
            if not self.views.may(asked.who, act, dossier.head):
                raise NotAllowed(act=act)
            change = self.dossiers.change(dossier, self.clock())
            if kind and act not in FREE:
                work = Work(dossier.head.agency, kind)
                self.dossiers.require_other(asked.who, dossier.head, work, change.now)
            write(dossier, change)
            for part, fence in self.dossiers.posts(asked.who, kind, stamp(change.now)).items() if kind else ():
                change.require(part, fence)
            number = dossier.head.seq + 1
            self.dossiers.write(change.use_key(owner, asked.key, body, event=number), asked.who)
            return Done(dossier.reference, self.dossiers.row(dossier.reference, number))

        for _ in waiting.turns():
            try:
                return record.settled(turn)
            except aws.Lost as lost:
                if "key" not in lost:
                    raise (refused_by(lost, kind) if kind else lost) from lost
        raise TryAgain


def _kind(who: Principal, act: str, does: Sequence[TaskKind]) -> TaskKind | None:
    """The kind of task by which an officer does an act; None where the act is no officer's. Raises NotAllowed."""
    own = kinds_of(who)
    kind = next((each for each in does if each in own), None)
    if does and kind is None:
        raise NotAllowed(act=act)
    return kind
