"""The stack of a stage's portals: for each a usage plan of API Gateway with its rate, and the key that names it.

The authorizer says the key of a caller (`chalicelib/identity/authorizer.py`), nobody sends it. The settings of a stage
say who has which rate: `"Portals": "dvc-hanoi=50,dvc-hue=20,others=200"`, in requests a second.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.kernel.settings import NOBODY, OTHERS, PLAN
from infra.stack import front
from infra.stack.resources import Resource, ref

_ONE: Final = re.compile(r"([A-Za-z0-9._-]{1,100})=([1-9][0-9]{0,5})")


class UnfitPortals(ValueError):
    """The portals of a stage are not said as they must be; the text names the one and the rule."""


def rates(told: str) -> dict[str, int]:
    """Requests a second by client id, that of all others among them; none for an empty text. Raises UnfitPortals."""
    found: dict[str, int] = {}
    for one in told.split(",") if told else ():
        said = _ONE.fullmatch(one.strip())
        if said is None or said[1] == NOBODY:
            raise UnfitPortals(f"Portals: {one.strip()} is not <client_id>=<requests a second>")
        if said[1] in found:
            raise UnfitPortals(f"Portals: {said[1]} stands twice")
        found[said[1]] = int(said[2])
    if found and OTHERS not in found:
        raise UnfitPortals(
            f"Portals: {OTHERS}=<requests a second> is missing: without it all other clients are refused"
        )
    return found


def ids(portals: Mapping[str, int]) -> str:
    """The parameter `PortalIds` of the app stack."""
    return ",".join(sorted(portals.keys() - {OTHERS})) or (OTHERS if portals else NOBODY)


def _portal(client: str, rate: int) -> dict[str, Resource]:
    name = f"Portal{hashlib.sha256(client.encode()).hexdigest()[:12]}"
    stage = {"ApiId": ref("RestAPIId"), "Stage": front.STAGE}
    plan = {
        "Description": f"Mot Cua: {client}",
        "ApiStages": [stage],
        "Throttle": {"RateLimit": rate, "BurstLimit": rate},
    }
    key = {"Description": f"Mot Cua: {client}", "Enabled": True, "Value": PLAN + client}
    both = {"KeyId": ref(f"{name}Key"), "KeyType": "API_KEY", "UsagePlanId": ref(name)}
    return {
        name: {"Type": "AWS::ApiGateway::UsagePlan", "Properties": plan},
        f"{name}Key": {"Type": "AWS::ApiGateway::ApiKey", "Properties": key},
        f"{name}Has": {"Type": "AWS::ApiGateway::UsagePlanKey", "Properties": both},
    }


def template(portals: Mapping[str, int]) -> dict[str, Any]:
    """A plan, a key and what joins them, for each; the API is the app stack's."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Mot Cua: limits of portals. May be deleted when PortalIds of the app stack is none.",
        "Parameters": {"RestAPIId": {"Type": "String", "Description": "Output of the app stack"}},
        "Resources": {k: v for client, rate in sorted(portals.items()) for k, v in _portal(client, rate).items()},
    }
