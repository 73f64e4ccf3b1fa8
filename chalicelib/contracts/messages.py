"""What the messages tell: papers that were signed. And what others order: a signature."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import UNSAID_LEVEL, Part
from chalicelib.contracts.provenance import Compared
from chalicelib.contracts.reports import Report

RecallReason = Literal["unlawful", "wrong_facts", "deceit", "court", "issued_in_error"]
"""Why a signed paper is withdrawn: a list of ours, so that no words of it name people; the decision says it in full."""


class PinnedFile(Part, frozen=True, kw_only=True):
    """A file by key, version and SHA-256: that very one and no other."""

    key: str
    version_id: str
    sha256: str


class SignedFile(Part, frozen=True, kw_only=True):
    """Where a signed paper lies. `code` stands on it, `message` names it among the messages."""

    code: str
    key: str
    version_id: str
    sha256: str
    size: int
    title: str
    message: str


class SignedBy(Part, frozen=True, kw_only=True):
    """Whose signature a paper has: the agency, or a person by their office, by the name in their certificate."""

    kind: Literal["agency", "person"]
    name: str


class PaperSigned(SignedFile, Event, frozen=True, kw_only=True):
    """What every event of a signed paper says; `holder` is the keyed hash of the person whom it concerns.

    `lookup` is the unguessable code on the paper; papers of earlier releases have none. `min_level` is the level of
    identity with which its dossier was opened, and the person reads it. `retain_until` is until when nobody deletes the
    paper; without it no end is set.
    """

    kind: str
    agency: str
    agency_name: str
    holder: str
    procedure: str
    reference: str
    signed_at: str
    unsigned_sha256: str
    component: str | None = None
    lookup: str = ""
    min_level: int = UNSAID_LEVEL
    retain_until: str | None = None
    sheet: PinnedFile | None = None
    """The same lines as a table (CSV), of a register; it is not signed."""
    signed_by: tuple[SignedBy, ...] = ()
    """In the order of their signatures; a release before did not say it."""
    attached: bool = False
    """Whether extracted data are in the file."""
    stamp_ends_at: str | None = None
    """When the certificate of its last timestamp ends: before, it gets another. None: nobody watches it."""
    compared: Compared | None = None
    """Of what was converted from paper: how it is known whose it is. None: nobody compared, or it is no such paper."""


class PaperStamped(Event, frozen=True, kw_only=True):
    """A signed paper got one more timestamp before its last one ended: `file` is its new version, `former` the old one.

    Both are that paper: nothing else was added to it.
    """

    type = "vn.motcua.paper.stamped"

    message: str
    file: PinnedFile
    former: PinnedFile
    size: int
    stamp_ends_at: str
    reference: str
    agency: str
    holder: str


class PaperWithdrawn(Event, frozen=True, kw_only=True):
    """The agency withdrew a signed paper: its file stays, whoever asks is told (Decree 30/2020/ND-CP, appendix VI)."""

    type = "vn.motcua.paper.withdrawn"
    heard_by = ("vault_store_result", "onestop_record_result")

    message: str
    reference: str
    agency: str
    holder: str
    withdrawn_at: str
    by: str
    title: str = ""
    decision: str = ""
    reason: RecallReason | None = None
    """None of a release that asked for none."""
    officers: tuple[str, ...] = ()
    """Who proposed and who confirmed it (keyed hashes)."""


class PaperWithdrawalProposed(Event, frozen=True, kw_only=True):
    """A leader proposes that a signed paper be withdrawn: a second one, or the agency above, confirms or declines it.

    It stands on the list of both (`GET /v1/withdrawals`).
    """

    type = "vn.motcua.paper.withdrawal_proposed"
    heard_by = ("onestop_record_result",)

    message: str
    reference: str
    agency: str
    decision: str
    reason: RecallReason
    above: str | None = None
    number: int = 1
    """Which proposal of the paper it is; an earlier release did not say."""
    officers: tuple[str, ...] = ()
    """Who proposes it (keyed hash)."""


class PaperWithdrawalDeclined(Event, frozen=True, kw_only=True):
    """A leader does not want a signed paper withdrawn: it stands as it was."""

    type = "vn.motcua.paper.withdrawal_declined"

    message: str
    reference: str
    agency: str
    decision: str


class ComponentSigned(PaperSigned, frozen=True, kw_only=True):
    """A signed paper of a component of a dossier."""

    component: str


class CopySigned(ComponentSigned, frozen=True, kw_only=True):
    """An officer signed a copy with their own signature (Circular 01/2023/TT-VPCP Art. 8(1))."""

    type = "vn.motcua.copy.signed"
    heard_by = ("digitisation_read_copy",)


class MessageConverted(ComponentSigned, frozen=True, kw_only=True):
    """The agency signed a data message that was converted from paper (Law 20/2023 Art. 12)."""

    type = "vn.motcua.message.converted"
    heard_by = ("digitisation_settle_component",)


class PaperOrdered(Event, frozen=True, kw_only=True):
    """Somebody asked for a control slip (form 06), a register (form 07), a print view or a report; `order` names it.

    Of a slip `reference` is its dossier; of a register `since` and `until` are the first and the last Vietnamese day,
    and `part` its n-th part; of a print view `document` is the signed document; of a report `report` is what it says.
    `holder` is whose ledger says who read it.
    """

    type = "vn.motcua.paper.ordered"
    heard_by = ("messages_issue_paper",)

    order: str
    form: Literal["slip", "register", "print", "report"]
    agency: str
    holder: str
    reference: str = ""
    procedure: str = ""
    since: str = ""
    until: str = ""
    part: int = 1
    min_level: int = UNSAID_LEVEL
    document: str = ""
    report: Report | None = None


class SignatureRefused(Event, frozen=True, kw_only=True):
    """A signature that was ordered will never be: `order_event` gave the order, `then` would have been told."""

    type = "vn.motcua.signature.refused"
    heard_by = ("digitisation_take_back",)

    order: str
    then: Literal["vn.motcua.copy.signed", "vn.motcua.message.converted"]
    order_event: str
    signer: Literal["officer", "agency"]
    reason_code: str
    reason_vi: str
    reason_en: str
    reference: str
    component: str
    agency: str


class ReceiptSigned(PaperSigned, frozen=True, kw_only=True):
    """The receipt (form 01) is signed."""

    type = "vn.motcua.receipt.signed"


class FormSigned(PaperSigned, frozen=True, kw_only=True):
    """Another form of the one-stop is signed; `kind` says which: supplement, refusal, stop, slip, report..."""

    type = "vn.motcua.form.signed"


class ResultSigned(PaperSigned, frozen=True, kw_only=True):
    """The result is signed (Decree 45/2020 Art. 14(3))."""

    type = "vn.motcua.result.signed"
    heard_by = ("onestop_record_result",)


class ResultUnprintable(Event, frozen=True, kw_only=True):
    """The result of an accepted dossier was drawn before its approval, and cannot be: no repetition brings it about."""

    type = "vn.motcua.result.unprintable"
    heard_by = ("onestop_record_result",)

    reference: str
    dossier_code: str
    agency: str
    reason_code: str
    reason_vi: str
    reason_en: str
