"""How it is known whose a paper is that was converted: on the way, in the vault, and to whoever holds it."""

from typing import Literal

Compared = Literal["read_and_compared", "confirmed_by_two", "name_and_number_by_two", "not_compared"]
"""The reader alone found the owner on the paper; two officers said the name; both said name and number; nobody did."""
