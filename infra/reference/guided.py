"""The words of guidance on restructuring: what is to change, until when, how far it is."""

from typing import Final

from infra.reference.word import Word, time

_ENDED: Final = "How it ended; null: it has not"
GUIDED: Final[dict[str, Word]] = {
    "{guidance}": Word("`id` of guidance", "0f3a5b7c9d1e2f40"),
    "?procedure": Word("On this procedure alone"),
    "GuidanceBody.text_vi": Word("What is to change", "Bỏ giấy chứng sinh, lấy dữ liệu của cơ sở y tế"),
    "GuidanceBody.text_en": Word("The same in English", "Take the notice of birth from the hospital's data"),
    "GuidanceView.issuer": Word("The agency that gave it", "H01"),
    "GuidanceView.given_to": Word("The agency that kept the procedure when it was given", "H01.10.24"),
    "GuidanceView.component": Word(
        "The paper that is to go, by its code; empty: the whole procedure", "000.00.00.G15-KQ004389"
    ),
    "GuidanceView.basis": Word("The text that asks for it", "Nghị quyết 66.7/2025/NQ-CP"),
    "GuidanceView.due": Word("Until which Vietnamese day", "2026-12-15"),
    "GuidanceView.given_at": time("When it was given"),
    "GuidanceView.ended": Word(_ENDED),
    "GuidanceView.text_vi": Word("What is to change", "Bỏ giấy chứng sinh, lấy dữ liệu của cơ sở y tế"),
    "GuidanceView.text_en": Word("The same in English", "Take the notice of birth from the hospital's data"),
    "GuidanceEndBody.said": Word("done: by a published version; dropped: for a reason", "done"),
    "GuidanceEndedView.said": Word("done or dropped", "done"),
    "GuidanceEndedView.at": time("When"),
    "GuidanceEndedView.done_by": Word("The version that carries it out; null: it was dropped", 3),
    "GuidanceEndedView.why": Word("Why it was dropped; empty: it is done", "Luật đã sửa đổi"),
    "GuidanceList.guidance": Word("The guidance of this page"),
}
