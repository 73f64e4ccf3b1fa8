"""From stored versions to what those who keep them read."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.catalogue.versions.wire import editing as wire
from chalicelib.law.problems import Problem


def version_row(item: Mapping[str, Any]) -> wire.VersionRow:
    """A version in the list."""
    return wire.VersionRow(**_row(item))


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "version": item["version"],
        "state": item["state"],
        "effective_from": item.get("effective_from"),
        "effective_to": item.get("effective_to"),
        "author": item["author"],
        "review": item.get("review"),
        "returned": item.get("returned"),
        "publisher": item.get("publisher"),
    }


def version_view(item: Mapping[str, Any], problems: Sequence[Problem], language: str) -> wire.VersionView:
    """A version, whole, with what still keeps it from being published."""
    told = [
        wire.ProblemView(
            pointer=p.pointer, rule=p.rule, message=p.en if language == "en" else p.vi, severity=p.severity
        )
        for p in problems
    ]
    return wire.VersionView(
        **_row(item), code=item["code"], facts=dict(item["facts"]), form=dict(item["form"]), problems=told
    )
