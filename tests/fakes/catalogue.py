"""The catalogue in memory: procedures, agencies, running dossiers and snapshots over one set of rows and one clock."""

import copy
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.events import Fact

from chalicelib.catalogue.agencies.service import Administration
from chalicelib.catalogue.agencies.store import TREE
from chalicelib.catalogue.fence import state_keys, version_key
from chalicelib.catalogue.procedures.store import NEW, _whole, _written
from chalicelib.catalogue.records.service import Records
from chalicelib.catalogue.restructuring.service import Reviews
from chalicelib.catalogue.services.listing import Listing
from chalicelib.catalogue.services.service import Services
from chalicelib.catalogue.versions.keyed import KeyedAct, keyed
from chalicelib.catalogue.versions.publishing import Shipping
from chalicelib.catalogue.versions.service import Editing
from chalicelib.kernel.access import Principal
from chalicelib.kernel.aws import WriteContended, WriteLost
from chalicelib.kernel.clock import stamp
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.rows import Rows, new, put, update

EDITOR = people.officer("editor", name="Lê Thị Soạn")
COLLEAGUE = Principal("officer-colleague", "OFFICER", "Đỗ Văn Sửa", 1, "", EDITOR.agency, frozenset({"editor"}))
REVIEWER = people.officer("reviewer", name="Vũ Thị Soát")
PUBLISHER = people.officer("publisher", name="Hồ Văn Bố")
STRANGER = people.officer("editor", agency="H01.10.25", name="Ngô Văn Lạ")
BIRTH = people.PROCEDURE
LISTED = "SERVICES"


def act(key: str, body: str = "{}", who: Principal = EDITOR) -> KeyedAct:
    """A request under a key."""
    return keyed(who, key, body.encode())


class Procedures:
    """The port `catalogue.procedures.ports.Procedures`."""

    def __init__(self, rows: Rows) -> None:
        self.table = rows

    def head(self, code: str) -> dict[str, Any] | None:
        return self.table.get(f"PROCEDURE#{code}", "HEAD")

    def national(self, code: str) -> dict[str, Any] | None:
        return self._read(self.table.get(f"PROCEDURE#{code}", "RECORD"))

    def version(self, code: str, version: int) -> dict[str, Any] | None:
        return self._read(self.table.get(*version_key(code, version)))

    def versions(self, code: str) -> list[dict[str, Any]]:
        return [_whole(row) for row in self.table.partition(f"PROCEDURE#{code}", "VERSION#")]

    def _read(self, row: dict[str, Any] | None) -> dict[str, Any] | None:
        return _whole(row) if row else None

    def keep(
        self,
        code: str,
        head: dict[str, Any] | None,
        facts: Sequence[Fact],
        now: datetime,
        *,
        put: Mapping[str, Any] | None = None,
        versions: Sequence[Mapping[str, Any]] = (),
        national: Mapping[str, Any] | None = None,
        gates: Sequence[Mapping[str, Any]] = (),
        row: Mapping[str, Any] | None = None,
    ) -> None:
        pk = f"PROCEDURE#{code}"
        if head:
            steps = self.table.append(head, facts, now, put)
        else:
            steps = self.table.begin(pk, facts, {**NEW, **(put or {})}, now)
        items = [{**_written(v), "pk": pk, "sk": version_key(code, v["version"])[1]} for v in versions]
        if national:
            items.append({**_written(national), "pk": pk, "sk": "RECORD"})
        if row:
            items.append({**row, "pk": LISTED, "sk": code})
        for gate in gates:
            says = {name: gate[name] for name in ("is_published", "opens", "closes")}
            items += [{"pk": p, "sk": s, **says} for p, s in state_keys(gate["code"], gate["version"])]
        self.table.write(*steps, *map(_put, items))

    def rows(self) -> list[dict[str, Any]]:
        return self.table.partition(LISTED)


_put = put  # `put` is also the name of a port's argument


class Snapshots:
    """The port `catalogue.services.ports.Snapshots`; `made` counts the files."""

    def __init__(self) -> None:
        self.pointers: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.made = 0

    def pointer(self, kind: str) -> dict[str, Any] | None:
        return self.pointers.get(kind)

    def keep(self, kind: str, data: bytes, count: int, as_of: str) -> dict[str, Any]:
        self.made += 1
        known, sha256 = self.pointers.get(kind), hashlib.sha256(data).hexdigest()
        if known and known["as_of"] >= as_of:
            return known
        self.files[sha256] = data
        self.pointers[kind] = {"key": sha256, "sha256": sha256, "count": count, "as_of": as_of}
        return self.pointers[kind]

    def held(self, pointer: dict[str, Any], make: Callable[[bytes], Any]) -> Any:
        return make(self.files[pointer["key"]])

    def link(self, pointer: dict[str, Any]) -> str:
        return f"https://exports.example.vn/{pointer['key']}"


