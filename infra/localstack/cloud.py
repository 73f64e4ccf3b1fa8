"""LocalStack, the stage around it, and the product on it."""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from infra.local import folder as data_folder
from infra.localstack.environment import Environment
from infra.localstack.product import BUILD, Product, Say
from infra.localstack.server import LocalStack, running
from infra.localstack.stage import Stage

if TYPE_CHECKING:
    from infra.localstack.deployed import Deployed


class LocalStackCloud:
    """Once started, `deployed` is the product. A LocalStack that LOCALSTACK_ENDPOINT names is used, not started."""

    def __init__(self, folder: Path, *, build: Path = BUILD, port: int = 0, say: Say = lambda _: None) -> None:
        self.folder = Path(folder).absolute()
        self.server: LocalStack | None = None
        self.deployed: Deployed
        self._build = build
        self._port = port
        self._say = say
        self._undo = ExitStack()

    def start(self) -> Self:
        """Start, deploy, publish the shipped procedures. Raises: `NotStarted`, `NotOurs`, `DeployFailed`."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def _start(self) -> None:
        self._undo.enter_context(data_folder.locked(self.folder))
        (self.folder / "where.json").unlink(missing_ok=True)
        endpoint = running() or self._launch()
        stage = Stage(self.folder).start()
        self._undo.callback(stage.stop)
        product = Product(endpoint, self.folder, self._build, self._say)
        product.deploy_data()
        self.deployed = product.deploy_app()

    def _launch(self) -> str:
        environment = Environment().ensure(self._say)
        begin = time.monotonic()
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
