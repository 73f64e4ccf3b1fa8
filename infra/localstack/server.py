"""LocalStack as a process: started on a free loopback port, proved to be ours by a word only we know, stopped with us.

    with LocalStack(folder) as cloud:
        ...  # cloud.endpoint; everything it keeps is in folder

LOCALSTACK_ENDPOINT names one that runs already: `running` answers it, nothing is started or stopped.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from infra.local.names import HOST, REGION
from infra.local.server import bind
from infra.localstack.environment import Environment

START_SECONDS: Final = 120
STOP_SECONDS: Final = 15


class NotStarted(RuntimeError):
    """LocalStack did not come up; the text is the end of its log."""


class NotOurs(RuntimeError):
    """Another program answers at the address."""


class LocalStack:
    """A LocalStack of our own; `more` are settings of LocalStack (LAMBDA_RETRY_BASE_DELAY, ...)."""

    def __init__(self, folder: Path, environment: Environment, *, port: int = 0, **more: str) -> None:
        self.folder = Path(folder).absolute()
        self.log = self.folder / "localstack.log"
        self.nonce = secrets.token_hex(16)
        self.endpoint = ""
        self._environment = environment
        self._more = more
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Process id. Raises: `RuntimeError` when it does not run."""
        if self._process is None:
            raise RuntimeError("LocalStack does not run")
        return self._process.pid

    def start(self) -> Self:
        """Start it and wait until it answers with our word. Raises: `NotStarted`, `NotOurs`, `PortBusy`."""
        for part in ("tmp", "layers", "logs", "volume"):
            shutil.rmtree(self.folder / part, ignore_errors=True)
            (self.folder / part).mkdir(parents=True, mode=0o700)
        with contextlib.closing(bind(self._port)) as listener:
            port = listener.getsockname()[1]
            self.endpoint = f"http://{HOST}:{port}"
            with self.log.open("wb") as log:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
                    [str(self._environment.server), "-m", "localstack.runtime.main"],
                    cwd=self.folder,
                    env=self._settings(port, listener.fileno()),
                    pass_fds=[listener.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C is for us: we stop it
                )
        try:
            self._await(time.monotonic() + START_SECONDS)
        except BaseException:
            self.stop()
            raise
        return self

    def _settings(self, port: int, descriptor: int) -> dict[str, str]:
        kept = {k: os.environ[k] for k in ("PATH", "HOME", "LANG", "LC_ALL") if k in os.environ}
        return kept | {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "DISABLE_EVENTS": "1",
            "DNS_ADDRESS": "0",
            "EAGER_SERVICE_LOADING": "0",
            "GATEWAY_LISTEN": f"{HOST}:{port}",
            "GATEWAY_SERVER": "motcua",
            "LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC": "0.3",
            "LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC": "0.2",
            "LAMBDA_RETRY_BASE_DELAY": "1",
            "LAMBDA_RUNTIME_EXECUTOR": "motcua",
            "LOCALSTACK_HOST": f"{HOST}:{port}",
            "LOCALSTACK_VOLUME_DIR": str(self.folder / "volume"),
            "MOTCUA_LAMBDA_PYTHON": str(self._environment.runtime),
            "MOTCUA_LAYERS_FOLDER": str(self.folder / "layers"),
            "MOTCUA_LISTEN_FD": str(descriptor),
            "MOTCUA_LOGS_FOLDER": str(self.folder / "logs"),
            "MOTCUA_NONCE": self.nonce,
            "PROVIDER_OVERRIDE_DYNAMODB": "moto",
            "PROVIDER_OVERRIDE_DYNAMODBSTREAMS": "moto",
            "SQS_DISABLE_CLOUDWATCH_METRICS": "1",
            "SQS_ENDPOINT_STRATEGY": "path",
            "SKIP_SSL_CERT_DOWNLOAD": "1",
            "MOTCUA_TMP_FOLDER": str(self.folder / "tmp"),
            "XDG_CACHE_HOME": str(self._environment.home / "cache"),
            **self._more,
        }

    def _await(self, end: float) -> None:
        assert self._process is not None
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise NotStarted(f"LocalStack ended with {self._process.returncode}:\n{self._tail()}")
            try:
                if self.ours():
                    return
            except OSError:
                time.sleep(0.05)
        raise NotStarted(f"LocalStack did not answer within {START_SECONDS} s:\n{self._tail()}")

    def ours(self) -> bool:
        """Whether the instance that answers is this one. Raises: `NotOurs`, `OSError` when nothing answers."""
        try:
            answer = ask(f"{self.endpoint}/_motcua/instance", seconds=5)
        except urllib.error.HTTPError as error:
            raise NotOurs(f"{self.endpoint} answers {error.code} to a question only ours knows") from None
        if answer != {"nonce": self.nonce, "pid": self.pid}:
            raise NotOurs(f"{self.endpoint} is another instance: {answer}")
        return True

    def _tail(self) -> str:
        return self.log.read_text("utf-8", errors="replace")[-3000:]

    def stop(self) -> None:
        """End it: its functions end with it. Harmless when it does not run."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def ask(url: str, *, seconds: float = 30) -> Any:
    """The JSON at an address. Raises: `OSError` (`urllib.error.HTTPError` for a refusal)."""
    with urllib.request.urlopen(url, timeout=seconds) as answer:  # noqa: S310 - our own loopback
        return json.load(answer)


def running() -> str | None:
    """The endpoint of a LocalStack that runs already, as LOCALSTACK_ENDPOINT names it. Raises: `NotOurs`."""
    endpoint = os.environ.get("LOCALSTACK_ENDPOINT", "").rstrip("/")
    if not endpoint:
        return None
    try:
        ask(f"{endpoint}/_localstack/info")
    except (OSError, ValueError) as error:
        raise NotOurs(f"no LocalStack at LOCALSTACK_ENDPOINT={endpoint}: {error}") from None
    return endpoint
