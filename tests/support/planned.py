"""Those who make plans of services: a province of their own, its officers, a plan that nothing is wrong with."""

import itertools
from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.clock import ZONE, utc_now
from infra.demo.client import Answer, Client
from tests.support.catalogue import Desk, facts_of
from tests.support.world import officer_of

DRAFTS = "/v1/catalogue/plans"
_PROVINCES, _SERVICES = itertools.count(60), itertools.count(700_001)


def planned(service: str, owner: str, **changes: Any) -> dict[str, Any]:
    """A service of a plan."""
    return {
        "service": service,
        "kind": "public_utility",
        "name_vi": "Cấp nước sạch",
        "name_en": "Water supply",
        "provider_vi": "Công ty Cấp nước",
        "provider_en": "Water Company",
        "channels": ["authority_system"],
        "current": "none",
        "target": "partial",
        "quarter": "2025-Q2",
        "owner": owner,
        **changes,
    }


def plan_of(issuer: str, *services: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """A plan for 2025: of these services, or of the one that is shipped."""
    return {
        "issuer": issuer,
        "title_vi": f"Kế hoạch cung cấp dịch vụ công ích của {issuer}",
        "title_en": f"Plan of public utility services of {issuer}",
        "kinds": ["public_utility"],
        "first": "2025-Q1",
        "last": "2025-Q4",
        "items": list(services) or [planned("U.000001", "H01")],
        **changes,
    }


def today() -> str:
    """The day in Viet Nam."""
    return f"{utc_now().astimezone(ZONE):%Y-%m-%d}"


class Province:
    """A province of the register that no other test has: its committee, and a department that drafts for it."""

    def __init__(self, where: Mapping[str, str]) -> None:
        self.where, self.name = where, f"H{next(_PROVINCES)}"
        self.department = f"{self.name}.1"
        entry = {"name": "Ủy ban nhân dân tỉnh", "level": "province", "valid_from": "2025-07-01"}
        chief = officer_of(where, self.name, "administrator")
        chief.call("PUT", f"/v1/agencies/{self.name}", {"entries": [entry]}, version=0).ok()
        self.editor = officer_of(where, self.department, "editor")
        self.reviewer, self.publisher = (officer_of(where, self.name, role) for role in ("reviewer", "publisher"))

    def body(self, *services: str, **changes: Any) -> dict[str, Any]:
        """A plan of these services for 2025."""
        items = [planned(service, self.name) for service in services or ("U.000001",)]
        return {**plan_of(self.name, *items), **changes}

    def service(self) -> Desk:
        """A service of the department of which there is a draft and nothing else."""
        desk = Desk(self.where, f"U.{next(_SERVICES)}", self.department)
        desk.start("facts", facts_of(desk.code)).ok(201)
        return desk

    def draft(self, body: Mapping[str, Any] | None = None) -> str:
        """A draft; answers its name."""
        return str(self.editor.post(DRAFTS, body or self.body()).ok(201).body["id"])

    def put(self, who: Client, plan: str, act: str, body: Mapping[str, Any], version: int | None = None) -> Answer:
        """An act on a plan as it stands."""
        now = version if version is not None else self.version(plan)
        return who.call("PUT", f"{DRAFTS}/{plan}{act}", dict(body), version=now)

    def version(self, plan: str) -> int:
        """The version of a plan."""
        return int(self.publisher.get(f"{DRAFTS}/{plan}").ok().headers["ETag"].strip('"'))

    def review(self, plan: str, *, accepted: bool = True) -> Answer:
        """What another officer says of a draft."""
        return self.put(self.reviewer, plan, "/review", {"accepted": accepted, "note": ""})

    def issue(self, plan: str, day: str = "") -> Answer:
        """The issuer's decision, of today unless said."""
        return self.put(self.publisher, plan, "/issue", {"number": "15/KH-UBND", "day": day or today()})

    def issued(self, body: Mapping[str, Any] | None = None) -> str:
        """A plan that everybody reads."""
        plan = self.draft(body)
        self.review(plan).ok()
        self.issue(plan).ok()
        return plan
