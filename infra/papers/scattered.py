"""Values for half `j`: rarer names, communes before and after 2025, other numbers and moments."""

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
    *("Nguyễn",) * 8, *("Trần",) * 3, *("Lê",) * 2, *("Phạm",) * 2, "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Hồ",
    "Lý", "An", "Bàng", "Cấn", "Cồ", "Chế", "Chung", "Cổ", "Danh", "Dư", "Đinh", "Đới", "Đường", "Giáp", "Hạ", "Hàng",
    "Hầu", "Kha", "Khiếu", "Khương", "La", "Lại", "Lã", "Lộ", "Lương", "Mẫn", "Mâu", "Nghị", "Ngạc", "Nhan", "Nhữ",
    "Ninh", "Phương", "Quế", "Sử", "Tiêu", "Tào", "Thẩm", "Thạch", "Thôi", "Tiết", "Tòng", "Triệu", "Trà", "Ứng",
    "Vạn", "Vi", "Vòng", "Xa", "Nguyễn Hữu", "Đặng Trần", "Ngô Thì", "Đỗ Phạm", "Hà Thúc",
)  # fmt: skip
_MIDDLES: Final = (
    "", *("Thị",) * 4, *("Văn",) * 3, "Thị Ánh", "Thị Diệu", "Thị Kiều", "Thị Thúy", "Thị Tố", "Ái", "Bỉnh", "Cảnh",
    "Chấn", "Danh", "Diễm", "Doãn", "Đắc", "Hạnh", "Hiểu", "Hoàng", "Hùng", "Khả", "Kỳ", "Lệ", "Mậu", "Nguyên", "Nhật",
    "Phú", "Phước", "Quỳnh", "Song", "Sĩ", "Tố", "Thái", "Thúy", "Trí", "Tuyết", "Uy", "Vân", "Yến", "Lê Quỳnh",
    "Đặng Phương", "Thị Hoàng",
)  # fmt: skip
_GIVEN: Final = (
    "Ánh", "Ba", "Báu", "Biên", "Bưởi", "Cẩn", "Chắt", "Chiến", "Chín", "Chuẩn", "Cương", "Diệp", "Diện", "Doanh",
    "Duyên", "Đán", "Điệp", "Đính", "Độ", "Đượm", "Gái", "Giới", "Hậu", "Hiển", "Hiệu", "Hoạt", "Hợp", "Huấn", "Huyền",
    "Hữu", "Khải", "Khánh", "Khiêm", "Kiên", "Lãm", "Lệ", "Liêm", "Lĩnh", "Lợi", "Luật", "Lữ", "Mão", "Mẫu", "Miền",
    "Mùi", "Năm", "Nghị", "Nguyệt", "Nhâm", "Nhẫn", "Nhung", "Nở", "Phấn", "Phước", "Quảng", "Quyên", "Sang", "Sáu",
    "Soạn", "Tạo", "Tấn", "Thạnh", "Thẩm", "Thêu", "Thiệp", "Thỏa", "Thuận", "Thụy", "Thuyết", "Tiếp", "Tới", "Trinh",
    "Trọng", "Trưởng", "Tú", "Tuyển", "Tường", "Út", "Ước", "Viễn", "Vỵ", "Vững", "Xinh", "Yểng", "Bảo Châu",
    "Diễm My", "Gia Bảo", "Hải Đăng", "Khánh Vy", "Kiều Oanh", "Mỹ Duyên", "Nhật Minh", "Thảo Ly", "Tuệ Lâm",
)  # fmt: skip
_OTHERS: Final = (
    "Giàng Thị Xế", "Sùng Seo Vảng", "Vàng Mí Sò", "Thào Thị Bla", "Ly Mí Cở", "Hờ A Nủ", "Và Bá Giờ", "Già Thị Pà",
    "Lò Thị Ướn", "Quàng Văn Ọi", "Cầm Thị Ngoãn", "Lường Thị Ủm", "Hoàng Thị Xuyển", "Lềnh Thị Phẻng", "Đàm Thị Ẻn",
    "Bàn Thị Nhậy", "Chảo Mùi Khé", "Tẩn U Pẩu", "Lý Lở Mẩy", "Tằng Sắt Múi", "Lỳ Xó Chừ", "Pờ Phạ Hừ", "Lù Thị Hửng",
    "H'Đơk Buôn Yă", "H'Wing Kbuôr", "Y Djuân Êñuôl", "Y Bliêu Arul", "H'Hiăp Kriêng", "Y Mơl Hmok", "H'Nguốt Rơ Yam",
    "Rơ Mah Byưt", "Kpă Yưn", "Siu H'Xíu", "Rah Lan Thốt", "Rcom H'Ngéo", "Nay Hờ Bích", "Ksor Bơng", "Rơ Lan Đuit",
    "A Rớt", "Y Hlăm", "A Djưn", "Y Ngéo", "Bling Chiến", "Arâl Mứt", "Coor Thị Nghếch", "Alăng Bươch", "Hồ Thị Ơi",
    "Hồ Văn Khởn", "Hồ Kăn Lịch", "Đinh Thị Đrói", "Phạm Văn Chêế", "Cao Xuân Lĩu", "Mấu Thị Bích Phanh", "Tro Văn Sỉu",
    "Kơ Să Ha Đông", "Lơ Mu K'Lơn", "Ndu K'Brẹt", "Điểu Thị Ngớ", "Điểu Ôn", "Thị Bơi", "Thổ Sơn", "Thạch Sô Phép",
    "Sơn Thị Ươne", "Kim Thị Sóc Khanh", "Châu Kim Sà Rương", "Neáng Sa Vuôl", "Danh Ươl", "Trượng Thị Ngữ",
    "Thông Minh Toàn Vẹn", "Sằn A Sáng", "Tsần Sồi Lìn", "Ty Ỏn", "Tôn Thất Bảo Ngữ", "Công Tôn Huyền Trang",
    "Bửu Hạnh", "Vĩnh Thụy", "Nguyễn Trương Mỹ Ái", "Lê Nguyễn Đoàn Uyên Vỹ", "Phan Võ Hoàng Ỷ Lan", "Đỗ Ẩn", "Lý Ẻng",
)  # fmt: skip
_COMMUNES: Final = (
    "xã Quế Mỹ, huyện Quế Sơn, tỉnh Quảng Nam", "xã Nậm Có, huyện Mù Cang Chải, tỉnh Yên Bái",
    "xã Ea Tyh, huyện Ea Kar, tỉnh Đắk Lắk", "xã Đắk Ơ, huyện Bù Gia Mập, tỉnh Bình Phước",
    "xã Đưng K'Nớ, huyện Lạc Dương, tỉnh Lâm Đồng", "thị trấn Vĩnh Tuy, huyện Bắc Quang, tỉnh Hà Giang",
    "xã Bản Xèo, huyện Bát Xát, tỉnh Lào Cai", "xã Thạch Lỗi, huyện Cẩm Giàng, tỉnh Hải Dương",
    "xã Mỹ Thạnh Trung, huyện Tam Bình, tỉnh Vĩnh Long", "phường Phú Khương, TP. Bến Tre, tỉnh Bến Tre",
    "thị trấn Ái Nghĩa, huyện Đại Lộc, tỉnh Quảng Nam", "xã Kỳ Thượng, huyện Kỳ Anh, tỉnh Hà Tĩnh",
    "phường Ỷ La, thành phố Tuyên Quang, tỉnh Tuyên Quang", "thị trấn Tiên Lữ, huyện Lập Thạch, tỉnh Vĩnh Phúc",
    "xã Ẳng Nưa, huyện Mường Ảng, tỉnh Điện Biên", "xã Vũ Ninh, huyện Kiến Xương, tỉnh Thái Bình",
    "xã Yên Lộc, huyện Ý Yên, tỉnh Nam Định", "thị trấn Cái Nhum, huyện Mang Thít, tỉnh Vĩnh Long",
    "phường Ngọc Khánh, quận Ba Đình, TP. Hà Nội", "phường Phú Thọ Hòa, quận Tân Phú, TP. Hồ Chí Minh",
    "xã Trung Nghĩa, huyện Yên Phong, tỉnh Bắc Ninh", "xã Tà Xùa, huyện Bắc Yên, tỉnh Sơn La",
    "xã Khâu Vai, huyện Mèo Vạc, tỉnh Hà Giang", "xã Đắk Rve, huyện Kon Rẫy, tỉnh Kon Tum",
    "thị trấn Gò Quao, huyện Gò Quao, tỉnh Kiên Giang", "xã Hoằng Quỳ, huyện Hoằng Hóa, tỉnh Thanh Hóa",
    "xã Nghĩa Phú, huyện Nghĩa Đàn, tỉnh Nghệ An", "xã Thủy Bằng, thị xã Hương Thủy, tỉnh Thừa Thiên Huế",
    "phường Xuân Phú, thành phố Huế, tỉnh Thừa Thiên Huế", "xã Cẩm Hà, thành phố Hội An, tỉnh Quảng Nam",
    "phường Ghềnh Ráng, thành phố Quy Nhơn, tỉnh Bình Định", "xã Cát Khánh, huyện Phù Cát, tỉnh Bình Định",
    "xã Ea Bá, huyện Sông Hinh, tỉnh Phú Yên", "xã Ninh Ích, thị xã Ninh Hòa, tỉnh Khánh Hòa",
    "xã Phước Hữu, huyện Ninh Phước, tỉnh Ninh Thuận", "xã Phan Rí Thành, huyện Bắc Bình, tỉnh Bình Thuận",
    "xã Bàu Cạn, huyện Long Thành, tỉnh Đồng Nai", "xã Vĩnh Thuận, huyện Vĩnh Hưng, tỉnh Long An",
    "xã Đôn Xuân, huyện Duyên Hải, tỉnh Trà Vinh", "xã An Thạnh Nhì, huyện Cù Lao Dung, tỉnh Sóc Trăng",
    "xã Ninh Thạnh Lợi A, huyện Hồng Dân, tỉnh Bạc Liêu", "xã Nguyễn Phích, huyện U Minh, tỉnh Cà Mau",
    "xã Yên Dưỡng, tỉnh Quảng Ninh", "phường Tương Mai, thành phố Hà Nội", "phường Đại Mỗ, TP. Hà Nội",
    "xã Kiều Phú, thành phố Hà Nội", "xã Ứng Thiên, thành phố Hà Nội", "phường Khánh Hội, Thành phố Hồ Chí Minh",
    "phường Phước Thắng, TP. Hồ Chí Minh", "xã Bình Lợi, Thành phố Hồ Chí Minh", "xã Ngãi Tứ, tỉnh Vĩnh Long",
    "xã Kiến Thụy, thành phố Hải Phòng", "xã Nguyên Giáp, TP. Hải Phòng", "phường An Thắng, thành phố Đà Nẵng",
    "xã Avương, thành phố Đà Nẵng", "xã Đắc Pring, thành phố Đà Nẵng", "phường Dương Nỗ, thành phố Huế",
    "xã Chân Mây - Lăng Cô, thành phố Huế", "phường Phước Thới, thành phố Cần Thơ", "xã Mỹ Phước, thành phố Cần Thơ",
    "xã Nghĩa Trung, tỉnh Bắc Ninh", "xã Xuân Cẩm, tỉnh Bắc Ninh", "xã Hưng Hà, tỉnh Hưng Yên",
    "xã Đồng Châu, tỉnh Hưng Yên", "xã Bình Lục, tỉnh Ninh Bình", "xã Xuân Trường, tỉnh Ninh Bình",
    "xã Hạ Hòa, tỉnh Phú Thọ", "xã Yên Thủy, tỉnh Phú Thọ", "xã Bình Xuyên, tỉnh Phú Thọ",
    "xã Chợ Mới, tỉnh Thái Nguyên", "xã Thượng Minh, tỉnh Thái Nguyên", "xã Bảo Hà, tỉnh Lào Cai",
    "xã Trạm Tấu, tỉnh Lào Cai", "xã Pắc Ta, tỉnh Lai Châu", "xã Mù Cả, tỉnh Lai Châu", "xã Sín Chải, tỉnh Điện Biên",
    "xã Búng Lao, tỉnh Điện Biên", "xã Chiềng La, tỉnh Sơn La", "xã Mường Bú, tỉnh Sơn La",
    "xã Thông Nông, tỉnh Cao Bằng", "xã Nam Quang, tỉnh Cao Bằng", "xã Na Sầm, tỉnh Lạng Sơn",
    "xã Vân Nham, tỉnh Lạng Sơn", "xã Lùng Tám, tỉnh Tuyên Quang", "xã Hàm Yên, tỉnh Tuyên Quang",
    "phường Hà Tu, tỉnh Quảng Ninh", "xã Pù Luông, tỉnh Thanh Hóa", "xã Yên Nhân, tỉnh Thanh Hóa",
    "xã Môn Sơn, tỉnh Nghệ An", "xã Keng Đu, tỉnh Nghệ An", "xã Kỳ Lạc, tỉnh Hà Tĩnh", "xã Mai Phụ, tỉnh Hà Tĩnh",
    "xã Tà Long, tỉnh Quảng Trị", "xã Trường Sơn, tỉnh Quảng Trị", "xã Đăk Pék, tỉnh Quảng Ngãi",
    "xã Mộ Đức, tỉnh Quảng Ngãi", "xã Ia Ko, tỉnh Gia Lai", "xã Vĩnh Thạnh, tỉnh Gia Lai", "xã Ea Wy, tỉnh Đắk Lắk",
    "xã Ô Loan, tỉnh Đắk Lắk", "xã Nam Ka, tỉnh Đắk Lắk", "xã Phước Dinh, tỉnh Khánh Hòa",
    "xã Đam Rông 3, tỉnh Lâm Đồng", "xã Quảng Tín, tỉnh Lâm Đồng", "xã Bù Gia Mập, tỉnh Đồng Nai",
    "xã Thanh Sơn, tỉnh Đồng Nai", "xã Hậu Nghĩa, tỉnh Tây Ninh", "xã Tân Hộ Cơ, tỉnh Đồng Tháp",
    "phường Mỹ Ngãi, tỉnh Đồng Tháp", "xã Thạnh Phú, tỉnh Vĩnh Long", "xã Ô Lâm, tỉnh An Giang",
    "phường Bình Đức, tỉnh An Giang", "xã Vĩnh Hậu, tỉnh Cà Mau", "phường Láng Tròn, tỉnh Cà Mau",
)  # fmt: skip
_ROADS: Final = ("Lê Hồng Phong", "Ngô Gia Tự", "Phan Bội Châu", "Trần Quý Cáp", "Nguyễn Ái Quốc", "Lý Tự Trọng",
                 "30 Tháng 4", "Võ Nguyên Giáp", "Tố Hữu", "Nguyễn Thượng Hiền", "Thích Quảng Đức", "Hồ Tùng Mậu",
                 "Ông Ích Khiêm", "Tuệ Tĩnh")  # fmt: skip
