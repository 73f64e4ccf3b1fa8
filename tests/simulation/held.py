"""The stores of a world: buckets and keys of moto, and tables that are held in process."""

from tests.simulation.tables import Tables
from tests.support.stores import GIVEN, NAMES, TABLES, UNLOGGED, Stores


def described() -> dict[str, dict[str, object]]:
    """Every table of the product as CloudFormation makes it, by its name here."""
    return {
        name: {k: v for k, v in (TABLES | UNLOGGED)[kind]["Properties"].items() if k in GIVEN}
        for kind, name in NAMES.items()
    }


class Held(Stores):
    """Stores whose tables need no HTTP."""

    def __init__(self) -> None:
        super().__init__()
        self._clients["dynamodb"] = self.tables = Tables(described())
        self._transact = self.tables.transact_write_items

    def _clear_tables(self) -> None:
        self.tables.clear()
