"""Routes of the national portal's synchronisation."""

from typing import Final

import msgspec
from chalice import Blueprint

from chalicelib.delivery import acts
from chalicelib.delivery.api import Place
from chalicelib.delivery.service import Order
from chalicelib.delivery.settings import URL
from chalicelib.delivery.store import IDENTITY
from chalicelib.delivery.synchronisation import wire
from chalicelib.delivery.synchronisation.wiring import redeliveries
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.dossier.synchronised import Synchronisation
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, IDENTITY, URL, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)
ONE: Final = "/v1/dossiers/{dossier}/synchronisation"


def _view(reference: str, sync: Synchronisation | None) -> wire.SynchronisationView:
    if sync is None:
        return wire.SynchronisationView(reference=reference, progress="none")
    return wire.SynchronisationView(
        reference=reference,
        progress=sync.progress,
        portal_code=sync.name,
        told_step=sync.told,
        newest_step=max(sync.seen, sync.told),
        doubtful_step=sync.sending,
        waits_since=said(sync.waits_since),
        next_at=said(sync.due_at),
        synchronised_at=said(sync.synchronised_at),
        parked_at=said(sync.parked_at),
        why=sync.why,
        error_code=sync.code,
        attempts=[
            wire.PortalTryView(
                begun_at=said(each.begun_at) or "", step=each.step, ended_at=said(each.ended_at), outcome=each.outcome
            )
            for each in sync.attempts
        ],
    )


@api.route("GET", ONE, act=acts.READ, answer=wire.SynchronisationView)
def read_synchronisation(call: Call) -> wire.SynchronisationView:
    """Read how far the National Public Service Portal was told of a dossier and its steps."""
    dossier, sync = redeliveries().read(call.principal, msgspec.convert(call.path, Place).dossier)
    return _view(dossier.reference, sync)


@api.route(
    "POST",
    f"{ONE}/redelivery",
    act=acts.SYNCHRONISE,
    body=wire.AskRedelivery,
    answer=wire.SynchronisationView,
)
def redeliver_dossier(call: Call) -> wire.SynchronisationView:
    """Have the national portal told again: of what it did not take, or of the dossier as it stands there."""
    order = Order(call.principal, msgspec.convert(call.path, Place).dossier, call.key, call.raw)
    dossier, sync = redeliveries().redeliver(order, has_step=call.body.has_step)
    return _view(dossier.reference, sync)


@api.route("GET", "/v1/synchronisations/parked", act=acts.UNSYNCHRONISED, answer=wire.Unsynchronised, query=("cursor",))
def list_unsynchronised(call: Call) -> wire.Unsynchronised:
    """List dossiers of one's agencies that the national portal did not take, those first that wait longest."""
    found, following = redeliveries().parked(call.principal, call.query.get("cursor", ""))
    return wire.Unsynchronised(synchronisations=[_view(each.reference, each.sync) for each in found], next=following)
