"""What may go wrong, by rule; `problem.py` alone knows the HTTP status and the citizen's sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that broke one rule. `pointer` is a JSON Pointer into the body (RFC 6901)."""

    pointer: str
    rule: str
    message_vi: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Row:
    """How one kind of refusal is told over HTTP."""

    status: int
    code: str
    title_vi: str
    title_en: str


class DomainError(Exception):
    """Base of every refusal that a user can meet. `facts` are safe to show; `fields` name what to mend.

    A room declares its refusals, each with its `row`.
    """

    row: ClassVar[Row]

    def __init__(self, *, fields: Sequence[FieldError] = (), **facts: Any) -> None:
        super().__init__(type(self).__name__)
        self.fields, self.facts = tuple(fields), facts


class TokenRefused(DomainError):
    """No token, or one that is forged, expired or for somebody else."""


class NotAllowed(DomainError):
    """The principal's role does not include this act."""


class LevelTooLow(DomainError):
    """The procedure asks for a higher level of electronic identity (Decree 69/2024)."""


class NotFound(DomainError):
    """There is no such thing for this principal; another person's thing looks the same."""


class BodyInvalid(DomainError):
    """The body is not JSON, or its fields break their rules."""


class FormInvalid(DomainError):
    """The form of the draft breaks rules of the procedure's form."""


class KeyMissing(DomainError):
    """A POST came without Idempotency-Key."""


class VersionMissing(DomainError):
    """A change came without If-Match."""


class KeyReused(DomainError):
    """The Idempotency-Key was used before with another body."""


class LostUpdate(DomainError):
    """Somebody changed the thing in between; `current_version` says where it stands."""


class ComponentMissing(DomainError):
    """A component that the procedure asks for is not there (Decree 61/2018 Art. 17, Decree 45/2020 Art. 11(1))."""


class ComponentUnchecked(DomainError):
    """An upload is still being checked."""


class UploadRefused(DomainError):
    """The announced file is of a type or size that is not accepted."""


class AlreadySubmitted(DomainError):
    """The draft was submitted; a dossier is changed by its own acts only."""


class ProcedureClosed(DomainError):
    """The version of the procedure is no longer published."""


class ElectronicBarred(DomainError):
    """A law keeps the procedure from electronic means; `legal_basis` names it (Decree 137/2024 Art. 8(1))."""


class TaskClosed(DomainError):
    """The task was completed before, with another outcome."""


class TaskNotReady(DomainError):
    """Something the task depends on is not done yet."""


class ForbiddenStep(DomainError):
    """The dossier's state, or the order of steps the law sets, does not allow this."""


class TryAgain(DomainError):
    """Others write to the same thing at this moment; nothing was written."""


class TypeNotSupported(DomainError):
    """The body is not of a media type that the route takes."""


class MethodNotAllowed(DomainError):
    """The path exists, the method does not."""


class Broken(DomainError):
    """A fault of ours."""
