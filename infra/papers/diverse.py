"""Values for half `i`: names and places that no earlier half has, other ways to write numbers, dates and weights."""

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
    *("Nguyễn",) * 9, *("Trần",) * 3, *("Lê",) * 3, *("Phạm",) * 2, "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Ngô",
    "Dương", "Âu", "Bá", "Bế", "Biện", "Cái", "Cù", "Doãn", "Diệp", "Đàm", "Đậu", "Đồng", "Giang", "Hà", "Hàn", "Hứa",
    "Kiều", "Khổng", "Khúc", "Lều", "Liễu", "Lư", "Lưu", "Mã", "Mai", "Mạch", "Ma", "Ngụy", "Nông", "Ong", "Phó",
    "Phí", "Quản", "Quách", "Sầm", "Tăng", "Thái", "Thân", "Thi", "Tô", "Tống", "Trang", "Trương", "Từ", "Ưng", "Văn",
    "Vương", "Yên", "Nguyễn Đăng", "Lê Bá", "Phan Huy", "Vũ Đình", "Hồ Sỹ",
)  # fmt: skip
_MIDDLES: Final = (
    *("",) * 2, *("Thị",) * 4, *("Văn",) * 3, "Thị Bích", "Thị Hồng", "Thị Mỹ", "Thị Như", "Thị Phương", "Ánh", "Bá",
    "Cao", "Chí", "Công", "Đăng", "Đình", "Duy", "Hải", "Hồng", "Huy", "Hương", "Khắc", "Lan", "Mạnh", "Nam", "Nhã",
    "Như", "Quang", "Quý", "Sỹ", "Tấn", "Thế", "Thiên", "Thu", "Tiến", "Trung", "Tú", "Tường", "Vĩnh", "Vũ", "Xuân",
    "Huỳnh Bảo", "Trương Quang", "Thị Lệ", "Đoàn Khánh",
)  # fmt: skip
_GIVEN: Final = (
    "Ân", "Bách", "Bích", "Bổng", "Cải", "Cầm", "Chi", "Chung", "Chiểu", "Cúc", "Cường", "Dần", "Diễm", "Dung", "Dự",
    "Đăng", "Đào", "Điềm", "Đoan", "Đức", "Gấm", "Hạnh", "Hảo", "Hiền", "Hoài", "Hồng", "Huệ", "Huỳnh", "Hường",
    "Khôi", "Khương", "Kim", "Lài", "Lành", "Linh", "Loan", "Lộc", "Luyến", "Lương", "Mây", "Miên", "My", "Nga",
    "Ngân", "Nghiêm", "Ngoan", "Nguyện", "Nhàn", "Nhị", "Như", "Nữ", "Phái", "Phong", "Phúc", "Quân", "Quang", "Quế",
    "Quý", "Quyết", "Rạng", "Sâm", "Sen", "Sơn", "Sương", "Tâm", "Thạch", "Thành", "Thiện", "Thọ", "Thu", "Thuấn",
    "Thục", "Thương", "Tín", "Toàn", "Trâm", "Triển", "Trúc", "Tuệ", "Tùng", "Uyên", "Vân", "Việt", "Vinh", "Vỹ",
    "Xoan", "Xuyên", "Ý", "Yên", "Ánh Nguyệt", "Bảo Ngân", "Gia Hân", "Hoàng Long", "Hữu Phước", "Kim Ngân",
    "Minh Khuê", "Nhã Phương", "Phương Linh", "Quỳnh Như", "Thanh Trúc", "Tường Vi", "Việt Hoàng",
)  # fmt: skip
_OTHERS: Final = (
    "Giàng Seo Phử", "Thào A Dế", "Mùa Thị Mái", "Hạng A Chư", "Ma Seo Dìn", "Tráng A Chu", "Cứ Thị Xuya", "Chá A Của",
    "Lò Văn Ún", "Cà Thị Ọm", "Tòng Văn Inh", "Lù Thị Yến", "Đèo Văn Ẩm", "Bạc Cầm Khoán", "Vi Thị Ngoắn",
    "Triệu Mùi Nái", "Chảo Láo Tả", "Phùn Thị Sính", "Dường Chống Hin", "Lầu Bá Xìa", "H'Bia Ayun", "Y Khoa Niê Kđăm",
    "H' Lim Mlô", "Y Quốc Bđap", "Rơ Châm Ngơi", "Rơ Ô H'Nem", "Ksor H'Nham", "Siu Ăm", "Hơ Moong Thị Kưi",
    "A Lăng Mai", "Y Byôm", "A Plưn", "Zơ Râm Nhiếc", "Bnướch Ên", "Hôih Nhâm", "Phạm Thị Ré", "Đinh Văn Đớt",
    "Chamaléa Điệp", "Pinăng Thị Hích", "Ka Să K'Rim", "Cil Múp Ha Nhang", "Lơ Mu Sa Rin", "Ma Bế", "Điểu Krứ",
    "Thị Nhưi",
    "Thạch Thị Sà Khone", "Kiên Sóc Kha", "Trà Sa Ry", "Néang Chanh Tha", "Chau Cắt", "Danh Út", "Thị Đan",
    "Bá Văn Tý", "Kiều Thị Maily", "Châu Ro Hi Mah", "Voòng Chắn Phu", "Chống Sì Múi", "Vòng Nhịt Kíu", "Vi A Ửng",
    "Tôn Nữ Thị Ninh", "Bửu Tôn", "Nguyễn Phúc Bảo Ái", "Lê Trương Hải Hiếu Nghĩa", "Vũ Ngô Hà My", "Trịnh Ý", "Đỗ Én",
    "Trần Ngọc Lan Khuê Anh", "Phạm Lê Hoàng Thảo Nguyên Vy",
)  # fmt: skip
_COMMUNES: Final = (
    "phường Giảng Võ, TP. Hà Nội", "phường Vĩnh Tuy, thành phố Hà Nội", "phường Sơn Tây, thành phố Hà Nội",
    "xã Gia Lâm, thành phố Hà Nội", "xã Thường Tín, TP Hà Nội", "xã Hoài Đức, thành phố Hà Nội",
    "phường Xóm Chiếu, Thành phố Hồ Chí Minh", "phường Hạnh Thông, TP. Hồ Chí Minh",
    "phường Lái Thiêu, Thành phố Hồ Chí Minh", "xã Bàu Bàng, Thành phố Hồ Chí Minh", "xã Xuyên Mộc, TP.HCM",
    "phường Đồ Sơn, TP. Hải Phòng", "phường Kinh Môn, thành phố Hải Phòng", "xã Cẩm Giàng, TP. Hải Phòng",
    "phường Liên Chiểu, thành phố Đà Nẵng", "xã Hòa Vang, TP. Đà Nẵng", "xã A Lưới 1, thành phố Huế",
    "phường Bình Thủy, thành phố Cần Thơ", "phường Ngã Bảy, TP. Cần Thơ", "phường Thuận Thành, tỉnh Bắc Ninh",
    "xã Văn Giang, tỉnh Hưng Yên", "phường Duy Tiên, tỉnh Ninh Bình", "phường Phúc Yên, tỉnh Phú Thọ",
    "xã Đại Từ, tỉnh Thái Nguyên", "xã Mậu A, tỉnh Lào Cai", "xã Tuần Giáo, tỉnh Điện Biên",
    "phường Mộc Châu, tỉnh Sơn La", "xã Sông Mã, tỉnh Sơn La", "xã Bắc Sơn, tỉnh Lạng Sơn",
    "phường Hà Giang 1, tỉnh Tuyên Quang", "xã Chiêm Hóa, tỉnh Tuyên Quang", "xã Quan Sơn, tỉnh Thanh Hóa",
    "xã Ngọc Lặc, tỉnh Thanh Hóa", "xã Nam Đàn, tỉnh Nghệ An", "xã Hương Sơn, tỉnh Hà Tĩnh",
    "xã Phong Nha, tỉnh Quảng Trị", "xã Sa Thầy, tỉnh Quảng Ngãi", "xã Phù Cát, tỉnh Gia Lai",
    "xã Buôn Đôn, tỉnh Đắk Lắk", "xã Krông Ana, tỉnh Đắk Lắk", "xã Cam Lâm, tỉnh Khánh Hòa",
    "xã Di Linh, tỉnh Lâm Đồng", "xã Trảng Bom, tỉnh Đồng Nai", "xã Bến Lức, tỉnh Tây Ninh",
    "xã Tháp Mười, tỉnh Đồng Tháp", "xã Vũng Liêm, tỉnh Vĩnh Long", "xã Hòn Đất, tỉnh An Giang",
    "xã Cái Nước, tỉnh Cà Mau", "phường Ngọc Hà, thành phố Hà Nội", "phường Long Biên, thành phố Hà Nội",
    "xã Quốc Oai, thành phố Hà Nội", "xã Phú Xuyên, thành phố Hà Nội", "xã Mê Linh, thành phố Hà Nội",
    "phường Nhiêu Lộc, Thành phố Hồ Chí Minh", "phường Bình Quới, Thành phố Hồ Chí Minh",
    "xã Hóc Môn, Thành phố Hồ Chí Minh", "xã Châu Đức, Thành phố Hồ Chí Minh", "phường Hải An, thành phố Hải Phòng",
    "xã Tứ Kỳ, thành phố Hải Phòng", "phường Cẩm Lệ, thành phố Đà Nẵng", "xã Tiên Phước, thành phố Đà Nẵng",
    "xã Nam Giang, thành phố Đà Nẵng", "phường Hương Trà, thành phố Huế", "xã Nam Đông, thành phố Huế",
    "phường Thốt Nốt, thành phố Cần Thơ", "xã Mỹ Tú, thành phố Cần Thơ", "xã Gia Bình, tỉnh Bắc Ninh",
    "phường Quế Võ, tỉnh Bắc Ninh", "xã Tân Yên, tỉnh Bắc Ninh", "phường Thái Bình, tỉnh Hưng Yên",
    "xã Thái Thụy, tỉnh Hưng Yên", "xã Vũ Thư, tỉnh Hưng Yên", "phường Nam Định, tỉnh Ninh Bình",
    "xã Nho Quan, tỉnh Ninh Bình", "xã Vụ Bản, tỉnh Ninh Bình", "xã Cẩm Khê, tỉnh Phú Thọ",
    "xã Kim Bôi, tỉnh Phú Thọ", "xã Vĩnh Tường, tỉnh Phú Thọ", "xã Võ Nhai, tỉnh Thái Nguyên",
    "xã Phú Bình, tỉnh Thái Nguyên", "xã Lục Yên, tỉnh Lào Cai", "xã Văn Bàn, tỉnh Lào Cai",
    "xã Bum Tở, tỉnh Lai Châu", "xã Tân Uyên, tỉnh Lai Châu", "xã Mường Chà, tỉnh Điện Biên",
    "xã Thanh Nưa, tỉnh Điện Biên", "xã Mường La, tỉnh Sơn La", "xã Nguyên Bình, tỉnh Cao Bằng",
    "xã Hà Quảng, tỉnh Cao Bằng", "xã Lộc Bình, tỉnh Lạng Sơn", "xã Bình Gia, tỉnh Lạng Sơn",
    "xã Na Hang, tỉnh Tuyên Quang", "xã Vị Xuyên, tỉnh Tuyên Quang", "phường Hồng Gai, tỉnh Quảng Ninh",
    "xã Đầm Hà, tỉnh Quảng Ninh", "phường Nghi Sơn, tỉnh Thanh Hóa", "xã Quan Hóa, tỉnh Thanh Hóa",
    "phường Hoàng Mai, tỉnh Nghệ An", "xã Quỳ Hợp, tỉnh Nghệ An", "xã Can Lộc, tỉnh Hà Tĩnh",
    "xã Nghi Xuân, tỉnh Hà Tĩnh", "xã Gio Linh, tỉnh Quảng Trị", "xã Tuyên Hóa, tỉnh Quảng Trị",
    "xã Trà Bồng, tỉnh Quảng Ngãi", "xã Đăk Hà, tỉnh Quảng Ngãi", "phường An Nhơn, tỉnh Gia Lai",
    "xã Chư Prông, tỉnh Gia Lai", "xã Liên Sơn Lắk, tỉnh Đắk Lắk", "xã Đồng Xuân, tỉnh Đắk Lắk",
    "phường Ninh Chử, tỉnh Khánh Hòa", "xã Diên Khánh, tỉnh Khánh Hòa", "phường Phú Thủy, tỉnh Lâm Đồng",
    "xã Lạc Dương, tỉnh Lâm Đồng", "xã Bắc Bình, tỉnh Lâm Đồng", "phường Tam Hiệp, tỉnh Đồng Nai",
    "xã Xuân Lộc, tỉnh Đồng Nai", "xã Tân Biên, tỉnh Tây Ninh", "xã Thủ Thừa, tỉnh Tây Ninh",
    "phường Hồng Ngự, tỉnh Đồng Tháp", "xã Lai Vung, tỉnh Đồng Tháp", "xã Càng Long, tỉnh Vĩnh Long",
    "xã Bình Đại, tỉnh Vĩnh Long", "phường Tân Châu, tỉnh An Giang", "xã Kiên Lương, tỉnh An Giang",
    "xã Phan Ngọc Hiển, tỉnh Cà Mau", "xã Thới Bình, tỉnh Cà Mau", "xã Bình Hòa Nam, huyện Đức Huệ, tỉnh Long An",
    "phường An Lạc A, quận Bình Tân, TP. Hồ Chí Minh", "thị trấn Phùng, huyện Đan Phượng, TP. Hà Nội",
    "xã Nậm Lúc, huyện Bắc Hà, tỉnh Lào Cai", "phường Quảng Vinh, TP. Sầm Sơn, tỉnh Thanh Hóa",
)  # fmt: skip
_ROADS: Final = ("Trần Hưng Đạo", "Lê Thánh Tông", "Nguyễn Du", "Phạm Ngũ Lão", "Tôn Đức Thắng", "Hoàng Diệu",
                 "26 Tháng 3", "Nguyễn Tất Thành", "Hoàng Hoa Thám", "Yết Kiêu", "Lương Văn Can", "Trương Định",
                 "Huyền Trân Công Chúa")  # fmt: skip
