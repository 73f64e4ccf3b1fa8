"""A signed paper that its agency withdraws: by one who proposes and another one who confirms."""

from infra.demo import story
from infra.demo.client import Client

DECISION = {"decision": "Quyết định 12/QĐ-UBND ngày 27/11/2026", "reason": "wrong_facts"}


def leader_of(where, agency=story.AGENCY, roles=("leader",), **claims):
    """A leader that nobody else is, with a number that nobody else has unless it is said."""
    number = story.somebody()["personal_id"]
    claims = {"sub": f"leader-{number}", "personal_id": number} | claims
    return Client.login(where, kind="OFFICER", name="Lê Thị Hai", agency=agency, roles=list(roles), **claims)


def withdraw(where, message, agency=story.AGENCY):
    """One leader proposes it, another one confirms."""
    path = f"/v1/messages/{message}/withdrawal"
    told = leader_of(where, agency).post(path, DECISION).ok().body
    body = {"proposal": told["proposal"], "verdict": "confirm"}
    return leader_of(where, agency).post(f"{path}/confirmation", body).ok().body
