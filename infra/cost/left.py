"""What a dossier leaves on a running cloud: rows, files, and the states that its executions entered."""

from typing import Final

from chalicelib.kernel import aws
from infra.cost.count import Kept
from infra.local import meter
from infra.local.names import ACCOUNT, REGION
from infra.local.shims.dynamodb import indexes_of

OVERHEAD: Final = 100
"""Bytes that DynamoDB adds to each item, and to each entry of an index."""


def kept() -> Kept:
    """What tables and buckets of the running cloud hold: every version of a file, every entry of an index."""
    from moto.dynamodb.models import dynamodb_backends
    from moto.s3.models import s3_backends

    rows = 0
    for table in dynamodb_backends[ACCOUNT][REGION].tables.values():
        indexes = indexes_of(table)
        for item in table.all_items():
            held = item.to_json()["Attributes"]
            found = [held, *(e for e in (meter.entry(held, index) for index in indexes) if e is not None)]
            rows += sum(meter.item_size(each) + OVERHEAD for each in found)
    buckets = s3_backends[ACCOUNT]["aws"].buckets.values()
    every = (version for bucket in buckets for key in list(bucket.keys.keys()) for version in bucket.keys.getlist(key))
    files = sum(version.size for version in every if hasattr(version, "size"))  # a mark of deletion has none
    return Kept(rows=rows, files=files)


def state_entries(reference: str = "", machine: str = "") -> int:
    """States that the executions of a dossier entered, or all that there are: what Step Functions charges for.

    `machine`: of those alone in whose name it is.
    """
    machines = aws.client("stepfunctions")
    found = 0
    for each in machines.list_state_machines()["stateMachines"]:
        if machine not in each["name"]:
            continue
        for execution in machines.list_executions(stateMachineArn=each["stateMachineArn"])["executions"]:
            if execution["name"].startswith(reference):
                told = machines.get_execution_history(executionArn=execution["executionArn"], maxResults=1000)
                found += sum(event["type"].endswith("StateEntered") for event in told["events"])
    return found
