"""Every number, condition, currency, paper, requirement and form of a record is in the public answer, or named there.

The checker (`tests/support/whole_record.py`) was written from the raw records alone. Codes and names are counted.
"""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.command.cli import app
from infra.demo.client import Client
from tests.support.answers_broken import FAULTS, broken
from tests.support.catalogue import fresh_code
from tests.support.records_changed import Raw, changed, renamed, samples
from tests.support.whole_record import atoms, check

SAMPLES = Path(__file__).parents[1] / "unit" / "catalogue" / "records" / "samples"
SEED = 11
Answered = list[tuple[Raw, Raw]]


def answers(where: dict[str, str], file: Path, records: list[Raw]) -> Answered:
    """The records, imported by one command under fresh codes, with the public answer on each."""
    fresh = [renamed(record, fresh_code()) for record in records]
    file.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in fresh), "utf-8")
    (stage := file.with_name("where.json")).write_text(json.dumps(where), "utf-8")
    told = CliRunner().invoke(app, ["procedures", "import", str(file), "--where", str(stage)])
    assert told.exit_code == 0, told.output
    public = Client(where)
    return [(record, public.get(f"/v1/services/{record['data']['code']}").ok().body) for record in fresh]


@pytest.fixture(scope="module")
def answered(where: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Answered:
    """The 35 records and twenty changed ones."""
    base = samples(SAMPLES)
    records = base + [changed(base, number, SEED) for number in range(20)]
    return answers(where, tmp_path_factory.mktemp("records") / "records.jsonl", records)


def told_whole(those: Answered) -> None:
    """Nothing is missing, and nothing is wrong and shown as known."""
    found = [(record["data"]["code"], finding) for record, answer in those for finding in check(record, answer)]
    assert not found, f"{len(found)} of {sum(atoms(record) for record, _ in those)}: {found[:5]}"


def test_an_answer_tells_its_record_whole(answered: Answered) -> None:
    told_whole(answered)


def test_the_checker_sees_each_of_a_hundred_planted_faults(answered: Answered) -> None:
    planted = list(broken(answered, 100))
    assert {name for name, *_ in planted} == set(FAULTS)
    assert [(name, answer["code"]) for name, record, answer in planted if not check(record, answer)] == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", [SEED, 12])
def test_two_hundred_changed_records_are_told_whole(where: dict[str, str], tmp_path: Path, seed: int) -> None:
    base = samples(SAMPLES)
    told_whole(answers(where, tmp_path / "records.jsonl", [changed(base, number, seed) for number in range(200)]))
