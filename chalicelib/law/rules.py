"""The rules that a pack holds, each a type with its citation; a pack's file names them as written here (`name=`)."""

from typing import Literal

import msgspec

from chalicelib.law.errors import LawError

type RuleKind = Literal["law", "policy"]
type NoticeReading = Literal["notice_day_counts", "whole_days"]
type ExtensionReading = Literal["owed_until_begun", "not_owed"]
type SupplementEnd = Literal["not_accepted", "stopped"]
type SupplementClock = Literal["restart", "suspend"]
type MandateState = Literal["active", "revoked", "expired"]
"""What became of a mandate when its result is kept: `revoked` by a side, a death or a register, `expired` as agreed."""
type LeapReading = Literal["february_28", "march_1"]


class BadRule(LawError):
    """A rule without the evidence it needs."""


class Rule[T](msgspec.Struct, frozen=True):
    """One rule: its value, where it is written, and what kind of evidence stands behind it. Raises BadRule.

    `law`: the text or a source that quotes it was read. `policy`: the text was not found, or leaves the matter open;
    the value is ours and `note` says why.
    """

    value: T
    citation: str
    kind: RuleKind
    note: str = ""

    def __post_init__(self) -> None:
        if not self.citation or (self.kind == "policy" and not self.note):
            raise BadRule("a rule needs a citation and a kind, and a policy says why it is one")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence in both languages."""

    text_vi: str
    text_en: str


class Coded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a closed list: its code and what it says."""

    code: str
    text_vi: str
    text_en: str


class PortalCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of ours and the National Public Service Portal's code for it."""

    ours: str
    code: str


class PortalCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Code lists of the National Public Service Portal; `times` is how it writes a time, as `strftime` reads it."""

    channels: tuple[PortalCode, ...]
    parties: tuple[PortalCode, ...]
    times: str


class DataRequestTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long an agency has to act on a request of a kind about personal data, and by how much that is extended once.

    Terms as `law.clock.Term` reads them.
    """

    kind: str
    act: str
    extension: str


class DataRequestReminders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many hours before an answer, or an act, on a request about personal data is due its agency is reminded."""

    answer_hours: int
    act_hours: int


class PetitionTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long an agency has for a petition: to take it up (or not), to ask for more, to answer, to publish.

    Terms as `law.clock.Term` reads them.
    """

    take_up: str
    ask: str
    answer: str
    publish: str


class ComplaintTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long an agency has for a complaint of an instance: to accept it, then to settle it, also a complex one.

    `remote` and `remote_complex` are the same in an area that is deep, far and hard to reach.
    """

    instance: Literal[1, 2]
    take_up: str
    settle: str
    complex: str
    remote: str
    remote_complex: str


class AppTimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Until when the national ID app has a paper: by itself, where its owner asked, and by hand.

    `hours` and `asked_minutes` are of the clock; `by_hand` is a term as `law.clock.Term` reads it.
    """

    hours: int
    asked_minutes: int
    by_hand: str


class Exemption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paper that is not digitised, and the clause that says so."""

    code: str
    text_vi: str
    text_en: str
    citation: str


class PaymentCap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The most that one dossier is asked to pay where nobody knows its fee, in whole units of a currency."""

    currency: str
    most: int


class ReceiptForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells two receipts of one collector apart: the forms of a symbol, and how many digits a number has.

    Of a form `YY` is a year, `L` a letter, `/` a sign or none, anything else itself. Digits as they are written: at
    least `least` beside a symbol and `least_alone` without one; at most `most`, zeros before it aside.
    """

    symbols: tuple[str, ...]
    least: int
    least_alone: int
    most: int


class GateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A gate of the full level: the reasons that may stand for it, and what is said when it is shut."""

    gate: str
    reasons: tuple[str, ...]
    shut_vi: str
    shut_en: str


class OfficialForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paper of the one-stop: its number in the circular of the day and its name."""

    number: str
    name_vi: str
    name_en: str


class OfficialForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The papers of the one-stop; the notice that stops a dossier came with Circular 03/2025."""

    receipt: OfficialForm
    supplement_request: OfficialForm
    refusal: OfficialForm
    apology: OfficialForm
    handover_slip: OfficialForm
    register: OfficialForm
    stop: OfficialForm | None = None


type SigningPart = Literal["person", "agency"]
type SigningOrders = tuple[tuple[SigningPart, ...], ...]
"""Who signs and in which order; the first holds that those can fulfil who have a certificate."""


class FormSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which set of templates prints the papers of the one-stop, and the circular that the papers name."""

    layout: Literal["2018", "2025"]
    source_vi: str


class FormSigners(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs each paper of the one-stop; `settlement_refusal` refuses what had been accepted."""

    supplement_request: SigningOrders
    refusal: SigningOrders
    settlement_refusal: SigningOrders
    apology: SigningOrders
    stop: SigningOrders


class QrFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the QR code of a paper must say: any paper, a receipt too, a result too."""

    all: tuple[str, ...]
    receipt: tuple[str, ...]
    result: tuple[str, ...]


class SecondPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Values that two persons look at: on papers of these kinds, fields whose names begin so.

    `corrections_of_any_paper`: of such fields a correction takes two on every other paper too.
    """

    papers: tuple[str, ...]
    fields: tuple[str, ...]
    corrections_of_any_paper: bool


class BirthTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The terms of the birth bundle as `law.terms` reads them."""

    whole: str
    whole_with_verification: str
    registration: str


class AgeBounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The age from which somebody may, and the one from which they may everything."""

    least: int
    full: int


class Routing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who keeps the result of what was filed under a mandate: a named policy by its clause and what became of it.

    `tells_officer`: the agency is told, as it did not come as agreed.
    """

    code: str
    clause: Literal["PRINCIPAL", "AGENT", "BOTH", "NONE"]
    state: MandateState
    keeps: tuple[Literal["PRINCIPAL", "AGENT"], ...]
    tells_officer: bool
    text_vi: str
    text_en: str


class FormDemand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A procedure whose mandate must have a form, and the clause that says so."""

    procedure: str
    form: Literal["certified", "notarised"]
    citation: str


