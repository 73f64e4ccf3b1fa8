"""Drafts in the dossiers' table: one partition per reference; what the catalogue published, as our own read model."""

from collections.abc import Mapping
from datetime import date, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from chalicelib.catalogue import fence as catalogue_fence
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.events import Fact
from chalicelib.kernel.ids import digest
from chalicelib.kernel.settings import settings
from chalicelib.onestop import fence as onestop_fence
from chalicelib.submission.model import Draft, draft_of, in_force

if TYPE_CHECKING:
    from chalicelib.forms.form import Form

POST_LIVES = 900  # seconds a presigned form may be used


def _key(holder: str, key: str) -> tuple[str, str]:
    return f"IDEMPOTENCY#{holder}#{digest(key)}", "KEY"


class Table:
    """Drafts in DynamoDB and their uploads in S3."""

    def procedure(self, code: str, day: date) -> dict[str, Any] | None:
        """The plan of a procedure in force on a Vietnamese day, as we last heard of it; None when there is none."""
        known = aws.get(settings().dossiers_table, f"PROCEDURE#{code}", "PUBLISHED")
        version = in_force(known["windows"], day) if known else None
        item = aws.get(settings().dossiers_table, f"PROCEDURE#{code}", f"PLAN#{version:04d}") if version else None
        return item["plan"] if item else None

    def form(self, code: str, version: int) -> "Form":
        """The interactive form of a version that was published. Raises BadForm."""
        from chalicelib.forms.form import read

        item = aws.get(settings().dossiers_table, f"PROCEDURE#{code}", f"FORM#{version:04d}") or {}
        return read(item["form"])

    def agency(self, agency: str) -> dict[str, Any] | None:
        """A published agency, as we last heard of it."""
        item = aws.get(settings().dossiers_table, f"AGENCY#{agency}", "PUBLISHED")
        return item["agency"] if item else None

    def remember_procedure(self, facts: Mapping[str, Any], at: str) -> None:
        """Keep a version that the catalogue published, and when which version is in force; a withdrawal has no plan."""
        table, pk = settings().dossiers_table, f"PROCEDURE#{facts['procedure']}"
        if "form" in facts:
            plan = {k: v for k, v in facts.items() if k not in ("form", "windows")}
            number = f"{facts['version']:04d}"
            aws.write(
                aws.put(table, {"pk": pk, "sk": f"PLAN#{number}", "plan": plan}),
                aws.put(table, {"pk": pk, "sk": f"FORM#{number}", "form": facts["form"]}),
            )
        self._remember(pk, "windows", facts["windows"], at)

    def remember_agency(self, facts: Mapping[str, Any], at: str) -> None:
        """Keep an agency that the catalogue published, and list it among those whose tasks are swept."""
        self._remember(f"AGENCY#{facts['id']}", "agency", facts, at, onestop_fence.known_agency(facts["id"], at))

    def _remember(self, pk: str, name: str, facts: Any, at: str, *also: aws.Op) -> None:
        """Keep what was published, unless we hold something newer."""
        op = aws.update(
            settings().dossiers_table,
            (pk, "PUBLISHED"),
            put={name: facts, "at": at},
            condition="attribute_not_exists(pk) OR #a < :newer",
            expect={"newer": at},
            reserved={"#a": "at"},
        )
        try:
            aws.write(op, *also)
        except aws.WriteLost:
            return  # we hold this or something newer

    def used_key(self, holder: str, key: str) -> dict[str, Any] | None:
        """What was answered under this Idempotency-Key."""
        return aws.get(settings().dossiers_table, *_key(holder, key))

    def draft(self, reference: str) -> Draft | None:
        """A draft with everything under its reference, read in one query."""
        return draft_of(aws.query(settings().dossiers_table, reference))

    def event(self, reference: str, number: int) -> dict[str, Any]:
        """One event of the log."""
        return aws.get(settings().dossiers_table, reference, f"EVENT#{number:06d}") or {}

    def open(
        self,
        reference: str,
        head: Mapping[str, Any],
        plan: Mapping[str, Any],
        fact: Fact,
        key: tuple[str, str, str],
        now: datetime,
    ) -> None:
        """A new draft, its pinned procedure and the used key. Raises WriteLost when the key came first."""
        table, (holder, idempotency_key, body_hash) = settings().dossiers_table, key
        pk, sk = _key(holder, idempotency_key)
        aws.write(
            *record.begin(table, reference, [fact], head, now),
            aws.put_new(table, {"pk": reference, "sk": "PLAN", "plan": plan}),
            aws.put_new(table, {"pk": pk, "sk": sk, "body": body_hash, "reference": reference, "at": stamp(now)}),
        )

    def save_form(
        self, draft: Draft, form: Mapping[str, Any], put: Mapping[str, Any], fact: Fact, now: datetime
    ) -> None:
        """The form's new state with its version in HEAD."""
        table = settings().dossiers_table
        item = {"pk": draft.reference, "sk": "FORM", **form}
        aws.write(
            *record.append(table, dict(draft.head), [fact], now, put=put),
            {"Put": {"TableName": table, "Item": aws.packed(item)}},
        )

    def announce(self, draft: Draft, upload: Mapping[str, Any], fact: Fact, now: datetime) -> None:
        """An upload that is expected. Raises WriteLost at the last place when it was announced before."""
        table = settings().dossiers_table
        item = {"pk": draft.reference, "sk": f"UPLOAD#{upload['id']}", **upload}
        aws.write(*record.append(table, dict(draft.head), [fact], now), aws.put_new(table, item))

    def arrived(self, key: str) -> bool:
        """Whether something was posted under a key (a HEAD, never the body)."""
        from botocore.exceptions import ClientError

        try:
            aws.client("s3").head_object(Bucket=settings().intake_bucket, Key=key)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == HTTPStatus.NOT_FOUND:
                return False
            raise
        return True

    def presigned(self, key: str, media_type: str, max_bytes: int) -> dict[str, Any]:
        """A form for exactly one object under a key of ours, with its type and a limit of size."""
        form: dict[str, Any] = aws.client("s3").generate_presigned_post(
            settings().intake_bucket,
            key,
            Fields={"Content-Type": media_type},
            Conditions=[{"Content-Type": media_type}, ["content-length-range", 1, max_bytes]],
            ExpiresIn=POST_LIVES,
        )
        return form

    def submit(
        self,
        draft: Draft,
        put: Mapping[str, Any],
        fact: Fact,
        task: Mapping[str, Any],
        key: tuple[str, str, str],
        now: datetime,
    ) -> None:
        """HEAD, event, worklist entry and idempotency item, fenced by the procedure, in one write call."""
        table, (holder, idempotency_key, body_hash) = settings().dossiers_table, key
        pk, sk = _key(holder, idempotency_key)
        used = {
            "pk": pk,
            "sk": sk,
            "body": body_hash,
            "reference": draft.reference,
            "event": draft.head["seq"] + 1,
            "at": stamp(now),
        }
        aws.write(
            *record.append(table, dict(draft.head), [fact], now, put=put),
            onestop_fence.first_task(draft.reference, task),
            aws.put_new(table, used),
            catalogue_fence.published(draft.plan["procedure"], draft.plan["version"], draft.reference, stamp(now)),
        )
