"""Wording of half `c`, style `sections`: the forms in force, numbered, labels and values in line or at a tab."""

from typing import Final

_HEAD: Final = """
@L ỦY BAN NHÂN DÂN
@L *{office}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_NUMBERED: Final = _HEAD + "@L Số: {so}\n"
_DATED: Final = _NUMBERED + "@R _{commune}, {+date}\n"
_ISSUED: Final = _NUMBERED + "@R _{commune}, {ngay_ban_hanh!d}\n"

SECTIONS: Final = {
    "giay_khai_sinh": f"""{_HEAD}@L Số: {{so}}
"""
    """
! GIẤY KHAI SINH
1. Họ, chữ đệm, tên người được khai sinh: {ho_ten}
2. Ngày, tháng, năm sinh: {ngay_sinh}; ghi bằng chữ: {=ngay_sinh}
3. Giới tính: {gioi_tinh} | Dân tộc: {dan_toc} | Quốc tịch: {quoc_tich}
4. Nơi sinh (1): {noi_sinh}
5. Quê quán: {que_quan}
6. Số định danh cá nhân: {so_dinh_danh}
# 7. Thông tin về cha, mẹ
[[
Họ, chữ đệm, tên người mẹ: {ho_ten_me}
Năm sinh: {nam_sinh_me}
Nơi cư trú: {noi_cu_tru_me}
||
Họ, chữ đệm, tên người cha: {ho_ten_cha}
Năm sinh: {nam_sinh_cha}
Nơi cư trú: {noi_cu_tru_cha}
]]
8. Nơi đăng ký khai sinh: {noi_dang_ky}
9. Ngày, tháng, năm đăng ký: {ngay_dang_ky}
10. Họ, chữ đệm, tên người đi khai sinh: {+person}; giấy tờ tùy thân: {+id}
$ NGƯỜI THỰC HIỆN / (Đã ký) / {clerk} | NGƯỜI KÝ GIẤY KHAI SINH / PHÓ CHỦ TỊCH / {signer}
^ (1) Ghi theo Giấy chứng sinh; sinh ngoài cơ sở y tế thì ghi địa danh hành chính nơi sinh.
""",
    "giay_chung_sinh": """
@L BỘ Y TẾ
@L *{noi_sinh}
@L Số: {so}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
@R _Bản lưu số 1
! GIẤY CHỨNG SINH
# A. Người mẹ (hoặc người nuôi dưỡng)
Họ và tên: {ho_ten_me}
Năm sinh: {nam_sinh_me}
Nơi đăng ký thường trú, tạm trú: {noi_cu_tru_me}
Số CCCD/ĐDCN: {so_dinh_danh_me}
Dân tộc: {dan_toc_me}
# B. Lần sinh này
Đã sinh con vào lúc: {thoi_gian_sinh}
Lần sinh thứ: {so_lan_sinh}
Số con trong lần sinh này: {so_con}
# C. Trẻ sơ sinh
Giới tính của con: {gioi_tinh_con}
Cân nặng: {can_nang}
Tình trạng của con: {tinh_trang_con}
Dự định đặt tên con là: {ten_du_dinh}
Người đỡ đẻ: {nguoi_do_de}
/ {province}, {+date}
$ Người nhận giấy / (Ký, ghi rõ họ tên) / {+person} | THỦ TRƯỞNG CƠ SỞ / (Ký, đóng dấu) / {signer}
^ Lưu ý: Giấy chứng sinh có giá trị làm thủ tục khai sinh; tên dự định đặt có thể thay đổi khi khai sinh.
""",
    "giay_chung_nhan_ket_hon": _HEAD
    + """
! GIẤY CHỨNG NHẬN KẾT HÔN
!! Số: {so}
[[
# VỢ
Họ, chữ đệm, tên: {ho_ten_vo}
Ngày, tháng, năm sinh: {ngay_sinh_vo}
Dân tộc: {dan_toc_vo}
Nơi cư trú: {noi_cu_tru_vo}
Giấy tờ tùy thân: {so_giay_to_vo}
||
# CHỒNG
Họ, chữ đệm, tên: {ho_ten_chong}
Ngày, tháng, năm sinh: {ngay_sinh_chong}
Dân tộc: {dan_toc_chong}
Nơi cư trú: {noi_cu_tru_chong}
Giấy tờ tùy thân: {so_giay_to_chong}
]]
--
Nơi đăng ký kết hôn: {noi_dang_ky}
Ngày, tháng, năm đăng ký: {ngay_dang_ky}
> Giấy chứng nhận này có giá trị kể từ ngày đăng ký; chồng hoặc vợ giữ mỗi người một bản chính.
$ Vợ - Chồng / (Đã ký vào sổ) / {clerk} | NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN / CHỦ TỊCH / {signer}
""",
    "trich_luc_khai_tu": f"""{_HEAD}@L Số: {{so}}
