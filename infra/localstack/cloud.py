"""LocalStack, the stage around it, and both stacks of the product on it."""

import json
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final, Self

from infra.local import folder as data_folder
from infra.local.names import REGION
from infra.localstack.deploy import DeployFailed, Deployer, Stack
from infra.localstack.deployed import Deployed
from infra.localstack.environment import Environment
from infra.localstack.server import LocalStack, running
from infra.localstack.stage import AUDIENCE, Stage
from infra.resources import FUNCTIONS, logical

DATA: Final = "motcua-data"
APP: Final = "motcua-app"
BUILD: Final = Path("build").absolute()
_KINDS: Final = {
    "AWS::DynamoDB::Table": "table",
    "AWS::Events::EventBus": "bus",
    "AWS::S3::Bucket": "bucket",
    "AWS::SQS::Queue": "queue",
    "AWS::StepFunctions::StateMachine": "machine",
}
type Say = Callable[[str], None]


class LocalStackCloud:
    """Once started, `deployed` is the product. A LocalStack that LOCALSTACK_ENDPOINT names is used, not started."""

    def __init__(self, folder: Path, *, build: Path = BUILD, port: int = 0, say: Say = lambda _: None) -> None:
        self.folder = Path(folder).absolute()
        self.server: LocalStack | None = None
        self.stage = Stage(self.folder)
        self.deployed: Deployed
        self.deployer: Deployer
        self._build = build
        self._port = port
        self._say = say
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
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._undo.enter_context(data_folder.locked(self.folder))
        self.deployer = Deployer(running() or self._launch())
        self.stage.start()
        self._undo.callback(self.stage.stop)
        self._said(self.deployer.create(DATA, self._build / "data.json", {}))
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
        data = self.deployer.look(DATA)
        app = self.deployer.create(APP, self._build / "app.json", data.outputs | self.stage.parameters())
        self._said(app)
        self.deployed = Deployed(self._where(data, app))
        self.stage.api = self.deployed.url
        begin = time.monotonic()
        self.deployed.call("catalogue_load", {})
        self.deployed.wait_idle(90)
        self._say(f"catalogue loaded and known everywhere after {time.monotonic() - begin:.1f} s")
        text = json.dumps(self.deployed.where(), indent=1)
        (self.folder / "where.json").write_text(text + "\n", "utf-8")

    def delete_app(self) -> None:
        """Delete the app stack; the data stack stays. Raises: `DeployFailed`."""
        begin = time.monotonic()
        self.deployer.delete(APP)
        self._say(f"{APP}: DELETE_COMPLETE in {time.monotonic() - begin:.1f} s")

    def _said(self, stack: Stack) -> None:
        self._say(f"{stack.name}: CREATE_COMPLETE in {stack.seconds} s, {len(stack.resources)} resources")

    def _where(self, data: Stack, app: Stack) -> dict[str, str]:
        """What `where.json` holds: the keys of the embedded cloud's, and the names only a deployment has."""
        things = data.resources | app.resources
        functions = app.physical("AWS::Lambda::Function")
        return {
            "url": self._api(app),
            "endpoint": self.deployer.endpoint,
            "region": REGION,
            "issuer": self.stage.issuer.url,
            "token": f"{self.stage.issuer.url}/token",
            "audience": AUDIENCE,
            "folder": str(self.folder),
            "pid": str(os.getpid()),
            **{f"{_KINDS[kind]}.{name}": physical for name, (kind, physical) in things.items() if kind in _KINDS},
            **{f"function.{name}": functions[logical(name)] for name in FUNCTIONS},
        }

    def _api(self, app: Stack) -> str:
        apis = list(app.physical("AWS::ApiGateway::RestApi").values())
        if len(apis) != 1:
            raise DeployFailed(f"{APP}: {len(apis)} REST APIs")
        stages = [s["stageName"] for s in self.deployer.client("apigateway").get_stages(restApiId=apis[0])["item"]]
        stage = next(name for name in stages if name != "Stage")  # SAM's own, where a template lets it make one
        return f"{self.deployer.endpoint}/_aws/execute-api/{apis[0]}/{stage}"
