"""The use cases over DynamoDB and Step Functions."""

from chalicelib.delivery.flow.driving import Driving
from chalicelib.delivery.flow.resume import Resumption, TakeUp
from chalicelib.delivery.flow.store import StepFunctions, Table
from chalicelib.kernel.clock import utc_now


def driving() -> Driving:
    """The use cases of the workers."""
    return Driving(Table(), StepFunctions())


def resumption() -> Resumption:
    """The use case of whoever operates the service."""
    return Resumption(Table(), StepFunctions())


def take_up() -> TakeUp:
    """The use case of the schedule."""
    return TakeUp(resumption(), utc_now)
