"""Which execution waits for a leg: the token is kept by the dossier until the last task of the leg is done."""

from chalicelib.contracts.stored import read
from chalicelib.dossier.items import Leg
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws


def open_leg(reference: str, leg: str, token: str, execution: str) -> Leg | None:
    """Note which execution waits for this leg; answers the leg, or None when a newer attempt, or this one, has it.

    The same execution may say it twice; the attempt is the number at the end of its name.
    """
    attempt = int(execution.rpartition("-")[2])
    op = aws.update(
        TABLE(),
        (reference, f"LEG#{leg}"),
        put={"token": token, "execution": execution, "attempt": attempt},
        condition="attribute_not_exists(#e) OR #e = :mine OR #a < :attempt",
        expect={"mine": execution, "attempt": attempt},
        reserved={"#e": "execution", "#a": "attempt"},
    )
    after = aws.updated(op)
    return read(Leg, after) if after else None
