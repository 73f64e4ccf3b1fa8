"""What is told of petitions and complaints: filed, forwarded, taken up, asked about, answered, refused, withdrawn.

`agency` is the one that has it when the event is told, `number` of a log row makes each event count once. No event has
the words: they are encrypted in the record.
"""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import Part

PetitionKind = Literal["petition", "complaint"]
"""A petition (phản ánh, kiến nghị; Decree 20/2008/ND-CP) or a complaint (khiếu nại; Decree 155/2026/ND-CP)."""
PetitionAbout = Literal["rules", "conduct", "other"]
"""What it is about: a rule, how somebody of an agency behaves, another thing (Decision 766, component 5.1)."""
PetitionStep = Literal["take_up", "answer", "publish"]
"""What an agency owes: to take it up, forward or refuse it; to answer; to publish the answer to a petition."""
PetitionTimely = Literal["on_time", "late", "nothing", "unsaid"]
"""As what an event counts for its agency, once as long as that has it; `unsaid` in logs of before it was said."""
PetitionGround = Literal["shows_person", "wrong", "outdated", "other"]
"""Why a public answer is taken back: it shows somebody, says what is not so, is no longer so, or another reason."""
ErasureGround = Literal["request", "retention"]
"""Why words are erased: the person asked for it, or the time is over for which the dated pack has them kept."""
PetitionEnd = Literal["answered", "refused", "forwarded", "withdrawn"]
"""How it ended for an agency."""
PetitionAct = Literal[
    "filed",
    "taken_up",
    "asked",
    "asked_until",
    "unsupplied",
    "prolonged",
    PetitionEnd,
    "published",
    "retracted",
    "erasure_proposed",
    "erasure_declined",
    "erased",
]
"""What a notice of a petition is of: an act of an agency or of the person, or what the clock did."""


class Handled(Part, frozen=True, kw_only=True):
    """By whom an agency acted, as a notice names them; empty of the clock, of the person, and of before it was said.

    `acting`: the agency above that acted in its place; None: the agency itself.
    """

    handler: str = ""
    acting: str | None = None


class PetitionFiled(Event, frozen=True, kw_only=True):
    """A person filed a petition or a complaint with an agency, about a dossier of theirs where they name one.

    Times are stored stamps.
    """

    type = "vn.motcua.petition.filed"

    petition: str
    kind: PetitionKind
    about: PetitionAbout
    agency: str
    came_at: str
    due_at: str
    dossier: str | None = None


class PetitionTakenUp(Handled, Event, frozen=True, kw_only=True):
    """The agency takes it up and answers until `due_at`; `is_late`: the time to take it up had passed.

    In logs of before there was `PetitionUnsupplied` the clock told that with it, as `system`.
    """

    type = "vn.motcua.petition.taken_up"

    petition: str
    kind: PetitionKind
    agency: str
    due_at: str
    is_late: bool


class PetitionAsked(Handled, Event, frozen=True, kw_only=True):
    """The agency asks the person for more, once; nothing of the agency's is due until it came.

    `due_at`: by when the person sends it; None in logs of before it was said.
    """

    type = "vn.motcua.petition.asked"

    petition: str
    kind: PetitionKind
    agency: str
    due_at: str | None = None


class PetitionAskedUntil(Event, frozen=True, kw_only=True):
    """The person was asked for more by a release that gave that no end: from now on it has one, `due_at`."""

    type = "vn.motcua.petition.asked_until"

    petition: str
    kind: PetitionKind
    agency: str
    due_at: str


class PetitionUnsupplied(Event, frozen=True, kw_only=True):
    """Nothing that was asked for came in its time: the agency answers without it, until `due_at`."""

    type = "vn.motcua.petition.unsupplied"

    petition: str
    kind: PetitionKind
    agency: str
    due_at: str


class PetitionSupplied(Event, frozen=True, kw_only=True):
    """What was asked for came, and the time to answer began anew."""

    type = "vn.motcua.petition.supplied"

    petition: str
    kind: PetitionKind
    agency: str
    due_at: str


