"""All chains looked at now, by whoever may read them: nothing is written, nothing is waited for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from chalicelib.audit.judgement import judged, public_key, unfit_code, unfit_files, unfit_public
from chalicelib.audit.model import Chain, Found, KeptHead, Kind, Note
from chalicelib.audit.ports import AnchorKey, Every, Files, Heads
from chalicelib.contracts.audit import Finding
from chalicelib.contracts.event import Malformed
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.references import CODE, code_place, code_row
from chalicelib.kernel.clock import Clock


class Looked(Struct, frozen=True):
    """What was found in one chain: how many events it has, whether an anchor vouches for it, what does not fit."""

    chain: Chain
    entries: int
    is_anchored: bool
    findings: tuple[Finding, ...]


class Verified(Struct, frozen=True):
    """All that was looked at, and how many chains were not, for they are told of tables that this stage does not have.

    Such are what vouched for chains of tables that were restored under other names. `unread` are notes and files of
    heads that cannot be read, so that nobody knows for which chains they vouched.
    """

    looked: tuple[Looked, ...]
    elsewhere: int
    unread: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Verifying:
    """Look at every chain, at those of which only an anchor, a note or a head that is kept apart is left too.

    Its answer says no more than was kept apart: a chain without an anchor, and noted by nobody yet, is held against
    itself alone. Files are read where there is somebody to read them.
    """

    chains: Every
    key: AnchorKey
    clock: Clock
    heads: Heads | None = None
    files: Files | None = None

    def all(self, record: str = "") -> Verified:
        """Each chain, or those of one record. One that is written to meanwhile is read again until it stands still."""
        unread = list[str]()
        notes = self._notes(unread)
        kept = self.heads.all(self.clock(), record, unread) if self.heads else {}
        known = dict.fromkeys(self.chains.every()) | dict.fromkeys(notes) | dict.fromkeys(kept)
        wanted, ours = [chain for chain in known if record in ("", chain.record)], self.chains.tables()
        here = [chain for chain in wanted if chain.table in ours]
        looked = tuple(self._look(chain, notes.get(chain, ()), kept.get(chain, ())) for chain in here)
        told = tuple(Finding(kind=Kind.UNREADABLE.value, where=where) for where in unread)
        return Verified(looked, len(wanted) - len(here), told)

    def _notes(self, unread: list[str]) -> Mapping[Chain, Sequence[Note]]:
        """Of each chain every note: of an event that was written anew two tell, and only one of them fits."""
        notes = defaultdict[Chain, list[Note]](list)
        for note in self.chains.every_note(unread):
            notes[Chain(note.table, note.record)].append(note)
        return notes

    def _look(self, chain: Chain, notes: Sequence[Note], kept: Sequence[KeptHead]) -> Looked:
        """One chain; what cannot be looked at at all is told, and stops no other."""
        try:
            anchor = self.chains.anchor(chain)
        except Malformed:
            forged = Finding(kind=Kind.ANCHOR_FORGED.value, where="ANCHOR")
            return Looked(chain, entries=len(self.chains.read(chain).log), is_anchored=False, findings=(forged,))
        found, anchor, findings = judged(chain, notes, anchor, self.key.mac, self.chains.read, kept)
        findings += self._beside(chain, found)
        return Looked(chain, len(found.log), anchor is not None, tuple(dict.fromkeys(findings)))

    def _beside(self, chain: Chain, found: Found) -> list[Finding]:
        """What stands outside of the record and is told by it: files, what anybody may know of a paper, a code."""
        findings = list(unfit_files(found, self.files.sha256)) if self.files else []
        if key := public_key(found):
            findings += unfit_public(found, key, self.chains.row(chain.table, key))
        code = found.fields.get(CODE)
        if isinstance(code, str) and chain.table == DOSSIERS():
            key = code_place(code)
            findings += unfit_code(key, code_row(code, chain.record), self.chains.row(chain.table, key))
        return findings
