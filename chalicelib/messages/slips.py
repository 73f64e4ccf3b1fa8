"""Form 06, the control slip of a dossier as it stands: a row for each time it was handed on, none ever changed."""

from datetime import datetime
from typing import ClassVar

import msgspec

from chalicelib.contracts.messages import PaperOrdered
from chalicelib.dossier.items import Slip
from chalicelib.dossier.people import holder_of
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import moment, stamp
from chalicelib.law import packs, qr
from chalicelib.messages.model import Fields, Published, local, long_time, short_time, until_text
from chalicelib.messages.papers import SYSTEM, Paper, form_named, lookup_url, masked, printed_time
from chalicelib.messages.ports import AgencyNames


class SlipLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row: who gave it to whom and when, how the giver stood against its deadline, a note."""

    giver: str
    receiver: str
    at: datetime
    result: str
    note: str = ""

    def fields(self) -> Fields:
        """Printed texts."""
        return {
            "giver": self.giver,
            "receiver": self.receiver,
            "at": short_time(self.at),
            "result": self.result,
            "note": self.note,
        }


class SlipData(Published, frozen=True, kw_only=True):
    """Form 06, Phiếu kiểm soát quá trình giải quyết hồ sơ (Circular 03/2025/TT-VPCP Appendix I).

    `with_agencies` are those that take part beside the one that settles. The book's number stays blank.
    """

    template: ClassVar[str] = "slip"

    centre: str
    form: str
    dossier_code: str
    request: str
    holder: str
    received_at: datetime | None
    due_at: datetime | None
    settles: str
    rows: tuple[SlipLine, ...]
    with_agencies: tuple[str, ...] = ()

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        return Published.fields(self) | {
            "centre": self.centre,
            "form": self.form,
            "number": self.dossier_code,
            "dossier_code": self.dossier_code,
            "request": self.request,
            "holder": self.holder,
            "received_at": long_time(self.received_at) if self.received_at else "",
            "due_at": until_text(self.due_at) if self.due_at else "",
            "settles": self.settles,
            "with_agencies": "; ".join(self.with_agencies),
            "as_of": long_time(self.published_at),
            "rows": [row.fields() for row in self.rows],
        }


class Slip2018Data(SlipData, frozen=True, kw_only=True):
    """The same in the set of Circular 01/2018/TT-VPCP, where it was form 05."""

    template: ClassVar[str] = "slip_2018"


def slip(event: PaperOrdered, dossier: Dossier, url: str, names: AgencyNames, now: datetime) -> Paper:
    """The control slip of a dossier now. Raises ContentErased where its holder's name is gone."""
    head, office, holder = dossier.head, dossier.plan.office, holder_of(dossier.head)
    day = local(moment(head.accepted_at or head.submitted_at or head.created_at)).date()
    rules = packs.pinned(head.rule_pack, day).rules
    official, code = rules.forms.value.handover_slip, head.dossier_code or head.pk
    lookup = lookup_url(url, event.order)
    said = {
        "dossier_code": code,
        "procedure_code": head.procedure,
        "person_id": masked(holder.personal_id, holder.kind),
        "document_name": official.name_vi,
        "system_name": "Một Cửa",
        "published_at": printed_time(stamp(now)),
        "lookup_url": lookup,
    }
    legs = (leg.agency for stage in dossier.plan.route for leg in stage)
    others = dict.fromkeys(agency for agency in legs if agency not in {head.agency, "@receiving"})
    make = Slip2018Data if rules.forms_set.value.layout == "2018" else SlipData
    data = make(
        agency=office.name,
        place=office.place,
        published_at=now,
        qr=qr.qr_payload(said),
        system_name=SYSTEM,
        system_owner=office.name,
        lookup_url=lookup,
        centre=office.one_stop,
        form=form_named(official, rules),
        dossier_code=code,
        request=dossier.plan.name_vi,
        holder=holder.name,
        received_at=moment(head.accepted_at) if head.accepted_at else None,
        due_at=moment(head.due_at) if head.due_at else None,
        settles=office.name,
        with_agencies=tuple(map(names, others)),
        rows=tuple(map(_line, dossier.slips)),
    )
    return Paper(
        message=event.order,
        kind="slip",
        title=official.name_vi,
        data=data,
        target=f"forms/{head.pk}/{event.order}.pdf",
        reason="In phiếu kiểm soát",
        holder=holder.name,
    )


def _line(row: Slip) -> SlipLine:
    return SlipLine(giver=row.giver, receiver=row.receiver, at=moment(row.at), result=row.result, note=row.note)