class PetitionProlonged(Handled, Event, frozen=True, kw_only=True):
    """A complaint was found to be a complex one, in writing and with reasons: its time to answer is the longer one."""

    type = "vn.motcua.petition.prolonged"

    petition: str
    kind: PetitionKind
    agency: str
    former_due_at: str
    due_at: str


class PetitionClosed(Handled, Event, frozen=True, kw_only=True):
    """It ended for an agency: by its answer, its refusal, because it went to another one or was withdrawn.

    `to` is the agency it was forwarded to, which has until `due_at`; of an answer, `due_at` is by when it is published,
    None where it is not to be and in logs of before that was said. `is_late`: a time of the law passed while this
    agency had it. `came_at` is when it came to this one, `closed_at` when it ended there. `counts`: nothing where it
    was withdrawn or counted as late before, or its answer is still to be published. `dossier`: what it named.
    """

    type = "vn.motcua.petition.closed"

    petition: str
    kind: PetitionKind
    about: PetitionAbout
    agency: str
    end: PetitionEnd
    came_at: str
    closed_at: str
    is_late: bool
    to: str | None = None
    due_at: str | None = None
    counts: PetitionTimely = "unsaid"
    dossier: str | None = None


class PetitionPublished(Handled, Event, frozen=True, kw_only=True):
    """What was asked and answered is public, in words of the agency; or is not, with a reason in the record.

    `is_late`: after the time to publish. `counts`: nothing where it counted as late before.
    """

    type = "vn.motcua.petition.published"

    petition: str
    kind: PetitionKind
    agency: str
    is_public: bool
    is_late: bool
    about: PetitionAbout = "other"
    at: str = ""
    counts: PetitionTimely = "unsaid"


class PetitionRetracted(Handled, Event, frozen=True, kw_only=True):
    """What was published is public no more: its agency, or one above, took it back on a ground; counts stay.

    `by` is the agency of whoever did it; their words are in the record.
    """

    type = "vn.motcua.petition.retracted"

    petition: str
    agency: str
    ground: PetitionGround
    by: str


class PetitionOverdue(Event, frozen=True, kw_only=True):
    """A time of the law passed and the agency had not done what it owes: told once for each step.

    `counts`: late, the first time as long as the agency has it; then nothing.
    """

    type = "vn.motcua.petition.overdue"

    petition: str
    kind: PetitionKind
    agency: str
    owes: PetitionStep
    due_at: str
    about: PetitionAbout = "other"
    counts: PetitionTimely = "unsaid"


class PetitionDueSoon(Event, frozen=True, kw_only=True):
    """What an agency owes is due soon: told once for each step, before its time passes."""

    type = "vn.motcua.petition.due_soon"

    petition: str
    kind: PetitionKind
    agency: str
    owes: PetitionStep
    due_at: str


class PetitionErasureProposed(Handled, Event, frozen=True, kw_only=True):
    """An officer proposes that the words be erased: a second one, or the agency above, confirms or declines it."""

    type = "vn.motcua.petition.erasure_proposed"

    petition: str
    agency: str
    ground: ErasureGround
    basis: str
    request: str | None = None


class PetitionErasureDeclined(Handled, Event, frozen=True, kw_only=True):
    """A second officer does not confirm that the words be erased: they stay."""

    type = "vn.motcua.petition.erasure_declined"

    petition: str
    agency: str
    ground: ErasureGround
    basis: str


class PetitionErased(Handled, Event, frozen=True, kw_only=True):
    """The words of a petition that ended, and of what was said to it, are erased, on a ground and a basis.

    `counts`: on time or late of one that a restore of tables brought back as answered and not published, as no other
    event says it any more; else nothing. `at` is when: its answer, or where it was late the end of the time to publish.
    """

    type = "vn.motcua.petition.erased"

    petition: str
    agency: str
    kind: PetitionKind = "petition"
    about: PetitionAbout = "other"
    at: str = ""
    counts: PetitionTimely = "unsaid"
    ground: ErasureGround | None = None
    basis: str = ""
    request: str | None = None