@R _{{commune}}, {{+date}}
"""
    """
! TRÍCH LỤC KHAI TỬ
!! (BẢN SAO)
Họ, chữ đệm, tên: {ho_ten}
Ngày, tháng, năm sinh: {ngay_sinh}
Giới tính: {gioi_tinh}
Dân tộc: {dan_toc}
Quốc tịch: {quoc_tich}
Giấy tờ tùy thân, số định danh cá nhân: {so_dinh_danh}
# Đã chết vào lúc
Giờ, ngày, tháng, năm: {thoi_gian_chet}
Nơi chết: {noi_chet}
Nguyên nhân chết: {nguyen_nhan}
# Đăng ký khai tử
Đăng ký khai tử tại: {noi_dang_ky}
Ngày đăng ký: {ngay_dang_ky}
Người yêu cầu đăng ký: {nguoi_yeu_cau}
Giấy tờ của người yêu cầu: {+id}
$ - | NGƯỜI KÝ TRÍCH LỤC / TL. CHỦ TỊCH / {signer}
""",
    "xac_nhan_cu_tru": """
@TR Mẫu CT07 ban hành kèm theo Thông tư về cư trú
@L CÔNG AN {above!u}
@L *CÔNG AN {office}
@L Số: {so}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
# I. Theo đề nghị của Ông/Bà:
1. Họ, chữ đệm và tên: {ho_ten}
2. Ngày, tháng, năm sinh: {ngay_sinh} | 3. Giới tính: {gioi_tinh}
4. Số định danh cá nhân: {so_dinh_danh!b}
5. Dân tộc: {dan_toc} | 6. Tôn giáo: Không | 7. Quốc tịch: {quoc_tich}
8. Quê quán: {que_quan}
# II. Công an xã/phường/đặc khu xác nhận thông tin về cư trú như sau:
1. Nơi thường trú: {noi_thuong_tru}
2. Nơi tạm trú: {noi_tam_tru}
3. Nơi ở hiện tại: {noi_o_hien_tai}
4. Họ, chữ đệm và tên chủ hộ: {ho_ten_chu_ho} | 5. Quan hệ với chủ hộ: {quan_he_chu_ho}
6. Số định danh cá nhân của chủ hộ: {so_dinh_danh_chu_ho!b}
> Xác nhận thông tin cư trú này có giá trị trong thời hạn 01 năm kể từ ngày cấp. Trường hợp thông tin về cư trú \
của công dân có sự thay đổi, điều chỉnh thì xác nhận này hết giá trị kể từ thời điểm thay đổi.
$ NGƯỜI LẬP / (Ký, ghi rõ họ tên) / {clerk} | TRƯỞNG CÔNG AN / (Ký, ghi rõ họ tên, đóng dấu) / {signer}
""",
    "xac_nhan_hon_nhan": f"""{_HEAD}@L Số: {{so}}
@R _{{commune}}, {{+date}}
"""
    """
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
> ỦY BAN NHÂN DÂN {office}
> Xét đề nghị của ông/bà {+person}, về việc cấp Giấy xác nhận tình trạng hôn nhân cho {ho_ten}, sinh ngày \
{ngay_sinh}, giới tính {gioi_tinh}, dân tộc {dan_toc}, quốc tịch {quoc_tich}, giấy tờ tùy thân số {so_giay_to}, \
nơi cư trú {noi_cu_tru};
# XÁC NHẬN:
> Ông/bà có tên nêu trên, trong thời gian cư trú tại địa phương, tình trạng hôn nhân: {tinh_trang}.
> Giấy này được cấp để sử dụng vào mục đích: {muc_dich}.
> Giấy này có giá trị đến thời điểm thay đổi tình trạng hôn nhân hoặc 06 tháng kể từ ngày cấp, tùy theo thời điểm \
nào đến trước.
$ NGƯỜI THỰC HIỆN / (Đã ký) / {clerk} | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {signer}
""",
    "quyet_dinh": f"""{_HEAD}@L Số: {{so}}
@R _{{commune}}, {{ngay_ban_hanh!d}}
"""
    """
