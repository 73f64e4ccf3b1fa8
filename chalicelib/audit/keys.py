"""The key of the anchors: in KMS, or in the local stage a file. Each day has a key of its own, made from it.

So a night asks KMS once for each day of which it meets an anchor, not once for each anchor.
"""

import hashlib
import hmac
from abc import ABC, abstractmethod
from functools import cached_property
from pathlib import Path

from chalicelib.kernel import aws


class DayKeys(ABC):
    """MACs under keys of days."""

    def __init__(self) -> None:
        self._made: dict[str, bytes] = {}

    def mac(self, day: str, text: bytes) -> str:
        """The MAC of a text under the key of a day, in hexadecimal."""
        if day not in self._made:
            self._made[day] = self.of_day(f"motcua anchors {day}".encode())
        return hmac.new(self._made[day], text, hashlib.sha256).hexdigest()

    @abstractmethod
    def of_day(self, name: bytes) -> bytes:
        """The key of a day, by the day's name."""


class KmsKeys(DayKeys):
    """Keys of days by an HMAC key that never leaves KMS."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def of_day(self, name: bytes) -> bytes:
        """One call of KMS."""
        answer = aws.client("kms").generate_mac(KeyId=self._key, MacAlgorithm="HMAC_SHA_256", Message=name)
        made: bytes = answer["Mac"]
        return made


class FileKeys(DayKeys):
    """Keys of days by a key in a file of a developer's machine."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def of_day(self, name: bytes) -> bytes:
        """Raises FileNotFoundError: nobody makes a key here, or an anchor could be forged by deleting it."""
        return hmac.new(self._secret, name, hashlib.sha256).digest()

    @cached_property
    def _secret(self) -> bytes:
        return self._path.read_bytes()
