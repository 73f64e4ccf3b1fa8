"""A version as it is stored: as the law of versions sees it, and as its fence lets submissions through."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.catalogue.versions.model import Finding, Review, Version, VersionState
from chalicelib.kernel.clock import ZONE, moment, stamp
from chalicelib.law import validity

PUBLISHED = ("published", "replaced")


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


def version_of(item: Mapping[str, Any]) -> Version:
    """A stored version as the law of versions sees it."""
    review = item.get("review")
    return Version(
        code=item["code"],
        number=item["version"],
        author=item["author"]["by"],
        state=VersionState(item["state"]),
        effective_from=_day(item.get("effective_from")),
        effective_to=_day(item.get("effective_to")),
        review=_review_of(review) if review else None,
        publisher=(item.get("publisher") or {}).get("by"),
    )


def _review_of(review: Mapping[str, Any]) -> Review:
    on = moment(review["at"]).astimezone(ZONE).date()
    return Review(review["by"], on, tuple(Finding(**f) for f in review["findings"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
