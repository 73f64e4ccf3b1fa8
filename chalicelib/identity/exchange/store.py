"""The line in a person's ledger that tells of a portal which had no right to ask for them."""

from datetime import datetime
from typing import Final

from chalicelib.ledger import door

WHY: Final = "the token of this person was issued to another client"


class Table:
    """Ledgers in DynamoDB."""

    def refused(self, owner: str, portal: str, now: datetime) -> None:
        """One line for each portal and day. Raises TryAgain."""
        door.turn_away(owner, portal, WHY, now)
