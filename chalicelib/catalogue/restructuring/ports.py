"""What a review of restructuring asks of the world beside procedures; `store` answers."""

from typing import Protocol

from chalicelib.catalogue.restructuring.running import Used


class Counts(Protocol):
    """What we know of dossiers that came: how many, and which papers they brought."""

    def used(self, procedure: str) -> Used: ...
