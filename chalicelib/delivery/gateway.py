"""A gateway of the installation over HTTPS: one request, one bounded answer, nothing sent twice by itself.

What is sent is personal data and never logged.
"""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from chalicelib.delivery.ports import Unreachable

if TYPE_CHECKING:
    from urllib3 import PoolManager

LONGEST: Final = 10_000
"""Bytes of an answer."""
SECONDS: Final = 10.0
"""How long one is waited for: less than a worker has for itself what it sends."""
TOOK: Final = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED)


@cache
def _pool() -> "PoolManager":
    """The process's connections. Nothing is sent twice by itself: what is written down decides what is done next."""
    from urllib3 import PoolManager

    return PoolManager(maxsize=4, retries=False)


def asked(
    address: str,
    key: str,
    method: str,
    body: bytes | None = None,
    *,
    more: Mapping[str, str] | None = None,
    longest: int = LONGEST,
) -> tuple[int, bytes]:
    """Status and content of an answer, a byte more than `longest` of one that is too long. Raises Unreachable.

    `key` is a bearer token, or nothing; `more` are further headers.
    """
    from urllib3 import Timeout
    from urllib3.exceptions import HTTPError

    headers = {
        "Content-Type": "application/json",
        **({"Authorization": f"Bearer {key}"} if key else {}),
        **(more or {}),
    }
    try:
        answer = _pool().request(
            method,
            address,
            body=body,
            headers=headers,
            timeout=Timeout(total=SECONDS),
            redirect=False,
            preload_content=False,
        )
        status, content = answer.status, answer.read(longest + 1)
        (answer.close if len(content) > longest else answer.release_conn)()
    except HTTPError:
        raise Unreachable from None
    return status, content


def taken(status: int, content: bytes, longest: int = LONGEST) -> bytes:
    """The content of an answer that says something. Raises Unreachable."""
    if status not in TOOK or len(content) > longest:
        raise Unreachable
    return content
