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
        """Store a processed dossier's result for its holder, once per result code (Decree 45/2020 Art. 14(3))."""

        def once() -> None:
            if self.vaults.document(result.holder, result.code):
                return
            now = self.clock()
            at = stamp(now)
            told = VaultStored(reference=result.reference, document=result.code, stored_at=at)
            head = self.vaults.head(result.holder)
            self.vaults.put_in(head, result.holder, document_of(result, at), told, now)

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
