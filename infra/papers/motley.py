"""Values for half `k`: names, communes of both ages, streets and moments that no other half says."""

from dataclasses import replace
from typing import Final, override

from infra.papers.agreement import agreed
from infra.papers.contents import Content
from infra.papers.vocabulary import (
    OrderlyPool,
    Varied,
    Vocabulary,
    by_names_alone,
    counted,
    issued_where_told,
    listed,
    moments,
    varied,
)

_FAMILIES: Final = (
    *("Nguyễn",) * 9, *("Trần",) * 4, *("Lê",) * 3, *("Phạm",) * 3, *("Hoàng",) * 2, "Huỳnh", "Phan", "Vũ", "Võ",
    "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Âu", "Bạch", "Biện", "Ca", "Cái", "Cam", "Chương", "Diệp", "Điêu",
    "Đồng", "Hình", "Hoa", "Kim", "Lục", "Lư", "Mạch", "Mạnh", "Nghiêm", "Ngũ", "Ôn", "Ổng", "Phó", "Phù", "Quảng",
    "Sái", "Tạ", "Thân", "Thiệu", "Thịnh", "Tiền", "Tống", "Trác", "Trịnh", "Tưởng", "Ung", "Văn", "Viên", "Vương",
    "Lê Hữu", "Phan Huy", "Đỗ Trần", "Bùi Lê", "Thái Doãn",
)  # fmt: skip
_MIDDLES: Final = (
    "", "", *("Thị",) * 4, *("Văn",) * 4, "Thị Bảo", "Thị Cẩm", "Thị Hoài", "Thị Lan", "Thị Phương", "Thị Thủy",
    "An", "Bội", "Chí", "Chiêu", "Chu", "Công", "Cẩm", "Đại", "Đan", "Đăng", "Đoan", "Giáng", "Hà", "Hiền", "Hoàng",
    "Huy", "Hữu", "Kiến", "Lâm", "Linh", "Mộng", "Mai", "Nam", "Ngân", "Nhã", "Như", "Phi", "Quế", "Sơn", "Tân", "Thế",
    "Thủy", "Tiểu", "Trường", "Tú", "Tùng", "Vĩnh", "Xuân", "Ý", "Hoàng Bảo", "Thị Ngọc",
)  # fmt: skip
_GIVEN: Final = (
    "Ấm", "Bê", "Bích", "Bổng", "Bường", "Cảm", "Chất", "Chúc", "Chung", "Cơ", "Cúc", "Dân", "Dậu", "Diên", "Diệu",
    "Du", "Dục", "Duệ", "Dự", "Đài", "Đào", "Đệ", "Đích", "Đoàn", "Đông", "Đỉnh", "Gấm", "Giáo", "Hải", "Hanh", "Hát",
    "Hảo", "Hiên", "Hoan", "Hoằng", "Hồng", "Hới", "Huế", "Hường", "Ích", "Kế", "Khang", "Khanh", "Khôn", "Khuyến",
    "Kỷ", "Lai", "Lạng", "Lập", "Lịch", "Lộc", "Luân", "Lựu", "Mạnh", "Mận", "Miên", "Mỵ", "Ngà", "Ngát", "Nghi",
    "Ngoan", "Ngọt", "Nhàn", "Nhạn", "Nhật", "Nhiên", "Nhuận", "Ninh", "Oánh", "Phan", "Phẩm", "Phi", "Phong", "Phúc",
    "Quân", "Quý", "Quyết", "Rượu", "Sen", "Sinh", "Sự", "Sương", "Tám", "Tề", "Tính", "Thành", "Thi", "Thoại",
    "Thông", "Thục", "Tín", "Tỉnh", "Toản", "Trà", "Tráng", "Triển", "Triết", "Tùng", "Túc", "Tụ", "Uy", "Uyên",
    "Vạn", "Việt", "Vũ", "Xuyên", "Yên", "An Khê", "Bảo Hân", "Cát Tường", "Gia Khiêm", "Hà My", "Khả Ngân",
    "Minh Khuê", "Nhã Phương", "Phương Thùy", "Tâm Đan", "Thiên Ý", "Trúc Lam",
)  # fmt: skip
_OTHERS: Final = (
    "Vàng A Chống", "Giàng Seo Pùa", "Mùa Thị Chỉa", "Sồng A Tếnh", "Cứ Thị Nhè", "Thò Mí Pó", "Hầu Thị Xúa",
    "Lù Seo Tả",
    "Lường Văn Uốn", "Cà Văn Ính", "Tòng Thị Ởn", "Lò Văn Ếnh", "Quàng Thị Ưởng", "Vi Thị Ỏn", "Hà Thị Ủi",
    "Bàn Tòn Phấy", "Triệu Mùi Chài", "Phượng Mùi Nái", "Chìu Sáng Phúc", "Lò Lở Xoang", "Giàng Lỳ De", "Ly Xú Cà",
    "Phùng Lỏ Giá", "Cháng Thị Lẩy", "Xin Thị Hủn", "Thền Văn Sửu", "Bế Thị Niềm", "Nông Thị Ỉn",
    "H'Blơm Knul", "H'Rŏk Niê", "Y Wơn Mjâo", "Y Nguôm Bkrông", "H'Ưn Ktul", "Y Bhen Hđơk", "H'Yum Ayŭn",
    "Rmah H'Lưk", "Kpuih Yơng", "Siu Nghênh", "Ksor Ruôn", "Rơ Châm Bưm", "Ayun H'Bơk", "Nay Y Kruăi",
    "A Ngưk", "Y Đruih", "A Thuih", "Bnướch Tiêng", "Zơ Râm Ngướt", "Riáh Đhơơng", "Pơ Loong Bướu", "Ating Cróc",
    "Hồ Thị Lêếng", "Hồ A Yoih", "Đinh Hbrưt", "Đinh Thị Tuyêng", "Phạm Thị Nghí", "Cao Thị Ngoẻn", "Pi Năng Thị Ởi",
    "Tain Vũ", "K'Thế", "Ka Dềnh", "Rơ Ông K'Bing", "Liêng Jrang Ha Chú", "Điểu Thị Brơn", "Điểu Sroi", "Thị Đroi",
    "Thạch Thị Huệ Sương", "Lâm Sóc Huôn", "Kim Thị Nga Vĩ", "Danh Thị Ửng", "Neang Kim Cheng", "Châu Rươne",
    "Đổng Thị Ngữ Yên", "Bá Trung Thạnh Phú", "Hứa Sồi Cắm", "Trềnh A Pẩu", "Lầm Mỹ Hoa", "Tôn Nữ Ý Thơ", "Ưng Quýnh",
    "Nguyễn Lê Hoàng Thụy Vy", "Trần Đỗ Khánh Uyên", "Lê Ỷ", "Võ Ơn", "Huỳnh Nguyễn Quốc Ấn",
)  # fmt: skip
_COMMUNES: Final = (
    "xã Yên Phụ, huyện Yên Phong, tỉnh Bắc Ninh", "xã Hồng Vân, huyện Ân Thi, tỉnh Hưng Yên",
    "thị trấn Thứa, huyện Lương Tài, tỉnh Bắc Ninh", "xã Thanh Uyên, huyện Tam Nông, tỉnh Phú Thọ",
    "xã Lũng Cao, huyện Bá Thước, tỉnh Thanh Hóa", "xã Tường Sơn, huyện Anh Sơn, tỉnh Nghệ An",
    "xã Sơn Kim 1, huyện Hương Sơn, tỉnh Hà Tĩnh", "xã Trọng Hóa, huyện Minh Hóa, tỉnh Quảng Bình",
    "xã Vĩnh Ô, huyện Vĩnh Linh, tỉnh Quảng Trị", "thị trấn Phú Lộc, huyện Phú Lộc, tỉnh Thừa Thiên Huế",
    "xã Trà Leng, huyện Nam Trà My, tỉnh Quảng Nam", "xã Ba Ngạc, huyện Ba Tơ, tỉnh Quảng Ngãi",
    "xã An Toàn, huyện An Lão, tỉnh Bình Định", "xã Krông Á, huyện M'Đrắk, tỉnh Đắk Lắk",
    "xã Quảng Trực, huyện Tuy Đức, tỉnh Đắk Nông", "xã Lát, huyện Lạc Dương, tỉnh Lâm Đồng",
    "xã Ma Nới, huyện Ninh Sơn, tỉnh Ninh Thuận", "xã Tà Lài, huyện Tân Phú, tỉnh Đồng Nai",
    "xã Lộc An, huyện Đất Đỏ, tỉnh Bà Rịa - Vũng Tàu", "xã Minh Thạnh, huyện Dầu Tiếng, tỉnh Bình Dương",
    "phường 14, quận Gò Vấp, TP. Hồ Chí Minh", "phường Bưởi, quận Tây Hồ, TP. Hà Nội",
    "xã Ngũ Hiệp, huyện Cai Lậy, tỉnh Tiền Giang", "xã Hưng Nhượng, huyện Giồng Trôm, tỉnh Bến Tre",
    "xã Lục Sĩ Thành, huyện Trà Ôn, tỉnh Vĩnh Long", "xã Vĩnh Viễn A, huyện Long Mỹ, tỉnh Hậu Giang",
    "xã Nhơn Mỹ, huyện Chợ Mới, tỉnh An Giang", "xã Đất Mũi, huyện Ngọc Hiển, tỉnh Cà Mau",
    "xã Nà Ớt, huyện Mai Sơn, tỉnh Sơn La", "xã Tả Phìn, huyện Đồng Văn, tỉnh Hà Giang",
    "xã Cốc Pàng, huyện Bảo Lạc, tỉnh Cao Bằng", "xã Mẫu Sơn, huyện Cao Lộc, tỉnh Lạng Sơn",
    "phường Nghĩa Đô, thành phố Hà Nội", "phường Kiến Hưng, TP. Hà Nội", "xã Đa Phúc, thành phố Hà Nội",
    "xã Vân Đình, thành phố Hà Nội", "xã Suối Hai, TP. Hà Nội", "phường Gia Viên, thành phố Hải Phòng",
    "xã Nguyễn Bỉnh Khiêm, thành phố Hải Phòng", "xã Gia Lộc, TP. Hải Phòng", "phường Hồng An, thành phố Hải Phòng",
    "phường Chánh Hưng, Thành phố Hồ Chí Minh", "phường An Hội Tây, Thành phố Hồ Chí Minh",
    "xã Bà Điểm, TP. Hồ Chí Minh", "phường Bình Cơ, Thành phố Hồ Chí Minh", "xã Xuyên Mộc, Thành phố Hồ Chí Minh",
    "phường An Khê, thành phố Đà Nẵng", "xã Thượng Đức, thành phố Đà Nẵng", "xã Trà Linh, TP. Đà Nẵng",
    "phường Hóa Châu, thành phố Huế", "xã Vinh Lộc, thành phố Huế", "phường Thới Long, thành phố Cần Thơ",
    "xã Trần Đề, thành phố Cần Thơ", "xã Lai Hòa, TP. Cần Thơ", "phường Nếnh, tỉnh Bắc Ninh",
    "xã Tây Yên Tử, tỉnh Bắc Ninh", "xã Ái Quốc, tỉnh Hưng Yên", "xã Triệu Việt Vương, tỉnh Hưng Yên",
    "xã Kim Sơn, tỉnh Ninh Bình", "xã Nghĩa Hưng, tỉnh Ninh Bình", "xã Hoàng Cương, tỉnh Phú Thọ",
    "xã Mường Bi, tỉnh Phú Thọ", "xã Nghinh Tường, tỉnh Thái Nguyên", "xã Côn Minh, tỉnh Thái Nguyên",
    "xã Cốc Lầu, tỉnh Lào Cai", "xã Khao Mang, tỉnh Lào Cai", "xã Nậm Hàng, tỉnh Lai Châu",
    "xã Tủa Thàng, tỉnh Điện Biên", "xã Nà Hỳ, tỉnh Điện Biên", "xã Púng Bánh, tỉnh Sơn La",
    "xã Mường Sại, tỉnh Sơn La",
    "xã Lý Quốc, tỉnh Cao Bằng", "xã Đình Lập, tỉnh Lạng Sơn", "xã Khuôn Lùng, tỉnh Tuyên Quang",
    "xã Kiên Đài, tỉnh Tuyên Quang", "phường Mạo Khê, tỉnh Quảng Ninh", "xã Lục Hồn, tỉnh Quảng Ninh",
    "xã Pù Nhi, tỉnh Thanh Hóa", "phường Ngọc Sơn, tỉnh Thanh Hóa", "xã Hùng Chân, tỉnh Nghệ An",
    "phường Quỳnh Mai, tỉnh Nghệ An", "xã Thượng Đức, tỉnh Hà Tĩnh", "xã Lệ Ninh, tỉnh Quảng Trị",
    "xã Sơn Tây Thượng, tỉnh Quảng Ngãi", "xã Măng Bút, tỉnh Quảng Ngãi", "xã Phù Mỹ Đông, tỉnh Gia Lai",
    "xã Chư A Thai, tỉnh Gia Lai", "xã Dliê Ya, tỉnh Đắk Lắk", "xã Phú Mỡ, tỉnh Đắk Lắk",
    "xã Bác Ái Tây, tỉnh Khánh Hòa", "xã Tuy Đức, tỉnh Lâm Đồng", "xã Hàm Thạnh, tỉnh Lâm Đồng",
    "xã Phú Riềng, tỉnh Đồng Nai", "xã Mỹ Hạnh, tỉnh Tây Ninh", "xã Tân Thành, tỉnh Tây Ninh",
    "xã Gò Công Đông, tỉnh Đồng Tháp", "xã Lấp Vò, tỉnh Đồng Tháp", "xã Nhuận Phú Tân, tỉnh Vĩnh Long",
    "xã Phong Thạnh, tỉnh Vĩnh Long", "xã Mỹ Hòa Hưng, tỉnh An Giang", "xã Thạnh Lộc, tỉnh An Giang",
    "xã Khánh Lâm, tỉnh Cà Mau", "xã Quách Phẩm, tỉnh Cà Mau",
)  # fmt: skip
_ROADS: Final = ("Đinh Công Tráng", "Nguyễn Lương Bằng", "Trần Cao Vân", "Lê Quang Đạo", "Nguyễn Huy Tự",
                 "Hàn Thuyên", "Tạ Quang Bửu", "Mạc Đĩnh Chi", "Phan Kế Bính", "Đồng Khởi", "Nguyễn Duy Trinh",
                 "Nguyễn Phong Sắc", "Lê Chân", "Cao Bá Quát", "Ỷ Lan Nguyên Phi", "Dã Tượng")  # fmt: skip
