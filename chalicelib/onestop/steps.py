"""Start and steps of one_stop.asl.json. Each may run twice: the dossier is the record, an execution drives."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint

from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.worker import Delivery, on_call, on_event
from chalicelib.onestop.service import OneStop
from chalicelib.onestop.store import StepFunctions, Table

bp = Blueprint(__name__)


def one_stop() -> OneStop:
    """The use cases over DynamoDB and Step Functions."""
    return OneStop(Table(), StepFunctions(), utc_now)


@on_event(bp, "onestop_start_flow")
def onestop_start_flow(delivery: Delivery) -> None:
    """Start the flow of a submitted dossier."""
    one_stop().start(delivery.data)


@on_call(bp, "onestop_open_leg")
def onestop_open_leg(event: Mapping[str, Any]) -> None:
    """One agency's part begins: the token is kept on the server until the last task of the leg is done."""
    one_stop().open_leg(event["dossier"], f"{event['stage']}-{event['leg']['leg']}", event["token"], event["execution"])


@on_call(bp, "onestop_decide")
def onestop_decide(event: Mapping[str, Any]) -> dict[str, str]:
    """All legs are done."""
    one_stop().decide(event["dossier"])
    return {"dossier": event["dossier"]}
