"""Use cases of papers in the national store over DynamoDB, S3 and the store of this stage."""

from chalicelib.kernel.clock import utc_now
from chalicelib.submission.estore.connection import connection_of
from chalicelib.submission.estore.remote import RemoteStore
from chalicelib.submission.estore.service import NationalPapers
from chalicelib.submission.estore.settings import KEY, STORE
from chalicelib.submission.estore.store import Drafts
from chalicelib.submission.wiring import submissions


def national_papers() -> NationalPapers:
    """The use cases, with the world's clock. Raises StoreUnconfigured, SettingMissing."""
    connection = connection_of(STORE())
    if connection is None:
        return NationalPapers(Drafts(), None, submissions().to_look_up, utc_now)
    store = RemoteStore(connection, KEY() if connection.papers.startswith("https://") else "")
    return NationalPapers(Drafts(), store, submissions().to_look_up, utc_now)
