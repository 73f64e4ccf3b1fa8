"""Petitions in identity's table: a record each, on the lists of who filed it and of the agency that has it."""

import zlib
from collections.abc import Sequence
from datetime import datetime
from itertools import batched
from typing import Final, Literal

from msgspec import Struct, structs

from chalicelib.contracts.catalogue import Agency, AgencyEntry
from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import read, typed, written
from chalicelib.dossier import offered, reading
from chalicelib.identity.joined import numbers_of
from chalicelib.identity.petitions.items import (
    LATEST,
    PARTS,
    Desk,
    DuePetition,
    ListedPetition,
    PetitionHead,
    PublishedPetition,
)
from chalicelib.identity.petitions.model import Receiver, look_at, rules_of
from chalicelib.identity.petitions.ports import Page
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.paging import PAGE, merged_cursor, starts_of
from chalicelib.kernel.record import Change, Head
from chalicelib.law.validity import covers

LISTED: Final = ("list_pk", "list_sk")
PLACE: Final = ("pk", "sk")
DUE: Final = "DUE"
REMOTE: Final = "remote"
"""The kind of area that is deep, far and hard to reach, in an agency's entry."""
_OF_RECORDS: Final = frozenset(field.name for field in structs.fields(Head))


def partition(petition: str) -> str:
    """Where a petition stands."""
    return f"PETITION#{petition}"


def mine_list(holder: str) -> str:
    """The list of somebody's petitions."""
    return f"PETITIONS#{holder}"


def owed_list(agency: str, desk: Desk) -> str:
    """The list of what an agency has to do, for one of its desks."""
    return f"PETITIONED#{agency}#{desk}"


def public_list(agency: str) -> str:
    """The list of what an agency answered in public."""
    return f"PETITIONSPUBLIC#{agency}"


def due_list(part: int) -> str:
    """A part of the list of what is due."""
    return f"PETITIONSDUE#{part}"


class _Row(Struct, frozen=True):
    """A row of the index, which holds keys alone."""

    pk: str


