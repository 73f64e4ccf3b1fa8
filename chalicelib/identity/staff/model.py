"""An officer as their agency enrolled them, as it is stored and told. Pure."""

from typing import Final

from chalicelib.contracts.identity import Away, Days, OfficerKept, RoleHeld, StaffAct, StandIn
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.identity.fence import ALWAYS
from chalicelib.kernel.record import Head

FIRST, LAST = ALWAYS
KEYS_KEPT: Final = 20
OPERATOR: Final = "operator"
"""Who operates the service: makes the first administrators of an agency, and imports files."""


class Grant(RoleHeld, frozen=True, kw_only=True):
    """A role as it was given: by whom, and by whom confirmed (keyed hashes); `numbers` are those of who gave it."""

    by: str = ""
    confirmed_by: str = ""
    numbers: tuple[str, ...] = ()


class Certificate(Days, frozen=True, kw_only=True):
    """An officer's signing certificate: its serial number and the days of its validity."""

    serial: str


class Enrolment(Part, frozen=True, kw_only=True):
    """An officer as an administrator describes them; `name` and `subject` are those of their token.

    `person` is the keyed hash of their personal number, empty where nobody gave it.
    """

    subject: str
    name: str
    roles: tuple[RoleHeld, ...]
    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    position: str = ""
    certificate: Certificate | None = None
    person: str = ""


class Absence(Away, frozen=True, kw_only=True):
    """Days on which an officer is absent: who declared them, who confirmed that the deputy does dangerous acts too.

    `numbers` are the keyed hashes of the personal number of who declared them.
    """

    by: str = ""
    confirmed_by: str = ""
    numbers: tuple[str, ...] = ()


class Departure(Part, frozen=True, kw_only=True):
    """An administrator's absence, or their leaving, as another one proposed it; `numbers` are of who did."""

    by: str
    numbers: tuple[str, ...] = ()
    absence: Absence | None = None
    left_on: str | None = None
    hand_over_to: str | None = None


class NumberProposal(Part, frozen=True, kw_only=True):
    """A first or another personal number of an officer (keyed hash), by whom, and the numbers of who proposed it."""

    person: str
    by: str
    numbers: tuple[str, ...] = ()


class NameProposal(Part, frozen=True, kw_only=True):
    """Another name of an officer, by whom, and the numbers of who proposed it; `sealed` has the name."""

    by: str
    numbers: tuple[str, ...] = ()
    sealed: str = ""


class Hand(Part, frozen=True, kw_only=True):
    """Who proposes or confirms (keyed hash), and their personal number (keyed hashes), as far as it is known."""

    officer: str
    numbers: tuple[str, ...] = ()


class WorkProposal(Part, frozen=True, kw_only=True):
    """Kinds of tasks and areas that an officer would see to, more than before; `by` and `numbers` as of a grant."""

    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    by: str
    numbers: tuple[str, ...] = ()


class Officer(Part, frozen=True, kw_only=True):
    """What an agency says of an officer. `areas` are identifiers of agencies or areas; none named means all.

    `person` is the keyed hash of their personal number, as the dossiers have it of their holders; empty where nobody
    gave it (an earlier release kept a first one of one administrator: it counts). `formers` are those that stood there
    before, `proposal` one that waits for a second administrator. `departure`, `renaming` and `work` wait for one too.
    """

    agency: str
    officer: str
    roles: tuple[Grant, ...] = ()
    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    position: str = ""
    certificate: Certificate | None = None
    absences: tuple[Absence, ...] = ()
    stands_in: tuple[StandIn, ...] = ()
    left_on: str | None = None
    hand_over_to: str | None = None
    person: str = ""
    formers: tuple[str, ...] = ()
    proposal: NumberProposal | None = None
    departure: Departure | None = None
    renaming: NameProposal | None = None
    work: WorkProposal | None = None


class NumberHolder(Stored, frozen=True, kw_only=True):
    """Which officer of an agency has a personal number, until the day on which they left."""

    shape = 1

    officer: str
    left_on: str | None = None


class OfficerHead(Head, frozen=True, kw_only=True):
    """The record of an officer at one agency; `sealed` has name and subject, `keys` the requests that changed it."""

    shape = 1

    officer: Officer | None = None
    sealed: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    list_pk: str | None = None
    list_sk: str | None = None


class Tenure(Days, frozen=True, kw_only=True):
    """The days on which somebody is an administrator."""

    officer: str


class Roster(Stored, frozen=True, kw_only=True):
    """Who administers an agency, and since when its staff is kept here; changed with every change of these."""

    shape = 1

    version: int = 0
    kept_since: str | None = None
    administrators: tuple[Tenure, ...] = ()


def told_of(officer: Officer, version: int, act: StaffAct, *, staff_kept: bool, sealed: str = "") -> OfficerKept:
    """What everybody is told of an officer; `sealed` is who they are, encrypted."""
    return OfficerKept(
        agency=officer.agency,
        officer=officer.officer,
        version=version,
        act=act,
        roles=tuple(
            RoleHeld(role=g.role, valid_from=g.valid_from, valid_to=g.valid_to, confirmed=g.confirmed)
            for g in officer.roles
        ),
        away=tuple(
            Away(valid_from=a.valid_from, valid_to=a.valid_to, deputy=a.deputy, grave=a.grave) for a in officer.absences
        ),
        stands_in=officer.stands_in,
        kinds=officer.kinds,
        areas=officer.areas,
        signs=_days(officer.certificate),
        left_on=officer.left_on,
        hand_over_to=officer.hand_over_to,
        person=officer.person,
        sealed=sealed,
        position=officer.position,
        staff_kept=staff_kept,
        formers=officer.formers,
    )


def _days(certificate: Certificate | None) -> Days | None:
    return certificate and Days(valid_from=certificate.valid_from, valid_to=certificate.valid_to)
