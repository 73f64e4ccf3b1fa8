"""One local PKI and one set of papers for all tests of the messages capability."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.messages.keys import LocalKeys
from chalicelib.messages.model import (
    VIETNAM,
    ComponentLine,
    ControlSlipData,
    HandoverRow,
    PriceLine,
    ReceiptData,
)
from chalicelib.messages.rendering import render, signature_box
from chalicelib.messages.results import Answer, BirthCertificateData, DecisionData, ParentData
from chalicelib.messages.signing import sign
from infra.local.pki import ensure_pki

AGENCY_ID, OFFICER_ID = "H01.10.24", "cb-01"
AGENCY, OFFICER = "Ủy ban nhân dân xã Vĩnh Phước", "Phan Bích Lượng"
SIGNED_AT = datetime(2026, 11, 25, 9, 20, 5, tzinfo=VIETNAM)
QR = (
    "1|H01.10.24-261125-0001|2.000635.000.00.00.H01|087084000999|Giấy tiếp nhận hồ sơ và hẹn trả kết quả|"
    "Hệ thống Một Cửa tỉnh Đồng Tháp|2026-11-25T09:20:00+07:00|2026-12-02T17:00:00+07:00|"
    "https://motcua.example.vn/v/H01.10.24-261125-0001"
)
COMMON = {
    "agency": AGENCY,
    "place": "Vĩnh Phước",
    "published_at": SIGNED_AT,
    "qr": QR,
    "system_name": "Hệ thống thông tin giải quyết thủ tục hành chính Một Cửa",
    "system_owner": "Ủy ban nhân dân tỉnh Đồng Tháp",
    "lookup_url": "https://motcua.example.vn/tra-cuu/H01.10.24-261125-0001",
}
CENTRE = "Trung tâm Phục vụ hành chính công xã Vĩnh Phước"
PAPERS = (
    "Tờ khai đăng ký khai sinh (theo mẫu)",
    "Giấy chứng sinh",
    "Giấy chứng nhận kết hôn của cha, mẹ (bản sao chứng thực từ bản chính)",
)


def components(count, name=None):
    return tuple(ComponentLine(name or PAPERS[n % 3], 1, 12_345 * (n + 1), f"{n:064x}") for n in range(count))


def receipt(**changes):
    base = ReceiptData(
        **COMMON,
        centre=CENTRE,
        dossier_code="H01.10.24-261125-0001",
        submitter="Nguyễn Thị Ánh Nguyệt",
        request="Thủ tục đăng ký khai sinh",
        components=components(3),
        statutory_time="05 ngày làm việc",
        received_at=SIGNED_AT,
        due_at=datetime(2026, 12, 2, 10, 0, tzinfo=UTC),
        result_place=CENTRE,
        officer=OFFICER,
        phone="0912 345 678",
        address="Ấp Bình Hòa, xã Vĩnh Phước, tỉnh Đồng Tháp",
    )
    return replace(base, **changes)


def birth_certificate(**changes):
    home = "Ấp Bình Hòa, xã Vĩnh Phước, tỉnh Đồng Tháp"
    base = BirthCertificateData(
        **COMMON,
        number="125/2026",
        result_code="H01.10.24-261125-0001-KQ1",
        full_name="Trần Nguyễn Quỳnh Như",
        born_on=date(2026, 11, 15),
        gender="Nữ",
        ethnicity="Kinh",
        nationality="Việt Nam",
        birth_place="Bệnh viện Đa khoa khu vực Hồng Ngự, tỉnh Đồng Tháp",
        home_town="Xã Vĩnh Phước, tỉnh Đồng Tháp",
        personal_id="087326000123",
        mother=ParentData(full_name="Nguyễn Thị Ánh Nguyệt", born="1998", ethnicity="Kinh", residence=home),
        father=ParentData(full_name="Trần Văn Thưởng", born="1995", ethnicity="Kinh", residence=home),
        requester="Nguyễn Thị Ánh Nguyệt",
        requester_paper="Căn cước số 087198000999",
        registered_at=AGENCY,
        registered_on=date(2026, 11, 25),
        signer="Lê Hoàng Vũ",
        signer_title="Chủ tịch Ủy ban nhân dân",
    )
    return replace(base, **changes)


def decision(**changes):
    base = DecisionData(
        **COMMON,
        result_code="H01.10.24-261125-0001-KQ1",
        service_label="Dịch vụ công ích",
        service="Đấu nối nước sạch cho hộ gia đình",
        result_name="Thỏa thuận đấu nối nước sạch",
        holder="Nguyễn Thị Ánh Nguyệt",
        holder_id="*********999",
        decision="Đồng ý giải quyết dịch vụ công ích “Đấu nối nước sạch cho hộ gia đình” cho Nguyễn Thị Ánh Nguyệt.",
        provider="Công ty cổ phần Cấp nước Đồng Tháp",
        signer="Lê Hoàng Vũ",
        validity="12 tháng",
        prices=(PriceLine("Nước sinh hoạt", 8500, unit="m³"), PriceLine("Lắp đặt đồng hồ", None, unit="lượt")),
        answers=(Answer("Địa chỉ đấu nối", "Ấp Bình Hòa, xã Vĩnh Phước"), Answer("Số người sử dụng", "04")),
    )
    return replace(base, **changes)


def control_slip(**changes):
    units = (CENTRE, "Bộ phận Tư pháp - Hộ tịch", "Công an xã Vĩnh Phước")
    people = (OFFICER, "Đỗ Minh Trí", "Huỳnh Quốc Khải")
    rows = tuple(
        HandoverRow(
            giving_unit=units[n % 3],
            giver=people[n % 3],
            receiving_unit=units[(n + 1) % 3],
            receiver=people[(n + 1) % 3],
            at=SIGNED_AT + timedelta(hours=n),
            result=("ON_TIME", "EARLY", "LATE")[n % 3],
            note="Chờ văn bản trả lời" if n % 3 == 2 else "",
        )
        for n in range(4)
    )
    base = ControlSlipData(
        **COMMON,
        centre=CENTRE,
        dossier_code="H01.10.24-261125-0001",
        request="Thủ tục đăng ký khai sinh",
        submitter="Nguyễn Thị Ánh Nguyệt",
        lead_agency=AGENCY,
        coordinating=("Công an xã Vĩnh Phước",),
        received_at=SIGNED_AT,
        due_at=datetime(2026, 12, 2, 10, 0, tzinfo=UTC),
        rows=rows,
        officer=OFFICER,
    )
    return replace(base, **changes)


MAKERS = {
    "receipt": receipt,
    "birth_certificate": birth_certificate,
    "decision": decision,
    "control_slip": control_slip,
}


@pytest.fixture(scope="session")
def make() -> Callable:
    """`make(template, **changes)`: the data of one sample paper."""
    return lambda template, **changes: MAKERS[template](**changes)


@pytest.fixture(scope="session")
def paper(make) -> Callable[..., bytes]:
    """`paper(template, **changes)`: the unsigned PDF of one sample paper."""
    return lambda template, **changes: render(template, make(template, **changes).as_data())


@pytest.fixture(scope="session")
def pki_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pki") / "keys"
    ensure_pki(folder, agencies={AGENCY_ID: AGENCY}, officers={OFFICER_ID: OFFICER}, now=SIGNED_AT)
    return folder


@pytest.fixture(scope="session")
def keys(pki_folder) -> LocalKeys:
    return LocalKeys(pki_folder)


@pytest.fixture(scope="session")
def seal(keys) -> Callable[..., bytes]:
    """`seal(pdf, **changes)`: the agency's certifying, timestamped, visible signature."""

    def apply(pdf, **changes):
        settings = {
            "field_name": "AgencySignature",
            "reason": "Trả kết quả",
            "location": "Vĩnh Phước",
            "at": SIGNED_AT,
            "box": signature_box("birth_certificate"),
            "lines": [f"Ký bởi: {AGENCY}", "Thời gian ký: 25/11/2026 09:20:05 +07:00"],
            "certify": True,
            "timestamper": keys.timestamper(SIGNED_AT),
        }
        return sign(pdf, keys.agency(AGENCY_ID), **(settings | changes))

    return apply


