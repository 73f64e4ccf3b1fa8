"""The item of an agency's part: which execution waits for it, and of one that starts a child how far that is."""

from collections.abc import Iterable

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
        _place(reference, leg),
        put={"token": token, "execution": execution, "attempt": attempt},
        condition="attribute_not_exists(#e) OR #e = :mine OR #a < :attempt",
        expect={"mine": execution, "attempt": attempt},
        reserved={"#e": "execution", "#a": "attempt"},
    )
    after = aws.updated(op)
    return read(Leg, after) if after else None


def starting(reference: str, leg: str, child: str, at: str) -> aws.Op:
    """The turn of a leg came that starts a child; lost when it came before, or the leg ended."""
    free = "attribute_not_exists(opened_at) AND attribute_not_exists(outcome)"
    return aws.update(TABLE(), _place(reference, leg), put={"opened_at": at, "child": child}, condition=free)


def missing(reference: str, leg: str, missed: Iterable[str]) -> aws.Op:
    """Times of a leg that passed and were told of; the version of the dossier's HEAD guards what is written."""
    return aws.update(
        TABLE(), _place(reference, leg), put={"missed": list(missed)}, condition="attribute_exists(opened_at)"
    )


def returning(reference: str, leg: str, at: str) -> aws.Op:
    """The applicant has the result of a leg's child; lost when that was noted before."""
    free = "attribute_not_exists(returned_at)"
    return aws.update(TABLE(), _place(reference, leg), put={"returned_at": at}, condition=free)


def _place(reference: str, leg: str) -> tuple[str, str]:
    return reference, f"LEG#{leg}"
