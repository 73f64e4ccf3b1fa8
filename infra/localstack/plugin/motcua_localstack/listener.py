"""The HTTP server on a socket made by whoever starts LocalStack, and a word that proves which instance answers.

Stock `TwistedRuntimeServer.register` binds every interface whatever GATEWAY_LISTEN says (`TODO: interface = host?`).
Here the parent binds 127.0.0.1 and hands the socket over in MOTCUA_LISTEN_FD: no other interface, no race for the port.
"""

import json
import os
import socket
import tempfile
from typing import Any

from localstack import config
from localstack.http import Request, Response, route
from localstack.runtime import hooks
from localstack.runtime.server.core import RuntimeServerPlugin
from localstack.runtime.server.twisted import TwistedRuntimeServer
from localstack.services.edge import ROUTER
from rolo.gateway import Gateway
from rolo.serving.twisted import TwistedGateway
from twisted.internet import reactor

PATH = "/_motcua/instance"


class LoopbackServer(TwistedRuntimeServer):
    """Serves the socket of MOTCUA_LISTEN_FD and nothing else."""

    def register(self, gateway: Gateway, listen: list[config.HostAndPort], ssl_creds: Any = None) -> None:
        """Take over the socket. Raises: `KeyError`, `ValueError` when it is not a loopback address."""
        del listen, ssl_creds  # the socket says where; there is no TLS on the loopback
        descriptor = int(os.environ["MOTCUA_LISTEN_FD"])
        with socket.socket(fileno=os.dup(descriptor)) as bound:
            host = bound.getsockname()[0]
            bound.setblocking(False)  # noqa: FBT003 - socket's signature
        if not host.startswith("127."):
            raise ValueError(f"not a loopback address: {host}")
        reactor.adoptStreamPort(descriptor, socket.AF_INET, TwistedGateway(gateway))


class LoopbackServerPlugin(RuntimeServerPlugin):
    """GATEWAY_SERVER=motcua."""

    name = "motcua"

    def load(self, *_: Any, **__: Any) -> LoopbackServer:
        """The server."""
        return LoopbackServer()


@hooks.on_infra_start()
def keep_to_own_folder() -> None:
    """What LocalStack puts into /tmp (functions' code) belongs to this instance; it calls TMPDIR deprecated."""
    tempfile.tempdir = os.environ["MOTCUA_TMP_FOLDER"]


@hooks.on_infra_start()
def say_which_instance() -> None:
    """GET /_motcua/instance answers the word that this instance was started with."""
    body = json.dumps({"nonce": os.environ.get("MOTCUA_NONCE", ""), "pid": os.getpid()})

    @route(PATH, methods=["GET"])
    def instance(request: Request) -> Response:
        del request
        return Response(body, 200, mimetype="application/json")

    ROUTER.add(instance)
