"""Papers that somebody asks for: a control slip or a register as it stands now. Ordered here, printed by the worker."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.contracts.messages import FormSigned, PaperOrdered
from chalicelib.contracts.plan import Office
from chalicelib.dossier.accepted import Accepted
from chalicelib.dossier.acting import relation_of, stage_of
from chalicelib.dossier.reading import Part
from chalicelib.kernel.access import Principal, Relation, allowed, require_level
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import digest, keyed_hash
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.messages import registers, slips
from chalicelib.messages.acts import REGISTER, SLIP
from chalicelib.messages.ports import AgencyNames, Dossiers, Messages
from chalicelib.messages.publishing import Publisher

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

        Raises NotFound for a dossier that the principal may not see, LevelTooLow.
        """
        reference = self.keyed(name)
        dossier = self.dossiers(reference) if reference else None
        now = self.clock()
        if dossier is None or not allowed(who, SLIP, relation_of(who, dossier.head, now), stage_of(dossier.head)):
            raise NotFound(what="dossier")
        head = dossier.head
        level = self.level_of(head.min_level, reference)
        require_level(who, level)
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
        else:
            self._register(event)

    def _slip(self, event: PaperOrdered) -> None:
        dossier = self.dossiers(event.reference, Part.PLAN, Part.SLIPS)
        if dossier is None:
            raise NotFound(what="dossier")
        paper = slips.slip(event, dossier, self.publisher.public_url, self.agency_name, self.clock())
        self.publisher.issue(event, paper, FormSigned)

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
