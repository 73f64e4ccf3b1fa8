"""For whom a draft is opened: for oneself, or for another by a representation that holds now."""

from datetime import datetime
from typing import Final, Literal, NamedTuple

from chalicelib.contracts.event import heard, told
from chalicelib.contracts.identity import Parties
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.holding import Acting, Named
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import NotFound
from chalicelib.sealing.door import seal, unseal
from chalicelib.submission.refusals import BeyondRepresentation, NameUnusable, RepresentationEnded

FILE: Final = "file"
CITIZEN: Final = "CITIZEN"
ENDED: Final = frozenset({"representation", "one act", "one act above"})
"""Parts of a submission that are lost when the representation ended, or the one act that it is for was done."""


class Filing(NamedTuple):
    """Whose a draft is: the keyed hash and the name of its holder, and who files for them."""

    holder: str
    named: Named
    acting: Acting | None = None


def named_of(who: Principal) -> Named:
    """A principal as a dossier keeps them."""
    kinds: dict[str, Literal["FOREIGNER", "ORGANISATION"]] = {"FOREIGNER": "FOREIGNER", "ORGANISATION": "ORGANISATION"}
    if who.kind == "ORGANISATION":
        name, by, by_id = who.organisation_name, who.name, who.personal_id
        return Named(name=name, personal_id=who.identity, kind=kinds[who.kind], by=by, by_id=by_id)
    return Named(name=who.name, personal_id=who.identity, kind=kinds.get(who.kind))


def for_oneself(who: Principal) -> Filing:
    """Somebody files for themselves, or a person for the organisation that their token names."""
    return Filing(who.holder, named_of(who))


def for_another(who: Principal, reference: str, procedure: str, kept: Representation | None, now: datetime) -> Filing:
    """Somebody files for another (Civil Code Art. 134-143): asked again at each act, and proved at the submission.

    `kept` is the representation, None where it is not theirs to use. Raises NotFound then, RepresentationEnded,
    BeyondRepresentation.
    """
    if kept is None:
        raise NotFound(what="representation")
    said = kept.said
    if not kept.holds(now):
        raise RepresentationEnded(representation=said.id)
    if not kept.covers(procedure) or (said.kind == "mandate" and FILE not in said.may):
        raise BeyondRepresentation(representation=said.id, procedure=procedure)
    party = heard(Parties, unseal(said.id, said.sealed)).represented
    kind = None if party.kind == CITIZEN else party.kind
    acting = Acting(
        by=who.holder,
        under=said.id,
        version=said.version,
        kind=said.kind,
        sealed=seal(reference, told(named_of(who))),
        may=said.may,
        storage=said.storage,
        for_one_act=said.for_one_act,
        above=said.above,
    )
    return Filing(said.represented, Named(name=party.name, personal_id=party.personal_id, kind=kind), acting)


def require_name(named: Named) -> None:
    """A receipt and a result print these names: one that they could not say is told now, not when they are signed.

    Of an organisation its own, which may have digits and signs, and that of the person who acts for it.
    """
    from chalicelib.forms.letters import name_fault, organisation_fault, unprintable

    said = [("name", named.name if named.by is None else named.by, name_fault)]
    if named.kind == "ORGANISATION":
        said.append(("organisation_name", named.name, organisation_fault))
    for claim, text, fault in said:
        if rule := fault(text):
            raise NameUnusable(claim=claim, rule=rule, letters=unprintable(text))
