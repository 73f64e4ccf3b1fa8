"""Values for half `g`: again other names, communes, streets and hospitals; several ways to write each number."""

from typing import Final, override

from infra.papers.contents import Content
from infra.papers.vocabulary import (
    HELD,
    OrderlyPool,
    Varied,
    Vocabulary,
    by_names_alone,
    issued_where_told,
    listed,
    moments,
    varied,
)

_FAMILIES: Final = (
    *("Nguyễn",) * 8, *("Trần",) * 3, *("Lê",) * 2, *("Phạm",) * 2, "Hoàng", "Huỳnh", "Vũ", "Võ", "Bùi", "Đặng", "Lâm",
    "Trịnh", "Trương", "Phùng", "Mạc", "Tạ", "Âu", "Bàng", "Chung", "Chương", "Cổ", "Đan", "Đôn", "Đường", "Giang",
    "Hạ", "Hùng", "Hứa", "Khưu", "Lều", "Liễu", "Lường", "Mã", "Nghiêm", "Ngũ", "Nhan", "Ông", "Ổn", "Quyền",
    "Quan", "Sử", "Tán", "Tất", "Thang", "Thôi", "Tòng", "Trầm", "Từ", "Viên", "Vòng", "Xa", "Lê Nguyễn", "Phan Huy",
    "Hồ Lê", "Tôn Nữ Hoàng",
)  # fmt: skip
_MIDDLES: Final = (
    *("",) * 3, *("Thị",) * 4, *("Văn",) * 3, "Thị Minh", "Thị Hoài", "Thị Phương", "Thị Cẩm", "Đình", "Trọng", "Công",
    "Phi", "Khải", "Tiểu", "Thụy", "Lệ", "Nguyên", "Hùng", "Kiến", "Lương", "Mậu", "Năng", "Nho", "Phú", "Quyết",
    "Song",
    "Tất", "Thượng", "Triệu", "Tùng", "Viết", "Ý", "Hạnh", "Ái", "Thị Mai", "Ngô Gia", "Đỗ Minh", "Hoàng Yến",
)  # fmt: skip
_GIVEN: Final = (
    "Á", "Ba", "Bảo", "Bính", "Bốn", "Bưởi", "Cẩn", "Chánh", "Chuyên", "Công", "Cừ", "Dậu", "Doanh", "Dung", "Duẩn",
    "Đại", "Đệ", "Đính", "Đóa", "Đường", "Gái", "Giỏi", "Hà", "Hải", "Hân", "Hiệp", "Hoan", "Hồi", "Huy", "Hy",
    "Kết", "Khánh", "Kiên", "Kỳ", "Lan", "Lễ", "Liên", "Lĩnh", "Lự", "Lý", "Mạnh", "Mừng", "Mỵ", "Năm", "Nghị",
    "Nguyệt",
    "Nhiên", "Nho", "Nuôi", "Ổn", "Pháo", "Phiên", "Phú", "Phụng", "Quới", "Quyền", "Sang", "Sao", "Sáu", "Sinh", "Tài",
    "Tám", "Tằm", "Tẹo", "Thái", "Thắng", "Thi", "Thoại", "Thống", "Thưởng", "Tỉnh", "Trang", "Triều", "Tròn", "Trung",
    "Tuấn", "Tư", "Tý", "Uy", "Văn", "Vĩ", "Vụ", "Xem", "Xứng", "Yêm", "Anh Thư", "Bảo Châu", "Cát Tường", "Đức Anh",
    "Gia Bảo", "Hạ Vy", "Khôi Nguyên", "Minh Anh", "Ngọc Diệp", "Phúc Lâm", "Thục Đoan", "Tú Uyên", "Yến Nhi",
)  # fmt: skip
_OTHERS: Final = (
    "Sồng A Lử", "Thò Thị Máy", "Vàng Seo Chứ", "Lầu Thị Dở", "Hảng A Páo", "Cháng Thị Sung", "Phà Go Xá", "Lỳ Khù Chừ",
    "Chang Hừ Cố", "Pờ Mỳ Lế", "Lò Thị Ỏn", "Quàng Thị Dóm", "Hoàng Văn Pẳn", "Phàn Chỉn Vần", "Tẩn Láo Lở",
    "Lèo Văn Ứ",
    "Seo Thị Chấm", "Tống Văn Xoóng", "Lường Văn Pản", "Chìu Nhục Sáng", "H' Ngăm Niê", "Y Wơn Kriêng", "H'Yuên Adrơng",
    "Y Brơm Bkrông", "Rơ Mah H'Blí", "Kpuih Dơn", "Siu H'Kruih", "Rcom Sa Duyên", "Đinh Yơng", "A Thút", "Y Hnhút",
    "Bloong Thị Tâm", "Zơ Râm Thị Nhứ", "Pơ Loong Bhơ", "Hốih Thị Dếch", "Tà Yên Thị Hít", "Pi Năng Thị Lẫm",
    "Cao Thị Ka Tim", "Mấu Quốc Tiến", "Bờ Đam Ha Biên", "Kră Jăn K'Huy", "Ndu Ha Liêng", "Điểu Thị Rế", "Thị Pả",
    "Lâm Sóc Kha Ly", "Thạch Ngọc Sà Oanh", "Néang Sóc Ny", "Chau Kim Sêng", "Danh Thị Ươl", "Thiên Sanh Thị Xếp",
    "Trượng Văn Món", "Ysa Cosiêm", "Chướng Sám Múi", "Lỷ A Kíu", "Vĩnh Khánh Bửu Lộc", "Công Tôn Nữ Hỷ Khương",
    "Nguyễn Trần Phương Uyên Nhi", "Lê Nguyễn Hoàng Thiên Kim", "Đỗ Vũ Khánh An Nhiên", "Bùi Ký", "Trần Ổi", "Võ Đợi",
    "Ngô Ơn", "Tạ Ý", "Nguyễn Phan Hoàng Tôn Nữ Minh Tú",
)  # fmt: skip
_COMMUNES: Final = (
    "phường Cửa Nam, thành phố Hà Nội", "phường Tây Hồ, TP Hà Nội", "phường Hà Đông, thành phố Hà Nội",
    "xã Đông Anh, thành phố Hà Nội", "xã Ba Vì, thành phố Hà Nội", "xã Chương Dương, TP. Hà Nội",
    "phường Sài Gòn, Thành phố Hồ Chí Minh", "phường Chợ Lớn, Thành phố Hồ Chí Minh",
    "phường Gia Định, TP. Hồ Chí Minh", "phường Dĩ An, Thành phố Hồ Chí Minh", "phường Tam Thắng, TP. Hồ Chí Minh",
    "xã Củ Chi, Thành phố Hồ Chí Minh", "xã Hồ Tràm, Thành phố Hồ Chí Minh", "xã Dầu Tiếng, TP.HCM",
    "phường Hồng Bàng, thành phố Hải Phòng", "phường Lê Thanh Nghị, TP. Hải Phòng", "xã Vĩnh Bảo, thành phố Hải Phòng",
    "đặc khu Bạch Long Vĩ, thành phố Hải Phòng", "phường Ngũ Hành Sơn, thành phố Đà Nẵng", "phường Tam Kỳ, TP Đà Nẵng",
    "xã Duy Xuyên, thành phố Đà Nẵng", "phường Phú Xuân, thành phố Huế", "xã Phú Lộc, TP. Huế",
    "phường Cái Khế, thành phố Cần Thơ", "phường Sóc Trăng, thành phố Cần Thơ", "xã Trần Đề, TP. Cần Thơ",
    "phường Bắc Giang, tỉnh Bắc Ninh", "xã Sơn Động, tỉnh Bắc Ninh", "phường Mỹ Hào, tỉnh Hưng Yên",
    "xã Kiến Xương, tỉnh Hưng Yên", "phường Phủ Lý, tỉnh Ninh Bình", "xã Giao Thủy, tỉnh Ninh Bình",
    "phường Hòa Bình, tỉnh Phú Thọ", "xã Lạc Sơn, tỉnh Phú Thọ", "xã Tam Đảo, tỉnh Phú Thọ",
    "phường Bắc Kạn, tỉnh Thái Nguyên", "xã Na Rì, tỉnh Thái Nguyên", "phường Nghĩa Lộ, tỉnh Lào Cai",
    "xã Bát Xát, tỉnh Lào Cai", "xã Mường Khương, tỉnh Lào Cai", "phường Đoàn Kết, tỉnh Lai Châu",
    "xã Phong Thổ, tỉnh Lai Châu", "phường Mường Lay, tỉnh Điện Biên", "xã Nậm Pồ, tỉnh Điện Biên",
    "phường Chiềng Sinh, tỉnh Sơn La", "xã Sốp Cộp, tỉnh Sơn La", "xã Quỳnh Nhai, tỉnh Sơn La",
    "phường Nùng Trí Cao, tỉnh Cao Bằng", "xã Hạ Lang, tỉnh Cao Bằng", "phường Tam Thanh, tỉnh Lạng Sơn",
    "xã Thất Khê, tỉnh Lạng Sơn", "phường Hà Giang 2, tỉnh Tuyên Quang", "xã Mèo Vạc, tỉnh Tuyên Quang",
    "xã Hoàng Su Phì, tỉnh Tuyên Quang", "phường Bãi Cháy, tỉnh Quảng Ninh", "xã Ba Chẽ, tỉnh Quảng Ninh",
    "phường Bỉm Sơn, tỉnh Thanh Hóa", "xã Bá Thước, tỉnh Thanh Hóa", "phường Trường Vinh, tỉnh Nghệ An",
    "xã Mường Xén, tỉnh Nghệ An", "xã Quế Phong, tỉnh Nghệ An", "phường Bắc Hồng Lĩnh, tỉnh Hà Tĩnh",
    "xã Hương Khê, tỉnh Hà Tĩnh", "phường Ba Đồn, tỉnh Quảng Trị", "xã Lao Bảo, tỉnh Quảng Trị",
    "phường Trương Quang Trọng, tỉnh Quảng Ngãi", "xã Măng Đen, tỉnh Quảng Ngãi", "xã Ngọc Linh, tỉnh Quảng Ngãi",
    "phường An Khê, tỉnh Gia Lai", "xã Chư Sê, tỉnh Gia Lai", "xã Ia Grai, tỉnh Gia Lai",
    "phường Buôn Hồ, tỉnh Đắk Lắk",
    "xã Cư M'gar, tỉnh Đắk Lắk", "xã M'Drắk, tỉnh Đắk Lắk", "phường Cam Ranh, tỉnh Khánh Hòa",
    "xã Bác Ái, tỉnh Khánh Hòa", "phường Lâm Viên - Đà Lạt, tỉnh Lâm Đồng", "phường Mũi Né, tỉnh Lâm Đồng",
    "xã Tà Đùng, tỉnh Lâm Đồng", "phường Long Khánh, tỉnh Đồng Nai", "xã Nhơn Trạch, tỉnh Đồng Nai",
    "phường Trảng Bàng, tỉnh Tây Ninh", "xã Cần Giuộc, tỉnh Tây Ninh", "phường Sa Đéc, tỉnh Đồng Tháp",
    "xã Chợ Gạo, tỉnh Đồng Tháp", "phường Phước Hậu, tỉnh Vĩnh Long", "xã Mỏ Cày, tỉnh Vĩnh Long",
    "xã Trà Cú, tỉnh Vĩnh Long", "phường Châu Đốc, tỉnh An Giang", "xã Giồng Riềng, tỉnh An Giang",
    "xã Óc Eo, tỉnh An Giang", "đặc khu Kiên Hải, tỉnh An Giang", "phường Giá Rai, tỉnh Cà Mau",
    "xã Gành Hào, tỉnh Cà Mau", "xã Vĩnh An, huyện Vĩnh Bảo, thành phố Hải Phòng",
    "phường Đông Vệ, TP. Thanh Hóa, tỉnh Thanh Hóa", "thị trấn Nông Cống, huyện Nông Cống, tỉnh Thanh Hóa",
    "xã Phú Ngọc, huyện Định Quán, tỉnh Đồng Nai", "phường 5, TP. Cà Mau, tỉnh Cà Mau",
)  # fmt: skip
_ROADS: Final = ("Nguyễn Huệ", "Lê Lai", "Bà Triệu", "Ngô Quyền", "Phan Bội Châu", "Chu Văn An", "Hàm Nghi",
                 "3 Tháng 2",
                 "Trần Quang Khải", "Mai Thúc Loan", "Y Wang", "Thủ Khoa Huân", "Đặng Văn Bi")  # fmt: skip
