"""The result of an accepted dossier, drawn once and unsigned: nobody approves what no paper can say."""

from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from chalicelib.contracts.event import Malformed, heard
from chalicelib.contracts.lifecycle import DossierSupplemented
from chalicelib.contracts.messages import ResultUnprintable
from chalicelib.contracts.onestop import DossierAccepted, ResultPrivate
from chalicelib.dossier.deciding import decided
from chalicelib.dossier.items import Approver
from chalicelib.dossier.offered import deciding_office
from chalicelib.dossier.reading import Part
from chalicelib.kernel.clock import Clock
from chalicelib.law import codes
from chalicelib.law.clock import ZONE
from chalicelib.messages import papers
from chalicelib.messages.model import UnknownTemplate
from chalicelib.messages.ports import Dossiers, Messages
from chalicelib.sealing.door import unseal

MARK: Final = "BẢN DỰ THẢO - CHƯA KÝ, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
NOBODY_YET: Final = Approver(name="…")
WHY: Final = {
    "unknown_template": ("Không có mẫu giấy tờ cho kết quả này", "There is no template for this result"),
    "form_unfit": ("Biểu mẫu thiếu hoặc sai nội dung mà kết quả cần", "The form lacks what the result must say"),
    "name_unusable": ("Có chữ không in được trên kết quả", "There are letters that the result cannot print"),
    "does_not_fit": ("Nội dung không trình bày được theo mẫu kết quả", "The result's template cannot hold the content"),
}


class NeverPrinted(Exception):
    """A result that no repetition prints; `code` is one of `WHY`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Previews:
    """Draw results before they are approved."""

    dossiers: Dossiers
    messages: Messages
    public_url: str
    clock: Clock

    def draw(self, told_of: DossierAccepted | DossierSupplemented) -> None:
        """The result as the dossier stands then, kept beside the papers; or told why there is none.

        It has no number, no approver and no signature yet, and says so across its page. Each version of the form has
        its own: one that is drawn late never stands for a form that was corrected meanwhile.
        """
        if (code := told_of.dossier_code) is None:
            return  # it was supplemented before its acceptance, which has it drawn
        try:
            pdf, form_version = self._drawn(told_of.reference, code)
        except NeverPrinted as never:
            said_vi, said_en = WHY[never.code]
            told = ResultUnprintable(
                reference=told_of.reference,
                dossier_code=code,
                agency=told_of.agency,
                reason_code=never.code,
                reason_vi=said_vi,
                reason_en=said_en,
            )
            self.messages.tell_unprintable(told, self.clock())
        else:
            self.messages.keep_preview(told_of.reference, form_version, pdf)

    def _drawn(self, reference: str, code: str) -> tuple[bytes, int]:
        from chalicelib.messages.rendering import TemplateBroken, UnprintableText, render

        dossier = self.dossiers(reference, Part.FORM, Part.PLAN)
        if dossier is None or dossier.form is None:
            raise NeverPrinted("form_unfit")
        now = self.clock()
        number = codes.document_number(1, now.astimezone(ZONE).year)
        office = deciding_office(dossier, now)
        event = decided(dossier, dossier.form, code, NOBODY_YET, number, now, office=office)
        try:
            paper = papers.result(event, heard(ResultPrivate, unseal(event.reference, event.sealed)), self.public_url)
            return render(replace(paper.data, trial=MARK)), dossier.form.version
        except UnknownTemplate as error:
            raise NeverPrinted("unknown_template") from error
        except Malformed as error:
            raise NeverPrinted("form_unfit") from error
        except UnprintableText as error:
            raise NeverPrinted("name_unusable") from error
        except TemplateBroken as error:
            raise NeverPrinted("does_not_fit") from error
