"""The catalogue's table: a record per procedure, an item per version, one list."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from chalicelib.catalogue.fence import state_key, version_key
from chalicelib.kernel import aws, record
from chalicelib.kernel.events import Fact
from chalicelib.kernel.settings import settings

DATA = Path(__file__).parent / "data"
LIST = "PROCEDURES"


class Table:
    """Procedures in DynamoDB."""

    def head(self, code: str) -> aws.Item | None:
        """The record of a procedure."""
        return record.read_head(settings().catalogue_table, f"PROCEDURE#{code}")

    def version(self, code: str, version: int) -> aws.Item | None:
        """One version's item."""
        return aws.get(settings().catalogue_table, *version_key(code, version))

    def listed(self) -> list[aws.Item]:
        """The list's rows by code."""
        return aws.query(settings().catalogue_table, LIST)

    def add_version(self, head: aws.Item | None, item: dict[str, Any], fact: Fact, now: datetime) -> None:
        """A published version, the list's row and the event, at once. Raises WriteLost when another came first."""
        table, code, version = settings().catalogue_table, item["code"], item["version"]
        pk, sk = version_key(code, version)
        put = {"current": version, "fingerprint": item["fingerprint"]}
        ops = record.append(table, head, [fact], now, put=put) if head else record.begin(table, pk, [fact], put, now)
        row = {"pk": LIST, "sk": code, "name_vi": item["facts"]["name_vi"], "name_en": item["facts"]["name_en"]}
        listed = aws.update(
            table,
            (LIST, code),
            put={k: row[k] for k in ("name_vi", "name_en")} | {"version": version},
            condition="attribute_not_exists(pk) OR #v < :new",
            expect={"new": version},
            reserved={"#v": "version"},
        )
        state = dict(zip(("pk", "sk"), state_key(code, version), strict=True)) | {"is_published": True}
        aws.write(*ops, aws.put_new(table, {"pk": pk, "sk": sk, **item}), aws.put_new(table, state), listed)

    def put_agency(self, agency: dict[str, Any], fact: Fact, now: datetime) -> None:
        """The agency's record with its event; nothing when it says the same already."""
        table, pk = settings().catalogue_table, f"AGENCY#{agency['id']}"
        head = record.read_head(table, pk)
        if head and head["agency"] == agency:
            return
        put = {"agency": agency}
        aws.write(
            *(record.append(table, head, [fact], now, put=put) if head else record.begin(table, pk, [fact], put, now))
        )


def shipped_agencies() -> list[dict[str, Any]]:
    """The agencies that come with the project, for the local cloud."""
    found: list[dict[str, Any]] = json.loads((DATA / "agencies.json").read_text(encoding="utf-8"))
    return found


def shipped() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The procedures that come with the project: facts and form."""
    found = []
    for path in sorted((DATA / "procedures").glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        found.append((facts, json.loads((DATA / "forms" / f"{facts['form']}.json").read_text(encoding="utf-8"))))
    return found
