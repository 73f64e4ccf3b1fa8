"""One local PKI and one set of papers for all tests of the messages capability."""

import shutil
import subprocess
from collections.abc import Callable
from copy import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from chalicelib.contracts.onestop import Answer
from chalicelib.contracts.plan import PriceLine
from chalicelib.messages.keys import LocalKeys
from chalicelib.messages.model import VIETNAM, ComponentLine, Receipt2018Data, ReceiptData
from chalicelib.messages.rendering import Look, render, signature_box
from chalicelib.messages.results import BirthCertificateData, Child, DecisionData, Parent
from chalicelib.messages.signing import sign
from infra.local.pki import ensure_pki

AGENCY_ID, OFFICER_ID = "H01.10.24", "cb-01"
AGENCY, OFFICER = "Ủy ban nhân dân xã Vĩnh Phước", "Phan Bích Lượng"
SIGNED_AT = datetime(2026, 11, 25, 9, 20, 5, tzinfo=VIETNAM)
QR = (
    "1|H01.10.24-261125-0001|2.000635.000.00.00.H01|087084000999|Giấy tiếp nhận hồ sơ và hẹn trả kết quả|"
    "Hệ thống Một Cửa tỉnh Đồng Tháp|2026-11-25T09:20:00+07:00|2026-12-02T23:59:59+07:00|"
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
HOME = "Ấp Bình Hòa, xã Vĩnh Phước, tỉnh Đồng Tháp"
CENTRE = "Trung tâm Phục vụ hành chính công xã Vĩnh Phước"
PAPERS = (
    "Tờ khai đăng ký khai sinh (theo mẫu)",
    "Giấy chứng sinh",
    "Giấy chứng nhận kết hôn của cha, mẹ (bản sao chứng thực từ bản chính)",
)


def components(count, name=None):
    return tuple(ComponentLine(name=name or PAPERS[n % 3], size=12_345 * (n + 1)) for n in range(count))


def receipt(make=ReceiptData, **changes):
    base = make(
        **COMMON,
        centre=CENTRE,
        dossier_code="H01.10.24-261125-0001",
        submitter="Nguyễn Thị Ánh Nguyệt",
        request="Thủ tục đăng ký khai sinh",
        components=components(3),
        statutory_time="05 ngày làm việc",
        received_at=SIGNED_AT,
        due_at=datetime(2026, 12, 2, 16, 59, 59, tzinfo=UTC),
        result_place=CENTRE,
        officer=OFFICER,
        phone="0912 345 678",
        form="Mẫu số 01 - Thông tư số 03/2025/TT-VPCP",
        address=HOME,
        email="nguyet@example.vn",
        person_id="*********999",
        channel="Trực tuyến",
        fee="8.000 đồng",
    )
    return replace(base, **changes)


CHILD = Child(
    full_name="Trần Nguyễn Quỳnh Như",
    born_on=date(2026, 11, 15),
    sex="Nữ",
    ethnicity="Kinh",
    nationality="Việt Nam",
    place_of_birth="Bệnh viện Đa khoa khu vực Hồng Ngự, tỉnh Đồng Tháp",
    home_town="Xã Vĩnh Phước, tỉnh Đồng Tháp",
)


def parent(name, year):
    return Parent(full_name=name, year_of_birth=year, ethnicity="Kinh", nationality="Việt Nam", residence=HOME)


def birth_certificate(child=(), **changes):
    """`child` are changes of the child."""
    base = BirthCertificateData(
        **COMMON,
        number="125/2026",
        result_code="H01.10.24-261125-0001-KQ1",
        child=replace(CHILD, **dict(child)),
        mother=parent("Nguyễn Thị Ánh Nguyệt", 1998),
        father=parent("Trần Văn Thưởng", 1995),
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
        prices=(
            PriceLine(name_vi="Nước sinh hoạt", amount=8500, unit_vi="m³"),
            PriceLine(name_vi="Lắp đặt đồng hồ", amount=None, unit_vi="lượt"),
        ),
        answers=(
            Answer(label="Địa chỉ đấu nối", value="Ấp Bình Hòa, xã Vĩnh Phước"),
            Answer(label="Số người sử dụng", value="04"),
        ),
    )
    return replace(base, **changes)


MAKERS = {
    "receipt": receipt,
    "receipt_2018": lambda **changes: receipt(Receipt2018Data, **changes),
    "birth_certificate": birth_certificate,
    "decision": decision,
}


@pytest.fixture(scope="session")
def make() -> Callable:
    """`make(template, **changes)`: the data of one sample paper."""
    return lambda template, **changes: MAKERS[template](**changes)


@pytest.fixture(scope="session")
def paper(make) -> Callable[..., bytes]:
    """`paper(template, **changes)`: the unsigned PDF of one sample paper."""
    return lambda template, **changes: render(make(template, **changes))


@pytest.fixture(scope="session")
def pki_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pki") / "keys"
    ensure_pki(folder, agencies={AGENCY_ID: AGENCY}, officers={OFFICER_ID: OFFICER}, now=SIGNED_AT)
    return folder


@pytest.fixture(scope="session")
def keys(pki_folder) -> LocalKeys:
    return LocalKeys(pki_folder)


def shown(lines):
    """A visible signature on the certificate of a birth."""
    return signature_box("birth_certificate"), Look(lines)


@pytest.fixture(scope="session")
def seal(keys) -> Callable[..., bytes]:
    """`seal(pdf, **changes)`: the agency's certifying, timestamped, visible signature."""

    def apply(pdf, **changes):
        settings = {
            "field_name": "AgencySignature",
            "reason": "Trả kết quả",
            "at": SIGNED_AT,
            "seen": shown([f"Ký bởi: {AGENCY}", "Thời gian ký: 25/11/2026 09:20:05 +07:00"]),
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


@pytest.fixture
def cms_verified(keys, tmp_path) -> Callable[[bytes], None]:
    """`cms_verified(pdf)`: openssl accepts the last signature of a file, and its chain."""

    def call(pdf):
        signature = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures[-1]
        _, before, after, rest = (int(n) for n in signature.byte_range)
        (tmp_path / "cms").write_bytes(signature.pkcs7_content)
        (tmp_path / "content").write_bytes(pdf[:before] + pdf[after : after + rest])
        command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", tmp_path / "cms",
                   "-content", tmp_path / "content", "-CAfile", keys.roots_path, "-out", "/dev/null"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return call
