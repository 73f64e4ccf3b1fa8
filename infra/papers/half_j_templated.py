"""Wording of half `j`, style `templated`: forms of the ministries' circulars, filled in over their dots."""

from typing import Final

_MOTTO: Final = """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
"""
_BESIDE: Final = _MOTTO.replace("@C", "@R")
_COMMUNE: Final = (
    """
@L {place!u}
@L *ỦY BAN NHÂN DÂN {office}
@L Số: {so}
"""
    + _BESIDE
)
_VISITORS: Final = "\n".join(
    f"T {number} | {{+due}} | {{+person}} | {{+home}} | {about} | {result}"
    for number, (about, result) in enumerate(
        (("Chứng thực bản sao", "Đã trả"), ("Hỏi về chế độ người có công", "Đã hướng dẫn"),
         ("Đăng ký khai sinh", "Hẹn trả"), ("Kiến nghị đường liên thôn lầy lội", "Chuyển phòng Kinh tế"),
         ("Xin xác nhận hộ cận nghèo", "Đã trả"), ("Chứng thực chữ ký", "Đã trả"),
         ("Tranh chấp ranh giới đất", "Mời hòa giải"),
         ("Đăng ký tạm trú", "Chuyển Công an xã"), ("Trích lục kết hôn", "Đã trả"),
         ("Xin cấp lại thẻ BHYT", "Đã hướng dẫn"),
         ("Nộp hồ sơ tách thửa", "Hẹn trả"), ("Phản ánh ô nhiễm chuồng trại", "Đang xác minh")), 1,
    )
)  # fmt: skip

