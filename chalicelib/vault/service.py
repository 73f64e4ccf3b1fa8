"""Put a document into its owner's vault, flag it; find and read it, leaving a line in the ledger."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from msgspec import structs

from chalicelib.contracts.archives import ArchivedConverted
from chalicelib.contracts.digitisation import ComponentConverted
from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.messages import PaperWithdrawn
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.vault import DocumentFlagged, DocumentKept, VaultStored
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, reaches, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import NotFound
from chalicelib.ledger.lines import Line
from chalicelib.vault.model import Usage, VaultDocument, Wanted, archived_of, converted_of, document_of, kept_of
from chalicelib.vault.ports import Held, Vaults


class Documents(NamedTuple):
    """A page of documents, how many of it a higher level of identity would show more, the cursor to the next page."""

    shown: list[VaultDocument]
    withheld: int
    following: str | None
    used: Usage | None = None


class ReadLines(NamedTuple):
    """A page of the ledger, how many lines of it are of files of a higher level, the cursor to the next page.

    `unreadable` names lines of it that are not as they were written.
    """

    shown: list[Line]
    withheld: int
    following: str | None
    unreadable: list[str]


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
            by_number = number_hash(result.number) if result.number else None
            document = structs.replace(document_of(result, keeper, at), by_number=by_number)
            told = VaultStored(reference=result.reference, document=result.code, stored_at=at, awaited=further or None)
            self._put_in(keeper, document, told, now, self._instead(keeper, result))

        self._settled(once, keeper, result.code)

    def _put_in(
        self,
        owner: str,
        document: VaultDocument,
        event: VaultStored | DocumentKept,
        now: datetime,
        instead: DocumentFlagged | None = None,
    ) -> None:
        """A document comes in, as withdrawn where its agency withdrew it before it came."""
        head = self.vaults.head(owner)
        document = structs.replace(document, withdrawn_at=self.vaults.withdrawn_at(document.code))
        self.vaults.put_in(head, owner, document, structs.replace(event, paper=kept_of(owner, document)), now, instead)

    def _settled(self, once: Callable[[], None], owner: str, code: str) -> None:
        """A document is in the vault, and withdrawn there if its agency withdrew it while it came in.

        Whoever withdraws leaves the mark first and looks into the vaults then; here the document is first, the look for
        the mark then: of the holder one of both sees the other. Further keepers stand in an index that is read late:
        whose copy came in a moment before the news is seen when either is told again.
        """
        record.settled(once)
        if at := self.vaults.withdrawn_at(code):
            record.settled(partial(self._withdraw, owner, code, at))

    def _instead(self, keeper: str, result: DossierProcessed) -> DocumentFlagged | None:
        """What is told of the result that a correction replaces, where the keeper has it."""
        wrong = self.vaults.document(keeper, result.replaces) if result.replaces else None
        if wrong is None or wrong.replaced_by:
            return None
        return DocumentFlagged(paper=kept_of(keeper, structs.replace(wrong, replaced_by=result.code)), why="replaced")

    def store_converted(self, told: ComponentConverted) -> None:
        """Keep the data message of a converted paper for whom it concerns, once (Circular 01/2023/TT-VPCP Art. 24(2)).

        A release before did not say what to keep.
        """
        if (paper := told.paper) is None:
            return

        def once() -> None:
            if self.vaults.document(paper.holder, paper.message):
                return
            now = self.clock()
            document = converted_of(told, paper, stamp(now))
            self._put_in(paper.holder, document, DocumentKept(), now)

        self._settled(once, paper.holder, paper.message)

    def keep_archived(self, told: ArchivedConverted) -> None:
        """Keep a paper of former years for its owner, once (Decree 137/2024 Art. 8(4)); without one the agency does."""
        if not told.is_owned:
            return

        def once() -> None:
            if not self.vaults.document(told.holder, told.code):
                now = self.clock()
                self._put_in(told.holder, archived_of(told, stamp(now)), DocumentKept(), now)

        self._settled(once, told.holder, told.code)

    def withdraw(self, told: PaperWithdrawn) -> None:
        """An agency withdrew what it signed: each vault keeps it, and it is reused no more (Decree 45/2020 Art. 14).

        A mark stays, for a document that comes into a vault later than this news. The holder's vault is read itself: a
        document that just came in may not stand in the index of the keepers yet.
        """
        self.vaults.note_withdrawn(told.message, told.withdrawn_at)
        for owner in dict.fromkeys((told.holder, *self.vaults.keepers(told.message))):
            record.settled(partial(self._withdraw, owner, told.message, told.withdrawn_at))

    def _withdraw(self, owner: str, code: str, at: str) -> None:
        document = self.vaults.document(owner, code)
        if document is None or document.withdrawn_at:
            return
        after = structs.replace(document, withdrawn_at=at)
        event = DocumentFlagged(paper=kept_of(owner, after), why="withdrawn")
        self.vaults.flag(self.vaults.head(owner), owner, event, self.clock())

    def documents(self, who: Principal, after: str = "") -> Documents:
        """A page of what the principal's vault holds and their level opens. Raises as `paging.starts_of`."""
        return _page(who, self.vaults.documents(who.holder, after))

    def find(self, who: Principal, wanted: Wanted, after: str = "") -> Documents:
        """A page of what is looked for, by the day of issue; `number` is the number itself. Raises as `documents`."""
        if wanted.number:
            wanted = structs.replace(wanted, number=number_hash(wanted.number))
        return _page(who, self.vaults.found(who.holder, wanted, after))

    def open(self, who: Principal, document: str) -> tuple[VaultDocument, str]:
        """A document of the principal's own and a link to its file, by the ledger's door.

        Raises NotFound, LevelTooLow.
        """
        owner, found = self.of_mine(who, document)
        return found, self.vaults.hand_out(owner, found, who, self.clock())

    def of_mine(self, who: Principal, document: str) -> tuple[str, VaultDocument]:
        """A document with the number under which it stands, the present one's first. Raises NotFound, LevelTooLow."""
        for each in self.numbers(who.holder):
            if found := self.vaults.document(each, document):
                require_level(who, found.min_level)
                return each, found
        raise NotFound(what="document")

    def numbers(self, owner: str) -> Iterator[str]:
        """An owner's numbers, the present one first: who finds it there asks for no other."""
        yield owner
        yield from self.vaults.formers(owner)

    def join(self, changed: PersonChanged, at: str) -> None:
        """Numbers that a register told are one person's: the vaults of all are read as one (Decree 70/2024 Art. 11-12).

        A former number's owner is the present one's alone. Of other changes nothing is kept.
        """
        if changed.kind != "renumbered":
            return
        for owner, formers in {changed.person: changed.former, **dict.fromkeys(changed.former, ())}.items():
            self.vaults.join(owner, formers, at)

    def ledger(self, who: Principal, after: str = "", *, newest: bool = False) -> ReadLines:
        """A page of who did what to the principal's files, in order, proved as far as it goes.

        Each number has its own chain: what is shown is put together, and nothing is written anew. A line that is not
        as it was written is named, and the others are shown. Raises as `documents`.
        """
        lines, following = self.vaults.lines(who.holder, after, newest=newest)
        unreadable = [each.unreadable for each in lines if each.unreadable]
        sound = [each for each in lines if not each.unreadable]
        shown = [each for each in sound if reaches(who, each.said.min_level)]
        return ReadLines(shown, len(sound) - len(shown), following, unreadable)


def number_hash(number: str) -> str:
    """What stands for a document's number where it is looked for, however it was typed."""
    return keyed_hash("document number", "".join(number.split()).upper())


def _page(who: Principal, found: Held) -> Documents:
    shown = [each for each in found.documents if reaches(who, each.min_level)]
    return Documents(shown, len(found.documents) - len(shown), found.following, found.used)
