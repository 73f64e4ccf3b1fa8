"""What reading does in the background: the list that search reads, the open data."""

from chalice import Blueprint
from msgspec import Struct

from chalicelib.catalogue.services.wiring import listing
from chalicelib.catalogue.settings import EXPORTS, TABLE
from chalicelib.contracts.catalogue import ProcedurePublished, ProcedureRecorded, ProcedureWithdrawn
from chalicelib.kernel.worker import Heard, called, hears

bp = Blueprint(__name__)
NEEDS = (TABLE, EXPORTS)

type Changed = ProcedurePublished | ProcedureWithdrawn | ProcedureRecorded


class Due(Struct, frozen=True):
    """It is time: a schedule says nothing else."""


@hears(bp, "catalogue_make_list", ProcedurePublished, ProcedureWithdrawn, ProcedureRecorded, needs=NEEDS)
def catalogue_make_list(heard: Heard[Changed]) -> None:
    """A procedure changed: the list that search reads is made again, unless it was made since."""
    listing().refresh(heard.time)


@called(bp, "catalogue_export", Due, needs=NEEDS)
def catalogue_export(_due: Due) -> dict[str, int]:
    """Write the whole catalogue as open data; a schedule calls it once a day."""
    return {"services": listing().export()}
