"""Published procedures in memory."""

from datetime import datetime
from typing import Any

from chalicelib.kernel.events import Fact
from tests.fakes.rows import Rows, new, put

LIST = "PROCEDURES"


class Procedures:
    """The port `catalogue.ports.Procedures`."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def head(self, code: str) -> dict[str, Any] | None:
        return self.rows.get(f"PROCEDURE#{code}", "HEAD")

    def version(self, code: str, version: int) -> dict[str, Any] | None:
        return self.rows.get(f"PROCEDURE#{code}", f"VERSION#{version:04d}")

    def listed(self) -> list[dict[str, Any]]:
        return self.rows.partition(LIST)

    def put_agency(self, agency: dict[str, Any], fact: Fact, now: datetime) -> None:
        pk = f"AGENCY#{agency['id']}"
        head = self.rows.get(pk, "HEAD")
        if head and head["agency"] == agency:
            return
        fields = {"agency": agency}
        steps = self.rows.append(head, [fact], now, fields) if head else self.rows.begin(pk, [fact], fields, now)
        self.rows.write(*steps)

    def add_version(self, head: dict[str, Any] | None, item: dict[str, Any], fact: Fact, now: datetime) -> None:
        pk, version = f"PROCEDURE#{item['code']}", item["version"]
        fields = {"current": version, "fingerprint": item["fingerprint"]}
        steps = self.rows.append(head, [fact], now, fields) if head else self.rows.begin(pk, [fact], fields, now)
        row = {k: item["facts"][k] for k in ("name_vi", "name_en")}
        self.rows.write(
            *steps,
            new({"pk": pk, "sk": f"VERSION#{version:04d}", **item}),
            new({"pk": pk, "sk": f"STATE#{version:04d}", "is_published": True}),
            put({"pk": LIST, "sk": item["code"], "version": version, **row}),
        )
