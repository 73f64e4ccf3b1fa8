"""Put a result into its owner's vault; read it, leaving a line in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import EventType, Fact
from chalicelib.vault.model import READ, STORED, access, holding
from chalicelib.vault.ports import Vaults


@dataclass(frozen=True)
class Vault:
    """Use cases of the vault."""

    vaults: Vaults
    clock: Clock

    def deliver(self, data: Mapping[str, Any]) -> None:
        """Store a processed dossier's result for its holder, once per result code (Decree 45/2020 Art. 14(3))."""
        owner = data["holder"]

        def once() -> None:
            if self.vaults.document(owner, data["code"]):
                return
            head, now = self.vaults.head(owner), self.clock()
            line = access(
                (head["lines"] if head else 0) + 1,
                STORED,
                data["code"],
                data["agency"],
                "45/2020 Art. 14(3)",
                stamp(now),
            )
            told = {"reference": data["reference"], "document": data["code"], "stored_at": stamp(now)}
            self.vaults.write(owner, head, Fact(EventType.VAULT_STORED, told), line, now, doc=holding(data, stamp(now)))

        record.settled(once)

    def documents(self, who: Principal) -> list[dict[str, Any]]:
        """The principal's holdings."""
        return self.vaults.documents(who.holder)

    def open(self, who: Principal, document: str) -> tuple[dict[str, Any], str]:
        """A holding of the principal's own and a link to its file; the ledger gets its line first. Raises NotFound."""

        def once() -> dict[str, Any]:
            head, doc = self.vaults.head(who.holder), self.vaults.document(who.holder, document)
            if head is None or doc is None:
                raise NotFound(what="document")
            now = self.clock()
            line = access(head["lines"] + 1, READ, document, "owner", "45/2020 Art. 5", stamp(now))
            self.vaults.write(who.holder, head, Fact(EventType.VAULT_READ, {"document": document}), line, now)
            return doc

        doc = record.settled(once)
        return doc, self.vaults.file_url(doc)

    def ledger(self, who: Principal) -> list[dict[str, Any]]:
        """Who did what to the principal's documents, in order."""
        return self.vaults.accesses(who.holder)