TEMPLATED: Final = {
    "giay_khai_sinh": f"""
& rosy
{_MOTTO}
! GIẤY KHAI SINH
!! (BẢN CHÍNH)
Số: {{so}}
Họ, chữ đệm, tên: {{ho_ten!u}}
Ngày, tháng, năm sinh: {{ngay_sinh}} | Ghi bằng chữ: {{=ngay_sinh}}
Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Nơi sinh: {{noi_sinh}}
Quê quán: {{que_quan}}
Số định danh cá nhân: {{so_dinh_danh}}
Họ, chữ đệm, tên người mẹ: {{ho_ten_me}}
Năm sinh: {{nam_sinh_me}} | Quốc tịch: {{'Việt Nam}}
Nơi cư trú: {{noi_cu_tru_me}}
Họ, chữ đệm, tên người cha: {{ho_ten_cha}}
Năm sinh: {{nam_sinh_cha}} | Quốc tịch: {{'Việt Nam}}
Nơi cư trú: {{noi_cu_tru_cha}}
Nơi đăng ký khai sinh: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}
Họ, chữ đệm, tên người đi khai sinh: {{+person}}
$ - | NGƯỜI KÝ GIẤY KHAI SINH / (Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu) / {{signer}}
""",
    "giay_chung_sinh": f"""
@TR PHỤ LỤC 01 - Thông tư số 56/2017/TT-BYT
@L BỘ Y TẾ/SỞ Y TẾ: {{province!u}}
@L *Tên cơ sở: {{noi_sinh}}
@L Số: {{so}}
{_BESIDE}
! GIẤY CHỨNG SINH
Họ và tên mẹ hoặc người nuôi dưỡng: {{ho_ten_me!u}}
Năm sinh: {{nam_sinh_me}} | Dân tộc: {{dan_toc_me}}
Nơi đăng ký thường trú/tạm trú: {{noi_cu_tru_me}}
Số CMND/Thẻ CCCD/Hộ chiếu: {{so_dinh_danh_me}}
Mã số BHXH/Thẻ BHYT số: {{+insured}}
Đã sinh con vào lúc: {{thoi_gian_sinh}}
Tại: {{noi_sinh}}
Số lần sinh: {{so_lan_sinh}}
Số con trong lần sinh này: {{so_con}} | Giới tính của con: {{gioi_tinh_con}}
Cân nặng: {{can_nang}} | Tình trạng của con: {{tinh_trang_con}}
Dự định đặt tên con là: {{ten_du_dinh}}
Người đỡ đẻ: {{nguoi_do_de}}
/ {{province}}, {{+now}}
$ Cha, mẹ / (Ký, ghi rõ họ tên) / {{+person}} | Người đỡ đẻ / (Ký tên) / {{nguoi_do_de}} | Thủ trưởng cơ sở / \
(Ký, đóng dấu) / {{signer}}
^ Tên dự định đặt có thể thay đổi khi đăng ký khai sinh.
""",
    "giay_chung_nhan_ket_hon": f"""
& rosy
{_MOTTO}
! GIẤY CHỨNG NHẬN KẾT HÔN
Số: {{so}}
[[
Họ, chữ đệm, tên vợ: {{ho_ten_vo!u}}
Ngày, tháng, năm sinh: {{ngay_sinh_vo}}
Dân tộc: {{dan_toc_vo}}
Quốc tịch: {{'Việt Nam}}
Nơi cư trú: {{noi_cu_tru_vo}}
Giấy tờ tùy thân: {{so_giay_to_vo}}
||
Họ, chữ đệm, tên chồng: {{ho_ten_chong!u}}
Ngày, tháng, năm sinh: {{ngay_sinh_chong}}
Dân tộc: {{dan_toc_chong}}
Quốc tịch: {{'Việt Nam}}
Nơi cư trú: {{noi_cu_tru_chong}}
Giấy tờ tùy thân: {{so_giay_to_chong}}
]]
Nơi đăng ký kết hôn: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}
$ Vợ / (Ký, ghi rõ họ tên) / {{ho_ten_vo}} | Chồng / (Ký, ghi rõ họ tên) / {{ho_ten_chong}} | \
CHỦ TỊCH / (Ký và đóng dấu) / {{signer}}
""",
    "trich_luc_khai_tu": f"""
{_COMMUNE}
@R _{{commune}}, {{+now}}
! TRÍCH LỤC KHAI TỬ
!! (BẢN SAO)
Họ, chữ đệm, tên: {{ho_ten!u}}
Ngày, tháng, năm sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Số định danh cá nhân: {{so_dinh_danh}}
Đã chết vào lúc: {{thoi_gian_chet}}
Nơi chết: {{noi_chet}}
Nguyên nhân chết: {{nguyen_nhan}}
Đăng ký khai tử tại: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}
Giấy báo tử số: {{+number}} | Ngày cấp: {{+lately}}
Họ, chữ đệm, tên người đi khai tử: {{nguoi_yeu_cau}}
& creased
$ - | NGƯỜI KÝ TRÍCH LỤC / (Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu) / {{signer}}
""",
    "xac_nhan_cu_tru": f"""
@TR Mẫu CT07 ban hành theo TT số 56/2021/TT-BCA
@L CÔNG AN {{district!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_BESIDE}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
> Theo đề nghị của Ông/Bà:
1. Họ, chữ đệm và tên: {{ho_ten!u}}
2. Ngày, tháng, năm sinh: {{ngay_sinh}} | 3. Giới tính: {{gioi_tinh}}
4. Số định danh cá nhân/CMND: {{so_dinh_danh!b}}
5. Dân tộc: {{dan_toc}} | 6. Tôn giáo: {{'Không}} | 7. Quốc tịch: {{quoc_tich}}
8. Quê quán: {{que_quan}}
> Công an {{office}} xác nhận thông tin về cư trú như sau:
1. Nơi thường trú: {{noi_thuong_tru}}
2. Nơi tạm trú: {{noi_tam_tru}}
3. Nơi ở hiện tại: {{noi_o_hien_tai}}
4. Họ, chữ đệm và tên chủ hộ: {{ho_ten_chu_ho}}
5. Quan hệ với chủ hộ: {{quan_he_chu_ho}}
6. Số định danh cá nhân của chủ hộ: {{so_dinh_danh_chu_ho!b}}
> Xác nhận này có giá trị 01 năm kể từ ngày ký./.
/ {{commune}}, {{+now}}
$ - | TRƯỞNG CÔNG AN / (Ký, ghi rõ họ tên và đóng dấu) / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
{_COMMUNE}
@R _{{commune}}, {{+now}}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
> Xét đề nghị của ông/bà {{+person}}, về việc cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây.
!! *XÁC NHẬN:
Họ, chữ đệm, tên: {{ho_ten!u}}
Ngày, tháng, năm sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Giấy tờ tùy thân: {{so_giay_to}}
Nơi cư trú: {{noi_cu_tru}}
Tình trạng hôn nhân: {{tinh_trang}}
Giấy xác nhận này được cấp để: {{muc_dich}}
> Giấy này có giá trị đến khi thay đổi tình trạng hôn nhân hoặc 06 tháng kể từ ngày cấp, tùy theo thời điểm nào \
đến trước.
$ - | NGƯỜI KÝ GIẤY XÁC NHẬN / (Ký, ghi rõ họ, chữ đệm, tên, chức vụ) / {{signer}}
""",
    "quyet_dinh": f"""
@L {{place!u}}
@L *ỦY BAN NHÂN DÂN {{office}}
@L Số: {{so}}
{_BESIDE}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *CHỦ TỊCH ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương;
> Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ;
> Theo đề nghị của công chức Văn hóa - xã hội.
!! *QUYẾT ĐỊNH:
> Điều 1. Giải quyết về việc nêu trên đối với:
Ông/Bà: {{ho_ten}} | Sinh ngày: {{ngay_sinh}}
Số CMND/CCCD: {{so_giay_to}}
Nơi cư trú: {{noi_cu_tru}}
> Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.
> Điều 3. Văn phòng Ủy ban nhân dân, công chức Văn hóa - xã hội, Tài chính - kế toán và ông/bà có tên tại Điều 1 chịu \
trách nhiệm thi hành Quyết định này./.
$ Nơi nhận: / - Như Điều 3; / - Phòng Nội vụ; / - Lưu: VT. / - | CHỦ TỊCH / {{signer}}
& received
""",
    "giay_chung_nhan_dat": """
& leaf
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT
# I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất
Ông/Bà: {ho_ten!u}
Sinh năm: {nam_sinh} | CMND số: {so_giay_to}
Địa chỉ thường trú: {noi_cu_tru}
# II. Thửa đất, nhà ở và tài sản khác gắn liền với đất
# 1. Thửa đất
a) Thửa đất số: {thua_dat} | tờ bản đồ số: {to_ban_do}
b) Địa chỉ: {dia_chi_thua_dat}
c) Diện tích: {dien_tich} | (bằng chữ): {'theo bản vẽ}
d) Hình thức sử dụng: {hinh_thuc}
đ) Mục đích sử dụng: {muc_dich}
e) Thời hạn sử dụng: {thoi_han}
g) Nguồn gốc sử dụng: {nguon_goc}
> 2. Nhà ở: -/-. 3. Công trình xây dựng khác: -/-
> 4. Cây lâu năm: -/-. 5. Ghi chú: Không.
$ Số vào sổ: CH 02218 / - | ỦY BAN NHÂN DÂN {district!u} / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {signer}
Số phát hành GCN: {so_phat_hanh}
""",
    "giay_uy_quyen": f"""
{_MOTTO}
! GIẤY ỦY QUYỀN
!! (Dùng cho cá nhân)
> - Căn cứ Bộ luật Dân sự năm 2015. Hôm nay, {{+now}}, tại {{commune}}, chúng tôi gồm có:
# I. BÊN ỦY QUYỀN (BÊN A)
Họ và tên: {{ho_ten_uy_quyen}}
Ngày sinh: {{ngay_sinh_uy_quyen}}
Số CMND/CCCD: {{so_giay_to_uy_quyen}}
Nơi cư trú: {{noi_cu_tru_uy_quyen}}
# II. BÊN ĐƯỢC ỦY QUYỀN (BÊN B)
Họ và tên: {{ho_ten_duoc_uy_quyen}}
Ngày sinh: {{ngay_sinh_duoc_uy_quyen}}
Số CMND/CCCD: {{so_giay_to_duoc_uy_quyen}}
Nơi cư trú: {{noi_cu_tru_duoc_uy_quyen}}
# III. NỘI DUNG ỦY QUYỀN
Bên A ủy quyền cho bên B: {{noi_dung}}
Thời hạn ủy quyền: {{thoi_han}}
# IV. CAM KẾT
> Hai bên cam kết chịu hoàn toàn trách nhiệm trước pháp luật về mọi thông tin ghi ở trên. Mọi tranh chấp do hai bên \
tự giải quyết.
$ BÊN ĐƯỢC ỦY QUYỀN / (Ký, họ tên) / {{ho_ten_duoc_uy_quyen}} | BÊN ỦY QUYỀN / (Ký, họ tên) / {{ho_ten_uy_quyen}}
& creased
""",
    "can_cuoc": f"""
@TR Mẫu CC02
@L BỘ CÔNG AN
@L *CÔNG AN {{above!u}}
{_BESIDE}
! GIẤY XÁC NHẬN THÔNG TIN THẺ CĂN CƯỚC
Số định danh cá nhân: {{so_dinh_danh!b}}
Họ, chữ đệm và tên khai sinh: {{ho_ten}}
Ngày, tháng, năm sinh: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Quốc tịch: {{quoc_tich}} | Nhóm máu: {{'Chưa rõ}}
Quê quán: {{que_quan}}
Nơi thường trú: {{noi_thuong_tru}}
Thẻ có giá trị đến: {{co_gia_tri_den}}
> Thông tin trên được trích từ Cơ sở dữ liệu căn cước tại thời điểm xác nhận.
/ {{province}}, {{+now}}
$ NGƯỜI ĐỀ NGHỊ / (Ký, ghi rõ họ tên) / {{+person}} | ĐẠI DIỆN CƠ QUAN / (Ký, đóng dấu) / {{signer}}
""",
    "bang_ke": f"""
@L UBND {{office}}
@L *BỘ PHẬN MỘT CỬA
{_BESIDE}
! SỔ THEO DÕI TIẾP CÔNG DÂN
!! Tháng 10 năm 2026
TABLE 0.6c 1.5c 2.3 2 3 2
T STT | Ngày | Họ và tên | Địa chỉ | Nội dung | Kết quả
{_VISITORS}
> Tổng số lượt tiếp trong trang: 12 lượt, trong đó có 01 lượt chuyển Công an xã.
$ NGƯỜI GHI SỔ / {{clerk}} | LÃNH ĐẠO KIỂM TRA / {{signer}}
""",
}
