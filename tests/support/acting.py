"""Somebody acts for another: a representation as identity keeps and tells it, over the stores of a hall."""

import json
from typing import Any

from msgspec import structs

from chalicelib.contracts.event import heard, told
from chalicelib.contracts.identity import Parties, Party, RepresentationKept
from chalicelib.dossier import acting
from chalicelib.identity import fence
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.sealing.door import seal
from chalicelib.submission.model import Came
from tests.fakes import people
from tests.support.hall import Hall

AGENT = people.NEIGHBOUR
OPENS = "2026-11-01T00:00:00.000+00:00"
COMPANY = Principal(
    "agent-1",
    "ORGANISATION",
    "Vũ Thị Hoa",
    2,
    "001190001111",
    organisation="0100109106",
    organisation_name="Công ty TNHH Hoa Sen",
)


def party(who: Principal) -> Party:
    """Somebody as a representation seals them."""
    return heard(Party, {"name": who.organisation_name or who.name, "personal_id": who.identity, "kind": who.kind})


def represent(
    hall: Hall, represented: Principal = people.CITIZEN, representative: Principal = AGENT, **changes: Any
) -> RepresentationKept:
    """A mandate that holds, with its fence, told to the dossiers' room; `changes` are fields of what is told."""
    name = changes.pop("id", "MD-1")
    parties = Parties(represented=party(represented), representative=party(representative))
    given = {
        "version": 1,
        "kind": "mandate",
        "state": "active",
        "procedures": (people.PROCEDURE,),
        "may": ("file",),
        "storage": "PRINCIPAL",
        "opens": OPENS,
        **changes,
    }
    kept = RepresentationKept(
        id=name,
        represented=represented.holder,
        representative=representative.holder,
        sealed=seal(name, told(parties)),
        **given,
    )
    fenced(kept)
    tell(hall, kept)
    return kept


def tell(hall: Hall, kept: RepresentationKept) -> None:
    """The dossiers' room hears of it."""
    hall.clock.advance(milliseconds=1)
    acting.remember_representation(kept, stamp(hall.clock()))


def fenced(kept: RepresentationKept) -> None:
    """Identity's fence says what is kept."""
    state = fence.State(is_active=kept.state == "active", version=kept.version, opens=kept.opens, closes=kept.closes)
    aws.transact({"fence": fence.switched(kept.id, state)})


def ended(hall: Hall, kept: RepresentationKept, *, is_told: bool = True) -> None:
    """It is revoked; the dossiers' room may not have heard of it yet."""
    over = structs.replace(kept, state="ended", ended_at=stamp(hall.clock()), ended_why="revoked")
    fenced(over)
    if is_told:
        tell(hall, over)


def opened(hall: Hall, who: Principal = AGENT, representation: str = "MD-1", key: str = "open-1") -> str:
    """The reference of a draft that somebody opened for another."""
    raw = json.dumps({"procedure": people.PROCEDURE, "acts_for": representation}).encode()
    came = Came("ONLINE", "national_portal", representation)
    return hall.submissions.open(who, people.PROCEDURE, people.OFFICE["id"], came, key, raw).reference


def ready(hall: Hall, who: Principal = AGENT, representation: str = "MD-1", key: str = "open-1") -> str:
    """The reference of such a draft that may be submitted."""
    reference = opened(hall, who, representation, key)
    hall.submissions.save_form(who, reference, people.form(), 0)
    hall.add(reference)
    return reference
