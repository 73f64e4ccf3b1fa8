"""How it is known whose a paper is that was converted: on the way, in the vault, and to whoever holds it."""

from typing import Literal

Compared = Literal["read_and_compared", "confirmed_by_two", "not_compared"]
"""The reader found the owner's name and number on the paper; two officers said that it is theirs; nobody compared."""
