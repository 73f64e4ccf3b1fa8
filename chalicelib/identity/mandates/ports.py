"""What the use cases of mandates ask of the world; `store` answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from chalicelib.contracts.event import Event
from chalicelib.contracts.mandates import MandateSide
from chalicelib.dossier.items import Head
from chalicelib.identity.mandates.model import Claims, KeptEvidence, MandateHead
from chalicelib.kernel.access import Principal, Relation
from chalicelib.kernel.aws import Item
from chalicelib.kernel.objects import Post


class Step(NamedTuple):
    """A mandate before and after a change, and what is told of it; None where nothing is."""

    before: MandateHead
    after: MandateHead
    event: Event | None
    by: MandateSide | None = None


class Opening(NamedTuple):
    """For whose ledger a file is opened, of which mandate or dossier, and on which ground; none said: the dossier."""

    owner: str
    document: str
    reference: str
    min_level: int
    by_owner: bool
    ground: str = ""


class Mandates(Protocol):
    """Where mandates are kept."""

    def mandate(self, mandate: str) -> MandateHead | None: ...
    def numbers(self, holder: str) -> tuple[str, ...]: ...
    def listed(
        self, numbers: Sequence[str], starts: Mapping[str, Item], limit: int
    ) -> tuple[list[MandateHead], dict[str, Item]]: ...
    def published(self, procedures: Sequence[str]) -> frozenset[str]: ...
    def claims(self, represented: str) -> Claims: ...
    def write(
        self,
        step: Step,
        now: datetime,
        *,
        claims: Claims | None = None,
        joined: Sequence[Step] = (),
        evidence: KeptEvidence | None = None,
    ) -> None: ...
    def hand_out(self, kept: KeptEvidence, filename: str, opening: Opening, who: Principal, now: datetime) -> str: ...


class Arrived(NamedTuple):
    """A file that somebody posted: one version of it; `sha256` and `media_type` are what was found in its bytes."""

    version_id: str
    size: int
    sha256: str
    media_type: str | None


class Evidences(Protocol):
    """Where the files are that prove a form, and the dossiers for which they are opened."""

    def presigned(self, key: str, media_type: str, max_bytes: int) -> Post: ...
    def arrived(self, key: str, max_bytes: int) -> Arrived | None: ...
    def kept(self, mandate: str, terms: int) -> KeptEvidence | None: ...
    def dossier(self, name: str) -> Head | None: ...
    def relation(self, who: Principal, head: Head, now: datetime) -> Relation: ...
