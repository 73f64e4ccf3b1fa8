"""What identity answers of whoever asks."""

from typing import Literal

from pydantic import BaseModel, Field


class Me(BaseModel):
    """Who somebody is to this service, by the token alone."""

    kind: Literal["CITIZEN", "FOREIGNER", "ORGANISATION", "OFFICER", "PORTAL", "SERVICE"]
    name: str
    level: int = Field(
        description="Level of the electronic identity, 1 or 2 (Decree 69/2024); 0 of an account without levels"
    )
    agency: str = ""
    roles: list[str] = Field(default=[], description="What they may act as, of what their token says")
    organisation: str = Field(default="", description="Identification of the organisation for which they act")
    organisation_name: str = ""
    portal: str = Field(default="", description="The portal that asks for them, by its client id")
