"""Wording of half `j`, style `archived`: extracts of registers, and papers as they were before 2015."""

from typing import Final

_MOTTO: Final = """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
"""
_OLD: Final = """
@L {place!u}
@L *UBND {office}
@R *CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_RICE: Final = "\n".join(
    f"T {number} | {{+person}} | {heads} | {{+home}} | {heads * 15}"
    for number, heads in enumerate((4, 2, 5, 1, 3, 6, 2, 4, 7, 3, 5, 2, 1, 4, 3), 1)
)

ARCHIVED: Final = {
    "giay_khai_sinh": f"""
& bound
@TL Mẫu HT1-KS2
@TR Quyển số 01
{_OLD}
! BẢN SAO GIẤY KHAI SINH
Số: {{so}}
Họ và tên người được khai sinh: {{ho_ten}} | Nam, nữ: {{gioi_tinh}}
Ngày tháng năm sinh: {{ngay_sinh}}
(Viết bằng chữ): {{=ngay_sinh}}
Sinh ở đâu: {{noi_sinh}}
Quê quán: {{que_quan}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}} | Số ĐDCN: {{so_dinh_danh}}
TABLE 2 3 3
T Phần khai về | NGƯỜI CHA | NGƯỜI MẸ
T Họ và tên | {{ho_ten_cha}} | {{ho_ten_me}}
T Năm sinh | {{nam_sinh_cha}} | {{nam_sinh_me}}
T Nơi thường trú/tạm trú | {{noi_cu_tru_cha}} | {{noi_cu_tru_me}}
--
Nơi đăng ký khai sinh: {{noi_dang_ky}}
Ngày đăng ký: {{ngay_dang_ky}}
> Sao y theo sổ gốc, ngày sao: {{+due}}.
$ Cán bộ hộ tịch / {{clerk}} | T/M UBND / {{signer}}
""",
    "giay_chung_sinh": f"""
& bound
@L {{noi_sinh!u}}
@L *PHÒNG ĐẺ
@L Số sổ: {{so}}
{_MOTTO.replace("@C", "@R")}
! TRÍCH SỔ ĐẺ
!! (Thay Giấy chứng sinh)
1. Họ tên sản phụ: {{ho_ten_me}} | 2. Năm sinh: {{nam_sinh_me}}
3. Dân tộc: {{dan_toc_me}} | 4. CMND/CCCD: {{so_dinh_danh_me}}
5. Chỗ ở: {{noi_cu_tru_me}}
6. Đẻ hồi: {{thoi_gian_sinh}}
7. Đẻ tại: {{noi_sinh}}
8. Đẻ lần thứ: {{so_lan_sinh}} | 9. Số con: {{so_con}}
10. Giới tính con: {{gioi_tinh_con}} | 11. Cân nặng: {{can_nang}}
12. Tình trạng con: {{tinh_trang_con}}
13. Tên định đặt cho con: {{ten_du_dinh}}
14. Người đỡ đẻ: {{nguoi_do_de}}
/ {{province}}, {{+now}}
$ Người trích sổ / {{clerk}} | Trưởng phòng / {{signer}}
""",
    "giay_chung_nhan_ket_hon": f"""
& gilded
{_MOTTO}
! GIẤY CHỨNG NHẬN KẾT HÔN
!! Số {{so}}
> Căn cứ sổ đăng ký kết hôn, chứng nhận hai người có tên sau đây là vợ chồng:
# CHỒNG
Họ và tên: {{ho_ten_chong}}
Sinh ngày: {{ngay_sinh_chong}} | Dân tộc: {{dan_toc_chong}}
Nơi thường trú: {{noi_cu_tru_chong}}
CMND hoặc giấy tờ hợp lệ: {{so_giay_to_chong}}
# VỢ
Họ và tên: {{ho_ten_vo}}
Sinh ngày: {{ngay_sinh_vo}} | Dân tộc: {{dan_toc_vo}}
Nơi thường trú: {{noi_cu_tru_vo}}
CMND hoặc giấy tờ hợp lệ: {{so_giay_to_vo}}
# ĐĂNG KÝ
Nơi đăng ký: {{noi_dang_ky}}
Ngày đăng ký: {{ngay_dang_ky}}
$ Chữ ký người chồng / {{ho_ten_chong}} | Chữ ký người vợ / {{ho_ten_vo}} | TM. UBND / {{signer}}
""",
    "trich_luc_khai_tu": f"""
