"""What ten kinds of papers say: invented values under the names of `digitisation.fields`, from one seed.

How a paper calls a value and where it puts it is the layout's business.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

_FAMILY: Final = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đoàn Trịnh Mạc Tạ Lò Vàng"
_MIDDLE: Final = "Văn Thị Hữu Đức Minh Ngọc Thanh Quốc Xuân Bích Kim Hoài Thùy Gia Bảo Khánh Phương Diệu"
_GIVEN: Final = (
    "Anh Bình Châu Dũng Đạt Giang Hằng Hiếu Hùng Khoa Khuê Liễu Lượng Mỹ Nghĩa Oanh Phượng Quỳnh Sỹ "
    "Tuyết Thủy Uyển Vượng Xuyến Yến Trường Ngữ Hưởng Thảo Tiến Thịnh Trí"
)
_PROVINCES: Final = ("tỉnh Nghệ An", "tỉnh Quảng Ngãi", "tỉnh Đắk Lắk", "tỉnh Lâm Đồng", "thành phố Huế",
                     "tỉnh Hà Tĩnh", "tỉnh Vĩnh Long", "thành phố Cần Thơ", "tỉnh Tuyên Quang")  # fmt: skip
_COMMUNES: Final = ("xã Nghĩa Thuận", "phường Phước Mỹ", "xã Quỳnh Lưu", "xã Vĩnh Phước", "phường Hương Thủy",
                    "xã Đắk Rmoan", "phường Trần Hưng Đạo", "xã Kỳ Xuân")  # fmt: skip
_PEOPLES: Final = ("Kinh", "Tày", "Thái", "Mường", "Ê Đê", "Nùng", "Gia Rai", "Dao")


@dataclass(frozen=True)
class Content:
    """One paper: its title, who issued it, the values in the order of the form, sentences below them, who signed."""

    kind: str
    title: str
    office: str
    values: Mapping[str, str]
    sentences: tuple[str, ...]
    signers: tuple[tuple[str, str], ...]
    place: str


class Pool:
    """Invented values from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - papers, not secrets

    def pick(self, items: tuple[str, ...]) -> str:
        return self.random.choice(items)

    def person(self) -> str:
        return " ".join(self.pick(tuple(names.split())) for names in (_FAMILY, _MIDDLE, _GIVEN))

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def personal_number(self) -> str:
        return "0" + "".join(str(self.number(0, 9)) for _ in range(11))

    def date(self, first: int, last: int) -> str:
        return f"{self.number(1, 28):02d}/{self.number(1, 12):02d}/{self.number(first, last)}"

    def commune(self) -> str:
        return f"{self.pick(_COMMUNES)}, {self.pick(_PROVINCES)}"

    def address(self) -> str:
        where = self.pick((f"Thôn {self.number(1, 9)}", f"Tổ dân phố số {self.number(1, 20)}",
                           f"Số {self.number(2, 190)} đường Nguyễn Trãi"))  # fmt: skip
        return f"{where}, {self.commune()}"

    def sex(self) -> str:
        return self.pick(("Nam", "Nữ"))

    def people(self) -> str:
        return self.pick(_PEOPLES)

    def paper_number(self) -> str:
        return self.personal_number()

    def hospital(self) -> str:
        return f"Bệnh viện Đa khoa {self.pick(_PROVINCES)}"

    def authority(self) -> str:
        return f"Ủy ban nhân dân {self.commune()}"


type _Made = tuple[str, dict[str, str], tuple[str, ...]]


def _birth(p: Pool) -> _Made:
    values = {
        "so": f"{p.number(1, 400)}/TLKS", "ho_ten": p.person().upper(), "ngay_sinh": p.date(2010, 2025),
        "gioi_tinh": p.sex(), "dan_toc": p.people(), "quoc_tich": "Việt Nam",
        "noi_sinh": p.hospital(), "que_quan": p.commune(),
        "so_dinh_danh": p.personal_number(), "ho_ten_me": p.person(), "nam_sinh_me": str(p.number(1970, 2003)),
        "noi_cu_tru_me": p.address(), "ho_ten_cha": p.person(), "nam_sinh_cha": str(p.number(1965, 2002)),
        "noi_cu_tru_cha": p.address(), "noi_dang_ky": p.authority(),
        "ngay_dang_ky": p.date(2025, 2026),
    }  # fmt: skip
    return "GIẤY KHAI SINH", values, ()


