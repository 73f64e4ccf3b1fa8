"""Every paper with the shortest and the longest texts that are taken, signed with test keys.

`make papers` draws them to `build/papers`, to be looked at. Digits stay few: what is measured is what people type.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final

import pypdfium2

from chalicelib.contracts.messages import CopySigned
from chalicelib.contracts.onestop import Answer
from chalicelib.contracts.plan import PriceLine
from chalicelib.digitisation.conversion import convert
from chalicelib.digitisation.copying import make_copy
from chalicelib.digitisation.model import Area, ConversionMark
from chalicelib.digitisation.reading import reader
from chalicelib.forms.letters import LONGEST_NAME
from chalicelib.measures.reports.model import report_of
from chalicelib.messages.forms import (
    Apology2018Data,
    ApologyData,
    Asked,
    Refusal2018Data,
    RefusalData,
    Stop2018Data,
    StopData,
    Supplement2018Data,
    SupplementData,
)
from chalicelib.messages.keys import TRIAL, LocalKeys
from chalicelib.messages.model import VIETNAM, ComponentLine, Published, Receipt2018Data, ReceiptData
from chalicelib.messages.papers import RECEIPT, SYSTEM, Paper
from chalicelib.messages.publishing import _seen
from chalicelib.messages.registers import RegisterData, RegisterLine
from chalicelib.messages.rendering import render
from chalicelib.messages.reports import ReportData
from chalicelib.messages.results import BirthCertificateData, Child, DecisionData, Parent
from chalicelib.messages.service import Signatures, Work, look_of
from chalicelib.messages.slips import Slip2018Data, SlipData, SlipLine
from chalicelib.messages.statement import Statement
from infra.demo.scans import make_scan
from infra.local.pki import ensure_pki
from tests.support import boards

AT: Final = datetime(2026, 11, 25, 9, 20, 5, tzinfo=VIETNAM)
DUE: Final = datetime(2026, 12, 2, 23, 59, 59, tzinfo=VIETNAM)
CODE: Final = "H01.10.24-261125-0001"
LOOKUP: Final = "https://dichvucong.example.vn/v1/verifications/7K3D9M2QW8XZ4T1B"
QR: Final = f"1|{CODE}|1.001193|*********999|Giấy khai sinh|Một Cửa|2026-11-25T09:20:00+07:00|không thời hạn|{LOOKUP}"
LINE, PLACE, FILE, WORD, REASON = 300, 200, 200, 60, 2000
"""The most letters of a typed line, an agency's place, a file's name, a word and a reason (forms, the rooms' wire)."""


@dataclass(frozen=True)
class Texts:
    """What people and agencies are called, and what they typed."""

    person: str
    agency: str
    line: str
    word: str
    place: str
    file: str
    request: str
    reason: str
    many: int


def _cut(text: str, most: int) -> str:
    """The text, again and again, in so many letters; it ends in one."""
    whole = (f"{text} " * (most // len(text) + 1))[:most]
    return whole[:-1] + "m" if whole.endswith(" ") else whole


_LONG_AGENCY: Final = (
    "Ủy ban nhân dân xã Vĩnh Phước thuộc khu kinh tế cửa khẩu liên huyện Hồng Ngự - Tân Hồng - Tam Nông, Đồng Tháp"
)
_LONG_LINE: Final = (
    "Bệnh viện Đa khoa khu vực Hồng Ngự, số 215, đường Nguyễn Trường Tộ, khóm An Thạnh, phường An Bình, tỉnh Đồng Tháp;"
)
KINDS: Final = {
    "short": Texts("Ý Y", "Bộ Y", "Ea", "Ơ", "Huế", "a", "Nộp", "Sai", 1),
    "usual": Texts(
        "Nguyễn Thị Ánh Nguyệt",
        "Ủy ban nhân dân xã Vĩnh Phước",
        "Ấp Bình Hòa, xã Vĩnh Phước, tỉnh Đồng Tháp",
        "Kinh",
        "Vĩnh Phước",
        "giay-chung-sinh.jpg",
        "Thủ tục đăng ký khai sinh",
        "Nơi cư trú của cha, mẹ không thuộc địa bàn xã Vĩnh Phước, nên hồ sơ không thuộc thẩm quyền giải quyết",
        3,
    ),
    "long": Texts(
        _cut("Công Tằng Tôn Nữ Nguyễn Phước Hoàng Thị Quỳnh Như Ngọc Bích Phương Trâm Anh Thư", LONGEST_NAME),
        _cut(_LONG_AGENCY, LINE),
        _cut(_LONG_LINE, LINE),
        _cut("Xơ Đăng nhóm Xơ Teng Hà Lăng", WORD),
        _cut("phường Thanh Xuân Trung Nam Bắc", PLACE),
        _cut("Giấy chứng nhận kết hôn của cha mẹ bản sao chứng thực", FILE - 4) + ".pdf",
        _cut("Đăng ký biến động đối với trường hợp thay đổi quyền sử dụng đất, quyền sở hữu tài sản gắn liền", 900),
        _cut(_LONG_LINE, REASON),
        30,
    ),
    "unbroken": Texts(
        "W" * LONGEST_NAME,
        "Ủ" * LINE,
        "Ộ" * LINE,
        "M" * WORD,
        "Q" * PLACE,
        "W" * (FILE - 4) + ".pdf",
        "N" * 900,
        "Ẵ" * REASON,
        30,
    ),
}
MONEY: Final = PriceLine(name_vi="Lắp đặt đồng hồ", amount=1_250_000, unit_vi="lượt")


def _issued(t: Texts) -> dict[str, object]:
    return {
        "agency": t.agency, "place": t.place, "published_at": AT, "qr": QR, "system_name": SYSTEM,
        "system_owner": t.agency, "lookup_url": LOOKUP, "trial": TRIAL,
    }  # fmt: skip


def receipt(t: Texts, make: type[ReceiptData] = ReceiptData) -> ReceiptData:
    """Form 01."""
    return make(
        **_issued(t), centre=t.agency, dossier_code=CODE, submitter=t.person, request=t.request,
        components=tuple(ComponentLine(name=f"{t.word} ({t.file})", size=12_345) for _ in range(4)),
        form="Mẫu số 01 - Thông tư số 03/2025/TT-VPCP", address=t.line, email="a@a.vn", person_id="*********999",
        channel="Trực tiếp", in_person=True, fee="Lệ phí đăng ký khai sinh: 8.000 đồng",
        statutory_time="05 ngày làm việc", received_at=AT, due_at=DUE, officer=t.person, phone="0912345678",
        result_place="Kho dữ liệu điện tử của người nộp trên hệ thống", notice=t.line, prices=(MONEY,),
    )  # fmt: skip


def birth_certificate(t: Texts) -> BirthCertificateData:
    """The result of a birth registration."""
    parent = Parent(full_name=t.person, year_of_birth=1998, ethnicity=t.word, nationality=t.word, residence=t.line)
    child = Child(
        full_name=t.person, sex="Nữ", born_on=date(2026, 11, 25), ethnicity=t.word, nationality=t.word,
        place_of_birth=t.line, home_town=t.line,
    )  # fmt: skip
    return BirthCertificateData(
        **_issued(t), number="125/2026", result_code=f"{CODE}-KQ1", child=child, mother=parent, father=parent,
        requester=t.person, requester_paper="Số định danh cá nhân *********999", registered_at=t.agency,
        registered_on=AT.date(), signer=t.person, signer_title="CHỦ TỊCH",
    )  # fmt: skip


def decision(t: Texts) -> DecisionData:
    """The notice of every other result."""
    return DecisionData(
        **_issued(t), result_code=f"{CODE}-KQ1", service_label="Dịch vụ công ích", service=t.request,
        result_name=t.word, holder=t.person, holder_id="*********999", provider=t.agency, signer=t.person,
        decision=f"Đồng ý giải quyết dịch vụ công ích “{t.request}” cho {t.person}.", validity="12 tháng",
        prices=(MONEY,), answers=(Answer(label=t.word, value=t.line), Answer(label=t.line, value=t.word)),
    )  # fmt: skip


SYMBOLS = {"02": "HDHS", "03": "TCHS", "04": "XLHH", "05": "DGQ"}
"""What ends the number of each form."""


def _of_form(t: Texts, number: str) -> dict[str, object]:
    return _issued(t) | {
        "centre": t.agency, "form": f"Mẫu số {number} - Thông tư số 03/2025/TT-VPCP",
        "number": f"{CODE}.1/{SYMBOLS[number]}",
        "dossier_code": CODE, "submitter": t.person, "holders": t.person, "request": t.request, "officer": t.person,
        "signer": t.person, "address": t.line, "phone": "0912345678", "email": f"{t.word[:20].replace(' ', '.')}@a.vn",
        "person_id": "*********999", "officer_phone": "0277 3888 888",
    }  # fmt: skip


def supplement(t: Texts, make: type[SupplementData] = SupplementData) -> SupplementData:
    """Form 02: as many things as are asked for at once."""
    asked = Asked(
        name=t.line, kind="Bản chính", count="01", reason="chưa đầy đủ hoặc chưa chính xác", remedy=t.line,
        basis="Điều 16 Luật Hộ tịch 2014",
    )  # fmt: skip
    return make(**_of_form(t, "02"), asked=(asked,) * t.many, reason=t.line, answer_by=AT)


def refusal(t: Texts, make: type[RefusalData] = RefusalData) -> RefusalData:
    """Form 03, handed in by a person who signs it too."""
    return make(**_of_form(t, "03"), reason=t.reason, basis=t.line, submitted_at=AT, in_person=True)


def apology(t: Texts, make: type[ApologyData] = ApologyData) -> ApologyData:
    """Form 04."""
    return make(
        **_of_form(t, "04"), late=t.agency, reason=t.reason, received_at=AT, due_at=DUE, new_due_at=DUE,
        result_place=t.agency, signer_title="Chủ tịch",
    )  # fmt: skip


def stop(t: Texts, make: type[StopData] = StopData) -> StopData:
    """Form 05."""
    return make(
        **_of_form(t, "05"), ground="Tổ chức, cá nhân đề nghị rút hồ sơ, dừng giải quyết", reason=t.reason,
        stage=t.line, decision="Chưa có quyết định hoặc thông báo kết quả giải quyết", finance=t.line,
        stopped_at=AT, received_at=AT,
        basis=t.line,
    )  # fmt: skip


def slip(t: Texts, make: type[SlipData] = SlipData) -> SlipData:
    """Form 06."""
    row = SlipLine(giver=t.person, receiver=t.agency, at=AT, result="Trước hạn", note=t.line)
    return make(
        **_issued(t), centre=t.agency, form="Mẫu số 06 - Thông tư số 03/2025/TT-VPCP", dossier_code=CODE,
        request=t.request, holder=t.person, received_at=AT, due_at=DUE, settles=t.agency, with_agencies=(t.agency,),
        rows=(row,) * min(t.many, 8),
    )  # fmt: skip


def register(t: Texts) -> RegisterData:
    """Form 07."""
    row = RegisterLine(
        code=CODE, procedure=t.request[:250], name=t.person, where=f"{t.line[:120]}, 0912345678",
        settles=t.agency[:120], received_at=AT, due_at=DUE,
        returned="25/11/2026 09:20:05 +07:00", channel="Qua dịch vụ bưu chính công ích",
    )  # fmt: skip
    return RegisterData(
        **_issued(t), centre=t.agency, form="Mẫu số 07 - Thông tư số 03/2025/TT-VPCP",
        number="REGISTER.H01.10.24.20261101.20261130.1.0123456789abcdef", since=date(2026, 11, 1),
        until=date(2026, 11, 30), first=501, total=531, rows=(row,) * t.many,
    )  # fmt: skip


def report(t: Texts, *, counted: bool = True) -> ReportData:
    """A report: of an agency alone, of one with some below it; of a period of which nobody counted anything."""
    below = 0 if t.many == 1 else min(t.many, 9)
    told = boards.content(below, counted=counted, procedures=t.many * 3, called=t.agency[:300])
    found = boards.found(told, t.agency)
    said = report_of(found.board, found.content)
    return ReportData(
        **_issued(t), number="REPORT.H01.10.24.2026-Q3.0123456789abcdef", unit=said.name, period=said.period,
        as_of=AT, said=said.said,
    )  # fmt: skip


@cache
def keys(folder: Path) -> LocalKeys:
    """Test keys of an agency and a person of each kind."""
    ensure_pki(
        folder,
        agencies={kind: texts.agency for kind, texts in KINDS.items()},
        officers={kind: texts.person for kind, texts in KINDS.items()},
        now=AT,
    )
    return LocalKeys(folder)


def _signed(work: Work, pdf: bytes, kept: LocalKeys) -> bytes:
    said = Statement(kind=work.kind, code=work.message, title=work.title, agency="-", agency_name="-")
    signatures = Signatures(messages=None, keys=kept, agency_name=str, clock=lambda: AT)  # it keeps nothing here
    return signatures._signed(work, pdf, said, AT)


def _issue(kind: str, data: Published, kept: LocalKeys, signs: str = "agency") -> bytes:
    """A paper signed by the agency, by the person, or by both."""
    agency = kept.agency(kind) if signs != "person" else None
    person = kept.officer(kind) if signs != "agency" else None
    paper = Paper(message=CODE, kind="result", title=RECEIPT, data=data, target="-", reason="-", holder="-")
    before, seen = _seen(paper, AT, person=person, agency=agency)
    last = agency or person
    assert last
    work = Work(
        message=CODE, kind=paper.kind, title=paper.title, target="-", signer=last, reason="-", seen=seen,
        certify=True, told=CopySigned, before=before, by_person=agency is None,
    )  # fmt: skip
    return _signed(work, render(data), kept)


def _ordered(kind: str, pdf: bytes, box: Area, kept: LocalKeys, *, officer: bool) -> bytes:
    signer = kept.officer(kind) if officer else kept.agency(kind)
    look = look_of(signer, AT, "black", ("Người sao chụp:",) if officer else ())
    work = Work(
        message=CODE, kind="copy" if officer else "conversion", title="-", target="-", signer=signer, reason="-",
        seen=((0, box), look), certify=not officer, told=CopySigned,
    )  # fmt: skip
    return _signed(work, pdf, kept)


def copy(kind: str, kept: LocalKeys) -> bytes:
    """The officer's copy of a scan that lies askew."""
    made = make_copy([_scan()], title=KINDS[kind].file)
    return _ordered(kind, made.pdf, made.signature_box, kept, officer=True)


def data_message(kind: str, kept: LocalKeys) -> bytes:
    """What the same scan is converted to, on two pages."""
    t = KINDS[kind]
    mark = ConversionMark(
        text="BẢN CHUYỂN ĐỔI TỪ VĂN BẢN GIẤY SANG THÔNG ĐIỆP DỮ LIỆU", converted_at=AT, converter_name=t.person,
        agency_name=t.agency, agency_code="H01.10.24", code="SH-7K3D9M2QW8XZ4T1B-A1B2C3", lookup_url=LOOKUP,
        qr_payload=QR,
    )  # fmt: skip
    made = convert([_scan()] * 2, [reader().read(_scan())] * 2, mark)
    return _ordered(kind, made.pdf, made.signature_box, kept, officer=False)


@cache
def _scan() -> bytes:
    return make_scan("giay_chung_sinh", seed=1, skew=-2.0).jpeg


def _form(make: Callable[[Texts], Published], signs: str) -> Callable[[str, LocalKeys], bytes]:
    return lambda kind, kept: _issue(kind, make(KINDS[kind]), kept, signs)


FORMS: Final[dict[str, Callable[[str, LocalKeys], bytes]]] = {
    "supplement": _form(supplement, "person"),
    "supplement_2018": _form(lambda t: supplement(t, Supplement2018Data), "agency"),
    "refusal": _form(refusal, "person"),
    "refusal_2018": _form(lambda t: refusal(t, Refusal2018Data), "both"),
    "apology": _form(apology, "both"),
    "apology_2018": _form(lambda t: apology(t, Apology2018Data), "both"),
    "stop": _form(stop, "both"),
    "stop_2018": _form(lambda t: stop(t, Stop2018Data), "agency"),
    "slip": _form(slip, "agency"),
    "slip_2018": _form(lambda t: slip(t, Slip2018Data), "agency"),
    "register": _form(register, "agency"),
    "report": _form(report, "agency"),
    "report_nothing": _form(lambda t: report(t, counted=False), "agency"),
}
PAPERS: Final[dict[str, Callable[[str, LocalKeys], bytes]]] = {
    "receipt": lambda kind, kept: _issue(kind, receipt(KINDS[kind]), kept),
    "receipt_2018": lambda kind, kept: _issue(kind, receipt(KINDS[kind], Receipt2018Data), kept),
    "birth_certificate": lambda kind, kept: _issue(kind, birth_certificate(KINDS[kind]), kept, "both"),
    "decision": lambda kind, kept: _issue(kind, decision(KINDS[kind]), kept, "both"),
    "copy": copy,
    "data_message": data_message,
    **FORMS,
}


def draw(folder: Path, dpi: int = 100) -> list[Path]:
    """Every page of every paper as a picture, as a viewer shows it; answers the files."""
    folder.mkdir(parents=True, exist_ok=True)
    kept, made = keys(folder / "keys"), []
    for name, paper in PAPERS.items():
        for kind in KINDS:
            pdf = paper(kind, kept)
            (folder / f"{name}-{kind}.pdf").write_bytes(pdf)
            with pypdfium2.PdfDocument(pdf) as document:
                document.init_forms()
                for number, page in enumerate(document, start=1):
                    made.append(folder / f"{name}-{kind}-{number}.png")
                    page.render(scale=dpi / 72).to_pil().save(made[-1])
    return made


if __name__ == "__main__":
    print("\n".join(map(str, draw(Path(sys.argv[1])))))
