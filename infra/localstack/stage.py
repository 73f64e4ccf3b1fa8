"""The stage `local` around a LocalStack: signing keys, issuer, timestamp authority, and the address on papers.

Functions are processes of this machine, so they read the keys from a folder and ask the issuer on the loopback.
"""

import json
from pathlib import Path
from typing import Any, Final, Self

from werkzeug.wrappers import Request, Response

from infra.local import folder as data_folder
from infra.local.authority import MOUNT as TIMESTAMPS
from infra.local.authority import Authority
from infra.local.carriers import MOUNT as CARRIERS
from infra.local.carriers import Carriers
from infra.local.id_app import MOUNT as ID_APP
from infra.local.id_app import IdApp
from infra.local.issuer import MOUNT, OWN_CLIENT, Issuer, token_key
from infra.local.names import HOST
from infra.local.national_portal import MOUNT as NATIONAL_PORTAL
from infra.local.national_portal import NationalPortal
from infra.local.national_store import MOUNT as NATIONAL_STORE
from infra.local.national_store import NationalStore
from infra.local.problems import problem
from infra.local.registers import MOUNT as REGISTERS
from infra.local.registers import Registers
from infra.local.senders import MOUNT as SENDERS
from infra.local.senders import Senders
from infra.local.server import Front, bind
from infra.local.stage import make_keys

AUDIENCE: Final = "motcua"


class Stage:
    """Serves issuer and timestamp authority; sends what asks for `/v1/...` on to the API, as our domain name would."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder).absolute()
        self.url = ""
        self.issuer: Issuer
        self._authority: Authority
        self._registers = Registers()
        self._carriers = Carriers()
        self._senders = Senders()
        self._national_portal = NationalPortal()
        self._id_app = IdApp()
        self._national_store = NationalStore()
        self._front: Front

    def start(self) -> Self:
        """Make keys and secret where they are missing, and begin to serve on a free port."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_keys(data_folder.keys(self.folder))
        listener = bind(0)
        self.url = f"http://{HOST}:{listener.getsockname()[1]}"
        self.issuer = Issuer(self.url + MOUNT, AUDIENCE, self.folder / "issuer.json")
        self._authority = Authority(data_folder.keys(self.folder))
        self._front = Front(listener, self._respond)
        self._front.start()
        kept = self.folder / "parameters.json"
        kept.unlink(missing_ok=True)
        data_folder.write_private(kept, json.dumps(self._parameters()))
        return self

    def stop(self) -> None:
        """Close the port."""
        self._front.stop()

    def _parameters(self) -> dict[str, str]:
        """The app stack's parameters that belong to the stage."""
        return {
            "Stage": "local",
            "Issuer": self.issuer.url,
            "Audience": AUDIENCE,
            "JwksUrl": f"{self.issuer.url}/jwks",
            "TokenKeys": str(token_key(self.folder)),
            "OwnClients": OWN_CLIENT,
            "RegistersUrl": self.url + REGISTERS,
            "RegistersSeconds": "3",
            "DeliveryUrl": self.url + CARRIERS,
            "KeysFolder": str(data_folder.keys(self.folder)),
            "PublicUrl": self.url,
            "SweepDays": "90",
            "TimestampUrl": self.url + TIMESTAMPS,
            "DraftDays": "30",
            "OfficersKnownFrom": "2026-01-01",  # the issuer here gives every officer a number
            "Canary": "false",  # LocalStack has no CodeDeploy
            "TracedShare": "-1",  # it knows no sampling rules
            "PlansByHash": "1",  # no earlier release runs beside it
            "SignatureLevel": "B-LT",
            "StampDays": "365",
            "RetainYears": "0",
            "LockMode": "NONE",
            "MalwareScan": "NONE",
            "ReadsMinutes": "60",
            "ReadsSubjects": "60",
            "ReadsClosed": "10",
            "VaultBytes": "1073741824",
            "VaultDocuments": "1000",
            "DayLimits": "draft=10000,mandate=10000,own_upload=10000,petition=10000",  # its people are few and busy
        }

    def _api(self) -> str:
        """The API's address, once the app stack is there."""
        try:
            return str(json.loads((self.folder / "where.json").read_text("utf-8"))["url"])
        except FileNotFoundError:
            return ""

    def _respond(self, environ: dict[str, Any], start_response: Any) -> Any:
        """WSGI."""
        request = Request(environ)
        if request.path.startswith(f"{MOUNT}/"):
            response = self.issuer.respond(request, request.path.removeprefix(MOUNT), "local")
        elif request.path.startswith(f"{REGISTERS}/"):
            response = self._registers.respond(request, request.path.removeprefix(REGISTERS), "local")
        elif request.path.startswith(f"{CARRIERS}/"):
            response = self._carriers.respond(request, request.path.removeprefix(CARRIERS), "local")
        elif request.path.startswith(f"{SENDERS}/"):
            response = self._senders.respond(request, request.path.removeprefix(SENDERS), "local")
        elif request.path.startswith(f"{NATIONAL_PORTAL}/"):
            response = self._national_portal.respond(request, request.path.removeprefix(NATIONAL_PORTAL), "local")
        elif request.path.startswith(f"{ID_APP}/"):
            response = self._id_app.respond(request, request.path.removeprefix(ID_APP), "local")
        elif request.path.startswith(f"{NATIONAL_STORE}/"):
            response = self._national_store.respond(request, request.path.removeprefix(NATIONAL_STORE), "local")
        elif request.path == TIMESTAMPS:
            response = self._authority.respond(request)
        elif request.path.startswith("/v1/") and (api := self._api()):
            query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
            response = Response(status=307, headers={"Location": f"{api}{request.path}{query}"})
        else:
            response = problem(404, "local")
        return response(environ, start_response)