class PetitionTable:
    """Petitions in DynamoDB."""

    def receiver(self, agency: str, day: str) -> Receiver | None:
        """An agency of this code that there is on a Vietnamese day; one without dated entries is there on all."""
        known = offered.agency_of(agency)
        entry = _entry(known, day)
        if known is None or (known.entries and entry is None):
            return None
        return Receiver(agency=agency, remote=entry is not None and REMOTE in (entry.areas or ()))

    def above(self, agency: str, day: str) -> str | None:
        """Below which agency it stands on a Vietnamese day."""
        entry = _entry(offered.agency_of(agency), day)
        return entry.parent if entry else None

    def head(self, petition: str) -> PetitionHead:
        """The record of a petition; one that nobody filed has version 0."""
        pk = partition(petition)
        found = aws.get(TABLE(), pk, "HEAD")
        return read(PetitionHead, found) if found else PetitionHead(pk=pk)

    def holders(self, dossier: str) -> frozenset[str]:
        """Who holds a dossier that was submitted, as keyed hashes; nobody where there is none such."""
        found = reading.read(dossier)
        if found is None or found.head.is_draft:
            return frozenset()
        return frozenset({found.head.holder, *(each.holder for each in found.head.co_holders or ())})

    def numbers(self, holder: str) -> Sequence[str]:
        """All numbers of a person by their present one, as keyed hashes."""
        return numbers_of(holder)

    def mine(self, numbers: Sequence[str], after: str) -> Page[PetitionHead]:
        """A page of what was filed under each number, the newest first. Raises as `paging.starts_of`."""
        lists = [mine_list(each) for each in numbers]
        starts, found, left = starts_of(after, PLACE, lists), list[str](), dict[str, aws.Item]()
        for pk in lists:
            if after and pk not in starts:
                continue
            rows, last = aws.page(TABLE(), "", PLACE[0], pk, limit=PAGE, start=starts.get(pk), newest=True)
            found += [read(ListedPetition, row).petition for row in rows]
            left |= {pk: last} if last else {}
        heads = sorted(self._heads(found), key=lambda head: head.filed_at, reverse=True)
        return heads, merged_cursor(left) if left else None

    def owed(
        self, agencies: Sequence[str], desks: Sequence[Desk], after: str, late_at: str | None = None
    ) -> Page[PetitionHead]:
        """A page of what some agencies have to do, on some desks, those due first of each.

        `late_at`: those alone that were due before that stamp. Raises as `paging.starts_of`.
        """
        lists = [owed_list(agency, desk) for agency in agencies for desk in desks]
        starts, names, left = starts_of(after, LISTED, lists), list[str](), dict[str, aws.Item]()
        within: tuple[str, Literal["<"], str] | None = (LISTED[1], "<", late_at) if late_at else None
        for pk in lists:
            if after and pk not in starts:
                continue
            start = starts.get(pk)
            rows, last = aws.page(TABLE(), "listed", LISTED[0], pk, limit=PAGE, start=start, within=within)
            names += [typed(_Row, row, row).pk.removeprefix(partition("")) for row in rows]
            left |= {pk: last} if last else {}
        heads = [head for head in self._heads(names) if head.list_pk in lists]  # the index is behind what moved on
        return heads, merged_cursor(left) if left else None

    def published(self, agency: str, after: str) -> Page[PublishedPetition]:
        """A page of what an agency answered in public, the newest first. Raises as `paging.starts_of`."""
        pk = public_list(agency)
        start = starts_of(after, PLACE, [pk]).get(pk)
        rows, last = aws.page(TABLE(), "", PLACE[0], pk, limit=PAGE, start=start, newest=True)
        return [read(PublishedPetition, row) for row in rows], merged_cursor({pk: last}) if last else None

    def due(self, now: datetime) -> list[str]:
        """Petitions that the clock is to look at: due soon, past their time, or to be erased."""
        found = list[str]()
        for part in range(PARTS):
            values = {":list": due_list(part), ":now": f"{stamp(now)}$"}
            rows = aws.found(TABLE(), "listed", "list_pk = :list AND list_sk < :now", values)
            found += [typed(_Row, row, row).pk.removeprefix(partition("")) for row in rows]
        return found

    def write(
        self,
        before: PetitionHead,
        after: PetitionHead,
        event: Event,
        actor: str,
        now: datetime,
        public: PublishedPetition | None = None,
    ) -> None:
        """A change of a petition with its event and its place on the lists. Raises aws.Lost, aws.WriteContended."""
        after = structs.replace(after, **_place(after))
        change = Change(TABLE(), before, now).tell(event, actor=actor)
        new, old = structs.asdict(after), structs.asdict(before)
        change.put(**{k: v for k, v in new.items() if k not in _OF_RECORDS and v is not None and v != old[k]})
        change.take_off(*(k for k, v in new.items() if v is None and old[k] is not None))
        if not before.version:
            row = {"pk": mine_list(after.holder), "sk": f"{after.filed_at}#{after.id}"}
            change.also("row", aws.put_new(TABLE(), row | written(ListedPetition(petition=after.id))))
        if public:
            pk, sk = _public_place(public.agency, public.at, after.id)
            change.also("public", aws.put_new(TABLE(), {"pk": pk, "sk": sk} | written(public)))
        if before.public and not after.public:
            change.also("public", aws.delete(TABLE(), _public_place(after.agency, before.published_at or "", after.id)))
        due = _due(after, now)
        change.also("due", aws.put(TABLE(), due) if due else aws.delete(TABLE(), (after.pk, DUE)))
        change.write()

    def _heads(self, petitions: Sequence[str]) -> list[PetitionHead]:
        # An index may show a record twice while its place changes, and no batch reads a key twice.
        once, known = list(dict.fromkeys(petitions)), dict[str, PetitionHead]()
        for some in batched(once, aws.MOST_AT_ONCE, strict=False):
            rows = aws.many(TABLE(), [(partition(each), "HEAD") for each in some], as_now=True)
            known |= {head.id: head for head in (read(PetitionHead, row) for row in rows)}
        return [known[each] for each in once if each in known]


def _entry(known: Agency | None, day: str) -> AgencyEntry | None:
    """What the catalogue last told of an agency, as of a Vietnamese day."""
    entries = known.entries if known else ()
    return next((each for each in entries if covers(day, each.valid_from, each.valid_to)), None)


def _due(head: PetitionHead, now: datetime) -> aws.Item | None:
    """Its row on the list of what is due; None where the clock has nothing to do for it."""
    at = look_at(head, rules_of(head, now))
    if at is None:
        return None
    part = zlib.crc32(head.id.encode()) % PARTS
    due = DuePetition(petition=head.id, list_pk=due_list(part), list_sk=f"{at}#{head.id}")
    return {"pk": head.pk, "sk": DUE, **written(due)}


def _public_place(agency: str, at: str, petition: str) -> tuple[str, str]:
    """Where its public answer stands, which names it to nobody."""
    return public_list(agency), f"{at}#{keyed_hash('published', petition)}"


def _place(head: PetitionHead) -> dict[str, str | None]:
    """Its place on its agency's list while that has something to do, or waits."""
    if not head.is_open:
        return dict.fromkeys(LISTED)
    return {LISTED[0]: owed_list(head.agency, head.desk), LISTED[1]: f"{head.due_at or LATEST}#{head.id}"}
