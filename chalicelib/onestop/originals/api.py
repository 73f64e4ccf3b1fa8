"""Routes of paper originals."""

import msgspec
from chalice import Blueprint

from chalicelib.contracts.event import heard
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.on_paper import Original, Returned
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.problem import NotFound
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Asked, Done
from chalicelib.onestop.originals import wire
from chalicelib.onestop.originals.hands import Receiver, Taker, Took
from chalicelib.onestop.originals.wiring import originals
from chalicelib.onestop.paths import dossier_in
from chalicelib.onestop.wiring import views
from chalicelib.sealing.door import unseal
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


def _asked(call: Call) -> tuple[Asked, int]:
    """The act, and the number of the original that the path names. Raises NotFound."""
    number = call.path["original"]
    if not (number.isascii() and number.isdigit()):
        raise NotFound(what="original")
    return Asked(call.principal, dossier_in(call), call.key, call.raw), int(number)


def _view(dossier: Dossier, original: Original) -> wire.OriginalView:
    names = {each.code: each.name_vi for each in dossier.plan.components}
    back, is_there = original.returned, dossier.head.erased_at is None
    taker = heard(Took, unseal(dossier.reference, back.sealed)).name if back and is_there else None
    return wire.OriginalView(
        number=original.n,
        component=original.code,
        name=names.get(original.code, original.code),
        agency=original.agency,
        holder=(taker or "") if back else original.name,
        since=said(original.since) or "",
        handed=[
            wire.HandedOn(at=said(each.at) or "", by=each.by_name, agency=each.agency, to=each.name)
            for each in original.handed
        ],
        returned=_returned(back, taker) if back else None,
    )


def _returned(back: Returned, taker: str | None) -> wire.Returned:
    return wire.Returned(
        at=said(back.at) or "", by=back.by_name, to=taker, proof=back.proof, authorisation=back.authorisation
    )


def _listed(call: Call, name: str) -> wire.OriginalList:
    dossier = views().read(call.principal, name, Part.PAPERS, Part.PLAN)
    known = dossier.papers.originals if dossier.papers else ()
    return wire.OriginalList(originals=[_view(dossier, each) for each in known])


def _answer(call: Call, done: Done) -> wire.OriginalView:
    """The original as it is: of an act that is told again too."""
    _, number = _asked(call)
    return next(each for each in _listed(call, done.reference).originals if each.number == number)


@api.route("GET", "/v1/dossiers/{dossier}/originals", act=acts.READ, answer=wire.OriginalList)
def list_originals(call: Call) -> wire.OriginalList:
    """List a dossier's paper originals: what each is, who has it since when, to whom it was returned."""
    return _listed(call, dossier_in(call))


@api.route(
    "POST",
    "/v1/dossiers/{dossier}/originals/{original}/handover",
    act=acts.HAND_ON,
    body=wire.HandOn,
    answer=wire.OriginalView,
)
def hand_on(call: Call) -> wire.OriginalView:
    """Hand an original on to an officer or unit of an agency of the dossier, by a row of the control slip."""
    asked, number = _asked(call)
    receiver = msgspec.convert(call.body.model_dump(), Receiver)
    return _answer(call, originals().hand_on(asked, number, receiver))


@api.route(
    "POST",
    "/v1/dossiers/{dossier}/originals/{original}/return",
    act=acts.GIVE_BACK,
    body=wire.GiveBack,
    answer=wire.OriginalView,
)
def give_back(call: Call) -> wire.OriginalView:
    """Return an original to the applicant, or to an agent who has a right to it; the applicant is told at once."""
    asked, number = _asked(call)
    return _answer(call, originals().give_back(asked, number, msgspec.convert(call.body.model_dump(), Taker)))
