"""Values for half `h`: other names and places once more, and papers that agree with themselves.

Who is a man is not called Thị, and a personal number tells the sex and the year that stand beside it.
"""

from typing import Final, override

from infra.papers.contents import Content
from infra.papers.vocabulary import (
    HELD,
    NATIVE,
    OrderlyPool,
    Varied,
    Vocabulary,
    agreeing,
    counted,
    listed,
    moments,
    weighed,
)

_FAMILIES: Final = (
    *("Nguyễn",) * 9, *("Trần",) * 3, *("Lê",) * 3, *("Phạm",) * 2, "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Đỗ",
    "Hồ", "Lý", "Đoàn", "Bồ", "Bùi Hữu", "Ca", "Cam", "Chử", "Cống", "Điêu", "Đào Duy", "Đới", "Giản", "Hoa", "Hề",
    "Kha", "Khâu", "Khương", "Kiên", "La Văn", "Lai", "Lầm", "Lô", "Lù", "Mộc", "Nghị", "Ngô Đức", "Nguyễn Cửu", "Nhâm",
    "Ninh", "Phù", "Quang", "Sơn", "Tào", "Thạch", "Thành", "Tiết", "Tôn", "Trà", "Triều", "Tri", "Vạn", "Viêm",
    "Xuân", "Đặng Trần", "Phạm Hoàng",
)  # fmt: skip
_MIDDLES: Final = (
    *("",) * 3, *("Thị",) * 4, *("Văn",) * 3, "Thị Kim", "Thị Thùy", "Thị Xuân", "Thị Yến", "Anh", "Bội", "Chấn",
    "Chính", "Diễm", "Duyên", "Đại", "Đan", "Đông", "Giáng", "Hồ", "Huyền", "Kế", "Khôi", "Lâm", "Linh", "Mai", "Mỹ",
    "Nhị", "Oanh", "Phùng", "Quế", "Sơn", "Tâm", "Thạc", "Thiện", "Tô", "Trà", "Trang", "Tuyết", "Vân", "Yên",
    "Trần Gia", "Lê Hoài", "Thị Diễm", "Nguyễn Hà",
)  # fmt: skip
_GIVEN: Final = (
    "Ảnh", "Băng", "Bé", "Bộ", "Bường", "Cảnh", "Chất", "Chín", "Chữ", "Cưng", "Dã", "Diện", "Dịu", "Dưỡng", "Đáng",
    "Đạo", "Đô", "Đồng", "Đượm", "Êm", "Gương", "Hai", "Hạp", "Hề", "Hiệu", "Hoành", "Hội", "Hựu", "Hữu", "Ích",
    "Khả", "Khen", "Khởi", "Kiều", "Lạc", "Lạng", "Lẹ", "Liệu", "Lo", "Lương", "Lựu", "Mận", "Mẹo", "Minh", "Mười",
    "Na", "Ngà", "Ngọ", "Ngô", "Ngữ", "Nguyễn", "Nhân", "Nhớ", "Nhựt", "Oánh", "Phi", "Phước", "Qua", "Quắn", "Quờn",
    "Rành", "Rớt", "Siêng", "Sự", "Sửu", "Tạo", "Tặng", "Tân", "Tể", "Thà", "Thanh", "Thân", "Thìn", "Thơm", "Thủ",
    "Thừa", "Tiền", "Tiếu", "Tố", "Trạch", "Trí", "Tuất", "Tuyển", "Từ", "Ướt", "Vàng", "Viên", "Vóc", "Vững", "Xí",
    "Yểm", "An Khê", "Bình An", "Diễm My", "Đăng Khoa", "Hồng Ân", "Khả Hân", "Lan Chi", "Mộc Miên", "Nhật Vy",
    "Quốc Bảo", "Thiên Ân", "Trúc Lam", "Uyển Nhi",
)  # fmt: skip
_OTHERS: Final = (
    "Giàng A Sử", "Cháng A Tủa", "Sùng Thị Mỷ", "Hầu Mí Chá", "Thền Thị Sửu", "Vừ Bá Rê", "Xồng Bá Lẩu", "Ly Gừ Xá",
    "Phùng Hừ Nu", "Sừng Phì Chù", "Lý Cà Lò", "Vàng Go Mé", "Kha Thị Ụn", "Vi Văn Ẹt", "Lô Thị Xủm", "Hà Thị Ỷ",
    "Bàn Mùi Khe", "Đặng Tòn Nhậy", "Phàn Dào Mản", "Tằng Dảu Coóng", "Tsân Nhì Múi", "H'Rưi Êban", "Y Siu Byă",
    "H Lơi Knul", "Y Djuang Niê Brít", "Ksor Y Plơng", "Nay H'Nhút", "Rmah H'Dơn", "Kpă H'Bới", "Hyưp", "A Biu",
    "Y Blửi", "Y Ê Li Sa", "Đinh Thị Hrớch", "Hồ Thị Tróc", "Blúp Thị Nghĩa", "Cơlâu Bhlao", "Riah Thị Đớ",
    "Tơ Ngôl Vạn", "Bling Thị Hợp", "Kadá Thị Ngoai", "Tro Thị Lái", "Mang Thị Rin", "Rơ Ông K'Long", "Bon Tô Sa Nga",
    "Liêng Hót K'Thủy", "Jơ Nơng Sang Ben", "Điểu B'Rang", "Thị Ghêm", "Lý Sà Rây", "Kim Thị Ul", "Thạch Sóc Hoanh",
    "Chau Sây La", "Neáng Rách Tha", "Danh Hoàng Ô", "Não Thị Xiếu", "Lưu Sinh Tầm", "Sáliah", "Châu Thị Rokiah",
    "Hỷ A Mằn", "Phan Thị Mỹ Ý", "Hồ Ê", "Lê Ý Nhi", "Bửu Ngộ", "Huyền Tôn Nữ Ái Mỹ", "Tôn Thất Ưng An",
    "Trần Đoàn Nguyễn Phúc Nguyên", "Nguyễn Lê Ngọc Thảo Vy", "Phạm Đỗ Trâm Anh Thy", "Lâm Vũ Hải Yến Phương Nghi",
)  # fmt: skip
_COMMUNES: Final = (
    "phường Cầu Giấy, thành phố Hà Nội", "phường Kim Liên, TP. Hà Nội", "xã Thạch Thất, thành phố Hà Nội",
    "phường Văn Miếu - Quốc Tử Giám, thành phố Hà Nội", "xã Bát Tràng, TP Hà Nội", "xã Mỹ Đức, thành phố Hà Nội",
    "phường Tân Định, Thành phố Hồ Chí Minh", "phường Thủ Đức, Thành phố Hồ Chí Minh",
    "phường Bàn Cờ, TP. Hồ Chí Minh", "phường Bà Rịa, Thành phố Hồ Chí Minh", "xã Nhà Bè, TP.HCM",
    "xã Phú Giáo, Thành phố Hồ Chí Minh", "phường Bình Dương, TP. Hồ Chí Minh", "xã Đất Đỏ, Thành phố Hồ Chí Minh",
    "phường Kiến An, thành phố Hải Phòng", "phường Thủy Nguyên, TP. Hải Phòng", "xã Thanh Miện, thành phố Hải Phòng",
    "xã Ninh Giang, thành phố Hải Phòng", "phường Sơn Trà, thành phố Đà Nẵng", "phường Điện Bàn, TP Đà Nẵng",
    "xã Nông Sơn, thành phố Đà Nẵng", "xã Đại Lộc, thành phố Đà Nẵng", "phường Kim Long, thành phố Huế",
    "xã Quảng Điền, TP. Huế", "xã Bình Điền, thành phố Huế", "phường Ô Môn, thành phố Cần Thơ",
    "phường Vị Thanh, thành phố Cần Thơ", "xã Cù Lao Dung, TP. Cần Thơ", "phường Võ Cường, tỉnh Bắc Ninh",
    "xã Hiệp Hòa, tỉnh Bắc Ninh", "phường Trần Lãm, tỉnh Hưng Yên", "xã Quỳnh Phụ, tỉnh Hưng Yên",
    "xã Ân Thi, tỉnh Hưng Yên", "phường Tam Điệp, tỉnh Ninh Bình", "xã Phát Diệm, tỉnh Ninh Bình",
    "xã Ý Yên, tỉnh Ninh Bình", "phường Nông Trang, tỉnh Phú Thọ", "xã Đoan Hùng, tỉnh Phú Thọ",
    "xã Đà Bắc, tỉnh Phú Thọ", "phường Phổ Yên, tỉnh Thái Nguyên", "xã Định Hóa, tỉnh Thái Nguyên",
    "phường Cam Đường, tỉnh Lào Cai", "xã Mù Cang Chải, tỉnh Lào Cai", "xã Y Tý, tỉnh Lào Cai",
    "xã Than Uyên, tỉnh Lai Châu", "xã Dào San, tỉnh Lai Châu", "phường Điện Biên Phủ, tỉnh Điện Biên",
    "xã Mường Ảng, tỉnh Điện Biên", "phường Thảo Nguyên, tỉnh Sơn La", "xã Thuận Châu, tỉnh Sơn La",
    "xã Bắc Yên, tỉnh Sơn La", "phường Tân Giang, tỉnh Cao Bằng", "xã Quảng Uyên, tỉnh Cao Bằng",
    "phường Lương Văn Tri, tỉnh Lạng Sơn", "xã Đồng Đăng, tỉnh Lạng Sơn", "phường Minh Xuân, tỉnh Tuyên Quang",
    "xã Quản Bạ, tỉnh Tuyên Quang", "xã Lũng Cú, tỉnh Tuyên Quang", "phường Cẩm Phả, tỉnh Quảng Ninh",
    "xã Bình Liêu, tỉnh Quảng Ninh", "phường Hàm Rồng, tỉnh Thanh Hóa", "xã Cẩm Thủy, tỉnh Thanh Hóa",
    "xã Thọ Xuân, tỉnh Thanh Hóa", "phường Thái Hòa, tỉnh Nghệ An", "xã Quỳ Châu, tỉnh Nghệ An",
    "phường Vũng Áng, tỉnh Hà Tĩnh", "xã Đức Thọ, tỉnh Hà Tĩnh", "phường Nam Đông Hà, tỉnh Quảng Trị",
    "xã Dân Hóa, tỉnh Quảng Trị", "xã Vĩnh Linh, tỉnh Quảng Trị", "phường Sa Huỳnh, tỉnh Quảng Ngãi",
    "xã Ba Tơ, tỉnh Quảng Ngãi", "xã Bờ Y, tỉnh Quảng Ngãi", "phường Bồng Sơn, tỉnh Gia Lai",
    "xã Đak Đoa, tỉnh Gia Lai", "xã Kbang, tỉnh Gia Lai", "phường Ea Kao, tỉnh Đắk Lắk", "xã Ea Kar, tỉnh Đắk Lắk",
    "phường Sông Cầu, tỉnh Đắk Lắk", "phường Ninh Hòa, tỉnh Khánh Hòa", "xã Khánh Vĩnh, tỉnh Khánh Hòa",
    "phường B'Lao, tỉnh Lâm Đồng", "xã Đức Trọng, tỉnh Lâm Đồng", "xã Cư Jút, tỉnh Lâm Đồng",
    "phường Biên Hòa, tỉnh Đồng Nai", "xã Đak Ơ, tỉnh Đồng Nai", "xã Lộc Ninh, tỉnh Đồng Nai",
    "phường Gò Dầu, tỉnh Tây Ninh", "xã Mộc Hóa, tỉnh Tây Ninh", "phường Gò Công, tỉnh Đồng Tháp",
    "xã Tràm Chim, tỉnh Đồng Tháp", "phường Bến Tre, tỉnh Vĩnh Long", "xã Tiểu Cần, tỉnh Vĩnh Long",
    "xã Chợ Lách, tỉnh Vĩnh Long", "phường Hà Tiên, tỉnh An Giang", "xã Thoại Sơn, tỉnh An Giang",
    "đặc khu Thổ Châu, tỉnh An Giang", "phường Lý Văn Lâm, tỉnh Cà Mau", "xã Đầm Dơi, tỉnh Cà Mau",
    "xã Hưng Khánh Trung B, huyện Chợ Lách, tỉnh Bến Tre", "thị trấn Tiên Yên, huyện Tiên Yên, tỉnh Quảng Ninh",
    "phường Trường Thi, thành phố Vinh, tỉnh Nghệ An", "xã Ia Piar, huyện Phú Thiện, tỉnh Gia Lai",
    "phường Rạch Dừa, TP. Vũng Tàu, tỉnh Bà Rịa - Vũng Tàu", "xã Nà Phặc, huyện Ngân Sơn, tỉnh Bắc Kạn",
)  # fmt: skip
_ROADS: Final = ("Lê Duẩn", "Nguyễn Đình Chiểu", "Phan Đình Giót", "Hùng Vương", "Đoàn Thị Điểm", "Tô Hiến Thành",
                 "19 Tháng 5", "Nơ Trang Long", "Cao Thắng", "Nguyễn Bỉnh Khiêm", "Đề Thám", "An Dương Vương",
                 "Thoại Ngọc Hầu")  # fmt: skip