_HAMLETS: Final = (
    "Thôn Phú Ổ", "thôn Ngọc Lãng", "Xóm Đồi Cốc", "xóm Trại 3", "Khu Vườn Ươm", "bản Huổi Ức", "Bản Nà Ỏm", "Ấp 5A",
    "ấp Trà Ốt", "Ấp Sóc Chùa", "Khóm Vĩnh Ngươn", "làng Kon Pơng", "Buôn Êga", "bon Bu N'Doh", "plei Ốp", "Thôn 7",
    "TDP Cầu Ươm", "Tổ dân phố Ỷ Na", "khối Tân Quỳnh 1", "Tổ 8, ấp Xẻo Nhàu", "Thôn Giồng Ké", "Đội 11",
    "Phum Xoài Chếk", "Thôn Sủng Ủ", "nóc Ông Ruộng",
)  # fmt: skip
_PEOPLES: Final = (*("Kinh",) * 9, "Tày", "Thái", "Mường", "Nùng", "Mông", "Dao", "Khmer", "Ê Đê", "Jrai", "Bahnar",
                   "Cơ Ho", "Chu Ru", "Mạ", "Giáy", "Sán Chay", "Bru-Vân Kiều", "Co", "Chơ Ro", "Xinh Mun", "Hà Nhì",
                   "La Hủ", "Cống", "Bố Y", "Rơ Măm", "Ơ Đu", "Ngái", "Brâu")  # fmt: skip
