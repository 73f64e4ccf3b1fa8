"""Runs `motcua demo` and writes, as JSON, every right that each function needed of AWS: function, action, resource.

What stands in `UNSEEN` under its reason is left out: the demo's story of a paper result shows it, or not, by chance.
"""

import json
import sys
import tempfile
import threading
from pathlib import Path

import botocore.client

from chalicelib.messages.fence import REGISTER
from chalicelib.sealing import ring
from infra.command import cli
from infra.local.functions import Functions
from infra.local.intrinsics import Names
from infra.local.names import physical
from infra.stack.functions import FUNCTIONS
from infra.stack.resources import BUCKETS, HEARING, RESOURCES, SEALING_KEY, TABLES, UNLOGGED, addresses
from infra.stack.rights import right
from infra.stack.unseen import UNSEEN

WORKERS = Names(RESOURCES, FUNCTIONS, {}).resolve(addresses(HEARING))
NAMES = {physical(name): name for name in (*TABLES, *UNLOGGED, *BUCKETS)}
TRANSACTION = {"Put": "PutItem", "Update": "UpdateItem", "ConditionCheck": "ConditionCheckItem", "Delete": "DeleteItem"}
running = threading.local()
needed = set()
stock_call, stock_api = Functions.call, botocore.client.BaseClient._make_api_call


def call(self, name, event, request_id=""):
    before, running.name = getattr(running, "name", None), name
    try:
        return stock_call(self, name, event, request_id)
    finally:
        running.name = before
        if name == "vault_store_result":  # the end of the dossier; no demo waits for a schedule
            call(self, "onestop_sweep", {})
            call(self, "delivery_sweep", {})
            call(self, "delivery_notify", {})
            call(self, "delivery_synchronise", {})
            call(self, "delivery_integrate", {})
            call(self, "identity_watch_requests", {})
            call(self, "submission_sweep_drafts", {})
            call(self, "catalogue_export", {})
            call(self, "measures_make_boards", {})
            call(self, "messages_stamp_again", {})
            call(self, "audit_sweep", {})
            call(self, "outbox_replay", {})
            call(self, "outbox_redrive", json.loads(WORKERS))


def prefix(key: str) -> str:
    """The beginning of a key that rights are given for: of the register of signers, also whose kind."""
    parts = key.split("/")
    return "/".join(parts[:2] if parts[0] == REGISTER else parts[:1])


def rights(service, operation, given):
    if operation == "TransactWriteItems":
        for item in given["TransactItems"]:
            ((kind, op),) = item.items()
            yield f"dynamodb:{TRANSACTION[kind]}", NAMES[op["TableName"]]
    elif operation == "BatchGetItem":
        yield from (("dynamodb:BatchGetItem", NAMES[table]) for table in given["RequestItems"])
    elif service == "dynamodb":
        index = f"/index/{given['IndexName']}" if "IndexName" in given else ""
        yield f"dynamodb:{operation}", NAMES[given["TableName"]] + index
    elif operation == "ListObjectsV2":
        yield "s3:ListBucket", NAMES[given["Bucket"]]
    elif service == "s3":
        action = {"HeadObject": "GetObject"}.get(operation, operation) + ("Version" if "VersionId" in given else "")
        yield f"s3:{action}", f"{NAMES[given['Bucket']]}/{prefix(given['Key'])}/*"
    elif service == "kms":
        yield f"kms:{operation}", SEALING_KEY  # the keys of agencies and officers, and of the anchors, are files here
    else:
        yield f"{'states' if service == 'stepfunctions' else service}:{operation}", ""


def api(self, operation, given):
    if name := getattr(running, "name", None):
        needed.update((name, *right) for right in rights(self.meta.service_model.service_name, operation, given))
    return stock_api(self, operation, given)


if __name__ == "__main__":
    ring.MOST = 0  # nothing is held: in AWS each function is a process of its own, which asks for its keys
    Functions.call, botocore.client.BaseClient._make_api_call = call, api
    where = Path(sys.argv[1]).absolute()
    code: object = 0
    with tempfile.TemporaryDirectory() as folder:
        sys.argv = ["motcua", "demo", "--out", folder]
        try:
            cli.main()
        except SystemExit as done:
            code = done.code or 0
    reasons = {each for some in UNSEEN.values() for each in some}
    rows = sorted({right(*row) for row in needed} - reasons)
    where.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    sys.exit(code)
