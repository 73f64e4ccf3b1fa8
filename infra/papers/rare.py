"""Values that the first pool is poor in: rare and long names, peoples of the highlands, old districts, short forms."""

from typing import Final, override

from infra.papers.vocabulary import Vocabulary, VocabularyPool

_FIRST: Final = ("Nguyễn Khoa", "Tôn Thất", "Huỳnh", "Trương", "Khuất", "Nghiêm", "Ngụy", "Phùng", "Quách", "Thiều",
                 "Trần Lê", "Đỗ Nguyễn", "Ông", "Lữ", "Viên", "Chử", "Doãn", "Hứa")  # fmt: skip
_MIDDLE: Final = ("Thị", "Văn", "Thị Huyền", "Ngọc Bảo", "Thị Như", "Đình", "Trọng", "Hoàng Phương", "Thục", "Viết",
                  "Thị Mỹ", "Duy", "Quý", "Công", "Nguyệt")  # fmt: skip
_LAST: Final = ("Ái", "Ẩn", "Bằng", "Cẩm", "Diễm", "Duệ", "Đượm", "Hĩnh", "Hoãn", "Hợi", "Kỷ", "Lụa", "Mẫn", "Nhẫn",
                "Nhuần", "Pha", "Quýnh", "Sửu", "Thoa", "Thuấn", "Trâm", "Tỵ", "Ửng", "Vỵ", "Xoan", "Ý")  # fmt: skip
_OF_THE_HIGHLANDS: Final = (
    "H'Bia Niê Kđăm", "Y Thịnh Mlô", "Ksor H'Nhan", "Rơ Châm H'Yéo", "Kpă Thuyết", "K'Brếu", "Ka Să Ha Thương",
    "Giàng A Pó", "Vừ Mí Nô", "Lầu Bá Xồng", "Thạch Thị Sa Rươn", "Kim Sơn Thị Mari", "A Lăng Thị Nhớ", "Bríu Pố",
    "Zơrâm Nhiêu", "Hồ Thị Kăn Rếc", "Lò Thị Pánh", "Chẩu Thị Sến", "Phàn Tả Mẩy", "Quàng Thị Ín", "Đàng Năng Thị Thỏa",
    "Công Tằng Tôn Nữ Thị Diệu Huyền", "Nguyễn Phúc Vĩnh Bảo Trân",
)  # fmt: skip
_PLACES: Final = (
    "xã Ea Yiêng, huyện Krông Pắc, tỉnh Đắk Lắk", "thị trấn Mù Cang Chải, huyện Mù Cang Chải, tỉnh Yên Bái",
    "phường 12, Q. Bình Thạnh, TP. Hồ Chí Minh", "P. Trần Phú, TP. Hà Giang, tỉnh Hà Giang",
    "xã Rô Men, huyện Đam Rông, tỉnh Lâm Đồng", "phường Tân Đông Hiệp, thành phố Dĩ An, tỉnh Bình Dương",
    "xã Bưng Riềng, huyện Xuyên Mộc, tỉnh Bà Rịa - Vũng Tàu", "xã Thổ Châu, TP. Phú Quốc, tỉnh Kiên Giang",
    "xã Đắk Som, huyện Đắk Glong, tỉnh Đắk Nông", "phường Thủy Xuân, quận Thuận Hóa, thành phố Huế",
    "xã Mường Típ, huyện Kỳ Sơn, tỉnh Nghệ An", "xã Tà Rụt, tỉnh Quảng Trị", "phường Bình Hưng Hòa, TP. Hồ Chí Minh",
    "đặc khu Phú Quý, tỉnh Lâm Đồng", "xã Ngọk Réo, tỉnh Quảng Ngãi", "thị xã Hương Trà, tỉnh Thừa Thiên Huế",
    "xã Chế Cu Nha, tỉnh Lào Cai", "phường Vỹ Dạ, thành phố Huế", "xã Ia Rtô, thị xã Ayun Pa, tỉnh Gia Lai",
)  # fmt: skip
_PEOPLES: Final = (
    "Kinh", "Xơ Đăng", "Ba Na", "Cơ Tu", "Bru - Vân Kiều", "Khơ Mú", "Hrê", "Ra Glai", "Giẻ Triêng", "Sán Chay",
    "Hà Nhì", "La Chí", "Phù Lá", "Chứt", "Mnông", "Khmer", "Mông", "Hoa", "Pà Thẻn", "Ê Đê", "Tà Ôi",
)  # fmt: skip
_HOSPITALS: Final = (
    "Bệnh viện Phụ sản - Nhi Đà Nẵng", "Trung tâm Y tế huyện Krông Pắc", "Trạm Y tế xã Mường Típ",
    "Bệnh viện Từ Dũ, TP. Hồ Chí Minh", "Bệnh viện Đa khoa khu vực Tây Nguyên", "Nhà hộ sinh Q. Đống Đa",
)  # fmt: skip
_ROADS: Final = ("Tôn Thất Thuyết", "Huỳnh Thúc Kháng", "Nguyễn Hữu Thọ", "Kha Vạn Cân", "Ỷ Lan", "Bùi Thị Xuân")
_HAMLETS: Final = ("Buôn Ea Sir", "Bản Pà Khốm", "Ấp Bưng Sê", "Xóm Quýt", "Làng Klũh Klăh", "Khóm Đông Thịnh 5")


class RarePool(VocabularyPool):
    """As the first pool, but seldom what one expects."""

    words = Vocabulary(
        families=_FIRST, middles=_MIDDLE, given=_LAST, others=_OF_THE_HIGHLANDS, rarely=0.3, communes=_PLACES,
        peoples=_PEOPLES, hospitals=_HOSPITALS, authorities=("UBND", "Ủy ban nhân dân"), old_numbers=0.2,
        oldest=100_000_000,
    )  # fmt: skip
    clerkly = True

    @override
    def address(self) -> str:
        number = self.number(2, 400)
        where = self.pick((
            f"Số {number}/{number % 9 + 1}B hẻm {self.number(3, 90)} đường {self.pick(_ROADS)}, KP. {number % 7 + 1}",
            f"Căn hộ A{number % 20 + 1}.{number % 12 + 1:02d}, chung cư Thanh Đa, {number} {self.pick(_ROADS)}",
            self.pick(_HAMLETS), self.pick(_HAMLETS), f"Tổ {number % 30 + 1}", f"Đội {number % 9 + 1}, thôn Đông",
        ))  # fmt: skip
        return f"{where}, {self.commune()}"
