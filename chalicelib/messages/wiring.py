"""The use cases of the messages over the stores and keys of this stage."""

from datetime import date
from functools import cache
from pathlib import Path

from chalicelib.contracts.plan import Office
from chalicelib.dossier import offered, reading, references
from chalicelib.dossier.accepted import accepted_on, entries
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import LOCAL, STAGE, SettingMissing
from chalicelib.law import packs
from chalicelib.messages.inquiry import Reader
from chalicelib.messages.levels import Level, level_of
from chalicelib.messages.orders import Orders, Printer, PrintOrders
from chalicelib.messages.ports import Keys
from chalicelib.messages.previews import Previews
from chalicelib.messages.publishing import Publisher
from chalicelib.messages.service import Signatures
from chalicelib.messages.settings import (
    KEYS_FOLDER,
    PUBLIC_URL,
    RETAIN_YEARS,
    SIGNATURE_LEVEL,
    STAMP_DAYS,
    TIMESTAMP_URL,
)
from chalicelib.messages.stamping import Stampings
from chalicelib.messages.store import Table
from chalicelib.messages.withdrawing import Withdrawals


def signatures() -> Signatures:
    """Signing, by order."""
    return Signatures(Table(), signing_keys(STAGE()), agency_name, utc_now)


def publisher() -> Publisher:
    """Printing and signing the papers of a dossier."""
    return Publisher(signatures(), PUBLIC_URL(), kept_years)


def previews() -> Previews:
    """Drawing results before they are approved."""
    return Previews(reading.read, Table(), PUBLIC_URL(), utc_now)


def printer() -> Printer:
    """Printing and signing what was ordered."""
    return Printer(publisher(), reading.read, accepted_on, entries, office_of, agency_name, utc_now)


def orders() -> Orders:
    """Ordering a paper."""
    return Orders(Table(), reading.read, references.keyed, reading.level_of, utc_now)


def office_of(agency: str, day: date) -> Office:
    """An agency under its name of a day; its id alone where none is published."""
    found = offered.agency_of(agency)
    office = offered.office_on(found, day) if found else None
    return office or Office(id=agency, name=agency, one_stop=agency)


def reader() -> Reader:
    """Reading what was signed."""
    return Reader(Table(), reading.read, utc_now)


def print_orders() -> PrintOrders:
    """Ordering a print view."""
    return PrintOrders(Table(), reader().readable, utc_now)


def withdrawals() -> Withdrawals:
    """Withdrawing what was signed."""
    return Withdrawals(Table(), agency_above, utc_now)


def agency_above(agency: str, day: date) -> str | None:
    """The agency above one on a Vietnamese day; None where there is none, or nobody says it."""
    return offered.parent_of(offered.agency_of(agency), day)


def stampings() -> Stampings:
    """Timestamps on papers whose last one ends."""
    return Stampings(Table(), signing_keys(STAGE()), int(STAMP_DAYS()), utc_now)


def signing_keys(stage: str) -> Keys:
    """Signing keys of a stage: files on a developer's machine, KMS anywhere else; kept while the process lives."""
    level = level_of(SIGNATURE_LEVEL())
    return _local_keys(KEYS_FOLDER(), _timestamps(), level) if stage == LOCAL else _cloud_keys(level)


def _timestamps() -> str:
    """The timestamp authority of a local stage, if it has one: else its keys stamp themselves."""
    try:
        return TIMESTAMP_URL()
    except SettingMissing:
        return ""


@cache
def _local_keys(folder: str, timestamps: str, level: Level) -> Keys:
    """By folder: two local clouds, one after the other in a process, have keys of their own."""
    from chalicelib.messages.keys import LocalKeys

    return LocalKeys(Path(folder), timestamps, level)


@cache
def _cloud_keys(level: Level) -> Keys:
    from chalicelib.messages.cloud_keys import CloudKeys

    return CloudKeys(level)


def agency_name(agency: str) -> str:
    """What a published agency is called; the id where none is published."""
    found = offered.agency_of(agency)
    return found.name if found else agency


def kept_years(day: date) -> int | None:
    """For how many years nobody deletes what is signed on a day: the law's, else this stage's; None: no end is set."""
    rule = packs.pack_on(day).rules.papers_kept_years
    return (rule.value if rule else None) or int(RETAIN_YEARS()) or None
