"""The use cases over DynamoDB."""

from chalicelib.kernel.clock import utc_now
from chalicelib.measures.findings import Findings
from chalicelib.measures.rebuilding import Rebuild
from chalicelib.measures.service import Measures
from chalicelib.measures.store import Table


def measures() -> Measures:
    """The use cases of readers."""
    return Measures(Table(), utc_now)


def findings() -> Findings:
    """The use case of those who look for what flatters figures."""
    return Findings(Table(), utc_now)


def rebuilds() -> Rebuild:
    """The use cases of an operator."""
    table = Table()
    return Rebuild(table, table)
