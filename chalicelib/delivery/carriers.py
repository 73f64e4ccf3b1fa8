"""Destinations behind a gateway that speaks our small JSON shape (docs/how-to/connect-a-destination.md), over HTTPS.

No wire of the national ID app is published: an installation puts a translation between it and this. What is sent is
personal data and never logged; of a failure only which destination it was.
"""

from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import msgspec

from chalicelib.contracts.delivery import Way
from chalicelib.delivery.model import Word
from chalicelib.delivery.ports import Parcel, Unreachable

if TYPE_CHECKING:
    from urllib3 import PoolManager

LONGEST: Final = 10_000
"""Bytes of an answer."""
SECONDS: Final = 10.0
"""How long one is waited for: less than a worker has a delivery for itself."""
TOOK: Final = (HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED)


@cache
def _pool() -> "PoolManager":
    """The process's connections. Nothing is sent twice by itself: the ledger decides what is done next."""
    from urllib3 import PoolManager

    return PoolManager(maxsize=4, retries=False)


@dataclass(frozen=True)
class RemoteCarrier:
    """A gateway at an address. `key` is a bearer token, nothing on a developer's machine."""

    url: str
    key: str

    def reaches(self, way: Way) -> bool:
        """All but the counter, where a person stands."""
        return way != "counter"

    def find(self, way: Way, parcel: str) -> Word | None:
        """What became of a parcel; None when the destination never heard of it."""
        status, content = self._asked("GET", f"{way}/parcels/{parcel}", None)
        return None if status == HTTPStatus.NOT_FOUND else _read(status, content)

    def send(self, way: Way, parcel: Parcel) -> Word:
        """Give a parcel to a destination."""
        return _read(*self._asked("POST", f"{way}/parcels", msgspec.json.encode(parcel)))

    def _asked(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        from urllib3 import Timeout
        from urllib3.exceptions import HTTPError

        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        try:
            answer = _pool().request(
                method,
                f"{self.url}/{path}",
                body=body,
                headers=headers,
                timeout=Timeout(total=SECONDS),
                redirect=False,
                preload_content=False,
            )
            status, content = answer.status, answer.read(LONGEST + 1)
            (answer.close if len(content) > LONGEST else answer.release_conn)()
        except HTTPError:
            raise Unreachable from None
        return status, content


class NoCarrier:
    """What an installation has that is connected to no destination."""

    def reaches(self, way: Way) -> bool:
        """None of them."""
        del way
        return False

    def find(self, way: Way, parcel: str) -> Word | None:
        """Nothing. Raises Unreachable."""
        raise Unreachable(way, parcel)

    def send(self, way: Way, parcel: Parcel) -> Word:
        """Nothing. Raises Unreachable."""
        raise Unreachable(way, parcel.id)


def _read(status: int, content: bytes) -> Word:
    if status not in TOOK or len(content) > LONGEST:
        raise Unreachable
    try:
        return msgspec.json.decode(content, type=Word)
    except msgspec.DecodeError:
        raise Unreachable from None
