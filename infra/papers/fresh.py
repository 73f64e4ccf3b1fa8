"""Values as papers of 2026 say them: names of many shapes, communes of the two tiers, seldom an old district."""

from typing import Final, override

from infra.papers.contents import Content
from infra.papers.vocabulary import Varied, Vocabulary, VocabularyPool, listed, varied

_FAMILIES: Final = (
    *("Nguyễn",) * 9, *("Trần",) * 4, *("Lê",) * 3, *("Phạm",) * 3, "Hoàng", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi",
    "Đỗ", "Đinh", "Cao", "Tô", "Thái", "La", "Mai", "Tăng", "Lương", "Từ", "Đào", "Vương", "Hà", "Chu", "Lưu", "Triệu",
    "Kiều", "Trang", "Sầm", "Nông", "Hoàng Phủ", "Âu Dương", "Phí", "Ninh", "Giáp", "Thân", "Bế", "Ma", "Cù",
)  # fmt: skip
_MIDDLES: Final = (
    *("",) * 3, *("Thị",) * 4, *("Văn",) * 3, "Thị Thu", "Thị Ngọc", "Thị Kiều", "Hồng", "Thành", "Tuấn", "Anh", "Gia",
    "Hải", "Hoàng", "Như", "Quang", "Nhật", "Thiên", "Tường", "Thúy", "Mạnh", "Bá", "Sĩ", "Đăng", "Việt", "Lan",
    "Thị Hồng", "Ngọc Phương", "Trần Bảo", "Phúc", "Tấn", "Thế", "Cẩm", "Ánh",
)  # fmt: skip
_GIVEN: Final = (
    "An", "Ân", "Bách", "Bảy", "Cúc", "Cường", "Duyên", "Đăng", "Đức", "Đông", "Giàu", "Hậu", "Hiền", "Hòa",
    "Huệ", "Huyền", "Khôi", "Kiệt", "Lâm", "Lân", "Lĩnh", "Loan", "Long", "Mơ", "Nam", "Nga", "Ngân", "Ngời", "Nguyên",
    "Nhi", "Nhung", "Phát", "Phúc", "Quế", "Quyên", "Rạng", "Sáng", "Sơn", "Tâm", "Thắm", "Thiện", "Thơ", "Thư",
    "Toàn", "Trinh", "Trúc", "Tú", "Út", "Vân", "Vinh", "Vy", "Xinh", "Yên", "Khuyên", "Nghiệp", "Diệp", "Hoa Mai",
    "Tường Vi", "Khánh Linh", "Hải Đăng", "Minh Châu", "Quỳnh Chi", "Thanh Tuyền", "Đan Lê",
)  # fmt: skip
_OTHERS: Final = (
    "Sùng A Dơ", "Hạng Thị Chư", "Thào Mí Sính", "Má Thị Dí", "Lù Văn Phủ", "Cà Thị Pọm", "Tòng Văn Ướt", "Vì Văn Ộc",
    "Lý Mùi Pham", "Chảo Láo Sử", "Tẩn Sành Mẩy", "Đặng Mùi Ghến", "Y Bhăm Êban", "H'Loan Byă", "H Nương Ayŭn",
    "Y Krôn", "Voòng A Sáng",
    "Rah Lan H'Pel", "Siu Blơi", "Nay Djrêng", "Kor Thị Vui", "Rơ Ô Trúc", "A Nhuế",
    "Y Tăm", "Đinh Văn Trớt",
    "Phạm Thị Tréo", "Alăng Đrức", "Bhling Hạnh", "Coor Nớp", "Hồ Văn Tứt", "Pơloong Thị Chrếch", "Cil Múp Ha Kràng",
    "Bon Niêng K'Glòng", "Chamaléa Thị Khuyến", "Katơr Tỏ", "Điểu Khrên", "Thị Ngởn", "Sơn Sà Phô", "Danh Rinh",
    "Châu Sóc Kha", "Neáng Oanh Thi", "Thạch Sa Vét", "Lâm Sà Ron", "Chế Thị Kim Duận", "Mohamach Zacky",
    "Sín Lục Múi", "Tsằn Cón Dưỡng", "Hoàng Nguyễn Thụy Ái Trinh", "Lê Trương Ngọc Bảo Hân", "Phạm Trần An Nhiên",
    "Vũ Lê Đan Trường Giang", "Công Huyền Tôn Nữ Lưu Ly", "Hồ Đắc Thiếu Anh", "Nguyễn Thị Mỹ A",
)  # fmt: skip
_COMMUNES: Final = (
    "phường Hoàn Kiếm, thành phố Hà Nội", "phường Từ Liêm, thành phố Hà Nội", "xã Phúc Thọ, thành phố Hà Nội",
    "xã Ô Diên, TP. Hà Nội", "phường Cầu Ông Lãnh, Thành phố Hồ Chí Minh", "phường Hiệp Bình, Thành phố Hồ Chí Minh",
    "phường Thủ Dầu Một, Thành phố Hồ Chí Minh", "xã Cần Giờ, Thành phố Hồ Chí Minh",
    "đặc khu Côn Đảo, Thành phố Hồ Chí Minh", "phường Lê Chân, thành phố Hải Phòng", "xã Tiên Lãng, TP. Hải Phòng",
    "đặc khu Cát Hải, thành phố Hải Phòng", "phường Hội An, thành phố Đà Nẵng", "xã Tây Giang, thành phố Đà Nẵng",
    "phường Thuận Hóa, thành phố Huế", "xã A Lưới 2, thành phố Huế", "phường Cái Răng, thành phố Cần Thơ",
    "xã Kế Sách, thành phố Cần Thơ", "phường Kinh Bắc, tỉnh Bắc Ninh", "xã Lục Ngạn, tỉnh Bắc Ninh",
    "phường Phố Hiến, tỉnh Hưng Yên", "xã Tiền Hải, tỉnh Hưng Yên", "phường Hoa Lư, tỉnh Ninh Bình",
    "xã Hải Hậu, tỉnh Ninh Bình", "phường Việt Trì, tỉnh Phú Thọ", "xã Mai Châu, tỉnh Phú Thọ",
    "phường Phan Đình Phùng, tỉnh Thái Nguyên", "xã Ba Bể, tỉnh Thái Nguyên", "phường Sa Pa, tỉnh Lào Cai",
    "xã Si Ma Cai, tỉnh Lào Cai", "phường Tân Phong, tỉnh Lai Châu", "xã Sìn Hồ, tỉnh Lai Châu",
    "phường Mường Thanh, tỉnh Điện Biên", "phường Tô Hiệu, tỉnh Sơn La", "xã Vân Hồ, tỉnh Sơn La",
    "phường Thục Phán, tỉnh Cao Bằng", "xã Trùng Khánh, tỉnh Cao Bằng", "phường Đông Kinh, tỉnh Lạng Sơn",
    "xã Đồng Văn, tỉnh Tuyên Quang", "phường Móng Cái 1, tỉnh Quảng Ninh", "đặc khu Vân Đồn, tỉnh Quảng Ninh",
    "phường Hạc Thành, tỉnh Thanh Hóa", "xã Như Xuân, tỉnh Thanh Hóa", "phường Thành Vinh, tỉnh Nghệ An",
    "xã Con Cuông, tỉnh Nghệ An", "phường Thành Sen, tỉnh Hà Tĩnh", "xã Khe Sanh, tỉnh Quảng Trị",
    "phường Đồng Hới, tỉnh Quảng Trị", "phường Kon Tum, tỉnh Quảng Ngãi", "đặc khu Lý Sơn, tỉnh Quảng Ngãi",
    "phường Quy Nhơn, tỉnh Gia Lai", "xã Kông Chro, tỉnh Gia Lai", "phường Tuy Hòa, tỉnh Đắk Lắk",
    "xã Ea Súp, tỉnh Đắk Lắk", "phường Nha Trang, tỉnh Khánh Hòa", "xã Vạn Ninh, tỉnh Khánh Hòa",
    "phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng", "xã Đạ Huoai, tỉnh Lâm Đồng", "phường Trấn Biên, tỉnh Đồng Nai",
    "xã Bù Đăng, tỉnh Đồng Nai", "phường Tân Ninh, tỉnh Tây Ninh", "phường Mỹ Tho, tỉnh Đồng Tháp",
    "phường Đạo Thạnh, tỉnh Đồng Tháp", "phường Trà Vinh, tỉnh Vĩnh Long", "xã Ba Tri, tỉnh Vĩnh Long",
    "phường Rạch Giá, tỉnh An Giang", "xã Tri Tôn, tỉnh An Giang", "phường Bạc Liêu, tỉnh Cà Mau",
    "xã Năm Căn, tỉnh Cà Mau",
    "xã Hòa Phong, huyện Hòa Vang, thành phố Đà Nẵng", "phường Tây Thạnh, quận Tân Phú, TP. Hồ Chí Minh",
    "thị trấn Đồng Tâm, huyện Chợ Mới, tỉnh Bắc Kạn", "xã Thanh Mỹ, huyện Tháp Mười, tỉnh Đồng Tháp",
    "phường 7, thành phố Tuy Hòa, tỉnh Phú Yên", "xã Nghĩa Minh, huyện Nghĩa Hưng, tỉnh Nam Định",
)  # fmt: skip
_ROADS: Final = ("Lý Thường Kiệt", "Hai Bà Trưng", "Ngô Gia Tự", "Phạm Văn Đồng", "30 Tháng 4", "Trường Chinh",
                 "Yết Kiêu", "Nguyễn Văn Cừ", "Hoàng Hoa Thám", "Tôn Đức Thắng", "Cách Mạng Tháng Tám")  # fmt: skip
