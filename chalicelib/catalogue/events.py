"""What the catalogue does in the background: load what is shipped, import, follow dossiers, make the lists."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint

from chalicelib.catalogue.administration import Administration
from chalicelib.catalogue.editing import Editing
from chalicelib.catalogue.listing import Listing
from chalicelib.catalogue.publishing import SHIPPED, Shipping
from chalicelib.catalogue.records import Finding, RecordRefused, read_record
from chalicelib.catalogue.records.sentences import BROKEN
from chalicelib.catalogue.store import (
    AgencyTable,
    ProcedureTable,
    RunningTable,
    SnapshotFiles,
    shipped,
    shipped_agencies,
)
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.events import EventType
from chalicelib.kernel.worker import Delivery, on_call, on_event
from chalicelib.law.states import DossierState

bp = Blueprint(__name__)
NO_RECORD = Finding("not_a_record", "refusal", "", *BROKEN["not_a_record"])


def listing() -> Listing:
    """The use cases of the background."""
    return Listing(ProcedureTable(), SnapshotFiles(), utc_now)


@on_call(bp, "catalogue_load")
def catalogue_load(_event: Mapping[str, Any]) -> dict[str, int]:
    """Publish every shipped agency and service whose facts are new; answers code -> version."""
    administration, shipping = Administration(AgencyTable(), utc_now), Shipping(ProcedureTable(), utc_now)
    for agency in shipped_agencies():
        administration.keep(SHIPPED, agency["id"], agency["entries"], None)
    loaded = {each[0]["code"]: shipping.publish(*each) for each in shipped()}
    listing().export()
    return loaded


@on_call(bp, "catalogue_import")
def catalogue_import(event: Mapping[str, Any]) -> dict[str, Any]:
    """Keep national records, each for itself: what was done with each, and which were refused with their reasons."""
    editing = Editing(ProcedureTable(), RunningTable(), utc_now)
    done: list[dict[str, Any]] = []
    for raw in event["records"]:
        if not isinstance(raw, Mapping):
            done.append({"status": "refused", "findings": [NO_RECORD.as_dict()]})
            continue
        try:
            reading = read_record(raw)
        except RecordRefused as error:
            done.append({"status": "refused", "findings": [f.as_dict() for f in error.findings]})
            continue
        findings = [f.as_dict() for f in reading.findings]
        status = editing.import_record(reading.facts, findings)
        done.append({"code": reading.facts["code"], "status": status, "findings": findings})
    return {"records": done}


@on_event(bp, "catalogue_make_list")
def catalogue_make_list(delivery: Delivery) -> None:
    """A procedure changed: the list that search reads is made again, unless it was made since."""
    listing().refresh(delivery.time)


@on_call(bp, "catalogue_export")
def catalogue_export(_event: Mapping[str, Any]) -> dict[str, int]:
    """Write the whole catalogue as open data; a schedule calls it once a day."""
    return {"services": listing().export()}


@on_event(bp, "catalogue_follow_dossier")
def catalogue_follow_dossier(delivery: Delivery) -> None:
    """A dossier was submitted, moved on, or reached its end: what a new version would touch, which papers come."""
    data, running = delivery.data, RunningTable()
    if delivery.type == EventType.DOSSIER_SUBMITTED:
        row = {"version": data["procedure_version"], "agency": data["agency"], "state": int(DossierState.REGISTERED)}
        running.submitted(data["procedure"], data["reference"], row, [c["code"] for c in data["components"]])
    elif delivery.type == EventType.DOSSIER_ACCEPTED:
        running.moved(data["procedure"], delivery.subject, int(DossierState.PROCESSING))
    else:
        running.ended(delivery.subject)