& bound
@TR Trang số 47 - Dòng 03
{_OLD}
! TRÍCH SỔ ĐĂNG KÝ KHAI TỬ
!! Số: {{so}}
TABLE 0.6c 3 5
T TT | Mục ghi trong sổ | Nội dung
T 1 | Họ và tên người chết | {{ho_ten!u}}
T 2 | Ngày, tháng, năm sinh | {{ngay_sinh}}
T 3 | Giới tính | {{gioi_tinh}}
T 4 | Dân tộc | {{dan_toc}}
T 5 | Quốc tịch | {{quoc_tich}}
T 6 | Số định danh/CMND | {{so_dinh_danh}}
T 7 | Ngày, giờ chết | {{thoi_gian_chet}}
T 8 | Nơi chết | {{noi_chet}}
T 9 | Nguyên nhân chết | {{nguyen_nhan}}
T 10 | Nơi đăng ký | {{noi_dang_ky}}
T 11 | Ngày đăng ký | {{ngay_dang_ky}}
T 12 | Người đi khai tử | {{nguoi_yeu_cau}}
/ {{commune}}, {{+now}}
$ Người trích sổ / {{clerk}} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
""",
    "xac_nhan_cu_tru": f"""
@L CÔNG AN {{district!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_MOTTO.replace("@C", "@R")}
! GIẤY XÁC NHẬN CƯ TRÚ
!! (Trích hồ sơ đăng ký thường trú)
[[
# Phần 1. Người xin xác nhận
Họ và tên: {{ho_ten}}
Sinh ngày: {{ngay_sinh}}
Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}}
Quốc tịch: {{quoc_tich}}
Số định danh cá nhân: {{so_dinh_danh}}
||
# Phần 2. Chủ hộ
Họ tên chủ hộ: {{ho_ten_chu_ho}}
Quan hệ với chủ hộ: {{quan_he_chu_ho}}
Số định danh chủ hộ: {{so_dinh_danh_chu_ho}}
Hồ sơ hộ số: {{+number}}
Tờ số: {{+number}}
]]
# Phần 3. Chỗ ở
Quê quán: {{que_quan}}
Nơi đăng ký thường trú: {{noi_thuong_tru}}
Nơi đăng ký tạm trú: {{noi_tam_tru}}
Nơi ở hiện tại: {{noi_o_hien_tai}}
> Trích đúng theo tàng thư hồ sơ cư trú lưu tại Công an {{commune}}.
/ {{commune}}, {{+now}}
$ CẢNH SÁT KHU VỰC / {{clerk}} | TRƯỞNG CÔNG AN / {{signer}}
& creased
""",
    "xac_nhan_hon_nhan": f"""
{_OLD}
@L Số: {{so}}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
> {{office}} xác nhận:
Ông/Bà: {{ho_ten!u}}
Sinh ngày: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Số CMND/CCCD/Hộ chiếu: {{so_giay_to}}
Hiện cư trú tại: {{noi_cu_tru}}
Tình trạng hôn nhân: {{tinh_trang}}
Mục đích xin xác nhận: {{muc_dich}}
> Đã tra Sổ đăng ký kết hôn từ quyển số 01/1998 đến quyển số 01/2026.
/ {{commune}}, {{+now}}
$ Người viết đơn / {{+person}} | T/M ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
""",
    "quyet_dinh": """
& received
@L {place!u}
@L *UBND {office}
@L Số: {so}
@R *CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
@R _{commune}, {ngay_ban_hanh!d}
! QUYẾT ĐỊNH
!! *V/v {ve_viec}
!! *UỶ BAN NHÂN DÂN {office}
> - Căn cứ Luật Tổ chức HĐND và UBND;
> - Xét đơn của đương sự và tờ trình của Ban Tư pháp,
!! *QUYẾT ĐỊNH
> Điều 1: Nay chấp thuận nội dung nêu trên cho đương sự:
Họ tên: {ho_ten}
Sinh ngày: {ngay_sinh}
CMND/CCCD số: {so_giay_to}
Nơi cư trú: {noi_cu_tru}
> Điều 2: Ban Tư pháp ghi chú nội dung thay đổi vào sổ lưu.
> Điều 3: Các ông (bà) Văn phòng UBND, Ban Tư pháp và đương sự căn cứ Quyết định thi hành. Quyết định có hiệu lực từ \
ngày ký./.
$ Nơi nhận: / - Như điều 3; / - Lưu VP. / - | T/M UỶ BAN NHÂN DÂN / CHỦ TỊCH / {signer}
""",
    "giay_chung_nhan_dat": f"""
