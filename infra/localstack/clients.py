"""LocalStack's clients: one door, on `localstack-client`, LocalStack's own library for them.

    clients("http://127.0.0.1:4566", REGION).client("s3")

Its `Session` would take its address from AWS_ENDPOINT_URL where that is set; in a process that also runs the embedded
cloud that names another cloud, so the address given here holds.
"""

from collections.abc import Mapping
from typing import Final

from localstack_client.config import get_service_endpoints
from localstack_client.session import Session

KEYS: Final = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
"""What LocalStack takes for the account 000000000000."""


class _Session(Session):  # type: ignore[misc]  # the library has no types
    """A session of the LocalStack at one address, for every service that it names."""

    def __init__(self, endpoint: str, region: str, keys: Mapping[str, str]) -> None:
        super().__init__(region_name=region, **keys)
        self._service_endpoint_mapping: dict[str, str] = dict.fromkeys(get_service_endpoints(), endpoint)


def clients(endpoint: str, region: str, keys: Mapping[str, str] = KEYS) -> Session:
    """Make the clients of the LocalStack at an address: `client(service, config=...)`, as of boto3.

    `keys` are those of another role: `aws_access_key_id`, `aws_secret_access_key`. A session token belongs to a client
    (`aws_session_token`).
    """
    return _Session(endpoint, region, keys)
