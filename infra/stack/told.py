"""Types of events that rules bring together to one worker."""

from typing import Final


def dossier(*what: str) -> tuple[str, ...]:
    """Types of a dossier's events by their last word."""
    return tuple(f"vn.motcua.dossier.{each}" for each in what)


CATALOGUE_CHANGES: Final = tuple(f"vn.motcua.procedure.{what}" for what in ("published", "withdrawn", "recorded"))
ENDS: Final = ("returned", "refused", "stopped")
"""How a dossier ends, by the last word of the event."""
MOVES: Final = dossier("submitted", "accepted", *ENDS)
DRIVER_HEARS: Final = dossier("refused", "stopped", "withdrawal_refused", "payment_recorded")
PAPERED: Final = dossier("refused", "stopped", "supplement_requested", "term_extended")
ISSUED: Final = (*dossier("accepted", "supplemented", "decided"), *PAPERED, "vn.motcua.paper.ordered")
PEOPLE: Final = ("vn.motcua.representation.kept", "vn.motcua.person.changed", "vn.motcua.officer.kept")
READ: Final = ("vn.motcua.copy.signed", "vn.motcua.review.closed")
SETTLED: Final = ("vn.motcua.message.converted", "vn.motcua.component.rejected")
COPIED: Final = ("vn.motcua.component.received", *dossier("supplemented"))
RESULTS: Final = (
    "vn.motcua.result.signed",
    "vn.motcua.result.unprintable",
    "vn.motcua.paper.withdrawn",
    "vn.motcua.paper.withdrawal_proposed",
)
"""What becomes of papers that are signed in a dossier: its log says it."""
KEPT: Final = (
    *dossier("processed"),
    "vn.motcua.component.converted",
    "vn.motcua.archived.converted",
    "vn.motcua.paper.withdrawn",
    "vn.motcua.person.changed",
)
"""What comes into vaults, and what is worth nothing there any more."""
DATA_REQUEST: Final = "vn.motcua.data_request.ended"
DATA_DUE: Final = (
    *(f"vn.motcua.data_request.{what}" for what in ("due_soon", "overdue", "answered", "extended")),
    DATA_REQUEST,
)
"""What puts a request about personal data on the list of what its agency has to see to, and takes it off."""
TAKEN_AWAY: Final = ("vn.motcua.takeout.asked", DATA_REQUEST)
"""What an archive of a vault is made for: its owner asked, or an agency granted a request for a copy of their data."""
OWN_FILES: Final = ("vn.motcua.own_file.checked", "vn.motcua.document.erased", DATA_REQUEST)
"""What becomes of files that owners upload into their vaults themselves."""
BY_OFFICERS: Final = {
    "source": ["motcua"],
    "detail-type": ["vn.motcua.ledger.line"],
    "detail": {"data": {"by": [{"anything-but": ["owner", "person"]}], "officer": [{"exists": True}]}},
}
"""Lines of ledgers that officers wrote: of what owners read nobody hears."""
DELIVERY_FLOW: Final = ("vn.motcua.delivery.due", "vn.motcua.delivery.settled", *dossier("erased"))
"""What the machine of deliveries starts by, and is told of."""
REUSABLE: Final = ("vn.motcua.vault.stored", "vn.motcua.document.kept", "vn.motcua.document.flagged")