_HAMLETS: Final = (
    "Thôn Hạ", "thôn Ngọc Quế 1", "Xóm Bến", "xóm Đồng Vông", "Khu phố 3", "bản Xúm Hom", "Bản Co Củ", "ấp Trung Hòa",
    "Ấp 2A", "Khóm Mỹ Thới", "làng Kon Sơ Lăl", "Buôn Pốk", "bon Bu N'Drung", "TDP số 9", "Tổ dân phố Phú Mỹ",
    "khối Quang Tiến", "Xóm 12, thôn Hành Thiện", "Đội 4, thôn Mỹ Lộc", "Tổ 2, khu 6", "thôn Lũng Pù", "Sóc Bưng Coi",
)  # fmt: skip
_PEOPLES: Final = (*("Kinh",) * 9, "Tày", "Nùng", "Thái", "Mường", "Mông", "Dao", "Khmer", "Hoa", "Ba Na", "Xơ Đăng",
                   "Chơ Ro", "Gié Triêng", "Bru Vân Kiều", "Pà Thẻn", "La Hủ", "Cống", "Si La", "Ơ Đu", "Brâu",
                   "Rơ Măm", "Pu Péo", "Cờ Lao", "Lô Lô", "Xinh Mun")  # fmt: skip
_HOSPITALS: Final = (
    "Bệnh viện Bạch Mai", "Bệnh viện Phụ sản Thái Bình", "Bệnh viện Sản - Nhi Bắc Ninh", "Bệnh viện Phụ sản Mêkông",
    "Bệnh viện Nhân dân Gia Định", "Bệnh viện Đa khoa tỉnh Hòa Bình", "Trung tâm Y tế khu vực Sìn Hồ",
    "Bệnh viện Sản - Nhi Cà Mau", "Bệnh viện Thiện Hạnh", "Trung tâm Y tế Trùng Khánh", "Trạm Y tế xã Ngọc Linh",
    "Bệnh viện Quân y 175", "Phòng khám Đa khoa khu vực Púng Luông", "Bệnh viện ĐKKV Triệu Hải",
)  # fmt: skip


