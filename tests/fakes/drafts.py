"""Drafts in memory."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.events import Fact
from chalicelib.onestop.fence import AGENCIES, task_item

from chalicelib.catalogue.fence import state_key, state_keys
from chalicelib.forms.form import Form, form_of
from chalicelib.kernel.clock import stamp
from chalicelib.submission.model import Draft, draft_of, in_force
from tests.fakes.rows import Rows, Step, check, new, put

PUBLISHED = "PUBLISHED"


class Drafts:
    """The port `submission.ports.Drafts`; `publish`, `close` and `post` play the catalogue and the browser."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.posted: set[str] = set()

    def publish(
        self, plan: Mapping[str, Any], *agencies: Mapping[str, Any], form: Mapping[str, Any], since: str = "2026-01-01"
    ) -> None:
        """The catalogue published this, in force from a day on."""
        code, version = plan["procedure"], plan["version"]
        known = (self.rows.get(f"PROCEDURE#{code}", PUBLISHED) or {"windows": []})["windows"]
        windows = [*({**w, "to": w["to"] or since} for w in known), {"version": version, "from": since, "to": None}]
        self.rows.write(
            put({"pk": f"PROCEDURE#{code}", "sk": PUBLISHED, "windows": windows}),
            put({"pk": f"PROCEDURE#{code}", "sk": f"PLAN#{version:04d}", "plan": plan}),
            put({"pk": f"PROCEDURE#{code}", "sk": f"FORM#{version:04d}", "form": form}),
            *_gates(code, version, is_published=True),
            *(put({"pk": f"AGENCY#{a['id']}", "sk": PUBLISHED, "agency": a}) for a in agencies),
            *(put({"pk": AGENCIES, "sk": a["id"]}) for a in agencies),
        )

    def close(self, code: str, version: int) -> None:
        """The catalogue withdrew this version."""
        self.rows.write(*_gates(code, version, is_published=False))

    def post(self, key: str) -> None:
        """A browser posted the file of a presigned form."""
        self.posted.add(key)

    def procedure(self, code: str, day: date) -> dict[str, Any] | None:
        known = self.rows.get(f"PROCEDURE#{code}", PUBLISHED)
        version = in_force(known["windows"], day) if known else None
        item = self.rows.get(f"PROCEDURE#{code}", f"PLAN#{version:04d}") if version else None
        return item["plan"] if item else None

    def form(self, code: str, version: int) -> Form:
        item = self.rows.get(f"PROCEDURE#{code}", f"FORM#{version:04d}") or {}
        return form_of(item["form"])

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
        fence = state_key(code, version, draft.reference)
        self.rows.write(
            *self.rows.append(draft.head, [fact], now, put),
            new(task_item(draft.reference, task)),
            new({**_used(key, draft.reference, now), "event": draft.head["seq"] + 1}),
            check(fence, lambda old: bool(old) and old["is_published"] is True),
        )


_put = put  # `put` is also the name of a port's argument


def _gates(code: str, version: int, *, is_published: bool) -> list[Step]:
    return [put({"pk": pk, "sk": sk, "is_published": is_published}) for pk, sk in state_keys(code, version)]


def _used(key: tuple[str, str, str], reference: str, now: datetime) -> dict[str, Any]:
    holder, idempotency_key, body = key
    pk = f"IDEMPOTENCY#{holder}#{idempotency_key}"
    return {"pk": pk, "sk": "KEY", "body": body, "reference": reference, "at": stamp(now)}