_HAMLETS: Final = (
    "Thôn Đông Cứu", "thôn Trung", "Xóm Giếng", "xóm 9", "Khu 4A", "bản Lọng Cu", "Bản Pá Hốc", "ấp Mỹ Đức Đông",
    "Ấp Kinh Xáng", "Khóm 2", "làng Ghè", "Buôn Kõ Tam", "bon N'Jriêng", "TDP Hồng Thái", "Tổ dân phố Trung Nghĩa 2",
    "khối Yên Phúc", "Tổ 3, ấp Láng Dài", "Thôn Tả Phìn", "Phum Chôm Chuối", "Đội 2, thôn An Lạc", "Tiểu khu 6",
)  # fmt: skip
_PEOPLES: Final = (*("Kinh",) * 9, "Tày", "Nùng", "Thái", "Mường", "Mông", "Dao", "Khmer", "Hoa", "Ê Đê", "Ba Na",
                   "Xtiêng", "Chăm", "Sán Dìu", "La Chí", "Thổ", "Tà Ôi", "Xơ Đăng", "Raglai", "M'Nông", "Gié - Triêng",
                   "Si La", "Lô Lô", "Kháng")  # fmt: skip
_HOSPITALS: Final = (
    "Bệnh viện Đa khoa Đức Giang", "Bệnh viện Quận 7", "Bệnh viện Sản - Nhi Phú Thọ",
    "Bệnh viện Trường Đại học Y - Dược Huế",
    "Bệnh viện Đa khoa tỉnh Kon Tum", "Trung tâm Y tế khu vực Mường La", "Bệnh viện Phụ sản Thanh Hóa",
    "Bệnh viện Hữu nghị Đa khoa Nghệ An", "Bệnh viện Đa khoa Trung tâm An Giang", "Trạm Y tế xã Sa Thầy",
    "Bệnh viện Quân dân y miền Đông", "Bệnh viện Đa khoa khu vực Tây Bắc Nghệ An", "Bệnh viện FV",
    "Bệnh viện Sản - Nhi Đồng Nai", "Nhà hộ sinh A", "TTYT khu vực Trùng Khánh",
)  # fmt: skip