_HOSPITALS: Final = (
    "Bệnh viện Đa khoa tỉnh Quảng Nam", "Bệnh viện Phụ sản Nam Định", "Bệnh viện Đa khoa Hòe Nhai",
    "Bệnh viện Sản - Nhi Hưng Yên", "Bệnh viện Đa khoa khu vực Cái Nước", "Trung tâm Y tế huyện Mường Ảng",
    "Trung tâm Y tế khu vực Sông Hinh", "Bệnh viện Đa khoa Bình Định", "Bệnh viện Phụ sản Tâm Phúc",
    "Trạm Y tế xã Khâu Vai", "Trạm Y tế xã Đưng K'Nớ", "Bệnh viện Thành phố Thủ Đức", "Bệnh viện Quân y 87",
    "Bệnh viện Đa khoa Xuyên Á", "TTYT Cù Lao Dung", "Bệnh viện ĐKKV Hồng Ngự", "Nhà bảo sanh Hồng Đức",
)  # fmt: skip


class ScatteredPool(OrderlyPool):
    """Over a third of the communes are called as before 2025; the dates of a paper are written in one way."""

    words = Vocabulary(
        families=_FAMILIES, middles=_MIDDLES, given=_GIVEN, others=_OTHERS, rarely=0.25, communes=_COMMUNES,
        peoples=_PEOPLES, hospitals=_HOSPITALS, authorities=("Ủy ban nhân dân", "UBND", "Ủy ban nhân dân"),
        old_numbers=0.15, clerkly=0.35,
    )  # fmt: skip

    @override
    def address(self) -> str:
        number, road = self.number(1, 900), self.pick(_ROADS)
        where = self.pick((
            *(self.pick(_HAMLETS) for _ in range(4)), f"Số {number}, đường {road}", f"{number} {road}",
            f"Tổ {number % 24 + 1}, {self.pick(_HAMLETS)}",
            f"Số nhà {number % 60 + 2}, ngách {number % 40 + 1}/{number % 17 + 1}, phố {road}",
            f"{number}/{number % 50 + 3} {road}, khu phố {number % 9 + 1}",
            f"P.{number % 18 + 2:02d}{number % 8 + 1:02d}, nhà CT{number % 5 + 1}, KĐT {road}",
        ))  # fmt: skip
        return f"{where}, {self.commune()}"


