"""The nightly sweep: every chain that grew, those whose day has come, their files, and an anchor for each that fits."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from msgspec import structs

from chalicelib.audit.model import DRAFT, Anchor, Chain, Found, Kind, Note, Pin, anchor_of, misfits
from chalicelib.audit.ports import AnchorKey, Chains, Files
from chalicelib.contracts.audit import Finding
from chalicelib.contracts.stored import name_of
from chalicelib.kernel import log
from chalicelib.kernel.clock import Clock

LASTS: Final = timedelta(minutes=13)
"""How long a run begins with further chains: less than its time-out, so that the last one is ended."""


@dataclass
class Swept:
    """What a run did. `unfinished` is 1 when its time was over before its lists were."""

    chains: int = 0
    unfit: int = 0
    files: int = 0
    failed: int = 0
    unfinished: int = 0


@dataclass(frozen=True)
class Sweep:
    """The use case of the schedule. `days` is within how many days every chain is looked at again."""

    chains: Chains
    files: Files
    key: AnchorKey
    clock: Clock
    days: int
    _hashes: dict[Pin, str | None] = field(default_factory=dict)

    def run(self) -> Swept:
        """Look at what grew and at what is due; what fails in one chain stops no other."""
        begun, done = self.clock(), Swept()
        self.chains.enrol()
        was_open, looked_at = self.chains.open_findings(), set[Chain]()
        for chain, note in self._wanted():
            if self.clock() - begun > LASTS:
                done.unfinished = 1
                return done
            if chain in looked_at:
                continue
            looked_at.add(chain)
            try:
                self._look(chain, note, done, is_open=chain in was_open)
            except Exception as error:  # noqa: BLE001 - the other chains must not wait for this one
                log.trouble("chain not swept", error, record=_named(chain))
                done.failed += 1
        return done

    def _wanted(self) -> Iterator[tuple[Chain, Note | None]]:
        for note in self.chains.notes():
            yield Chain(note.table, note.record), note
        for chain in self.chains.due(self.clock().date()):
            yield chain, None

    def _look(self, chain: Chain, note: Note | None, done: Swept, *, is_open: bool) -> None:
        now = self.clock()
        found, anchor, findings = self._judged(chain, note)
        findings += self._files(found, done)
        done.chains += 1
        if findings:
            done.unfit += 1
            self._tell(chain, tuple(findings), now)
            return
        if is_open:
            self.chains.mended(chain, now)
        if found.head is None:
            return
        made = anchor_of(chain, found, now.date(), self.days)
        made = structs.replace(made, mac=self.key.mac(made.anchored_on, made.text()))
        self.chains.settle(made, anchor, note, now.date())

    def _judged(self, chain: Chain, note: Note | None) -> tuple[Found, Anchor | None, list[Finding]]:
        """A query is no snapshot: what does not fit is read again until it does, or until HEAD stands still."""
        anchor, forged = self.chains.anchor(chain), list[Finding]()
        if anchor and not hmac.compare_digest(anchor.mac, self.key.mac(anchor.anchored_on, anchor.text())):
            forged, anchor = [Finding(kind=Kind.ANCHOR_FORGED.value, where="ANCHOR")], None
        before = -1
        while True:
            found = self.chains.read(chain)
            findings = misfits(found, anchor, note)
            version = found.head.version if found.head else 0
            if not findings or version == before:
                return found, anchor, forged + findings
            before = version

    def _files(self, found: Found, done: Swept) -> list[Finding]:
        """The files that the record names; those of a draft may go."""
        findings, is_draft = list[Finding](), bool(found.head and found.head.state == DRAFT)
        for pin in dict.fromkeys(found.pins):
            if pin not in self._hashes:
                self._hashes[pin] = self.files.sha256(pin)
                done.files += 1
            is_there = self._hashes[pin] is not None
            if is_there and self._hashes[pin] != pin.sha256:
                findings.append(Finding(kind=Kind.FILE_CHANGED.value, where=pin.key))
            if not is_there and not is_draft:
                findings.append(Finding(kind=Kind.FILE_MISSING.value, where=pin.key))
        return findings

    def _tell(self, chain: Chain, findings: tuple[Finding, ...], now: datetime) -> None:
        """By the log and a count that an alarm hears, by an event, and on the operator's list."""
        said = ", ".join(f"{each.kind} {each.where}" for each in findings)
        log.measure({"record": _named(chain), "reason": said}, TamperingsFound=1)
        self.chains.found(chain, findings, now)


def _named(chain: Chain) -> str:
    return name_of({"pk": chain.record})
