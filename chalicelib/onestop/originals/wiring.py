"""The use cases of originals, over DynamoDB."""

from chalicelib.onestop.changes.wiring import acts
from chalicelib.onestop.originals.hands import Originals


def originals() -> Originals:
    """Officers who have originals, with the world's clock."""
    return Originals(acts())
