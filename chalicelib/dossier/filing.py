"""Whose a new dossier is, where it is filed for another by a representation that holds now."""

from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.contracts.event import heard, told
from chalicelib.contracts.identity import Parties, Party
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.holding import Acting, Named
from chalicelib.dossier.refusals import BeyondRepresentation, RepresentationEnded
from chalicelib.sealing.door import seal, unseal

FILE: Final = "file"
CITIZEN: Final = "CITIZEN"
ENDED: Final = frozenset({"representation", "one act", "one act above"})
"""Parts of a submission that are lost when the representation ended, or the one act that it is for was done."""


class Filing(NamedTuple):
    """Whose a draft is: the keyed hash and the name of its holder, and who files for them."""

    holder: str
    named: Named
    acting: Acting | None = None


class Filed(NamedTuple):
    """What is filed now: the reference of the dossier, its procedure."""

    reference: str
    procedure: str
    now: datetime


def by_representation(kept: Representation, filed: Filed, named: Named | None = None) -> Filing:
    """The representative files for another (Civil Code Art. 134-143); `named` is who they are, None: as it was kept.

    Asked again at each act, and proved when it is written. Raises RepresentationEnded, BeyondRepresentation.
    """
    said = kept.said
    if not kept.holds(filed.now):
        raise RepresentationEnded(representation=said.id)
    require_within(kept, filed.procedure)
    parties = heard(Parties, unseal(said.id, said.sealed))
    party = parties.represented
    acting = Acting(
        by=said.representative,
        under=said.id,
        version=said.version,
        kind=said.kind,
        sealed=seal(filed.reference, told(named or _named(parties.representative))),
        may=said.may,
        storage=said.storage,
        for_one_act=said.for_one_act,
        above=said.above,
    )
    return Filing(said.represented, _named(party), acting)


def require_within(kept: Representation, procedure: str) -> None:
    """Raise BeyondRepresentation unless it is for this procedure and, a mandate, for filing (Civil Code Art. 141, 143).

    Its terms may have changed since a draft was opened under it.
    """
    said = kept.said
    if not kept.covers(procedure) or (said.kind == "mandate" and FILE not in said.may):
        raise BeyondRepresentation(representation=said.id, procedure=procedure)


def _named(party: Party) -> Named:
    kind = None if party.kind == CITIZEN else party.kind
    return Named(name=party.name, personal_id=party.personal_id, kind=kind)
