"""What delivery tells: where a result is wanted, where it came to, where it did not."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.onestop import Notice
from chalicelib.contracts.plan import Part

Way = Literal["app", "post", "counter", "register"]
"""Where a result goes beside the vault: the national ID app, the post, the counter, the agency's register."""
Proof = Literal["signature", "identity_document", "postal_receipt"]
"""By which a person shows that they took a paper."""
Outcome = Literal["delivered", "handed_over", "expired", "withdrawn"]


class DeliveryAsked(Event, frozen=True, kw_only=True):
    """A result is wanted at a destination too; of the app it is its holder's own wish (Decree 137/2024 Art. 8(4))."""

    type = "vn.motcua.delivery.asked"
    leaves = ("destination",)

    reference: str
    destination: Way


class AddressEntered(Notice, frozen=True, kw_only=True):
    """An officer entered where the post brings a result, by a slip that the applicant signed (a component by its id).

    `sealed` says to whom and where as the `reason` of a notice, encrypted.
    """

    type = "vn.motcua.delivery.address_entered"

    reference: str
    slip: str
    sealed: str


class CounterEntered(Notice, frozen=True, kw_only=True):
    """An officer entered that a result is fetched at the counter, however its dossier was filed.

    `sealed` says so as the `reason` of a notice, encrypted.
    """

    type = "vn.motcua.delivery.counter_entered"

    reference: str
    sealed: str


class RegisterEntered(Notice, frozen=True, kw_only=True):
    """An officer entered that a result goes into the agency's register; `sealed` says so as a `reason`, encrypted."""

    type = "vn.motcua.delivery.register_entered"

    reference: str
    sealed: str


class ResultTaken(Notice, frozen=True, kw_only=True):
    """The applicant took a paper result, or an agent by their mandate (None) or an authorisation (a component's id).

    `sealed` says who, and what proves it, as the `reason` of a notice, encrypted.
    """

    type = "vn.motcua.delivery.result_taken"

    reference: str
    document: str
    to: Literal["applicant", "agent"] = "agent"
    authorisation: str | None = None
    sealed: str


class DeliveriesDue(Event, frozen=True, kw_only=True):
    """A result is there, and goes to these destinations now."""

    type = "vn.motcua.delivery.due"
    heard_by = ("delivery_send", "delivery_drive")

    reference: str
    destinations: tuple[Way, ...]


class ResultKept(Event, frozen=True, kw_only=True):
    """The result is in the vault, and its dossier waits for other destinations."""

    type = "vn.motcua.delivery.kept"

    reference: str
    document: str


class DeliverySettled(Event, frozen=True, kw_only=True):
    """A destination has the result, or is waited for no more; `at` is a stored stamp.

    `withdrawn`: the applicant took the wish back before anything was sent; `document` may be empty then.
    """

    type = "vn.motcua.delivery.settled"
    heard_by = ("onestop_record_delivery", "delivery_drive")
    leaves = ("destination", "outcome", "at")

    reference: str
    destination: Way
    document: str
    outcome: Outcome
    at: str


class DeliveryParked(Event, frozen=True, kw_only=True):
    """A destination did not take the result, and a person has to look; `why` is a code."""

    type = "vn.motcua.delivery.parked"
    leaves = ("destination", "why")

    reference: str
    destination: Way
    why: str


class DeliveryRetried(Event, frozen=True, kw_only=True):
    """An officer lets a parked delivery begin again."""

    type = "vn.motcua.delivery.retried"

    reference: str
    destination: Way


class NoticeAskedAgain(Event, frozen=True, kw_only=True):
    """An officer has a notice begun again that was given up; `notice` is its name, `why` it was given up, a code."""

    type = "vn.motcua.delivery.notice_asked_again"

    reference: str
    notice: str
    why: str


class PortalAskedAgain(Event, frozen=True, kw_only=True):
    """An officer has the national portal told of a dossier again: of what it did not take, or of all as it stands.

    `step` is the newest event that the portal has; 0 where it has none.
    """

    type = "vn.motcua.delivery.portal_asked_again"

    reference: str
    step: int


class DeliveryFlow(Part, frozen=True, kw_only=True):
    """The input of an execution of delivery.asl.json; `timeout` in seconds, for each destination."""

    reference: str
    destinations: tuple[Way, ...]
    timeout: int


class DestinationInput(Part, frozen=True, kw_only=True):
    """What the machine hands over when it waits for a destination: its token, the execution's name, which one."""

    token: str
    execution: str
    reference: str
    destination: Way


class DestinationEnd(Part, frozen=True, kw_only=True):
    """What a destination came to, as its machine shows it; `at` is a stored stamp.

    `driven_elsewhere`: a later execution waits for it; `erased`, `gone`: the dossier tells no more of it.
    """

    destination: Way
    outcome: Outcome | Literal["driven_elsewhere", "erased", "gone"]
    document: str | None = None
    at: str | None = None


class PaperShowingAsked(Event, frozen=True, kw_only=True):
    """An owner (a keyed hash) wants a paper of their vault shown in the national ID app (Decree 69/2024 Art. 9(6))."""

    type = "vn.motcua.app_paper.showing_asked"

    paper: str
    owner: str
    document: str


class PaperShowingWithdrawn(Event, frozen=True, kw_only=True):
    """An owner (a keyed hash) wants a paper shown in the national ID app no more."""

    type = "vn.motcua.app_paper.showing_withdrawn"

    paper: str
    owner: str
    document: str


class PaperIntegrated(Event, frozen=True, kw_only=True):
    """The national ID app has a revision of a paper: by itself, or an officer noted that it was put there by hand."""

    type = "vn.motcua.app_paper.integrated"

    paper: str
    agency: str
    document: str
    revision: int
    by_hand: bool = False


class PaperNotIntegrated(Event, frozen=True, kw_only=True):
    """The national ID app does not have a paper that it should: parked, or its time passed; `why` is a code."""

    type = "vn.motcua.app_paper.not_integrated"

    paper: str
    agency: str
    document: str
    revision: int
    why: str


class PaperBegunAgain(Event, frozen=True, kw_only=True):
    """An officer has the national ID app told again of a paper that was parked."""

    type = "vn.motcua.app_paper.begun_again"

    paper: str
    agency: str
    document: str
