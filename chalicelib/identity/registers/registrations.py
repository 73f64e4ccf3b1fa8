"""Which fields of a register are registered for which use, on which ground, from when: dated data.

What comes with the project are examples, which hold on a developer's machine and nowhere else: nobody registered them.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from chalicelib.identity.registers.model import BIOMETRIC, Register


class BadRegistration(ValueError):
    """A registration that contradicts itself; the text names its use and the rule."""


class Registration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a register may be asked for a use: a procedure's code, or a use of this system's own.

    `fields` may be taken, `confirms` may be asked by yes or no; a difference in one of `refuses` refuses, in every
    other it warns. `number` is what the register knows the registration by. Both days are included. Raises
    BadRegistration.
    """

    register: Register
    use: str
    purpose: str
    basis: str
    number: str
    fields: tuple[str, ...]
    confirms: tuple[str, ...]
    refuses: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    is_example: bool = False

    def __post_init__(self) -> None:
        if not (self.purpose and self.basis):
            raise BadRegistration(f"{self.use}: a purpose and a legal basis are needed")
        if BIOMETRIC.intersection(self.fields):
            raise BadRegistration(f"{self.use}: biometrics are confirmed, never taken")
        if not self.is_example and not self.number:
            raise BadRegistration(f"{self.use}: the register gave it a number")

    def holds(self, day: date) -> bool:
        """Whether it is in force on a Vietnamese day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def lacks(self, fields: Iterable[str], claims: Iterable[str]) -> tuple[str, ...]:
        """What of it was not registered, by name (Circular 117/2026/TT-BCA Art. 9)."""
        return tuple(sorted((set(fields) - set(self.fields)) | (set(claims) - set(self.confirms))))


@cache
def shipped_registrations() -> tuple[Registration, ...]:
    """The registrations of this installation, read once. Raises BadRegistration."""
    path = Path(__file__).parent / "data" / "registrations.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[Registration, ...])
    except msgspec.ValidationError as error:
        raise BadRegistration(str(error)) from error


def registration_of(
    known: Iterable[Registration], register: Register, use: str, day: date, *, examples: bool
) -> Registration | None:
    """The one that is in force for a use; `examples` says whether those of the project count."""
    fit = (e for e in known if (e.register, e.use) == (register, use) and e.holds(day))
    return next((each for each in fit if examples or not each.is_example), None)
