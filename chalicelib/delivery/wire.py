"""What the routes of deliveries take and answer."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.law.codes import LINE, PERSONAL_NUMBER


class Strict(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PostalAddress(Strict):
    """Where the post brings the result."""

    name: str = Field(
        min_length=1, max_length=100, pattern=f"^{LINE}$", description="Who receives it", examples=["Nguyễn Thị Hoa"]
    )
    phone: Annotated[str, Field(pattern=r"^0[0-9]{9}$", examples=["0912345678"])]
    address: str = Field(
        min_length=1, max_length=300, pattern=f"^{LINE}$", examples=["số 12, thôn Đông, xã Vĩnh Phước"]
    )


class SignedAddress(Strict):
    """Who signed for the address that an officer enters, and how that is known."""

    name: str = Field(
        min_length=1, max_length=100, pattern=f"^{LINE}$", description="Who signed", examples=["Nguyễn Thị Hoa"]
    )
    number: str = Field(
        min_length=1, max_length=30, description="As on their identity paper; of the applicant, or of who acts for them"
    )
    slip: str = Field(
        max_length=64,
        description="The component that is the scan of the slip which they signed, dropped for the dossier",
    )


class AskDelivery(Strict):
    """A destination of the result beside the vault; `address` with `post`, and with nothing else."""

    destination: Literal["app", "post", "counter", "register"]
    address: PostalAddress | None = None
    at_counter: SignedAddress | None = Field(
        default=None,
        description="By an officer, with the address of a dossier that was handed in on paper; else null."
        " Of one that was filed online no officer enters an address",
    )


class HandOver(Strict):
    """Who took a paper result, and what proves it."""

    to: Literal["applicant", "agent"]
    proof: Literal["signature", "identity_document", "postal_receipt"]
    name: str = Field(
        default="",
        max_length=100,
        pattern=f"^{LINE}$",
        description="With `agent`: their name",
        examples=["Trần Văn Thưởng"],
    )
    number: Annotated[str, Field(pattern=f"^{PERSONAL_NUMBER}$", examples=["087084000999"])] | None = Field(
        default=None, description="With `agent`: their personal number"
    )
    proof_number: str | None = Field(
        default=None,
        max_length=50,
        description="Number of the proof; by post that of its receipt, the only one that is shown again",
        examples=["EM1VN"],
    )
    paper: Literal["print", "original"] = Field(
        description="A print of the electronic result, or a paper that was signed by hand"
    )
    conversion: str | None = Field(
        default=None, max_length=64, description="With `original`: the component that it was converted into"
    )
    authorisation: str | None = Field(
        default=None,
        max_length=64,
        description="With `agent`, unless their mandate on the dossier holds: the component that is the scan of the"
        " paper by which they may take it",
    )


class WithdrawDelivery(Strict):
    """Take a wish back, as long as nothing was sent."""


class RetryDelivery(Strict):
    """Begin a parked delivery again."""


class AttemptView(BaseModel):
    """A try to reach a destination; without `ended_at` it goes on, or was cut off."""

    begun_at: str
    ended_at: str | None = None
    outcome: Literal["taken", "delivered", "unreachable", "refused"] | None = None


class HandedOverView(BaseModel):
    """Who took a paper result; of an erased dossier without their name."""

    at: str
    by: str
    to: str | None
    proof: str
    proof_number: str | None
    paper: str
    conversion: str | None
    authorisation: str | None = Field(description="The component by which an agent without a mandate took it")


class DeliveryView(BaseModel):
    """A destination of the result, and how far it is."""

    destination: Literal["vault", "authority", "app", "post", "counter", "register"]
    progress: Literal["asked", "sending", "waiting", "delivered", "handed_over", "expired", "withdrawn", "parked"]
    document: str | None = None
    asked_at: str | None = None
    settled_at: str | None = None
    expires_at: str | None = None
    next_at: str | None = None
    receipt: str | None = None
    parked_at: str | None = None
    why: str | None = None
    attempts: list[AttemptView] = []
    handed_over: HandedOverView | None = None


class RoutingView(BaseModel):
    """The named policy by which a result is kept that was filed under a mandate."""

    code: str
    text_vi: str
    text_en: str
    tells_officer: bool = Field(description="Whether the agency is to look: the mandate was ended")


class DeliveryList(BaseModel):
    """Where the result of a dossier goes: the vault, or the authority alone, and what was wished for beside it."""

    reference: str
    waits: bool = Field(description="Whether the dossier is not returned before all of these have it")
    routing: RoutingView | None = None
    deliveries: list[DeliveryView]
