"""Put a result into its owner's vault; read it, leaving a line in the ledger."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, reaches, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.ledger.lines import Line
from chalicelib.vault.model import VaultDocument, document_of
from chalicelib.vault.ports import Vaults

_NAME: Final = attrgetter("id")
_AT: Final = attrgetter("at")


@dataclass(frozen=True)
class Vault:
    """Use cases of the vault."""

    vaults: Vaults
    clock: Clock

    def store_result(self, result: DossierProcessed) -> None:
        """Store a processed dossier's result for each of its keepers, once per code (Decree 45/2020 Art. 14(3)).

        One after the other: the last one's news says that all have it.
        """
        keepers = (result.holder,) if result.keepers is None else result.keepers
        for further, keeper in reversed(list(enumerate(reversed(keepers)))):
            self._store(result, keeper, further)

    def _store(self, result: DossierProcessed, keeper: str, further: int) -> None:
        def once() -> None:
            if self.vaults.document(keeper, result.code):
                return
            now = self.clock()
            at = stamp(now)
            told = VaultStored(reference=result.reference, document=result.code, stored_at=at, awaited=further or None)
            self.vaults.put_in(self.vaults.head(keeper), keeper, document_of(result, keeper, at), told, now)

        record.settled(once)

    def documents(self, who: Principal) -> tuple[list[VaultDocument], int]:
        """What the principal's vault holds and their level of identity opens, and how many more a higher one would."""
        held, formers = self.vaults.documents(who.holder)
        held = sorted([*held, *(d for each in formers for d in self.vaults.documents(each).documents)], key=_NAME)
        shown = [each for each in held if reaches(who, each.min_level)]
        return shown, len(held) - len(shown)

    def open(self, who: Principal, document: str) -> tuple[VaultDocument, str]:
        """A document of the principal's own and a link to its file, by the ledger's door.

        Raises NotFound, LevelTooLow.
        """
        owner, found = self._find(who.holder, document)
        require_level(who, found.min_level)
        return found, self.vaults.hand_out(owner, found, who, self.clock())

    def _find(self, owner: str, document: str) -> tuple[str, VaultDocument]:
        """A document with the number under which it stands, the present one's first. Raises NotFound."""
        if found := self.vaults.document(owner, document):
            return owner, found
        for each in self.vaults.formers(owner):
            if found := self.vaults.document(each, document):
                return each, found
        raise NotFound(what="document")

    def join(self, changed: PersonChanged, at: str) -> None:
        """Numbers that a register told are one person's: the vaults of all are read as one (Decree 70/2024 Art. 11-12).

        A former number's owner is the present one's alone. Of other changes nothing is kept.
        """
        if changed.kind != "renumbered":
            return
        for owner, formers in {changed.person: changed.former, **dict.fromkeys(changed.former, ())}.items():
            self.vaults.join(owner, formers, at)

    def ledger(self, who: Principal) -> tuple[list[Line], int]:
        """Who did what to the principal's files, in order, and how many lines are of files of a higher level.

        Raises record.LogBroken.
        """
        lines, formers = self.vaults.lines(who.holder)
        if formers:  # each has its own chain: what is shown is put together, and nothing is written anew
            others = [line for each in formers for line in self.vaults.lines(each).lines]
            lines = sorted([*lines, *others], key=_AT)
        shown = [each for each in lines if reaches(who, each.said.min_level)]
        return shown, len(lines) - len(shown)
