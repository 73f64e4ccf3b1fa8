"""Values for the last half drawn: other names, communes, streets and hospitals than the pools before it have."""

from typing import Final, override

from infra.papers.contents import Content
from infra.papers.vocabulary import (
    HELD,
    Varied,
    Vocabulary,
    VocabularyPool,
    issued_where_registered,
    listed,
    moments,
    varied,
)

_FAMILIES: Final = (
    *("Nguyễn",) * 8, *("Trần",) * 3, *("Lê",) * 3, "Phạm", "Phạm", "Vũ", "Võ", "Hoàng", "Ngô", "Dương", "Hồ", "Lại",
    "Lục", "Lộc", "Khổng", "Đàm", "Bạch", "Cấn", "Cung", "Diêm", "Đậu", "Đồng", "Hàn", "Khúc", "Kim", "Lã", "Lăng",
    "Mẫn", "Nhữ", "Phó", "Phương", "Quản", "Sái", "Tống", "Tiêu", "Thẩm", "Tưởng", "Uông", "Văn", "Vi", "Yên",
    "Nguyễn Đỗ", "Trần Vũ", "Lê Hữu", "Đoàn Ngô", "Tôn Nữ", "Vũ Cao",
)  # fmt: skip
_MIDDLES: Final = (
    *("",) * 3, *("Thị",) * 4, *("Văn",) * 3, "Thị Thanh", "Thị Bích", "Thị Lệ", "Xuân", "Ngọc", "Minh", "Đức", "Hữu",
    "Chí", "Trung", "Kỳ", "Vĩnh", "Khắc", "Doãn", "Danh", "Cảnh", "Sỹ", "Huy", "Nam", "Trí", "Thái", "Uyên", "Tú",
    "Thị Ánh", "Lê Bảo", "Vũ Hà", "Nguyễn Khánh", "Hoài", "Mộng", "Phước", "Tiến", "Đắc",
)  # fmt: skip
_GIVEN: Final = (
    "Ánh", "Bền", "Biển", "Chi", "Chiến", "Chung", "Cương", "Dần", "Dự", "Đài", "Đào", "Điệp", "Định", "Độ", "Gấm",
    "Giáp", "Hạnh", "Hào", "Hiển", "Hoạt", "Hồng", "Hợp", "Huấn", "Hường", "Hưng", "Kha", "Khải", "Khiêm", "Lài", "Lệ",
    "Lộc", "Luyến", "Lợi", "Mão", "Mến", "Miền", "Ngát", "Ngoan", "Nhài", "Nhạn", "Nhật", "Nhường", "Ninh", "Nụ",
    "Phấn",
    "Phẩm", "Phong", "Quang", "Quý", "Sen", "Soạn", "Thạch", "Thái", "Thêm", "Thế", "Thuận", "Thược", "Tính", "Tình",
    "Toản", "Tố", "Trọng", "Tuân", "Tùng", "Tươi", "Viễn", "Việt", "Xuân", "Yên Nhi", "Bảo Ngọc", "Gia Hân",
    "Minh Khuê",
    "Nhã Uyên", "Phương Linh", "Thảo Nguyên", "Tuệ Lâm", "An Chi", "Đông Quân", "Hà My",
)  # fmt: skip
_OTHERS: Final = (
    "Giàng Seo Sùng", "Ly Thị Sáy", "Cứ A Tông", "Mùa Thị Dợ", "Tráng A Khày", "Hờ Bá Nênh", "Ma Seo Lềnh",
    "Lường Thị Én", "Quàng Văn Xôm", "Bạc Cầm Khuyên", "Lò Văn Ngoãn", "Khằm Thị Mỉn", "Bàn Tài Đoàn", "Triệu Mùi Chản",
    "Phùn Mùi Sếnh", "Dương Cóc Sầu", "Chíu Sắt Múi", "Pờ Lóng Tơ", "Chu Xé Lù", "Vàng Lỡ Gạ", "Lèng Thị Xén",
    "H' Mai Kbuôr", "Y Ngông Ayun", "H Bluel Hđơk", "Y Duêl Mlô", "Rmah Suk", "Ksor Phước", "Puih H'Duêng",
    "Đinh Bih", "Bá Thị Nhưỡng", "Đổng Minh Ẩn", "Quảng Đại Tường", "Kiều Thị Bộp", "Kơ Să K'Đủng", "K' Thuyền",
    "Ma Ly Ta", "Lơ Mu Hà Búp", "Thị Điểu Brông", "Điểu Sơn", "Kim Thành Rết", "Tăng Sa Mết", "Liêu Oanh Na",
    "Sơn Thị Sà Quênh", "Trà Thị Ươm", "Hồ Pả Dờn", "Côn Thị Ling", "Ta Rương Mão", "Arất Blúi", "Ating Thị Diên",
    "Mua Va Nhia", "Xồng Y Chù", "Moong Thị Ỏn", "Cụt Văn Khăm", "Ngân Thị Ụ", "Đặng Ngọc Bảo Khuê Tâm",
    "Tôn Thất Nguyên Bảo", "Nguyễn Phước Công Nữ Ngọc Hoa", "Trần Lý Hoàng Như Quỳnh", "Hoàng Lê Y", "Lý O",
)  # fmt: skip
_COMMUNES: Final = (
    "phường Ba Đình, thành phố Hà Nội", "phường Đống Đa, thành phố Hà Nội", "xã Sóc Sơn, thành phố Hà Nội",
    "xã Đại Xuyên, TP Hà Nội", "phường Bến Thành, Thành phố Hồ Chí Minh", "phường An Nhơn Tây, TP. Hồ Chí Minh",
    "phường Vũng Tàu, Thành phố Hồ Chí Minh", "xã Bình Khánh, Thành phố Hồ Chí Minh", "xã Ngãi Giao, TP.HCM",
    "phường Ngô Quyền, thành phố Hải Phòng", "xã Kẻ Sặt, thành phố Hải Phòng", "phường Chí Linh, thành phố Hải Phòng",
    "phường Hải Châu, thành phố Đà Nẵng", "xã Trà My, thành phố Đà Nẵng", "phường An Cựu, thành phố Huế",
    "xã Khe Tre, thành phố Huế", "phường Ninh Kiều, thành phố Cần Thơ", "xã Mỹ Xuyên, thành phố Cần Thơ",
    "phường Từ Sơn, tỉnh Bắc Ninh", "xã Yên Thế, tỉnh Bắc Ninh", "xã Khoái Châu, tỉnh Hưng Yên",
    "phường Trà Lý, tỉnh Hưng Yên", "phường Thiên Trường, tỉnh Ninh Bình", "xã Gia Viễn, tỉnh Ninh Bình",
    "phường Vĩnh Yên, tỉnh Phú Thọ", "xã Thanh Ba, tỉnh Phú Thọ", "xã Tân Lạc, tỉnh Phú Thọ",
    "phường Sông Công, tỉnh Thái Nguyên", "xã Chợ Đồn, tỉnh Thái Nguyên", "phường Yên Bái, tỉnh Lào Cai",
    "xã Bắc Hà, tỉnh Lào Cai", "xã Púng Luông, tỉnh Lào Cai", "xã Mường Tè, tỉnh Lai Châu",
    "xã Mường Nhé, tỉnh Điện Biên",
    "xã Tủa Chùa, tỉnh Điện Biên", "phường Mộc Sơn, tỉnh Sơn La", "xã Phù Yên, tỉnh Sơn La",
    "xã Bảo Lạc, tỉnh Cao Bằng",
    "xã Hữu Lũng, tỉnh Lạng Sơn", "phường Kỳ Lừa, tỉnh Lạng Sơn", "xã Xín Mần, tỉnh Tuyên Quang",
    "phường Nông Tiến, tỉnh Tuyên Quang", "phường Uông Bí, tỉnh Quảng Ninh", "đặc khu Cô Tô, tỉnh Quảng Ninh",
    "phường Sầm Sơn, tỉnh Thanh Hóa", "xã Mường Lát, tỉnh Thanh Hóa", "phường Cửa Lò, tỉnh Nghệ An",
    "xã Tương Dương, tỉnh Nghệ An", "phường Sông Trí, tỉnh Hà Tĩnh", "xã Vũ Quang, tỉnh Hà Tĩnh",
    "phường Đông Hà, tỉnh Quảng Trị", "xã Minh Hóa, tỉnh Quảng Trị", "đặc khu Cồn Cỏ, tỉnh Quảng Trị",
    "phường Cẩm Thành, tỉnh Quảng Ngãi", "xã Đăk Tô, tỉnh Quảng Ngãi", "phường Pleiku, tỉnh Gia Lai",
    "xã Hoài Ân, tỉnh Gia Lai", "phường Buôn Ma Thuột, tỉnh Đắk Lắk", "xã Krông Năng, tỉnh Đắk Lắk",
    "xã Sơn Hòa, tỉnh Đắk Lắk", "phường Phan Rang, tỉnh Khánh Hòa", "xã Khánh Sơn, tỉnh Khánh Hòa",
    "đặc khu Trường Sa, tỉnh Khánh Hòa", "phường Phan Thiết, tỉnh Lâm Đồng", "xã Đơn Dương, tỉnh Lâm Đồng",
    "phường Bắc Gia Nghĩa, tỉnh Lâm Đồng", "phường Đồng Xoài, tỉnh Đồng Nai", "xã Định Quán, tỉnh Đồng Nai",
    "phường Long An, tỉnh Tây Ninh", "xã Đức Hòa, tỉnh Tây Ninh", "phường Cao Lãnh, tỉnh Đồng Tháp",
    "xã Cái Bè, tỉnh Đồng Tháp", "phường An Hội, tỉnh Vĩnh Long", "xã Cầu Kè, tỉnh Vĩnh Long",
    "phường Long Xuyên, tỉnh An Giang", "đặc khu Phú Quốc, tỉnh An Giang", "xã U Minh Thượng, tỉnh An Giang",
    "phường An Xuyên, tỉnh Cà Mau", "xã Đất Mũi, tỉnh Cà Mau", "xã Hồng Dân, tỉnh Cà Mau",
    "xã Lộc Thủy, huyện Lệ Thủy, tỉnh Quảng Bình", "phường Vạn Phúc, quận Hà Đông, TP Hà Nội",
    "thị trấn Tân Trụ, huyện Tân Trụ, tỉnh Long An", "xã Cẩm Thanh, TP. Hội An, tỉnh Quảng Nam",
)  # fmt: skip
_ROADS: Final = ("Trần Phú", "Lê Hồng Phong", "Nguyễn Thị Minh Khai", "Đinh Tiên Hoàng", "Quang Trung", "Lạc Long Quân",
                 "Võ Thị Sáu", "2 Tháng 9", "Phan Chu Trinh", "Xô Viết Nghệ Tĩnh", "Âu Cơ", "Kim Ngưu")  # fmt: skip
