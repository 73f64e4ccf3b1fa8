"""Wording of half `f`, style `aligned`: what clerks type on plain sheets: colons at a tab, dashes, prose, tables."""

from typing import Final

_MOTTO: Final = """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_COMMUNE: Final = (
    """
@L UBND {above!u}
@L *UBND {office}
@L Số: {so}
"""
    + _MOTTO
)
_DATED: Final = _COMMUNE + "@R _{commune}, {+date}\n"

ALIGNED: Final = {
    "giay_khai_sinh": f"""
& stapled
{_DATED}
! TRÍCH LỤC KHAI SINH
!! (BẢN SAO)
Họ, chữ đệm, tên: {{ho_ten}}
Ngày, tháng, năm sinh: {{ngay_sinh}}
Ghi bằng chữ: {{=ngay_sinh}}
Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Nơi sinh: {{noi_sinh}}
Quê quán: {{que_quan}}
Số định danh cá nhân: {{so_dinh_danh}}
--
Họ, chữ đệm, tên người cha: {{ho_ten_cha}}
Năm sinh: {{nam_sinh_cha}} | Dân tộc: {{'Kinh}} | Quốc tịch: {{'Việt Nam}}
Nơi cư trú: {{noi_cu_tru_cha}}
--
Họ, chữ đệm, tên người mẹ: {{ho_ten_me}}
Năm sinh: {{nam_sinh_me}} | Dân tộc: {{'Kinh}} | Quốc tịch: {{'Việt Nam}}
Nơi cư trú: {{noi_cu_tru_me}}
--
Đăng ký khai sinh tại: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}
> Trích lục từ Sổ đăng ký khai sinh, quyển số 01, trang {{+number}}.
$ NGƯỜI THỰC HIỆN / {{clerk}} | TM. ỦY BAN NHÂN DÂN / PHÓ CHỦ TỊCH / {{signer}}
""",
    "giay_chung_sinh": f"""
