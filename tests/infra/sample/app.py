"""A tiny product for the tests of the local cloud; `infra_api` owns its routes, by the name of this module."""

import json
import os
import threading
import time

import boto3
from chalice import AuthResponse, Chalice, CORSConfig, Response

app = Chalice(app_name="sample")
app.api.cors = CORSConfig(allow_origin="https://portal.test")
app.api.binary_types.append("application/pdf")
SEEN = []
FAIL = {}
LOCK = threading.Lock()


def client(name):
    return boto3.client(name)


def note(kind, value):
    with LOCK:
        SEEN.append((kind, value))


@app.authorizer()
def bearer(auth):
    if auth.token == "Bearer broken":
        raise RuntimeError("no such key")
    if auth.token not in {"Bearer ok", "Bearer denied"}:
        raise Exception("Unauthorized")  # noqa: TRY002 - the way of API Gateway
    return AuthResponse(
        routes=["*"] if auth.token == "Bearer ok" else [], principal_id="p", context={"kind": "CITIZEN"}
    )


@app.route("/v1/things", methods=["POST"], authorizer=bearer)
def make():
    body = app.current_request.json_body
    put(body["id"], body.get("text", ""))
    return Response({"id": body["id"], "who": app.current_request.context["authorizer"]}, status_code=201)


@app.route("/v1/things/{thing}", methods=["GET", "PUT"])
def read(thing):
    if app.current_request.method == "PUT":
        return {"size": len(app.current_request.raw_body)}
    item = client("dynamodb").get_item(TableName=os.environ["TABLE"], Key={"pk": {"S": thing}, "sk": {"S": "HEAD"}})
    return {"thing": thing, "found": "Item" in item, "query": app.current_request.query_params}


@app.route("/v1/files/{thing}", methods=["PUT"], content_types=["application/pdf"])
def upload(thing):
    return Response({"size": len(app.current_request.raw_body)})


@app.route("/v1/crash")
def crash():
    """Never reached: the function falls over before."""


@app.route("/v1/pdf")
def pdf():
    return Response(b"%PDF\xff\x00", headers={"Content-Type": "application/pdf", "Set-Cookie": ["a=1", "b=2"]})


def put(pk, text):
    row = {"pk": {"S": pk}, "sk": {"S": "HEAD"}, "text": {"S": text}}
    event = {"pk": {"S": pk}, "sk": {"S": "EVENT#1"}, "type": {"S": "made"}}
    table = os.environ["TABLE"]
    client("dynamodb").transact_write_items(
        TransactItems=[
            {"Put": {"TableName": table, "Item": i, "ConditionExpression": "attribute_not_exists(pk)"}}
            for i in (row, event)
        ]
    )


def infra_api(event, context):
    if event["path"] == "/v1/crash":
        raise RuntimeError("the function fell over")
    return app(event, context)


# --- workers -------------------------------------------------------------------------------------------------


def maybe_fail(name):
    with LOCK:
        left = FAIL.get(name, 0)
        FAIL[name] = left - 1
    if left > 0:
        raise ValueError(f"{name} fails")


def outbox_publish(event, context):
    maybe_fail("outbox_publish")
    failures, entries = [], []
    for record in event["Records"]:
        image = record["dynamodb"]["NewImage"]
        if image["pk"]["S"].startswith("poison"):
            note("poison", record["eventID"])
            failures.append({"itemIdentifier": record["eventID"]})
            break
        note("record", (record["eventName"], image["pk"]["S"], image["sk"]["S"]))
        detail = json.dumps({"pk": image["pk"]["S"], "at": time.time()})
        entries.append(
            {"EventBusName": os.environ["BUS"], "Source": "motcua", "DetailType": image["type"]["S"], "Detail": detail}
        )
    if entries:
        client("events").put_events(Entries=entries)
    return {"batchItemFailures": failures}


def unpacked(event):
    """The events that a queue brings, or the one that came as it is."""
    return [json.loads(record["body"]) for record in event["Records"]] if "Records" in event else [event]


def made(event, context):
    for each in unpacked(event):
        note("hop", time.time() - each["detail"]["at"])
        maybe_fail("made")
        assert context.get_remaining_time_in_millis() > 0
        note("made", each["detail"]["pk"])


def scanned(event, context):
    for each in unpacked(event):
        told = each["detail"]["object"]
        note("scanned", (told["key"], told["etag"], each["time"][-1], each["id"]))


def onestop_open_leg(event, context):
    note("token", (event["dossier"], event["leg"]["leg"], event["token"]))
    key = {"pk": {"S": event["dossier"]}, "sk": {"S": f"LEG#{event['leg']['leg']}"}}
    client("dynamodb").put_item(TableName=os.environ["TABLE"], Item={**key, "token": {"S": event["token"]}})


def onestop_decide(event, context):
    note("decide", event)
    return {"dossier": event["dossier"], "outcomes": event["outcomes"]}
