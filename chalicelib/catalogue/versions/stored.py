"""A version as it is stored, as the law of versions sees it."""

from datetime import date

from chalicelib.catalogue.procedures.items import Reviewed, VersionItem
from chalicelib.catalogue.versions.model import Review, Version
from chalicelib.kernel.clock import ZONE, moment


def version_of(item: VersionItem) -> Version:
    """A stored version as the law of versions sees it."""
    return Version(
        code=item.code,
        number=item.version,
        author=item.author.by,
        state=item.state,
        effective_from=_day(item.effective_from),
        effective_to=_day(item.effective_to),
        review=_review_of(item.review) if item.review else None,
        publisher=item.publisher.by if item.publisher else None,
    )


def _review_of(review: Reviewed) -> Review:
    return Review(review.by, moment(review.at).astimezone(ZONE).date(), review.findings)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
