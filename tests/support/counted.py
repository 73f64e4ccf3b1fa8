"""Nothing is doubled: what a dossier left at its end is counted, in every table and file of a cloud."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from infra.demo import story
from infra.demo.client import Client
from tests.support import world

STEPS = ("submitted", "accepted", "forwarded", "verified", "decided", "processed", "returned")
MESSAGES = ("receipt.signed", "copy.signed", "message.converted", "result.signed")


def once(where: Mapping[str, str], me: Client, reference: str) -> Counter[str]:
    """One code, one result, one holding, every step and paper told once; answers how often what was told.

    Each event counts by its id: the chain of its record is whole, and no two rows of any log say the same of it.
    """
    found = story.dossier(me, reference)
    code = found["dossier_code"]
    assert found["results"] == [f"{code}-KQ1"]
    rows = world.partition(where, "Dossiers", reference)
    assert len([r for r in rows if r["sk"].startswith("RESULT#")]) == 1
    kept = me.get("/v1/vault/documents").ok().body["documents"]
    assert [d["id"] for d in kept if d["group"] == "results"] == found["results"]
    lines = me.get("/v1/vault/access").ok().body["lines"]
    assert [x["act"] for x in lines if x["document"] in found["results"]] == ["stored"]
    assert me.get(f"/v1/dossiers/{reference}/timeline").ok().body["unbroken"]
    told = _told(where, reference, code)
    assert {told[f"dossier.{step}"] for step in STEPS} == {1}, told
    assert {told[kind] for kind in MESSAGES} == {1}, told
    assert told["vault.stored"] == 1, told
    components = len([r for r in rows if r["sk"].startswith("COMPONENT#")])
    assert told["component.received"] == components, told
    return told


def _told(where: Mapping[str, str], reference: str, code: str) -> Counter[str]:
    """The events about a dossier in the logs of every table, by type without its prefix."""
    told: Counter[str] = Counter()
    for rows in world.tables(where).values():
        for text in rows:
            if reference in text or code in text:
                row: dict[str, Any] = json.loads(text)
                if row["sk"]["S"].startswith("EVENT#") and "type" in row:
                    told[row["type"]["S"].removeprefix("vn.motcua.")] += 1
    return told