& gilded
{_MOTTO}
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
!! *UỶ BAN NHÂN DÂN {{district!u}} CHỨNG NHẬN
# I- Tên người sử dụng đất
Hộ ông (bà): {{ho_ten!u}}
Năm sinh: {{nam_sinh}} | Số CMND: {{so_giay_to}}
Địa chỉ thường trú: {{noi_cu_tru}}
# II- Thửa đất được quyền sử dụng
1. Thửa đất số: {{thua_dat}} | 2. Tờ bản đồ số: {{to_ban_do}}
3. Địa chỉ thửa đất: {{dia_chi_thua_dat}}
4. Diện tích: {{dien_tich}} | 5. Hình thức sử dụng: {{hinh_thuc}}
6. Mục đích sử dụng đất: {{muc_dich}}
7. Thời hạn sử dụng đất: {{thoi_han}}
8. Nguồn gốc sử dụng đất: {{nguon_goc}}
# III- Tài sản gắn liền với đất: Không
$ Số vào sổ cấp giấy: H 00731 / - | TM. UỶ BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
Số hiệu phôi: {{so_phat_hanh}}
""",
    "giay_uy_quyen": f"""
& bound
{_MOTTO}
@C ---------------
! GIẤY UỶ QUYỀN
Kính gửi: {{'UBND và các cơ quan có liên quan}}
1. Tôi tên là: {{ho_ten_uy_quyen}}
Sinh ngày: {{ngay_sinh_uy_quyen}} | CMND/CCCD số: {{so_giay_to_uy_quyen}}
Ngụ tại: {{noi_cu_tru_uy_quyen}}
2. Nay uỷ quyền cho: {{ho_ten_duoc_uy_quyen}}
Sinh ngày: {{ngay_sinh_duoc_uy_quyen}} | CMND/CCCD số: {{so_giay_to_duoc_uy_quyen}}
Ngụ tại: {{noi_cu_tru_duoc_uy_quyen}}
3. Được thay mặt tôi: {{noi_dung}}
4. Thời gian uỷ quyền: {{thoi_han}}
> Tôi xin chịu trách nhiệm trước pháp luật về việc uỷ quyền trên. Giấy làm tại {{commune}}, {{+now}}.
$ Người được uỷ quyền / {{ho_ten_duoc_uy_quyen}} | Người uỷ quyền / {{ho_ten_uy_quyen}}
> XÁC NHẬN CỦA CHÍNH QUYỀN ĐỊA PHƯƠNG: Chữ ký trên là của ông (bà) có tên nêu trên, ký trước mặt cán bộ tư pháp.
& copied
""",
    "can_cuoc": f"""
& bound
@L CÔNG AN {{above!u}}
@L *PHÒNG CẢNH SÁT QLHC VỀ TTXH
{_MOTTO.replace("@C", "@R")}
! TRÍCH TÀNG THƯ CĂN CƯỚC
!! (Tờ khai căn cước công dân)
Họ và tên: {{ho_ten}}
Ngày sinh: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Quốc tịch: {{quoc_tich}} | Số thẻ: {{so_dinh_danh}}
Quê quán: {{que_quan}}
Nơi thường trú: {{noi_thuong_tru}}
Thẻ có giá trị đến: {{co_gia_tri_den}}
Đặc điểm nhận dạng: {{+mole}}
/ {{province}}, {{+now}}
$ Cán bộ tra cứu / {{clerk}} | KT. TRƯỞNG PHÒNG / {{signer}}
""",
    "bang_ke": f"""
& bound
{_OLD}
! DANH SÁCH HỘ NHẬN GẠO CỨU TRỢ
!! (Kèm theo Biên bản họp thôn {{+date}})
TABLE 0.6c 2.6 1c 2.4 1.2r 1.6
T TT | Họ và tên chủ hộ | Số khẩu | Địa chỉ | Số kg | Ký nhận
{_RICE}
T  | Tổng cộng | 52 |  | 780
> Danh sách này có 15 hộ, 52 khẩu; số gạo cấp phát là 780 kg.
$ TRƯỞNG THÔN / {{+person}} | KẾ TOÁN / {{clerk}} | CHỦ TỊCH / {{signer}}
""",
}
