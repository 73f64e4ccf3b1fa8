"""A local stage's timestamp authority (RFC 3161) over HTTP, with the test keys of a folder; a test lets it be down."""

import json
from pathlib import Path
from typing import Any, Final

from werkzeug.wrappers import Request, Response

from chalicelib.messages.keys import LocalKeys

MOUNT: Final = "/local/timestamps"
REPLY: Final = "application/timestamp-reply"


class Authority:
    """Stamps what it is asked to, and as a WSGI application too.

    PUT sets how many requests it refuses from now on, as one that is down for a while; GET says how many it refused and
    answered.
    """

    def __init__(self, keys: Path) -> None:
        self._keys = LocalKeys(keys)
        self.refuses = 0
        self.refused = 0
        self.answered = 0

    def respond(self, request: Request) -> Response:
        """The answer to a request."""
        if request.method == "PUT":
            self.refuses = int(request.get_data(as_text=True))
        if request.method != "POST":
            told = {"refuses": self.refuses, "refused": self.refused, "answered": self.answered}
            return Response(json.dumps(told), 200, mimetype="application/json")
        if self.refuses > 0:
            self.refuses -= 1
            self.refused += 1
            return Response(status=503)
        self.answered += 1
        return Response(self._stamped(request.get_data()), 200, mimetype=REPLY)

    def _stamped(self, asked: bytes) -> bytes:
        from asn1crypto.tsp import TimeStampReq

        stamper: Any = self._keys.timestamper()
        answer: bytes = stamper.request_tsa_response(TimeStampReq.load(asked)).dump()
        return answer

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """WSGI."""
        return self.respond(Request(environ))(environ, start_response)
