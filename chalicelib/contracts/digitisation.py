"""What digitisation tells: components that came in, copies, what was read, conversions, signatures it orders."""

from typing import Literal, Self

from msgspec import structs

from chalicelib.contracts.event import Event
from chalicelib.contracts.messages import PinnedFile
from chalicelib.contracts.plan import UNSAID_LEVEL, Part
from chalicelib.contracts.provenance import Compared


class Converter(Part, frozen=True, kw_only=True):
    """Who converted a paper (Decree 137/2024 Art. 4)."""

    kind: str
    full_name: str
    agency_code: str
    officer: str


class AgencySignature(Part, frozen=True, kw_only=True):
    """When the agency signed, and under which name the signed file stands."""

    signed_at: str
    message: str


class Reviewed(Part, frozen=True, kw_only=True):
    """Who looked at a value that was read, and when: two names where a second person had to. Never the value."""

    field: str
    verb: str
    by: tuple[str, ...]
    at: str


class Conversion(Part, frozen=True, kw_only=True):
    """What the law wants known of a conversion (Decree 137/2024 Art. 4)."""

    conversion_id: str
    direction: Literal["P2D"]
    code: str
    source_sha256: str
    copy_sha256: str
    output_sha256: str
    mark_text: str
    converted_at: str
    converter: Converter
    agency_signature: AgencySignature
    system_name: str
    reviewed: tuple[Reviewed, ...] | None = None


class Digitisation(Part, frozen=True, kw_only=True):
    """How far a component's digitisation is; exempt with the clause, converted with what the law wants known, or
    rejected with the reason.
    """

    status: Literal["waiting", "exempt", "converted", "rejected"]
    code: str | None = None
    text_vi: str | None = None
    text_en: str | None = None
    citation: str | None = None
    conversion_id: str | None = None
    direction: str | None = None
    source_sha256: str | None = None
    copy_sha256: str | None = None
    output_sha256: str | None = None
    mark_text: str | None = None
    converted_at: str | None = None
    converter: Converter | None = None
    agency_signature: AgencySignature | None = None
    system_name: str | None = None
    reviewed: tuple[Reviewed, ...] | None = None

    @classmethod
    def converted(cls, conversion: Conversion) -> Self:
        """Digitisation that ended with this conversion."""
        return cls(status="converted", **structs.asdict(conversion))


class SignatureSeen(Part, frozen=True, kw_only=True):
    """What a signature of a born-digital file showed when the file came in.

    `intact`: what was signed is what is there. `trusted`: its certificate leads to a root of this installation.
    `certificate` is the SHA-256 of the signer's certificate, so that no name stands on the bus; `signed_at` is what the
    signer said.
    """

    field: str
    intact: bool
    trusted: bool
    certificate: str = ""
    signed_at: str | None = None
    note: str = ""


type MachineStep = Literal["copy", "read", "convert"]
"""What the states of digitisation.asl.json wait for: a signed copy, a reading that was looked at, a data message."""


class DigitisationInput(Part, frozen=True, kw_only=True):
    """What an execution of a scanned paper starts with; `timeout` is in seconds, for each state."""

    reference: str
    component: str
    timeout: int


class StepInput(Part, frozen=True, kw_only=True):
    """What the machine hands over when a state begins: its token, the execution's name, what it waits for."""

    token: str
    execution: str
    reference: str
    component: str
    step: MachineStep


class UploadRefused(Event, frozen=True, kw_only=True):
    """A citizen's upload (`upload`, `component`) or an agency's drop (`agency`, `version_id`) became no component."""

    type = "vn.motcua.upload.refused"

    reason_code: str
    reason_vi: str | None = None
    reason_en: str | None = None
    upload: str | None = None
    component: str | None = None
    agency: str | None = None
    version_id: str | None = None


class PaperResult(Part, frozen=True, kw_only=True):
    """What a paper becomes that is the result of its dossier: the result's code and its name."""

    code: str
    title: str


class ComponentReceived(Event, frozen=True, kw_only=True):
    """A file passed the checks: a component. Its name and key stay off the bus, as people name files after people."""

    type = "vn.motcua.component.received"
    heard_by = ("digitisation_make_copy",)

    id: str
    code: str
    version_id: str
    size: int
    sha256: str
    media_type: str
    pages: int
    origin: Literal["upload", "drop"]
    received_at: str
    digitisation: Digitisation
    reference: str
    agency: str
    holder: str
    procedure: str
    reads_as: str = ""
    warnings: tuple[str, ...] = ()
    min_level: int = UNSAID_LEVEL
    signatures: tuple[SignatureSeen, ...] = ()
    result: PaperResult | None = None
    """None of a paper that is no result."""
    others: tuple[str, ...] | None = None
    """Who stands on its dossier beside the holder (keyed hashes); None where nobody does."""


