"""What every dossier says when it comes, however it comes: the legs of its route, its seal. Pure."""

import hashlib
from collections.abc import Sequence
from typing import Final

from msgspec import structs

from chalicelib.contracts.event import told
from chalicelib.contracts.plan import Plan, PlannedLeg
from chalicelib.contracts.submission import SealLine
from chalicelib.kernel.ids import canonical

RECEIVING: Final = "@receiving"
"""What a route says instead of the agency before which a dossier is filed."""


def stages_of(plan: Plan, receiving: str) -> tuple[tuple[PlannedLeg, ...], ...]:
    """The route's legs, the receiving agency put in where the procedure leaves it open."""
    return tuple(
        tuple(structs.replace(leg, agency=receiving if leg.agency == RECEIVING else leg.agency) for leg in stage)
        for stage in plan.route
    )


def seal_of(lines: Sequence[SealLine], form_digest: str | None) -> str:
    """SHA-256 over the manifest and the form: what the receipt promises that the officer opens."""
    sealed = {"components": [told(line) for line in lines], "form": form_digest}
    return hashlib.sha256(canonical(sealed).encode()).hexdigest()