_HAMLETS: Final = ("Thôn Trung", "thôn Phú Ninh", "Xóm 6", "Khu 3", "bản Nà Tông", "Bản Lướt", "ấp Mỹ Phú B", "Ấp 4",
                   "Khóm 2", "Làng Ngol", "buôn Drai", "Tổ dân phố Liên Sơn", "TDP 11", "Khối Yên Toàn", "KDC An Lạc",
                   "Đội 2, thôn Cát", "Xóm Nghè, thôn Bùi")  # fmt: skip
_PEOPLES: Final = (*("Kinh",) * 8, "Tày", "Thái", "Mường", "Nùng", "Mông", "Dao", "Khmer", "Gia Rai", "Ê Đê", "Ba Na",
                   "Sán Dìu", "Cơ Ho", "Chăm", "Giáy", "Thổ", "Xtiêng", "Hoa", "Co", "Lào")  # fmt: skip
_HOSPITALS: Final = (
    "Bệnh viện Phụ sản Hà Nội", "Bệnh viện Sản - Nhi tỉnh Phú Thọ", "Trung tâm Y tế khu vực Mộc Châu",
    "Bệnh viện Đa khoa tỉnh Lào Cai", "Bệnh viện Hùng Vương", "Bệnh viện Quốc tế Phương Châu", "Trạm Y tế xã Vân Hồ",
    "Bệnh viện Trung ương Huế", "Bệnh viện Đa khoa khu vực Ngọc Lặc", "Bệnh viện Quân y 211",
)  # fmt: skip