class SupplementEnds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of a dossier whose supplement never came: before its acceptance, and after it."""

    before_acceptance: SupplementEnd
    after_acceptance: SupplementEnd


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rules of one pack; None is a rule that the law did not have on that day."""

    forms: Rule[OfficialForms]
    forms_set: Rule[FormSet] = msgspec.field(name="forms.set")
    forms_signers: Rule[FormSigners] = msgspec.field(name="forms.signers")
    working_hours: Rule[tuple[tuple[str, str], ...]]
    term_day_end: Rule[str] = msgspec.field(name="term.day_end")
    reception_notify_working_hours: Rule[int] = msgspec.field(name="reception.notify_working_hours")
    forward_direct_cutoff: Rule[str] = msgspec.field(name="forward.direct_cutoff")
    forward_start_of_day_working_hours: Rule[int] = msgspec.field(name="forward.start_of_day_working_hours")
    originals_told_after_working_days: Rule[int] = msgspec.field(name="originals.told_after_working_days")
    tasks_unheld_working_hours: Rule[int] = msgspec.field(name="tasks.unheld_working_hours")
    dossier_code_scheme: Rule[str] = msgspec.field(name="dossier_code.scheme")
    dossier_code_centralised_scheme: Rule[str] | None = msgspec.field(
        name="dossier_code.centralised_scheme", default=None
    )
    result_code_suffix: Rule[str] = msgspec.field(name="result_code.suffix")
    conversion_mark_text: Rule[str] = msgspec.field(name="conversion.mark_text")
    print_mark_text: Rule[str] = msgspec.field(name="conversion.print_mark_text")
    payment_cap: Rule[tuple[PaymentCap, ...]] = msgspec.field(name="payment.cap")
    payment_pay_by_days: Rule[int] = msgspec.field(name="payment.pay_by_days")
    payment_receipt: Rule[ReceiptForm] = msgspec.field(name="payment.receipt")
    review_second_person: Rule[SecondPerson] = msgspec.field(name="review.second_person")
    qr_fields: Rule[QrFields] = msgspec.field(name="qr.fields")
    supplement_max_requests: Rule[int] = msgspec.field(name="supplement.max_requests")
    supplement_max_further: Rule[int] = msgspec.field(name="supplement.max_further")
    supplement_appraisal_working_days: Rule[int] = msgspec.field(name="supplement.appraisal_working_days")
    supplement_window_working_days: Rule[int] = msgspec.field(name="supplement.window_working_days")
    supplement_objection_working_days: Rule[int] = msgspec.field(name="supplement.objection_working_days")
    supplement_lapses_to: Rule[SupplementEnds] = msgspec.field(name="supplement.lapses_to")
    supplement_clock: Rule[SupplementClock] = msgspec.field(name="supplement.clock")
    extension_max: Rule[int] = msgspec.field(name="extension.max")
    extension_longest: Rule[str] = msgspec.field(name="extension.longest")
    """A term as `law.clock.Term` reads it; the procedure's own where that is longer."""
    intake_authorisation_channels: Rule[tuple[str, ...]] = msgspec.field(name="intake.authorisation_channels")
    intake_signed_scan_channels: Rule[tuple[str, ...]] = msgspec.field(name="intake.signed_scan_channels")
    interest_after_days: Rule[int] = msgspec.field(name="interest.after_days")
    staff_absence_days: Rule[int] = msgspec.field(name="staff.absence_days")
    agency_proposal_days: Rule[int] = msgspec.field(name="agency.proposal_days")
    identity_min_level: Rule[int] = msgspec.field(name="identity.min_level")
    identity_organisation_level: Rule[int] = msgspec.field(name="identity.organisation_level")
    identity_foreigner_level: Rule[int] | None = msgspec.field(name="identity.foreigner_level", default=None)
    identity_level_two_age: Rule[int] | None = msgspec.field(name="identity.level_two_age", default=None)
    digitisation_order: Rule[tuple[str, ...]] = msgspec.field(name="digitisation.order")
    digitisation_exemptions: Rule[tuple[Exemption, ...]] = msgspec.field(name="digitisation.exemptions")
    scan_min_dpi: Rule[int] = msgspec.field(name="scan.min_dpi")
    level_reasons: Rule[tuple[Coded, ...]] = msgspec.field(name="level.reasons")
    level_barred: Rule[Words] = msgspec.field(name="level.barred")
    level_review: Rule[Words] = msgspec.field(name="level.review")
    level_gates: Rule[tuple[GateWords, ...]] = msgspec.field(name="level.gates")
    review_criteria: Rule[tuple[Coded, ...]] = msgspec.field(name="review.criteria")
    outage_notice_working_days: Rule[int] | None = msgspec.field(name="outage.notice_working_days", default=None)
    outage_notice_reading: Rule[NoticeReading] | None = msgspec.field(name="outage.notice_reading", default=None)
    outage_extension_notice: Rule[ExtensionReading] | None = msgspec.field(name="outage.extension_notice", default=None)
    outage_begun_hours: Rule[int] | None = msgspec.field(name="outage.begun_hours", default=None)
    outage_longest_days: Rule[int] | None = msgspec.field(name="outage.longest_days", default=None)
    outage_window_days: Rule[int] | None = msgspec.field(name="outage.window_days", default=None)
    outage_ahead_minutes: Rule[int] | None = msgspec.field(name="outage.ahead_minutes", default=None)
    outage_reasons: Rule[tuple[Coded, ...]] | None = msgspec.field(name="outage.reasons", default=None)
    outage_recovery_time_required: Rule[bool] | None = msgspec.field(name="outage.recovery_time_required", default=None)
    outage_fallback_required: Rule[bool] | None = msgspec.field(name="outage.fallback_required", default=None)
    outage_suspends: Rule[tuple[str, ...]] | None = msgspec.field(name="outage.suspends", default=None)
    outage_repair_hours: Rule[int] | None = msgspec.field(name="outage.repair_hours", default=None)
    papers_kept_years: Rule[int | None] | None = msgspec.field(name="papers.kept_years", default=None)
    logs_kept_months: Rule[int] | None = msgspec.field(name="logs.kept_months", default=None)
    bundle_after_cutoff: Rule[str] | None = msgspec.field(name="bundle.after_cutoff", default=None)
    bundle_birth_terms: Rule[BirthTerms] | None = msgspec.field(name="bundle.birth_terms", default=None)
    bundle_supplement_working_days: Rule[int] | None = msgspec.field(
        name="bundle.supplement_working_days", default=None
    )
    bundle_sync_minutes: Rule[int] | None = msgspec.field(name="bundle.sync_minutes", default=None)
    bundle_acknowledge_working_hours: Rule[int] | None = msgspec.field(
        name="bundle.acknowledge_working_hours", default=None
    )
    mandate_representative_age: Rule[AgeBounds] = msgspec.field(name="mandate.representative_age")
    mandate_represented_age: Rule[AgeBounds] = msgspec.field(name="mandate.represented_age")
    mandate_full_age_only: Rule[tuple[str, ...]] = msgspec.field(name="mandate.full_age_only")
    mandate_full_age_represented: Rule[tuple[str, ...]] = msgspec.field(name="mandate.full_age_represented")
    mandate_in_person: Rule[tuple[str, ...]] = msgspec.field(name="mandate.in_person")
    mandate_forms: Rule[tuple[FormDemand, ...]] = msgspec.field(name="mandate.forms")
    mandate_term_years: Rule[int] = msgspec.field(name="mandate.term_years")
    mandate_leap_birthday: Rule[LeapReading] = msgspec.field(name="mandate.leap_birthday")
    mandate_storage: Rule[tuple[str, ...]] = msgspec.field(name="mandate.storage")
    mandate_routing: Rule[tuple[Routing, ...]] = msgspec.field(name="mandate.routing")
    delivery_app_window_days: Rule[int] = msgspec.field(name="delivery.app_window_days")
    data_request_answer: Rule[str] | None = msgspec.field(name="data_request.answer", default=None)
    data_request_terms: Rule[tuple[DataRequestTerm, ...]] | None = msgspec.field(
        name="data_request.terms", default=None
    )
    data_request_reminders: Rule[DataRequestReminders] | None = msgspec.field(
        name="data_request.reminders", default=None
    )
    data_request_kept: Rule[str] | None = msgspec.field(name="data_request.kept", default=None)
    petition_terms: Rule[PetitionTerms] | None = msgspec.field(name="petition.terms", default=None)
    petition_reminder_hours: Rule[int] | None = msgspec.field(name="petition.reminder_hours", default=None)
    petition_supply: Rule[str] | None = msgspec.field(name="petition.supply", default=None)
    petition_kept: Rule[str] | None = msgspec.field(name="petition.kept", default=None)
    complaint_terms: Rule[tuple[ComplaintTerm, ...]] | None = msgspec.field(name="complaint.terms", default=None)
    id_app_times: Rule[AppTimes] | None = msgspec.field(name="id_app.times", default=None)
    id_app_parties: Rule[tuple[str, ...]] | None = msgspec.field(name="id_app.parties", default=None)
    national_portal_codes: Rule[PortalCodes] = msgspec.field(name="national_portal.codes")
    national_portal_minutes: Rule[int] = msgspec.field(name="national_portal.minutes")
    mandate_sole_representative: Rule[bool] = msgspec.field(name="mandate.sole_representative")
    mandate_level: Rule[int] = msgspec.field(name="mandate.level")
    mandate_endings: Rule[tuple[Coded, ...]] = msgspec.field(name="mandate.endings")
    mandate_further_endings: Rule[tuple[Coded, ...]] = msgspec.field(name="mandate.further_endings")
