"""Put a result into its owner's vault; read it, leaving a line in the ledger."""

from dataclasses import dataclass

from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, reaches, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.ledger.lines import Line
from chalicelib.vault.model import VaultDocument, document_of
from chalicelib.vault.ports import Vaults


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
        held = self.vaults.documents(who.holder)
        shown = [each for each in held if reaches(who, each.min_level)]
        return shown, len(held) - len(shown)

    def open(self, who: Principal, document: str) -> tuple[VaultDocument, str]:
        """A document of the principal's own and a link to its file, by the ledger's door.

        Raises NotFound, LevelTooLow.
        """
        found = self.vaults.document(who.holder, document)
        if found is None:
            raise NotFound(what="document")
        require_level(who, found.min_level)
        return found, self.vaults.hand_out(found, who, self.clock())

    def ledger(self, who: Principal) -> tuple[list[Line], int]:
        """Who did what to the principal's files, in order, and how many lines are of files of a higher level.

        Raises record.LogBroken.
        """
        lines = self.vaults.lines(who.holder)
        shown = [each for each in lines if reaches(who, each.said.min_level)]
        return shown, len(lines) - len(shown)
