"""Petitions in identity's table: a record each, on the lists of who filed it and of the agency that has it."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Final

from msgspec import Struct, structs

from chalicelib.contracts.catalogue import Agency, AgencyEntry
from chalicelib.contracts.event import Event
from chalicelib.contracts.lifecycle import DossierPaperWithdrawn, RecallProposed
from chalicelib.contracts.stored import read, typed, written
from chalicelib.digitisation.fence import TABLE as PAPERS
from chalicelib.digitisation.fence import dropped_by, paper_key
from chalicelib.dossier import offered, reading, references
from chalicelib.dossier.interests import name_of, names_of
from chalicelib.dossier.reading import Part
from chalicelib.dossier.second_person import Lookup
from chalicelib.dossier.staffed import known_officers, numbers_on_lists
from chalicelib.dossier.ties import people_of
from chalicelib.identity import listed
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
from chalicelib.identity.petitions.ports import Deletion, Page
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import allowances, aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.paging import PAGE, merged_cursor, starts_of
from chalicelib.kernel.record import LogRow, stretch
from chalicelib.law.validity import covers
from chalicelib.ledger import door

__all__ = ["PAPERS", "PetitionTable", "head_of"]

ABOVE: Final = "ABOVE"
"""Beside a record: that the agency above is to look at it."""
LONGEST: Final = 500
"""Events of a petition that are read: it ends after some twenty."""
REMOTE: Final = "remote"
"""The kind of area that is deep, far and hard to reach, in an agency's entry."""


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


def above_list(head: PetitionHead) -> str | None:
    """The list of the agency above while that is to look at it: of whoever leads there."""
    return owed_list(head.above, "led") if head.above and head.calls_above else None


