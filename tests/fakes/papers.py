"""Papers, their files and dossiers in memory."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.kernel.events import EventType, Fact

from chalicelib.digitisation.model import Refused
from chalicelib.kernel.aws import WriteLost
from tests.fakes.rows import Rows, new, update


def paper_key(reference: str, component: str) -> str:
    return f"PAPER#{reference}#{component}"


class Papers:
    """The port `digitisation.ports.Papers`. `objects` is the intake bucket, `kept` the one of the messages."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.objects: dict[tuple[str, str], bytes] = {}
        self.kept: list[tuple[str, bytes, str]] = []
        self.read = 0

    def drop(self, key: str, body: bytes, version: str = "v1") -> None:
        """Somebody put an object into the intake bucket."""
        self.objects[key, version] = body

    def dossier(self, reference: str) -> dict[str, dict[str, Any]]:
        return {r["sk"]: r for r in self.rows.partition(reference)}

    def by_code(self, code: str) -> str | None:
        item = self.rows.get(f"CODE#{code}", "DOSSIER")
        return item["reference"] if item else None

    def size(self, key: str, version: str) -> int:
        if (key, version) not in self.objects:
            raise Refused("missing", "Tệp không còn", "the file is not there any more")
        return len(self.objects[key, version])

    def scan(self, key: str, version: str) -> bytes:
        self.read += 1
        return self.objects[key, version]

    def take_in(
        self,
        head: dict[str, Any],
        component: Mapping[str, Any] | None,
        upload: Mapping[str, Any] | None,
        fact: Fact,
        now: datetime,
    ) -> None:
        steps = self.rows.append(head, [fact], now)
        if component:
            steps.append(new({"pk": head["pk"], "sk": f"COMPONENT#{component['id']}", **component}))
        if upload:
            verdict = {k: v for k, v in upload.items() if k != "sk"}
            pending = (head["pk"], upload["sk"])
            steps.append(update(pending, verdict, lambda old: bool(old) and old["status"] == "pending"))
        self.rows.write(*steps)

    def remove(self, key: str, version: str) -> None:
        self.objects.pop((key, version), None)

    def refuse_drop(self, agency: str, key: str, version: str, reason: Mapping[str, str], now: datetime) -> None:
        facts = [Fact(EventType.UPLOAD_REFUSED, {"agency": agency, "key": key, "version_id": version, **reason})]
        try:
            self.rows.write(*self.rows.begin(f"DROPS#{agency}#{key}#{version}", facts, {"key": key, **reason}, now))
        except WriteLost:
            return

    def refused(self, agency: str) -> list[dict[str, Any]]:
        """The list of an agency's refused drops."""
        found = {pk for pk, _ in self.rows._items if pk.startswith(f"DROPS#{agency}#")}
        return [self.rows.get(pk, "HEAD") or {} for pk in sorted(found)]

    def paper(self, reference: str, component: str) -> dict[str, Any] | None:
        return self.rows.get(paper_key(reference, component), "HEAD")

    def begin_paper(self, reference: str, component: str, head: Mapping[str, Any], fact: Fact, now: datetime) -> None:
        self.rows.write(*self.rows.begin(paper_key(reference, component), [fact], head, now))

    def advance(
        self, paper: dict[str, Any], facts: list[Fact], put: Mapping[str, Any], now: datetime, *, off_list: bool = False
    ) -> None:
        guard, *events = self.rows.append(paper, facts, now, put)
        gone = ("wl_pk", "wl_sk") if off_list else ()
        fields = {**put, "version": paper["version"] + 1}
        after = guard.change(paper)  # type: ignore[misc]
        fields |= {k: after[k] for k in ("seq", "chain")}
        self.rows.write(update(guard.key, fields, guard.holds, gone), *events)

    def converted(
        self,
        paper: dict[str, Any],
        dossier: dict[str, Any],
        put: Mapping[str, Any],
        component: Mapping[str, Any],
        fact: Fact,
        now: datetime,
    ) -> None:
        self.rows.write(
            *self.rows.append(dossier, [fact], now),
            *self.rows.append(paper, [fact], now, put),
            update((dossier["pk"], f"COMPONENT#{paper['component']}"), component, lambda old: old is not None),
        )

    def keep(self, key: str, body: bytes, media_type: str) -> dict[str, Any]:
        self.kept.append((key, body, media_type))
        return {"key": key, "version_id": f"m{len(self.kept)}"}

    def keep_json(self, key: str, value: Any) -> dict[str, Any]:
        return self.keep(key, json.dumps(value, ensure_ascii=False).encode(), "application/json")
