"""Wording of half `k`, style `enacted`: forms as circulars print them, in other editions, filled in over dots."""

from typing import Final

_MOTTO: Final = """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
"""
_BESIDE: Final = _MOTTO.replace("@C", "@R")
_PAID: Final = "\n".join(
    f"T {number} | {{+person}} | {{+grown}} | {{+home}} | {sort} | {money}"
    for number, (sort, money) in enumerate(
        (("Người cao tuổi", "750.000"), ("Khuyết tật nặng", "1.125.000"), ("Người cao tuổi", "500.000"),
         ("Đơn thân nuôi con", "1.000.000"), ("Khuyết tật ĐBN", "1.000.000"), ("Trẻ mồ côi", "1.250.000"),
         ("Người cao tuổi", "750.000"), ("Chăm sóc NKT", "500.000"), ("Khuyết tật nặng", "750.000"),
         ("Người cao tuổi", "1.000.000"), ("Hộ nghèo, 75 tuổi", "500.000"), ("Trẻ em dưới 3 tuổi", "750.000")), 1,
    )
)  # fmt: skip

ENACTED: Final = {
    "giay_khai_sinh": f"""
& cream
@TL Mẫu TP/HT-2024-TLKS
@L {{place!u}}
@L *UBND {{office}}
@L Số: {{so}}
{_BESIDE}
/ {{commune}}, {{+now}}
! TRÍCH LỤC KHAI SINH
!! (BẢN SAO)
Họ, chữ đệm, tên: {{ho_ten!u}}
Ngày, tháng, năm sinh: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Nơi sinh: {{noi_sinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Quê quán: {{que_quan}}
Số định danh cá nhân: {{so_dinh_danh}}
Họ, chữ đệm, tên của người mẹ: {{ho_ten_me}}
Năm sinh của người mẹ: {{nam_sinh_me}}
Nơi cư trú của người mẹ: {{noi_cu_tru_me}}
Họ, chữ đệm, tên của người cha: {{ho_ten_cha}}
Năm sinh của người cha: {{nam_sinh_cha}}
Nơi cư trú của người cha: {{noi_cu_tru_cha}}
Đăng ký khai sinh tại: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}
$ NGƯỜI THỰC HIỆN / {{clerk}} | NGƯỜI KÝ TRÍCH LỤC / (Ký, ghi rõ họ tên, chức vụ và đóng dấu) / {{signer}}
""",
    "giay_chung_sinh": f"""
@TR Phụ lục 05
@L BỘ Y TẾ
@L *CƠ SỞ KHÁM BỆNH, CHỮA BỆNH
@L Quyển số: 01
@L Số: {{so}}
{_BESIDE}
! GIẤY CHỨNG SINH
!! (Liên 2: giao cho gia đình)
Họ tên mẹ (hoặc người nuôi dưỡng): {{ho_ten_me}}
Năm sinh: {{nam_sinh_me}} | Dân tộc: {{dan_toc_me}}
Số CCCD/Số định danh cá nhân: {{so_dinh_danh_me!b}}
Nơi đăng ký thường trú (tạm trú): {{noi_cu_tru_me}}
Đã sinh con vào lúc: {{thoi_gian_sinh}}
Tại: {{noi_sinh}}
Lần sinh thứ: {{so_lan_sinh}} | Số con trong lần sinh này: {{so_con}}
Giới tính của con: {{gioi_tinh_con}} | Cân nặng: {{can_nang}}
Hiện trạng của con: {{tinh_trang_con}}
Dự định đặt tên con là: {{ten_du_dinh}}
Người đỡ đẻ (họ tên, chức danh): {{nguoi_do_de}}
/ {{commune}}, {{+now}}
$ CHA, MẸ HOẶC NGƯỜI THÂN / (Ký, ghi rõ họ tên) / - | NGƯỜI ĐỠ ĐẺ / (Ký, ghi rõ chức danh) / - | THỦ TRƯỞNG CƠ \
SỞ / (Ký tên, đóng dấu) / {{signer}}
^ Tên dự định đặt cho con có thể thay đổi khi đăng ký khai sinh. Trường hợp sinh con phải phẫu thuật hoặc sinh \
con dưới 32 tuần tuổi thì ghi rõ.
""",
    "giay_chung_nhan_ket_hon": f"""
& pink
{_MOTTO}
! GIẤY CHỨNG NHẬN KẾT HÔN
Số: {{so}}
# I. BÊN NAM
Họ, chữ đệm, tên chồng: {{ho_ten_chong}}
Ngày sinh: {{ngay_sinh_chong}} | Dân tộc: {{dan_toc_chong}} | Quốc tịch: {{'Việt Nam}}
Nơi thường trú/tạm trú: {{noi_cu_tru_chong}}
Giấy tờ tùy thân (loại, số): {{so_giay_to_chong}}
# II. BÊN NỮ
Họ, chữ đệm, tên vợ: {{ho_ten_vo}}
Ngày sinh: {{ngay_sinh_vo}} | Dân tộc: {{dan_toc_vo}} | Quốc tịch: {{'Việt Nam}}
Nơi thường trú/tạm trú: {{noi_cu_tru_vo}}
Giấy tờ tùy thân (loại, số): {{so_giay_to_vo}}
# III. NƠI VÀ NGÀY ĐĂNG KÝ
Cơ quan đăng ký kết hôn: {{noi_dang_ky}}
Đăng ký ngày: {{ngay_dang_ky}}
> Giấy chứng nhận kết hôn này có giá trị kể từ ngày, tháng, năm đăng ký.
$ CHỒNG / (Ký, ghi họ tên) / {{ho_ten_chong}} | VỢ / (Ký, ghi họ tên) / {{ho_ten_vo}} | NGƯỜI KÝ GIẤY / {{signer}}
""",
    "trich_luc_khai_tu": f"""
@L *UBND {{office}}
@L {{place!u}}
@L Số: {{so}}
{_BESIDE}
/ {{commune}}, {{+now}}
! TRÍCH LỤC KHAI TỬ
> Căn cứ Sổ đăng ký khai tử và Cơ sở dữ liệu hộ tịch điện tử, nay trích lục:
Họ, chữ đệm, tên người chết: {{ho_ten!u}}
Sinh ngày: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Số định danh cá nhân (nếu có): {{so_dinh_danh}}
Đã chết vào lúc: {{thoi_gian_chet}}
Nơi chết: {{noi_chet}}
Nguyên nhân: {{nguyen_nhan}}
Cơ quan đã đăng ký khai tử: {{noi_dang_ky}}
Ngày đăng ký khai tử: {{ngay_dang_ky}}
Họ tên người đi khai tử: {{nguoi_yeu_cau}}
> Trích lục này được cấp theo yêu cầu, thực hiện từ cơ sở dữ liệu hộ tịch điện tử.
$ CÔNG CHỨC HỘ TỊCH / {{clerk}} | TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
""",
    "xac_nhan_cu_tru": f"""
@TR Mẫu CT07 (ban hành kèm theo Thông tư số 53/2025/TT-BCA)
@L CÔNG AN {{province!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_BESIDE}
/ {{commune}}, {{+now}}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
> Theo đề nghị của công dân, Công an xác nhận thông tin trong Cơ sở dữ liệu về cư trú như sau:
1. Họ, chữ đệm và tên: {{ho_ten}}
2. Ngày, tháng, năm sinh: {{ngay_sinh}} | 3. Giới tính: {{gioi_tinh}}
4. Số định danh cá nhân: {{so_dinh_danh!b}}
5. Dân tộc: {{dan_toc}} | 6. Quốc tịch: {{quoc_tich}}
7. Quê quán: {{que_quan}}
8. Nơi thường trú: {{noi_thuong_tru}}
9. Nơi tạm trú: {{noi_tam_tru}}
10. Nơi ở hiện tại: {{noi_o_hien_tai}}
11. Họ, chữ đệm và tên chủ hộ: {{ho_ten_chu_ho}}
12. Quan hệ với chủ hộ: {{quan_he_chu_ho}}
13. Số định danh cá nhân của chủ hộ: {{so_dinh_danh_chu_ho!b}}
> Xác nhận này có giá trị đến hết ngày {{+due}}.
$ CÁN BỘ ĐĂNG KÝ / {{clerk}} | TRƯỞNG CÔNG AN / (Ký, ghi rõ họ tên, đóng dấu) / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
& arrived
@L ỦY BAN NHÂN DÂN
@L *{{office}}
@L {{place!u}}
@L Số: {{so}}
{_BESIDE}
/ {{commune}}, {{+now}}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
> Xét đề nghị của ông/bà: {{+person}}, về việc cấp Giấy xác nhận tình trạng hôn nhân,
# XÁC NHẬN:
Họ, chữ đệm, tên: {{ho_ten}}
Ngày, tháng, năm sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Giấy tờ tùy thân: {{so_giay_to}}
Nơi cư trú: {{noi_cu_tru}}
Tình trạng hôn nhân: {{tinh_trang}}
Giấy này được cấp để (mục đích sử dụng): {{muc_dich}}
> Giấy này có giá trị sử dụng trong thời hạn 6 tháng, kể từ ngày cấp.
$ NGƯỜI LẬP / {{clerk}} | CHỦ TỊCH / (Ký, ghi rõ họ, chữ đệm, tên, đóng dấu) / {{signer}}
""",
    "quyet_dinh": f"""
@L *ỦY BAN NHÂN DÂN {{office}}
@L Số: {{so}}
{_BESIDE}
/ {{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *CHỦ TỊCH ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
> Căn cứ Nghị định số 150/2025/NĐ-CP của Chính phủ;
> Xét đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số {{+number}}/TTr-VHXH.
!! *QUYẾT ĐỊNH:
> Điều 1. Chấp thuận {{ve_viec}} đối với người có thông tin sau:
- Họ và tên: {{ho_ten}}
- Sinh ngày: {{ngay_sinh}}
- Số CCCD/CMND: {{so_giay_to}}
- Địa chỉ thường trú: {{noi_cu_tru}}
> Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.
> Điều 3. Chánh Văn phòng HĐND và UBND, Trưởng phòng Văn hóa - Xã hội và người có tên tại Điều 1 chịu trách \
nhiệm thi hành Quyết định này./.
$ Nơi nhận: / - Như Điều 3; / - Thường trực Đảng ủy; / - Lưu: VT, VHXH. / - | CHỦ TỊCH / {{signer}}
""",
    "giay_chung_nhan_dat": f"""
& pale
{_MOTTO}
! GIẤY CHỨNG NHẬN
!! *QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
# 1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất
Ông (Bà): {{ho_ten}} | Năm sinh: {{nam_sinh}}
Giấy tờ nhân thân số: {{so_giay_to}}
Địa chỉ: {{noi_cu_tru}}
# 2. Thông tin thửa đất
Thửa đất số: {{thua_dat}} | Tờ bản đồ số: {{to_ban_do}}
Diện tích: {{dien_tich}}
Loại đất: {{muc_dich}}
Thời hạn sử dụng đất: {{thoi_han}}
Hình thức sử dụng đất: {{hinh_thuc}}
Địa chỉ thửa đất: {{dia_chi_thua_dat}}
Nguồn gốc sử dụng đất: {{nguon_goc}}
# 3. Thông tin tài sản gắn liền với đất
Tên tài sản: {{'-/-}}
# 4. Ghi chú
Nội dung: {{'Không}}
/ {{commune}}, {{+now}}
$ - | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
Số phát hành GCN: {{so_phat_hanh}}
""",
    "giay_uy_quyen": f"""
{_MOTTO}
! GIẤY ỦY QUYỀN
!! (Dùng cho cá nhân)
> Hôm nay, {{+now}}, tại {{office}}, {{place}}, chúng tôi gồm có:
# I. BÊN ỦY QUYỀN (Bên A)
Họ và tên: {{ho_ten_uy_quyen}}
Sinh ngày: {{ngay_sinh_uy_quyen}} | Số CCCD: {{so_giay_to_uy_quyen}}
Nơi cư trú: {{noi_cu_tru_uy_quyen}}
# II. BÊN ĐƯỢC ỦY QUYỀN (Bên B)
Họ và tên: {{ho_ten_duoc_uy_quyen}}
Sinh ngày: {{ngay_sinh_duoc_uy_quyen}} | Số CCCD: {{so_giay_to_duoc_uy_quyen}}
Nơi cư trú: {{noi_cu_tru_duoc_uy_quyen}}
# III. NỘI DUNG ỦY QUYỀN
Bên A ủy quyền cho Bên B: {{noi_dung}}
Thời hạn ủy quyền: {{thoi_han}}
# IV. CAM KẾT
> Hai bên cam kết chịu hoàn toàn trách nhiệm trước pháp luật về mọi thông tin ghi ở trên. Mọi tranh chấp phát \
sinh do hai bên tự giải quyết.
$ BÊN ỦY QUYỀN / (Ký, họ tên) / {{ho_ten_uy_quyen}} | BÊN ĐƯỢC ỦY QUYỀN / (Ký, họ tên) / {{ho_ten_duoc_uy_quyen}}
& prints
# XÁC NHẬN CỦA CƠ QUAN CÓ THẨM QUYỀN
> Chứng thực ông/bà có tên trên đã ký trước mặt tôi.
""",
    "can_cuoc": f"""
@TL Mẫu CC02
@L BỘ CÔNG AN
@L *CỤC CẢNH SÁT QLHC VỀ TTXH
{_BESIDE}
! PHIẾU THU NHẬN THÔNG TIN CĂN CƯỚC
1. Họ, chữ đệm và tên khai sinh: {{ho_ten!u}}
2. Số định danh cá nhân: {{so_dinh_danh!b}}
3. Ngày, tháng, năm sinh: {{ngay_sinh}} | 4. Giới tính: {{gioi_tinh}}
5. Quốc tịch: {{quoc_tich}} | 6. Nhóm máu (nếu có): {{'Chưa rõ}}
7. Quê quán: {{que_quan}}
8. Nơi thường trú: {{noi_thuong_tru}}
9. Thẻ căn cước có giá trị đến: {{co_gia_tri_den}}
10. Đặc điểm nhân dạng: {{+mole}}
11. Yêu cầu của công dân: {{'Cấp đổi thẻ căn cước}}
> Tôi xin cam đoan những thông tin kê khai trên là đúng sự thật.
/ {{commune}}, {{+now}}
$ CÁN BỘ THU NHẬN / (Ký, ghi rõ họ tên) / {{clerk}} | NGƯỜI ĐƯỢC THU NHẬN / (Ký, ghi rõ họ tên) / {{ho_ten}}
""",
    "bang_ke": f"""
@L *UBND {{office}}
@L PHÒNG VĂN HÓA - XÃ HỘI
{_BESIDE}
! DANH SÁCH CHI TRẢ TRỢ CẤP XÃ HỘI HẰNG THÁNG
!! (Kỳ chi trả tháng 11/2026, điểm chi trả: Nhà văn hóa trung tâm)
TABLE 0.7c 3 1.7c 2.6 2.5 1.7r 1.2
T STT | Họ và tên | Ngày sinh | Nơi ở | Đối tượng | Số tiền (đồng) | Ký nhận
{_PAID}
> Ấn định danh sách này có 12 người, tổng số tiền là 9.875.000 đồng (Chín triệu tám trăm bảy mươi lăm nghìn đồng).
/ {{commune}}, {{+now}}
$ NGƯỜI LẬP BIỂU / {{clerk}} | NHÂN VIÊN CHI TRẢ / {{+person}} | TM. ỦY BAN NHÂN DÂN / {{signer}}
""",
}  # fmt: skip