def _called(head: PetitionHead) -> DuePetition:
    """Its row on the list of the agency above."""
    place = f"{head.due_at or LATEST}#{head.id}"
    return DuePetition(petition=head.id, list_pk=above_list(head) or "", list_sk=place)


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
        return head_of(found) if found else PetitionHead(pk=pk)

    def holders(self, dossier: str) -> frozenset[str]:
        """Who holds a dossier that was submitted, as keyed hashes; nobody where there is none such."""
        found = reading.read(dossier)
        if found is None or found.head.is_draft:
            return frozenset()
        return frozenset({found.head.holder, *(each.holder for each in found.head.co_holders or ())})

    def reference(self, said: str) -> str:
        """The reference of a dossier that a text names by its reference or code; nothing of a code that is nobody's."""
        return references.keyed(said)

    def people(self, dossier: str) -> frozenset[str]:
        """Everybody whose dossier it is, as keyed hashes; nobody where there is none."""
        found = reading.read(dossier)
        return people_of(found.head) if found else frozenset()

    def actors(self, dossier: str) -> frozenset[str]:
        """Who acted on a dossier: as its log, its tasks and its papers name them, by subject or keyed hash; deputies
        for both.

        With the keyed hashes of their personal numbers, as far as tasks or their agencies say them.
        """
        found = reading.read(dossier, Part.EVENTS, Part.TASKS, Part.COMPONENTS)
        if found is None:
            return frozenset()
        tasks = ({each.officer, each.acted_for or "", each.claim.officer if each.claim else ""} for each in found.tasks)
        recalls = (row for row in found.events if row.type in (DossierPaperWithdrawn.type, RecallProposed.type))
        recalled = (typed(_ByOfficers, row.data, row.stored).officers for row in recalls)
        told = chain((row.actor or "" for row in found.events), chain.from_iterable(recalled))
        dropped = [hand for each in found.components if (hand := dropped_by(each.key))]
        seen_to = (_acted_on(PAPERS(), paper_key(found.reference, each.id)) for each in found.components)
        papers = chain(chain.from_iterable(seen_to), (each.officer for each in dropped))
        accounts = {*told, *papers, *chain.from_iterable(tasks)} - {""}
        hashed = {*accounts, *(keyed_hash("officer", each) for each in accounts)}
        agencies = {found.head.agency, *(each.agency for each in found.tasks)}
        known = chain.from_iterable(known_officers(agency, hashed).values() for agency in sorted(agencies))
        staff = (each.persons for each in known)
        opened = (each.opened_by.numbers for each in found.tasks if each.opened_by)
        said = (*(each.numbers for each in found.tasks), *(each.numbers for each in dropped))
        numbers = chain.from_iterable((*said, *opened, *staff))
        return frozenset({*accounts, *numbers})

    def deciders(self, case: str) -> frozenset[str]:
        """Who acted on another petition (`PK-`) or on a request about data (`DR-`), as `actors` of a dossier."""
        pk = listed.data_request(case) if case.startswith("DR-") else partition(case)
        found = aws.get(TABLE(), pk, "HEAD")
        if found is None:
            return frozenset()
        head, accounts = typed(_OfAgency, found, found), _acted_on(TABLE(), pk)
        hashed = {*accounts, *(keyed_hash("officer", each) for each in accounts)}
        known = known_officers(head.agency, hashed).values()
        return frozenset({*accounts, *chain.from_iterable(each.persons for each in known)})

    def note_look(self, head: PetitionHead, who: Principal, now: datetime) -> None:
        """The ledger of who filed it says which officer read it."""
        door.note(door.look_of("petition", head.id, head.holder, head.level), who, "petitions", now)

    def staff(self, agency: str) -> Collection[str]:
        """The names on the list of an agency's officers; none where it keeps no list here."""
        return names_of(agency)

    def listed(self, agency: str, officer: str) -> str:
        """The name of an officer (keyed hash) on the list of their agency; nothing where there is none."""
        return name_of(agency, officer)

    def numbers_on_lists(self, agencies: Iterable[str]) -> Lookup:
        """Asks the staff lists of agencies for the number of whose is missing."""
        return numbers_on_lists(agencies)

    def deletion(self, request: str) -> Deletion | None:
        """A person's request about their data; None where there is none such."""
        found = aws.get(TABLE(), listed.data_request(request), "HEAD")
        return typed(Deletion, found, found) if found else None

    def log(self, head: PetitionHead) -> Sequence[LogRow]:
        """What happened to it, from its beginning, proved. Raises LogBroken."""
        return stretch(TABLE(), head, 0, LONGEST)

    def numbers(self, holder: str) -> Sequence[str]:
        """All numbers of a person by their present one, as keyed hashes."""
        return numbers_of(holder)

    def mine(self, numbers: Sequence[str], after: str) -> Page[PetitionHead]:
        """A page of what was filed under each number, the newest first. Raises as `paging.starts_of`."""
        rows, following = listed.made_by(ListedPetition, [mine_list(each) for each in numbers], after)
        heads = listed.heads_of([partition(row.petition) for row in rows], head_of)
        return sorted(heads, key=lambda head: head.filed_at, reverse=True), following

    def owed(
        self, agencies: Sequence[str], desks: Sequence[Desk], after: str, late_at: str | None = None
    ) -> Page[PetitionHead]:
        """A page of what some agencies have to do, on some desks, those due first of each.

        `late_at`: those alone that were due before that stamp. Raises as `paging.starts_of`.
        """
        lists = [owed_list(agency, desk) for agency in agencies for desk in desks]
        found, following = listed.owed_on(lists, after, (listed.LISTED[1], "<", late_at) if late_at else None)
        heads = listed.heads_of(found, head_of)
        # The index is behind what moved on.
        return [head for head in heads if head.list_pk in lists or above_list(head) in lists], following

    def published(self, agency: str, after: str) -> Page[PublishedPetition]:
        """A page of what an agency answered in public, the newest first. Raises as `paging.starts_of`."""
        pk = public_list(agency)
        start = starts_of(after, listed.PLACE, [pk]).get(pk)
        rows, last = aws.page(TABLE(), "", listed.PLACE[0], pk, limit=PAGE, start=start, newest=True)
        return [read(PublishedPetition, row) for row in rows], merged_cursor({pk: last}) if last else None

    def due(self, now: datetime) -> list[str]:
        """Petitions that the clock is to look at: due soon, past their time, or to be erased."""
        found = listed.due_on([due_list(part) for part in range(PARTS)], now)
        return [pk.removeprefix(partition("")) for pk in found]

    def write(
        self,
        before: PetitionHead,
        after: PetitionHead,
        event: Event,
        actor: str,
        now: datetime,
        public: PublishedPetition | None = None,
    ) -> None:
        """A change of a petition with its event and its place on the lists; a new one counts among those of the day.

        Raises aws.Lost, aws.WriteContended, DayLimitReached.
        """
        after = structs.replace(after, **_place(after))
        change = listed.change_of(before, after, event, actor, now, _due(after, now))
        if after.calls_above:
            change.also("above", aws.put(TABLE(), {"pk": after.pk, "sk": ABOVE, **written(_called(after))}))
        elif before.calls_above:
            change.also("above", aws.delete(TABLE(), (after.pk, ABOVE)))
        if not before.version:
            row = {"pk": mine_list(after.holder), "sk": f"{after.filed_at}#{after.id}"}
            change.also("row", aws.put_new(TABLE(), row | written(ListedPetition(petition=after.id))))
            listed.tie(change, after.people, after.holder, now)
            change.also(allowances.PART, allowances.counted(TABLE(), after.holder, "petition", now))
        if public:
            pk, sk = _public_place(public.agency, public.at, after.id)
            change.also("public", aws.put_new(TABLE(), {"pk": pk, "sk": sk} | written(public)))
        if before.public and not after.public:
            change.also("public", aws.delete(TABLE(), _public_place(after.agency, before.published_at or "", after.id)))
        try:
            change.write()
        except aws.Lost as lost:
            allowances.require(lost, "petition", now)
            raise

    def kept(self) -> Iterator[PetitionHead]:
        """All petitions, from the whole table: for work done once."""
        values = {":petitions": partition(""), ":head": "HEAD"}
        rows = aws.scanned(TABLE(), "begins_with(pk, :petitions) AND sk = :head", values)
        return map(head_of, rows)

    def enrol(self, head: PetitionHead, now: datetime) -> bool:
        """The clock looks at a petition from now on; False of one that it looks at, never has to, or that changed."""
        return listed.enrolled(head, _due(head, now))


