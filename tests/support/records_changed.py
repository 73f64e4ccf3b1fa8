"""National records changed by a seed: other terms, fees, papers, forms, steps, and the warts that texts come with.

Written from the raw records alone, by who had not read the importer.
"""

import copy
import json
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

type Raw = dict[str, Any]

DONG: Final = "019b3fb2-b5b8-70ac-85e2-9409ec1eaffa"
DOLLAR: Final = "019b3fb2-dee2-76ab-aa53-22d4d903a2bb"
UNITS: Final = ("WORKING_DAY", "DAY", "HOUR", "MONTH", "OTHER")
TIMES: Final = (
    *(1, 2, 3, 4, 6, 9, 11, 14, 16, 23, 28, 45, 60, 90, 7.5, 12.5, 0, None),
    *(
        "Theo mô tả",
        "Không quá 12 ngày làm việc",
        "Trong vòng 24 giờ",
        "13",
        "Mười lăm ngày",
        "1,5 ngày",
        "Ngay trong ngày",
    ),
)
CONDITIONS: Final = (
    "Đối với các xã miền núi, biên giới, hải đảo thì thời gian thực hiện được tăng thêm 10 ngày làm việc.",
    "Đối với xã đảo: Không quá 22 ngày làm việc.",
    "Trường hợp phải xác minh thì thời hạn kéo dài nhưng không quá 08 ngày làm việc.",
    "Thời gian trên không bao gồm thời gian xác định nghĩa vụ tài chính của cơ quan thuế.",
    "Không quá 1,5 ngày đối với hồ sơ đã số hóa.",
    "Mười lăm (15) ngày kể từ ngày nhận đủ hồ sơ hợp lệ.",
    "Nộp tại quầy số 4.\r\n\r\n\tTrước 11 giờ 30 phút các ngày làm việc.",
    "Thời hạn cấp lại là 02 tháng, trường hợp phức tạp là 3 tháng.",
)
FEES: Final[tuple[tuple[object, str, str, str], ...]] = (
    (70, DOLLAR, "USD", ""),
    (25, DOLLAR, "USD", "Mỗi người"),
    (30, "019b3fb2-ffff-70ac-85e2-9409ec1ea001", "EUR", ""),
    (40, "019b3fb2-ffff-70ac-85e2-9409ec1ea002", "Đồng vàng", "Theo biểu phí"),
    (90, "", "", ""),
    (1500000, DONG, "Việt Nam Đồng", ""),
    (1500000, DONG, "Việt Nam Đồng", "1.500.000 đồng/hồ sơ"),
    (0, "", "", ""),
    (0, DONG, "Việt Nam Đồng", ""),
    (0, "", "", "Miễn phí"),
    (0, DONG, "Việt Nam Đồng", "Không thu lệ phí đối với hộ nghèo; các trường hợp khác 55.000 đồng/lần."),
    (0, "", "", "Từ 01 đến 05 bản: 8.000 đồng/bản; từ bản thứ sáu: 3.500 đồng/bản."),
    (None, DONG, "Việt Nam Đồng", "Do Hội đồng nhân dân cấp tỉnh quy định"),
    (12000, DONG, "Việt Nam Đồng", "Đối với người nước ngoài: 120.000 đồng/người"),
    (5000, DONG, "Việt Nam Đồng", "5.000 đồng/trang, tối đa 200.000 đồng/bản"),
    (20, DOLLAR, "Việt Nam Đồng", ""),
    (20, DONG, "USD", "20 USD"),
    (15, DONG, "Việt Nam Đồng", "15 USD/bản"),
    (0, "", "", "Một trăm nghìn đồng"),
    (0, "", "", "1,5 triệu đồng/giấy phép"),
    (75.5, DOLLAR, "USD", ""),
    ("1.200.000", DONG, "Việt Nam Đồng", ""),
)
PAPERS: Final = (
    "Hộ chiếu/Thẻ căn cước công dân/Thẻ căn cước",
    "- Giấy ủy quyền (có chứng thực), trường hợp nộp thay",
    "Bản sao giấy phép còn hiệu lực ít nhất 06 tháng",
    "+ Ảnh 4x6 cm, nền trắng, chụp không quá 6 tháng",
    "Đơn đề nghị theo Mẫu số 7&nbsp;&amp; phụ lục kèm theo",
    unicodedata.normalize("NFD", "Tờ khai đề nghị cấp lại (chữ tổ hợp)"),
    "Giấy   tờ\tchứng minh\r\nquan hệ thân nhân",
)
QUANTITIES: Final = ((1, 0), (0, 1), (2, 1), (3, 0), (0, 2), (1, 1), (12, 4), (0, 0))
REQUIREMENTS: Final = (
    "Người nộp đủ 18 tuổi trở lên.",
    "- Có vốn điều lệ từ 1.500.000.000 đồng;\n- Có ít nhất 02 nhân viên, mỗi người 1,5 năm kinh nghiệm.",
    "Cơ sở cách trường học &gt; 200 m &amp; có biển hiệu.",
    unicodedata.normalize("NFD", "Không thuộc trường hợp bị cấm theo quy định của pháp luật."),
    "Điều kiện rất dài: " + "đáp ứng tiêu chuẩn kỹ thuật, " * 400 + "hết.",
)
FORMS: Final = (
    "Mẫu số 99 (bản 2).docx",
    "TK-01.pdf",
    "mau don\u00a0xin.doc",
    unicodedata.normalize("NFD", "Tờ khai mới.docx"),
)
STEPS: Final = (
    "Bước phụ: Trong 03 ngày làm việc, cơ quan gửi phiếu hẹn.\r\n\r\nNgười nộp giữ phiếu.",
    "Sau&nbsp;khi nhận đủ, <b>cán bộ</b> đóng dấu.",
    "  \tBước cuối :   nhận kết quả  tại quầy 12.  ",
)
OFFICES: Final = ("Sở Tài chính tỉnh", "Chi cục Thuế khu vực 9", "Ủy ban nhân dân xã\u00a0Tân Lộc")


