"""Make the archive of a take-out: the documents by pages, each file held against what the register says of it."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from msgspec import structs

from chalicelib.kernel import log
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.vault.model import VaultDocument
from chalicelib.vault.takeouts.bag import Bag, Differs
from chalicelib.vault.takeouts.model import KEPT, MOST_BYTES, MOST_DOCUMENTS, Takeout
from chalicelib.vault.takeouts.ports import Archive, TakeoutStore

ABOUT: Final = "metadata/documents.json"
TOLD: Final = (
    "id",
    "title",
    "group",
    "provenance",
    "owner_compared",
    "note",
    "kind",
    "number",
    "agency",
    "procedure",
    "dossier_code",
    "issued_on",
    "valid_until",
    "withdrawn_at",
    "replaced_by",
    "stored_at",
    "sha256",
    "size",
)
"""What the archive says of each document, as `GET /v1/vault/documents` names it."""


def made(takeout: Takeout, store: TakeoutStore, now: datetime) -> Takeout:
    """The take-out with its archive in the bucket, or why there is none. Made again, it is another version."""
    archive = store.archive(takeout)
    try:
        return _Making(takeout, store, archive, now).run()
    except Differs as broken:
        archive.abort()
        log.measure({"record": takeout.id, "code": str(broken)}, TakeoutsBroken=1)
        return structs.replace(takeout, state="failed", broken=str(broken), min_level=takeout.level)
    except BaseException:
        archive.abort()
        raise


class _Making:
    """One archive under way."""

    def __init__(self, takeout: Takeout, store: TakeoutStore, archive: Archive, now: datetime) -> None:
        self.takeout, self.store, self.archive, self.now = takeout, store, archive, now
        self.bag = Bag(takeout.id, archive, now)
        self.seen = set[str]()
        self.about = list[bytes]()
        self.bytes = self.withheld = 0
        self.min_level = takeout.min_level

    def run(self) -> Takeout:
        after: str | None = self.takeout.after
        while after is not None and not self._is_full():
            page = self.store.documents(self.takeout.owner, after)
            for document in filter(self.takeout.wants, page.documents):
                self._take(document)
            after = page.following
        if not self.seen:
            self.archive.abort()
            return structs.replace(self.takeout, state="empty", withheld=self.withheld, following=after)
        self.bag.tag(ABOUT, self._told())
        self.bag.close(self._info())
        kept = self.archive.finish()
        return structs.replace(
            self.takeout,
            state="ready",
            min_level=self.min_level,
            documents=len(self.seen),
            withheld=self.withheld,
            ends_at=stamp(self.now + KEPT),
            archive_version=kept.version,
            archive_sha256=kept.sha256,
            archive_size=kept.size,
            following=after,
        )

    def _is_full(self) -> bool:
        return len(self.seen) >= MOST_DOCUMENTS or self.bytes >= MOST_BYTES

    def _take(self, document: VaultDocument) -> None:
        """One document, once: it may stand under a former number of its owner's, too."""
        if document.min_level > self.takeout.level:
            self.withheld += 1
        elif document.id not in self.seen:
            path = self.bag.add(document.id, self.store.file(document), document.sha256, self.store.ending(document))
            self.seen.add(document.id)
            self.bytes += document.size
            self.min_level = max(self.min_level, document.min_level)
            self.about.append(_row(document, path, self.now.astimezone(ZONE).date()))

    def _told(self) -> Iterator[bytes]:
        yield b"[\n"
        yield b",\n".join(self.about)
        yield b"\n]\n"

    def _info(self) -> dict[str, str]:
        return {
            "External-Identifier": self.takeout.dossier or self.takeout.id,
            "Bag-Software-Agent": "motcua",
            "Withheld": str(self.withheld),
        }


def _row(document: VaultDocument, path: str, today: date) -> bytes:
    said = {name: getattr(document, name) for name in TOLD}
    return json.dumps({**said, "standing": document.state(today), "file": path}, ensure_ascii=False).encode()