class _ByOfficers(Struct, frozen=True):
    officers: tuple[str, ...] = ()


class _OfAgency(Struct, frozen=True):
    agency: str = ""


class _Acted(Struct, frozen=True):
    actor: str = ""


def head_of(row: aws.Item) -> PetitionHead:
    """The record of a petition as it is stored."""
    return read(PetitionHead, row)


def _acted_on(table: str, pk: str) -> frozenset[str]:
    """Who acted on a record, by the subjects in its log."""
    rows = aws.query(table, pk, "EVENT#")
    return frozenset(typed(_Acted, row, row).actor for row in rows) - {""}


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
    return listed.due_row(head, DuePetition(petition=head.id, list_pk=due_list(part), list_sk=f"{at}#{head.id}"))


def _public_place(agency: str, at: str, petition: str) -> tuple[str, str]:
    """Where its public answer stands, which names it to nobody."""
    return public_list(agency), f"{at}#{keyed_hash('published', petition)}"


def _place(head: PetitionHead) -> dict[str, str | None]:
    """Its place on its agency's list while that has something to do, or waits, or a second officer has to confirm."""
    if not head.is_open and not head.proposal:
        return dict.fromkeys(listed.LISTED)
    return {listed.LISTED[0]: owed_list(head.agency, head.desk), listed.LISTED[1]: f"{head.due_at or LATEST}#{head.id}"}