_HAMLETS: Final = (
    "Thôn Thượng Phúc", "thôn Nội", "Xóm Chùa", "xóm 7B", "Khu dân cư số 5", "bản Tà Xùa", "Bản Nong", "ấp Bình Hòa 1",
    "Ấp Rạch Giữa", "Khóm 4", "làng Đê Ktu", "Buôn Kmrơng Prong A", "bon Bu Sir", "TDP Quyết Thắng", "Tổ dân phố 17",
    "khối 9", "Xóm Trại, thôn Vân Đình", "Đội 7, thôn Kim Tân", "Tổ 11, khu 2B", "Thôn Sín Chải", "Phum Sóc Tre",
    "Cụm 3, thôn Hạ Lôi",
)  # fmt: skip
_PEOPLES: Final = (*("Kinh",) * 9, "Tày", "Nùng", "Thái", "Mường", "Mông", "Dao", "Khmer", "Hoa", "Ê Đê", "Gia Rai",
                   "Cơ Ho", "Hrê", "Giáy", "Khơ Mú", "Sán Chỉ", "La Ha", "Mảng", "Rơ Măm", "Chứt", "Ra Glai", "Lào",
                   "Phù Lá", "Bru - Vân Kiều", "Cơ Lao", "Co")  # fmt: skip
