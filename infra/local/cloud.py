"""The local cloud: moto, our functions, the HTTP side and a journal in this process, for `motcua serve` and for tests.

    with LocalCloud(Path(".local")) as cloud:
        ...  # cloud.url, cloud.endpoint; boto3 clients made from now on find it by the environment

One at a time in a process; after `stop` another one may start, with the same folder or another. Everything binds the
loopback. Do not use moto's `mock_aws` while one runs: it empties moto.
"""

import contextlib
import importlib
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data

from chalicelib.dossier import numbers
from chalicelib.kernel.settings import NOBODY, PUBLIC_URL
from chalicelib.sealing.door import ring
from infra.local import folder as data_folder
from infra.local import server, shims
from infra.local.bootstrap import Bootstrap
from infra.local.carriers import MOUNT as CARRIERS
from infra.local.carriers import Carriers
from infra.local.delivery import Delivery
from infra.local.folder import FolderBusy
from infra.local.functions import Functions
from infra.local.gateway import Gateway, Others
from infra.local.id_app import MOUNT as ID_APP
from infra.local.id_app import IdApp
from infra.local.intrinsics import Names
from infra.local.issuer import LIFETIME, MOUNT, OWN_CLIENT, TOKEN_TYPE, Issuer, token_key
from infra.local.journal import Journal
from infra.local.names import HOST, REGION, physical
from infra.local.national_portal import MOUNT as NATIONAL_PORTAL
from infra.local.national_portal import NationalPortal
from infra.local.national_store import MOUNT as NATIONAL_STORE
from infra.local.national_store import NationalStore
from infra.local.parked import lying
from infra.local.registers import MOUNT as REGISTERS
from infra.local.registers import Registers
from infra.local.senders import MOUNT as SENDERS
from infra.local.senders import Senders
from infra.local.server import PortBusy
from infra.local.shims import dynamodb, kms, s3, stepfunctions
from infra.stack import resources as product
from infra.stack.former import FORMER
from infra.stack.functions import FUNCTIONS, Function
from infra.stack.parameters import ENVIRONMENT

__all__ = ["AlreadyRunning", "FolderBusy", "LocalCloud", "NotIdle", "PortBusy"]

AUDIENCE = "motcua"
STOPPED = "the local cloud does not run"


class AlreadyRunning(RuntimeError):
    """A local cloud runs in this process; moto's state is global, so there is one at a time."""


class NotIdle(TimeoutError):
    """The cloud still worked when the time was over."""


