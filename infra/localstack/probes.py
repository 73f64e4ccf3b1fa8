"""Questions with a short answer, put to both clouds: where the answers differ, the clouds do."""

import json
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

import requests
from botocore.exceptions import ClientError

from infra.demo import story
from infra.demo.client import Client
from infra.localstack.clients import clients

type Where = Mapping[str, str]
DOSSIER: Final = "MC-0000000000000000"


def _aws(where: Where, service: str) -> Any:
    return clients(where["endpoint"], where["region"]).client(service)


def _told(answer: requests.Response) -> str:
    """Status, media type, and what the body calls it."""
    try:
        body = answer.json()
    except ValueError:
        body = {}
    said = body.get("code") or body.get("message") or body.get("Message") or ""
    return f"{answer.status_code} {answer.headers.get('Content-Type', '-').partition(';')[0]} {said}".strip()


def _ask(where: Where, method: str, path: str, **more: Any) -> requests.Response:
    return requests.request(method, where["url"] + path, timeout=60, **more)


def _bearer(where: Where) -> dict[str, str]:
    return {"Authorization": f"Bearer {story.citizen(where, **story.somebody()).token}"}


# --- the gateway ---------------------------------------------------------------------------------------------


def no_token(where: Where) -> str:
    """A private route without a token"""
    return _told(_ask(where, "GET", "/v1/dossiers"))


def forged_token(where: Where) -> str:
    """A private route with a forged token"""
    return _told(_ask(where, "GET", "/v1/dossiers", headers={"Authorization": "Bearer x.y.z"}))


def unknown_path(where: Where) -> str:
    """A path that is not there"""
    return _told(_ask(where, "GET", "/v1/nothing"))


def wrong_method(where: Where) -> str:
    """A method that a path does not have"""
    return _told(_ask(where, "DELETE", "/v1/services"))


def no_key(where: Where) -> str:
    """POST without Idempotency-Key"""
    return _told(_ask(where, "POST", "/v1/drafts", json={}, headers=_bearer(where)))


def too_long(where: Where) -> str:
    """A body over API Gateway's 10 MB"""
    headers = {**_bearer(where), "Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}
    return _told(_ask(where, "POST", "/v1/drafts", data=b" " * (10 * 1024 * 1024 + 10), headers=headers))


def preflight(where: Where) -> str:
    """CORS preflight"""
    answer = _ask(where, "OPTIONS", "/v1/services", headers={"Origin": "https://portal.example"})
    return f"{answer.status_code} {answer.headers.get('Access-Control-Allow-Origin', 'no Access-Control-Allow-Origin')}"


def refusal_headers(where: Where) -> str:
    """Headers of a refusal by the gateway itself"""
    answer = _ask(where, "GET", "/v1/dossiers")
    wanted = ("Access-Control-Allow-Origin", "Strict-Transport-Security", "WWW-Authenticate", "X-Content-Type-Options")
    return ", ".join(name for name in wanted if name in answer.headers) or "none of ours"


def own_headers(where: Where) -> str:
    """Headers X-Local-* (DynamoDB calls and units)"""
    answer = _ask(where, "GET", "/v1/services")
    return ", ".join(sorted(name for name in answer.headers if name.startswith("X-Local-"))) or "none"


def encoded_path(where: Where) -> str:
    """A path parameter with %2F"""
    return _told(_ask(where, "GET", "/v1/verifications/a%2Fb"))


# --- storage -------------------------------------------------------------------------------------------------


def _ticket(where: Where, size: int) -> dict[str, Any]:
    me = story.citizen(where, **story.somebody())
    draft = str(story.open_draft(me).ok(201).body["reference"])
    found: dict[str, Any] = story.announce(me, draft, b"x" * size).ok(201).body["post"]
    return found


def _post(post: Mapping[str, Any], data: bytes, **fields: str) -> str:
    answer = requests.post(post["url"], data={**post["fields"], **fields}, files={"file": data}, timeout=60)
    return f"{answer.status_code}"


def upload_preflight(where: Where) -> str:
    """CORS preflight of an upload, from an origin that is no portal"""
    asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "POST"}
    answer = requests.options(_ticket(where, 10)["url"], headers=asked, timeout=30)
    return f"{answer.status_code} {answer.headers.get('Access-Control-Allow-Origin', 'no Access-Control-Allow-Origin')}"


