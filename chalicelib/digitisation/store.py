"""Papers on their way to a data message: the dossier's components, the paper's own record, the files."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.digitisation.model import Refused
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.events import EventType, Fact
from chalicelib.kernel.ids import digest
from chalicelib.kernel.settings import settings

GONE = (404, 405)  # S3 answers 405 for the marker of a deletion
WORKLIST = ("wl_pk", "wl_sk")


def paper_key(reference: str, component: str) -> str:
    """Where the record of a paper's digitisation stands."""
    return f"PAPER#{reference}#{component}"


class Table:
    """Papers in DynamoDB and S3."""

    def dossier(self, reference: str) -> dict[str, aws.Item]:
        """The items of a dossier by sort key."""
        return {r["sk"]: r for r in aws.query(settings().dossiers_table, reference)}

    def by_code(self, code: str) -> str | None:
        """The reference behind a dossier code."""
        item = aws.get(settings().dossiers_table, f"CODE#{code}", "DOSSIER")
        return item["reference"] if item else None

    def size(self, key: str, version: str) -> int:
        """Bytes of one version of a file of the intake bucket. Raises Refused when it is not there any more."""
        from botocore.exceptions import ClientError

        try:
            told = aws.client("s3").head_object(Bucket=settings().intake_bucket, Key=key, VersionId=version)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") not in GONE:
                raise
            raise Refused("missing", "Tệp không còn", "the file is not there any more") from None
        return int(told["ContentLength"])

    def scan(self, key: str, version: str) -> bytes:
        """One version of an object in the intake bucket."""
        return self._object(settings().intake_bucket, key, version)

    def _object(self, bucket: str, key: str, version: str) -> bytes:
        body: bytes = aws.client("s3").get_object(Bucket=bucket, Key=key, VersionId=version)["Body"].read()
        return body

    def take_in(
        self,
        head: aws.Item,
        component: Mapping[str, Any] | None,
        upload: Mapping[str, Any] | None,
        fact: Fact,
        now: datetime,
    ) -> None:
        """A checked component, or a refusal, with its event; the announced upload learns its verdict."""
        table, reference = settings().dossiers_table, head["pk"]
        ops = record.append(table, head, [fact], now)
        if component:
            ops.append(aws.put_new(table, {"pk": reference, "sk": f"COMPONENT#{component['id']}", **component}))
        if upload:
            sk, verdict = upload["sk"], {k: v for k, v in upload.items() if k != "sk"}
            ops.append(
                aws.update(
                    table,
                    (reference, sk),
                    put=verdict,
                    condition="#st = :pending",
                    expect={"pending": "pending"},
                    reserved={"#st": "status"},
                )
            )
        aws.write(*ops)

    def remove(self, key: str, version: str) -> None:
        """One version of a file of the intake bucket is gone for good."""
        aws.client("s3").delete_object(Bucket=settings().intake_bucket, Key=key, VersionId=version)

    def refuse_drop(self, agency: str, key: str, version: str, reason: Mapping[str, str], now: datetime) -> None:
        """A drop that belongs to no dossier stays where it is, and stands on its agency's list of refused drops."""
        pk = f"DROPS#{agency}#{digest(key, version)}"
        facts = [Fact(EventType.UPLOAD_REFUSED, {"agency": agency, "version_id": version, **reason})]
        head = {"wl_pk": f"{agency}#refused", "wl_sk": stamp(now), "kind": "refused", "key": key, **reason}
        try:
            aws.write(*record.begin(settings().messages_table, pk, facts, head, now))
        except aws.WriteLost:
            return  # told before

    def paper(self, reference: str, component: str) -> aws.Item | None:
        """The record of a paper's digitisation."""
        return record.read_head(settings().messages_table, paper_key(reference, component))

    def begin_paper(self, reference: str, component: str, head: Mapping[str, Any], fact: Fact, now: datetime) -> None:
        """A new record. Raises WriteLost when there is one."""
        aws.write(*record.begin(settings().messages_table, paper_key(reference, component), [fact], head, now))

    def advance(
        self, paper: aws.Item, facts: list[Fact], put: Mapping[str, Any], now: datetime, *, off_list: bool = False
    ) -> None:
        """The next step of a paper; `off_list` takes it from the list of copies that wait for a signature."""
        ops = record.append(settings().messages_table, paper, facts, now, put=put)
        if off_list:
            ops[0]["Update"]["UpdateExpression"] += " REMOVE wl_pk, wl_sk"
        aws.write(*ops)

    def converted(
        self,
        paper: aws.Item,
        dossier: aws.Item,
        put: Mapping[str, Any],
        component: Mapping[str, Any],
        fact: Fact,
        now: datetime,
    ) -> None:
        """The end of digitisation, in the paper's record and the dossier at once; place 0 is the dossier's HEAD."""
        table = settings().dossiers_table
        sk = f"COMPONENT#{paper['component']}"
        aws.write(
            *record.append(table, dossier, [fact], now),
            *record.append(settings().messages_table, paper, [fact], now, put=put),
            aws.update(table, (dossier["pk"], sk), put=component, condition="attribute_exists(pk)"),
        )

    def keep(self, key: str, body: bytes, media_type: str) -> dict[str, Any]:
        """Store a file in the messages bucket; answers where it stands, in which version."""
        bucket = settings().messages_bucket
        answer = aws.client("s3").put_object(Bucket=bucket, Key=key, Body=body, ContentType=media_type)
        return {"key": key, "version_id": answer["VersionId"]}

    def keep_json(self, key: str, value: Any) -> dict[str, Any]:
        """Store a JSON document in the messages bucket."""
        return self.keep(key, json.dumps(value, ensure_ascii=False).encode(), "application/json")

    def waiting(self, agency: str, kind: str, limit: int, start: Any) -> tuple[list[dict[str, Any]], Any]:
        """A page of an agency's list, the oldest first."""
        pk = f"{agency}#{kind}"
        return aws.page(settings().messages_table, "worklist", WORKLIST, pk, limit=limit, start=start)