_HAMLETS: Final = (
    "Thôn Đoài", "thôn Cẩm Ngọc", "Thôn Tả Van Giáy", "Xóm Lẻ", "xóm Bắc Sơn 4", "Khu 9", "bản Phiêng Ngùa",
    "Bản Ít Ong", "Ấp Hòa Quới", "ấp Rạch Bần", "Ấp 11B", "Khóm Châu Long 6", "làng Đê Kjêng", "Buôn Trưng",
    "bon Pi Nao", "plei Chuet", "Thôn Mỹ Thuận 2", "TDP Nước Hai", "Tổ dân phố số 17", "khối Xuân Bắc",
    "Tổ 3, ấp Gò Me",
    "Đội 4, thôn Hạ", "Xóm 12, thôn Vĩnh Yên", "Phum Ô Chum", "KDC Vườn Dâu", "cụm 6, thôn Đìa",
)  # fmt: skip
_PEOPLES: Final = (*("Kinh",) * 9, "Tày", "Thái", "Mường", "Nùng", "Mông", "Dao", "Khmer", "Ê-đê", "Gia-rai", "Ba-na",
                   "Cơ-ho", "Hrê", "Xơ-đăng", "Ra-glai", "Sán Dìu", "Sán Chay", "Thổ", "Giáy", "Kháng", "Lự", "Mảng",
                   "Pu Péo", "Si La", "Lô Lô", "Chăm", "Hoa", "Tà-ôi", "Giẻ-Triêng")  # fmt: skip
