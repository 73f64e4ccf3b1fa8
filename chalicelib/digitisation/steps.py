"""The step of digitisation.asl.json: a state waits until its step is over."""

from chalice import Blueprint

from chalicelib.contracts.digitisation import StepInput
from chalicelib.digitisation.settings import MESSAGES_TABLE
from chalicelib.digitisation.wiring import driving
from chalicelib.kernel.worker import called

bp = Blueprint(__name__)


@called(bp, "digitisation_await_step", StepInput, needs=(MESSAGES_TABLE,))
def digitisation_await_step(given: StepInput) -> None:
    """A state begins: its token is kept on the server until the paper's step is over."""
    driving().wait(given)