class CopyMade(Event, frozen=True, kw_only=True):
    """A copy waits for its officer's signature."""

    type = "vn.motcua.copy.made"

    reference: str
    component: str


class ComponentRejected(Event, frozen=True, kw_only=True):
    """A dropped paper was rejected, by an officer or as it could not be copied or read: it counts no more for its
    dossier. Its people are told so, with the facts of a notice; those of earlier releases are without.
    """

    type = "vn.motcua.component.rejected"
    heard_by = ("digitisation_settle_component",)

    reference: str
    component: str
    agency: str
    reason_code: str
    reason_vi: str = ""
    reason_en: str = ""
    handler: str = ""
    received_at: str = ""
    processed_at: str | None = None
    due_at: str | None = None


class SecrecyProposed(Event, frozen=True, kw_only=True):
    """An officer takes a dropped paper for one that is secret under law: it waits on its desk for a second person."""

    type = "vn.motcua.component.secrecy_proposed"

    reference: str
    component: str
    agency: str


class SecrecyDeclined(Event, frozen=True, kw_only=True):
    """An officer says that a paper which was taken for a secret one is none."""

    type = "vn.motcua.component.secrecy_declined"

    reference: str
    component: str
    agency: str


class ComponentSorted(Event, frozen=True, kw_only=True):
    """An officer said which component of the procedure a dropped paper is; `former` is what it was taken for."""

    type = "vn.motcua.component.sorted"

    reference: str
    component: str
    code: str
    former: str


class DropAcknowledged(Event, frozen=True, kw_only=True):
    """An officer has seen to a dropped object that became no component."""

    type = "vn.motcua.drop.acknowledged"

    agency: str
    drop: str


class CopyReturned(Event, frozen=True, kw_only=True):
    """A signature that was ordered failed for good: the copy is on its agency's desk again, as before the order."""

    type = "vn.motcua.copy.returned"

    reference: str
    component: str
    agency: str
    step: str
    reason_code: str


class Signer(Part, frozen=True, kw_only=True):
    """Whose key signs."""

    kind: Literal["officer", "agency"]
    id: str


class SignatureOrdered(Event, frozen=True, kw_only=True):
    """A signature on a file, once per `order`. `box` is in PDF points on page 0, as text; `then` names the event.

    `lines` are what the visible signature says before the subject of its certificate and its time.
    """

    type = "vn.motcua.signature.ordered"
    heard_by = ("messages_sign_copy",)

    order: str
    kind: str
    title: str
    source: PinnedFile
    target: str
    signer: Signer
    reason: str
    box: tuple[str, str, str, str]
    lines: tuple[str, ...]
    certify: bool
    then: Literal["vn.motcua.copy.signed", "vn.motcua.message.converted"]
    reference: str
    component: str
    agency: str
    holder: str
    procedure: str
    min_level: int = UNSAID_LEVEL
    compared: Compared | None = None


class ComponentRead(Event, frozen=True, kw_only=True):
    """A signed copy was read; `code` is the code of the digitised component."""

    type = "vn.motcua.component.read"

    reference: str
    component: str
    code: str


class ConvertedPaper(Part, frozen=True, kw_only=True):
    """The data message of a converted paper, for the store of whom it concerns (`holder`, a keyed hash).

    `kind` is the code of the paper in the national catalogue, `message` its name among the messages.
    """

    message: str
    kind: str
    title: str
    key: str
    version_id: str
    sha256: str
    size: int
    holder: str
    agency: str
    procedure: str
    reference: str
    dossier_code: str = ""
    min_level: int = UNSAID_LEVEL


class ComponentConverted(Conversion, Event, frozen=True, kw_only=True):
    """The data message of a component is signed by the agency, and its conversion is on record."""

    type = "vn.motcua.component.converted"
    heard_by = ("vault_store_result",)

    component: str
    paper: ConvertedPaper | None = None
    """What the vault keeps now; of a result nothing before it is decided. A release before did not say it."""

    @classmethod
    def of(cls, component: str, conversion: Conversion, paper: ConvertedPaper | None = None) -> Self:
        """The conversion of a component."""
        return cls(component=component, paper=paper, **structs.asdict(conversion))