class FreshPool(VocabularyPool):
    """Names of two to six words, most of them common; dates with two digits, as software prints them."""

    words = Vocabulary(
        families=_FAMILIES, middles=_MIDDLES, given=_GIVEN, others=_OTHERS, rarely=0.22, communes=_COMMUNES,
        peoples=_PEOPLES, hospitals=_HOSPITALS, authorities=("Ủy ban nhân dân", "Ủy ban nhân dân", "UBND"),
        old_numbers=0.12,
    )  # fmt: skip

    @override
    def address(self) -> str:
        number = self.number(1, 300)
        road = self.pick(_ROADS)
        where = self.pick((
            self.pick(_HAMLETS), self.pick(_HAMLETS), f"Số {number} {road}", f"{number}/{number % 12 + 1} {road}",
            f"Số nhà {number}, ngõ {number % 90 + 2}, phố {road}", f"{number} đường {road}, khu phố {number % 9 + 1}",
            f"P.{number % 30 + 1:02d}{number % 10 + 1:02d} tòa CT{number % 5 + 1}, KĐT mới {road}",
        ))  # fmt: skip
        return f"{where}, {self.commune()}"


def _weight(p: FreshPool) -> str:
    grams = p.number(48, 82) * 50
    thousands, rest = divmod(grams, 1000)
    return p.pick((f"{grams} gam", f"{thousands}.{rest:03d} gam", f"{grams}g", f"{thousands},{rest // 100} kg"))


