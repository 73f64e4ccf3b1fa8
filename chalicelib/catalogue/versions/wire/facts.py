"""The facts of a version as an editor sends them: known names only, each with its type; what is missing is None."""

from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.catalogue.procedures.wire import PRINTED, Code, Strict
from chalicelib.catalogue.versions.wire.children import StartsFacts, SupplementFacts
from chalicelib.catalogue.versions.wire.fees import FeeAnswerFacts, FeeFacts, Sum
from chalicelib.catalogue.versions.wire.terms import MOST_LINES, LineFacts, Words

type Text = Annotated[str, Field(max_length=10_000)]
type Short = Annotated[str, Field(max_length=300)]
type Long = Annotated[str, Field(max_length=2_000)]
MANY = 200


class Named(Strict):
    """A code with its name."""

    code: Short | None = None
    name_vi: Long
    name_en: Long | None = None


class TermStopFacts(Strict):
    """What stops the term, and the clause of a law of the sector that says so."""

    reason: Literal["payment", "outage"]
    citation: Annotated[str, Field(min_length=1, max_length=2_000)]


class TermFacts(Strict):
    """The term of settlement: one text for everybody, or lines, of which the first that fits a dossier holds."""

    text: Annotated[str, Field(max_length=10, examples=["3wd"])] | None = None
    record: Long | None = None
    note_vi: Text | None = None
    cutoff: Annotated[str, Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$")] | None = None
    after_cutoff: Literal["literal", "deemed"] | None = None
    citation: Long | None = None
    lines: list[LineFacts] = Field(
        default=[], max_length=MOST_LINES, description="Instead of `text`: the first that fits a dossier holds"
    )
    stops: list[TermStopFacts] = Field(
        default=[], max_length=2, description="What stops the term by a law of the sector; nothing else of these does"
    )


class PriceFacts(Strict):
    """A line of a provider's price list."""

    name_vi: Long
    name_en: Long | None = None
    amount_vnd: Sum | None
    unit_vi: Short = ""
    note_vi: Text = ""


class SourceFacts(Strict):
    """The database that answers instead of a paper."""

    database: Short
    owner: Long | None = None
    instrument: Long | None = None
    clause: Long | None = None


class BlankFacts(Strict):
    """A blank form: its file name, where its owner keeps it, and an address that people can open."""

    name: Long | None = None
    url: Annotated[str, Field(max_length=2_000, pattern=r"^https://")] | None = None
    store: Long | None = None
    path: Long | None = None
    id: Long | None = None


class ConditionFacts(Strict):
    """Whether a paper is asked for, by the answers in the form."""

    expression: Annotated[str, Field(min_length=1, max_length=500, examples=["form.case.surrogacy"])] = Field(
        description="In the language of the form's rules, over fields with choices; true: it is asked for"
    )
    spared_vi: Short = Field(description="Why it is spared when the answers say no")
    spared_en: Short = Field(description="The same in English")
    cites: Long | None = Field(default=None, description="The clause, or the words of the record, that say so")


class ComponentFacts(Strict):
    """A component of the dossier."""

    code: Annotated[str, Field(min_length=1, max_length=100)]
    name_vi: Text
    name_en: Text | None = None
    originals: Annotated[int, Field(ge=0, le=1000)] | None = None
    copies: Annotated[int, Field(ge=0, le=1000)] | None = None
    group: Long = ""
    cases: list[Short] = Field(default=[], max_length=MANY)
    channels: list[Literal["ONLINE", "POSTAL", "DIRECT"]] = Field(
        default=[], max_length=3, description="Only of those who file by one of these; empty: by any"
    )
    need: Literal["always", "case", "form", "paper", "shown", "data", "unknown"] = "unknown"
    when: ConditionFacts | None = None
    reading: Short = ""
    electronic: bool | None = None
    exemption: Literal["presented_only", "processing_output", "secret", "already_shared", "photocopy"] | None = Field(
        default=None, description="Why it is not digitised (Circular 03/2025 Art. 5; Circular 01/2023 Art. 4-5)"
    )
    source: SourceFacts | None = None
    replaced_by: list[dict[str, Any]] | None = Field(default=None, max_length=20)
    has_electronic_form: bool | None = None
    is_processing_result: bool | None = None
    blanks: list[BlankFacts] = Field(default=[], max_length=MANY)


class GateFacts(Strict):
    """What an officer recorded of the gates of the full level; None is not known (Decree 224/2026 Art. 14-15).

    The one on payment is compared with the price, never believed against it.
    """

    eform_available: bool | None = None
    all_components_submittable_electronically: bool | None = None
    fee_payable_online_or_none: bool | None = None
    no_physical_presence: bool | None = None
    no_onsite_verification: bool | None = None
    result_issuable_electronically_or_postal: bool | None = None
    signing_supported: bool | None = None


class ReasonFacts(Strict):
    """A reason of the closed list with its legal basis."""

    code: Short
    legal_basis: Long


class OnlineFacts(Strict):
    """How far online, and why not farther."""

    gates: GateFacts = GateFacts()
    reasons: list[ReasonFacts] = Field(default=[], max_length=20)
    electronic_barred: bool = False
    legal_basis: Long | None = None
    full_process_in_record: bool | None = None


class ResultFacts(Strict):
    """The result."""

    code: Short | None = None
    name_vi: Annotated[Long, PRINTED]
    name_en: Long | None = None
    template: Short | None = None
    validity: Long | None = None


class LegFacts(Strict):
    """One agency's part; `@receiving` is whichever unit received the dossier."""

    leg: Short
    agency: Short
    deadline: Annotated[str, Field(max_length=10, examples=["1wd"])] | None = Field(
        default=None, description="Its own part of the term, counted from its beginning; null: the whole term"
    )
    steps: list[Literal["verify", "approve"]] = Field(
        default=[], max_length=2, description="Its tasks in order; empty: verify, then approve"
    )
    lead: bool | None = Field(
        default=None, description="Its approval is what is decided; without any, the last leg leads", examples=[True]
    )
    medium: Literal["electronic", "paper"] | None = Field(
        default=None, description="With the others of its stage, or after them; null: as the dossier was filed"
    )
    vertical: bool | None = Field(
        default=None, description="An agency of a higher level: the receiving unit sends and gets back", examples=[True]
    )
    starts: StartsFacts | None = Field(
        default=None, description="The leg is a child dossier of another procedure: the procedure is a bundle"
    )


class ProviderFacts(Strict):
    """Who provides a service that is no administrative procedure."""

    name_vi: Annotated[Long, PRINTED]
    name_en: Long | None = None
    contact: Long | None = None
    portal: Long | None = None


class AppealFacts(Strict):
    """Where to turn when one disagrees, if the procedure says it."""

    text_vi: Text
    text_en: Text
    citation: Long | None = None


class CaseFacts(Strict):
    """A case that the procedure tells apart."""

    code: Short
    name_vi: Text
    name_en: Text | None = None
    term: dict[str, Any] | None = None


class StepFacts(Strict):
    """A step, in order."""

    name_vi: Text | None = None
    text_vi: Words | None = None


class FactsBody(Strict):
    """A version's facts."""

    code: Code
    name_vi: Annotated[str, Field(min_length=2, max_length=4000), PRINTED]
    name_en: Long | None = None
    kind: Literal["administrative_procedure", "public_non_business", "public_utility"]
    variant_of: Short | None = None
    agency: Short | None = None
    source: dict[str, Any] = Field(default={})
    field: Named | None = None
    fields: list[Named] = Field(default=[], max_length=MANY)
    promulgated_by: Named | None = None
    performed_by: Text | None = None
    performers: list[Named] = Field(default=[], max_length=MANY)
    decided_by: list[Named] = Field(default=[], max_length=MANY)
    delegated_to: list[Named] = Field(default=[], max_length=MANY)
    coordinated_by: list[Named] = Field(default=[], max_length=MANY)
    subjects: list[Named] = Field(default=[], max_length=MANY)
    life_groups: list[dict[str, Any]] = Field(default=[], max_length=MANY)
    channels: list[Literal["ONLINE", "POSTAL", "DIRECT"]] = Field(default=[], max_length=3)
    online_channels: list[Short] = Field(default=[], max_length=3)
    online: OnlineFacts = OnlineFacts()
    term: TermFacts | None = None
    supplement: SupplementFacts | None = Field(default=None, description="Null: as the rule pack of the day says")
    withdrawal: Literal["any", "all"] | None = Field(
        default=None, description="Who of several holders may withdraw: any, or all together; null: any"
    )
    silence: Literal["goes_on", "waits"] | None = Field(
        default=None, description="What follows when an agency that was asked for its opinion is silent; null: goes_on"
    )
    confirm_within: Annotated[str, Field(max_length=10, examples=["1d"])] | None = Field(
        default=None, description="How long the applicant has to confirm the draft of the result; null: nobody asks"
    )
    fees: list[FeeFacts] = Field(default=[], max_length=MANY)
    fee_answers: list[FeeAnswerFacts] = Field(
        default=[], max_length=4, description="Which fields of the form say who pays, for how many, of which sum"
    )
    prices: list[PriceFacts] = Field(default=[], max_length=MANY)
    free: bool | None = None
    provider: ProviderFacts | None = None
    cases: list[CaseFacts] = Field(default=[], max_length=MANY)
    components: list[ComponentFacts] = Field(default=[], max_length=MANY)
    notes: list[dict[str, Any]] = Field(default=[], max_length=MANY)
    requirements_vi: Words | None = None
    description_vi: Words | None = None
    receiving_vi: Words | None = None
    return_ways: list[dict[str, Any]] = Field(default=[], max_length=20)
    steps: list[StepFacts] = Field(default=[], max_length=MANY)
    result: ResultFacts | None = None
    returning: list[Short] = Field(default=[], max_length=10)
    signing: dict[str, bool] | None = None
    legal_bases: list[Named] = Field(default=[], max_length=MANY)
    min_level: Literal[1, 2] | None = None
    route: list[list[LegFacts]] | None = Field(default=None, max_length=10)
    appeal: AppealFacts | None = None
    plan_items: list[dict[str, Any]] = Field(default=[], max_length=20)
    flags: dict[str, bool | None] | None = None
    unknown: list[dict[str, Any]] = Field(default=[], max_length=500)
    administrative_level: list[Short] = Field(default=[], max_length=10)
    note_vi: Text | None = None
