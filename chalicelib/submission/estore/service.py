"""What the national e-data store holds of whom somebody files for is looked up and taken, and not asked of them.

Rule R27; Decree 45/2020 Art. 4 and 9. No answer keeps nobody from filing: a draft waits for none, and what the store
said is not kept.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import msgspec
from msgspec import structs

from chalicelib.contracts.event import told
from chalicelib.contracts.ledger import LineWritten, RegisterAsked
from chalicelib.contracts.submission import UploadAnnounced
from chalicelib.dossier.acting import Representation, relation_of, representation_of
from chalicelib.dossier.demanded import missing
from chalicelib.dossier.filing import require_within
from chalicelib.dossier.holding import Acting
from chalicelib.dossier.items import Head, Upload
from chalicelib.dossier.people import holder_of
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.refusals import RepresentationEnded
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, Relation
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import canonical, digest
from chalicelib.kernel.problem import NotFound
from chalicelib.submission.estore.connection import Connection
from chalicelib.submission.estore.model import (
    FOR_GOOD,
    Fault,
    HeldFile,
    HeldPaper,
    Question,
    Sought,
    Unanswered,
    media_type_of,
    only_sought,
    question_of,
    sought_in,
)
from chalicelib.submission.estore.ports import Kept, NationalStore
from chalicelib.submission.model import Announcement, expected, require_acceptable
from chalicelib.submission.refusals import NationalStoreUnavailable, NationalStoreUnusable

REGISTER: Final = "national_store"
OWNER: Final = "owner"
PERSON: Final = "person"
"""Who asked, in the ledger of whom they file for."""
ROUTE: Final = "drafts"
LONGEST_NAME: Final = 200
"""Letters of a file's name, as of one that is announced."""
FILE: Final = "file"
"""What the ledger says beside the kind of paper when its file was fetched."""


class LookedUp(msgspec.Struct, frozen=True, kw_only=True):
    """What a look-up found; `reason` says why there was no answer. `asked_at` is a stored stamp (UTC)."""

    papers: tuple[HeldPaper, ...] = ()
    reason: Fault | None = None
    asked_at: str


