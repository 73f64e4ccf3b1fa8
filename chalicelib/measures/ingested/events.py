"""What the taking of figures hears: files that were put into the bucket."""

import msgspec
from chalice import Blueprint

from chalicelib.kernel import log
from chalicelib.kernel.worker import called
from chalicelib.measures.ingested.store import INTAKE_BUCKET
from chalicelib.measures.ingested.wiring import dropping
from chalicelib.measures.rows import TABLE

bp = Blueprint(__name__)


class PutObject(msgspec.Struct, frozen=True):
    """The object of an S3 event."""

    key: str
    version_id: str = msgspec.field(name="version-id")


class PutDetail(msgspec.Struct, frozen=True):
    """What S3 tells of it."""

    object: PutObject


class FilePut(msgspec.Struct, frozen=True):
    """An "Object Created" of the intake bucket, as EventBridge delivers it."""

    detail: PutDetail


@called(bp, "measures_take_in", FilePut, needs=(TABLE, INTAKE_BUCKET))
def measures_take_in(put: FilePut) -> None:
    """A file of figures was dropped: it is taken, or refused; its verdict is kept either way, and one is logged."""
    told = dropping().take_in(put.detail.object.key, put.detail.object.version_id)
    if told is None:
        log.measure(ObjectsUnclaimed=1)
        return
    log.note("figures judged", agency=told.agency, state=told.verdict, record=told.id)
