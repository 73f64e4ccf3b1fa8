"""The guidance that is open on a procedure: on the lists of its keeper and all above, which change as the keeper does.

A row holds keys alone, what it says is in the record of the guidance. Whoever gives guidance, ends it or takes the
procedure over changes the one item of what is open: no guidance is left on the list of who keeps its procedure no more.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Final, NamedTuple

from msgspec import structs

from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored, read, written
from chalicelib.kernel import aws

MOST_OPEN: Final = 8
"""Of one procedure: it changes its keeper with all of them in one transaction (`passed`)."""
MOST_PARTS: Final = 100
"""Of one transaction of DynamoDB."""
HEAD: Final = "guided head"
"""The part that is lost when what is open changed meanwhile: `record.settled` does it again."""


class Passing(NamedTuple):
    """A procedure goes from one keeper to another, by their identifiers; one is empty where nobody keeps it."""

    former: str
    present: str


class OpenGuidance(Part, frozen=True, kw_only=True):
    """Guidance that is neither done nor dropped; `due` is a Vietnamese day.

    `owner` is to whom it was given, who answers for it while nobody keeps the procedure; empty in earlier rows.
    """

    id: str
    due: str
    owner: str = ""


class GuidedProcedure(Stored, frozen=True, kw_only=True):
    """What is open on a procedure; `changes` counts how often that changed, 0 for what nobody guided yet."""

    shape = 1

    open: tuple[OpenGuidance, ...] = ()
    changes: int = 0


class GuidedRow(Stored, frozen=True, kw_only=True):
    """Guidance on an agency's list, those due first; it stays there when it has ended."""

    shape = 1

    guidance: str


def list_of(agency: str) -> str:
    """The list of the guidance to an agency and to all below it."""
    return f"GUIDED#{agency}"


def place_of(each: OpenGuidance) -> str:
    """Where guidance stands on a list: by the day on which it is due."""
    return f"{each.due}#{each.id}"


def lines(keeper: str) -> set[str]:
    """The keeper and all above it, by its identifier."""
    parts = keeper.split(".") if keeper else []
    return {".".join(parts[: number + 1]) for number in range(len(parts))}


def open_on(procedure: str) -> GuidedProcedure:
    """What is open on a procedure, read consistently."""
    found = aws.get(TABLE(), *_place(procedure))
    return read(GuidedProcedure, found) if found else GuidedProcedure()


def rows(each: OpenGuidance, agencies: set[str]) -> Mapping[str, aws.Op]:
    """The rows of guidance on the lists of some agencies."""
    made = written(GuidedRow(guidance=each.id))
    return {
        f"row {each.id} {agency}": aws.put(TABLE(), {**made, "pk": list_of(agency), "sk": place_of(each)})
        for agency in sorted(agencies)
    }


def changed(procedure: str, before: GuidedProcedure, now_open: tuple[OpenGuidance, ...]) -> aws.Op:
    """What is open from now on, if nobody changed it since it was read."""
    pk, sk = _place(procedure)
    after = structs.replace(before, open=now_open, changes=before.changes + 1)
    if not before.changes:
        return aws.put_new(TABLE(), {**written(after), "pk": pk, "sk": sk})
    put = written(after)
    return aws.update(TABLE(), (pk, sk), put=put, condition="changes = :was", expect={"was": before.changes})


def passed(procedure: str, to: Passing, room: int) -> Mapping[str, aws.Op]:
    """What is open goes from the lists of one keeper and those above it to those of another, in at most `room` parts.

    Where nobody keeps the procedure, to those of the owner. No transfer fails for want of room: rows of the new keeper
    come first, then of those above it, and what is left on former lists last: nobody is shown such a row (`keeps`).
    """
    if to.former == to.present:
        return {}
    before = open_on(procedure)
    if not before.changes:
        return {HEAD: aws.check(TABLE(), _place(procedure), "attribute_not_exists(pk)")}
    parts = {HEAD: changed(procedure, before, before.open)}
    moves = [
        (each, lines(to.former or each.owner), lines(to.present or each.owner or to.former)) for each in before.open
    ]
    reached = [(at, each) for each, old, new in moves for at in new - old]
    for at, each in sorted(reached, key=lambda row: (-len(row[0]), row[0], row[1].id)):
        parts |= rows(each, {at})
    for each, old, new in moves:
        parts |= {
            f"left {each.id} {at}": aws.delete(TABLE(), (list_of(at), place_of(each))) for at in sorted(old - new)
        }
    return dict(islice(parts.items(), room))


def _place(procedure: str) -> tuple[str, str]:
    return f"GUIDED ON#{procedure}", "OPEN"
