"""All chains looked at now, by whoever may read them: nothing is written, nothing is waited for."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from chalicelib.audit.model import Chain, KeptHead, Note, judged
from chalicelib.audit.ports import AnchorKey, Every, Heads
from chalicelib.contracts.audit import Finding
from chalicelib.kernel.clock import Clock


class Looked(Struct, frozen=True):
    """What was found in one chain: how many events it has, whether an anchor vouches for it, what does not fit."""

    chain: Chain
    entries: int
    is_anchored: bool
    findings: tuple[Finding, ...]


class Verified(Struct, frozen=True):
    """All that was looked at, and how many chains were not, for they are told of tables that this stage does not have.

    Such are what vouched for chains of tables that were restored under other names.
    """

    looked: tuple[Looked, ...]
    elsewhere: int


@dataclass(frozen=True)
class Verifying:
    """Look at every chain, at those of which only an anchor, a note or a head that is kept apart is left too.

    Its answer says no more than was kept apart: a chain without an anchor, and noted by nobody yet, is held against
    itself alone.
    """

    chains: Every
    key: AnchorKey
    clock: Clock
    heads: Heads | None = None

    def all(self, record: str = "") -> Verified:
        """Each chain, or those of one record. One that is written to meanwhile is read again until it stands still."""
        notes = dict[Chain, Note]()
        for note in self.chains.every_note():
            chain = Chain(note.table, note.record)
            if chain not in notes or notes[chain].number < note.number:
                notes[chain] = note
        kept = self.heads.all(self.clock(), record) if self.heads else {}
        known = dict.fromkeys(self.chains.every()) | dict.fromkeys(notes) | dict.fromkeys(kept)
        wanted, ours = [chain for chain in known if record in ("", chain.record)], self.chains.tables()
        here = [chain for chain in wanted if chain.table in ours]
        looked = tuple(self._look(chain, notes.get(chain), kept.get(chain, ())) for chain in here)
        return Verified(looked, len(wanted) - len(here))

    def _look(self, chain: Chain, note: Note | None, kept: Sequence[KeptHead]) -> Looked:
        anchor = self.chains.anchor(chain)
        found, anchor, findings = judged(chain, note, anchor, self.key.mac, self.chains.read, kept)
        return Looked(chain, len(found.log), anchor is not None, tuple(findings))
