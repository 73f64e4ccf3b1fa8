"""The one-stop use cases over DynamoDB and Step Functions."""

from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.erasure import Erasures
from chalicelib.onestop.resume import Resumption, TakeUp
from chalicelib.onestop.service import OneStop
from chalicelib.onestop.store import Previews, SealedContent, Signers, StepFunctions, Table
from chalicelib.onestop.sweep import Sweep


def one_stop() -> OneStop:
    """The use cases of officers, people and the flow, with the world's clock."""
    return OneStop(Table(), StepFunctions(), Signers(), Previews(), utc_now)


def sweep() -> Sweep:
    """The use case of the schedule."""
    return Sweep(Table(), utc_now)


def take_up() -> TakeUp:
    """The use case of the schedule for flows that ended badly."""
    return TakeUp(resumption())


def resumption() -> Resumption:
    """The use case of whoever operates the service."""
    return Resumption(Table(), StepFunctions(), utc_now)


def erasures() -> Erasures:
    """The use case of whoever may erase, and of whoever restored tables."""
    return Erasures(Table(), SealedContent(), StepFunctions(), utc_now)
