"""Drafts in memory."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.kernel.clock import stamp
from chalicelib.kernel.events import Fact
from chalicelib.onestop.fence import task_item
from chalicelib.submission.model import Draft, draft_of
from tests.fakes.rows import Rows, check, new, put

PUBLISHED = "PUBLISHED"


class Drafts:
    """The port `submission.ports.Drafts`; `publish`, `close` and `post` play the catalogue and the browser."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.posted: set[str] = set()

    def publish(self, plan: Mapping[str, Any], *agencies: Mapping[str, Any]) -> None:
        """The catalogue published this."""
        code, version = plan["procedure"], plan["version"]
        self.rows.write(
            put({"pk": f"PROCEDURE#{code}", "sk": PUBLISHED, "plan": plan}),
            put({"pk": f"PROCEDURE#{code}", "sk": f"STATE#{version:04d}", "is_published": True}),
            *(put({"pk": f"AGENCY#{a['id']}", "sk": PUBLISHED, "agency": a}) for a in agencies),
        )

    def close(self, code: str, version: int) -> None:
        """The catalogue withdrew this version."""
        self.rows.write(put({"pk": f"PROCEDURE#{code}", "sk": f"STATE#{version:04d}", "is_published": False}))

    def post(self, key: str) -> None:
        """A browser posted the file of a presigned form."""
        self.posted.add(key)

    def procedure(self, code: str) -> dict[str, Any] | None:
        item = self.rows.get(f"PROCEDURE#{code}", PUBLISHED)
        return item["plan"] if item else None

    def agency(self, agency: str) -> dict[str, Any] | None:
        item = self.rows.get(f"AGENCY#{agency}", PUBLISHED)
        return item["agency"] if item else None

    def used_key(self, holder: str, key: str) -> dict[str, Any] | None:
        return self.rows.get(f"IDEMPOTENCY#{holder}#{key}", "KEY")

    def draft(self, reference: str) -> Draft | None:
        return draft_of(self.rows.partition(reference))

    def event(self, reference: str, number: int) -> dict[str, Any]:
        return self.rows.get(reference, f"EVENT#{number:06d}") or {}

    def open(
        self,
        reference: str,
        head: Mapping[str, Any],
        plan: Mapping[str, Any],
        fact: Fact,
        key: tuple[str, str, str],
        now: datetime,
    ) -> None:
        self.rows.write(
            *self.rows.begin(reference, [fact], head, now),
            new({"pk": reference, "sk": "PLAN", "plan": plan}),
            new(_used(key, reference, now)),
        )

    def save_form(
        self, draft: Draft, form: Mapping[str, Any], put: Mapping[str, Any], fact: Fact, now: datetime
    ) -> None:
        item = {"pk": draft.reference, "sk": "FORM", **form}
        self.rows.write(*self.rows.append(draft.head, [fact], now, put), _put(item))

    def announce(self, draft: Draft, upload: Mapping[str, Any], fact: Fact, now: datetime) -> None:
        item = {"pk": draft.reference, "sk": f"UPLOAD#{upload['id']}", **upload}
        self.rows.write(*self.rows.append(draft.head, [fact], now), new(item))

    def arrived(self, key: str) -> bool:
        return key in self.posted

    def presigned(self, key: str, media_type: str, max_bytes: int) -> dict[str, Any]:
        fields = {"key": key, "Content-Type": media_type, "max": str(max_bytes)}
        return {"url": "https://intake.example.vn", "fields": fields}

    def submit(
        self,
        draft: Draft,
        put: Mapping[str, Any],
        fact: Fact,
        task: Mapping[str, Any],
        key: tuple[str, str, str],
        now: datetime,
    ) -> None:
        code, version = draft.plan["procedure"], draft.plan["version"]
        fence = (f"PROCEDURE#{code}", f"STATE#{version:04d}")
        self.rows.write(
            *self.rows.append(draft.head, [fact], now, put),
            new(task_item(draft.reference, task)),
            new({**_used(key, draft.reference, now), "event": draft.head["seq"] + 1}),
            check(fence, lambda old: bool(old) and old["is_published"] is True),
        )


_put = put  # `put` is also the name of a port's argument


def _used(key: tuple[str, str, str], reference: str, now: datetime) -> dict[str, Any]:
    holder, idempotency_key, body = key
    pk = f"IDEMPOTENCY#{holder}#{idempotency_key}"
    return {"pk": pk, "sk": "KEY", "body": body, "reference": reference, "at": stamp(now)}