! QUYẾT ĐỊNH
!! *Về việc {ve_viec}
!! *CHỦ TỊCH ỦY BAN NHÂN DÂN {office}
> Căn cứ Luật Tổ chức chính quyền địa phương;
> Căn cứ Luật Hộ tịch, Luật Người cao tuổi và các nghị định hướng dẫn thi hành;
> Theo đề nghị của công chức Văn hóa - Xã hội tại Báo cáo số {+number}/BC-VHXH.
! QUYẾT ĐỊNH:
> Điều 1. Giải quyết đề nghị của ông (bà) {ho_ten}, sinh ngày {ngay_sinh}, số CCCD/CMND {so_giay_to}, nơi cư trú: \
{noi_cu_tru}.
> Điều 2. Giao Trung tâm Phục vụ hành chính công trả kết quả và thu phí, lệ phí (nếu có) theo quy định.
> Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Các ông (bà) Chánh Văn phòng, Trưởng phòng, ban, ngành liên \
quan và ông (bà) có tên tại Điều 1 chịu trách nhiệm thi hành./.
$ Nơi nhận: / (- Như Điều 3;) / (- Lưu: VT.) / - | CHỦ TỊCH / {signer}
""",
    "giay_chung_nhan_dat": """
@TL Trang 2
@BR {so_phat_hanh}
# I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất
> Ông (bà): {ho_ten}, sinh năm: {nam_sinh}, CMND số: {so_giay_to}. Địa chỉ thường trú: {noi_cu_tru}.
# II. Thửa đất, nhà ở và tài sản khác gắn liền với đất
# 1. Thửa đất:
a) Thửa đất số: {thua_dat}, | tờ bản đồ số: {to_ban_do},
b) Địa chỉ: {dia_chi_thua_dat}
c) Diện tích: {dien_tich},
d) Hình thức sử dụng: {hinh_thuc}
đ) Mục đích sử dụng: {muc_dich}
e) Thời hạn sử dụng: {thoi_han}
g) Nguồn gốc sử dụng: {nguon_goc}
# 2. Nhà ở: -/-
# 3. Công trình xây dựng khác: -/-
# 4. Ghi chú: Thửa đất có {+number},5 m² thuộc hành lang bảo vệ công trình.
/ {commune}, {+date}
$ - | TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / {signer}
> Số vào sổ cấp GCN: CH {+number}
# IV. Những thay đổi sau khi cấp giấy chứng nhận
TABLE 3 2
T Nội dung thay đổi và cơ sở pháp lý | Xác nhận của cơ quan có thẩm quyền
T Chuyển nhượng một phần cho {+person}, CCCD số {+id}, theo hồ sơ số {+number}.CN | Chi nhánh VPĐKĐĐ, {+lately}
""",
    "giay_uy_quyen": """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
/ {province}, {+date}
! GIẤY ỦY QUYỀN
# I. BÊN ỦY QUYỀN (sau đây gọi là Bên A)
Họ và tên: {ho_ten_uy_quyen}
Ngày sinh: {ngay_sinh_uy_quyen}
Số CCCD/Hộ chiếu: {so_giay_to_uy_quyen}
Địa chỉ: {noi_cu_tru_uy_quyen}
# II. BÊN ĐƯỢC ỦY QUYỀN (sau đây gọi là Bên B)
Họ và tên: {ho_ten_duoc_uy_quyen}
Ngày sinh: {ngay_sinh_duoc_uy_quyen}
Số CCCD/Hộ chiếu: {so_giay_to_duoc_uy_quyen}
Địa chỉ: {noi_cu_tru_duoc_uy_quyen}
# III. NỘI DUNG, THỜI HẠN
Nội dung ủy quyền: {noi_dung}
Thời hạn ủy quyền: {thoi_han}
> Bên B cam kết thực hiện đúng nội dung ủy quyền; Bên A chịu trách nhiệm về việc ủy quyền của mình trước pháp luật.
$ BÊN ĐƯỢC ỦY QUYỀN / (Ký, họ tên) / {ho_ten_duoc_uy_quyen} | BÊN ỦY QUYỀN / (Ký, họ tên) / {ho_ten_uy_quyen}
""",
    "can_cuoc": """
& card
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! CĂN CƯỚC CÔNG DÂN
& front
Số: {so_dinh_danh}
Họ và tên: {ho_ten}
Sinh ngày: {ngay_sinh}
Giới tính: {gioi_tinh}
Quốc tịch: {quoc_tich}
Quê quán: {que_quan}
Thường trú: {noi_thuong_tru}
Có giá trị đến: {co_gia_tri_den}
""",
}