def _birth_notice(p: Pool) -> _Made:
    date = f"ngày {p.number(1, 28):02d} tháng {p.number(1, 10):02d} năm 2026"
    values = {
        "so": f"{p.number(1, 400)}/GCS", "ho_ten_me": p.person(), "nam_sinh_me": str(p.number(1985, 2004)),
        "so_dinh_danh_me": p.personal_number(), "dan_toc_me": p.people(), "noi_cu_tru_me": p.address(),
        "thoi_gian_sinh": f"{p.number(0, 23):02d} giờ {p.number(0, 59):02d} phút, {date}",
        "noi_sinh": p.hospital(), "so_lan_sinh": str(p.number(1, 4)),
        "so_con": "1", "gioi_tinh_con": p.sex(), "can_nang": f"{p.number(26, 39) * 100} gam",
        "tinh_trang_con": "Khỏe mạnh", "ten_du_dinh": p.person(), "nguoi_do_de": p.person(),
    }  # fmt: skip
    note = (
        "Giấy chứng sinh này dùng để làm thủ tục đăng ký khai sinh cho trẻ; cha, mẹ kiểm tra kỹ nội dung trước khi"
        " nhận."
    )
    return "GIẤY CHỨNG SINH", values, (note,)


def _marriage(p: Pool) -> _Made:
    values = {"so": f"{p.number(1, 300)}/KH"}
    for side in ("vo", "chong"):
        values |= {
            f"ho_ten_{side}": p.person(), f"ngay_sinh_{side}": p.date(1970, 2004), f"dan_toc_{side}": p.people(),
            f"noi_cu_tru_{side}": p.address(), f"so_giay_to_{side}": p.paper_number(),
        }  # fmt: skip
    values |= {"noi_dang_ky": p.authority(), "ngay_dang_ky": p.date(2015, 2026)}
    said = "Giấy chứng nhận này có giá trị kể từ ngày đăng ký; quan hệ vợ chồng được pháp luật công nhận và bảo vệ."
    return "GIẤY CHỨNG NHẬN KẾT HÔN", values, (said,)


def _death(p: Pool) -> _Made:
    day = f"ngày {p.number(1, 28):02d} tháng {p.number(1, 12):02d} năm {p.number(2015, 2026)}"
    when = f"{p.number(0, 23):02d} giờ {p.number(0, 59):02d} phút, {day}"
    values = {
        "so": f"{p.number(1, 300)}/TLKT-BS", "ho_ten": p.person().upper(), "ngay_sinh": p.date(1930, 1980),
        "gioi_tinh": p.sex(), "dan_toc": p.people(), "quoc_tich": "Việt Nam", "so_dinh_danh": p.personal_number(),
        "thoi_gian_chet": when, "noi_chet": p.address(),
        "nguyen_nhan": p.pick(("Bệnh già", "Bệnh tim mạch", "Tai nạn giao thông", "Suy hô hấp")),
        "noi_dang_ky": p.authority(), "ngay_dang_ky": p.date(2025, 2026),
        "nguoi_yeu_cau": p.person(),
    }  # fmt: skip
    return (
        "TRÍCH LỤC KHAI TỬ",
        values,
        ("Trích lục được cấp theo yêu cầu của người đi khai tử, có giá trị như bản chính.",),
    )


def _residence(p: Pool) -> _Made:
    home = p.address()
    values = {
        "so": f"{p.number(1, 900)}/XN", "ho_ten": p.person(), "ngay_sinh": p.date(1950, 2004), "gioi_tinh": p.sex(),
        "so_dinh_danh": p.personal_number(), "dan_toc": p.people(), "quoc_tich": "Việt Nam",
        "que_quan": p.commune(), "noi_thuong_tru": home, "noi_tam_tru": "Không", "noi_o_hien_tai": home,
        "ho_ten_chu_ho": p.person(), "quan_he_chu_ho": p.pick(("Con", "Vợ", "Chồng", "Cháu ruột")),
        "so_dinh_danh_chu_ho": p.personal_number(),
    }  # fmt: skip
    said = "Xác nhận này có giá trị một năm kể từ ngày cấp; khi thông tin về cư trú thay đổi thì xác nhận hết giá trị."
    return "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", values, (said,)


def _single(p: Pool) -> _Made:
    values = {
        "so": f"{p.number(1, 900)}/XNTTHN", "ho_ten": p.person(), "ngay_sinh": p.date(1960, 2005),
        "gioi_tinh": p.sex(), "dan_toc": p.people(), "quoc_tich": "Việt Nam", "so_giay_to": p.paper_number(),
        "noi_cu_tru": p.address(),
        "tinh_trang": p.pick(("Chưa đăng ký kết hôn với ai", "Đã ly hôn, hiện chưa kết hôn với ai")),
        "muc_dich": p.pick(("Đăng ký kết hôn", "Mua bán nhà ở", "Bổ sung hồ sơ vay vốn")),
    }  # fmt: skip
    return (
        "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        values,
        ("Giấy này có giá trị sử dụng trong thời hạn 6 tháng kể từ ngày cấp.",),
    )


