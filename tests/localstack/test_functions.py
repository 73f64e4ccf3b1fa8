"""Functions on LocalStack run as in AWS: their zip, their layers, an interpreter with two libraries, nothing else."""

import io
import json
import subprocess
import sys
import textwrap
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.demo import story

ROLE = "arn:aws:iam::000000000000:role/any"
RUNTIME = {"awslambdaric", "boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "simplejson", "six"}
RUNTIME |= {"snapshot-restore-py", "urllib3"}


def archive(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name, textwrap.dedent(text))
    return out.getvalue()


@pytest.fixture(scope="session")
def layer(client) -> Callable[..., str]:
    def publish(**files: str) -> str:
        content = {"ZipFile": archive({k.replace("__", "/"): v for k, v in files.items()})}
        name = f"layer-{uuid.uuid4().hex[:8]}"
        return client("lambda").publish_layer_version(LayerName=name, Content=content)["LayerVersionArn"]

    return publish


@pytest.fixture(scope="session")
def function(client) -> Callable[..., str]:
    def create(code: str, *, layers: tuple[str, ...] = (), timeout: int = 10, **environment: str) -> str:
        name = f"f-{uuid.uuid4().hex[:8]}"
        client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role=ROLE,
            Handler="it.handler",
            Code={"ZipFile": archive({"it.py": code})},
            Layers=list(layers),
            Timeout=timeout,
            Environment={"Variables": environment},
        )
        client("lambda").get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
        return name

    return create


@pytest.fixture(scope="session")
def call(client) -> Callable[..., tuple]:
    def invoke(name: str, event: object = None) -> tuple:
        out = client("lambda").invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail")
        return json.load(out["Payload"]), out.get("FunctionError")

    return invoke


LOOK = """
    import os, sys, pathlib, importlib.metadata
    def handler(event, context):
        if event:
            return pathlib.Path(event).read_text()
        return {
            "distributions": sorted(d.name for d in importlib.metadata.distributions()),
            "path": sys.path, "opt": sorted(os.listdir("/opt")), "task": os.environ["LAMBDA_TASK_ROOT"],
            "fonts": os.path.isdir("/usr/share/fonts") and os.listdir("/usr/share/fonts"),
            "models": os.path.isdir("/usr/share/tesseract-ocr") and os.listdir("/usr/share/tesseract-ocr"),
            "modules": sorted({m.partition(".")[0] for m in sys.modules}), "variables": dict(os.environ),
        }
"""


def test_an_interpreter_with_two_libraries_and_nothing_else(function, call):
    seen, failed = call(function(LOOK))
    assert failed is None
    assert set(seen["distributions"]) == RUNTIME
    assert seen["opt"] == []
    assert not {"moto", "localstack", "pydantic", "chalice", "infra", "chalicelib"} & set(seen["modules"])
    assert not [p for p in seen["path"] if "localstack/venv" in p or ".venv" in p]
    assert not [k for k in seen["variables"] if k.startswith(("MOTCUA_", "PROVIDER_", "XDG_"))]


def test_the_host_stands_in_for_no_layer(function, call):
    seen, _ = call(function(LOOK))
    assert not seen["fonts"]
    assert not seen["models"]


def test_layers_are_under_opt_in_their_order(function, layer, call):
    first = layer(python__one="", **{"share__name.txt": "first", "python__lib.py": "WHO = 'first'"})
    second = layer(**{"share__name.txt": "second"})
    code = "import lib, pathlib\ndef handler(e, c): return [lib.WHO, pathlib.Path('/opt/share/name.txt').read_text()]"
    assert call(function(code, layers=(first, second)))[0] == ["first", "second"]
    assert call(function(code, layers=(second, first)))[0] == ["first", "first"]


def test_two_functions_do_not_share_opt(function, layer, call):
    one = function(LOOK, layers=(layer(**{"name.txt": "one"}),))
    two = function(LOOK, layers=(layer(**{"name.txt": "two"}),))
    assert [call(f, "/opt/name.txt")[0] for f in (one, two, one)] == ["one", "two", "one"]


def test_the_zip_is_read_only(function, call):
    answer, failed = call(function("def handler(e, c): open('it.py', 'w')"))
    assert failed
    assert answer["errorType"] == "OSError"
    assert "Read-only" in answer["errorMessage"]


@pytest.mark.parametrize("library", ["pydantic", "moto", "chalice", "localstack", "yaml", "typst"])
def test_a_missing_dependency_fails(function, call, library):
    answer, failed = call(function(f"import {library}\ndef handler(e, c): pass"))
    assert failed == "Unhandled"
    assert answer["errorType"] == "Runtime.ImportModuleError"
    assert f"No module named '{library}'" in answer["errorMessage"]


def test_an_error_is_answered_with_its_type(function, call):
    answer, failed = call(function("def handler(e, c): raise KeyError('what')"))
    assert (failed, answer["errorType"], answer["errorMessage"]) == ("Unhandled", "KeyError", "'what'")