def _term(raw: Raw, chance: random.Random) -> None:
    method = chance.choice(raw["executionMethods"])
    method["processingTime"], method["processingTimeUnit"] = chance.choice(TIMES), chance.choice(UNITS)


def _condition(raw: Raw, chance: random.Random) -> None:
    method = chance.choice(raw["executionMethods"])
    words = chance.choice(CONDITIONS)
    method["description"] = words if chance.random() < 0.5 else f"{method['description']}\n{words}"


def _fee(raw: Raw, chance: random.Random) -> None:
    value, currency, name, words = chance.choice(FEES)
    fee = {"type": chance.choice(("FEE", "SERVICE_FEE")), "value": value, "currencyId": currency, "attachment": None}
    fee |= {"description": words, "currencyName": name} if name else {"description": words}
    fees = chance.choice(raw["executionMethods"])["fees"]
    if fees and chance.random() < 0.6:
        fees[chance.randrange(len(fees))] = fee
    else:
        fees.append(fee)


def _channel(raw: Raw, chance: random.Random) -> None:
    methods = raw["executionMethods"]
    if len(methods) > 1 and chance.random() < 0.4:
        methods.pop(chance.randrange(len(methods)))
        return
    more = copy.deepcopy(chance.choice(methods))
    more["submissionMethod"] = chance.choice(("ONLINE", "POSTAL", "DIRECT"))
    methods.append(more)


def _paper(raw: Raw, chance: random.Random) -> None:
    cases = raw["executionCases"]
    if not cases or chance.random() < 0.3:
        cases.append(
            {"name": chance.choice(("* Giấy tờ phải xuất trình:", "Trường hợp B", "")), "profileComponents": []}
        )
    papers = chance.choice(cases)["profileComponents"]
    if papers and chance.random() < 0.3:
        papers.pop(chance.randrange(len(papers)))
        return
    originals, copies = chance.choice(QUANTITIES)
    number = chance.randrange(10**6)
    papers.append(
        {
            "profileComponentId": f"019d2bb8-71b8-7770-805d-{number:012d}",
            "originalQty": originals,
            "copyQty": copies,
            "required": False,
            "hasElectronicForm": False,
            "isProcessingResult": False,
            "name": chance.choice(PAPERS),
            "code": f"000.00.00.X-KQ{number:06d}",
            "attachments": [],
        }
    )


