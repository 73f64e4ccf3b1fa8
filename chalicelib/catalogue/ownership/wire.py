"""What the sides of a transfer send and read."""

from pydantic import BaseModel, Field

from chalicelib.catalogue.procedures.wire import Strict


class OfferBody(Strict):
    """To whom a procedure is offered."""

    to: str = Field(max_length=35, examples=["H01.10.24"], description="An agency's identifier")


class OfferView(BaseModel):
    """An offer that waits for its receiver."""

    to: str
    at: str


class OwnerView(BaseModel):
    """Whose a procedure is, and to whom it is offered."""

    code: str
    owner: str = Field(description="The agency that keeps it")
    offer: OfferView | None = Field(description="What waits for its receiver's acceptance; null when nothing does")


class Empty(Strict):
    """Nothing has to be said."""
