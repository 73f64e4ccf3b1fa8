"""What is told of a person's requests about their own data (Law 91/2025/QH15): asked, answered, extended, ended."""

from typing import Literal

from chalicelib.contracts.event import Event

DataRequestKind = Literal["view", "correct", "provide", "withdraw_consent", "restrict", "object", "delete"]
"""See, correct or get a copy of one's data; withdraw a consent; restrict or object to its use; have it deleted."""
DataRequestStep = Literal["answer", "act"]
"""What an agency owes: to answer that it acts on the request, and to act."""
DataRequestAct = Literal["asked", "answered", "extended", "done", "refused", "erased"]
"""What a notice of a request is of: an act of the person or of the agency, or that its words went."""


class DataRequestAsked(Event, frozen=True, kw_only=True):
    """A person asked an agency about their own data. Times are stored stamps; the words are encrypted in the record."""

    type = "vn.motcua.data_request.asked"

    request: str
    kind: DataRequestKind
    agency: str
    answer_by: str
    act_by: str


class DataRequestAnswered(Event, frozen=True, kw_only=True):
    """The agency answered: it acts on the request until `act_by`. `handler` is the officer, as a notice names them.

    `still_due_at` is what stays due soon, or late, all the same: when an answer or an extension came too late, the time
    that had passed.
    """

    type = "vn.motcua.data_request.answered"
    heard_by = ("submission_hear_people",)

    request: str
    kind: DataRequestKind
    agency: str
    act_by: str
    still_due_at: str | None = None
    handler: str = ""


class DataRequestExtended(Event, frozen=True, kw_only=True):
    """The time to act was extended, once and with reasons (Decree 356/2025/ND-CP). `handler` is the officer.

    `still_due_at` is what stays due soon, or late, all the same: an answer that is owed, or the former time when it had
    passed by then.
    """

    type = "vn.motcua.data_request.extended"
    heard_by = ("submission_hear_people",)

    request: str
    kind: DataRequestKind
    agency: str
    former_act_by: str
    act_by: str
    still_due_at: str | None = None
    handler: str = ""


class DataRequestEnded(Event, frozen=True, kw_only=True):
    """The agency acted, or refused with a reason and its basis in law.

    `owner` is the keyed hash of who asked, `level` the level of identity by which they did: what this installation
    itself does about the request, those do who hear this. `own_files`: who asked for a deletion said that what they
    uploaded themselves until `asked_at` goes as well. `handler` is the officer, as a notice names them.
    """

    type = "vn.motcua.data_request.ended"
    heard_by = ("vault_make_takeout", "vault_keep_upload", "submission_hear_people")

    request: str
    kind: DataRequestKind
    agency: str
    owner: str
    level: int
    outcome: Literal["done", "refused"]
    asked_at: str
    own_files: bool = False
    handler: str = ""


class DataRequestOverdue(Event, frozen=True, kw_only=True):
    """A time of the law passed and the agency had not answered, or not acted: told once for each.

    `still_due_at` is the time that passed first, when that was another: an extension after it heals nothing.
    """

    type = "vn.motcua.data_request.overdue"
    heard_by = ("submission_hear_people",)

    request: str
    kind: DataRequestKind
    agency: str
    owes: DataRequestStep
    due_at: str
    still_due_at: str | None = None


class DataRequestDueSoon(Event, frozen=True, kw_only=True):
    """What an agency owes is due soon: told once for each step, before its time passes.

    `still_due_at` is a time that passed before: an extension after it heals nothing.
    """

    type = "vn.motcua.data_request.due_soon"
    heard_by = ("submission_hear_people",)

    request: str
    kind: DataRequestKind
    agency: str
    owes: DataRequestStep
    due_at: str
    still_due_at: str | None = None


class DataRequestErased(Event, frozen=True, kw_only=True):
    """The words of a request that ended, and of its decision, are erased: their time passed."""

    type = "vn.motcua.data_request.erased"

    request: str
    agency: str