class DiversePool(OrderlyPool):
    """Names of two to seven words; the dates of one paper are all written in one way."""

    words = Vocabulary(
        families=_FAMILIES, middles=_MIDDLES, given=_GIVEN, others=_OTHERS, rarely=0.2, communes=_COMMUNES,
        peoples=_PEOPLES, hospitals=_HOSPITALS, authorities=("Ủy ban nhân dân", "Ủy ban nhân dân", "UBND"),
        old_numbers=0.1, clerkly=0.3,
    )  # fmt: skip

    @override
    def address(self) -> str:
        number, road = self.number(1, 700), self.pick(_ROADS)
        where = self.pick((
            self.pick(_HAMLETS), self.pick(_HAMLETS), self.pick(_HAMLETS), f"Số {number} đường {road}",
            f"{number} {road}", f"Số nhà {number % 80 + 1}, tổ {number % 19 + 1}, đường {road}",
            f"{number}/{number % 60 + 2}/{number % 9 + 1}A {road}, khu phố {number % 11 + 1}",
            f"Ngõ {number % 120 + 4}, phố {road}, tổ dân phố {number % 30 + 1}",
            f"Căn hộ B{number % 22 + 3:02d}-{number % 12 + 1:02d}, tòa nhà {road}",
            f"Hẻm {number} {road}, KP{number % 6 + 1}",
            f"Lô {number % 40 + 1}-{number % 9 + 1}, đường {road}",
        ))  # fmt: skip
        return f"{where}, {self.commune()}"