_HOSPITALS: Final = (
    "Bệnh viện Phụ sản Hải Phòng", "Bệnh viện Đa khoa Đống Đa", "Bệnh viện Sản - Nhi Vĩnh Phúc",
    "Bệnh viện Quân y 103", "Bệnh viện Đa khoa vùng Tây Nguyên", "Bệnh viện Phụ nữ Đà Nẵng",
    "Trung tâm Y tế khu vực Ba Tơ",
    "Bệnh viện Đa khoa Hồng Ngọc", "Bệnh viện Quốc tế Hạnh Phúc", "Trạm Y tế xã Lũng Cú",
    "Bệnh viện Đa khoa tỉnh Lai Châu",
    "Trung tâm Y tế Cẩm Phả", "Bệnh viện Sản - Nhi tỉnh Quảng Ninh", "Nhà hộ sinh Thanh Xuân", "BVĐK khu vực Định Quán",
)  # fmt: skip


class MixedPool(OrderlyPool):
    """Names of one to six words; the dates of one paper are all written in one way."""

    words = Vocabulary(
        families=_FAMILIES, middles=_MIDDLES, given=_GIVEN, others=_OTHERS, rarely=0.2, communes=_COMMUNES,
        peoples=_PEOPLES, hospitals=_HOSPITALS, authorities=("Ủy ban nhân dân", "UBND", "Ủy ban nhân dân"),
        old_numbers=0.1, clerkly=0.3,
    )  # fmt: skip

    @override
    def address(self) -> str:
        number, road = self.number(1, 600), self.pick(_ROADS)
        where = self.pick((
            self.pick(_HAMLETS), self.pick(_HAMLETS), self.pick(_HAMLETS), f"Số {number} phố {road}",
            f"{number} {road}, tổ {number % 25 + 1}", f"{number}/{number % 40 + 3} đường {road}",
            f"Số {number % 80 + 2}, ngõ {number % 50 + 12} {road}", f"Nhà số {number % 30 + 1}, khu tập thể {road}",
            f"Căn {number % 20 + 5:02d}{number % 8 + 1:02d}, chung cư {number % 9 + 1}A {road}",
            f"K{number}/{number % 12 + 2} {road}", f"Lô {number % 60 + 1}, đường số {number % 14 + 1}, KDC {road}",
        ))  # fmt: skip
        return f"{where}, {self.commune()}"


