"""Put a result into its owner's vault; read it, leaving a line in the ledger."""

from dataclasses import dataclass

from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.vault import VaultRead, VaultStored
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
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
            line = Access(act=STORED, document=result.code, by=result.agency, basis=ON_DELIVERY, at=at)
            told = VaultStored(reference=result.reference, document=result.code, stored_at=at)
            head = self.vaults.head(result.holder)
            self.vaults.write(head, line, told, now, document=document_of(result, at))

        record.settled(once)

    def documents(self, who: Principal) -> list[VaultDocument]:
        """What the principal's vault holds."""
        return self.vaults.documents(who.holder)

    def open(self, who: Principal, document: str) -> tuple[VaultDocument, str]:
        """A document of the principal's own and a link to its file; the ledger gets its line first. Raises NotFound."""

        def once() -> VaultDocument:
            found = self.vaults.document(who.holder, document)
            if found is None:
                raise NotFound(what="document")
            now = self.clock()
            line = Access(act=READ, document=document, by="owner", basis=ON_REQUEST, at=stamp(now))
            self.vaults.write(self.vaults.head(who.holder), line, VaultRead(document=document), now)
            return found

        found = record.settled(once)
        return found, self.vaults.file_url(found)

    def ledger(self, who: Principal) -> list[Access]:
        """Who did what to the principal's documents, in order."""
        return self.vaults.accesses(who.holder)