def larger_upload(where: Where) -> str:
    """Presigned POST of more bytes than were announced"""
    return _post(_ticket(where, 10), b"x" * 20)


def other_key(where: Where) -> str:
    """Presigned POST to another key than was signed"""
    return _post(_ticket(where, 10), b"x" * 10, key="uploads/elsewhere")


def false_signature(where: Where) -> str:
    """Presigned POST with a false signature"""
    post = _ticket(where, 10)
    name = next(k for k in post["fields"] if k.lower() in ("x-amz-signature", "signature"))
    return _post(post, b"x" * 10, **{name: "0" * 64})


def expired_link(where: Where) -> str:
    """A presigned GET after its time"""
    s3 = _aws(where, "s3")
    bucket, key = where["bucket.MessagesBucket"], f"probes/{uuid.uuid4().hex}"
    s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key}, ExpiresIn=1)
    time.sleep(2)
    return str(requests.get(url, timeout=30).status_code)


def encryption(where: Where) -> str:
    """Default encryption of the bucket of papers"""
    told = _aws(where, "s3").get_bucket_encryption(Bucket=where["bucket.MessagesBucket"])
    rule = told["ServerSideEncryptionConfiguration"]["Rules"][0]
    return str(rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"])


def lifecycle(where: Where) -> str:
    """Lifecycle rules of the intake bucket"""
    told = _aws(where, "s3").get_bucket_lifecycle_configuration(Bucket=where["bucket.IntakeBucket"])
    return f"{len(told['Rules'])} rules"


def recovery(where: Where) -> str:
    """Point-in-time recovery of the dossiers"""
    told = _aws(where, "dynamodb").describe_continuous_backups(TableName=where["table.Dossiers"])
    return str(told["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"])


# --- who may do what -----------------------------------------------------------------------------------------


def permissions(where: Where) -> str:
    """A function's role doing what its policy does not allow (outbox reads a table)"""
    name = where.get("function.outbox_publish", "").partition(":")[0]
    if not name:
        return "functions have no role"
    role = _aws(where, "lambda").get_function_configuration(FunctionName=name)["Role"]
    keys = _aws(where, "sts").assume_role(RoleArn=role, RoleSessionName="probe")["Credentials"]
    own = {"aws_access_key_id": keys["AccessKeyId"], "aws_secret_access_key": keys["SecretAccessKey"]}
    session = clients(where["endpoint"], where["region"], own)
    client = session.client("dynamodb", aws_session_token=keys["SessionToken"])
    client.scan(TableName=where["table.Vaults"], Limit=1)
    return "allowed: policies are not enforced"


# --- speed ---------------------------------------------------------------------------------------------------


def warm_read(where: Where) -> str:
    """A public read, warm (best of 10; the figure is of this machine)"""
    client, best = Client(where), float("inf")
    for _ in range(10):
        begin = time.perf_counter()
        client.get(f"/v1/services/{story.PROCEDURE}").ok()
        best = min(best, time.perf_counter() - begin)
    return f"{best * 1000:.0f} ms"


PROBES: Final[tuple[Callable[[Where], str], ...]] = (
    no_token, forged_token, unknown_path, wrong_method, no_key, too_long, preflight, refusal_headers, own_headers,
    encoded_path, upload_preflight, larger_upload, other_key, false_signature, expired_link, encryption, lifecycle,
    recovery, permissions, warm_read,
)  # fmt: skip


def probe(where: Where) -> dict[str, str]:
    """Question -> answer; an error of AWS is its code."""
    found = {}
    for question in PROBES:
        try:
            answer = question(where)
        except ClientError as error:
            answer = error.response.get("Error", {}).get("Code", "?")
        except Exception as error:  # noqa: BLE001 - the page tells what happened
            answer = f"{type(error).__name__}: {error}"[:120]
        found[(question.__doc__ or "").strip()] = answer
    return found


def main() -> None:
    """Print the answers of the cloud whose where.json is named."""
    import sys
    from pathlib import Path

    print(json.dumps(probe(json.loads(Path(sys.argv[1]).read_text("utf-8"))), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
