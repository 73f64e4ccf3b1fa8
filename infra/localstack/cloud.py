"""The product on LocalStack: with the face of the embedded cloud, so that the same journeys run on it.

What only the embedded cloud has (`journal`, `functions`, ...) raises `NotHere` when asked for.
"""

import json
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, NoReturn, Self

from infra.local import folder as data_folder
from infra.local.cloud import NotIdle
from infra.local.names import REGION
from infra.localstack.deploy import DeployFailed, Deployer, Stack
from infra.localstack.environment import Environment
from infra.localstack.server import LocalStack, ask, running
from infra.localstack.stage import AUDIENCE, Stage
from infra.resources import FUNCTIONS, logical

DATA: Final = "motcua-data"
APP: Final = "motcua-app"
BUILD: Final = Path("build").absolute()
QUIET: Final = 2.0
"""Seconds without a call or a stream record after which nothing is taken to be on its way: a stream is read 5 times a
second, and what failed is tried again after one and after two seconds."""
_KINDS: Final = {"AWS::DynamoDB::Table": "table", "AWS::S3::Bucket": "bucket", "AWS::Events::EventBus": "bus"}
type Say = Callable[[str], None]


class NotHere(AttributeError):
    """Something of the embedded cloud that a deployed one does not have."""


class LocalStackCloud:
    """LocalStack, the stage around it and both stacks. One that LOCALSTACK_ENDPOINT names is used, not started."""

    def __init__(self, folder: Path, *, build: Path = BUILD, port: int = 0, say: Say = lambda _: None) -> None:
        self.folder = Path(folder).absolute()
        self.server: LocalStack | None = None
        self.stage = Stage(self.folder)
        self.data = self.app = Stack("", 0.0, {})
        self._build = build
        self._port = port
        self._say = say
        self._endpoint = ""
        self._undo = ExitStack()

    # --- life ------------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Start, deploy, publish the shipped procedures. Raises: `NotStarted`, `NotOurs`, `DeployFailed`."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def _start(self) -> None:
        os.environ.setdefault("AWS_ACCESS_KEY_ID", "test")  # the story's clients name no keys
        os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")
        self._undo.enter_context(data_folder.locked(self.folder))
        self._endpoint = running() or self._launch()
        self.stage.start()
        self._undo.callback(self.stage.stop)
        self.deployer = Deployer(self._endpoint)
        self.data = self.deployer.create(DATA, self._build / "data.json", {})
        self._say(f"{DATA}: CREATE_COMPLETE in {self.data.seconds} s, {len(self.data.resources)} resources")
        self.deploy_app()

    def _launch(self) -> str:
        begin = time.monotonic()
        environment = Environment().ensure(self._say)
        self.server = LocalStack(self.folder, environment, port=self._port).start()
        self._undo.callback(self.server.stop)
        self._say(f"LocalStack: {self.server.endpoint}, ours, after {time.monotonic() - begin:.1f} s")
        return self.server.endpoint

    def stop(self) -> None:
        """Stop what was started here."""
        self._undo.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def deploy_app(self) -> None:
        """Create the app stack, load the catalogue, write `where.json`. Raises: `DeployFailed`."""
        parameters = self.data.outputs | self.stage.parameters()
        self.app = self.deployer.create(APP, self._build / "app.json", parameters)
        self._say(f"{APP}: CREATE_COMPLETE in {self.app.seconds} s, {len(self.app.resources)} resources")
        self.stage.api = self.url
        self.call("catalogue_load", {})
        self.wait_idle(90)
        (self.folder / "where.json").write_text(json.dumps(self.where(), indent=1) + "\n", "utf-8")

    def delete_app(self) -> None:
        """Delete the app stack; the data stack stays. Raises: `DeployFailed`."""
        self.deployer.delete(APP)

    # --- what it says about itself ---------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """The API's address at API Gateway. Raises: `DeployFailed` when there is not exactly one API."""
        apis = list(self.app.physical("AWS::ApiGateway::RestApi").values())
        if len(apis) != 1:
            raise DeployFailed(f"{APP}: {len(apis)} REST APIs")
        (stage,) = self.deployer.client("apigateway").get_stages(restApiId=apis[0])["item"]
        return f"{self._endpoint}/_aws/execute-api/{apis[0]}/{stage['stageName']}"

    def where(self) -> dict[str, str]:
        """Addresses and names, as of the embedded cloud, and the physical name of each function."""
        things = self.data.resources | self.app.resources
        names = {f"{_KINDS[kind]}.{name}": physical for name, (kind, physical) in things.items() if kind in _KINDS}
        return {
            "url": self.url,
            "endpoint": self._endpoint,
            "region": REGION,
            "issuer": self.stage.issuer.url,
            "token": f"{self.stage.issuer.url}/token",
            "audience": AUDIENCE,
            "folder": str(self.folder),
            "pid": str(os.getpid()),
            **names,
            **{f"function.{name}": self.function(name) for name in FUNCTIONS},
        }

    def function(self, name: str) -> str:
        """The physical name of a function of `FUNCTIONS`."""
        return self.app.physical("AWS::Lambda::Function")[logical(name)]

    def call(self, name: str, event: Any) -> Any:
        """Call a function and answer what it returns. Raises: `RuntimeError` with its error."""
        client = self.deployer.client("lambda")
        out = client.invoke(FunctionName=self.function(name), Payload=json.dumps(event))
        answer = json.load(out["Payload"])
        if out.get("FunctionError"):
            raise RuntimeError(f"{name}: {answer}")
        return answer

    def token(self, sub: str, kind: str, **claims: Any) -> str:
        """A bearer token of the local issuer. Raises: `ValueError`."""
        return self.stage.issuer.token(sub, kind, **claims)

    def activity(self) -> dict[str, Any]:
        """What our plug-in tells: running calls, calls and failures by function, seconds of quiet."""
        told: dict[str, Any] = ask(f"{self._endpoint}/_motcua/activity")
        return told

    def executions(self) -> list[dict[str, Any]]:
        """Every execution: machine, name, input, status, output."""
        client, found = self.deployer.client("stepfunctions"), []
        for machine in self.app.physical("AWS::StepFunctions::StateMachine").values():
            for page in client.get_paginator("list_executions").paginate(stateMachineArn=machine):
                for run in page["executions"]:
                    told = client.describe_execution(executionArn=run["executionArn"])
                    found.append(
                        {
                            "machine": machine.rpartition(":")[2],
                            "name": run["name"],
                            "input": json.loads(told["input"]),
                            "status": run["status"],
                            "output": json.loads(told["output"]) if told.get("output") else None,
                        }
                    )
        return sorted(found, key=lambda run: run["name"])

    def wait_idle(self, seconds: float = 60.0) -> None:
        """Wait until no function runs and none was called for a while. Raises: `NotIdle`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            told = self.activity()
            if not told["running"] and told["quiet"] >= QUIET:
                return
            time.sleep(0.1 if told["running"] else min(0.5, max(0.05, QUIET - told["quiet"])))
        raise NotIdle(f"running: {told['running']}, quiet for {told['quiet']} s")

    def __getattr__(self, name: str) -> NoReturn:
        raise NotHere(f"only the embedded cloud has {name!r}")
