"""What identity tells: who may act for whom, since when, until when, and whom an agency enrolled as what."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import Part

RepresentationKind = Literal["mandate", "parent", "guardian"]
RepresentationState = Literal["proposed", "active", "ended"]
Storage = Literal["PRINCIPAL", "AGENT", "BOTH", "NONE"]
"""Where an electronic result is kept, as the agreement says (Decree 137/2024 Art. 8(4))."""
RepresentativeAct = Literal["file", "supplement", "withdraw", "pay", "notices"]
"""What a representative may do beside reading what they filed; `notices` is to be told of it."""
Form = Literal["plain", "certified", "notarised"]
ChangeKind = Literal["died", "incapacitated", "renumbered", "locked", "suspended", "dissolved", "reopened"]
"""What a register may say became of a person, or of an organisation or its account."""


class Party(Part, frozen=True, kw_only=True):
    """A person or organisation by name; `personal_id` is whatever number names their kind.

    Of an organisation `by` and `by_id` are the person who signed for it.
    """

    name: str
    personal_id: str
    kind: Literal["CITIZEN", "FOREIGNER", "ORGANISATION"]
    by: str | None = None
    by_id: str | None = None


class Parties(Part, frozen=True, kw_only=True):
    """What a representation sealed: who is represented, and who represents."""

    represented: Party
    representative: Party


class OneAct(Part, frozen=True, kw_only=True):
    """Terms of a mandate that are for one act: whoever does it out of them, it is that act."""

    id: str
    version: int


class RepresentationKept(Event, frozen=True, kw_only=True):
    """A representation as it stands now: by mandate, or by law of a parent or guardian (Civil Code Art. 134-143).

    `represented` and `representative` are keyed hashes, `sealed` is a `Parties`, encrypted under `id`. An empty list of
    `procedures` means all of them. `version` counts the terms, not the changes of state. `storage` is None of a
    representation by law. `opens` and `closes` are stored stamps, the end not included. `for_one_act`: these terms are
    for one dossier, and over with it (Civil Code Art. 140(2)-(3)). `above`: the terms of the mandate out of which this
    one was given, where those are for one act. `represented_person` and `representative_person`: of a side of another
    kind than a citizen the keyed hash, as of one, of the personal number in its identity; None where it says none.
    `givers`: whoever gave a mandate on that they have themselves, and that hash of theirs; None of any other mandate.
    """

    type = "vn.motcua.representation.kept"
    heard_by = ("submission_hear_people",)

    id: str
    version: int
    kind: RepresentationKind
    state: RepresentationState
    represented: str
    representative: str
    sealed: str
    procedures: tuple[str, ...] = ()
    may: tuple[RepresentativeAct, ...] = ()
    storage: Storage | None = None
    form: Form = "plain"
    for_one_act: bool | None = None
    above: OneAct | None = None
    opens: str
    closes: str | None = None
    ended_at: str | None = None
    ended_why: str | None = None
    represented_person: str | None = None
    representative_person: str | None = None
    givers: tuple[str, ...] | None = None


class PersonChanged(Event, frozen=True, kw_only=True):
    """A register said what became of a person or organisation, after it was asked for it: no notice is believed alone.

    `person` is the keyed hash. `former` are those of the numbers that the person had before, of `renumbered` only:
    whatever is kept under one of them is this person's (Decree 70/2024 Art. 11-12).
    """

    type = "vn.motcua.person.changed"
    heard_by = ("identity_end_mandates", "submission_hear_people", "vault_store_result")

    person: str
    kind: ChangeKind
    register: str
    at: str
    former: tuple[str, ...] = ()


StaffAct = Literal["enrolled", "changed", "confirmed", "absent", "returned", "left", "deputises"]


class Days(Part, frozen=True, kw_only=True):
    """Vietnamese days, the first included, the last not; no last one: until further notice."""

    valid_from: str
    valid_to: str | None = None


class RoleHeld(Days, frozen=True, kw_only=True):
    """A role and its days; one that is only proposed is not held."""

    role: str
    confirmed: bool = True


class Away(Days, frozen=True, kw_only=True):
    """Days on which an officer is absent, and who does their work then (keyed hash).

    `grave`: the deputy does also what only a dangerous role may do, as a second administrator confirmed it.
    """

    deputy: str | None = None
    grave: bool = False


class StandIn(Days, frozen=True, kw_only=True):
    """For whom (keyed hash) an officer works while they are absent; `grave` as in `Away`."""

    officer: str
    grave: bool = False


class Enrolled(Part, frozen=True, kw_only=True):
    """What an agency says of an officer; `officer` is the keyed hash of their subject, `version` orders what is said.

    `position` is what they are at the agency, by which colleagues know them: no name leaves its record.

    `areas` are identifiers of agencies or areas, `kinds` kinds of tasks: none named means all. `signs` are the days of
    the signing certificate, None when none is recorded. `left_on` is the first day without them, and `hand_over_to` the
    colleague who takes over. `person` is the keyed hash of their own personal number, empty where nobody gave it,
    `formers` those of the numbers that stood there before, and `sealed` their name, encrypted.
    """

    agency: str
    officer: str
    version: int
    roles: tuple[RoleHeld, ...] = ()
    away: tuple[Away, ...] = ()
    stands_in: tuple[StandIn, ...] = ()
    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    signs: Days | None = None
    left_on: str | None = None
    hand_over_to: str | None = None
    person: str = ""
    sealed: str = ""
    position: str = ""
    formers: tuple[str, ...] = ()


class OfficerKept(Enrolled, Event, frozen=True, kw_only=True):
    """An agency enrolled an officer, or changed what they may act as.

    `staff_kept`: the officers of this agency act as enrolled, whatever roles their tokens say.
    """

    type = "vn.motcua.officer.kept"
    heard_by = ("submission_hear_people",)

    act: StaffAct
    staff_kept: bool = False
