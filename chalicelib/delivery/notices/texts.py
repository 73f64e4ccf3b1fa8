"""What a notice says, in two languages: templates of Python's own library, filled with what the log says.

E-mail and app have the five facts of the notice (Decree 224/2026 Art. 15(1)(g)). SMS names the dossier by its code, its
state and its due date: no person, no procedure; without accents, for one that needs them has room for 70 signs.
"""

import unicodedata
from collections.abc import Mapping
from string import Template
from typing import Final

from chalicelib.contracts.lifecycle import DossierSupplemented
from chalicelib.contracts.stored import typed
from chalicelib.dossier.noticed import BESIDE, Beside, NoticeFacts
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.kernel.record import LogRow
from chalicelib.law.states import DossierState, label
from chalicelib.law.terms import Language

TITLES: Final[Mapping[Language, Mapping[Beside, str]]] = {
    "vi": {
        "due_date": "Ngày hẹn trả mới",
        "correction": "Mở hồ sơ đính chính",
        "agency": "Chuyển cơ quan tiếp nhận",
        "originals": "Có bản chính cần nhận lại",
        "unheld": "Hồ sơ đang chờ phân công hoặc xử lý",
        "paper": "Giấy tờ đã dùng bị thu hồi hoặc thay thế",
        "objection": "Đã trả lời ý kiến phản đối",
        "delivery": "Cán bộ đã nhập nơi nhận kết quả",
        "handover": "Kết quả giấy đã được trao",
        "withdrawn": "Cơ quan thu hồi giấy tờ đã cấp",
        "preview": "Dự thảo kết quả: chờ ông/bà xác nhận, hoặc đã xác nhận",
        "brought": "Có hồ sơ giấy nộp mang tên ông/bà",
        "scan": "Cơ quan đã đưa bản quét giấy tờ vào hồ sơ",
        "rejection": "Cơ quan đã loại một bản quét khỏi hồ sơ",
        "original": "Đã trả lại bản chính",
        "custody": "Bản chính đã được giao cho người khác giữ",
        "resumption": "Hồ sơ được giải quyết tiếp sau khi chờ đính chính",
        "opinion": "Cơ quan giải quyết đã xin ý kiến cơ quan khác",
        "erasure": "Nội dung hồ sơ đã bị xóa",
    },
    "en": {
        "due_date": "New due date",
        "correction": "A dossier that mends an error was opened",
        "agency": "Another agency receives it",
        "originals": "Originals are to be fetched",
        "unheld": "It waits: its task has lain untouched",
        "paper": "A paper that it relies on was withdrawn or replaced",
        "objection": "Your objection was answered",
        "delivery": "An officer entered where the result goes",
        "handover": "A paper result was handed over",
        "withdrawn": "The agency withdrew a paper that it signed",
        "preview": "Draft of the result: to be confirmed by you, or confirmed",
        "brought": "Papers came in your name",
        "scan": "The agency put a scan into the dossier",
        "rejection": "The agency took a scan out of the dossier",
        "original": "An original was returned",
        "custody": "Somebody else has an original now",
        "resumption": "It goes on: the correction that it waited for ended",
        "opinion": "Another agency was asked for its opinion",
        "erasure": "What was said in the dossier is erased",
    },
}
SUBJECTS: Final[Mapping[Language, Template]] = {
    "vi": Template("Hồ sơ $code: $title"),
    "en": Template("Dossier $code: $title"),
}
LETTERS: Final[Mapping[Language, Template]] = {
    "vi": Template(
        "Hồ sơ: $code\nThủ tục: $procedure\nTrạng thái: $title\nCơ quan: $agency\nNgười xử lý: $handler\n"
        "Tiếp nhận: $received\nXử lý: $processed\n$owed: $due\nXem: $url\n"
    ),
    "en": Template(
        "Dossier: $code\nProcedure: $procedure\nState: $title\nAgency: $agency\nHandled by: $handler\n"
        "Received: $received\nProcessed: $processed\n$owed: $due\nSee: $url\n"
    ),
}
SHORT: Final[Mapping[Language, Template]] = {
    "vi": Template("Ho so $code: $title. $owed: $due. $url"),
    "en": Template("Dossier $code: $title. $owed: $due. $url"),
}
OWED: Final[Mapping[Language, tuple[str, str]]] = {
    "vi": ("Hẹn trả lời tiếp nhận", "Hẹn trả"),
    "en": ("Due (reception answers)", "Due"),
}
"""What is due: of a dossier that was only submitted, reception's answer; of every other one, its result."""
ENTERED: Final[Mapping[Language, Template]] = {
    "vi": Template("$title; cán bộ đã nhập bổ sung tại quầy, hãy xem từng mục"),
    "en": Template("$title; an officer entered your answer, see each field"),
}
UNKNOWN: Final = "-"


def subject(dossier: Dossier, row: LogRow, languages: tuple[Language, ...]) -> str:
    """The line above an e-mail, or of the app: in the first language."""
    return SUBJECTS[languages[0]].substitute(_words(dossier, row, languages[0], ""))


def letter(dossier: Dossier, row: LogRow, languages: tuple[Language, ...], url: str) -> str:
    """The five facts, in each language."""
    return "\n".join(LETTERS[each].substitute(_words(dossier, row, each, url)) for each in languages)


def short(dossier: Dossier, row: LogRow, language: Language, url: str) -> str:
    """An SMS in one language, in ASCII."""
    return _plain(SHORT[language].substitute(_words(dossier, row, language, url)))


def _words(dossier: Dossier, row: LogRow, language: Language, url: str) -> dict[str, str]:
    facts, plan, head = typed(NoticeFacts, row.data, row.stored), dossier.plan, dossier.head
    is_beside = row.type in BESIDE and not row.state
    title = TITLES[language][BESIDE[row.type]] if is_beside else label(DossierState(row.state or head.state), language)
    if _is_entered(row):
        title = ENTERED[language].substitute(title=title)
    return {
        "code": head.dossier_code or dossier.reference,
        "procedure": plan.name_vi if language == "vi" else plan.name_en or plan.name_vi,
        "title": title,
        "agency": facts.agency,
        "handler": facts.handler,
        "received": _day(facts.received_at),
        "processed": _day(facts.processed_at or row.at),
        "owed": OWED[language][row.state != DossierState.REGISTERED],
        "due": _day(facts.due_at or head.due_at),
        "url": url,
    }


def _is_entered(row: LogRow) -> bool:
    """Whether an officer entered the answer to a supplement: what they entered, the dossier shows and no message."""
    return row.type == DossierSupplemented.type and typed(DossierSupplemented, row.data, row.stored).by_officer


def _day(text: str | None) -> str:
    return f"{moment(text).astimezone(ZONE):%d/%m/%Y %H:%M}" if text else UNKNOWN


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return parts.encode("ascii", "ignore").decode("ascii")
