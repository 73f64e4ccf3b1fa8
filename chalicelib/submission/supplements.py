"""Files for a supplement: a dossier that waits for its applicant takes what was asked for, nothing else."""

from collections.abc import Callable

import msgspec

from chalicelib.contracts.event import told
from chalicelib.contracts.submission import UploadAnnounced
from chalicelib.dossier.asked import asked_of
from chalicelib.dossier.items import Upload
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import canonical, digest
from chalicelib.kernel.problem import FieldError, ForbiddenStep, KeyReused
from chalicelib.law.states import DossierState
from chalicelib.submission.model import MAX_UPLOAD_BYTES, Announcement, expected, require_acceptable
from chalicelib.submission.ports import PostForm, Supplementing
from chalicelib.submission.refusals import UploadRefused


class Supplements(msgspec.Struct, frozen=True):
    """Use cases of whoever uploads for a supplement. `read` gives a dossier to whoever may answer for it."""

    dossiers: Supplementing
    read: Callable[[Principal, str], Dossier]
    clock: Clock

    def announce(self, who: Principal, reference: str, wanted: Announcement, key: str) -> tuple[str, PostForm]:
        """Announce one file of a component that was asked for; returns the upload's id and the form to post it by.

        Raises NotFound, NotAllowed, ForbiddenStep, UploadRefused, KeyReused, LevelTooLow, ContentErased.
        """
        upload_id, body = digest(reference, key), digest(canonical(told(wanted)))

        def once() -> Upload:
            dossier = self.read(who, reference)
            if known := next((u for u in dossier.uploads if u.id == upload_id), None):
                if known.body != body:
                    raise KeyReused
                return known
            self._require_asked(dossier, wanted)
            upload = expected(reference, upload_id, wanted, body, self.clock())
            announced = UploadAnnounced(upload=upload_id, component=wanted.component)
            self.dossiers.announce_more(dossier, upload, announced, self.clock(), account=who.account)
            return upload

        upload = record.settled(once)
        return upload_id, self.dossiers.presigned(upload.key, upload.media_type, MAX_UPLOAD_BYTES)

    def _require_asked(self, dossier: Dossier, wanted: Announcement) -> None:
        """Raise ForbiddenStep where it waits for no supplement, UploadRefused for what was not asked for."""
        asked = asked_of(dossier)
        if dossier.head.state != DossierState.SUPPLEMENT_REQUESTED or asked is None:
            raise ForbiddenStep(state=dossier.head.state)
        if wanted.component not in asked.components:
            vi, en = "Thành phần này không được yêu cầu bổ sung", "This component was not asked for"
            raise UploadRefused(fields=[FieldError("/component", "not_asked", vi, en)])
        since = [u for u in dossier.uploads if u.announced_at > asked.at]
        require_acceptable(dossier, wanted, len(since))
