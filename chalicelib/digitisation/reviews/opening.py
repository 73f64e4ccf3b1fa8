"""Between reading and converting: which values of a paper an officer has to look at, each with its small picture.

A register that knows a value closes its field; a personal name or an identity number of a certificate needs two persons
(policy of the rule pack, `review.second_person`), and on any other paper its correction does (`model.is_personal`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Final

from msgspec import structs

from chalicelib.digitisation.model import Field, PageText, Place
from chalicelib.digitisation.paper import FIELD, STATED, FilePart, Paper
from chalicelib.digitisation.ports import Files, Opener
from chalicelib.digitisation.reviews.answers import sealed
from chalicelib.digitisation.reviews.model import Decision, ReviewField, Value
from chalicelib.digitisation.reviews.ports import Registers, Reviews
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.record import Change
from chalicelib.law import packs

CROPS: Final = "crops/all"
"""The small pictures of a paper's fields, each a JPEG, one after the other."""


@dataclass(frozen=True)
class Opening:
    """Opens the review of a paper. `registers` are asked first."""

    files: Files
    opener: Opener
    registers: Registers
    table: Reviews

    def opened(
        self, paper: Paper, read: Sequence[Field], scans: Sequence[bytes], pages: Sequence[PageText], now: datetime
    ) -> tuple[ReviewField, ...]:
        """The fields that an officer has to look at, with those that a register closed; none when none needs it."""
        asked = [(number, field) for number, field in enumerate(read, 1) if field.needs_review]
        pictures = self._pictures([field for _, field in asked], scans, pages)
        made = [self._field(paper, number, field, now) for number, field in asked]
        shown = [(field, picture) for field, picture in zip(made, pictures, strict=True) if not field.closed]
        places = dict(zip((field.sk for field, _ in shown), self._kept(paper, [it for _, it in shown]), strict=True))
        return tuple(structs.replace(field, crop=places.get(field.sk)) for field in made)

    def _kept(self, paper: Paper, pictures: Sequence[bytes]) -> list[FilePart]:
        """Pictures in one file, since S3 is paid by the file; where each of them is in it."""
        if not pictures:
            return []
        file = self.files.keep(paper.file(CROPS), b"".join(pictures), "application/octet-stream")
        starts = accumulate(map(len, pictures), initial=0)
        return [
            FilePart(key=file.key, version_id=file.version_id, start=start, size=len(picture))
            for start, picture in zip(starts, pictures, strict=False)
        ]

    def fields(self, paper: Paper) -> list[ReviewField]:
        """The fields of a paper as they stand."""
        return self.table.fields(paper)

    def keep(self, of: Change, field: ReviewField) -> None:
        """A field is written with the change of its paper."""
        self.table.keep(of, field)

    def _pictures(
        self, fields: Sequence[Field], scans: Sequence[bytes], pages: Sequence[PageText]
    ) -> tuple[bytes, ...]:
        """A picture of each field; a page is opened once for all of its fields."""
        found: dict[int, bytes] = {}
        for number, (scan, page) in enumerate(zip(scans, pages, strict=True)):
            mine = [place for place, field in enumerate(fields) if field.page == number]
            if mine:
                places = [Place(angle=page.angle, box=fields[place].box) for place in mine]
                found |= dict(zip(mine, self.opener.crops(scan, places), strict=True))
        return tuple(found[place] for place in range(len(fields)))

    def _field(self, paper: Paper, number: int, field: Field, now: datetime) -> ReviewField:
        from chalicelib.digitisation.labels import known

        register = self.registers.confirms(paper.reference, paper.reads_as, field)
        closing = Decision(said="register", officer="", name=register, at=stamp(now)) if register else None
        rules = {rule.name: rule for rule in known(paper.reads_as).rules} if paper.reads_as else {}
        return ReviewField(
            pk=paper.pk,
            sk=f"{FIELD}{number:03d}",
            name=field.name,
            label=field.label,
            sure=round(field.confidence * 1000),
            reason=field.reason,
            sealed=sealed(paper.reference, Value(field.value, field.value, field.alternatives)),
            pattern=rules[field.name].pattern if field.name in rules else "",
            twice=needs_two(paper.reads_as, field.name, now.astimezone(ZONE).date()),
            closed=closing is not None,
            decisions=(closing,) if closing else (),
        )


def needs_two(kind: str, field: str, day: date) -> bool:
    """Whether two persons have to look at a field of a kind of paper on this day (policy).

    Of what an index sheet states they have to whatever the kind, and without any.
    """
    rule = packs.pack_on(day).rules.review_second_person.value
    return field in STATED or (kind in rule.papers and field.startswith(rule.fields))