_MOMENTS: Final = (
    "{h:02d} giờ {m:02d} phút, {said}", "{h} giờ {m:02d} phút, ngày {day}", "{h:02d} giờ {m:02d} phút {said}",
    "{h:02d}:{m:02d}, ngày {day}",
)  # fmt: skip


_GRANTED: Final = "Nhà nước giao đất có thu tiền sử dụng đất"
_RECOGNISED: Final = "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"
_VARIED: Final[Varied[MixedPool]] = {
    **NATIVE,
    ("giay_khai_sinh", "so"): counted("{n}/{y}", "{n:02d}", "{n}/TLKS-BS", upto=450),
    ("giay_chung_sinh", "so"): counted("{n:05d}", "{n}/GCS", "{n:04d}.26", upto=6000),
    ("giay_chung_sinh", "thoi_gian_sinh"): moments(_MOMENTS, 2025, 2026),
    ("giay_chung_sinh", "can_nang"): weighed(42, 86, "{g} gam", "{g} gram", "{tenths} kg", "{g}gr"),
    ("giay_chung_sinh", "tinh_trang_con"): listed(
        "Khỏe mạnh, khóc to", "Bình thường", "Tốt", "Non tháng (34 tuần)", "Hồng hào", "Vàng da nhẹ", "Sống",
    ),
    ("giay_chung_sinh", "so_lan_sinh"): listed("1", "2", "01", "02", "03", "3"),
    ("giay_chung_sinh", "so_con"): listed("1", "1", "01", "01", "2"),
    ("giay_chung_nhan_ket_hon", "so"): counted("{n}/{y}", "{n:02d}/{y}", "{n}", upto=220),
    ("trich_luc_khai_tu", "so"): counted("{n}/TLKT-BS", "{n:02d}/{y}", "{n:03d}", upto=320),
    ("trich_luc_khai_tu", "thoi_gian_chet"): moments(_MOMENTS, 2018, 2024),
    ("trich_luc_khai_tu", "nguyen_nhan"): listed(
        "Già yếu", "Bệnh tuổi già", "Suy tim độ IV", "Ung thư vòm họng", "Nhồi máu não", "Suy đa tạng",
        "Nhiễm khuẩn huyết", "Tai nạn giao thông đường bộ", "Điện giật", "Bệnh", "Chấn thương sọ não",
    ),
    ("xac_nhan_cu_tru", "so"): counted("{n}/XNCT-CAX", "{n}/XN", "{n:04d}/CT07-CA", upto=2400),
    ("xac_nhan_cu_tru", "noi_tam_tru"): lambda p: p.pick(("Không", "Không", p.address(), p.address())),
    ("xac_nhan_cu_tru", "quan_he_chu_ho"): listed(
        "Con đẻ", "Con riêng", "Cháu ruột", "Cháu nội", "Cháu ngoại", "Em ruột", "Em họ", "Người được giám hộ",
        "Cùng thuê nhà", "Ở nhờ",
    ),
    ("xac_nhan_hon_nhan", "so"): counted("{n}/XNHN", "{n:02d}/UBND-XNTTHN", "{n}/{y}/XN-TTHN", upto=640),
    ("xac_nhan_hon_nhan", "tinh_trang"): lambda p: p.pick((
        "Chưa đăng ký kết hôn với ai", "Hiện tại chưa đăng ký kết hôn với ai",
        f"Từ ngày {p.date(2006, 2014)} đến ngày {p.date(2020, 2025)} chưa đăng ký kết hôn với ai",
        f"Đã ly hôn theo Quyết định số {p.number(6, 200)}/{p.number(2016, 2025)}/QĐST-HNGĐ, chưa kết hôn với ai khác",
        f"Vợ đã chết (Trích lục khai tử số {p.number(2, 90)}/{p.number(2018, 2025)}), hiện chưa kết hôn với ai",
    )),
    ("xac_nhan_hon_nhan", "muc_dich"): lambda p: p.pick((
        f"Đăng ký kết hôn với bà {p.person()}", "Làm thủ tục chuyển nhượng nhà, đất", "Mua nhà ở xã hội",
        "Hoàn thiện hồ sơ vay vốn tại ngân hàng", "Bổ túc hồ sơ xin thị thực", "Nhận nuôi con nuôi trong nước",
    )),
    ("quyet_dinh", "so"): counted("{n}/QĐ-UBND", "{n}/QĐ-UBND", "{n:02d}/QĐ-UBND", "{n}/QĐ-KT", upto=2800),
    ("quyet_dinh", "ngay_ban_hanh"): lambda p: p.date(2025, 2026),
    ("quyet_dinh", "ve_viec"): listed(
        "hỗ trợ hộ nghèo xây dựng nhà ở", "trợ cấp xã hội hằng tháng và cấp thẻ bảo hiểm y tế", "thay đổi hộ tịch",
        "cho phép chuyển mục đích sử dụng đất", "giải quyết khiếu nại lần đầu", "cấp phép xây dựng nhà ở riêng lẻ",
        "miễn tiền thuê đất", "chi trả chế độ thờ cúng liệt sĩ", "xóa đăng ký tạm trú",
    ),
    ("giay_chung_nhan_dat", "so_phat_hanh"): lambda p: p.pick((
        f"{p.pick(('AĐ', 'BE', 'BS', 'CA', 'CI', 'DD', 'DN', 'DL'))} {p.number(100_000, 999_999)}",
        f"AA {p.number(1, 9_999_999):08d}", f"{p.pick(('K', 'M', 'S'))} {p.number(100_000, 999_999)}",
    )),
    ("giay_chung_nhan_dat", "thua_dat"): lambda p: p.pick((f"{p.number(1, 2400)}", f"{p.number(1, 95):02d}")),
    ("giay_chung_nhan_dat", "dien_tich"): lambda p: p.pick((
        f"{p.number(32, 990)},{p.number(1, 9)} m²", f"{p.number(45, 990)} m²",
        f"{p.number(1, 16)}.{p.number(0, 999):03d} m²", f"{p.number(1, 9)}.{p.number(0, 999):03d},{p.number(0, 9)} m²",
    )),
    ("giay_chung_nhan_dat", "hinh_thuc"): HELD,
    ("giay_chung_nhan_dat", "muc_dich"): listed(
        "Đất ở tại nông thôn", "Đất ở tại đô thị", "Đất ở", "Đất trồng cây hằng năm khác", "Đất trồng cây lâu năm",
        "Đất chuyên trồng lúa", "Đất rừng sản xuất", "Đất nông nghiệp khác",
    ),
    ("giay_chung_nhan_dat", "thoi_han"): lambda p: p.pick((
        "Lâu dài", "Lâu dài", f"Đến ngày {p.date(2043, 2074)}", f"50 năm kể từ ngày {p.date(2014, 2025)}",
    )),
    ("giay_chung_nhan_dat", "nguon_goc"): listed(
        _GRANTED, _RECOGNISED, f"Nhận thừa kế đất được {_RECOGNISED}", f"Nhận chuyển nhượng đất được {_GRANTED}",
        "Nhà nước giao đất không thu tiền sử dụng đất", "Nhà nước cho thuê đất trả tiền một lần",
    ),
    ("giay_uy_quyen", "noi_dung"): listed(
        "Nộp hồ sơ và nhận kết quả đăng ký lại khai sinh", "Đóng thuế đất phi nông nghiệp năm 2026 thay tôi",
        "Nhận chế độ trợ cấp người cao tuổi hằng tháng tại bưu điện", "Làm thủ tục đổi biển số xe mô tô",
        "Nộp hồ sơ tách thửa, ký biên bản đo đạc và nhận kết quả tại Trung tâm Phục vụ hành chính công",
    ),
    ("giay_uy_quyen", "thoi_han"): lambda p: p.pick((
        f"{p.number(1, 12):02d} tháng kể từ ngày ký", f"Từ ngày ký đến ngày {p.date(2027, 2028)}",
        "Cho đến khi xong công việc", f"{p.number(1, 3):02d} năm, kể từ ngày được chứng thực",
    )),
    ("can_cuoc", "co_gia_tri_den"): lambda p: p.pick((p.date(2027, 2049), p.date(2027, 2049), "Không thời hạn")),
}  # fmt: skip
"""What the first pool says in few words, said in more, as kinds and names."""


def paper(kind: str, seed: int) -> Content:
    """One paper of a kind, or a list, issued by a commune that it speaks of. Raises KeyError for no kind."""
    return agreeing(kind, seed, MixedPool, _VARIED)
