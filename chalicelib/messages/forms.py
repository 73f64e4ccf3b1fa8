"""Forms 02 to 05 of the one-stop: what each says, in the order of its lines (Circular 03/2025/TT-VPCP Appendix I).

Each has two templates, of the set of 2018 (A5) and of 2025 (A4); which one prints is data of the rule pack. The lines
of form 05 were not found: it has its data, and says nothing else.
"""

from datetime import datetime
from typing import ClassVar

import msgspec

from chalicelib.messages.model import Fields, Published, long_time, short_day, until_text


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A line of form 02: what to supplement, of which kind and how many, why, and what to do."""

    name: str
    kind: str
    count: str
    reason: str
    remedy: str
    basis: str

    def fields(self) -> Fields:
        """Printed texts."""
        return {name: str(getattr(self, name)) for name in self.__struct_fields__}


class FormData(Published, frozen=True, kw_only=True):
    """What forms 02 to 05 share. Empty lines print as dots where the form has them, and not at all where it has none.

    `form` names the form and its circular, `number` is that of the paper, `dossier_code` the reference before the
    acceptance; `holders` is said where another submitted; `signer` is printed under the signature.
    """

    centre: str
    form: str
    number: str
    dossier_code: str
    submitter: str
    request: str
    officer: str
    signer: str
    holders: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    person_id: str = ""
    officer_phone: str = ""

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        names = FormData.__struct_fields__[len(Published.__struct_fields__) :]
        return Published.fields(self) | {name: str(getattr(self, name)) for name in names}


class SupplementData(FormData, frozen=True, kw_only=True):
    """Form 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: everything at once (Decree 61/2018 Art. 15(3), 17, 19(4)).

    `answer_by` is when the window ends; None where none is set.
    """

    template: ClassVar[str] = "supplement"

    asked: tuple[Asked, ...]
    reason: str = ""
    answer_by: datetime | None = None

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        return FormData.fields(self) | {
            "asked": [each.fields() for each in self.asked],
            "reason": self.reason,
            "answer_by": until_text(self.answer_by) if self.answer_by else "",
        }


class Supplement2018Data(SupplementData, frozen=True, kw_only=True):
    """The same in the set of Circular 01/2018/TT-VPCP."""

    template: ClassVar[str] = "supplement_2018"


class RefusalData(FormData, frozen=True, kw_only=True):
    """Form 03, Phiếu từ chối tiếp nhận, giải quyết hồ sơ, and the refusal of what had been accepted.

    `reason` is in words that a citizen understands (Decree 61/2018 Art. 17(1)(b), 19(8)). `settled` refuses the
    settlement; `in_person` has a place for the submitter's signature.
    """

    template: ClassVar[str] = "refusal"

    reason: str
    basis: str = ""
    submitted_at: datetime | None = None
    settled: bool = False
    in_person: bool = False

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        return FormData.fields(self) | {
            "reason": self.reason,
            "basis": self.basis,
            "submitted_at": long_time(self.submitted_at) if self.submitted_at else "",
            "settled": "1" if self.settled else "",
            "in_person": "1" if self.in_person else "",
        }


class Refusal2018Data(RefusalData, frozen=True, kw_only=True):
    """The same in the set of Circular 01/2018/TT-VPCP."""

    template: ClassVar[str] = "refusal_2018"


class ApologyData(FormData, frozen=True, kw_only=True):
    """Form 04, the letter by which the late agency apologises and gives the one new date (Decree 61/2018 Art. 19(9)).

    `late` is the agency that is late; its head signs, as `signer_title`.
    """

    template: ClassVar[str] = "apology"

    late: str
    reason: str
    received_at: datetime | None
    due_at: datetime
    new_due_at: datetime
    result_place: str
    signer_title: str

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        return FormData.fields(self) | {
            "late": self.late,
            "reason": self.reason,
            "received_on": short_day(self.received_at) if self.received_at else "",
            "due_at": until_text(self.due_at),
            "new_due_at": until_text(self.new_due_at),
            "result_place": self.result_place,
            "signer_title": self.signer_title,
        }


class Apology2018Data(ApologyData, frozen=True, kw_only=True):
    """The same in the set of Circular 01/2018/TT-VPCP."""

    template: ClassVar[str] = "apology_2018"


class StopData(FormData, frozen=True, kw_only=True):
    """Form 05, Thông báo dừng giải quyết hồ sơ (Circular 03/2025 Art. 7): request, stage, decision, finance.

    Its lines were not found: that it has these, and in this order, is a policy. There was no such form before 2025.
    """

    template: ClassVar[str] = "stop"
    is_policy: ClassVar[bool] = True

    ground: str
    reason: str
    stage: str
    decision: str
    finance: str
    stopped_at: datetime
    received_at: datetime | None = None
    basis: str = ""

    def fields(self) -> Fields:
        """The fields as the template prints them."""
        return FormData.fields(self) | {
            "ground": self.ground,
            "reason": self.reason,
            "stage": self.stage,
            "decision": self.decision,
            "finance": self.finance,
            "stopped_at": long_time(self.stopped_at),
            "received_at": long_time(self.received_at) if self.received_at else "",
            "basis": self.basis,
        }


class Stop2018Data(StopData, frozen=True, kw_only=True):
    """The same on A5, for a dossier of the older packs: they have no such form."""

    template: ClassVar[str] = "stop_2018"