& punched
@TR Mẫu số 01 - Phụ lục ban hành kèm theo Nghị định
@L SỞ Y TẾ {{province!u}}
@L *{{noi_sinh!u}}
@L Số: {{so}}
{_MOTTO}
! GIẤY CHỨNG SINH
# I. THÔNG TIN VỀ MẸ/NGƯỜI MANG THAI
1. Họ và tên: {{ho_ten_me}}
2. Năm sinh: {{nam_sinh_me}} | 3. Dân tộc: {{dan_toc_me}}
4. Số ĐDCN/CCCD: {{so_dinh_danh_me}}
5. Nơi thường trú: {{noi_cu_tru_me}}
# II. THÔNG TIN VỀ CUỘC ĐẺ
6. Đã sinh con vào lúc: {{thoi_gian_sinh}}
7. Nơi sinh: {{noi_sinh}}
8. Lần đẻ thứ: {{so_lan_sinh}} | 9. Số con: {{so_con}}
10. Người đỡ đẻ: {{nguoi_do_de}}
# III. THÔNG TIN VỀ CON
11. Giới tính: {{gioi_tinh_con}} | 12. Cân nặng: {{can_nang}}
13. Tình trạng: {{tinh_trang_con}}
14. Dự kiến đặt tên: {{ten_du_dinh}}
15. Ghi chú: {{'Cấp lần đầu}}
/ {{province}}, {{+date}}
$ CHA/MẸ HOẶC NGƯỜI THÂN / (Ký, ghi rõ họ tên) / {{ho_ten_me}} | ĐẠI DIỆN CƠ SỞ KHÁM CHỮA BỆNH / {{signer}}
^ Giấy này có giá trị để đăng ký khai sinh; không dùng thay giấy tờ tùy thân của trẻ.
""",
    "giay_chung_nhan_ket_hon": f"""
{_DATED}
! TRÍCH LỤC KẾT HÔN
!! (BẢN SAO)
# 1. BÊN NAM
- Họ, chữ đệm, tên: {{ho_ten_chong!u}}
- Ngày, tháng, năm sinh: {{ngay_sinh_chong}}
- Dân tộc: {{dan_toc_chong}} | Quốc tịch: {{'Việt Nam}}
- Giấy tờ tùy thân: {{so_giay_to_chong}}
- Nơi cư trú: {{noi_cu_tru_chong}}
# 2. BÊN NỮ
- Họ, chữ đệm, tên: {{ho_ten_vo!u}}
- Ngày, tháng, năm sinh: {{ngay_sinh_vo}}
- Dân tộc: {{dan_toc_vo}} | Quốc tịch: {{'Việt Nam}}
- Giấy tờ tùy thân: {{so_giay_to_vo}}
- Nơi cư trú: {{noi_cu_tru_vo}}
# 3. ĐĂNG KÝ KẾT HÔN
- Cơ quan đăng ký: {{noi_dang_ky}}
- Ngày đăng ký: {{ngay_dang_ky}}
& copied
$ NGƯỜI LẬP / {{clerk}} | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
""",
    "trich_luc_khai_tu": f"""
& folded
{_COMMUNE}
! TRÍCH LỤC KHAI TỬ
!! Chứng nhận người có tên dưới đây:
Họ và tên: {{ho_ten}}
Sinh ngày: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Số CCCD/ĐDCN: {{so_dinh_danh}}
Đã chết hồi: {{thoi_gian_chet}}
Tại: {{noi_chet}}
Nguyên nhân: {{nguyen_nhan}}
Người đi khai tử: {{nguoi_yeu_cau}}
Quan hệ với người chết: {{'Con đẻ}}
> Việc tử đã được đăng ký vào sổ tại {{noi_dang_ky}} ngày {{ngay_dang_ky}}.
/ {{commune}}, {{+date}}
$ - | CHỦ TỊCH / {{signer}}
""",
    "xac_nhan_cu_tru": f"""
@TL Mẫu CT07
& punched
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_MOTTO}
@R _{{commune}}, {{+date}}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
> Theo đề nghị của ông/bà {{+person}}, Công an {{commune}} xác nhận về cư trú của công dân như sau:
1. Họ, chữ đệm và tên: {{ho_ten}}
2. Ngày, tháng, năm sinh: {{ngay_sinh}} | 3. Giới tính: {{gioi_tinh}}
4. Số định danh cá nhân: {{so_dinh_danh!b}}
5. Dân tộc: {{dan_toc}} | 6. Quốc tịch: {{quoc_tich}}
7. Quê quán: {{que_quan}}
8. Nơi thường trú: {{noi_thuong_tru}}
9. Nơi tạm trú: {{noi_tam_tru}}
10. Nơi ở hiện tại: {{noi_o_hien_tai}}
11. Chủ hộ: {{ho_ten_chu_ho}}
12. Quan hệ với chủ hộ: {{quan_he_chu_ho}}
13. Số ĐDCN của chủ hộ: {{so_dinh_danh_chu_ho}}
14. Nội dung khác:
TABLE 0.7 3.4 2 1.3 2.6
T STT | Thành viên cùng hộ | Ngày sinh | Giới tính | Số định danh
T 1 | {{+person}} | {{+day}} | Nam | {{+id}}
T 2 | {{+person}} | {{+day}} | Nữ | {{+id}}
$ CÁN BỘ TIẾP NHẬN / {{clerk}} | TRƯỞNG CÔNG AN / (Ký, đóng dấu) / {{signer}}
^ Giá trị sử dụng: 01 năm kể từ ngày cấp, trừ trường hợp thông tin cư trú thay đổi.
""",
    "xac_nhan_hon_nhan": f"""
{_DATED}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
> Ủy ban nhân dân {{office}} căn cứ kết quả kiểm tra, xác minh,
# XÁC NHẬN ÔNG/BÀ:
- Họ, chữ đệm, tên: {{ho_ten!u}}
- Ngày, tháng, năm sinh: {{ngay_sinh}}
- Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}}
- Quốc tịch: {{quoc_tich}}
- Số CCCD/Hộ chiếu: {{so_giay_to}}
- Hiện cư trú tại: {{noi_cu_tru}}
- Tình trạng hôn nhân: {{tinh_trang}}.
- Mục đích cấp: {{muc_dich}}.
> Giấy có giá trị 06 tháng kể từ ngày cấp và không có giá trị khi sử dụng vào mục đích khác.
$ Nơi nhận: / Như trên; Lưu: HT / - | TUQ. CHỦ TỊCH / CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{signer}}
& copied
""",
    "quyet_dinh": f"""
& stapled
@L ỦY BAN NHÂN DÂN
@L *{{office}}
@L Số: {{so}}
{_MOTTO}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
> Căn cứ hồ sơ số {{+number}} tiếp nhận tại Trung tâm Phục vụ hành chính công;
> Xét đề nghị của công chức chuyên môn phòng Văn hóa - Xã hội,
# QUYẾT ĐỊNH:
> Điều 1. Đồng ý {{ve_viec}} đối với công dân sau:
- Họ và tên: {{ho_ten!u}}
- Ngày sinh: {{ngay_sinh}}
- Số CCCD: {{so_giay_to}}
- Địa chỉ thường trú: {{noi_cu_tru}}
> Điều 2. Giao phòng Văn hóa - Xã hội phối hợp với các đơn vị liên quan tổ chức thực hiện, theo dõi và báo cáo kết quả \
về Ủy ban nhân dân trước ngày 25 hằng tháng.
> Điều 3. Quyết định có hiệu lực thi hành kể từ ngày ký. Các ông (bà): Chánh Văn phòng, Trưởng các phòng chuyên môn và \
công dân nêu tại Điều 1 chịu trách nhiệm thi hành./.
& arrived
$ Nơi nhận: / Như Điều 3; Lưu: VT. / - | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
""",
    "giay_chung_nhan_dat": """
& paper
@BL {so_phat_hanh}
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
# Chủ sử dụng:
Họ và tên: {ho_ten!u}
Năm sinh: {nam_sinh} | CCCD: {so_giay_to}
Địa chỉ thường trú: {noi_cu_tru}
# Được quyền sử dụng thửa đất dưới đây:
Địa chỉ thửa đất: {dia_chi_thua_dat}
TABLE 1.1 1.1 1.7 2.4 1.9 1.8
T Số thửa | Số tờ bản đồ | Diện tích | Mục đích sử dụng | Thời hạn sử dụng | Hình thức
T {thua_dat} | {to_ban_do} | {dien_tich} | {muc_dich} | {thoi_han} | {hinh_thuc}
Nguồn gốc sử dụng: {nguon_goc}
Tài sản gắn liền với đất: {'Chưa chứng nhận quyền sở hữu}
Ghi chú: {'Không}
/ {province}, {+date}
$ - | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {signer}
# Những thay đổi sau khi cấp giấy
TABLE 1.6 4.4 2.6
T Ngày, tháng, năm | Nội dung thay đổi và cơ sở pháp lý | Xác nhận của cơ quan
T {+lately} | Thế chấp tại Quỹ tín dụng nhân dân theo hợp đồng số {+number} | Đã ký
T {+lately} | Xóa thế chấp theo hồ sơ số {+number} | Đã ký
""",
    "giay_uy_quyen": """
& folded
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY ỦY QUYỀN
!! *Kính gửi: Trung tâm Phục vụ hành chính công {commune}
Tôi tên là: {ho_ten_uy_quyen}
Sinh ngày: {ngay_sinh_uy_quyen}
CCCD số: {so_giay_to_uy_quyen}
Thường trú tại: {noi_cu_tru_uy_quyen}
> Vì bận công tác xa, tôi không thể trực tiếp đến làm thủ tục. Nay tôi viết giấy này ủy quyền cho:
Ông (bà): {ho_ten_duoc_uy_quyen}
Sinh ngày: {ngay_sinh_duoc_uy_quyen}
CCCD số: {so_giay_to_duoc_uy_quyen}
Thường trú tại: {noi_cu_tru_duoc_uy_quyen}
Được thay mặt tôi: {noi_dung}
Thời gian ủy quyền: {thoi_han}
> Tôi xin chịu trách nhiệm về việc ủy quyền trên đây. Trong thời gian ủy quyền, ông (bà) có tên nêu trên không được ủy \
quyền lại cho người thứ ba.
/ {province}, {+date}
$ Người được ủy quyền / (Ký tên) / {ho_ten_duoc_uy_quyen} | Người viết giấy / (Ký tên) / {ho_ten_uy_quyen}
""",
    "can_cuoc": f"""
& barcode
@L BỘ CÔNG AN
@L *CÔNG AN {{above!u}}
{_MOTTO}
! PHIẾU THÔNG TIN CĂN CƯỚC
!! (In từ Cơ sở dữ liệu căn cước theo yêu cầu của công dân)
Số định danh cá nhân: {{so_dinh_danh!b}}
Họ, chữ đệm và tên: {{ho_ten}}
Tên gọi khác: {{'Không}}
Ngày, tháng, năm sinh: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Quốc tịch: {{quoc_tich}}
Quê quán: {{que_quan}}
Nơi thường trú: {{noi_thuong_tru}}
Đặc điểm nhận dạng: {{+mole}}
Ngày cấp thẻ: {{+lately}}
Thẻ có giá trị đến: {{co_gia_tri_den}}
& face
> Phiếu này chỉ thể hiện thông tin tại thời điểm in, không thay thế thẻ căn cước.
/ {{commune}}, {{+date}}
$ NGƯỜI IN PHIẾU / {{clerk}} | PHÓ TRƯỞNG PHÒNG / {{signer}}
""",
    "bang_ke": f"""
& stapled
@L TRƯỜNG TIỂU HỌC {{commune!u}}
@L *HỘI ĐỒNG TUYỂN SINH
{_MOTTO}
! DANH SÁCH HỌC SINH TRÚNG TUYỂN VÀO LỚP 1
!! Năm học 2026 - 2027 (kèm theo Thông báo số {{+number}}/TB-HĐTS)
TABLE 0.7 2.8 1.7 0.7 2.2 2.7 1.5
T STT | Họ và tên học sinh | Ngày sinh | Nữ | Mã định danh | Họ tên cha (mẹ) | Diện
T 1 | {{+person}} | {{+born}} | x | {{+id}} | {{+person}} | Thường trú
T 2 | {{+person}} | {{+born}} |  | {{+id}} | {{+person}} | Thường trú
T 3 | {{+person}} | {{+born}} |  | {{+id}} | {{+person}} | Tạm trú
T 4 | {{+person}} | {{+born}} | x | {{+id}} | {{+person}} | Thường trú
T 5 | {{+person}} | {{+born}} | x | {{+id}} | {{+person}} | Thường trú
T 6 | {{+person}} | {{+born}} |  | {{+id}} | {{+person}} | Hộ nghèo
T 7 | {{+person}} | {{+born}} | x | {{+id}} | {{+person}} | Tạm trú
T 8 | {{+person}} | {{+born}} |  | {{+id}} | {{+person}} | Thường trú
T 9 | {{+person}} | {{+born}} |  | {{+id}} | {{+person}} | Thường trú
T 10 | {{+person}} | {{+born}} | x | {{+id}} | {{+person}} | Thường trú
T 11 | {{+person}} | {{+born}} |  | {{+id}} | {{+person}} | Khuyết tật
T 12 | {{+person}} | {{+born}} | x | {{+id}} | {{+person}} | Thường trú
T 13 | {{+person}} | {{+born}} |  | {{+id}} | {{+person}} | Thường trú
T 14 | {{+person}} | {{+born}} | x | {{+id}} | {{+person}} | Tạm trú
> Danh sách có 14 học sinh, trong đó 07 nữ, 03 tạm trú.
/ {{commune}}, {{+date}}
$ THƯ KÝ / {{clerk}} | CHỦ TỊCH HỘI ĐỒNG / HIỆU TRƯỞNG / {{signer}}
""",
}