def _quantity(raw: Raw, chance: random.Random) -> None:
    if papers := _papers(raw):
        paper = chance.choice(papers)
        paper["originalQty"], paper["copyQty"] = chance.choice(QUANTITIES)


def _form(raw: Raw, chance: random.Random) -> None:
    if not (papers := _papers(raw)):
        return
    files = chance.choice(papers)["attachments"]
    name, number = chance.choice(FORMS), chance.randrange(10**6)
    if files and chance.random() < 0.5:
        files[0]["fileName"] = name
        return
    folder = f"019f12b1-fe36-754c-ab96-{number:012d}"
    files.append({"id": folder, "fileName": name, "bucketName": "dvc", "filePath": f"configuring/{folder}/{name}"})


def _requirement(raw: Raw, chance: random.Random) -> None:
    old = raw["requirementsAndConditions"]
    raw["requirementsAndConditions"] = f"{old}\n{chance.choice(REQUIREMENTS)}" if old else chance.choice(REQUIREMENTS)


def _steps(raw: Raw, chance: random.Random) -> None:
    raw["executionSteps"].append({"name": chance.choice(("", "Bước 9")), "description": chance.choice(STEPS)})
    chance.shuffle(raw["executionSteps"])


def _offices(raw: Raw, chance: random.Random) -> None:
    name = chance.choice(OFFICES)
    raw["coordinatingAgencies"] = ", ".join(filter(None, (raw["coordinatingAgencies"], name)))
    raw["departmentsCoordinating"].append({"id": "019d2be3-6a72-700f-a652-0000000000aa", "name": name, "code": "X.9"})
    raw["dossierReceivingAddresses"] = f"{name},\n số 12/3 đường 30 tháng 4"


def _warts(raw: Raw, chance: random.Random) -> None:
    """Other blanks, line breaks and composed letters, which say the same."""
    for step in raw["executionSteps"]:
        step["description"] = step["description"].replace(" ", chance.choice((" ", "\u00a0", "  ")), 3)
    for method in raw["executionMethods"]:
        method["description"] = unicodedata.normalize("NFD", method["description"])
        method["description"] = method["description"].replace("\n", "\r\n")
    for paper in _papers(raw):
        paper["name"] = f"  {paper['name']}\u200b"


def _papers(raw: Raw) -> list[Raw]:
    return [paper for case in raw["executionCases"] for paper in case["profileComponents"]]


WAYS: Final[tuple[Callable[[Raw, random.Random], None], ...]] = (
    _term,
    _term,
    _condition,
    _condition,
    _fee,
    _fee,
    _fee,
    _channel,
    _paper,
    _paper,
    _quantity,
    _form,
    _requirement,
    _steps,
    _offices,
    _warts,
)


def samples(folder: Path) -> list[Raw]:
    """The records of a folder, by name of file."""
    return [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]


def renamed(record: Raw, code: str) -> Raw:
    """The record under another code and a name that no other one has."""
    fresh = copy.deepcopy(record)
    data, old = fresh["data"], record["data"]["code"]
    data["code"] = data["codeNotation"] = code
    data["name"] = f"{data['name']} ({code})"
    for case in data["cases"]:
        case["code"] = case["code"].replace(old, code)
    return fresh


def changed(records: list[Raw], number: int, seed: int) -> Raw:
    """The `number`-th changed record of a seed; each has three to eight changes."""
    chance = random.Random(f"{seed}:{number}")
    record = copy.deepcopy(records[number % len(records)])
    for way in chance.sample(WAYS, chance.randint(3, 8)):
        way(record["data"], chance)
    return record
