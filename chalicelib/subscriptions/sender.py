"""Post to a receiver: its name is resolved once an attempt, all its addresses are judged, and one of them is used.

So a name that answers otherwise the second time (DNS rebinding) leads nowhere, and nobody is redirected.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException, HTTPSConnection
from typing import Final

from chalicelib.subscriptions.ports import Answer
from chalicelib.subscriptions.targets import Target, TargetRefused, is_public, target_of

SECONDS: Final = 15.0
"""For a connection and for an answer; and for both together, however slowly somebody answers."""
PORT: Final = 443

type Resolve = Callable[[str], Sequence[str]]
type Dial = Callable[[str, float], socket.socket]


def resolved(host: str) -> Sequence[str]:
    """All addresses of a name, of both kinds, each once. Raises OSError."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def dialled(address: str, seconds: float) -> socket.socket:
    """A connection to that very address. Raises OSError."""
    return socket.create_connection((address, PORT), timeout=seconds)


class Pinned(HTTPSConnection):
    """A connection for a name over a socket to an address that was judged."""

    def __init__(self, host: str, context: ssl.SSLContext, open_socket: Callable[[], socket.socket]) -> None:
        super().__init__(host, PORT, timeout=SECONDS, context=context)
        self._tls, self._open = context, open_socket

    def connect(self) -> None:
        """TLS with the receiver's name: its certificate must be of that name."""
        self.sock = self._tls.wrap_socket(self._open(), server_hostname=self.host)


class Https:
    """A sender over the Internet. `resolve`, `dial` and `context` are the world's, or a test's."""

    def __init__(
        self, resolve: Resolve = resolved, dial: Dial = dialled, context: ssl.SSLContext | None = None
    ) -> None:
        self._resolve, self._dial = resolve, dial
        self._context = context or ssl.create_default_context()

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The receiver's status; 0 with the reason when there is none, or when its address is no public one."""
        try:
            target = target_of(url)
            address = self._judged(target)
        except TargetRefused as refused:
            return Answer(0, refused.rule)
        connection = Pinned(target.host, self._context, lambda: self._dial(address, SECONDS))
        watch = threading.Timer(SECONDS, lambda: _cut(connection))
        watch.daemon = True
        watch.start()
        try:
            connection.request("POST", target.path, body=body, headers=dict(headers))
            return Answer(connection.getresponse().status)
        except (OSError, HTTPException, ValueError, AttributeError) as error:
            return Answer(0, type(error).__name__)
        finally:
            watch.cancel()
            connection.close()

    def _judged(self, target: Target) -> str:
        """The address to connect to. Raises TargetRefused: `unresolved`, `address`."""
        try:
            addresses = self._resolve(target.host)
        except (OSError, UnicodeError):
            raise TargetRefused("unresolved") from None
        if not addresses or not all(is_public(each) for each in addresses):
            raise TargetRefused("address")
        return addresses[0]


def _cut(connection: HTTPSConnection) -> None:
    """End a connection whose time is over: a receiver that answers byte by byte would hold it for ever."""
    found = connection.sock
    if found is not None:
        try:
            found.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
