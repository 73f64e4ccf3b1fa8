"""Who is told of a dossier, on which channel, and by which address: by the mandate it was filed under.

E-mail and SMS go to the address that the dossier names for its applicant. The app goes to its holder, to those who hold
it together, and to the representative while their mandate holds and lets them be told (`notices`).
"""

from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.event import heard
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.channels import Channels
from chalicelib.dossier.holding import Named
from chalicelib.dossier.notified import Channel, Receiver, Sending
from chalicelib.dossier.people import confirmed, filer_of, holder_of
from chalicelib.dossier.reached import contact_of, counter_of
from chalicelib.dossier.reading import Dossier
from chalicelib.law.rules import MandateState
from chalicelib.sealing.door import unseal

MANDATE_ENDED: Final = "mandate_ended"
NO_ADDRESS: Final = "no_address"


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier read with its form and papers, and what became of the mandate that it was filed under."""

    dossier: Dossier
    kept: Representation | None
    state: MandateState
    is_held: bool

    @property
    def tells_agent(self) -> bool:
        """Whether the representative is told: their mandate holds now, and says so."""
        return self.is_held and self.kept is not None and "notices" in self.kept.said.may


def receivers(known: Known, channels: Channels) -> list[tuple[Channel, Receiver, int]]:
    """Whom a notice goes to now, on the channels that there are. Raises ContentErased."""
    found: list[tuple[Channel, Receiver, int]] = [("email", "applicant", 0), ("sms", "applicant", 0)]
    found.append(("app", "holder", 0))
    found += [("app", "co-holder", place) for place in range(1, len(confirmed(known.dossier.head)) + 1)]
    found.append(("app", "representative", 0))
    return [each for each in found if channels.providers(each[0]) and address(known, *each)]


def address(known: Known, channel: Channel, receiver: Receiver, place: int = 0) -> str:
    """Where it goes; empty where this receiver is not told, or not reached so. Raises ContentErased."""
    match receiver:
        case "applicant":
            # Whoever filed typed the form: once their mandate ended, it counts as theirs and is used no more.
            contact = (counter_of if known.state == "revoked" else contact_of)(known.dossier)
            return contact.email if channel == "email" else contact.phone
        case "holder":
            return _at_app(holder_of(known.dossier.head))
        case "co-holder":
            others = confirmed(known.dossier.head)
            sealed = others[place - 1].sealed if place <= len(others) else ""
            return _at_app(heard(Named, unseal(known.dossier.reference, sealed))) if sealed else ""
        case "representative":
            return _at_app(filer_of(known.dossier.head)) if known.tells_agent else ""


def why_not(known: Known, sending: Sending) -> str:
    """Why a notice that was addressed has no address any more: a code."""
    is_agents = sending.receiver in ("representative", "applicant") and known.dossier.head.acting is not None
    return MANDATE_ENDED if is_agents else NO_ADDRESS


def _at_app(person: Named | None) -> str:
    """The app has accounts of persons; an organisation has none (Decree 320/2026: organisations have no levels)."""
    return person.personal_id if person and person.kind != "ORGANISATION" else ""
