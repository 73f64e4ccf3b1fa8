"""Boards in DynamoDB: an item each, and for each part of the country how far it is, and a mark that it is done."""

from operator import itemgetter
from typing import Final

from msgspec.structs import replace

from chalicelib.contracts.stored import Stored, Unreadable, read, written
from chalicelib.kernel import aws
from chalicelib.measures.boards.model import Board, BoardsBegun, BoardsMade
from chalicelib.measures.rows import TABLE

PARTITION: Final = "BOARD#"
MARK: Final = "MADE"
BEGUN: Final = "MAKING"
_place: Final = itemgetter("sk")


class BoardTable:
    """The boards among the rows of the measures."""

    def board(self, unit: str, period: str) -> Board | None:
        """The board of an agency and period. Raises Unreadable."""
        found = aws.get(TABLE(), f"{PARTITION}{unit}", period)
        return read(Board, found) if found else None

    def keep(self, board: Board) -> bool:
        """Keep a board, unless a newer one is there."""
        return _kept(board, board.period)

    def periods(self, unit: str) -> list[str]:
        """The periods of which an agency has boards."""
        found = map(_place, aws.query(TABLE(), f"{PARTITION}{unit}"))
        return [each for each in found if each != MARK]

    def made(self, root: str) -> BoardsMade | None:
        """When a part of the country was made last; None where nothing of this release says it."""
        return _unless_unreadable(BoardsMade, aws.get(TABLE(), f"{PARTITION}{root}", MARK))

    def mark(self, made: BoardsMade) -> bool:
        """Keep that a part was made, unless it was later."""
        return _kept(made, MARK)

    def begun(self, root: str) -> BoardsBegun | None:
        """How far a part of the country was made last; None where nothing of this release says it."""
        return _unless_unreadable(BoardsBegun, aws.get(TABLE(), *_begun_key(root)))

    def begin(self, begun: BoardsBegun) -> bool:
        """Begin a part from its first agency, unless another run began it later."""
        condition = "attribute_not_exists(as_of) OR as_of < :a"
        return _put(_begun_key(begun.unit), begun, condition, {":a": begun.as_of})

    def reach(self, begun: BoardsBegun, unit: str) -> bool:
        """Keep that all boards of one agency more stand, unless the part is no longer as far as it was."""
        expect = {":a": begun.as_of, ":r": begun.reached}
        return _put(_begun_key(begun.unit), replace(begun, reached=unit), "as_of = :a AND reached = :r", expect)


def _begun_key(root: str) -> tuple[str, str]:
    """Beside the boards and not among them: a release that knows no such row takes each of those for a period's."""
    return f"{PARTITION}{root}#{BEGUN}", BEGUN


def _unless_unreadable[S: Stored](kind: type[S], found: aws.Item | None) -> S | None:
    try:
        return read(kind, found) if found else None
    except Unreadable:
        return None


def _kept(told: Board | BoardsMade, sk: str) -> bool:
    condition = "attribute_not_exists(pk) OR as_of < :a"
    return _put((f"{PARTITION}{told.unit}", sk), told, condition, {":a": told.as_of})


def _put(key: tuple[str, str], told: Stored, condition: str, expect: dict[str, str]) -> bool:
    item = {"pk": key[0], "sk": key[1], **written(told)}
    values = aws.packed(expect)
    return aws.alone(aws.put(TABLE(), item, ConditionExpression=condition, ExpressionAttributeValues=values))
