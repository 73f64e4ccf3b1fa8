"""What an import of national records costs: calls and units a record, however many there are."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.process import own_environment

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def found():
    """The figures of an import of the 35 samples twice over; its own process, as it changes the emulator in it."""
    command = [sys.executable, "-m", "infra.bench.importing", "70"]
    done = subprocess.run(
        command, cwd=ROOT, env=own_environment(), capture_output=True, text=True, check=True, timeout=300
    )
    return json.loads(done.stdout)


def test_a_record_is_one_read_and_one_transaction_and_one_read_when_it_says_the_same(found):
    assert found["entries"] == 70
    assert (found["calls_each"], found["again_calls_each"], found["read_units_each"]) == (2, 1, 1)


def test_the_units_of_a_record_are_those_of_what_it_says(found):
    """HEAD, event, row and the record in one transaction: twice a unit a kilobyte of each."""
    assert 30 < found["write_units_each"] < 70


def test_the_cpu_of_the_emulator_is_left_out_and_ours_is_there(found):
    assert found["read_s"] > 0
    assert found["store_s"] > 0
    assert found["times_reading"] == pytest.approx(found["store_s"] / found["read_s"])