_MADE_FROM: Final = "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"
_VARIED: Final[Varied[FreshPool]] = {
    ("giay_khai_sinh", "so"): lambda p: f"{p.number(1, 600)}/{p.number(2016, 2026)}",
    ("giay_chung_sinh", "so"): lambda p: f"{p.number(1, 9999):04d}",
    ("giay_chung_sinh", "can_nang"): _weight,
    ("giay_chung_sinh", "tinh_trang_con"): listed("Khỏe mạnh", "Bình thường", "Khóc to, hồng hào", "Non 35 tuần"),
    ("giay_chung_sinh", "so_con"): listed("1", "01", "2"),
    ("giay_chung_nhan_ket_hon", "so"): lambda p: f"{p.number(1, 200)}/{p.number(2015, 2026)}",
    ("trich_luc_khai_tu", "nguyen_nhan"): listed(
        "Già yếu", "Ung thư phổi", "Tai biến mạch máu não", "Nhồi máu cơ tim", "Tai nạn lao động", "Đuối nước",
        "Viêm phổi nặng, suy đa tạng",
    ),
    ("xac_nhan_cu_tru", "so"): lambda p: f"{p.number(1, 3000)}/XNCT",
    ("xac_nhan_cu_tru", "noi_tam_tru"): lambda p: p.pick(("Không", "/", p.address(), p.address())),
    ("xac_nhan_cu_tru", "quan_he_chu_ho"): listed(
        "Con đẻ", "Vợ", "Chồng", "Em ruột", "Con dâu", "Cháu ngoại", "Người ở nhờ, thuê, mượn", "Mẹ vợ"
    ),
    ("xac_nhan_hon_nhan", "so"): lambda p: f"{p.number(1, 900):02d}/UBND-XNTTHN",
    ("xac_nhan_hon_nhan", "tinh_trang"): lambda p: p.pick((
        "Chưa đăng ký kết hôn với ai", "Hiện tại chưa đăng ký kết hôn với ai",
        f"Đã ly hôn theo Quyết định số {p.number(5, 300)}/2024/QĐST-HNGĐ; hiện tại chưa đăng ký kết hôn với ai",
        "Có đăng ký kết hôn nhưng vợ đã chết; hiện tại chưa đăng ký kết hôn với ai",
    )),
    ("xac_nhan_hon_nhan", "muc_dich"): lambda p: p.pick((
        f"Kết hôn với {p.person()}", "Làm thủ tục mua nhà ở xã hội", "Chuyển nhượng quyền sử dụng đất",
        "Làm hồ sơ xuất khẩu lao động", "Vay vốn ngân hàng",
    )),
    ("quyet_dinh", "ve_viec"): listed(
        "trợ cấp xã hội hằng tháng đối với người cao tuổi", "hỗ trợ chi phí mai táng",
        "cho phép thay đổi họ, chữ đệm, tên",
        "công nhận hộ thoát nghèo năm 2025", "thôi hưởng trợ giúp xã hội", "miễn, giảm tiền sử dụng đất",
    ),
    ("giay_chung_nhan_dat", "so_phat_hanh"): lambda p: p.pick((
        f"{p.pick(('BM', 'CĐ', 'DA', 'DĐ', 'CX'))} {p.number(100_000, 999_999)}", f"AA {p.number(1, 9_999_999):08d}",
    )),
    ("giay_chung_nhan_dat", "dien_tich"): lambda p: p.pick((
        f"{p.number(48, 990)},{p.number(1, 9)} m²", f"{p.number(50, 900)} m²",
        f"{p.number(1, 9)}.{p.number(0, 999):03d},{p.number(0, 9)} m²",
    )),
    ("giay_chung_nhan_dat", "hinh_thuc"): listed("Sử dụng riêng", "Sử dụng chung"),
    ("giay_chung_nhan_dat", "muc_dich"): listed(
        "Đất ở tại nông thôn", "Đất ở tại đô thị", "Đất chuyên trồng lúa nước", "Đất trồng cây hằng năm khác",
        "Đất rừng sản xuất", "Đất nuôi trồng thủy sản",
    ),
    ("giay_chung_nhan_dat", "thoi_han"): lambda p: p.pick((
        "Lâu dài", "Lâu dài", f"Đến ngày {p.date(2043, 2075)}",
        f"Đến tháng {p.number(1, 12)} năm {p.number(2043, 2075)}",
    )),
    ("giay_chung_nhan_dat", "nguon_goc"): listed(
        _MADE_FROM, f"Nhận chuyển nhượng đất được {_MADE_FROM}", f"Nhận thừa kế đất được {_MADE_FROM}",
        "Nhà nước giao đất không thu tiền sử dụng đất",
        "Nhận tặng cho đất được Nhà nước giao đất có thu tiền sử dụng đất",
    ),
    ("giay_uy_quyen", "noi_dung"): listed(
        "Nhận kết quả đăng ký biến động đất đai", "Nộp hồ sơ xin cấp giấy phép xây dựng và nộp lệ phí thay tôi",
        "Liên hệ cơ quan công an để xin xác nhận thông tin về cư trú",
        "Làm thủ tục hưởng chế độ mai táng phí cho mẹ tôi tại Trung tâm Phục vụ hành chính công",
    ),
    ("giay_uy_quyen", "thoi_han"): lambda p: p.pick((
        f"{p.number(1, 24):02d} tháng kể từ ngày ký", f"Từ ngày ký đến hết ngày {p.date(2026, 2028)}",
        "Cho đến khi công việc hoàn thành",
    )),
    ("can_cuoc", "co_gia_tri_den"): lambda p: p.pick((p.date(2027, 2046), p.date(2027, 2046), "Không thời hạn")),
}  # fmt: skip
"""What the first pool says in few words, said in more, as kinds and names."""


def paper(kind: str, seed: int) -> Content:
    """One paper of a kind, or a list; what has few choices is chosen among more. Raises KeyError for none."""
    return varied(kind, seed, FreshPool, _VARIED, "BẢNG KÊ")
