"""Run by a fresh interpreter: what one function, or its library skeleton, costs from the start of the process.

    python child.py MODE FILE      one JSON line, the last of what it prints

FILE is a pickle that `run.py` made: a recording of `record.py` and what to do with it. Nothing of `infra` is imported
here: a function's zip and layers and the bare interpreter are all there is.
"""

import importlib
import io
import json
import os
import pickle
import sys
import time
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any

STARTED = time.process_time()
TOOLS = os.path.realpath(__file__).rpartition(os.sep)[0]
OF_BOTOCORE = {"botocore", "boto3", "s3transfer", "urllib3", "dateutil", "six", "awscrt"}
WARM_SECONDS, WARM_CALLS = 0.3, 200


class Context:
    """What Lambda gives a handler beside the event."""

    function_name = "bench"
    aws_request_id = "00000000-0000-4000-8000-000000000000"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:ap-southeast-1:123456789012:function:bench"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds left."""
        return 29_000


class Aws:
    """AWS below botocore: gives the recorded answers again, in their order for each kind of request."""

    def __init__(self, answers: list[tuple[str, bytes, int, dict[str, str], bytes]], *, endless: bool = False) -> None:
        self.answers, self.left, self.endless = answers, list(answers), endless

    def again(self) -> None:
        """All answers are there again."""
        self.left = list(self.answers)

    def send(self, _session: Any, request: Any) -> Any:
        """Answer instead of the network; endless: the first answer of each kind, again and again."""
        from botocore.awsrequest import AWSResponse
        from botocore.compat import HTTPHeaders
        from urllib3 import HTTPResponse

        target = request.headers.get("X-Amz-Target", b"")
        key = target.decode() if isinstance(target, bytes) and target else str(target or request.method)
        of_kind = [n for n, answer in enumerate(self.left) if answer[0] == key]
        if not of_kind:
            raise RuntimeError(f"nothing was recorded for {key}")
        place = next((n for n in of_kind if self.left[n][1] == request.body), of_kind[0])
        _, _, status, headers, body = self.left[place] if self.endless else self.left.pop(place)
        given = HTTPHeaders()
        for name, value in headers.items():
            given[name] = value
        raw = HTTPResponse(io.BytesIO(body), headers, preload_content=False, enforce_content_length=False)
        return AWSResponse(request.url, status, given, raw)

    def put(self) -> None:
        """Take the place of the network."""
        network: Any = importlib.import_module("botocore.httpsession").URLLib3Session

        def send(session: Any, request: Any) -> Any:
            return self.send(session, request)

        network.send = send


def product(spec: dict[str, Any]) -> Any:
    """The function itself: its handler, imported as Lambda does."""
    module, _, attribute = spec["handler"].rpartition(".")
    return getattr(importlib.import_module(module), attribute)


def _library(name: str, *, alone: bool) -> None:
    """Load a library's module; `alone`: without its package, as the product loads the engine of form rules."""
    if not alone:
        importlib.import_module(name)
        return
    inside = name.rpartition(".")[0].replace(".", os.sep)
    places = [os.path.join(place, inside) for place in sys.path]  # noqa: PTH118 - pathlib would be in the measure
    found = PathFinder.find_spec(name, places)
    assert found is not None
    assert found.loader is not None
    sys.modules[name] = module = module_from_spec(found)
    found.loader.exec_module(module)


def skeleton(spec: dict[str, Any]) -> Any:
    """The same libraries, one Chalice function, one model, a logger, a client and one call of each service."""
    for name in spec["modules"]:
        _library(name, alone=name.partition(".")[0] not in spec["modules"])
    app: Any = importlib.import_module("chalice").Chalice("skeleton", configure_logs=False)
    model: Any = None
    if spec["fields"]:
        model = importlib.import_module("pydantic").create_model(
            "Model", **{f"field_{n}": (str, "") for n in range(spec["fields"])}
        )
    say = _logger(spec)
    session: list[Any] = []

    def work(raw: bytes) -> dict[str, Any]:
        answer: dict[str, Any] = {"done": True}
        if model is not None:
            made = model.model_validate_json(raw or b"{}")
            answer = {"done": made.model_dump_json()}
        for service, operation, given in _firsts(spec):
            if not session:
                session.append(importlib.import_module("botocore.session").get_session())
            session[0].create_client(service)._make_api_call(operation, given)
        say()
        return answer

    event = spec["event"]
    if "httpMethod" in event:

        def view(**_: str) -> dict[str, Any]:
            return work(app.current_request.raw_body)

        app.route(event["resource"], methods=[event["httpMethod"]])(view)
        return app
    if event.get("type") == "TOKEN":
        return app.authorizer(name="work")(lambda _: {})
    return app.lambda_function(name="work")(lambda _event, _context: work(b""))