class LocalCloud:
    """A cloud with its data in `folder` (mode 0700, made when missing).

    `port` 0 takes a free one. `functions`, `resources`, `environment` default to the product's; `application` is the
    dotted name of the Chalice app. `openapi` and `docs` are served when given; `on_ready` is called with the
    cloud at the end of `start`: until it is done, the API and `/health` answer 503, and no `where.json` is written.
    Unless it is `clocked` no schedule calls anything: whoever needs what the clock does calls the function.
    """

    current: ClassVar["LocalCloud | None"] = None
    """The one that runs in this process."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        functions: Mapping[str, Function] = FUNCTIONS,
        resources: Mapping[str, Any] = product.RESOURCES,
        environment: Mapping[str, Any] = ENVIRONMENT,
        application: str = "app.app",
        openapi: Callable[[], Mapping[str, Any] | str] | None = None,
        docs: Path | None = None,
        on_ready: Callable[["LocalCloud"], object] | None = None,
        clocked: bool = True,
    ) -> None:
        self.folder = Path(folder).absolute()
        self.url = ""
        self.endpoint = ""
        self.functions = Functions(functions)
        self.registers = Registers()
        self.carriers = Carriers()
        self.senders = Senders()
        self.national_portal = NationalPortal()
        self.id_app = IdApp()
        self.national_store = NationalStore()
        self._port = port
        self._resources = resources
        self._environment = environment
        self._application = application
        self._openapi = openapi
        self._docs = docs
        self._on_ready, self._clocked = on_ready, clocked
        self._ready = False
        self._undo = contextlib.ExitStack()
        self._journal: Journal | None = None
        self._issuer: Issuer | None = None
        self._driving = threading.Event()

    # --- life ------------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Start, with what the folder holds. Raises: `AlreadyRunning`, `PortBusy`, `FolderBusy`, `BadResources`."""
        if LocalCloud.current is not None:
            raise AlreadyRunning(f"a local cloud runs in this process: {LocalCloud.current.folder}")
        LocalCloud.current = self
        try:
            self._start()
            if self._on_ready:
                self._on_ready(self)
            self._ready = True
            where = json.dumps(self.where(), indent=1)
            with open(self.folder / "where.json", "w", encoding="utf-8", opener=data_folder.private) as file:
                file.write(where + "\n")
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop; what was not delivered and what was running goes on at the next start. Harmless when not started."""
        self._ready = False
        try:
            self._undo.close()
        finally:
            self._journal = None
            if LocalCloud.current is self:
                LocalCloud.current = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _start(self) -> None:
        undo = self._undo
        undo.enter_context(data_folder.locked(self.folder))
        listener = server.bind(self._port)
        undo.callback(listener.close)
        self._port = listener.getsockname()[1]  # a later start of this cloud keeps its address
        self.url = f"http://{HOST}:{self._port}"
        os.environ.setdefault("AWS_ACCESS_KEY_ID", "test")  # before moto: it makes a boto session of its own
        os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")

        journal = self._journal = Journal(self.folder / "journal.sqlite")
        undo.callback(journal.close)
        journal.readdress({old: new for old, new in FORMER.items() if old not in self.functions.declared})
        names = Names(self._resources, self.functions.declared, self._parameters())
        bootstrap = Bootstrap(self._resources, self.functions.declared, names)
        mappings, works, schedules = bootstrap.streams(), bootstrap.works(), bootstrap.schedules()
        _reset()
        shims.install(journal, self.functions, mappings, works)
        undo.callback(_leave)
        self.endpoint = server.moto_endpoint()
        self._set_environment(names.resolve(dict(self._environment)))
        bootstrap.create()
        dynamodb.restore(shims.SITE)
        s3.restore(shims.SITE)
        kms.restore(data_folder.sealing_key(self.folder))
        journal.live = True

        delivery = Delivery(journal, self.functions, mappings, schedules if self._clocked else (), works)
        undo.callback(delivery.stop)
        front = server.Front(listener, self._gateway())
        front.start()
        undo.callback(front.stop)
        self._driving.clear()
        threading.Thread(target=self._drive, args=(journal, delivery), name="motcua-redrive", daemon=True).start()
        undo.callback(self._driving.wait, 30.0)

    def _drive(self, journal: Journal, delivery: Delivery) -> None:
        """Executions first: a message may find its execution still to be driven."""
        try:
            stepfunctions.redrive(journal)
            delivery.start()
        except Exception:
            logging.getLogger(__name__).exception("the local cloud cannot go on with what was running")
        finally:
            self._driving.set()

    def _parameters(self) -> dict[str, str]:
        issuer = self.url + MOUNT
        self._issuer = Issuer(issuer, AUDIENCE, self.folder / "issuer.json")
        return {
            "Stage": "local",
            "Issuer": issuer,
            "Audience": AUDIENCE,
            "JwksUrl": f"{issuer}/jwks",
            "OtherIssuers": NOBODY,
            "TokenKeys": str(token_key(self.folder)),
            "ExchangeSeconds": "300",
            "TokenTypes": TOKEN_TYPE,
            "TokenLifetime": str(LIFETIME),
            "RegistersUrl": self.url + REGISTERS,
            "RegistersSeconds": "3",
            "DeliveryUrl": self.url + CARRIERS,
            "NationalPortal": NOBODY,
            "IdApp": NOBODY,
            "NationalStore": NOBODY,
            "Notices": NOBODY,  # none leaves the portal, as in a stage that says nothing
            "PortalIds": NOBODY,
            "OwnClients": OWN_CLIENT,
            "OfficersKnownFrom": "2026-01-01",  # the issuer here gives every officer a number
            "Secret": data_folder.secret(self.folder),
            "KeysFolder": str(data_folder.keys(self.folder)),
            "PublicUrl": self.url,
            "AnchorKeyArn": str(data_folder.anchor_key(self.folder)),
            "SweepDays": "90",
            "SealingKeyArn": kms.ARN,
            "SealingSeconds": "300",
            "DraftDays": "30",
            "DrivenLegs": "1",  # a developer sees the state machine at work
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

    def _set_environment(self, ours: Mapping[str, str]) -> None:
        """Set the environment of the functions and of boto3; `stop` puts back what was there."""
        settings = {**ours, "AWS_ENDPOINT_URL": self.endpoint, "AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION}
        settings[PUBLIC_URL.name] = self.url  # the gateway's own refusals name their page by it, whatever the app asks
        before = {name: os.environ.get(name) for name in settings}
        os.environ.update(settings)

        def restore() -> None:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

        self._undo.callback(restore)

    def _gateway(self) -> Gateway:
        module, _, name = self._application.rpartition(".")
        app = getattr(importlib.import_module(module), name)
        assert self._issuer is not None
        return Gateway(
            app,
            self.functions,
            self._issuer,
            self.registers,
            ready=lambda: self._ready,
            health=self.health,
            openapi=self._openapi,
            docs=self._docs,
            others=Others(self.carriers, self.senders, self.national_portal, self.id_app, self.national_store),
        )

    # --- what it says about itself ---------------------------------------------------------------------------

    @property
    def journal(self) -> Journal:
        """The journal of the running cloud. Raises: `RuntimeError` when it does not run."""
        if self._journal is None:
            raise RuntimeError(STOPPED)
        return self._journal

    def where(self) -> dict[str, str]:
        """Addresses and names, as in `where.json`. Raises: `RuntimeError` when it does not run."""
        kinds = {"AWS::DynamoDB::Table": "table", "AWS::S3::Bucket": "bucket", "AWS::Events::EventBus": "bus"}
        things = {
            f"{kinds[r['Type']]}.{name}": physical(name) for name, r in self._resources.items() if r["Type"] in kinds
        }
        if self._journal is None:  # its endpoint answers on, as moto does without our shims
            raise RuntimeError(STOPPED)
        issuer = self.url + MOUNT
        return {
            "url": self.url,
            "endpoint": self.endpoint,
            "region": REGION,
            "issuer": issuer,
            "token": f"{issuer}/token",
            "registers": self.url + REGISTERS,
            "carriers": self.url + CARRIERS,
            "senders": self.url + SENDERS,
            "national_portal": self.url + NATIONAL_PORTAL,
            "id_app": self.url + ID_APP,
            "national_store": self.url + NATIONAL_STORE,
            "audience": AUDIENCE,
            "folder": str(self.folder),
            "key.SealingKey": kms.ARN,
            "pid": str(os.getpid()),
            **things,
        }

    def token(self, sub: str, kind: str, **claims: Any) -> str:
        """A bearer token of the local issuer. Raises: `ValueError`."""
        if self._issuer is None:
            raise RuntimeError("the local cloud does not run")
        return self._issuer.token(sub, kind, **claims)

    def health(self) -> dict[str, Any]:
        """What `/health` answers."""
        waiting, parked = self.messages_left(), len(self.parked())
        status = "ok" if self._ready else "starting"
        return {"status": status, "moto": shims.MOTO, "messages": waiting, "idle": self._idle(), "parked": parked}

    def messages_left(self) -> int:
        """Messages not yet delivered; parked ones are not among them."""
        return self.journal.count("stream", "target")

    def parked(self) -> list[dict[str, Any]]:
        """Messages given up, oldest first: id, source, function, error (type and text), tries, body."""
        rows = self.journal.all(
            "SELECT id, source, target, error, tries, body FROM message WHERE kind='parked' ORDER BY id"
        )
        found = [dict(zip(("id", "source", "function", "error", "tries", "body"), row, strict=True)) for row in rows]
        return found + lying(shims.SITE.mappings)

    def executions(self, of: str = "OneStop") -> list[dict[str, Any]]:
        """Every execution of a machine that there ever was: machine, name, input, status, output."""
        rows = self.journal.all("SELECT machine, name, input, status, output FROM execution ORDER BY name")
        return [
            {
                "machine": machine.rpartition(":")[2],
                "name": name,
                "input": json.loads(given),
                "status": status,
                "output": json.loads(output) if output else None,
            }
            for machine, name, given, status, output in rows
            if machine.rpartition(":")[2] == of
        ]

    def wait_idle(self, seconds: float = 120.0) -> None:
        """Wait until nothing is undelivered, no function runs, every machine waits for a token. Raises: `NotIdle`."""
        journal, end = self.journal, time.monotonic() + seconds
        while True:
            seen = journal.commits
            if self._idle() and journal.commits == seen:  # nothing came from where it had been looked already
                return
            if time.monotonic() > end:
                raise NotIdle(f"{self.messages_left()} messages left, {self.functions.running} functions running")
            journal.wait(seen, 0.01)

    def wait_delivered(self, table: str, *functions: str, seconds: float = 600.0) -> None:
        """Wait until everything that a table tells is delivered, and these functions have heard it, whatever else is
        left to do. Raises: `NotIdle`.
        """
        journal, end = self.journal, time.monotonic() + seconds
        of_table = "SELECT count(*) FROM message WHERE kind='stream' AND source=?"
        of_function = "SELECT count(*) FROM message WHERE kind='target' AND target=?"
        asked = [(of_table, table), *((of_function, name) for name in functions)]
        while left := sum(int(journal.all(query, name)[0][0]) for query, name in asked):
            if time.monotonic() > end:
                raise NotIdle(f"{left} messages of {table} left")
            journal.wait(journal.commits, 0.01)

    def _idle(self) -> bool:
        return (
            self._driving.is_set()
            and self.functions.running == 0
            and self.messages_left() == 0
            and stepfunctions.resting()
        )


def _leave() -> None:
    shims.leave()
    _reset()


def _reset() -> None:
    """Empty moto, and forget keys and serials of dossiers: they belong to a cloud that is gone."""
    ring().forget()
    numbers.forget()
    BackendDict.reset()
    reset_model_data()
