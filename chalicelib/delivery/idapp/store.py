"""How far the app was told, over the dossiers' room, and links by the ledger's door."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.contracts.event import Event
from chalicelib.delivery.settings import BUCKET
from chalicelib.delivery.store import CARRIERS
from chalicelib.dossier import integrating, kept, reading
from chalicelib.dossier.integrated import AppPaper, DuePaper
from chalicelib.dossier.joined import formers_of
from chalicelib.dossier.kept import Kept
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.ledger import door

GROUND: Final = "69/2024 Art. 9(6)"
WAY: Final = "app"


class Table:
    """Papers in DynamoDB."""

    def due(self, now: datetime) -> Iterator[DuePaper]:
        """Papers for which something is to be done by now."""
        return integrating.due(now)

    def one(self, paper: str) -> AppPaper | None:
        """How far the app was told of a paper."""
        return integrating.one(paper)

    def several(self, papers: Sequence[str]) -> list[AppPaper]:
        """Papers as they are now, in order."""
        return integrating.several(papers)

    def put_off(self, row: DuePaper, by: timedelta, at: datetime) -> None:
        """It is due then, unless somebody went on with it meanwhile."""
        integrating.put_off(row, by, at)

    def keep(self, was: AppPaper | None, now: AppPaper, at: datetime, *events: Event, actor: str = "") -> None:
        """It is so now, with what is told of it. Raises aws.Lost, aws.WriteContended."""
        integrating.keep(was, now, at, *events, actor=actor)

    def papers_of(self, owner: str, limit: int, start: Any) -> tuple[list[AppPaper], Any]:
        """A page of an owner's papers."""
        return integrating.papers_of(owner, limit, start)

    def open_of(self, agency: str, limit: int, start: Any) -> tuple[list[DuePaper], Any]:
        """A page of an agency's papers that are late or parked."""
        return integrating.open_of(agency, limit, start)

    def numbers(self, owner: str) -> Sequence[str]:
        """All numbers of an owner, the present one first."""
        return (owner, *formers_of(owner))

    def kept(self, owner: str, document: str) -> Kept | None:
        """What a vault last told of a document."""
        return kept.kept_of(owner, document)

    def dossier(self, reference: str, *parts: Part) -> Dossier | None:
        """The dossier from which a paper came; None of one of former years."""
        return reading.read(reference, *parts)

    def hand_out_paper(self, paper: AppPaper, now: datetime) -> str:
        """A link to a paper for the app; its owner's ledger says so first."""
        held = paper.paper
        app = Principal("delivery:idapp", "SERVICE", CARRIERS[WAY], 0, agency=held.agency)
        file = door.File(
            owner=held.owner,
            document=held.document,
            reference=held.reference,
            bucket=BUCKET(),
            key=held.key,
            version_id=held.version_id,
            sha256=held.sha256,
            media_type="application/pdf",
            filename=f"{held.document}.pdf",
            min_level=held.min_level,
            ground=GROUND,
        )
        return door.hand_out(file, app, "idapp", now)