class AssortedPool(OrderlyPool):
    """Names of two to seven words; the dates of one paper are all written in one way."""

    words = Vocabulary(
        families=_FAMILIES, middles=_MIDDLES, given=_GIVEN, others=_OTHERS, rarely=0.22, communes=_COMMUNES,
        peoples=_PEOPLES, hospitals=_HOSPITALS, authorities=("Ủy ban nhân dân", "Ủy ban nhân dân", "UBND"),
        old_numbers=0.12, clerkly=0.25,
    )  # fmt: skip

    @override
    def address(self) -> str:
        number, road = self.number(1, 500), self.pick(_ROADS)
        where = self.pick((
            self.pick(_HAMLETS), self.pick(_HAMLETS), self.pick(_HAMLETS), f"Số {number} {road}",
            f"{number}/{number % 30 + 1}/{number % 7 + 2} {road}", f"số nhà {number}, đường {road}",
            f"Hẻm {number}, đường {road}, khu phố {number % 9 + 1}", f"SN {number % 99 + 1:02d}, tổ {number % 12 + 1}",
            f"Phòng {number % 18 + 3:02d}{number % 9 + 1:02d}, nhà N{number % 6 + 1}, khu tập thể {road}",
            f"Kiệt {number} {road}, tổ {number % 20 + 1}",
        ))  # fmt: skip
        return f"{where}, {self.commune()}"