class Agencies:
    """The port `catalogue.agencies.ports.Agencies`."""

    def __init__(self, rows: Rows) -> None:
        self.table = rows

    def agency(self, agency: str) -> dict[str, Any] | None:
        return self.table.get(f"AGENCY#{agency}", "HEAD")

    def agencies(self) -> list[dict[str, Any]]:
        return [row["agency"] for row in self.table.partition("AGENCIES")]

    def page(self, start: Any, limit: int) -> tuple[list[dict[str, Any]], Any]:
        rows = [a for a in self.agencies() if start is None or a["id"] > start]
        return rows[:limit], rows[limit - 1]["id"] if len(rows) > limit else None

    def tree(self) -> int:
        return int((self.table.get(*TREE) or {"changes": 0})["changes"])

    def put_agency(
        self, head: dict[str, Any] | None, agency: dict[str, Any], tree: int, fact: Fact, now: datetime
    ) -> None:
        pk, fields = f"AGENCY#{agency['id']}", {"agency": agency, "keeper": fact.actor}
        steps = self.table.append(head, [fact], now, fields) if head else self.table.begin(pk, [fact], fields, now)
        still = update(TREE, {"changes": tree + 1}, lambda old: (old or {"changes": 0})["changes"] == tree)
        try:
            self.table.write(*steps, still, _put({"pk": "AGENCIES", "sk": agency["id"], "agency": agency}))
        except WriteLost as lost:
            if lost.at(0):
                raise
            raise WriteContended from lost

    def outages(self, since: datetime) -> list[dict[str, Any]]:
        return [row["outage"] for row in self.table.partition("OUTAGES") if row["sk"] >= stamp(since)]

    def outage(self, outage: str) -> dict[str, Any] | None:
        return self.table.get(f"OUTAGE#{outage}", "HEAD")

    def announce(self, outage: dict[str, Any], body: str, fact: Fact, now: datetime) -> None:
        row = {"pk": "OUTAGES", "sk": f"{outage['ends_at']}#{outage['id']}", "outage": outage}
        head = {"outage": outage, "body": body}
        self.table.write(*self.table.begin(f"OUTAGE#{outage['id']}", [fact], head, now), new(row))


class Running:
    """The ports `Running` of versions and `Counts` of restructuring: what a test says of running dossiers."""

    def __init__(self) -> None:
        self.dossiers: list[dict[str, Any]] = []
        self.counts: tuple[int, dict[str, int]] = (0, {})

    def runs(self, reference: str, version: int, state: int, agency: str = EDITOR.agency) -> None:
        """A dossier runs."""
        self.dossiers.append({"sk": f"DOSSIER#{reference}", "version": version, "state": state, "agency": agency})

    def running(self, procedure: str, limit: int) -> list[dict[str, Any]]:
        return self.dossiers[:limit]

    def used(self, procedure: str) -> tuple[int, dict[str, int]]:
        return self.counts


class Catalogue:
    """Everything that keeps and reads the catalogue, and short ways to where a test begins."""

    def __init__(self) -> None:
        self.rows, self.clock = Rows(), Clock()
        self.procedures, self.agencies = Procedures(self.rows), Agencies(self.rows)
        self.snapshots, self.running = Snapshots(), Running()
        self.records = Records(self.procedures, self.clock)
        self.reviews = Reviews(self.procedures, self.running, self.clock)
        self.editing = Editing(self.procedures, self.running, self.reviews, self.clock)
        self.shipping = Shipping(self.procedures, self.clock)
        self.listing = Listing(self.procedures, self.snapshots, self.clock)
        self.services = Services(self.procedures, self.snapshots, self.agencies, self.clock)
        self.administration = Administration(self.agencies, self.clock)

    def ship(self, **changes: Any) -> int:
        """Publish the shipped birth registration, with some facts changed."""
        service = people.service()
        return self.shipping.publish({**service["facts"], **changes}, people.form_document(), service["review"])

    def started(self, key: str = "start-1", **changes: Any) -> dict[str, Any]:
        """A draft of the birth registration's facts, some of them changed."""
        facts = {**copy.deepcopy(people.facts()), **changes}
        return self.editing.start(EDITOR, facts["code"], facts, "facts", act(key))

    def reviewed(self, key: str = "1", *, findings: Sequence[Mapping[str, Any]] = (), **changes: Any) -> dict[str, Any]:
        """A version with a review, ready to be published; its form is the one that is shipped."""
        item = self.started(f"start-{key}", **changes)
        code, number = item["code"], item["version"]
        item = self.editing.save(EDITOR, code, number, item["facts"], people.form_document(), item["edit"])
        self.editing.submit(EDITOR, code, number, act(f"submit-{key}"))
        found = findings or people.service()["review"]["findings"]
        return self.editing.review(REVIEWER, code, number, found, act(f"review-{key}"), accepted=True)

    def published(self, day: str, key: str = "1", **changes: Any) -> dict[str, Any]:
        """A version in force from a day on."""
        item = self.reviewed(key, **changes)
        return self.publish(item, day, f"publish-{key}")

    def publish(self, item: Mapping[str, Any], day: str, key: str = "publish-1") -> dict[str, Any]:
        """Publish a version from a day on."""
        first = date.fromisoformat(day)
        return self.editing.publish(PUBLISHER, item["code"], item["version"], first, act(key, day))

    def withdraw(self, item: Mapping[str, Any], key: str = "withdraw-1") -> dict[str, Any]:
        """Take a version back."""
        return self.editing.withdraw(PUBLISHER, item["code"], item["version"], "Căn cứ đã hết hiệu lực", act(key))

    def log(self, code: str = BIRTH) -> list[str]:
        """What the log of a procedure says."""
        return self.rows.types(f"PROCEDURE#{code}")

    def told(self, code: str = BIRTH) -> dict[str, Any]:
        """The data of the last event of a procedure."""
        data: dict[str, Any] = self.rows.events(f"PROCEDURE#{code}")[-1]["data"]
        return data

    def gate(self, version: int, code: str = BIRTH) -> dict[str, Any]:
        """What every copy of a version's fence says."""
        says = {repr(self.rows.get(*key)): self.rows.get(*key) for key in state_keys(code, version)}
        kept = [{k: v for k, v in (each or {}).items() if k not in ("pk", "sk")} for each in says.values()]
        assert all(each == kept[0] for each in kept)
        return kept[0]
