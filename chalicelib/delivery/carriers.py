"""Destinations behind a gateway that speaks our small JSON shape (docs/how-to/connect-a-destination.md), over HTTPS.

No wire of the national ID app is published: an installation puts a translation between it and this. What is sent is
personal data and never logged; of a failure only which destination it was.
"""

from dataclasses import dataclass
from http import HTTPStatus

import msgspec

from chalicelib.contracts.delivery import Way
from chalicelib.delivery.gateway import asked, taken
from chalicelib.delivery.model import Word
from chalicelib.delivery.ports import Parcel, Unreachable


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
        status, content = asked(f"{self.url}/{way}/parcels/{parcel}", self.key, "GET")
        return None if status == HTTPStatus.NOT_FOUND else _read(status, content)

    def send(self, way: Way, parcel: Parcel) -> Word:
        """Give a parcel to a destination."""
        return _read(*asked(f"{self.url}/{way}/parcels", self.key, "POST", msgspec.json.encode(parcel)))


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
    try:
        return msgspec.json.decode(taken(status, content), type=Word)
    except msgspec.DecodeError:
        raise Unreachable from None
