"""Boards in DynamoDB: an item each, and a mark for each part of the country that is done."""

from operator import itemgetter
from typing import Final

from chalicelib.contracts.stored import Unreadable, read, written
from chalicelib.kernel import aws
from chalicelib.measures.boards.model import Board, BoardsMade
from chalicelib.measures.rows import TABLE

PARTITION: Final = "BOARD#"
MARK: Final = "MADE"
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
        found = aws.get(TABLE(), f"{PARTITION}{root}", MARK)
        try:
            return read(BoardsMade, found) if found else None
        except Unreadable:
            return None

    def mark(self, made: BoardsMade) -> bool:
        """Keep that a part was made, unless it was later."""
        return _kept(made, MARK)


def _kept(told: Board | BoardsMade, sk: str) -> bool:
    item = {"pk": f"{PARTITION}{told.unit}", "sk": sk, **written(told)}
    condition = "attribute_not_exists(pk) OR as_of < :a"
    values = aws.packed({":a": told.as_of})
    return aws.alone(aws.put(TABLE(), item, ConditionExpression=condition, ExpressionAttributeValues=values))
