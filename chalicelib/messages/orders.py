"""Papers that somebody asks for, printed by the worker: slips, registers, print views; reports the measures order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.contracts.messages import FormSigned, PaperOrdered, PinnedFile
from chalicelib.contracts.plan import Office
from chalicelib.dossier.accepted import Accepted
from chalicelib.dossier.acting import relation_of, stage_of
from chalicelib.dossier.interests import Work as Own
from chalicelib.dossier.interests import require_other
from chalicelib.dossier.reading import Part
from chalicelib.dossier.ties import people_of
from chalicelib.kernel.access import Principal, Relation, allowed, require_level
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import digest, keyed_hash
from chalicelib.kernel.problem import BodyInvalid, FieldError, ForbiddenStep, NotFound
from chalicelib.messages import registers, reports, slips
from chalicelib.messages.acts import REGISTER, SLIP
from chalicelib.messages.model import Message, local
from chalicelib.messages.ports import AgencyNames, Dossiers, Messages
from chalicelib.messages.publishing import Publisher
from chalicelib.messages.service import Work, look_of

LONGEST: Final = 31
"""Days of one register."""


@dataclass(frozen=True)
class Orders:
    """Order a paper: the same order is one paper, however often it is given."""

    messages: Messages
    dossiers: Dossiers
    keyed: Callable[[str], str]
    level_of: Callable[[int | None, str], int]
    clock: Clock

    def slip(self, who: Principal, name: str) -> str:
        """The name of the slip of a dossier as it stands: while nothing changes, the same paper.

        Raises NotFound for a dossier that the principal may not see, LevelTooLow, OwnDossier, NumberUnknown.
        """
        reference = self.keyed(name)
        dossier = self.dossiers(reference) if reference else None
        now = self.clock()
        if dossier is None or not allowed(who, SLIP, relation_of(who, dossier.head, now), stage_of(dossier.head)):
            raise NotFound(what="dossier")
        head = dossier.head
        level = self.level_of(head.min_level, reference)
        require_level(who, level)
        require_other(who, people_of(head), Own(head.agency, "receive", filed=head.submitted_at), now, named=False)
        event = PaperOrdered(
            order=f"SLIP.{head.dossier_code or reference}.{head.version}",
            form="slip",
            agency=head.agency,
            holder=head.holder,
            reference=reference,
            procedure=head.procedure,
            min_level=level,
        )
        self.messages.order(event, now)
        return event.order

    def register(self, who: Principal, agency: str, since: date, until: date, part: int, key: str) -> str:
        """The name of a part of an agency's register, as it stands when it is printed: one for each key.

        Raises NotFound for an agency that is not the principal's, BodyInvalid for a time that is none, or too long.
        """
        if not allowed(who, REGISTER, Relation.AGENCY) or agency not in who.agencies:
            raise NotFound(what="agency")
        if not since <= until or (until - since).days >= LONGEST:
            raise BodyInvalid(
                fields=[
                    FieldError(
                        "/last_day",
                        "days",
                        f"Tối đa {LONGEST} ngày, tính cả ngày đầu và ngày cuối",
                        f"At most {LONGEST} days, the first and the last included",
                    )
                ]
            )
        asked = digest(who.subject, key)
        event = PaperOrdered(
            order=f"REGISTER.{agency}.{since:%Y%m%d}.{until:%Y%m%d}.{part}.{asked}",
            form="register",
            agency=agency,
            holder=keyed_hash("register", agency),
            since=since.isoformat(),
            until=until.isoformat(),
            part=part,
        )
        self.messages.order(event, self.clock())
        return event.order


@dataclass(frozen=True)
class PrintOrders:
    """Order the print view of a signed document."""

    messages: Messages
    readable: Callable[[Principal, str], Message]
    clock: Clock

    def order(self, who: Principal, name: str) -> str:
        """The name of the print view of a document as it stands: while nothing changes, the same paper.

        For whoever may read the document. Raises NotFound, LevelTooLow; ForbiddenStep for a withdrawn one, or a print.
        """
        found = self.readable(who, name)
        if found.withdrawn_at or found.kind == "print":
            raise ForbiddenStep(step="withdrawn" if found.withdrawn_at else found.kind)
        event = PaperOrdered(
            order=f"PRINT.{found.message}.{found.sha256[:12]}",
            form="print",
            agency=found.agency,
            holder=found.holder,
            reference=found.reference,
            procedure=found.procedure,
            min_level=found.min_level,
            document=found.message,
        )
        self.messages.order(event, self.clock())
        return event.order


@dataclass(frozen=True)
class Printer:
    """Print and sign what was ordered, as it stands now."""

    publisher: Publisher
    dossiers: Dossiers
    accepted_on: Callable[[str, date], list[str]]
    entries: Callable[[Sequence[str]], Iterator[Accepted]]
    office: Callable[[str, date], Office]
    agency_name: AgencyNames
    clock: Clock

    def carry_out(self, event: PaperOrdered) -> None:
        """The paper of an order, once. Raises ContentErased for the slip of an erased dossier."""
        if event.form == "slip":
            self._slip(event)
        elif event.form == "print":
            self._print(event)
        elif event.form == "report":
            self._report(event)
        else:
            self._register(event)

    def _slip(self, event: PaperOrdered) -> None:
        dossier = self.dossiers(event.reference, Part.PLAN, Part.SLIPS)
        if dossier is None:
            raise NotFound(what="dossier")
        paper = slips.slip(event, dossier, self.publisher.public_url, self.agency_name, self.clock())
        self.publisher.issue(event, paper, FormSigned)

    def _print(self, event: PaperOrdered) -> None:
        from chalicelib.messages.keys import TRIAL
        from chalicelib.messages.prints import KIND, lies_across, print_view, signature_place

        signatures, now = self.publisher.signatures, self.clock()
        found = signatures.messages.message(event.document)
        if found is None or signatures.messages.message(event.order):
            return
        pdf = signatures.messages.source(PinnedFile(key=found.key, version_id=found.version_id, sha256=found.sha256))
        signer, office = signatures.keys.agency(event.agency), self.office(event.agency, local(now).date())
        trial = TRIAL if signer.is_for_tests else ""
        work = Work(
            message=event.order,
            kind=KIND,
            title=found.title,
            target=f"forms/prints/{found.reference or found.agency}/{event.order}.pdf",
            signer=signer,
            reason="In ra bản giấy",
            seen=(signature_place(lies_across(pdf)), look_of(signer, now, "black")),
            certify=True,
            told=FormSigned,
        )
        unsigned = print_view(found, pdf, office, self.publisher.public_url, now, trial=trial)
        signatures.carry_out(work, unsigned, event, now)

    def _report(self, event: PaperOrdered) -> None:
        """As its board stood when it was ordered: what the order says is printed, and nothing is read."""
        now = self.clock()
        office = self.office(event.agency, local(now).date())
        self.publisher.issue(event, reports.report(event, office, self.publisher.public_url, now), FormSigned)

    def _register(self, event: PaperOrdered) -> None:
        since, until = date.fromisoformat(event.since), date.fromisoformat(event.until)
        found = [ref for day in registers.days(since, until) for ref in self.accepted_on(event.agency, day)]
        now = self.clock()
        rows = [
            registers.line(each, self.agency_name(each.head.agency))
            for each in self.entries(registers.part_of(found, event.part))
        ]
        office = self.office(event.agency, until)
        paper = registers.register(event, office, rows, len(found), self.publisher.public_url, now)
        self.publisher.issue(event, paper, FormSigned)
