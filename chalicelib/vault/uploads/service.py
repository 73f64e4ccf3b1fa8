"""Announce a file of one's own, keep what the checks let through, erase it; each counts in the quota at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from msgspec import structs, to_builtins

from chalicelib.contracts.data_requests import DataRequestEnded
from chalicelib.contracts.own_files import OwnFileChecked
from chalicelib.contracts.vault import DocumentErased, DocumentUploaded, OwnUploadAnnounced, OwnUploadRefused
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, level_of, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import canonical, keyed_hash, reference_of
from chalicelib.kernel.problem import KeyReused, NotFound
from chalicelib.vault.model import Pending, Usage, usage_of
from chalicelib.vault.quota import Quota
from chalicelib.vault.service import number_hash
from chalicelib.vault.uploads.model import AWAITED, MOST_AWAITED, OwnUpload, Said, document_of
from chalicelib.vault.uploads.ports import PostForm, Uploaded, Uploads
from chalicelib.vault.uploads.refusals import KeptByLaw, UploadsAwaited, VaultFull

NO_ROOM: Final = {
    "reason_code": "vault_full",
    "reason_vi": "Kho không còn đủ dung lượng cho tệp này.",
    "reason_en": "No room was left when the file arrived.",
}


@dataclass(frozen=True)
class Uploading:
    """Use cases of own uploads: of an owner, and of the worker that hears what became of a file."""

    store: Uploads
    clock: Clock
    quota: Quota

    def announce(self, who: Principal, wanted: Said, key: str) -> tuple[OwnUpload, PostForm]:
        """Announce one file, and get the form by which it is posted; the same one for the same request.

        Room is kept for it for a time. Raises KeyReused, VaultFull, UploadsAwaited, DayLimitReached.
        """
        body = keyed_hash("own upload", canonical(to_builtins(wanted)))
        made_of = reference_of("UP", f"{who.holder}\x1f{key}")

        def once() -> OwnUpload:
            if known := self.store.upload(who.holder, made_of):
                if known.body != body:
                    raise KeyReused
                return known
            now = self.clock()
            head, used = self.store.head(who.holder), self.store.used(who.holder).at(stamp(now))
            self._require_room(who, used, wanted.size, stamp(now))
            until = stamp(now + AWAITED)
            upload = OwnUpload(
                id=made_of,
                owner=who.holder,
                body=body,
                announced_at=stamp(now),
                until=until,
                title=wanted.title,
                media_type=wanted.media_type,
                size=wanted.size,
                min_level=level_of(who),
                kind=wanted.kind or None,
                number=wanted.number or None,
                issued_on=wanted.issued_on,
                valid_until=wanted.valid_until,
                client=who.client or None,
            )
            room = Pending(upload=upload.id, size=upload.size, until=until)
            event = OwnUploadAnnounced(owner=upload.owner, upload=upload.id, size=upload.size)
            self.store.announce(head, upload, used.with_room(room), event, now)
            return upload

        upload = record.settled(once)
        require_level(who, upload.min_level)
        return upload, self.store.presigned(upload)

    def _require_room(self, who: Principal, used: Usage, size: int, now: str) -> None:
        if len(used.pending) >= MOST_AWAITED:
            raise UploadsAwaited(most=MOST_AWAITED)
        whole = usage_of([used, *(self.store.used(each).at(now) for each in self.store.formers(who.holder))])
        if not self.quota.takes(whole, size):
            taken, documents = whole.taken
            raise VaultFull(
                bytes=taken,
                most_bytes=self.quota.bytes,
                documents=documents,
                most_documents=self.quota.documents,
                wanted=size,
            )

    def uploads(self, who: Principal, after: str) -> tuple[Uploaded, Usage]:
        """A page of the principal's own uploads, and what all of them take. Raises as `paging.starts_of`."""
        return self.store.uploads(who.holder, after), self.used(who)

    def used(self, who: Principal) -> Usage:
        """What the own uploads under all numbers of the principal take now."""
        now = stamp(self.clock())
        return usage_of(self.store.used(each).at(now) for each in self._numbers(who.holder))

    def _numbers(self, owner: str) -> Iterable[str]:
        return (owner, *self.store.formers(owner))

    def judge(self, told: OwnFileChecked) -> None:
        """A file was checked: a document of its owner's vault, or refused with the reason; once.

        What is not kept is removed: another version under the same form, what nobody announced, what was refused.
        """
        is_kept = record.settled(lambda: self._judge(told))
        if not is_kept:
            self.store.remove(told.key, told.version_id)

    def _judge(self, told: OwnFileChecked) -> bool:
        now = self.clock()
        head = self.store.head(told.owner)
        upload = self.store.upload(told.owner, told.upload)
        if upload is None or upload.key != told.key:
            return False
        if upload.state != "awaited":
            kept = self.store.document(told.owner, told.upload) if upload.state == "kept" else None
            return kept is not None and kept.version_id == told.version_id  # told before
        used = self.store.used(told.owner).at(stamp(now)).without(upload.id)
        if not told.reason_code and not self.quota.takes(used, told.size):
            told = structs.replace(told, **NO_ROOM)
        if told.reason_code:
            refused = structs.replace(
                upload,
                state="refused",
                reason_code=told.reason_code,
                reason_vi=told.reason_vi,
                reason_en=told.reason_en,
            )
            event = OwnUploadRefused(owner=upload.owner, upload=upload.id, reason_code=told.reason_code)
            self.store.refuse(head, refused, used, event, now)
            return False
        by_number = number_hash(upload.number) if upload.number else None
        document = document_of(upload, told, by_number, stamp(now))
        uploaded = DocumentUploaded(
            owner=upload.owner,
            document=document.id,
            sha256=document.sha256,
            size=document.size,
            min_level=document.min_level,
            client=upload.client,
        )
        after = used.plus(document.size)
        self.store.keep(head, structs.replace(upload, state="kept"), document, after, uploaded, now)
        return True

    def erase(self, who: Principal, document: str) -> Usage:
        """A document that the principal uploaded is gone, and its room is free; the log says that it was.

        Again it is as it was. Raises NotFound, LevelTooLow, KeptByLaw.
        """

        def once() -> None:
            for owner in self._numbers(who.holder):
                upload = self.store.upload(owner, document)
                if upload and upload.state == "erased":
                    require_level(who, upload.min_level)
                    return
                head, now = self.store.head(owner), self.clock()
                if found := self.store.document(owner, document):
                    require_level(who, found.min_level)
                    if not found.is_own or upload is None:
                        raise KeptByLaw(document=document)
                    used = self.store.used(owner).at(stamp(now)).plus(-found.size, -1)
                    event = DocumentErased(owner=owner, document=document, key=found.key, version_id=found.version_id)
                    self.store.erase(head, _forgotten(upload), used, event, now)
                    return
            raise NotFound(what="document")

        record.settled(once)
        return self.used(who)

    def erase_all(self, told: DataRequestEnded) -> None:
        """A request to delete own files too was granted: what its person uploaded until then goes, and nothing else.

        What a higher level of identity opens than they asked with stays. Each is erased as `erase` does; again none is
        left. Raises TryAgain.
        """
        if (told.kind, told.outcome) != ("delete", "done") or not told.own_files:
            return
        for owner in self._numbers(told.owner):
            after: str | None = ""
            while after is not None:
                page = self.store.uploads(owner, after)
                for upload in page.uploads:
                    if _is_meant(upload, told):
                        record.settled(partial(self._erase_granted, upload.owner, upload.id))
                after = page.following

    def _erase_granted(self, owner: str, document: str) -> None:
        head, now = self.store.head(owner), self.clock()
        upload, found = self.store.upload(owner, document), self.store.document(owner, document)
        if upload is None or found is None or upload.state == "erased" or not found.is_own:
            return
        used = self.store.used(owner).at(stamp(now)).plus(-found.size, -1)
        event = DocumentErased(owner=owner, document=document, key=found.key, version_id=found.version_id)
        self.store.erase(head, _forgotten(upload), used, event, now, actor="system")

    def clear(self, told: DocumentErased) -> None:
        """The file of an erased document is removed; again nothing is there."""
        self.store.remove(told.key, told.version_id)


def _is_meant(upload: OwnUpload, told: DataRequestEnded) -> bool:
    return upload.state == "kept" and upload.min_level <= told.level and upload.announced_at <= told.asked_at


def _forgotten(upload: OwnUpload) -> OwnUpload:
    """That something was uploaded and erased stays, and nothing of what it was."""
    return structs.replace(upload, state="erased", title="", kind=None, number=None, issued_on=None, valid_until=None)
