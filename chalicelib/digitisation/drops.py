"""What became of each object that an agency's scanner dropped: its record, and the lists of its agency. Pure.

Field names are stored names: a field is added with a default and never renamed.
"""

from typing import ClassVar, Literal

from msgspec import structs

from chalicelib.contracts.digitisation import UploadRefused
from chalicelib.contracts.own_files import OwnFileChecked
from chalicelib.digitisation.arrivals import Arrival
from chalicelib.digitisation.model import Inspection, Refused
from chalicelib.kernel.ids import digest
from chalicelib.kernel.record import Head

type Verdict = Literal["refused", "taken", "acknowledged"]
"""Each is a list of the agency. A refused drop leaves the first for the last when an officer has seen to it; one that
was taken goes to the first when no paper can be made of it after all.
"""


class Drop(Head, frozen=True, kw_only=True):
    """HEAD of the record of a dropped object. Of one that an earlier release judged there is no time and no size."""

    shape: ClassVar[int] = 1

    key: str
    kind: Verdict = "refused"
    size: int | None = None
    reason_code: str | None = None
    reason_vi: str | None = None
    reason_en: str | None = None
    reference: str | None = None
    component: str | None = None
    same_as: str | None = None
    """The component of the dossier that has the same bytes."""
    acknowledged_by: str | None = None
    acknowledged_at: str | None = None
    wl_pk: str | None = None
    wl_sk: str | None = None

    @property
    def id(self) -> str:
        """Its name on its agency's lists."""
        return self.pk.rpartition("#")[2]

    def reason(self, language: str) -> str | None:
        """Why it was refused, for a reader of this language."""
        return self.reason_en if language == "en" else self.reason_vi


class OwnFile(Head, frozen=True, kw_only=True):
    """HEAD of the record of a file that a person uploaded into their vault: that it was checked, and no more."""

    shape: ClassVar[int] = 1


def drop_key(agency: str, identifier: str) -> str:
    """Where the record of a drop stands."""
    return f"DROPS#{agency}#{identifier}"


def list_key(agency: str, kind: str) -> str:
    """The partition of an agency's list in the index."""
    return f"{agency}#{kind}"


def record_of(arrival: Arrival) -> str:
    """The record of what arrived: the same version of an object always has the same."""
    return drop_key(arrival.agency, digest(arrival.key, arrival.version))


def refused(arrival: Arrival, why: Refused, size: int | None, at: str) -> Drop:
    """It stays where it is, on its agency's list of refused drops."""
    return Drop(
        pk=record_of(arrival),
        key=arrival.key,
        size=size,
        reason_code=why.code,
        reason_vi=why.message_vi,
        reason_en=why.message_en,
        wl_pk=list_key(arrival.agency, "refused"),
        wl_sk=at,
    )


def taken(arrival: Arrival, component: str, reference: str, size: int, same_as: str | None, at: str) -> Drop:
    """It is a component of this dossier; of several papers of one scan the last is named."""
    return Drop(
        pk=record_of(arrival),
        key=arrival.key,
        kind="taken",
        size=size,
        reference=reference,
        component=component,
        same_as=same_as,
        wl_pk=list_key(arrival.agency, "taken"),
        wl_sk=at,
    )


def followed(arrival: Arrival, size: int, at: str) -> Drop:
    """A manifest whose files were all taken in: it is no component itself."""
    agency = list_key(arrival.agency, "taken")
    return Drop(pk=record_of(arrival), key=arrival.key, kind="taken", size=size, wl_pk=agency, wl_sk=at)


def refused_since(drop: Drop, why: Refused, at: str) -> Drop:
    """It was taken, and no paper could be made of it: it goes to the refused ones, and still names its component."""
    agency = drop.pk.split("#")[1]
    return structs.replace(
        drop,
        kind="refused",
        reason_code=why.code,
        reason_vi=why.message_vi,
        reason_en=why.message_en,
        wl_pk=list_key(agency, "refused"),
        wl_sk=at,
    )


def refusal_of(arrival: Arrival, why: Refused) -> UploadRefused:
    """What is told of a refused drop; its name stays off the bus."""
    return UploadRefused(
        agency=arrival.agency,
        version_id=arrival.version,
        reason_code=why.code,
        reason_vi=why.message_vi,
        reason_en=why.message_en,
    )


def own_file(arrival: Arrival) -> OwnFile:
    """The record of a person's own file, of that version of it."""
    return OwnFile(pk=f"OWN#{digest(arrival.key, arrival.version)}")


def told_to_owner(arrival: Arrival, size: int | None, verdict: Inspection | Refused) -> OwnFileChecked:
    """What the vault is told of a person's own file."""
    if isinstance(verdict, Refused):
        return OwnFileChecked(
            owner=arrival.batch,
            upload=arrival.name,
            key=arrival.key,
            version_id=arrival.version,
            size=size or 0,
            reason_code=verdict.code,
            reason_vi=verdict.message_vi,
            reason_en=verdict.message_en,
        )
    return OwnFileChecked(
        owner=arrival.batch,
        upload=arrival.name,
        key=arrival.key,
        version_id=arrival.version,
        size=verdict.size,
        sha256=verdict.sha256,
        media_type=verdict.media_type,
        pages=len(verdict.pages),
    )
