"""The machine of a scanned paper waits for its steps in the order of the law; the paper's record is the truth.

Work is done by events, with or without a machine: one that was lost holds no paper up. A token is answered when its
step is over, twice does no harm; a machine that comes late is told at once (docs/adr/0001-record-and-driver.md).
"""

from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

from chalicelib.contracts.digitisation import DigitisationInput, MachineStep, StepInput
from chalicelib.contracts.stored import Stored, read, written
from chalicelib.digitisation.fence import paper_key
from chalicelib.digitisation.paper import Paper, Step
from chalicelib.digitisation.settings import MACHINE, MESSAGES_TABLE
from chalicelib.dossier import executions
from chalicelib.dossier.executions import LONGEST
from chalicelib.kernel import aws

DRIVER: Final = "DRIVER"
OVER: Final[tuple[Step, ...]] = ("converted", "rejected", "exempt")
"""Steps of a paper that nothing follows."""
BEFORE: Final[dict[MachineStep, tuple[Step, ...]]] = {
    "copy": ("copied", "signature_ordered"),
    "read": ("copied", "signature_ordered", "in_review"),
    "convert": ("copied", "signature_ordered", "in_review", "reviewed", "stored"),
}
"""Steps of a paper in which a state of the machine still waits."""


class Waiting(Stored, frozen=True, kw_only=True):
    """For which step a machine waits, and under which token."""

    shape: ClassVar[int] = 1

    pk: str
    sk: str = DRIVER
    step: MachineStep
    token: str
    execution: str


class Machine(Protocol):
    """Who runs executions."""

    def start(self, name: str, given: DigitisationInput) -> bool:
        """Start an execution, once under a name (False: there was one)."""

    def succeed(self, token: str) -> bool:
        """Tell who waits under a token; False when nobody does."""


class Waits(Protocol):
    """Where it is kept what a machine waits for."""

    def paper(self, reference: str, component: str) -> Paper | None:
        """The record of a paper."""

    def waiting_for(self, paper: str) -> Waiting | None:
        """What the machine of a paper waits for."""

    def wait(self, waiting: Waiting) -> None:
        """A machine waits."""


@dataclass(frozen=True)
class Driving:
    """Use cases of the machine; each may run twice."""

    waits: Waits
    machine: Machine

    def start(self, paper: Paper) -> None:
        """One execution for each paper that waits to be digitised; a second delivery starts none."""
        if paper.step not in OVER:
            given = DigitisationInput(reference=paper.reference, component=paper.component, timeout=LONGEST)
            self.machine.start(execution_of(paper), given)

    def wait(self, given: StepInput) -> None:
        """A state waits under a token; it is told at once of a step that is over already."""
        self.waits.wait(
            Waiting(
                pk=paper_key(given.reference, given.component),
                step=given.step,
                token=given.token,
                execution=given.execution,
            )
        )
        self.report(given.reference, given.component)

    def report(self, reference: str, component: str, *, signed: bool = False) -> None:
        """Whoever waits for a step that is over is told; `signed`: the officer's copy is, whatever the record says yet.

        Nobody waits for a paper that an earlier release took, nor under a token that was used.
        """
        waiting = self.waits.waiting_for(paper_key(reference, component))
        paper = self.waits.paper(reference, component) if waiting else None
        if waiting is None or paper is None:
            return
        if paper.step not in BEFORE[waiting.step] or (signed and waiting.step == "copy"):
            self.machine.succeed(waiting.token)


def execution_of(paper: Paper) -> str:
    """The name of a paper's execution: always the same, so there is one."""
    return f"{paper.reference}.{paper.component}"


class DriverTable:
    """What machines wait for, beside the papers."""

    def paper(self, reference: str, component: str) -> Paper | None:
        """The record of a paper."""
        item = aws.get(MESSAGES_TABLE(), paper_key(reference, component), "HEAD")
        return read(Paper, item) if item else None

    def waiting_for(self, paper: str) -> Waiting | None:
        """What the machine of a paper waits for; None when it has none."""
        item = aws.get(MESSAGES_TABLE(), paper, DRIVER)
        return read(Waiting, item) if item else None

    def wait(self, waiting: Waiting) -> None:
        """The newest token counts: the one before it is answered, or was lost with its machine."""
        aws.alone(aws.put(MESSAGES_TABLE(), written(waiting)))


class StepFunctions:
    """AWS's machine."""

    def start(self, name: str, given: DigitisationInput) -> bool:
        """Start an execution of this name unless there was one (False)."""
        return executions.start(MACHINE(), name, given)

    def succeed(self, token: str) -> bool:
        """Tell who waits; False when nobody does: the token was used, or timed out."""
        return executions.succeed(token)
