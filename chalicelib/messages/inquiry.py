"""What is told of signed documents: to whom they concern, and to anyone who holds one (Decree 45/2020 Art. 18(2))."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from chalicelib.dossier.acting import relation_of
from chalicelib.dossier.people import keepers_of, routing_of
from chalicelib.kernel.access import Principal, Relation, allowed, require_level
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.ids import as_lookup
from chalicelib.kernel.problem import NotFound
from chalicelib.messages import papers
from chalicelib.messages.acts import READ, REGISTER
from chalicelib.messages.model import Message, Standing
from chalicelib.messages.ports import Dossiers, Messages
from chalicelib.messages.public_record import Registered, registered

SAID: Final[dict[Standing, tuple[str, str]]] = {
    "registered": (
        "Tài liệu có trong sổ đăng ký; chưa đối chiếu tệp nào với nó",
        "The document is registered; no file was compared with it",
    ),
    "unchanged": (
        "Tệp này đúng là tài liệu đã đăng ký, không bị thay đổi từ khi ký",
        "This very file is the registered document, unchanged since it was signed",
    ),
    "earlier": (
        "Tệp này là bản trước của tài liệu đã đăng ký; bản sau chỉ có thêm dấu thời gian",
        "This file is an earlier version of the registered document; the later one has only a timestamp more",
    ),
    "changed": (
        "Tệp này tự xưng là tài liệu này nhưng không phải: đã bị thay đổi, hoặc không do cơ quan phát hành",
        "This file says that it is this document and is not: it was changed, or the agency did not issue it",
    ),
    "withdrawn": (
        "Cơ quan đã thu hồi tài liệu: không còn giá trị",
        "The agency has withdrawn the document: it is not valid any more",
    ),
}
"""What is said of a document, in two languages."""


class Told(NamedTuple):
    """What anyone may know of a document, and how the file that they have stands to it."""

    paper: Registered
    standing: Standing


@dataclass(frozen=True)
class Reader:
    """Read what was signed."""

    messages: Messages
    dossiers: Dossiers
    clock: Clock

    def read(self, who: Principal, message: str) -> tuple[Message, str, str | None]:
        """A signed document of the principal's own dossier, or of their agency's, and a link by the ledger's door.

        The second link is to the table beside it; most have none. Raises NotFound, LevelTooLow.
        """
        found, relation = self._readable(who, message)
        now, is_owner = self.clock(), relation is Relation.HOLDER
        url = self.messages.hand_out(found, who, now, is_owner=is_owner)
        return found, url, self.messages.hand_out_sheet(found, who, now) if found.sheet else None

    def readable(self, who: Principal, message: str) -> Message:
        """A signed document that the principal may read. Raises NotFound, LevelTooLow."""
        return self._readable(who, message)[0]

    def _readable(self, who: Principal, message: str) -> tuple[Message, Relation]:
        found = self.messages.message(message)
        relation = self._standing(who, found) if found else Relation.STRANGER
        if found is None or not allowed(who, READ, relation):
            raise NotFound(what="message")
        require_level(who, found.min_level)
        return found, relation

    def _standing(self, who: Principal, message: Message) -> Relation:
        """By the paper alone for its holder and its agency; anybody else by how they stand to its dossier.

        A representative reads the result only where their mandate lets them keep it (Decree 137/2024 Art. 8(4)).
        """
        if who.agency:
            act = REGISTER if message.kind == "register" else READ
            is_ours = message.agency in who.agencies and allowed(who, act, Relation.AGENCY)
            return Relation.AGENCY if is_ours else Relation.STRANGER
        if who.holder and who.holder == message.holder:
            return Relation.HOLDER
        dossier = self.dossiers(message.reference) if who.holder and message.reference else None
        if dossier is None:
            return Relation.STRANGER
        head, relation = dossier.head, relation_of(who, dossier.head, self.clock())
        is_result = message.kind == papers.RESULT or (message.component and message.component == head.paper_result)
        if relation is Relation.REPRESENTATIVE and is_result:
            routing = routing_of(head, "active", self.clock().astimezone(ZONE).date())  # else they were a stranger
            is_kept = head.acting and head.acting.by in (keepers_of(head, routing) or ())
            return relation if is_kept else Relation.STRANGER
        return relation

    def registered(self, code: str, sha256: str | None = None) -> Told:
        """What anyone may know who holds a document. Raises NotFound (Decree 45/2020 Art. 18(2)).

        By its look-up code; or, with the SHA-256 of the file, by its own code, which can be guessed: papers of earlier
        releases have no other. One call of the store whatever is asked, and the same refusal whatever is the matter.
        """
        if sha256 is None:
            found = self.messages.by_lookup(as_lookup(code))
        else:
            message = self.messages.message(code)
            found = registered(message) if message else None
            if found and standing_of(found, sha256) == "changed":
                found = None
        if found is None:
            raise NotFound(what="message")
        return Told(found, standing_of(found, sha256))

    def checked(self, sha256: str, claimed: str = "") -> Told:
        """What anyone may know of a file by its SHA-256, and by the look-up code that it claims. Raises NotFound."""
        message = self.messages.by_hash(sha256)
        found = registered(message) if message else self.messages.by_lookup(as_lookup(claimed)) if claimed else None
        if found is None:
            raise NotFound(what="message")
        return Told(found, standing_of(found, sha256))


def standing_of(paper: Registered, sha256: str | None) -> Standing:
    """How a file stands to a document, by its SHA-256; without one, whether the document stands."""
    digest = sha256.lower() if sha256 else paper.sha256
    if digest != paper.sha256 and digest not in paper.earlier:
        return "changed"
    if paper.withdrawn_at:
        return "withdrawn"
    return "registered" if sha256 is None else "earlier" if digest in paper.earlier else "unchanged"