_MOMENTS: Final = (
    "{h:02d} giờ {m:02d} phút, {said}", "{h:02d} giờ {m:02d} phút ngày {day}", "{h}h{m:02d} {said}",
    "{h:02d} giờ {m:02d} phút, ngày {day}", "{h:02d}:{m:02d} ngày {day}",
)  # fmt: skip


_GRANTED: Final = "Nhà nước giao đất có thu tiền sử dụng đất"
_RECOGNISED: Final = "Công nhận quyền sử dụng đất như giao đất không thu tiền sử dụng đất"
_VARIED: Final[Varied[DiversePool]] = {
    **NATIVE,
    ("giay_khai_sinh", "so"): counted("{n}/{y}", "{n:03d}", "{n}", "{n:02d}/KS", upto=380),
    ("giay_chung_sinh", "so"): counted("{n:04d}", "{n}/26/GCS", "{n:06d}", upto=9000),
    ("giay_chung_sinh", "thoi_gian_sinh"): moments(_MOMENTS, 2025),
    ("giay_chung_sinh", "can_nang"): weighed(44, 84, "{g} gam", "{g} gram", "{g} g", "{kg},{hg} kg"),
    ("giay_chung_sinh", "tinh_trang_con"): listed(
        "Khỏe mạnh", "Khóc to", "Bình thường", "Sinh non 36 tuần", "Ổn định", "Hồng hào, bú khỏe", "Ngạt nhẹ",
    ),
    ("giay_chung_sinh", "so_lan_sinh"): listed("1", "2", "01", "02", "3", "04"),
    ("giay_chung_sinh", "so_con"): listed("1", "1", "01", "02"),
    ("giay_chung_nhan_ket_hon", "so"): counted("{n}/{y}", "{n:03d}/{y}", "{n:02d}", upto=240),
    ("trich_luc_khai_tu", "so"): counted("{n}/TLKT-BS", "{n}/{y}", "{n:02d}/TLKT", upto=280),
    ("trich_luc_khai_tu", "thoi_gian_chet"): moments(_MOMENTS, 2017, 2024),
    ("trich_luc_khai_tu", "nguyen_nhan"): listed(
        "Già yếu", "Tuổi cao", "Suy hô hấp cấp", "Ung thư đại tràng", "Đột tử", "Tai biến mạch não",
        "Suy gan, suy thận", "Tai nạn giao thông", "Sét đánh", "Bệnh nặng", "Viêm phổi thùy",
    ),
    ("xac_nhan_cu_tru", "so"): counted("{n}/XN-CAX", "{n}/CT07", "{n:03d}/XNTT", upto=1800),
    ("xac_nhan_cu_tru", "noi_tam_tru"): lambda p: p.pick(("Không", "Không có", p.address(), p.address())),
    ("xac_nhan_cu_tru", "quan_he_chu_ho"): listed(
        "Con đẻ", "Vợ", "Chồng", "Mẹ đẻ", "Chị ruột", "Con dâu", "Cháu nội", "Bà ngoại", "Em rể", "Người ở nhờ",
    ),
    ("xac_nhan_hon_nhan", "so"): counted("{n}/UBND-XN", "{n:02d}/XNTTHN", "{n}/GXN-UBND", upto=520),
    ("xac_nhan_hon_nhan", "tinh_trang"): lambda p: p.pick((
        "Chưa đăng ký kết hôn với ai", "Chưa từng đăng ký kết hôn với ai",
        f"Từ ngày {p.date(2001, 2012)} đến ngày {p.date(2019, 2025)} chưa đăng ký kết hôn với ai",
        f"Đã ly hôn theo Quyết định số {p.number(5, 190)}/{p.number(2016, 2025)}/QĐST-HNGĐ, chưa đăng ký kết hôn lại",
        f"Có chồng nhưng chồng đã chết ngày {p.date(2014, 2024)}, chưa đăng ký kết hôn với ai",
    )),
    ("xac_nhan_hon_nhan", "muc_dich"): lambda p: p.pick((
        f"Đăng ký kết hôn với anh {p.person()}", "Mua bán, chuyển nhượng bất động sản",
        "Vay vốn tại Ngân hàng Chính sách xã hội",
        "Đăng ký kết hôn tại cơ quan có thẩm quyền của nước ngoài", "Làm hồ sơ đi học tập, lao động ở nước ngoài",
        "Khai nhận di sản thừa kế",
    )),
    ("quyet_dinh", "so"): counted("{n}/QĐ-UBND", "{n:02d}/QĐ-UBND", "{n}/QĐ-CTUBND", upto=2400),
    ("quyet_dinh", "ngay_ban_hanh"): lambda p: p.date(2026, 2026),
    ("quyet_dinh", "ve_viec"): listed(
        "trợ cấp hưu trí xã hội hằng tháng", "hỗ trợ chi phí hỏa táng", "cho phép thay đổi dân tộc", "tặng giấy khen",
        "công nhận việc nuôi con nuôi trong nước", "cấp kinh phí sửa chữa nhà ở cho gia đình chính sách",
        "thu hồi đất để thực hiện dự án", "tiếp nhận người vào cơ sở trợ giúp xã hội", "điều chỉnh mức trợ cấp xã hội",
    ),
    ("giay_chung_nhan_dat", "so_phat_hanh"): lambda p: p.pick((
        f"{p.pick(('AN', 'BG', 'BV', 'CB', 'CR', 'DG', 'DK', 'ĐB'))} {p.number(100_000, 999_999)}",
        f"AA {p.number(1, 9_999_999):08d}", f"{p.pick(('N', 'P', 'X'))} {p.number(100_000, 999_999)}",
    )),
    ("giay_chung_nhan_dat", "thua_dat"): lambda p: p.pick((f"{p.number(1, 2100)}", f"{p.number(1, 98):02d}")),
    ("giay_chung_nhan_dat", "dien_tich"): lambda p: p.pick((
        f"{p.number(30, 990)},{p.number(0, 9)} m²", f"{p.number(40, 980)} m²",
        f"{p.number(1, 18)}.{p.number(0, 999):03d} m²", f"{p.number(1, 9)}.{p.number(0, 999):03d},{p.number(1, 9)} m²",
    )),
    ("giay_chung_nhan_dat", "hinh_thuc"): HELD,
    ("giay_chung_nhan_dat", "muc_dich"): listed(
        "Đất ở tại nông thôn", "Đất ở tại đô thị", "Đất ở", "Đất trồng cây hằng năm", "Đất trồng cây lâu năm",
        "Đất nuôi trồng thủy sản", "Đất rừng sản xuất", "Đất cơ sở sản xuất phi nông nghiệp",
    ),
    ("giay_chung_nhan_dat", "thoi_han"): lambda p: p.pick((
        "Lâu dài", "Lâu dài", f"Đến ngày {p.date(2043, 2075)}", f"Sử dụng đến ngày {p.date(2045, 2073)}",
    )),
    ("giay_chung_nhan_dat", "nguon_goc"): listed(
        _GRANTED, _RECOGNISED, f"Nhận tặng cho đất được {_RECOGNISED}", f"Nhận thừa kế đất được {_GRANTED}",
        "Nhà nước cho thuê đất trả tiền hàng năm", f"Nhận chuyển nhượng đất được {_RECOGNISED}",
    ),
    ("giay_uy_quyen", "noi_dung"): listed(
        "Nộp hồ sơ đăng ký khai tử và nhận trích lục", "Nhận sổ tiền gửi và các khoản trợ cấp của tôi tại địa phương",
        "Thực hiện thủ tục đăng ký biến động, nộp thuế và nhận Giấy chứng nhận quyền sử dụng đất",
        "Nộp hồ sơ cấp giấy phép xây dựng nhà ở riêng lẻ và nhận kết quả", "Đăng ký tạm trú cho con tôi",
    ),
    ("giay_uy_quyen", "thoi_han"): lambda p: p.pick((
        f"{p.number(1, 12):02d} tháng kể từ ngày ký", f"Đến hết ngày {p.date(2027, 2029)}", "Đến khi xong việc",
        f"{p.number(10, 90)} ngày kể từ ngày chứng thực",
    )),
    ("can_cuoc", "co_gia_tri_den"): lambda p: p.pick((p.date(2027, 2050), p.date(2027, 2050), "Không thời hạn")),
}  # fmt: skip
"""What the first pool says in few words, said in more, as kinds and names."""


def paper(kind: str, seed: int) -> Content:
    """One paper of a kind, or a list, issued by a commune that it speaks of. Raises KeyError for no kind."""
    return agreeing(kind, seed, DiversePool, _VARIED)
