"""The use cases of threads, over DynamoDB."""

from chalicelib.onestop.changes.wiring import acts
from chalicelib.onestop.thread.writing import Threads


def threads() -> Threads:
    """Both sides of a dossier, with the world's clock."""
    return Threads(acts())
