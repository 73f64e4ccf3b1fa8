"""Which papers have a machine, and which of their steps each of its states waits for. Nothing is stored here."""

from typing import get_args

import pytest

from chalicelib.contracts.digitisation import DigitisationInput, StepInput
from chalicelib.digitisation.driving import Driving
from chalicelib.digitisation.paper import Step
from chalicelib.dossier.executions import LONGEST
from tests.fakes.clock import Clock
from tests.unit.digitisation_service.given import REFERENCE, NoMachine, paper

STEPS = frozenset(get_args(Step.__value__))
OVER = {
    "copy": {"in_review", "reviewed", "stored", "converted", "rejected", "exempt"},
    "read": {"reviewed", "stored", "converted", "rejected", "exempt"},
    "convert": {"converted", "rejected", "exempt"},
}


class Kept:
    """One paper, or none, and what its machine waits for."""

    def __init__(self, step=None):
        self.step, self.kept = step, None

    def paper(self, reference, component):
        """The paper at its step."""
        assert (reference, component) == (REFERENCE, "c1")
        return paper("c1", Clock()(), step=self.step) if self.step else None

    def waiting_for(self, pk):
        """The newest token."""
        assert pk == f"PAPER#{REFERENCE}#c1"
        return self.kept

    def wait(self, waiting):
        """It is kept."""
        self.kept = waiting


def told(step, waits_for, *, signed=False):
    """The tokens that are told when a paper at this step is reported, or a state begins to wait for it."""
    kept, machine = Kept("copied"), NoMachine()
    driving = Driving(kept, machine)
    given = StepInput(token="t", execution="e", reference=REFERENCE, component="c1", step=waits_for)
    driving.wait(given)
    assert machine.told == [], "no step is over in which the copy still waits"
    kept.step = step
    driving.report(REFERENCE, "c1", signed=signed)
    return machine.told


@pytest.mark.parametrize("waits_for", sorted(OVER))
def test_a_state_is_told_when_its_own_step_is_over_and_not_before(waits_for):
    assert {step for step in STEPS if told(step, waits_for)} == OVER[waits_for]


@pytest.mark.parametrize(("waits_for", "tokens"), [("copy", ["t"]), ("read", []), ("convert", [])])
def test_the_officers_signature_ends_the_wait_for_the_copy_alone(waits_for, tokens):
    assert told("signature_ordered", waits_for, signed=True) == tokens


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_state_that_begins_late_is_told_at_once_under_its_own_token(step):
    kept, machine = Kept(step), NoMachine()
    Driving(kept, machine).wait(
        StepInput(token="late", execution="e", reference=REFERENCE, component="c1", step="convert")
    )
    assert machine.told == (["late"] if step in OVER["convert"] else [])
    assert (kept.kept.token, kept.kept.execution, kept.kept.step) == ("late", "e", "convert")


def test_nobody_is_told_of_a_paper_that_is_not_there():
    kept, machine = Kept("copied"), NoMachine()
    driving = Driving(kept, machine)
    driving.wait(StepInput(token="t", execution="e", reference=REFERENCE, component="c1", step="copy"))
    kept.step = None
    driving.report(REFERENCE, "c1", signed=True)
    assert machine.told == []


@pytest.mark.parametrize("step", sorted(STEPS))
def test_an_execution_begins_for_a_paper_that_something_follows(step):
    machine = NoMachine()
    Driving(Kept(step), machine).start(paper("c1", Clock()(), step=step))
    given = DigitisationInput(reference=REFERENCE, component="c1", timeout=LONGEST)
    ends = step in {"converted", "rejected", "exempt"}
    assert machine.started == ([] if ends else [(f"{REFERENCE}.c1", given)])