_MOMENTS: Final = (
    "{h:02d} giờ {m:02d} phút, {said}", "{h:02d} giờ {m:02d} phút, ngày {day}", "Hồi {h} giờ {m:02d} phút, {said}",
    "{h:02d} giờ {m:02d} phút {said}", "{h:02d}h{m:02d}, ngày {day}",
)  # fmt: skip


_LEFT: Final = "Công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất"
_GIVEN_FREE: Final = "Nhà nước giao đất không thu tiền sử dụng đất"
_VARIED: Final[Varied[ScatteredPool]] = {
    **NATIVE,
    ("giay_khai_sinh", "so"): counted("{n}/{y}", "{n:02d}/{y}", "{n}", "{n:03d}", upto=420),
    ("giay_chung_sinh", "so"): counted("{n:04d}/GCS", "{n}/{y}", "{n:05d}", upto=7000),
    ("giay_chung_sinh", "thoi_gian_sinh"): moments(_MOMENTS, 2024),
    ("giay_chung_sinh", "can_nang"): weighed(40, 86, "{g} gam", "{g} gram", "{g}g", "{hundredths} kg"),
    ("giay_chung_sinh", "tinh_trang_con"): listed(
        "Bình thường", "Khỏe", "Khỏe mạnh, bú tốt", "Thiếu tháng (35 tuần)", "Nhẹ cân", "Sinh mổ, ổn định",
    ),
    ("giay_chung_sinh", "so_lan_sinh"): listed("1", "02", "2", "3", "01", "05"),
    ("giay_chung_sinh", "so_con"): listed("1", "01", "01", "2"),
    ("giay_chung_nhan_ket_hon", "so"): counted("{n}/{y}", "{n:02d}", "{n:03d}/{y}", upto=260),
    ("trich_luc_khai_tu", "so"): counted("{n}/TLKT-BS", "{n:02d}/TLKT-BS", "{n}/{y}", upto=300),
    ("trich_luc_khai_tu", "thoi_gian_chet"): moments(_MOMENTS, 2015, 2024),
    ("trich_luc_khai_tu", "nguyen_nhan"): listed(
        "Già yếu", "Bệnh già", "Xơ gan cổ trướng", "Ung thư phổi", "Đuối nước", "Tai nạn lao động", "Sốt xuất huyết",
        "Tăng huyết áp, đột quỵ", "Suy thận mạn giai đoạn cuối", "Do bệnh", "Ngã cao",
    ),
    ("xac_nhan_cu_tru", "so"): counted("{n}/XNTT-CAX", "{n:03d}/XN-CA", "{n}/XNCT", upto=1500),
    ("xac_nhan_cu_tru", "noi_tam_tru"): lambda p: p.pick(("Không", "Không có", p.address())),
    ("xac_nhan_cu_tru", "quan_he_chu_ho"): listed(
        "Con đẻ", "Vợ", "Chồng", "Bố đẻ", "Em gái", "Con rể", "Cháu ngoại", "Ông nội", "Con nuôi", "Người thuê trọ",
    ),
    ("xac_nhan_hon_nhan", "so"): counted("{n}/UBND-XNTTHN", "{n}/XNTTHN", "{n:02d}/GXN", upto=600),
    ("xac_nhan_hon_nhan", "tinh_trang"): lambda p: p.pick((
        "Chưa đăng ký kết hôn với ai", "Chưa đăng ký kết hôn với ai",
        f"Từ ngày {p.date(1998, 2010)} đến ngày {p.date(2018, 2025)} chưa đăng ký kết hôn với ai",
        f"Đã ly hôn theo Bản án số {p.number(3, 90)}/{p.number(2012, 2025)}/HNGĐ-ST, hiện tại chưa đăng ký kết hôn",
        f"Có vợ nhưng vợ đã chết ngày {p.date(2010, 2024)}, hiện tại chưa đăng ký kết hôn với ai",
    )),
    ("xac_nhan_hon_nhan", "muc_dich"): lambda p: p.pick((
        f"Đăng ký kết hôn với chị {p.person()}", "Tặng cho quyền sử dụng đất", "Thế chấp tài sản tại ngân hàng",
        "Bổ sung hồ sơ mua nhà ở xã hội", "Đăng ký kết hôn ở nước ngoài", "Làm thủ tục xuất khẩu lao động",
    )),
    ("quyet_dinh", "so"): counted("{n}/QĐ-UBND", "{n:02d}/QĐ-UBND", "{n}/QĐ-UBND", upto=3100),
    ("quyet_dinh", "ngay_ban_hanh"): lambda p: p.date(2025, 2026),
    ("quyet_dinh", "ve_viec"): listed(
        "cải chính hộ tịch", "hưởng mai táng phí", "công nhận hộ thoát nghèo", "xác định lại dân tộc",
        "hỗ trợ kinh phí chăm sóc, nuôi dưỡng hằng tháng", "giao đất tái định cư", "khen thưởng thành tích đột xuất",
        "thôi hưởng trợ cấp xã hội", "giám hộ đương nhiên", "cấp bù miễn thủy lợi phí",
    ),
    ("giay_chung_nhan_dat", "so_phat_hanh"): lambda p: p.pick((
        f"{p.pick(('AC', 'AM', 'BA', 'BK', 'BY', 'CE', 'CO', 'CX', 'DB', 'DE'))} {p.number(100_000, 999_999)}",
        f"{p.pick(('Đ', 'L', 'Q', 'V'))} {p.number(100_000, 999_999)}", f"AA {p.number(1, 9_999_999):08d}",
    )),
    ("giay_chung_nhan_dat", "thua_dat"): lambda p: p.pick((f"{p.number(1, 1800)}", f"{p.number(2, 99):02d}")),
    ("giay_chung_nhan_dat", "dien_tich"): lambda p: p.pick((
        f"{p.number(35, 980)} m²", f"{p.number(35, 980)},{p.number(1, 9)} m²", f"{p.number(40, 900)}m²",
        f"{p.number(1, 14)}.{p.number(0, 999):03d} m²",
    )),
    ("giay_chung_nhan_dat", "hinh_thuc"): HELD,
    ("giay_chung_nhan_dat", "muc_dich"): listed(
        "Đất ở", "Đất ở tại nông thôn", "Đất ở tại đô thị", "Đất trồng lúa nước còn lại", "Đất rừng phòng hộ",
        "Đất trồng cây lâu năm", "Đất bằng trồng cây hàng năm khác", "Đất làm muối", "Đất thương mại, dịch vụ",
    ),
    ("giay_chung_nhan_dat", "thoi_han"): lambda p: p.pick((
        "Lâu dài", "Lâu dài", f"Đến ngày {p.date(2033, 2070)}",
        f"Đến tháng {p.number(3, 12):02d}/{p.number(2033, 2070)}",
    )),
    ("giay_chung_nhan_dat", "nguon_goc"): listed(
        _GIVEN_FREE, _LEFT, f"Nhận chuyển nhượng đất được {_LEFT}", "Nhận tặng cho quyền sử dụng đất",
        "Nhà nước giao đất có thu tiền sử dụng đất", f"Được tặng cho đất được {_GIVEN_FREE}",
    ),
    ("giay_uy_quyen", "noi_dung"): listed(
        "Nhận Giấy chứng nhận quyền sử dụng đất và nộp các khoản lệ phí", "Nhận thay tiền trợ cấp người có công",
        "Nộp hồ sơ và nhận kết quả cấp bản sao trích lục hộ tịch", "Làm thủ tục sang tên xe mô tô hai bánh",
        "Liên hệ cơ quan có thẩm quyền xin xác nhận tình trạng hôn nhân", "Ký hợp đồng mua bán điện sinh hoạt",
    ),
    ("giay_uy_quyen", "thoi_han"): lambda p: p.pick((
        f"{p.number(2, 12):02d} tháng kể từ ngày ký", f"Từ ngày ký đến hết ngày {p.date(2027, 2029)}",
        "Cho đến khi thực hiện xong công việc", f"{p.number(1, 5):02d} năm kể từ ngày chứng thực",
    )),
    ("can_cuoc", "co_gia_tri_den"): lambda p: p.pick((p.date(2027, 2051), p.date(2027, 2051), "Không thời hạn")),
}  # fmt: skip
"""What the first pool says in few words, said in more, as kinds and names."""


def paper(kind: str, seed: int) -> Content:
    """One paper of a kind, or a list, issued by a commune that it speaks of. Raises KeyError for no kind."""
    return agreeing(kind, seed, ScatteredPool, _VARIED)
