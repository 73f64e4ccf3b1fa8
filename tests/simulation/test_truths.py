"""A world that is broken by hand is found broken: each truth is seen to refuse."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from chalicelib.kernel import aws
from infra.local.stage import keep_logs
from tests.simulation.held import Held
from tests.simulation.run import live
from tests.simulation.truths import broken
from tests.simulation.world import World
from tests.support.stores import NAMES

COUNT = 3


class Ended:
    """A world in which all is done, and one of its dossiers that has a result."""

    def __init__(self, world: World, submitted: set[str]) -> None:
        self.world, self.submitted, self.stores = world, submitted, world.stores
        rows = self.stores.everything("Dossiers")
        self.head = min((r for r in rows if r["sk"] == "HEAD" and r.get("number")), key=lambda row: str(row["pk"]))

    def row(self, table: str, prefix: str) -> aws.Item:
        """The first row of a kind that says something of the dossier."""
        return min(
            (
                row
                for row in self.stores.everything(table)
                if row["sk"].startswith(prefix) and self.head["pk"] in (row["pk"], row.get("reference"))
            ),
            key=lambda row: str(row["sk"]),
        )

    def drop(self, table: str, row: aws.Item) -> None:
        """Take a row away."""
        key = aws.packed({"pk": row["pk"], "sk": row["sk"]})
        self.stores.client("dynamodb").delete_item(TableName=NAMES[table], Key=key)

    def change(self, **fields: Any) -> None:
        """HEAD says something else."""
        self.stores.put("Dossiers", {**self.head, **fields})


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    folder = tmp_path_factory.mktemp("world")
    keep_logs(folder / "log.jsonl")
    with World(1, folder, stores=Held()) as world:
        yield Ended(world, live(world, COUNT))


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (lambda e: e.drop("Dossiers", e.head), "a submission that was answered is lost"),
        (lambda e: e.change(state=4), "HEAD says 4"),
        (lambda e: e.drop("Dossiers", e.row("Dossiers", "EVENT#")), "its chain is broken"),
        (lambda e: e.change(number=e.head["number"].replace("1/", "9/", 1)), "numbers of results are not 1 to"),
        (lambda e: e.stores.put("Dossiers", {**e.head, "wl_pk": "a", "wl_sk": "b"}), "its HEAD is on a list still"),
        (lambda e: e.drop("Vaults", e.row("Vaults", "DOC#")), "is in no vault"),
        (lambda e: e.drop("Dossiers", e.row("Dossiers", "FORM")), "row_missing FORM"),
        (lambda e: e.stores.put("Dossiers", {**e.row("Dossiers", "FORM"), "note": "another"}), "row_changed FORM"),
        (lambda e: e.stores.put("Vaults", {**e.row("Vaults", "DOC#"), "sk": "DOC#again"}), "stands twice in a vault"),
    ],
)
def test_what_is_broken_is_said(ended: Ended, breaks: Callable[[Ended], object], said: str):
    assert broken(ended.world, ended.submitted, COUNT) == []
    tables = ended.stores.tables
    stood = deepcopy(tables.__dict__)
    try:
        breaks(ended)
        assert any(said in each for each in broken(ended.world, ended.submitted, COUNT))
    finally:
        tables.__dict__.update(stood)
