"""The nightly sweep: every chain that grew, those whose day has come, their files, and an anchor for each that fits."""

import hmac
from collections.abc import Callable, Container, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import batched
from itertools import chain as joined
from typing import Final

from msgspec import structs

from chalicelib.audit.judgement import judged, unfit_files
from chalicelib.audit.model import Chain, Found, KeptHead, Note, Pin, anchor_of, head_of
from chalicelib.audit.ports import AnchorKey, Chains, Files, Heads
from chalicelib.contracts.audit import Finding
from chalicelib.contracts.stored import name_of
from chalicelib.kernel import log
from chalicelib.kernel.clock import Clock

LASTS: Final = timedelta(minutes=13)
"""How long a run begins with further chains: less than its time-out, so that the last one is ended."""
HOLDS: Final = timedelta(minutes=16)
"""How long a run holds a part at most: longer than it may live, so that what a dead one held is free again."""
AT_ONCE: Final = 48
"""Chains that a function on AWS looks at together: as many as keep its one processor busy by our count."""


@dataclass
class Swept:
    """What a run did. `unfinished` is 1 when its time was over before its lists were."""

    parts: int = 0
    chains: int = 0
    unfit: int = 0
    files: int = 0
    failed: int = 0
    unfinished: int = 0
    heads: list[KeptHead] = field(default_factory=list)
    """Of the chains that fitted, until they are kept apart."""

    def add(self, other: "Swept") -> None:
        """And what another look did."""
        self.chains += other.chains
        self.unfit += other.unfit
        self.files += other.files
        self.failed += other.failed
        self.heads += other.heads


type Wanted = tuple[Chain, Note | None]


@dataclass
class _Notes:
    """Notes for several, which come one after the other: one is forgotten once each of its records fits."""

    chains: Chains
    part: int
    among: str = ""
    fits: bool = True

    def add(self, note: Note | None, *, fits: bool) -> None:
        """A record was looked at for this note."""
        if note is None or not note.among:
            return
        if note.among != self.among:
            self.end()
            self.among, self.fits = note.among, True
        self.fits &= fits

    def end(self) -> None:
        """No further record of the last one comes."""
        if self.among and self.fits:
            self.chains.forget(self.part, self.among)
        self.among = ""


