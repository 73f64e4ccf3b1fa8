"""Use cases of registers over DynamoDB and the gateway of this stage."""

from chalicelib.identity.registers.asking import Asking
from chalicelib.identity.registers.changes import Changes
from chalicelib.identity.registers.facts import Facts
from chalicelib.identity.registers.numbers import Numbers
from chalicelib.identity.registers.ports import Registers
from chalicelib.identity.registers.registrations import shipped_registrations
from chalicelib.identity.registers.remote import NoRegisters, RemoteRegisters
from chalicelib.identity.registers.representing import Representing
from chalicelib.identity.registers.settings import KEY, SECONDS, URL
from chalicelib.identity.registers.store import Ledgers, Table
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import LOCAL, NOBODY, STAGE


def registers() -> Registers:
    """The gateway of this stage, or none. Raises SettingMissing."""
    url = URL().rstrip("/")
    if url == NOBODY:
        return NoRegisters()
    return RemoteRegisters(url, KEY() if url.startswith("https://") else "", float(SECONDS()))


def asking() -> Asking:
    """The way to ask; registrations that are examples count on a developer's machine alone."""
    return Asking(registers(), Ledgers(), shipped_registrations(), STAGE() == LOCAL, utc_now)


def representing() -> Representing:
    """Use cases of parents and guardians."""
    return Representing(asking(), Table(), Table(), utc_now)


def numbers() -> Numbers:
    """Joining the numbers of one person."""
    return Numbers(asking(), Table(), utc_now)


def facts() -> Facts:
    """What registers say of who asks."""
    return Facts(asking(), utc_now)


def changes() -> Changes:
    """What became of a person or organisation."""
    return Changes(asking(), Table(), Table(), utc_now)
