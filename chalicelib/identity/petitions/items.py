"""What is stored of petitions and complaints, as types; times are stored stamps."""

from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from chalicelib.contracts.petitions import ErasureGround, PetitionAbout, PetitionGround, PetitionKind, PetitionStep
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.clock import moment
from chalicelib.kernel.record import Head

State = Literal["received", "taken_up", "asked", "answered", "refused", "withdrawn"]
type Desk = Literal["open", "led"]
"""Whose list it is on: of all who work on petitions, or of whoever leads the agency alone."""
PARTS: Final = 4
"""Parts of the list of what is due."""
OWNER: Final = "owner"
"""Who did it, in the log, where the person did."""
SYSTEM: Final = "system"
"""Who did it, in the log, where the clock did, or whoever restored tables."""
LATEST: Final = "9999"
"""Stands where nothing is due: such a one is last on its agency's list."""


class Asked(Struct, frozen=True, kw_only=True):
    """Who turns to the agency, and in which words; kept encrypted.

    `officer`: whom they name in it. `organisation`, `document`: of an organisation its name, of a foreigner the number
    of their papers, so that no public answer says them.
    """

    name: str
    words: str
    officer: str = ""
    organisation: str = ""
    document: str = ""


class Said(Struct, frozen=True, kw_only=True):
    """What was said later, by the agency or the person; kept encrypted. `basis` is a clause."""

    words: str = ""
    basis: str = ""


class Passed(Part, frozen=True, kw_only=True):
    """An agency that had it before: from when to when."""

    agency: str
    came_at: str
    left_at: str


class ErasureReason(Part, frozen=True, kw_only=True):
    """On which ground and basis words are erased; `request`: the person's own request for deletion."""

    ground: ErasureGround
    basis: str
    request: str | None = None


class ErasureProposal(ErasureReason, frozen=True, kw_only=True):
    """That an officer (keyed hash) proposed it, and when; `numbers` are the keyed hashes of their personal number."""

    by: str
    at: str
    numbers: tuple[str, ...] = ()


class PetitionHead(Head, frozen=True, kw_only=True):
    """The record of a petition or complaint. `holder` is the keyed hash of who filed it; `agency` has it now.

    `instance`: of a complaint, the first one or the second, after `earlier`. `dossier`: the one of theirs that it
    names. `remote`: its agency's area is hard to reach. `came_at`: when it came to its agency. `asked_until`: by when
    the person sends what was asked for; None in what was asked before there was such a time, until that is enrolled.
    `due_at`: by when that owes `owes`. `missed`: the steps whose time passed while that agency had it. `before`: who
    had it before. `told` and `reminded` are the steps of which that was told. `public`: its answer is published;
    `withheld` why it is not; `retracted_at` and `retracted`: when and why it is public no more. `sealed` is an `Asked`;
    `question`, `supplied`, `complex`, `said`, `withheld` and `retracted` are a `Said`: all encrypted, and gone since
    `erased_at`, for `erasure`. `pack` is the rule pack whose times it has.

    `names`: the person named an officer in it, its words name a dossier, or tell, of what is for whoever leads, of
    somebody; `unmatched`:
    nobody on its agency's list may be meant. `above`: the agency above, which may deal with it in the place of its
    agency, as it names an officer or a dossier, or as its erasure is proposed. `proposal`: of that. `handled`: the
    keyed hashes of the personal numbers of officers who did something with it; declining an erasure is nothing.
    """

    shape = 1

    id: str = ""
    holder: str = ""
    level: int = 0
    kind: PetitionKind = "petition"
    about: PetitionAbout = "other"
    instance: Literal[1, 2] = 1
    remote: bool = False
    earlier: str | None = None
    dossier: str | None = None
    agency: str = ""
    state: State = "received"
    pack: str = ""
    sealed: str = ""
    filed_at: str = ""
    came_at: str = ""
    due_at: str | None = None
    taken_up_at: str | None = None
    asked_at: str | None = None
    asked_until: str | None = None
    question: str | None = None
    supplied_at: str | None = None
    supplied: str | None = None
    complex: str | None = None
    said: str | None = None
    ended_at: str | None = None
    published_at: str | None = None
    public: bool = False
    withheld: str | None = None
    retracted_at: str | None = None
    retracted: str | None = None
    missed: tuple[PetitionStep, ...] = ()
    before: tuple[Passed, ...] = ()
    told: tuple[PetitionStep, ...] = ()
    reminded: tuple[PetitionStep, ...] = ()
    erased_at: str | None = None
    list_pk: str | None = None
    list_sk: str | None = None
    keys: tuple[tuple[str, str], ...] = ()
    names: bool = False
    unmatched: bool = False
    above: str | None = None
    proposal: ErasureProposal | None = None
    erasure: ErasureReason | None = None
    people: tuple[str, ...] = ()
    """Keyed hashes of whose it is beside `holder`: who acts for an organisation, a number that another kind says."""
    handled: tuple[str, ...] = ()

    @property
    def concerns(self) -> bool:
        """Whether it may be about who would deal with it: it names an officer, or a dossier."""
        return self.names or self.dossier is not None

    @property
    def calls_above(self) -> bool:
        """Whether it stands on the list of the agency above: nobody took it up, or an erasure is to be confirmed."""
        return self.above is not None and (self.state == "received" or self.proposal is not None)

    @property
    def owes(self) -> PetitionStep | None:
        """What its agency owes next; None where it owes nothing, or waits for the person."""
        if self.state == "received":
            return "take_up"
        if self.state == "taken_up":
            return "answer"
        is_unpublished = self.state == "answered" and self.kind == "petition" and not self.published_at
        return "publish" if is_unpublished and not self.erased_at else None

    @property
    def is_open(self) -> bool:
        """Whether its agency has something to do with it, or waits for what it asked for."""
        return self.owes is not None or self.state == "asked"

    @property
    def desk(self) -> Desk:
        """A complaint, and what is about conduct, is for whoever leads: it may be about who would read it else."""
        return "led" if self.kind == "complaint" or self.about == "conduct" else "open"

    def is_past(self, now: datetime) -> bool:
        """Whether the time of what is owed now passed."""
        return self.owes is not None and self.due_at is not None and moment(self.due_at) < now

    def is_late(self, now: datetime) -> bool:
        """Whether a time of the law passed while its agency had it: what is done after it heals nothing."""
        return bool(self.missed) or self.is_past(now)


class ListedPetition(Stored, frozen=True, kw_only=True):
    """A petition in the list of who filed it."""

    shape = 1

    petition: str


class DuePetition(Stored, frozen=True, kw_only=True):
    """That the clock has to look at a petition: its place on the list of what is due."""

    shape = 1

    petition: str
    list_pk: str
    list_sk: str


class PublishedPetition(Stored, frozen=True, kw_only=True):
    """What was asked and what the agency answered, in the words of the agency: for everybody. It names no petition."""

    shape = 1

    agency: str
    question: str
    answer: str
    at: str


class Retraction(Stored, frozen=True, kw_only=True):
    """An order to take back a public answer: on which ground, by an officer (hashed) of which agency, when.

    The reason in words stands in the record alone: no personal data here.
    """

    shape = 1

    petition: str
    ground: PetitionGround
    agency: str
    by: str
    at: str
