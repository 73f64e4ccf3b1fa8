"""For whom a draft is opened: for oneself, or for another by a representation that holds now."""

from datetime import datetime
from typing import Literal

from msgspec import structs

from chalicelib.dossier.acting import Representation
from chalicelib.dossier.filing import Filed, Filing, by_representation
from chalicelib.dossier.holding import Named
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import NotFound
from chalicelib.submission.refusals import NameUnusable


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
    """Somebody files for another: `kept` is the representation, None where it is not theirs to use.

    Raises NotFound then, RepresentationEnded, BeyondRepresentation.
    """
    if kept is None:
        raise NotFound(what="representation")
    filing = by_representation(kept, Filed(reference, procedure, now), named_of(who))
    acting = filing.acting and structs.replace(filing.acting, by=who.holder)  # by their number of today
    return filing._replace(acting=acting)


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
