"""Faults on purpose, for tests: a share of what is asked of DynamoDB is refused, as AWS throttles."""

import json
import random
from collections import Counter
from typing import Final

CODES: Final = ("ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded")
"""What AWS says to any call that is too much."""
CANCELLED: Final = "TransactionCanceledException"
"""What it says to a transaction of which one part is too much; botocore does not ask again."""
DATA: Final = frozenset({
    "BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "TransactGetItems", "TransactWriteItems",
    "UpdateItem",
})  # fmt: skip
PREFIX: Final = "com.amazonaws.dynamodb.v20120810#"


class Throttling:
    """Refuses a share of the calls that read or write items, drawn by a seed: the n-th call has the same luck again.

    The first transaction is always cancelled: there are few, and luck might let all of them through.
    """

    def __init__(self, share: float, seed: int) -> None:
        self._share = share
        self._chance = random.Random(seed)  # noqa: S311 - luck, no secret
        self.asked = 0
        self.refused: Counter[str] = Counter()

    def refusal(self, action: str, parts: int = 1) -> tuple[int, dict[str, str], str] | None:
        """Status, headers and body in the place of an answer; None lets the call through.

        `parts` is of how many operations a transaction is made.
        """
        if action not in DATA:
            return None
        self.asked += 1
        is_first = action == "TransactWriteItems" and not self.refused[CANCELLED]
        if self._chance.random() >= self._share and not is_first:
            return None
        code = CANCELLED if is_first else self._chance.choice(self._codes(action))
        self.refused[code] += 1
        told: dict[str, object] = {"__type": PREFIX + code, "message": f"{code}, on purpose"}
        if code == CANCELLED:
            reasons = [{"Code": "None"} for _ in range(parts)]
            reasons[self._chance.randrange(parts)] = {"Code": "ThrottlingError", "Message": "on purpose"}
            told |= {"Message": told["message"], "CancellationReasons": reasons}
        return 400, {"Content-Type": "application/x-amz-json-1.0", "x-amzn-errortype": code}, json.dumps(told)

    @staticmethod
    def _codes(action: str) -> tuple[str, ...]:
        return (*CODES, CANCELLED) if action == "TransactWriteItems" else CODES