_HOSPITALS: Final = (
    "Bệnh viện Đa khoa Tiền Hải", "Bệnh viện Sản - Nhi Quảng Ninh", "Bệnh viện Đa khoa huyện Đức Thọ",
    "Trung tâm Y tế khu vực Chợ Đồn", "Trung tâm Y tế huyện Ba Tơ", "Bệnh viện Đa khoa khu vực Tháp Mười",
    "Bệnh viện Đa khoa Vạn Hạnh", "Bệnh viện Phụ sản Mê Kông", "Bệnh viện Bưu Điện", "Trạm Y tế xã Lũng Cao",
    "Trạm Y tế xã Thạnh Lộc", "Bệnh viện Quân y 4", "BVĐK tỉnh Hà Giang", "TTYT huyện Krông Bông",
    "Bệnh viện Đại học Y Dược Buôn Ma Thuột", "Phòng khám đa khoa khu vực Nà Ớt",
)  # fmt: skip


class MotleyPool(OrderlyPool):
    """A third of the communes are called as before 2025; the dates of a paper are written in one way."""

    words = Vocabulary(
        families=_FAMILIES, middles=_MIDDLES, given=_GIVEN, others=_OTHERS, rarely=0.22, communes=_COMMUNES,
        peoples=_PEOPLES, hospitals=_HOSPITALS, authorities=("Ủy ban nhân dân", "UBND", "Ủy ban nhân dân"),
        old_numbers=0.14, clerkly=0.4,
    )  # fmt: skip

    @override
    def address(self) -> str:
        number, road = self.number(1, 700), self.pick(_ROADS)
        where = self.pick((
            *(self.pick(_HAMLETS) for _ in range(5)), f"Số {number} {road}", f"{number} đường {road}",
            f"Số {number % 80 + 1}, tổ {number % 19 + 1}, {self.pick(_HAMLETS)}",
            f"{number % 90 + 4}/{number % 30 + 2} Bis {road}, KP{number % 8 + 1}",
            f"Ngõ {number % 200 + 5}, phố {road}, TDP {number % 22 + 1}",
            f"Lô B{number % 14 + 1}-{number % 33 + 1:02d}, khu tái định cư {road}",
            f"Tầng {number % 20 + 2}, tòa N{number % 7 + 1}, đường {road}",
        ))  # fmt: skip
        return f"{where}, {self.commune()}"