@dataclass(frozen=True)
class Sweep:
    """The use case of the schedule. `days` is within how many days every chain is looked at again.

    `at_once` chains are looked at together: a look waits for others nearly all of its time.
    """

    chains: Chains
    files: Files
    key: AnchorKey
    clock: Clock
    days: int
    at_once: int = 1
    heads: Heads | None = None
    _hashes: dict[Pin, str | None] = field(default_factory=dict)

    def run(self) -> Swept:
        """Look at what grew and at what is due, part by part; what fails in one chain stops no other.

        Runs of one night overlap: each takes parts that no other holds.
        """
        begun, done = self.clock(), Swept()
        self.chains.enrol()
        was_open = self.chains.open_findings()
        parts = self.chains.parts()
        first = int(begun.timestamp()) // 60 % parts
        for part in ((first + n) % parts for n in range(parts)):
            wanted = self._wanted(part)
            one = next(wanted, None)
            if one is None:
                self.chains.rest(part, begun.date())
                continue
            if not self.chains.take(part, self.clock(), begun + HOLDS):
                continue
            done.parts += 1
            is_over = self._part(part, joined((one,), wanted), done, was_open, begun + LASTS)
            self._keep_heads(part, done)
            self.chains.leave(part, None if is_over else begun.date())
            if is_over:
                done.unfinished = 1
                break
        return done

    def _part(
        self, part: int, wanted: Iterator[Wanted], done: Swept, was_open: Container[Chain], end: datetime
    ) -> bool:
        """Look at what is wanted of a part; True when the time was over first."""
        self._hashes.clear()
        looked_at, notes = set[Chain](), _Notes(self.chains, part)

        def new() -> Iterator[Wanted]:
            for chain, note in wanted:
                if note or chain not in looked_at:
                    looked_at.add(chain)
                    yield chain, note

        def look(each: Wanted) -> Swept:
            return self._look(*each, is_open=each[0] in was_open)

        with ThreadPoolExecutor(self.at_once) if self.at_once > 1 else nullcontext() as pool:
            for some in batched(new(), self.at_once, strict=False):
                if self.clock() > end:
                    return True
                looks = [partial(copy_context().run, look, each) for each in some]  # with what this thread may ask for
                for (_, note), one in zip(some, pool.map(_done, looks) if pool else map(_done, looks), strict=True):
                    done.add(one)
                    notes.add(note, fits=not one.failed and not one.unfit)
        notes.end()
        return False

    def _keep_heads(self, part: int, done: Swept) -> None:
        """What fitted is kept apart, too, before the part is left; a run that dies here keeps none (ADR 0022)."""
        if self.heads is not None:
            self.heads.keep(part, done.heads, self.clock())
        done.heads.clear()

    def _wanted(self, part: int) -> Iterator[Wanted]:
        for note in self.chains.notes(part):
            yield Chain(note.table, note.record), note
        for due in self.chains.due(part, self.clock().date()):
            yield due, None

    def _look(self, of: Chain, note: Note | None, *, is_open: bool) -> Swept:
        done = Swept()
        try:
            self._settle(of, note, done, is_open=is_open)
        except Exception as error:  # noqa: BLE001 - the other chains must not wait for this one
            log.trouble("chain not swept", error, record=_named(of))
            done.failed += 1
        return done

    def _settle(self, of: Chain, note: Note | None, done: Swept, *, is_open: bool) -> None:
        now = self.clock()
        if note and note.among and self._was_seen(of, note, now.date()):
            return
        found, anchor, findings = judged(
            of, (note,) if note else (), self.chains.anchor(of), self.key.mac, self.chains.read
        )
        findings += self._files(found, done)
        done.chains += 1
        if findings:
            done.unfit += 1
            self._tell(of, tuple(findings), now)
            return
        if is_open:
            self.chains.mended(of, now)
        if found.head is None:
            return
        made = anchor_of(of, found, now.date(), self.days)
        made = structs.replace(made, mac=self.key.mac(made.anchored_on, made.text()))
        listed = {anchor.due_on} if anchor else set()
        listed |= {now.date().isoformat()} if is_open or note is None else set()
        self.chains.settle(made, note, listed)
        done.heads.append(head_of(made))

    def _was_seen(self, of: Chain, note: Note, today: date) -> bool:
        """Whether the chain was looked at today, after the event of this note, which stands as it was seen.

        A record that grows ten times a day is noted ten times, and looked at once.
        """
        anchor = self.chains.anchor(of)
        if anchor is None or anchor.anchored_on != today.isoformat() or anchor.seq < note.number:
            return False
        if not hmac.compare_digest(anchor.mac, self.key.mac(anchor.anchored_on, anchor.text())):
            return False
        return self.chains.saw(note)

    def _files(self, found: Found, done: Swept) -> Iterator[Finding]:
        """The files that the record names and that are not as it says."""

        def sha256(pin: Pin) -> str | None:
            if pin not in self._hashes:
                self._hashes[pin] = self.files.sha256(pin)
                done.files += 1
            return self._hashes[pin]

        return unfit_files(found, sha256)

    def _tell(self, chain: Chain, findings: tuple[Finding, ...], now: datetime) -> None:
        """By the log and a count that an alarm hears, by an event, and on the operator's list."""
        said = ", ".join(f"{each.kind} {each.where}" for each in findings)
        log.measure({"record": _named(chain), "reason": said}, TamperingsFound=1)
        self.chains.found(chain, findings, now)


def _named(of: Chain) -> str:
    return name_of({"pk": of.record})


def _done(look: Callable[[], Swept]) -> Swept:
    return look()
