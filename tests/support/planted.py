"""More capabilities than there are: functions, rules, schedules and tables planted in our own tables of the stacks."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from infra.build import compose
from infra.stack import data, functions, policies, resources, watch
from infra.stack.resources import arn, logical, on, ref

HERE = 10
"""Capabilities with a domain of their own today: without the outbox and identity."""
HEARD, CALLED = 3, 1
"""Workers that hear the bus and workers that a schedule calls, of a planted capability: the most that most have."""


def plant(monkeypatch: pytest.MonkeyPatch, capabilities: int) -> tuple[str, ...]:
    """Plant that many, each with an API, workers, a schedule and a table; answers the functions' names."""
    added = [name for number in range(capabilities) for name in _capability(monkeypatch, f"planted{number}")]
    rules = {n: r for n, r in resources.APP.items() if r["Type"] == "AWS::Events::Rule"}
    hearing = resources.called_by({n: r for n, r in rules.items() if "EventPattern" in r["Properties"]})
    for module in (resources, policies, watch, compose):
        monkeypatch.setattr(module, "HEARING", hearing)
    return tuple(added)


def _capability(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[str]:
    heard = [f"{name}_hear_{place}" for place in range(HEARD)]
    called = [f"{name}_call_{place}" for place in range(CALLED)]
    table, tables = logical(name), dict(resources.TABLES)
    for function, like in {
        f"{name}_api": "vault_api",
        **dict.fromkeys([*heard, *called], "vault_store_result"),
    }.items():
        monkeypatch.setitem(functions.FUNCTIONS, function, functions.FUNCTIONS[like])
        monkeypatch.setitem(policies.NEEDS, function, policies.NEEDS[like])
        yield function
    app = resources.stream(table, "outbox_publish", resources.parked("outbox_publish"))
    for function in heard:
        app |= resources.worker(function, functions.FUNCTIONS[function])
        app |= resources.rule(f"On{logical(function)}", on("vn.motcua.vault.stored"), function, "Bus")
    for function in called:
        app |= resources.timed(function) | resources.schedule(f"Every{logical(function)}", "rate(1 day)", function)
    for logical_id, given in app.items():
        monkeypatch.setitem(resources.APP, logical_id, given)
    for word, value in {f"{table}Name": ref(table), f"{table}StreamArn": arn(table, "StreamArn")}.items():
        monkeypatch.setitem(data.OUTPUTS, word, value)
        monkeypatch.setitem(compose._ACROSS, json.dumps(value), ref(word))
    monkeypatch.setitem(data.DATA, table, next(iter(tables.values())))


def grown(template: dict[str, Any], app: Any, planted: tuple[str, ...]) -> dict[str, Any]:
    """The packaged app template with what was planted: Chalice's part of a planted function is another one's."""
    more = compose.merge_template(app)
    whole = copy.deepcopy(template)
    for name in planted:
        like = whole["Resources"]["VaultApi" if name.endswith("_api") else "VaultStoreResult"]
        role = copy.deepcopy(whole["Resources"]["VaultApiRole"])
        role["Properties"]["Policies"][0]["PolicyDocument"] = compose.policy(name)
        whole["Resources"] |= {logical(name): copy.deepcopy(like), f"{logical(name)}Role": role}
        whole["Resources"][logical(name)]["Properties"]["Role"] = arn(f"{logical(name)}Role")
    whole = compose._mixed(whole, more)
    paths = whole["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    for name in (name for name in planted if name.endswith("_api")):
        paths |= {
            f"/{name}{path}": copy.deepcopy(given) for path, given in list(paths.items())[: len(app.routes) // HERE]
        }
    return whole
