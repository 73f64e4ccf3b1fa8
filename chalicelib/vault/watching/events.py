"""What hears of reads."""

from chalice import Blueprint

from chalicelib.contracts.ledger import LineWritten
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.worker import Heard, hears
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.ledger.table import partition
from chalicelib.vault.store import TABLE
from chalicelib.vault.watching.settings import NEEDS
from chalicelib.vault.watching.wiring import watching

bp = Blueprint(__name__)


@hears(bp, "vault_watch_reads", LineWritten, needs=(TABLE, LEDGERS, DOSSIERS, *NEEDS))
def vault_watch_reads(heard: Heard[LineWritten]) -> None:
    """An officer read something of a person: is it more than their work explains?"""
    watching().see(heard.event, heard.subject.removeprefix(partition("")), heard.id, heard.time)