_HAMLETS: Final = ("thôn Đoài", "Thôn Vĩnh Thọ 2", "Xóm Mới", "xóm Cây Quân", "Khu Tân Lập", "bản Huổi Mí",
    "Bản Phiêng Cằm",
                   "ấp Thạnh Lợi", "Ấp Bàu Tròn", "Khóm 7", "làng Plei Ơp", "Buôn Tul A", "Bon Pi Nao",
                   "TDP Đồng Tâm 3",
                   "Tổ 14", "khối Trung Hợp", "KP. Hòa Long", "Tổ 5, thôn Nà Lẹng",
                   "Xóm Đình, thôn Thượng")  # fmt: skip
_PEOPLES: Final = (*("Kinh",) * 9, "Tày", "Nùng", "Mường", "Thái", "Mông", "Dao", "Khmer", "Hoa", "Ê Đê", "Gia Rai",
                   "Cơ Tu", "Ngái", "Sán Chay", "Lự", "La Ha", "Mạ", "Kháng", "Chu Ru", "Hà Nhì", "Bố Y")  # fmt: skip
_HOSPITALS: Final = (
    "Bệnh viện Phụ sản Trung ương", "Bệnh viện Đa khoa Xanh Pôn", "Bệnh viện Sản - Nhi Nghệ An",
    "Bệnh viện Đa khoa tỉnh Điện Biên", "Trung tâm Y tế khu vực Bảo Lạc", "Bệnh viện Mỹ Đức", "Trạm Y tế xã Mường Nhé",
    "Bệnh viện Phụ sản thành phố Cần Thơ", "Bệnh viện Đa khoa khu vực Cù Lao Minh", "Bệnh viện Vinmec Times City",
    "Trung tâm Y tế Phù Yên, tỉnh Sơn La",
)  # fmt: skip


