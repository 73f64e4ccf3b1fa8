"""A gateway of the installation over HTTPS: one request, one bounded answer, nothing sent twice by itself.

What is sent is personal data and never logged.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from chalicelib.delivery.ports import Unreachable
from chalicelib.kernel.calling import NoAnswer, called

LONGEST: Final = 10_000
"""Bytes of an answer."""
SECONDS: Final = 10.0
"""How long connecting and the whole of one are waited for, as `called` says: less than a worker has for a delivery."""
TOOK: Final = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED)


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
    try:
        return called(method, address, key, body, seconds=SECONDS, longest=longest, more=more)
    except NoAnswer:
        raise Unreachable from None


def taken(status: int, content: bytes, longest: int = LONGEST) -> bytes:
    """The content of an answer that says something. Raises Unreachable."""
    if status not in TOOK or len(content) > longest:
        raise Unreachable
    return content
