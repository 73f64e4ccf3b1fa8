"""The stacks of the product at one endpoint: data and work once, the app and what watches it as often as one likes.

It works from a folder in which a stage left `parameters.json`; it leaves `where.json` there.
"""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from botocore.config import Config

from infra.build.stacks import Deployer, DeployFailed, Stack, names_of
from infra.local import folder as data_folder
from infra.local.names import REGION
from infra.local.stage import register_signers
from infra.localstack.clients import clients
from infra.localstack.deployed import Deployed

DATA: Final = "motcua-data"
WORK: Final = "motcua-work"
APP: Final = "motcua-app"
WATCH: Final = "motcua-watch"
BUILD: Final = Path(os.environ.get("MOTCUA_BUILD") or Path(__file__).parents[2] / "build")
type Say = Callable[[str], None]
PORTAL: Final = "https://portal.example"
"""The one portal whose pages may upload here."""


class Stacks(Deployer):
    """Stacks of a LocalStack; `endpoint` is its address."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        super().__init__(region=REGION)

    def client(self, service: str) -> Any:
        """A client of it. A function that is slow is not called twice."""
        patient = Config(retries={"max_attempts": 1}, read_timeout=300)
        return clients(self.endpoint, REGION).client(service, config=patient)


class Product:
    """What is packaged in `build`, at an endpoint."""

    def __init__(self, endpoint: str, folder: Path, build: Path = BUILD, say: Say = lambda _: None) -> None:
        self.deployer = Stacks(endpoint)
        self._folder = folder
        self._build = build
        self._say = say

    def deploy_data(self) -> None:
        """Create the data stack, and the stack of what waits. Raises: `DeployFailed`."""
        data = self.deployer.create(DATA, self._template("data"), {"PortalOrigins": PORTAL})
        self._said(data)
        self._said(self.deployer.create(WORK, self._template("work"), data.outputs))

    def deploy_app(self) -> Deployed:
        """Create the app stack and what watches it, load the catalogue, write `where.json`. Raises: `DeployFailed`."""
        stage: dict[str, str] = json.loads((self._folder / "parameters.json").read_text("utf-8"))
        data, work = self.deployer.look(DATA), self.deployer.look(WORK)
        taken = data.outputs | work.outputs | stage
        app = self.deployer.create(APP, self._template("app"), taken)
        self._said(app)
        self._said(self.deployer.create(WATCH, self._template("watch"), taken | app.outputs))
        where = self._where(names_of(data, work, app), app, stage)
        beside = self._folder / "where.json.new"
        beside.write_text(json.dumps(where, indent=1) + "\n", "utf-8")
        beside.replace(self._folder / "where.json")
        register_signers(data_folder.keys(self._folder), where)
        deployed, begin = Deployed(where), time.monotonic()
        deployed.call("catalogue_load", {})
        deployed.wait_idle()
        self._say(f"catalogue loaded and known everywhere after {time.monotonic() - begin:.1f} s")
        return deployed

    def delete_app(self) -> None:
        """Delete the app stack and what watches it; data and work stay. Raises: `DeployFailed`."""
        for name in (WATCH, APP):
            begin = time.monotonic()
            self.deployer.delete(name)
            self._say(f"{name}: DELETE_COMPLETE in {time.monotonic() - begin:.1f} s")

    def _template(self, name: str) -> Path:
        file = self._build / f"{name}.json"
        if not file.exists():
            raise DeployFailed(f"{file} is not there: make package")
        return file

    def _said(self, stack: Stack) -> None:
        self._say(f"{stack.name}: CREATE_COMPLETE in {stack.seconds} s, {len(stack.resources)} resources")

    def _where(self, names: dict[str, str], app: Stack, stage: dict[str, str]) -> dict[str, str]:
        """What `where.json` holds: the keys of the embedded cloud's, and the names only a deployment has."""
        return {
            "url": self._api(app),
            "endpoint": self.deployer.endpoint,
            "region": REGION,
            "issuer": stage["Issuer"],
            "token": f"{stage['Issuer']}/token",
            "audience": stage["Audience"],
            "timestamps": stage["TimestampUrl"],
            "folder": str(self._folder),
            "pid": str(os.getpid()),
            **names,
        }

    def _api(self, app: Stack) -> str:
        apis = list(app.physical("AWS::ApiGateway::RestApi").values())
        if len(apis) != 1:
            raise DeployFailed(f"{APP}: {len(apis)} REST APIs")
        stages = [s["stageName"] for s in self.deployer.client("apigateway").get_stages(restApiId=apis[0])["item"]]
        stage = next(name for name in stages if name != "Stage")  # SAM's own, where a template lets it make one
        return f"{self.deployer.endpoint}/_aws/execute-api/{apis[0]}/{stage}"
