"""What portals send to submit a draft, and get for it: structs, for a body of 55 bytes needs no pydantic to be read."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.contracts.plan import PayerSaid


class Submit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which draft, and the applicant's declaration that what it says is true.

    The rest is what a fee may depend on and the form does not ask; left out, it is not known. Refused where it asks.
    """

    draft: Annotated[str, Meta(max_length=40, examples=["MC-7K3D9M2QW8XZ4T1B"])]
    declares_true: Annotated[bool, Meta(extra_json_schema={"const": True})]
    payer: PayerSaid | None = None
    quantity: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    value: Annotated[int, Meta(ge=1, le=10**15)] | None = None
    capital: Annotated[int, Meta(ge=1, le=10**15)] | None = None

    def __post_init__(self) -> None:
        """Raises ValueError for who does not declare it: a struct knows no constant that is a boolean."""
        if not self.declares_true:
            raise ValueError("declares_true")


class SealLine(Struct, frozen=True, kw_only=True):
    """One component of the completeness seal."""

    id: str
    code: str
    filename: str
    key: str
    version_id: str
    size: int
    sha256: str
    media_type: str


class Seal(Struct, frozen=True, kw_only=True):
    """Exactly what was received; `sha256` is over the lines and the form."""

    components: list[SealLine]
    sha256: str


class Submission(Struct, frozen=True, kw_only=True):
    """The acknowledgement with the official reception time (Decree 45/2020 Art. 11(1))."""

    reference: str
    received_at: Annotated[str, Meta(description="ISO 8601, Asia/Ho_Chi_Minh")]
    seal: Seal
    acknowledgement: str
