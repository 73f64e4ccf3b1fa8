"""Who deals with a petition has no part in it: it is not theirs, does not name them, and is not about what they did."""

from datetime import datetime
from typing import Any

from chalicelib.dossier.interests import has_interest, require_known
from chalicelib.identity.petitions.citations import cases_in, dossiers_in
from chalicelib.identity.petitions.concerns import Concern, concern_of, named_by
from chalicelib.identity.petitions.items import Asked, PetitionHead
from chalicelib.identity.petitions.orders import told_in
from chalicelib.identity.petitions.ports import Petitions
from chalicelib.identity.petitions.refusals import OfficerConcerned
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.ids import keyed_hash


def require_impartial(petitions: Petitions, who: Principal, head: PetitionHead, now: datetime) -> None:
    """Raises OfficerConcerned for whose own it is, whom it names, and whoever acted on what it names.

    A dossier, another petition, or a request about data. Raises NumberUnknown.

    Where the name is nobody's on the list of its agency, it may be anybody's there: the agency above deals with it.
    Who is named is told by which of the person's words: the ledger says so.
    """
    if why := _concern(petitions, who, head, now):
        by: dict[str, Any] = {}
        if why == "named":
            petitions.note_look(head, who, now)
            by = {"matched": named_by(who, told_in(head), _listed(petitions, who))}
        day = now.astimezone(ZONE).date().isoformat()
        raise OfficerConcerned(why=why, above=petitions.above(head.agency, day), **by)


def _concern(petitions: Petitions, who: Principal, head: PetitionHead, now: datetime) -> Concern | None:
    require_known(who, now)
    if has_interest(who.persons, {head.holder, *head.people}, now, anew=True):
        return "own"
    if head.names and head.erased_at and head.agency in who.agencies:
        return "erased"  # the name went with its words: it may be anybody's there
    told = told_in(head)
    dossiers = _dossiers(petitions, head, told)
    people = frozenset[str]().union(*map(petitions.people, dossiers))
    if people and has_interest(who.persons, people, now, anew=True):
        return "own"
    decided = map(petitions.deciders, (each for each in cases_in(told.words) if each != head.id))
    actors = frozenset[str]().union(*map(petitions.actors, dossiers), *decided)
    found = concern_of(who, told, actors, _listed(petitions, who))
    return found or ("unmatched" if head.unmatched and head.agency in who.agencies else None)


def _dossiers(petitions: Petitions, head: PetitionHead, told: Asked) -> frozenset[str]:
    """The dossiers that it names, in its field or in its words: there the person may name one by its code alone."""
    said = map(petitions.reference, dossiers_in(told.words))
    return frozenset({head.dossier or "", *said}) - {""}


def _listed(petitions: Petitions, who: Principal) -> str:
    """The name of an officer on the list of their agency; nothing where it keeps none."""
    return petitions.listed(who.agency, keyed_hash("officer", who.subject))
