"""Dossiers in memory, and a driver that remembers what it was told."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.events import Fact
from chalicelib.onestop.fence import AGENCIES, task_item

from chalicelib.kernel.clock import stamp
from chalicelib.onestop.model import Dossier, dossier_of
from tests.fakes.rows import Rows, new, put, update

WORKLIST = ("wl_pk", "wl_sk")


class Dossiers:
    """The port `onestop.ports.Dossiers`."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._serials: Counter[tuple[str, date]] = Counter()

    def dossier(self, reference: str) -> Dossier | None:
        return dossier_of(self.rows.partition(reference))

    def by_code(self, code: str) -> str | None:
        item = self.rows.get(f"CODE#{code}", "DOSSIER")
        return item["reference"] if item else None

    def next_serial(self, agency: str, day: date) -> int:
        self._serials[agency, day] += 1
        return self._serials[agency, day]

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
        reference = dossier.reference
        fields = {"status": "done", "version": task["version"] + 1, **done}
        steps = self.rows.append(dossier.head, facts, now, put)
        steps.append(
            update(
                (reference, task["sk"]),
                fields,
                lambda old: bool(old) and old["status"] == "open" and old["version"] == task["version"],
                WORKLIST,
            )
        )
        steps.append(new({"pk": reference, **slip}))
        if following:
            steps.append(new(task_item(reference, following)))
        if code:
            steps.append(new({"pk": f"CODE#{code}", "sk": "DOSSIER", "reference": reference}))
        if leg:
            key = (reference, f"LEG#{task['leg']}")
            steps.append(update(key, {"outcome": leg}, lambda old: "outcome" not in (old or {})))
        self.rows.write(*steps)

    def change(
        self,
        dossier: Dossier,
        facts: Sequence[Fact],
        now: datetime,
        *,
        put: Mapping[str, Any],
        result: Mapping[str, Any] | None = None,
    ) -> None:
        steps = self.rows.append(dossier.head, facts, now, put)
        if result:
            steps.append(new({"pk": dossier.reference, **result}))
        self.rows.write(*steps)

    def open_leg(self, reference: str, leg: str, token: str, execution: str) -> dict[str, Any] | None:
        key, attempt = (reference, f"LEG#{leg}"), int(execution.rpartition("-")[2])
        held = self.rows.get(*key) or {}
        if held.get("execution", execution) != execution and held["attempt"] >= attempt:
            return None
        fields = {"token": token, "execution": execution, "attempt": attempt}
        self.rows.write(update(key, fields, lambda _old: True))
        return self.rows.get(*key)

    def leg(self, reference: str, leg: str) -> dict[str, Any] | None:
        return self.rows.get(reference, f"LEG#{leg}")


class Overdue:
    """The port `onestop.ports.Overdue`; `broken` names agencies whose list fails and dossiers that cannot be read."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.broken: set[str] = set()
        self.read: list[str] = []

    def agencies(self) -> list[str]:
        return [row["sk"] for row in self.rows.partition(AGENCIES)]

    def overdue(self, agency: str, kind: str, now: datetime) -> Iterable[Mapping[str, Any]]:
        self.read.append(f"{agency}#{kind}")
        if agency in self.broken:
            raise ConnectionError(agency)
        rows = self.rows.indexed("wl_pk", f"{agency}#{kind}")
        return [r for r in sorted(rows, key=lambda r: r["wl_sk"]) if r["wl_sk"] < stamp(now) and "overdue_at" not in r]

    def dossier(self, reference: str) -> Dossier | None:
        if reference in self.broken:
            raise ConnectionError(reference)
        return dossier_of(self.rows.partition(reference))

    def mark(self, dossier: Dossier, task: Mapping[str, Any], fact: Fact, now: datetime) -> None:
        steps = self.rows.append(dossier.head, [fact], now)
        key = (dossier.reference, task["sk"])
        fresh = {"overdue_at": stamp(now)}
        steps.append(update(key, fresh, lambda old: bool(old) and old["status"] == "open" and "overdue_at" not in old))
        self.rows.write(*steps)

    def left_off(self) -> str:
        return (self.rows.get("SWEEP", "NEXT") or {}).get("agency", "")

    def leave_off(self, agency: str) -> None:
        self.rows.write(put({"pk": "SWEEP", "sk": "NEXT", "agency": agency}))


class Driver:
    """The port `onestop.ports.Driver`: one execution a name, one answer a token, whatever comes again is no news."""

    def __init__(self) -> None:
        self.started: dict[str, dict[str, Any]] = {}
        self.told: dict[str, Mapping[str, Any]] = {}
        self.calls = 0

    def start(self, name: str, given: Mapping[str, Any]) -> bool:
        self.calls += 1
        if name in self.started:
            return False
        self.started[name] = dict(given)
        return True

    def status(self, name: str) -> str | None:
        return "RUNNING" if name in self.started else None

    def succeed(self, token: str, outcome: Mapping[str, Any]) -> None:
        self.calls += 1
        self.told.setdefault(token, outcome)
