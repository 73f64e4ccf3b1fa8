"""Wording of half `e`, style `template`: blanks of ministries and templates of offices, typed into periods."""

from typing import Final

_MOTTO: Final = """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_COMMUNE: Final = (
    """
@L ỦY BAN NHÂN DÂN
@L *{office}
"""
    + _MOTTO
)

TEMPLATE: Final = {
    "giay_khai_sinh": """
@TR Mẫu TP/HT-2010-KS.1
& border
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY KHAI SINH
!! (BẢN CHÍNH)
Số: {so} | Quyển số: {+number}
Họ và tên: {ho_ten!u} | Giới tính: {gioi_tinh}
Ngày, tháng, năm sinh: {ngay_sinh}
(Bằng chữ: {=ngay_sinh})
Nơi sinh: {noi_sinh}
Dân tộc: {dan_toc} | Quốc tịch: {quoc_tich}
Quê quán: {que_quan}
Số định danh cá nhân: {so_dinh_danh}
Họ và tên cha: {ho_ten_cha}
Năm sinh: {nam_sinh_cha} | Quốc tịch: {'Việt Nam}
Nơi thường trú/tạm trú: {noi_cu_tru_cha}
Họ và tên mẹ: {ho_ten_me}
Năm sinh: {nam_sinh_me} | Quốc tịch: {'Việt Nam}
Nơi thường trú/tạm trú: {noi_cu_tru_me}
Nơi đăng ký: {noi_dang_ky}
Ngày, tháng, năm đăng ký: {ngay_dang_ky}
Ghi chú: {'Không}
Họ và tên người đi khai sinh: {+person}
Quan hệ với người được khai sinh: {'Ông ngoại}
$ CÁN BỘ TƯ PHÁP HỘ TỊCH / (Ký, ghi rõ họ tên) / {clerk} | NGƯỜI KÝ GIẤY KHAI SINH / CHỦ TỊCH / {signer}
""",
    "giay_chung_sinh": f"""
@TL Mẫu ban hành kèm theo Thông tư số 17/2012/TT-BYT
@L SỞ Y TẾ {{province!u}}
@L *{{noi_sinh}}
@L Số: {{so}}; Quyển số: 03/2026
{_MOTTO}
! GIẤY CHỨNG SINH
Họ và tên mẹ/Người nuôi dưỡng: {{ho_ten_me!u}}
Năm sinh: {{nam_sinh_me}} | Dân tộc: {{dan_toc_me}}
Nơi đăng ký thường trú: {{noi_cu_tru_me}}
Số CCCD/Căn cước/Hộ chiếu: {{so_dinh_danh_me}}
Mã số BHXH/Thẻ BHYT số: {{+id}}
Đã sinh con vào lúc: {{thoi_gian_sinh}}
Tại: {{noi_sinh}}
Số lần sinh: {{so_lan_sinh}} | Số con trong lần sinh này: {{so_con}}
Giới tính của con: {{gioi_tinh_con}} | Cân nặng: {{can_nang}}
Tình trạng của con khi sinh: {{tinh_trang_con}}
Dự định đặt tên con là: {{ten_du_dinh}}
Người đỡ đẻ: {{nguoi_do_de}}
Ghi chú: {{'Không có}}
/ {{province}}, {{+date}}
$ Cha, mẹ/Người thân thích / (Ký, ghi rõ họ tên) / {{+person}} | THỦ TRƯỞNG CƠ SỞ Y TẾ / (Ký tên, đóng dấu) / {{signer}}
^ Lưu ý: Giấy chứng sinh cấp lần đầu. Tên dự định đặt có thể thay đổi khi đăng ký khai sinh.
""",
    "giay_chung_nhan_ket_hon": """
& border
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN KẾT HÔN
!! Số: {so}
[[
Họ, chữ đệm, tên vợ: {ho_ten_vo}
Ngày, tháng, năm sinh: {ngay_sinh_vo}
Dân tộc: {dan_toc_vo}
Quốc tịch: {'Việt Nam}
Nơi cư trú: {noi_cu_tru_vo}
Giấy tờ tùy thân: CCCD số {so_giay_to_vo}
||
Họ, chữ đệm, tên chồng: {ho_ten_chong}
Ngày, tháng, năm sinh: {ngay_sinh_chong}
Dân tộc: {dan_toc_chong}
Quốc tịch: {'Việt Nam}
Nơi cư trú: {noi_cu_tru_chong}
Giấy tờ tùy thân: CCCD số {so_giay_to_chong}
]]
--
Nơi đăng ký kết hôn: {noi_dang_ky}
Ngày, tháng, năm đăng ký: {ngay_dang_ky}
> Giấy chứng nhận kết hôn này có giá trị kể từ ngày, tháng, năm đăng ký.
$ Vợ / (Ký, ghi rõ họ, chữ đệm, tên) / {ho_ten_vo} | Chồng / (Ký, ghi rõ họ, chữ đệm, tên) / {ho_ten_chong}
$ - | NGƯỜI KÝ GIẤY CHỨNG NHẬN / {signer}
& pressed
""",
    "trich_luc_khai_tu": f"""
{_COMMUNE}
@L Số: {{so}}
@R _{{commune}}, {{+date}}
! TRÍCH LỤC KHAI TỬ
!! (BẢN SAO)
Họ, chữ đệm, tên: {{ho_ten!u}}
Ngày, tháng, năm sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Số định danh cá nhân/Giấy tờ tùy thân: {{so_dinh_danh}}
Đã chết vào lúc: {{thoi_gian_chet}}
Nơi chết: {{noi_chet}}
Nguyên nhân chết: {{nguyen_nhan}}
Số Giấy báo tử/Giấy tờ thay thế: {{+number}}
Nơi đăng ký khai tử: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký khai tử: {{ngay_dang_ky}}
Họ, chữ đệm, tên người đi khai tử: {{nguoi_yeu_cau}}
Giấy tờ tùy thân người đi khai: {{+id}}
$ - | NGƯỜI KÝ TRÍCH LỤC / TUQ. CHỦ TỊCH / CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{signer}}
& copied
""",
    "xac_nhan_cu_tru": f"""
@TR Mẫu CT07 ban hành theo TT số 53/2025/TT-BCA
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_MOTTO}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
# I. Theo đề nghị của Ông/Bà:
1. Họ, chữ đệm và tên: {{+person}}
2. Số định danh cá nhân: {{+id}}
# II. Cơ quan đăng ký cư trú xác nhận thông tin của Ông/Bà có tên sau:
1. Họ, chữ đệm và tên: {{ho_ten!u}}
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
14. Nội dung xác nhận khác: {{'Không}}
> Xác nhận này có giá trị 01 năm kể từ ngày cấp.
$ CÁN BỘ ĐĂNG KÝ / (Ký, ghi rõ họ tên) / {{clerk}} | {{commune}}, {{+date}} / TRƯỞNG CÔNG AN / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
{_COMMUNE}
@L Số: {{so}}
@R _{{commune}}, {{+date}}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
!! *ỦY BAN NHÂN DÂN {{office}}
> Xét đề nghị của ông/bà {{+person}}, về việc cấp Giấy xác nhận tình trạng hôn nhân,
# XÁC NHẬN:
Họ, chữ đệm, tên: {{ho_ten}}
Ngày, tháng, năm sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Giấy tờ tùy thân: {{so_giay_to}}
Nơi cư trú: {{noi_cu_tru}}
Tình trạng hôn nhân: {{tinh_trang}}
Giấy này được cấp để: {{muc_dich}}
> Giấy này có giá trị sử dụng trong thời hạn 6 tháng, kể từ ngày cấp.
$ - | NGƯỜI KÝ GIẤY XÁC NHẬN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
""",
    "quyet_dinh": f"""
{_COMMUNE}
@L Số: {{so}}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *CHỦ TỊCH ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
> Căn cứ Nghị định số 150/2025/NĐ-CP ngày 12 tháng 6 năm 2025 của Chính phủ quy định tổ chức các cơ quan chuyên môn;
> Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số {{+number}}/TTr-PVHXH ngày {{+lately}}.
# QUYẾT ĐỊNH:
> Điều 1. Giải quyết {{ve_viec}} đối với ông (bà) {{ho_ten}}, sinh ngày {{ngay_sinh}}, số định danh cá nhân/CMND \
{{so_giay_to}}, nơi thường trú: {{noi_cu_tru}}.
> Điều 2. Thời gian thực hiện kể từ ngày 01 tháng 7 năm 2026. Kinh phí thực hiện từ nguồn ngân sách được giao năm \
2026 của địa phương theo phân cấp hiện hành.
> Điều 3. Chánh Văn phòng HĐND và UBND, Trưởng phòng Kinh tế, Trưởng phòng Văn hóa - Xã hội và ông (bà) có tên tại \
Điều 1 chịu trách nhiệm thi hành Quyết định này./.
$ Nơi nhận: / (Như Điều 3; Lưu: VT, HS.) / - | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
& incoming
""",
    "giay_chung_nhan_dat": """
@BR {so_phat_hanh}
& ground
# I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất
Ông (bà): {ho_ten!u}
Năm sinh: {nam_sinh} | CCCD/CMND số: {so_giay_to}
Địa chỉ thường trú: {noi_cu_tru}
# II. Thửa đất, nhà ở và tài sản khác gắn liền với đất
# 1. Thửa đất:
a) Thửa đất số: {thua_dat} | tờ bản đồ số: {to_ban_do}
b) Địa chỉ: {dia_chi_thua_dat}
c) Diện tích: {dien_tich}
d) Hình thức sử dụng: {hinh_thuc}
đ) Mục đích sử dụng: {muc_dich}
e) Thời hạn sử dụng: {thoi_han}
g) Nguồn gốc sử dụng: {nguon_goc}
> 2. Nhà ở: -/-
> 3. Công trình xây dựng khác: -/-
> 4. Rừng sản xuất là rừng trồng: -/-
> 5. Cây lâu năm: -/-
> 6. Ghi chú: Diện tích đất thuộc hành lang bảo vệ an toàn công trình đường bộ là 18,5 m².
/ {province}, {+date}
$ - | TM. ỦY BAN NHÂN DÂN / {office} / CHỦ TỊCH / {signer}
> Số vào sổ cấp GCN: CH 00{+number}
""",
    "giay_uy_quyen": """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY ỦY QUYỀN
!! (Dành cho cá nhân)
> Căn cứ Bộ luật Dân sự năm 2015; hôm nay, {+date}, chúng tôi gồm có:
# I. BÊN ỦY QUYỀN (Bên A):
Họ và tên: {ho_ten_uy_quyen!u}
Ngày sinh: {ngay_sinh_uy_quyen}
Số CMND/CCCD: {so_giay_to_uy_quyen} | Ngày cấp: {+lately}
Nơi cư trú: {noi_cu_tru_uy_quyen}
# II. BÊN ĐƯỢC ỦY QUYỀN (Bên B):
Họ và tên: {ho_ten_duoc_uy_quyen!u}
Ngày sinh: {ngay_sinh_duoc_uy_quyen}
Số CMND/CCCD: {so_giay_to_duoc_uy_quyen} | Ngày cấp: {+lately}
Nơi cư trú: {noi_cu_tru_duoc_uy_quyen}
# III. NỘI DUNG ỦY QUYỀN
Công việc được ủy quyền: {noi_dung}
Thời hạn ủy quyền: {thoi_han}
# IV. CAM KẾT
> Hai bên cam kết chịu hoàn toàn trách nhiệm trước pháp luật về mọi thông tin ủy quyền ở trên. Mọi tranh chấp phát \
sinh giữa hai bên sẽ do hai bên tự giải quyết.
$ BÊN ĐƯỢC ỦY QUYỀN / (Ký, ghi rõ họ tên) / {ho_ten_duoc_uy_quyen} | BÊN ỦY QUYỀN / \
(Ký, ghi rõ họ tên) / {ho_ten_uy_quyen}
& pressed
> Xác nhận của UBND nơi cư trú: ông (bà) {ho_ten_uy_quyen} đã ký trước mặt tôi tại trụ sở.
""",
    "can_cuoc": """
& card
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C Độc lập - Tự do - Hạnh phúc
@C *SOCIALIST REPUBLIC OF VIET NAM
@C Independence - Freedom - Happiness
@C *CĂN CƯỚC CÔNG DÂN
@C Citizen Identity Card
& front
Số / No.: {so_dinh_danh}
Họ và tên / Full name:
{ho_ten}
Ngày sinh / Date of birth: {ngay_sinh}
Giới tính / Sex: {gioi_tinh} | Quốc tịch / Nationality: {quoc_tich}
& foot
Quê quán / Place of origin: {que_quan}
Nơi thường trú / Place of residence: {noi_thuong_tru}
& expiry
Có giá trị đến / Date of expiry: {co_gia_tri_den}
& back
Đặc điểm nhân dạng / Personal identification: {+mole}
Ngày, tháng, năm / Date, month, year: {+lately}
# CỤC TRƯỞNG CỤC CẢNH SÁT QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI
--
> {+zone}
& certified
""",
    "bang_ke": f"""
{_COMMUNE}
@L *HỘI ĐỒNG XÉT DUYỆT
@R _{{commune}}, {{+date}}
! DANH SÁCH ĐỐI TƯỢNG HƯỞNG TRỢ GIÚP XÃ HỘI
!! (Kèm theo Biên bản họp số {{+number}}/BB-HĐXD)
TABLE 0.8 3 2.1 2.7 1.1 1.9
T STT | Họ và tên | Ngày sinh | Số định danh | Hệ số | Mức hưởng (đồng)
T 1 | {{+person}} | {{+day}} | {{+id}} | 1,0 | 500.000
T 2 | {{+person}} | {{+day}} | {{+id}} | 1,5 | 750.000
T 3 | {{+person}} | {{+day}} | {{+id}} | 2,0 | 1.000.000
T 4 | {{+person}} | {{+day}} | {{+id}} | 1,0 | 500.000
T 5 | {{+person}} | {{+day}} | {{+id}} | 2,5 | 1.250.000
T 6 | {{+person}} | {{+day}} | {{+id}} | 1,0 | 500.000
T 7 | {{+person}} | {{+day}} | {{+id}} | 1,5 | 750.000
T 8 | {{+person}} | {{+day}} | {{+id}} | 1,0 | 500.000
T 9 | {{+person}} | {{+day}} | {{+id}} | 2,0 | 1.000.000
T 10 | {{+person}} | {{+day}} | {{+id}} | 1,0 | 500.000
T 11 | {{+person}} | {{+day}} | {{+id}} | 1,5 | 750.000
T 12 | {{+person}} | {{+day}} | {{+id}} | 1,0 | 500.000
T - | Tổng cộng | - | 12 người | 16,0 | 8.000.000
> Ấn định danh sách này có 12 người; số tiền bằng chữ: Tám triệu đồng chẵn.
$ THƯ KÝ / (Ký, ghi rõ họ tên) / {{clerk}} | TM. HỘI ĐỒNG / CHỦ TỊCH HỘI ĐỒNG / {{signer}}
""",
}