_MOMENTS: Final = (
    "{h:02d} giờ {m:02d} phút, {said}", "{h} giờ {m:02d}, {said}", "Lúc {h:02d} giờ {m:02d} phút, ngày {day}",
    "{h:02d}:{m:02d}, {said}", "{h:02d} giờ {m:02d} phút ngày {day}",
)  # fmt: skip


def _native(p: MotleyPool) -> str:
    return p.pick((p.commune(), p.commune(), by_names_alone(p.commune())))


def _weight(p: MotleyPool) -> str:
    grams = p.number(42, 84) * 50
    thousands, rest = divmod(grams, 1000)
    return p.pick((f"{grams} gam", f"{grams} gr", f"{thousands}.{rest:03d} gram", f"{grams / 1000:.1f}kg"))


_AS_GIVEN: Final = "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"
_VARIED: Final[Varied[MotleyPool]] = {
    ("giay_khai_sinh", "so"): counted("{n}/{y}", "{n:03d}/{y}", "{n:02d}", "{n}/TLKS-BS", upto=380),
    ("giay_khai_sinh", "que_quan"): _native,
    ("giay_chung_sinh", "so"): counted("{n:05d}", "{n}/GCS-{y}", "{n:04d}/{y}", upto=8000),
    ("giay_chung_sinh", "thoi_gian_sinh"): moments(_MOMENTS, 2024),
    ("giay_chung_sinh", "can_nang"): _weight,
    ("giay_chung_sinh", "tinh_trang_con"): listed(
        "Bình thường", "Sau sinh khóc ngay, hồng", "Khỏe, đủ tháng", "Non tháng 34 tuần", "Apgar 8/9, ổn định",
        "Theo dõi vàng da", "Khỏe mạnh",
    ),
    ("giay_chung_sinh", "so_lan_sinh"): listed("1", "2", "03", "01", "02", "4"),
    ("giay_chung_sinh", "so_con"): listed("01", "1", "1", "02"),
    ("giay_chung_nhan_ket_hon", "so"): counted("{n:02d}/{y}", "{n}/{y}", "{n}", upto=240),
    ("trich_luc_khai_tu", "so"): counted("{n}/TLKT", "{n:02d}/{y}", "{n}/TLKT-BS", upto=280),
    ("trich_luc_khai_tu", "thoi_gian_chet"): moments(_MOMENTS, 2014, 2025),
    ("trich_luc_khai_tu", "nguyen_nhan"): listed(
        "Tuổi già", "Nhồi máu cơ tim cấp", "Ung thư gan giai đoạn cuối", "Đái tháo đường biến chứng", "Điện giật",
        "Tai nạn giao thông đường thủy", "Xuất huyết não", "Lao phổi", "Chưa rõ nguyên nhân", "Bệnh nặng",
    ),
    ("xac_nhan_cu_tru", "so"): counted("{n}/XNCT-CAP", "{n:04d}/XNTTCT", "{n}/CAX-XN", upto=2100),
    ("xac_nhan_cu_tru", "que_quan"): _native,
    ("xac_nhan_cu_tru", "noi_tam_tru"): lambda p: p.pick(("Không", "Không có", p.address(), p.address())),
    ("xac_nhan_cu_tru", "quan_he_chu_ho"): listed(
        "Con đẻ", "Vợ", "Chồng", "Mẹ đẻ", "Anh ruột", "Con dâu", "Cháu nội", "Chủ hộ", "Cùng ở thuê", "Con riêng",
    ),
    ("xac_nhan_hon_nhan", "so"): counted("{n}/XNTTHN", "{n:03d}/UBND-XN", "{n}/{y}/XNHN", upto=500),
    ("xac_nhan_hon_nhan", "tinh_trang"): lambda p: p.pick((
        "Chưa đăng ký kết hôn với ai", "Hiện tại chưa đăng ký kết hôn với ai", "Chưa kết hôn lần nào",
        f"Đã ly hôn theo Quyết định số {p.number(2, 140)}/{p.number(2013, 2025)}/QĐST-HNGĐ, chưa kết hôn với ai khác",
        f"Vợ (chồng) đã chết theo Trích lục khai tử số {p.number(2, 90)}/{p.number(2012, 2024)}, chưa kết hôn lại",
        f"Đang có vợ (chồng) là {p.person()}",
    )),
    ("xac_nhan_hon_nhan", "muc_dich"): lambda p: p.pick((
        f"Kết hôn với anh {p.person()}", "Nhận chuyển nhượng nhà đất", "Vay vốn tại Quỹ tín dụng nhân dân",
        "Nhận con nuôi", "Hoàn tất hồ sơ du học", "Mua nhà ở hình thành trong tương lai", "Bảo lãnh thân nhân",
    )),
    ("quyet_dinh", "so"): counted("{n}/QĐ-UBND", "{n:02d}/QĐ-UBND", "{n:03d}/QĐ-UBND", upto=2600),
    ("quyet_dinh", "ngay_ban_hanh"): lambda p: p.date(2024, 2026),
    ("quyet_dinh", "ve_viec"): listed(
        "điều chỉnh mức trợ cấp xã hội", "công nhận người có uy tín", "bổ sung thông tin hộ tịch",
        "hỗ trợ xóa nhà tạm, nhà dột nát", "cử giám sát viên cộng đồng", "cho thuê đất công ích", "thu hồi đất",
        "công nhận hòa giải viên ở cơ sở", "chấm dứt việc giám hộ",
    ),
    ("giay_chung_nhan_dat", "so_phat_hanh"): lambda p: p.pick((
        f"{p.pick(('AB', 'AH', 'BC', 'BĐ', 'BT', 'CB', 'CK', 'CV', 'DC', 'DH', 'DL'))} {p.number(100_000, 999_999)}",
        f"{p.pick(('E', 'M', 'P', 'S'))} {p.number(100_000, 999_999)}", f"AA {p.number(1, 9_999_999):08d}",
    )),
    ("giay_chung_nhan_dat", "thua_dat"): lambda p: p.pick((f"{p.number(1, 1500)}", f"{p.number(2, 99):02d}")),
    ("giay_chung_nhan_dat", "dien_tich"): lambda p: p.pick((
        f"{p.number(41, 990)} m²", f"{p.number(41, 990)},{p.number(1, 9)} m²",
        f"{p.number(40, 900)},{p.number(1, 9)}m²",
        f"{p.number(1, 12)}.{p.number(0, 999):03d},{p.number(0, 9)} m²",
    )),
    ("giay_chung_nhan_dat", "hinh_thuc"): listed("Sử dụng riêng", "Sử dụng riêng", "Sử dụng chung"),
    ("giay_chung_nhan_dat", "muc_dich"): listed(
        "Đất ở tại đô thị", "Đất ở tại nông thôn", "Đất trồng cây lâu năm", "Đất chuyên trồng lúa",
        "Đất trồng cây hằng năm",
        "Đất rừng sản xuất", "Đất cơ sở sản xuất phi nông nghiệp", "Đất nuôi trồng thủy sản", "Đất ở",
    ),
    ("giay_chung_nhan_dat", "thoi_han"): lambda p: p.pick((
        "Lâu dài", "Lâu dài", f"Đến ngày {p.date(2031, 2072)}", f"50 năm, đến ngày {p.date(2040, 2074)}",
        f"Đến tháng {p.number(1, 12):02d} năm {p.number(2031, 2072)}",
    )),
    ("giay_chung_nhan_dat", "nguon_goc"): listed(
        _AS_GIVEN, f"Nhận tặng cho đất được {_AS_GIVEN}", "Nhà nước giao đất không thu tiền sử dụng đất",
        "Nhận thừa kế quyền sử dụng đất", "Nhà nước cho thuê đất trả tiền hằng năm",
        "Nhận chuyển nhượng đất được Nhà nước giao đất có thu tiền sử dụng đất",
    ),
    ("giay_uy_quyen", "noi_dung"): listed(
        "Nộp hồ sơ đăng ký biến động và nhận Giấy chứng nhận thay tôi", "Nhận lương hưu hằng tháng tại điểm chi trả",
        "Rút hồ sơ học bạ và bằng tốt nghiệp của con tôi", "Làm thủ tục cấp đổi biển số xe ô tô",
        "Tham gia phiên hòa giải về ranh giới thửa đất", "Xin cấp bản sao Giấy khai sinh từ sổ gốc",
        "Nhận bưu phẩm và tiền bồi thường giải phóng mặt bằng",
    ),
    ("giay_uy_quyen", "thoi_han"): lambda p: p.pick((
        f"{p.number(1, 18):02d} tháng kể từ ngày ký", f"Đến hết ngày {p.date(2027, 2029)}",
        "Đến khi hoàn tất công việc nêu trên", f"{p.number(1, 3):02d} năm, từ ngày được chứng thực",
    )),
    ("can_cuoc", "que_quan"): _native,
    ("can_cuoc", "co_gia_tri_den"): lambda p: p.pick((p.date(2027, 2050), p.date(2027, 2050), "Không thời hạn")),
}  # fmt: skip
"""What the first pool says in few words, said in more, as kinds and names."""


def paper(kind: str, seed: int) -> Content:
    """One paper of a kind, or a list, issued by a commune that it speaks of. Raises KeyError for no kind."""
    made = varied(kind, seed, MotleyPool, _VARIED, "BẢNG TỔNG HỢP")
    return issued_where_told(replace(made, values=agreed(made.values)), MotleyPool.words)