@pytest.fixture(scope="session")
def unsigned(paper) -> bytes:
    return paper("birth_certificate")


@pytest.fixture(scope="session")
def sealed(seal, unsigned) -> bytes:
    return seal(unsigned)


@pytest.fixture(scope="session")
def officer_copy(keys, unsigned) -> bytes:
    """An officer's signature, as on a scan before extraction: it certifies nothing."""
    return sign(
        unsigned,
        keys.officer(OFFICER_ID),
        field_name="OfficerSignature",
        reason="Sao chụp hồ sơ",
        location="Vĩnh Phước",
        at=SIGNED_AT,
        certify=False,
    )


@pytest.fixture
def run(tmp_path) -> Callable[..., str]:
    """`run(tool, pdf, *arguments)`: standard output of a system tool; skipped where the tool is missing."""

    def call(tool, pdf, *arguments):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
        path = tmp_path / "in.pdf"
        path.write_bytes(pdf)
        command = [tool, *(str(path) if part == "IN" else part for part in arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=True, env={"HOME": str(tmp_path)}).stdout

    return call


@pytest.fixture
def text_of(run) -> Callable[[bytes], str]:
    """The text of a PDF in content order, as another program extracts it."""
    return lambda pdf: " ".join(run("pdftotext", pdf, "-raw", "IN", "-").split())