CRASHES = """
    import os, sys
    def handler(event, context):
        if event == "die":
            os._exit(3)
        return os.getpid()
"""


def test_after_a_crash_comes_a_new_process(function, call):
    name = function(CRASHES)
    before = call(name)[0]
    answer, failed = call(name, "die")
    assert failed
    assert answer["errorType"] == "Runtime.ExitError"
    assert "exit status 3" in answer["errorMessage"]
    after, failed = call(name)
    assert failed is None
    assert after != before
    assert call(name)[0] == after


def test_a_function_that_takes_too_long_is_ended(function, call):
    # The process that comes after the one that was ended starts within the time of its first call, as on AWS.
    code = (
        "import time\ndef handler(e, c):\n    time.sleep(e or 0)\n    return c.get_remaining_time_in_millis() <= 8000"
    )
    name = function(code, timeout=8)
    assert call(name)[0] is True
    answer, failed = call(name, 300)
    assert failed
    assert answer["errorType"] == "Sandbox.Timedout"
    assert "Task timed out after 8.00 seconds" in answer["errorMessage"]
    assert call(name)[0] is True


def test_a_process_that_ends_while_it_starts(function, call):
    answer, failed = call(function("import sys\nsys.exit(4)"))
    assert failed
    assert answer["errorType"] == "Runtime.ExitError"


def test_what_it_prints_is_in_its_log_group(function, call, client):
    name = function("def handler(e, c): print('Hồ sơ đã nhận')")
    call(name)
    logs, group = client("logs"), f"/aws/lambda/{name}"

    def written() -> str | None:
        if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
            return None
        found = " ".join(e["message"] for e in logs.filter_log_events(logGroupName=group)["events"])
        return found if "Hồ sơ đã nhận" in found else None

    assert "START RequestId" in story.until("its line", written)


def test_what_failed_asynchronously_is_tried_again_and_parked(function, client):
    sqs = client("sqs")
    queue = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex[:8]}")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    name = function("def handler(e, c):\n    print('tried')\n    raise ValueError('never')")
    client("lambda").put_function_event_invoke_config(
        FunctionName=name, MaximumRetryAttempts=1, DestinationConfig={"OnFailure": {"Destination": arn}}
    )
    client("lambda").invoke(FunctionName=name, InvocationType="Event", Payload=b'{"n": 1}')
    (got,) = arrived(sqs, queue)
    body = json.loads(got["Body"])
    assert body["requestPayload"] == {"n": 1}
    assert body["requestContext"]["approximateInvokeCount"] == 2
    assert body["responsePayload"]["errorType"] == "ValueError"


def arrived(sqs, queue: str) -> list[dict]:
    """The first messages of a queue, once some are there."""
    return story.until(
        "a message", lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5).get("Messages"), seconds=300
    )


def test_every_listening_socket_is_on_the_loopback(localstack, function, call):
    call(function(LOOK))
    lines = subprocess.run(["ss", "-ltnpH"], capture_output=True, text=True, check=True).stdout.splitlines()
    ours = [line.split()[3] for line in lines if f"pid={localstack.pid}," in line]
    assert localstack.endpoint.removeprefix("http://") in ours
    assert [a for a in ours if not a.startswith("127.0.0.1:")] == []


def test_the_instance_is_ours(localstack):
    from infra.localstack.server import NotOurs

    assert localstack.ours()
    kept = localstack.nonce
    localstack.nonce = "another"
    try:
        with pytest.raises(NotOurs):
            localstack.ours()
    finally:
        localstack.nonce = kept


def test_a_function_ends_with_localstack(tmp_path):
    """Also when LocalStack is killed: a function's process ends when nobody answers it."""
    program = """
        import io, json, os, signal, sys, zipfile
        from pathlib import Path
        from infra.localstack.clients import clients
        from infra.localstack.environment import Environment
        from infra.localstack.server import LocalStack
        stack = LocalStack(Path(sys.argv[1]), Environment()).start()
        zipped = io.BytesIO()
        with zipfile.ZipFile(zipped, "w") as z:
            z.writestr("it.py", "import os\\ndef handler(e, c): return os.getpid()")
        client = clients(stack.endpoint, "ap-southeast-1").client("lambda")
        client.create_function(FunctionName="f", Runtime="python3.13", Role="arn:aws:iam::000000000000:role/a",
            Handler="it.handler", Code={"ZipFile": zipped.getvalue()})
        client.get_waiter("function_active_v2").wait(FunctionName="f", WaiterConfig={"Delay": 1})
        print(json.load(client.invoke(FunctionName="f")["Payload"]))
        os.kill(stack.pid, signal.SIGKILL)
    """
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(tmp_path)],
        env=keys, capture_output=True, text=True, timeout=600, check=True,
    )  # fmt: skip
    pid = int(done.stdout)
    story.until("the end of its process", lambda: not _alive(pid))


def _alive(pid: int) -> bool:
    try:
        return b"awslambdaric" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
