"""The one way to ask a register: what was registered and nothing else, after the line in the person's ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.ledger import LineWritten, RegisterAsked
from chalicelib.identity.refusals import GroundInsufficient, NotRegistered, RegisterOff, RegisterSaysOtherwise
from chalicelib.identity.registers.model import Answer, Claim, Question, Register, Subject, only_asked
from chalicelib.identity.registers.ports import Lines, Registers
from chalicelib.identity.registers.registrations import Registration, registration_of
from chalicelib.kernel.access import PERSONS, Principal, holder_of
from chalicelib.kernel.clock import ZONE, Clock

OWNER: Final = "owner"
PERSON: Final = "person"
"""Who asks about somebody else, and is no officer: who says that they are parent or guardian."""
ROUTE: Final = "registers"
NAMES_ONLY: Final = 1
"""Level of identity that reads such a line: it has names of fields, and a child of five has no higher one."""


@dataclass(frozen=True)
class Asking:
    """Asks registers; `examples` says whether the registrations that come with the project count."""

    registers: Registers
    lines: Lines
    known: Sequence[Registration]
    examples: bool
    clock: Clock

    def registration(self, register: Register, use: str) -> Registration:
        """What is registered for a use today. Raises NotRegistered."""
        today = self.clock().astimezone(ZONE).date()
        found = registration_of(self.known, register, use, today, examples=self.examples)
        if found is None:
            raise NotRegistered(register=register, use=use, names=[])
        return found

    def ask(
        self,
        who: Principal,
        register: Register,
        use: str,
        subject: Subject,
        *,
        fields: Sequence[str] = (),
        claims: Sequence[Claim] = (),
        reference: str = "",
    ) -> Answer:
        """What a register says of somebody, asked by a principal; more than was asked is not taken.

        Two calls of ours and one of the register, whoever it is about and whether or not there is such a person.
        Raises NotRegistered and RegisterOff before anything leaves, RegisterUnavailable, TryAgain.
        """
        held = self.registration(register, use)
        if lacking := held.lacks(fields, (claim.field for claim in claims)):
            raise NotRegistered(register=register, use=use, names=list(lacking))
        if not self.registers.is_on():
            raise RegisterOff(register=register)
        question = Question(
            register=register,
            use=use,
            purpose=held.purpose,
            basis=held.basis,
            subject=subject,
            fields=tuple(fields),
            claims=tuple(claims),
            reference=reference,
        )
        self._note(question, who)
        return only_asked(question, self.registers.ask(question))

    def _note(self, question: Question, who: Principal) -> None:
        """The line in the ledger of the person asked about: names of fields, never a value."""
        owner = holder_of("ORGANISATION" if question.register == "business" else "CITIZEN", question.number)
        is_owner = bool(who.holder) and who.holder == owner
        is_officer = who.kind not in PERSONS
        line = LineWritten(
            act="read",
            document=f"register.{question.register}",
            by=OWNER if is_owner else who.agency if is_officer else PERSON,
            officer=who.name if is_officer else None,
            basis=question.basis,
            reference=question.reference,
            sha256="",
            route=ROUTE,
            min_level=NAMES_ONLY,
            client=who.client or None,
            asked=RegisterAsked(
                register=question.register, purpose=question.purpose, use=question.use, fields=question.names
            ),
        )
        actor = OWNER if is_owner else who.subject if is_officer else who.holder
        self.lines.write(owner, line, actor, self.clock())


def require_match(answer: Answer) -> Answer:
    """The answer of a register that was asked about who asks. Raises GroundInsufficient, RegisterSaysOtherwise."""
    if answer.verdict == "insufficient_ground":
        raise GroundInsufficient
    if answer.verdict != "match":
        raise RegisterSaysOtherwise(verdict=answer.verdict, differences=[])
    return answer
