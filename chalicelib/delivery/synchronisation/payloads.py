"""What the National Public Service Portal is told: `DongBoHoSoMC` and `CapNhatTienDoHoSoMC`, by its own field names.

No specification of the portal is published: names, limits and the meaning of values are those seen in the code of
systems that are connected to it (docs/how-to/connect-the-national-portal.md). All values are texts. What we do not know
is left out and never made up. Pure.
"""

from msgspec import Struct

NAME_LENGTH = 50
SUMMARY_LENGTH = 1_000
TITLE_LENGTH = 2_000
FILENAME_LENGTH = 4_000


class Identity(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"kind": "LoaiDinhDanh", "number": "SoDinhDanh"},
):
    """A number of the holder: `kind` 1 has twelve digits, 2 nine."""

    kind: str
    number: str


class Paper(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={
        "id": "TepDinhKemId",
        "filename": "TenTepDinhKem",
        "deleted": "IsDeleted",
        "component": "MaThanhPhanHoSo",
        "digitised": "DuocSoHoa",
        "reused": "DuocTaiSuDung",
        "from_national_store": "DuocLayTuKhoDMQG",
        "instead": "MaKetQuaThayThe",
    },
):
    """A file of the dossier, without a link. `reused`: 0 no, 1 it was digitised here, 2 it is the result `instead`."""

    id: str
    filename: str
    deleted: str
    component: str
    digitised: str
    reused: str
    from_national_store: str
    instead: str | None = None


class Fee(Struct, frozen=True, kw_only=True, rename={"name": "TenPhiLePhi", "amount": "Gia"}):
    """What the applicant was asked to pay, in whole dong."""

    name: str
    amount: str


class Supplement(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={
        "id": "HoSoBoSungId",
        "by": "NguoiYeuCauBoSung",
        "content": "NoiDungBoSung",
        "at": "NgayBoSung",
        "due_before": "NgayHenTraTruoc",
        "due_after": "NgayHenTraMoi",
    },
):
    """A request to supplement the dossier; `due_after` is there once it was answered."""

    id: str
    by: str
    content: str
    at: str
    due_before: str | None = None
    due_after: str | None = None


class ResultPaper(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"title": "TenGiayTo", "id": "GiayToId", "code": "MaGiayToKetQua"},
):
    """A signed result, without a link: its code is `Mã hồ sơ-KQ(n)` (Decree 45/2020 Art. 14(3))."""

    title: str
    id: str
    code: str


class Record(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={
        "code": "MaHoSo",
        "procedure": "MaTTHC",
        "procedure_name": "TenTTHC",
        "channel": "KenhThucHien",
        "holder": "ChuHoSo",
        "party": "LoaiDoiTuong",
        "number": "SoGiayToChuHoSo",
        "identities": "DinhDanhCHS",
        "email": "Email",
        "phone": "SoDienThoai",
        "summary": "TrichYeuHoSo",
        "submitted_at": "NgayNopHoSo",
        "accepted_at": "NgayTiepNhan",
        "due_at": "NgayHenTra",
        "state": "TrangThaiHoSo",
        "returned_at": "NgayTra",
        "handed": "HinhThuc",
        "ended_at": "NgayKetThucXuLy",
        "refused_at": "NgayTuChoi",
        "agency": "DonViXuLy",
        "has_digitised": "HoSoCoThanhPhanSoHoa",
        "paid_online": "DuocThanhToanTrucTuyen",
        "papers": "TaiLieuNop",
        "fees": "DanhSachLePhi",
        "supplements": "DanhSachHoSoBoSung",
        "results": "DanhSachGiayToKetQua",
    },
):
    """A dossier as it stood at one of its steps (service `DongBoHoSoMC`). Personal data: it is never logged."""

    code: str
    procedure: str
    procedure_name: str
    channel: str
    holder: str
    party: str
    number: str
    identities: tuple[Identity, ...] = ()
    email: str = ""
    phone: str = ""
    summary: str
    submitted_at: str | None = None
    accepted_at: str | None = None
    due_at: str | None = None
    state: str
    returned_at: str | None = None
    handed: str
    ended_at: str | None = None
    refused_at: str | None = None
    agency: str
    has_digitised: str
    paid_online: str
    papers: tuple[Paper, ...] = ()
    fees: tuple[Fee, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    results: tuple[ResultPaper, ...] = ()


class Step(
    Struct,
    frozen=True,
    kw_only=True,
    rename={
        "code": "MaHoSo",
        "handler": "NguoiXuLy",
        "title": "ChucDanh",
        "at": "ThoiDiemXuLy",
        "agency": "PhongBanXuLy",
        "content": "NoiDungXuLy",
        "state": "TrangThai",
        "begun_at": "NgayBatDau",
        "due_at": "NgayKetThucTheoQuyDinh",
    },
):
    """A step of a dossier (service `CapNhatTienDoHoSoMC`); what is not known is an empty text."""

    code: str
    handler: str
    title: str = ""
    at: str
    agency: str = ""
    content: str = ""
    state: str
    begun_at: str = ""
    due_at: str = ""

    @property
    def mark(self) -> tuple[str, str, str]:
        """By what a step is known again at the portal, which gives it no name of its own."""
        return self.at, self.state, self.content