def _decision(p: Pool) -> _Made:
    values = {
        "so": f"{p.number(1, 2900)}/QĐ-UBND", "ngay_ban_hanh": p.date(2024, 2026),
        "ve_viec": p.pick(("công nhận kết quả giải quyết thủ tục hành chính", "trợ cấp xã hội hằng tháng",
                           "cho phép thay đổi họ, chữ đệm, tên")),
        "ho_ten": p.person(), "ngay_sinh": p.date(1950, 2008), "so_giay_to": p.paper_number(),
        "noi_cu_tru": p.address(),
    }  # fmt: skip
    said = (
        "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của công chức tư pháp - hộ tịch.",
        (
            "Điều 1. Giải quyết theo đề nghị của ông (bà) có tên nêu trên; hồ sơ và kết quả được số hóa, lưu giữ tại"
            " kho dữ liệu điện tử của tổ chức, cá nhân."
        ),
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Các bộ phận có liên quan chịu trách nhiệm thi hành.",
    )
    return "QUYẾT ĐỊNH", values, said


def _land(p: Pool) -> _Made:
    values = {
        "so_phat_hanh": f"CS {p.number(100000, 999999)}", "ho_ten": p.person(), "nam_sinh": str(p.number(1945, 1998)),
        "so_giay_to": p.paper_number(), "noi_cu_tru": p.address(), "thua_dat": str(p.number(1, 900)),
        "to_ban_do": str(p.number(1, 90)), "dia_chi_thua_dat": p.address(),
        "dien_tich": f"{p.number(60, 900)},{p.number(0, 9)} m²", "hinh_thuc": "Sử dụng riêng",
        "muc_dich": p.pick(("Đất ở tại nông thôn", "Đất trồng cây lâu năm", "Đất ở tại đô thị")),
        "thoi_han": p.pick(("Lâu dài", "Đến ngày 15/10/2063")),
        "nguon_goc": "Công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất",
    }  # fmt: skip
    return "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT", values, ()


def _attorney(p: Pool) -> _Made:
    values: dict[str, str] = {}
    for side in ("uy_quyen", "duoc_uy_quyen"):
        values |= {
            f"ho_ten_{side}": p.person(), f"ngay_sinh_{side}": p.date(1950, 2004),
            f"so_giay_to_{side}": p.paper_number(), f"noi_cu_tru_{side}": p.address(),
        }  # fmt: skip
    values |= {
        "noi_dung": p.pick(("Nộp hồ sơ và nhận kết quả cấp bản sao trích lục hộ tịch",
                            "Thực hiện thủ tục đăng ký đất đai tại Trung tâm Phục vụ hành chính công")),
        "thoi_han": p.pick(("06 tháng kể từ ngày ký", "01 năm kể từ ngày ký")),
    }  # fmt: skip
    return "GIẤY ỦY QUYỀN", values, ("Hai bên đã đọc lại, hiểu rõ quyền và nghĩa vụ của mình và cùng ký tên dưới đây.",)


def _identity(p: Pool) -> _Made:
    values = {
        "so_dinh_danh": p.personal_number(), "ho_ten": p.person().upper(), "ngay_sinh": p.date(1950, 2008),
        "gioi_tinh": p.sex(), "quoc_tich": "Việt Nam", "que_quan": p.commune(), "noi_thuong_tru": p.address(),
        "co_gia_tri_den": p.date(2027, 2045),
    }  # fmt: skip
    return "CĂN CƯỚC CÔNG DÂN", values, ()


_KINDS: Final[Mapping[str, Callable[[Pool], _Made]]] = {
    "giay_khai_sinh": _birth, "giay_chung_sinh": _birth_notice, "giay_chung_nhan_ket_hon": _marriage,
    "trich_luc_khai_tu": _death, "xac_nhan_cu_tru": _residence, "xac_nhan_hon_nhan": _single, "quyet_dinh": _decision,
    "giay_chung_nhan_dat": _land, "giay_uy_quyen": _attorney, "can_cuoc": _identity,
}  # fmt: skip
KINDS: Final = tuple(_KINDS)
LISTS: Final = "bang_ke"
"""Papers that are nothing but a table: they have no values of their own, and only the later halves have them."""


def content(kind: str, seed: int, pools: type[Pool] = Pool) -> Content:
    """One paper of a kind, invented by a pool. Raises KeyError for a kind that is none."""
    pool = pools(seed)
    title, values, sentences = _KINDS[kind](pool)
    commune, _, province = pool.commune().partition(", ")
    signers = (("NGƯỜI THỰC HIỆN", pool.person()), ("KT. CHỦ TỊCH", pool.person()))
    return Content(kind, title, commune.upper(), values, sentences, signers, province)
