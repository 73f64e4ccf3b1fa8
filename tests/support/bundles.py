"""Bundles over HTTP: an e-form is filed, and the children that it starts are settled by their own agencies."""

import copy
from collections.abc import Mapping
from typing import Any

from infra.demo import story
from infra.demo.client import Client

BIRTH, DEATH = "2.002621", "2.002622"
BIRTH_NOTICE, DEATH_NOTICE = "000.00.00.G15-KQ004389", "000.00.00.G15-KQ004376"
PAPERS = {BIRTH: BIRTH_NOTICE, DEATH: DEATH_NOTICE}


def birth_form(*, wants_card: bool) -> dict[str, Any]:
    """The answers of a birth whose parents are known."""
    form = copy.deepcopy(story.FORM)
    mother = form["mother"]
    form["bundle"] = {
        "declarant": mother["full_name"],
        "declarant_id": mother["personal_id"],
        "declarant_born_on": "1995-04-12",
        "phone": "0912345678",
        "address": mother["residence"],
        "owner_consents": True,
        "wants_card": wants_card,
    }
    return form


def death_form(allowance: str = "Người có công", *, ends_benefit: bool = True) -> dict[str, Any]:
    """The answers of a death."""
    return {
        "death": {
            "full_name": "Lê Văn Thuận",
            "personal_id": "086045001234",
            "died_on": "2026-11-20",
            "allowance": allowance,
            "ends_benefit": ends_benefit,
        },
        "applicant": {
            "full_name": "Nguyễn Thị Bích Liễu",
            "personal_id": "001195012345",
            "born_on": "1995-04-12",
            "address": "Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long",
        },
        "contact": {"phone": "0912345678"},
        "request": "Đăng ký khai tử, xóa thường trú và trợ cấp cho cha tôi",
    }


def start(me: Client, procedure: str, form: Mapping[str, Any], scan: bytes) -> str:
    """A bundle is filed; answers its reference."""
    draft = str(me.post("/v1/drafts", {"procedure": procedure, "agency": story.AGENCY}).ok(201).body["reference"])
    story.fill(me, draft, form).ok()
    sent = story.upload(me, draft, scan, component=PAPERS[procedure])
    assert story.checked(me, draft, sent)["status"] == "accepted"
    return str(story.submit(me, draft).ok(201).body["reference"])


def children_of(who: Client, parent: str) -> dict[str, dict[str, Any]]:
    """The legs of a bundle that were started or ended, by name."""
    legs = story.dossier(who, parent)["children"]
    return {each["leg"]: each for each in legs if each["reference"] or each["outcome"]}


def desk(where: Mapping[str, str], child: Mapping[str, Any], kind: str, outcome: str, **more: Any) -> Any:
    """The child's own agency completes its open task of a kind."""
    role = next(role for each, role, _ in story.STEPS if each == kind)
    officer = story.officer(where, role, agency=child["agency"])
    task = story.until(f"{child['leg']}: {kind}", lambda: story.task_of(officer, child["reference"], kind))
    if more or outcome not in {"accepted", "verified", "approved"}:
        return officer.post(f"/v1/tasks/{task}/complete", {"outcome": outcome, **more})
    return story.complete(officer, task, outcome)


def settle(where: Mapping[str, str], me: Client, child: Mapping[str, Any]) -> dict[str, Any]:
    """A child through its own agency's desks, to the result in its holder's vault."""
    for kind, _, outcome in story.STEPS:
        desk(where, child, kind, outcome).ok()
    return story.until(f"{child['leg']}: the result", lambda: story.returned(me, str(child["reference"])))