def _logger(spec: dict[str, Any]) -> Any:
    if not any(name.startswith("aws_lambda_powertools") for name in spec["modules"]):
        return lambda: None
    from aws_lambda_powertools import Logger

    logger = Logger(service="skeleton", level="INFO")
    return lambda: logger.info("request", extra={"status": 200})


def _firsts(spec: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """The first call of each service."""
    seen: dict[str, tuple[str, str, dict[str, Any]]] = {}
    for asked in spec["asked"]:
        seen.setdefault(asked[0], asked)
    return list(seen.values())


def survey() -> dict[str, Any]:
    """What was loaded: modules of libraries beside botocore's, and the fields of our models."""
    roots = {"chalicelib", "app", "__main__", "sitecustomize", "usercustomize"} | OF_BOTOCORE | sys.stdlib_module_names
    names = [n for n in sys.modules if n.partition(".")[0] not in roots]
    fields, todo = 0, [] if "pydantic" not in sys.modules else [sys.modules["pydantic"].BaseModel]
    while todo:
        for kind in todo.pop().__subclasses__():
            todo.append(kind)
            fields += len(kind.model_fields) if kind.__module__.startswith("chalicelib.") else 0
    return {"modules": [n for n in names if getattr(sys.modules[n], "__spec__", None)], "fields": fields}


def stubbed(spec: dict[str, Any]) -> Aws:
    """Put AWS and the issuer's key set in their places."""
    aws = Aws(spec["answers"])
    if spec["asked"]:
        aws.put()
    if spec.get("keys"):
        import urllib.request

        stub: Any = lambda *_, **__: io.BytesIO(spec["keys"])  # noqa: E731 - a name for the stub
        urllib.request.urlopen = stub
    return aws


def cold(mode: str, spec: dict[str, Any]) -> dict[str, Any]:
    """Import and first call, then calls again."""
    text = json.dumps(spec["event"])
    began = time.process_time()
    handler = {"product": product, "skeleton": skeleton, "survey": product}[mode](spec)
    imported = time.process_time()
    aws = stubbed(spec)
    answer = handler(json.loads(text), Context())
    ended = time.process_time()
    if isinstance(answer, dict) and answer.get("statusCode", 200) >= 300:  # noqa: PLR2004 - HTTP says so
        raise RuntimeError(f"{spec['function']} answered {answer}")
    if mode == "survey":
        return survey()
    found = {"cold": (STARTED + ended - began) * 1000, "import": (STARTED + imported - began) * 1000}
    if not os.environ.get("BENCH_WARM"):
        return found
    warm: list[float] = []
    while not warm or (sum(warm) < WARM_SECONDS and len(warm) < WARM_CALLS):
        aws.again()
        event = json.loads(text)
        before = time.process_time()
        handler(event, Context())
        warm.append(time.process_time() - before)
    return found | {"warm": sorted(warm)[len(warm) // 2] * 1000}


def floor(name: str) -> dict[str, Any]:
    """One import alone, from the start of the process; nothing for the interpreter itself."""
    began = time.process_time()
    if name:
        importlib.import_module(name)
    return {"cold": (STARTED + time.process_time() - began) * 1000}


def main(mode: str, file: str) -> None:
    """Do what is asked and say what it cost."""
    sys.path[:] = [place for place in sys.path if os.path.realpath(place) != TOOLS]
    if mode == "floor":
        print(json.dumps(floor(file)))
        return
    with open(file, "rb") as read:  # noqa: PTH123 - pathlib would be charged to the function
        spec = pickle.load(read)
    print("\n" + json.dumps(cold(mode, spec)), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