class SundryPool(VocabularyPool):
    """Names of two to six words; the dates of one paper are all written in one way."""

    words = Vocabulary(
        families=_FAMILIES, middles=_MIDDLES, given=_GIVEN, others=_OTHERS, rarely=0.2, communes=_COMMUNES,
        peoples=_PEOPLES, hospitals=_HOSPITALS, authorities=("Ủy ban nhân dân", "UBND", "Ủy ban nhân dân"),
        old_numbers=0.1, clerkly=0.3,
    )  # fmt: skip

    @override
    def personal_number(self) -> str:
        born = f"{self.number(0, 3)}{self.number(0, 99):02d}"
        return f"0{self.number(1, 96):02d}{born}{self.number(1, 999_999):06d}"

    @override
    def address(self) -> str:
        number, road = self.number(1, 400), self.pick(_ROADS)
        where = self.pick((
            self.pick(_HAMLETS), self.pick(_HAMLETS), self.pick(_HAMLETS), f"{number} {road}",
            f"Số {number}, đường {road}",
            f"Số nhà {number % 90 + 1}, ngách {number}/{number % 15 + 1}, ngõ {number}, {road}",
            f"{number}A/{number % 20 + 1} {road}, khu phố {number % 8 + 1}",
                f"Căn hộ {number % 30 + 1:02d}.{number % 12 + 1:02d}, {road}",
            f"Lô B{number % 40 + 1}, khu tái định cư {road}",
        ))  # fmt: skip
        return f"{where}, {self.commune()}"


