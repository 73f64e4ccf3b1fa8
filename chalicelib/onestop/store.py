"""Dossiers, tasks and legs in the dossiers' table; the driver in Step Functions."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.events import Fact
from chalicelib.kernel.settings import settings
from chalicelib.onestop.fence import AGENCIES, task_item
from chalicelib.onestop.model import Dossier, dossier_of

BLOCK = 20  # serials taken at once: a gap is allowed, a duplicate is not
WORKLIST = ("wl_pk", "wl_sk")
MINE = ("mine_pk", "mine_sk")
SWEEP = ("SWEEP", "NEXT")
_blocks: dict[tuple[str, str], list[int]] = {}
_block_lock = threading.Lock()


class Table:
    """Dossiers in DynamoDB."""

    def dossier(self, reference: str) -> Dossier | None:
        """A submitted dossier by its reference."""
        return dossier_of(aws.query(settings().dossiers_table, reference))

    def by_code(self, code: str) -> str | None:
        """The reference behind a dossier code."""
        item = aws.get(settings().dossiers_table, f"CODE#{code}", "DOSSIER")
        return item["reference"] if item else None

    def next_serial(self, agency: str, day: date) -> int:
        """A serial nobody else gets for this agency and day, from a block taken outside of any transaction."""
        with _block_lock:
            block = _blocks.setdefault((agency, day.isoformat()), [])
            if not block:
                answer = aws.client("dynamodb").update_item(
                    TableName=settings().dossiers_table,
                    Key=aws.packed({"pk": f"NUMBER#{agency}#{day}", "sk": "NEXT"}),
                    UpdateExpression="ADD taken :n",
                    ExpressionAttributeValues=aws.packed({":n": BLOCK}),
                    ReturnValues="UPDATED_NEW",
                )
                last = int(answer["Attributes"]["taken"]["N"])
                block.extend(range(last, last - BLOCK, -1))
            return block.pop()

    def complete(
        self,
        dossier: Dossier,
        task: Mapping[str, Any],
        done: Mapping[str, Any],
        facts: Sequence[Fact],
        now: datetime,
        *,
        put: Mapping[str, Any],
        slip: Mapping[str, Any],
        following: Mapping[str, Any] | None = None,
        code: str = "",
        leg: Mapping[str, Any] | None = None,
    ) -> None:
        """Close a task with its events, the slip's row and what follows from it, in one transaction."""
        table, reference = settings().dossiers_table, dossier.reference
        ops = record.append(table, dict(dossier.head), facts, now, put=put)
        ops.append(
            aws.update(
                table,
                (reference, task["sk"]),
                put={"status": "done", "version": task["version"] + 1, **done},
                remove=WORKLIST,
                condition="#st = :open AND #ve = :version",
                expect={"open": "open", "version": task["version"]},
                reserved={"#st": "status", "#ve": "version"},
            )
        )
        ops.append(aws.put_new(table, {"pk": reference, **slip}))
        if following:
            ops.append(aws.put_new(table, task_item(reference, following)))
        if code:
            ops.append(aws.put_new(table, {"pk": f"CODE#{code}", "sk": "DOSSIER", "reference": reference}))
        if leg:
            ops.append(
                aws.update(
                    table,
                    (reference, f"LEG#{task['leg']}"),
                    put={"outcome": leg},
                    condition="attribute_not_exists(outcome)",
                )
            )
        aws.write(*ops)

    def change(
        self,
        dossier: Dossier,
        facts: Sequence[Fact],
        now: datetime,
        *,
        put: Mapping[str, Any],
        result: Mapping[str, Any] | None = None,
    ) -> None:
        """Add facts to the dossier, with a result's row when there is one."""
        table = settings().dossiers_table
        ops = record.append(table, dict(dossier.head), facts, now, put=put)
        if result:
            ops.append(aws.put_new(table, {"pk": dossier.reference, **result}))
        aws.write(*ops)

    def open_leg(self, reference: str, leg: str, token: str, execution: str) -> dict[str, Any] | None:
        """Note which execution waits for this leg; answers the leg, or None when another one has it."""
        attempt = int(execution.rpartition("-")[2])
        from botocore.exceptions import ClientError

        try:
            answer = aws.client("dynamodb").update_item(
                TableName=settings().dossiers_table,
                Key=aws.packed({"pk": reference, "sk": f"LEG#{leg}"}),
                UpdateExpression="SET #t = :t, #e = :e, #a = :a",
                ConditionExpression="attribute_not_exists(#e) OR #e = :e OR #a < :a",
                ExpressionAttributeNames={"#t": "token", "#e": "execution", "#a": "attempt"},
                ExpressionAttributeValues=aws.packed({":t": token, ":e": execution, ":a": attempt}),
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == "ConditionalCheckFailedException":
                return None
            raise
        return aws.plain(answer["Attributes"])

    def leg(self, reference: str, leg: str) -> dict[str, Any] | None:
        """A leg's token and outcome."""
        return aws.get(settings().dossiers_table, reference, f"LEG#{leg}")

    def tasks(self, agency: str, kind: str, limit: int, start: Any) -> tuple[list[dict[str, Any]], Any]:
        """A page of an agency's open tasks of a kind, those due first."""
        pk = f"{agency}#{kind}"
        return aws.page(settings().dossiers_table, "worklist", WORKLIST, pk, limit=limit, start=start)

    def agencies(self) -> list[str]:
        """Every agency that may hold tasks."""
        return [row["sk"] for row in aws.query(settings().dossiers_table, AGENCIES)]

    def overdue(self, agency: str, kind: str, now: datetime) -> Iterator[dict[str, Any]]:
        """Open tasks of an agency's list whose due time is before now and that are not marked, longest due first."""
        request: dict[str, Any] = {
            "TableName": settings().dossiers_table,
            "IndexName": "worklist",
            "KeyConditionExpression": "wl_pk = :list AND wl_sk < :now",  # the due time is what wl_sk begins with
            "FilterExpression": "attribute_not_exists(overdue_at)",
            "ExpressionAttributeValues": aws.packed({":list": f"{agency}#{kind}", ":now": stamp(now)}),
        }
        while True:
            page = aws.client("dynamodb").query(**request)
            yield from map(aws.plain, page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def mark(self, dossier: Dossier, task: Mapping[str, Any], fact: Fact, now: datetime) -> None:
        """Say once that a task is overdue, in the dossier's log and on the list. Raises WriteLost when it was done."""
        table = settings().dossiers_table
        aws.write(
            *record.append(table, dict(dossier.head), [fact], now),
            aws.update(
                table,
                (dossier.reference, task["sk"]),
                put={"overdue_at": stamp(now)},
                condition="#st = :open AND attribute_not_exists(overdue_at)",
                expect={"open": "open"},
                reserved={"#st": "status"},
            ),
        )

    def left_off(self) -> str:
        """The agency with which the next sweep begins; empty for the first one."""
        item = aws.get(settings().dossiers_table, *SWEEP)
        return str(item["agency"]) if item else ""

    def leave_off(self, agency: str) -> None:
        """Note where the next sweep begins. Two at once do no harm: what is marked is not marked again."""
        item = dict(zip(("pk", "sk"), SWEEP, strict=True)) | {"agency": agency}
        aws.write({"Put": {"TableName": settings().dossiers_table, "Item": aws.packed(item)}})

    def mine(self, holder: str, limit: int, start: Any) -> tuple[list[dict[str, Any]], Any]:
        """A page of a holder's drafts and dossiers, the newest first."""
        pk = f"HOLDER#{holder}"
        return aws.page(settings().dossiers_table, "mine", MINE, pk, limit=limit, start=start, newest=True)

    def file_url(self, component: Mapping[str, Any]) -> str:
        """A link to the very version of a component that was checked and sealed; lives five minutes."""
        where = {"Bucket": settings().intake_bucket, "Key": component["key"], "VersionId": component["version_id"]}
        url: str = aws.client("s3").generate_presigned_url("get_object", Params=where, ExpiresIn=300)
        return url


class StepFunctions:
    """The driver of the one-stop flow."""

    def start(self, name: str, given: Mapping[str, Any]) -> bool:
        """Start an execution of this name unless there was one (False): a second delivery of the event starts none."""
        machine = aws.client("stepfunctions")
        try:
            text = json.dumps(given, sort_keys=True)
            machine.start_execution(stateMachineArn=settings().one_stop_machine, name=name, input=text)
        except machine.exceptions.ExecutionAlreadyExists:
            return False
        return True

    def status(self, name: str) -> str | None:
        """RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED; None when the engine knows no execution of this name."""
        machine = aws.client("stepfunctions")
        arn = settings().one_stop_machine.replace(":stateMachine:", ":execution:")
        try:
            return str(machine.describe_execution(executionArn=f"{arn}:{name}")["status"])
        except machine.exceptions.ExecutionDoesNotExist:
            return None

    def succeed(self, token: str, outcome: Mapping[str, Any]) -> None:
        """Tell the waiting leg its outcome; a token that was used, is false or timed out is no news."""
        machine = aws.client("stepfunctions")
        gone = (machine.exceptions.TaskTimedOut, machine.exceptions.TaskDoesNotExist, machine.exceptions.InvalidToken)
        try:
            machine.send_task_success(taskToken=token, output=json.dumps(outcome))
        except gone:
            return
