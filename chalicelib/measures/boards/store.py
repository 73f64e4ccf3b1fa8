"""Boards in DynamoDB: an item each."""

from typing import Final

from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws
from chalicelib.measures.boards.model import Board
from chalicelib.measures.rows import TABLE

PARTITION: Final = "BOARD#"


class BoardTable:
    """The boards among the rows of the measures."""

    def board(self, unit: str, period: str) -> Board | None:
        """The board of an agency and period."""
        found = aws.get(TABLE(), f"{PARTITION}{unit}", period)
        return read(Board, found) if found else None

    def keep(self, board: Board) -> bool:
        """Keep a board, unless a newer one is there."""
        item = {"pk": f"{PARTITION}{board.unit}", "sk": board.period, **written(board)}
        condition = "attribute_not_exists(pk) OR as_of < :a"
        values = aws.packed({":a": board.as_of})
        return aws.alone(aws.put(TABLE(), item, ConditionExpression=condition, ExpressionAttributeValues=values))