_MOMENTS: Final = (
    "{h:02d} giờ {m:02d} phút, {said}", "{h:02d} giờ {m:02d} phút {said}", "{h:02d} giờ {m:02d} phút, ngày {day}",
)  # fmt: skip


def _land_made(p: SundryPool) -> str:
    how = p.pick(("Nhà nước giao đất có thu tiền sử dụng đất", "Công nhận QSDĐ như giao đất không thu tiền sử dụng đất",
                  "Công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất"))  # fmt: skip
    return p.pick((how, how, f"Nhận tặng cho đất được {how}", f"Nhận chuyển nhượng đất được {how}"))


_VARIED: Final[Varied[SundryPool]] = {
    ("giay_khai_sinh", "so"): lambda p: p.pick((f"{p.number(1, 500):02d}",
        f"{p.number(1, 500)}/{p.number(2016, 2026)}")),
    ("giay_chung_sinh", "so"): lambda p: p.pick((f"{p.number(1, 4000):05d}", f"{p.number(1, 4000)}/2026/GCS")),
    ("giay_chung_sinh", "thoi_gian_sinh"): moments(_MOMENTS, 2025),
    ("giay_chung_sinh", "can_nang"): lambda p: p.pick((f"{p.number(46, 84) * 50} gam", f"{p.number(46, 84) * 50} gram",
                                                      f"{p.number(2, 3)},{p.number(1, 9)} kg")),
    ("giay_chung_sinh", "tinh_trang_con"): listed("Bình thường", "Ổn định, bú tốt", "Khỏe", "Hồng hào, khóc tốt",
                                                  "Nhẹ cân, theo dõi"),
    ("giay_chung_sinh", "so_lan_sinh"): lambda p: p.pick((f"{p.number(1, 4)}", f"{p.number(1, 4):02d}")),
    ("giay_chung_sinh", "so_con"): listed("01", "1", "1", "02"),
    ("giay_chung_nhan_ket_hon", "so"): lambda p: f"{p.number(1, 260):02d}/{p.number(2016, 2026)}",
    ("trich_luc_khai_tu", "so"): lambda p: p.pick((f"{p.number(1, 240)}/TLKT",
        f"{p.number(1, 240)}/{p.number(2018, 2026)}")),
    ("trich_luc_khai_tu", "thoi_gian_chet"): moments(_MOMENTS, 2017),
    ("trich_luc_khai_tu", "nguyen_nhan"): listed(
        "Tuổi già", "Suy thận mạn giai đoạn cuối", "Ung thư gan", "Đột quỵ não", "Bệnh phổi tắc nghẽn mạn tính",
        "Tai nạn sinh hoạt", "Xơ gan, suy kiệt",
    ),
    ("xac_nhan_cu_tru", "so"): lambda p: p.pick((f"{p.number(1, 2600)}/XN-CAX", f"{p.number(1, 2600)}/CT07")),
    ("xac_nhan_cu_tru", "noi_tam_tru"): lambda p: p.pick(("Không", "Không", p.address(), p.address())),
    ("xac_nhan_cu_tru", "quan_he_chu_ho"): listed(
        "Con nuôi", "Vợ", "Con ruột", "Con rể", "Cháu nội", "Anh ruột", "Bố vợ", "Cùng ở nhờ", "Chị dâu"
    ),
    ("xac_nhan_hon_nhan", "so"): lambda p: f"{p.number(1, 700):02d}/{p.pick(('XNTTHN', 'UBND-XN', '2026/XN-UBND'))}",
    ("xac_nhan_hon_nhan", "tinh_trang"): lambda p: p.pick((
        "Chưa đăng ký kết hôn với ai", "Từ trước đến nay chưa đăng ký kết hôn với ai",
        f"Đã ly hôn theo Bản án số {p.number(3, 90)}/2025/HNGĐ-ST, hiện tại chưa đăng ký kết hôn với ai",
        "Đã đăng ký kết hôn nhưng chồng đã chết, hiện tại chưa đăng ký kết hôn với ai",
    )),
    ("xac_nhan_hon_nhan", "muc_dich"): lambda p: p.pick((
        f"Làm thủ tục kết hôn với {p.person()}", "Bán nhà và đất", "Nộp hồ sơ du học", "Làm thủ tục vay tín dụng",
        "Nhận con nuôi", "Nhập quốc tịch Việt Nam cho vợ",
    )),
    ("quyet_dinh", "so"): lambda p: f"{p.number(1, 3200)}/{p.pick(('QĐ-UBND', 'QĐ-UBND', 'QĐ-CTUBND', 'QĐ-SNV'))}",
    ("quyet_dinh", "ve_viec"): listed(
        "hưởng trợ cấp hưu trí xã hội", "trợ cấp mai táng phí đối với người có công", "giao đất làm nhà ở",
        "công nhận hộ nghèo, hộ cận nghèo năm 2026", "chấm dứt việc giám hộ", "cải chính hộ tịch",
        "hỗ trợ nhà ở cho hộ bị thiên tai", "xác nhận mức độ khuyết tật",
    ),
    ("giay_chung_nhan_dat", "so_phat_hanh"): lambda p: p.pick((
        f"{p.pick(('AP', 'BK', 'CH', 'DB', 'DE', 'CO'))} {p.number(100_000, 999_999)}",
            f"AA {p.number(1, 9_999_999):08d}",
    )),
    ("giay_chung_nhan_dat", "thua_dat"): lambda p: p.pick((f"{p.number(1, 1900)}", f"{p.number(1, 400):02d}")),
    ("giay_chung_nhan_dat", "dien_tich"): lambda p: p.pick((
        f"{p.number(40, 998)},{p.number(0, 9)} m²", f"{p.number(60, 990)} m²",
        f"{p.number(1, 14)}.{p.number(0, 999):03d} m²",
    )),
    ("giay_chung_nhan_dat", "hinh_thuc"): HELD,
    ("giay_chung_nhan_dat", "muc_dich"): listed(
        "Đất ở tại nông thôn", "Đất ở tại đô thị", "Đất trồng cây lâu năm", "Đất bằng trồng cây hằng năm khác",
        "Đất chuyên trồng lúa", "Đất rừng trồng sản xuất",
    ),
    ("giay_chung_nhan_dat", "thoi_han"): lambda p: p.pick(("Lâu dài", "Lâu dài", f"Đến ngày {p.date(2043, 2073)}")),
    ("giay_chung_nhan_dat", "nguon_goc"): _land_made,
    ("giay_uy_quyen", "noi_dung"): listed(
        "Nộp hồ sơ đề nghị cấp lại giấy khai sinh và nhận kết quả",
        "Nhận lương hưu và trợ cấp bảo hiểm xã hội hằng tháng",
        "Nộp hồ sơ, nộp thuế, phí và nhận Giấy chứng nhận quyền sử dụng đất",
        "Làm thủ tục xác nhận tình trạng hôn nhân tại Ủy ban nhân dân xã", "Đăng ký thành lập hộ kinh doanh",
    ),
    ("giay_uy_quyen", "thoi_han"): lambda p: p.pick((
        f"{p.number(1, 18):02d} tháng, kể từ ngày ký", f"Đến hết ngày {p.date(2026, 2028)}",
        "Đến khi thực hiện xong việc ủy quyền", "01 (một) năm kể từ ngày được chứng thực",
    )),
    ("can_cuoc", "co_gia_tri_den"): lambda p: p.pick((p.date(2027, 2047), p.date(2027, 2047), "Không thời hạn")),
}  # fmt: skip
"""What the first pool says in few words, said in more, as kinds and names."""


def paper(kind: str, seed: int) -> Content:
    """One paper of a kind, or a list; who registered it is who issued it. Raises KeyError for none."""
    return issued_where_registered(varied(kind, seed, SundryPool, _VARIED, "DANH SÁCH"))
