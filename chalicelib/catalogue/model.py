"""A version as it is stored: when it is in force, and the fingerprint of what it says."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from chalicelib.catalogue import versions
from chalicelib.contracts.plan import Window
from chalicelib.kernel.clock import ZONE, moment, stamp
from chalicelib.kernel.ids import canonical
from chalicelib.law import validity

PUBLISHED = ("published", "replaced")


def fingerprint(facts: Mapping[str, Any]) -> str:
    """SHA-256 of facts: the same facts are the same version, or the same national record."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def window(item: Mapping[str, Any]) -> dict[str, Any]:
    """When a version is in force: Vietnamese days, the first included, the last not; open at the end when None."""
    return {"version": item["version"], "from": item["effective_from"], "to": item.get("effective_to")}


def in_force(windows: Sequence[Mapping[str, Any]], day: date) -> int | None:
    """The version under which a dossier is received on a Vietnamese day; None when there is none (rule R41)."""
    return validity.in_force(msgspec.convert(windows, tuple[Window, ...]), day)


def gate(item: Mapping[str, Any]) -> dict[str, Any]:
    """What a version's fence must say: from which moment until which it lets a submission through, if at all."""
    return {
        "code": item["code"],
        "version": item["version"],
        "is_published": item["state"] in PUBLISHED,
        "opens": _midnight(item.get("effective_from")),
        "closes": _midnight(item.get("effective_to")),
    }


def _midnight(day: str | None) -> str | None:
    """The moment at which a Vietnamese day begins, as a stored stamp."""
    return stamp(validity.midnight(date.fromisoformat(day))) if day else None


def version_of(item: Mapping[str, Any]) -> versions.Version:
    """A stored version as the law of versions sees it."""
    review = item.get("review")
    return versions.Version(
        code=item["code"],
        number=item["version"],
        author=item["author"]["by"],
        state=versions.VersionState(item["state"]),
        effective_from=_day(item.get("effective_from")),
        effective_to=_day(item.get("effective_to")),
        review=_review_of(review) if review else None,
        publisher=(item.get("publisher") or {}).get("by"),
    )


def _review_of(review: Mapping[str, Any]) -> versions.Review:
    on = moment(review["at"]).astimezone(ZONE).date()
    return versions.Review(review["by"], on, tuple(versions.Finding(**f) for f in review["findings"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