class NationalPapers(msgspec.Struct, frozen=True):
    """Use cases of papers in the national store, None where none is connected.

    `read` gives an open draft to whoever files it: its holder is looked up, whoever asks. `representation` is one as it
    stands now.
    """

    kept: Kept
    store: NationalStore | None
    read: Callable[[Principal, str], Dossier]
    clock: Clock
    representation: Callable[[str], Representation | None] = representation_of
    relation: Callable[[Principal, Head, datetime], Relation] = relation_of

    def look_up(self, who: Principal, reference: str, wanted: Sequence[Sought]) -> LookedUp:
        """What the store holds of the named components, or of all that are missing; why not, where it says nothing.

        The line in the ledger stands before anything is asked. Raises BodyInvalid for what is no component, TryAgain,
        RepresentationEnded, BeyondRepresentation, and what `read` raises.
        """
        draft, now = self.read(who, reference), self.clock()
        sought = sought_in(draft.plan, [each.code for each in missing(draft)], wanted)
        if not sought:
            return LookedUp(asked_at=stamp(now))
        try:
            return LookedUp(papers=self._held(self._store(), who, draft, sought), asked_at=stamp(now))
        except Unanswered as unanswered:
            return LookedUp(reason=unanswered.reason, asked_at=stamp(now))

    def take(self, who: Principal, reference: str, sought: Sought, file: str) -> Upload:
        """A file that the store holds as an upload of the draft, which is checked as all that arrives; twice is once.

        One that the checks refused may be taken again, as another upload: the store may hold a better one by then. It
        is looked up anew: a path is followed only where the store itself names it, of this very person. Raises
        NotFound for what the store does not name, NationalStoreUnavailable, NationalStoreUnusable, UploadRefused, also
        for more uploads than a draft may have, BodyInvalid, TryAgain, RepresentationEnded, BeyondRepresentation, and
        what `read` raises.
        """
        draft = self.read(who, reference)
        (sought,) = sought_in(draft.plan, (), [sought])
        _, known = _place(draft, sought.kind, file)
        if known and known.status == "accepted":
            return known
        try:
            store = self._store()
            paper, held = _named(self._held(store, who, draft, (sought,), FILE), file)
            content = store.fetch(paper.issuer, held.path)
        except Unanswered as unanswered:
            kind = NationalStoreUnusable if unanswered.reason in FOR_GOOD else NationalStoreUnavailable
            raise kind(reason=unanswered.reason) from None
        media_type = media_type_of(content)
        if media_type is None:
            raise NationalStoreUnavailable(reason="unreadable")
        wanted = Announcement(sought.kind, held.name[:LONGEST_NAME] or file, media_type, len(content))
        upload = record.settled(lambda: self._announced(who, reference, file, wanted, paper))
        if upload.status == "pending":
            self.kept.put(upload, content)
        return upload

    def _store(self) -> NationalStore:
        if self.store is None:
            raise Unanswered("off")
        return self.store

    def _held(
        self, store: NationalStore, who: Principal, draft: Dossier, sought: tuple[Sought, ...], *more: str
    ) -> tuple[HeldPaper, ...]:
        """The papers of an answer, after the line. Raises Unanswered; who has no number is not asked about."""
        acting = self._acting(who, draft)
        represented = holder_of(draft.head) if acting else None
        question = question_of(who, draft.plan.procedure, draft.reference, sought, represented)
        line = structs.replace(_line(question, store.connection, draft.plan.min_level, more), client=who.client or None)
        if acting:
            line = structs.replace(line, by=PERSON, officer=who.name, basis=f"{line.basis}; {acting.under}")
        self.kept.note(draft.head.holder if acting else who.holder, line, self.clock(), acting)
        return only_sought(question, store.look_up(question))

    def _acting(self, who: Principal, draft: Dossier) -> Acting | None:
        """By what somebody files for another, as it stands now; None of the holder alone, by whatever number they have.

        Raises RepresentationEnded, BeyondRepresentation, NotFound for who is neither any more.
        """
        if self.relation(who, draft.head, self.clock()) is Relation.HOLDER:
            return None
        acting = draft.head.acting
        if acting is None:
            raise NotFound(what="draft")
        stands = self.representation(acting.under)
        if stands is None:
            raise RepresentationEnded(representation=acting.under)
        require_within(stands, draft.plan.procedure)
        return structs.replace(acting, version=stands.said.version)

    def _announced(self, who: Principal, reference: str, file: str, wanted: Announcement, paper: HeldPaper) -> Upload:
        draft, now = self.read(who, reference), self.clock()
        upload_id, known = _place(draft, wanted.component, file)
        if known:
            return known
        require_acceptable(draft, wanted, len(draft.uploads))
        upload = expected(reference, upload_id, wanted, digest(canonical(told(wanted))), now)
        event = UploadAnnounced(upload=upload_id, component=wanted.component, held_by=paper.issuer)
        self.kept.announce(draft, upload, event, now, account=who.account)
        return upload


def _place(draft: Dossier, kind: str, file: str) -> tuple[str, Upload | None]:
    """What a file's upload is named, and the upload if there is one; each that was refused has one after it."""
    known = {each.id: each for each in draft.uploads}
    name = digest(draft.reference, REGISTER, kind, file)
    while (upload := known.get(name)) and upload.status == "refused":
        name = digest(name, "again")
    return name, upload


def _named(papers: Sequence[HeldPaper], file: str) -> tuple[HeldPaper, HeldFile]:
    found = ((paper, each) for paper in papers for each in paper.files if paper.name_of(each) == file)
    named = next(found, None)
    if named is None:
        raise NotFound(what="document")
    return named


def _line(question: Question, connection: Connection, min_level: int, more: tuple[str, ...]) -> LineWritten:
    """The line in the ledger: kinds of papers by code, never a number or a title."""
    kinds = tuple(each.kind for each in question.sought)
    return LineWritten(
        act="read",
        document=REGISTER,
        by=OWNER,
        basis=connection.basis,
        reference=question.reference,
        sha256="",
        route=ROUTE,
        min_level=min_level,
        asked=RegisterAsked(
            register=REGISTER, purpose=connection.purpose, use=question.procedure, fields=(*kinds, *more)
        ),
    )