_MOMENTS: Final = (
    "{h:02d} giờ {m:02d} phút, {said}", "{h} giờ {m:02d} phút ngày {day}", "{h:02d} giờ {m:02d}, {said}",
    "{h:02d}h{m:02d} ngày {day}",
)  # fmt: skip


def _native(p: AssortedPool) -> str:
    bare = by_names_alone(p.commune())
    return p.pick((p.commune(), p.commune(), p.commune() if bare[0].isdigit() else bare))


def _weight(p: AssortedPool) -> str:
    grams = p.number(46, 84) * 50
    return p.pick((f"{grams} gam", f"{grams} gr", f"{grams // 1000},{grams % 1000:03d} kg", f"{grams} g"))


_GRANTED: Final = "Nhà nước giao đất có thu tiền sử dụng đất"
_RECOGNISED: Final = "Công nhận QSDĐ như giao đất không thu tiền sử dụng đất"
_VARIED: Final[Varied[AssortedPool]] = {
    ("giay_khai_sinh", "so"): lambda p: p.pick((
        f"{p.number(1, 420)}/{p.number(2016, 2026)}", f"{p.number(1, 420):03d}",
    )),
    ("giay_khai_sinh", "que_quan"): _native,
    ("giay_chung_sinh", "so"): lambda p: p.pick((f"{p.number(1, 3000):04d}/GCS-2026", f"{p.number(1, 99_999):06d}")),
    ("giay_chung_sinh", "thoi_gian_sinh"): moments(_MOMENTS, 2025),
    ("giay_chung_sinh", "can_nang"): _weight,
    ("giay_chung_sinh", "tinh_trang_con"): listed(
        "Sống, khỏe", "Khóc ngay", "Hồng, phản xạ tốt", "Bình thường, không dị tật", "Suy hô hấp nhẹ", "Đủ tháng"
    ),
    ("giay_chung_sinh", "so_lan_sinh"): lambda p: p.pick((f"{p.number(1, 4)}", f"{p.number(1, 4):02d}")),
    ("giay_chung_sinh", "so_con"): listed("01", "1", "1", "02", "2"),
    ("giay_chung_nhan_ket_hon", "so"): lambda p: p.pick((
        f"{p.number(1, 180):02d}/{p.number(2016, 2026)}", f"{p.number(1, 180)}",
    )),
    ("trich_luc_khai_tu", "so"): lambda p: p.pick((
        f"{p.number(1, 300)}/TLKT-BS", f"{p.number(1, 300):02d}/{p.number(2018, 2026)}", f"{p.number(1, 300)}",
    )),
    ("trich_luc_khai_tu", "thoi_gian_chet"): moments(_MOMENTS, 2016),
    ("trich_luc_khai_tu", "nguyen_nhan"): listed(
        "Tuổi cao sức yếu", "Bệnh hiểm nghèo", "Xuất huyết não", "Ngừng tuần hoàn", "Đái tháo đường biến chứng",
        "Ung thư dạ dày di căn", "Tai nạn đường thủy", "Lũ quét", "Không rõ nguyên nhân",
    ),
    ("xac_nhan_cu_tru", "so"): lambda p: p.pick((
        f"{p.number(1, 1900)}/XN-CAP", f"{p.number(1, 1900):04d}/XNTTCT", f"{p.number(1, 1900)}/GXN",
    )),
    ("xac_nhan_cu_tru", "que_quan"): _native,
    ("xac_nhan_cu_tru", "noi_tam_tru"): lambda p: p.pick(("Không", "Không có", p.address(), p.address())),
    ("xac_nhan_cu_tru", "quan_he_chu_ho"): listed(
        "Vợ", "Chồng", "Con", "Bố đẻ", "Mẹ đẻ", "Cháu họ", "Em dâu", "Con riêng của vợ", "Người thuê nhà"
    ),
    ("xac_nhan_hon_nhan", "so"): lambda p: p.pick((
        f"{p.number(1, 600)}/XN-UBND", f"{p.number(1, 600):02d}/GXN-TTHN", f"{p.number(1, 600)}/{p.number(2024, 2026)}",
    )),
    ("xac_nhan_hon_nhan", "tinh_trang"): lambda p: p.pick((
        "Chưa kết hôn", "Chưa đăng ký kết hôn với ai",
        f"Chưa đăng ký kết hôn với ai kể từ ngày {p.date(2003, 2015)} đến nay",
        f"Đã ly hôn theo Bản án số {p.number(4, 120)}/{p.number(2015, 2025)}/HNGĐ-PT; chưa đăng ký kết hôn lại",
        f"Chồng chết ngày {p.date(2012, 2024)}, hiện tại chưa đăng ký kết hôn với ai",
    )),
    ("xac_nhan_hon_nhan", "muc_dich"): lambda p: p.pick((
        f"Đăng ký kết hôn với ông/bà {p.person()}", "Công chứng hợp đồng mua bán nhà đất", "Thế chấp vay vốn",
        "Đi lao động ở nước ngoài", "Nhận thừa kế", "Xin việc làm",
    )),
    ("quyet_dinh", "so"): lambda p: f"{p.number(1, 2600)}/{p.pick(('QĐ-UBND', 'QĐ-UBND', 'QĐ-CT', 'QĐ-VHXH'))}",
    ("quyet_dinh", "ngay_ban_hanh"): lambda p: p.date(2026, 2026),
    ("quyet_dinh", "ve_viec"): listed(
        "trợ cấp hằng tháng đối với người khuyết tật nặng", "cho phép cải chính hộ tịch", "công nhận gia đình văn hóa",
        "cấp lại thẻ bảo hiểm y tế cho người có công", "chuyển mục đích sử dụng đất", "thu hồi giấy phép xây dựng",
        "cử người giám hộ", "hỗ trợ học phí học kỳ I năm học 2026 - 2027",
    ),
    ("giay_chung_nhan_dat", "so_phat_hanh"): lambda p: p.pick((
        f"{p.pick(('BA', 'BX', 'CL', 'CT', 'DC', 'DM', 'DP'))} {p.number(100_000, 999_999)}",
        f"AA {p.number(1, 9_999_999):08d}", f"{p.pick(('Đ', 'T', 'Y'))} {p.number(100_000, 999_999)}",
    )),
    ("giay_chung_nhan_dat", "dien_tich"): lambda p: p.pick((
        f"{p.number(36, 990)},{p.number(0, 9)} m²", f"{p.number(40, 990)} m²",
        f"{p.number(1, 20)}.{p.number(0, 999):03d},{p.number(0, 9)} m²", f"{p.number(1000, 9900)} m²",
    )),
    ("giay_chung_nhan_dat", "hinh_thuc"): HELD,
    ("giay_chung_nhan_dat", "muc_dich"): listed(
        "Đất ở tại đô thị (ODT)", "Đất ở tại nông thôn (ONT)", "Đất ở", "Đất trồng lúa", "Đất trồng cây lâu năm",
        "Đất thương mại, dịch vụ", "Đất rừng phòng hộ", "Đất làm muối",
    ),
    ("giay_chung_nhan_dat", "thoi_han"): lambda p: p.pick((
        "Lâu dài", "Ổn định lâu dài", f"Đến ngày {p.date(2043, 2076)}",
        f"50 năm, đến {p.number(1, 12)}/{p.number(2043, 2076)}",
    )),
    ("giay_chung_nhan_dat", "nguon_goc"): listed(
        _GRANTED, _RECOGNISED, f"Nhận chuyển nhượng đất được {_GRANTED}", f"Được tặng cho đất được {_RECOGNISED}",
        "Nhà nước cho thuê đất trả tiền hằng năm", "Trúng đấu giá quyền sử dụng đất",
    ),
    ("giay_uy_quyen", "noi_dung"): listed(
        "Nhận tiền đền bù giải phóng mặt bằng", "Đến Bộ phận Một cửa nộp hồ sơ cấp đổi giấy phép lái xe",
        "Nộp và nhận hồ sơ hưởng trợ cấp thất nghiệp", "Xin trích lục khai tử của bố tôi và nhận kết quả",
        "Thay mặt tôi ký các giấy tờ về tách thửa, nộp thuế và nhận Giấy chứng nhận quyền sử dụng đất",
    ),
    ("giay_uy_quyen", "thoi_han"): lambda p: p.pick((
        f"{p.number(2, 12):02d} tháng", f"Kể từ ngày ký đến ngày {p.date(2027, 2029)}", "Đến khi có kết quả",
        f"{p.number(15, 90)} ngày kể từ ngày lập giấy này",
    )),
    ("can_cuoc", "que_quan"): _native,
    ("can_cuoc", "co_gia_tri_den"): lambda p: p.pick((p.date(2027, 2048), p.date(2027, 2048), "Không thời hạn")),
}  # fmt: skip
"""What the first pool says in few words, said in more, as kinds and names."""


def paper(kind: str, seed: int) -> Content:
    """One paper of a kind, or a list, issued by a commune that it speaks of. Raises KeyError for no kind."""
    return issued_where_told(varied(kind, seed, AssortedPool, _VARIED, "DANH SÁCH"), AssortedPool.words)
