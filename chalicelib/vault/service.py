"""Put a result into its owner's vault; read it, leaving a line in the ledger."""

from dataclasses import dataclass

from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.vault import VaultRead, VaultStored
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, reaches, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.vault.model import ON_DELIVERY, ON_REQUEST, READ, STORED, Access, VaultDocument, document_of
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
            line = Access(
                act=STORED,
                document=result.code,
                by=result.agency,
                basis=ON_DELIVERY,
                at=at,
                min_level=result.min_level,
            )
            told = VaultStored(reference=result.reference, document=result.code, stored_at=at)
            head = self.vaults.head(result.holder)
            self.vaults.write(head, line, told, now, document=document_of(result, at))

        record.settled(once)

    def documents(self, who: Principal) -> tuple[list[VaultDocument], int]:
        """What the principal's vault holds and their level of identity opens, and how many more a higher one would."""
        held = self.vaults.documents(who.holder)
        shown = [each for each in held if reaches(who, each.min_level)]
        return shown, len(held) - len(shown)

    def open(self, who: Principal, document: str) -> tuple[VaultDocument, str]:
        """A document of the principal's own and a link to its file; the ledger gets its line first.

        Raises NotFound, LevelTooLow.
        """

        def once() -> VaultDocument:
            found = self.vaults.document(who.holder, document)
            if found is None:
                raise NotFound(what="document")
            require_level(who, found.min_level)
            now, level = self.clock(), found.min_level
            line = Access(act=READ, document=document, by="owner", basis=ON_REQUEST, at=stamp(now), min_level=level)
            self.vaults.write(self.vaults.head(who.holder), line, VaultRead(document=document), now)
            return found

        found = record.settled(once)
        return found, self.vaults.file_url(found)

    def ledger(self, who: Principal) -> tuple[list[Access], int]:
        """Who did what to the documents that `documents` shows, in order, and how many lines are of others."""
        lines = self.vaults.accesses(who.holder)
        shown = [each for each in lines if reaches(who, each.min_level)]
        return shown, len(lines) - len(shown)
