"""Wording of half `g`, style `itemised`: numbered rows of a grid, tables of two persons, slips, lists of voters."""

from typing import Final

_MOTTO: Final = """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_COMMUNE: Final = (
    """
@L {above!u}
@L *UBND {office}
"""
    + _MOTTO
)
_VOTERS: Final = "\n".join(
    f"T {number} | {{+person}} | {{+grown}} | {' | x' if sex else 'x | '} | {{+people}} | {{+home}}"
    for number, sex in enumerate((0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1), 1)
)

ITEMISED: Final = {
    "giay_khai_sinh": f"""
& copy
@TR Bản điện tử giấy khai sinh
{_COMMUNE}
@L Số: {{so}}
! GIẤY KHAI SINH
!! (Kết xuất từ Hệ thống thông tin đăng ký và quản lý hộ tịch)
# A. Người được khai sinh
--
1. Họ và tên khai sinh {{ho_ten}}
2. Sinh ngày {{ngay_sinh}} | Giới tính {{gioi_tinh}}
3. Viết bằng chữ {{=ngay_sinh}}
4. Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
5. Nơi sinh {{noi_sinh}}
6. Quê quán {{que_quan}}
7. Mã số định danh cá nhân {{so_dinh_danh}}
# B. Cha, mẹ
--
8. Họ và tên mẹ {{ho_ten_me}} | Năm sinh {{nam_sinh_me}}
9. Nơi cư trú của mẹ {{noi_cu_tru_me}}
10. Họ và tên cha {{ho_ten_cha}} | Năm sinh {{nam_sinh_cha}}
11. Nơi cư trú của cha {{noi_cu_tru_cha}}
# C. Việc đăng ký
--
12. Nơi đăng ký khai sinh {{noi_dang_ky}}
13. Ngày đăng ký {{ngay_dang_ky}}
14. Ghi chú {{'Không}}
$ CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{clerk}} | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
""",
    "giay_chung_sinh": """
& slip
@C *{noi_sinh}
@C Khoa Phụ sản - ĐT nội bộ 115
! GIẤY CHỨNG SINH
!! Liên 2: Giao người nhà
Số phiếu {so}
Mã hồ sơ bệnh án {+number}
Sản phụ {ho_ten_me}
Năm sinh {nam_sinh_me}
CCCD/ĐDCN {so_dinh_danh_me}
Dân tộc {dan_toc_me}
Chỗ ở {noi_cu_tru_me}
Giờ, ngày đẻ {thoi_gian_sinh}
Đẻ tại {noi_sinh}
Lần đẻ {so_lan_sinh}
Số trẻ {so_con}
Giới tính trẻ {gioi_tinh_con}
Cân nặng trẻ {can_nang}
Tình trạng trẻ {tinh_trang_con}
Tên dự kiến {ten_du_dinh}
Người đỡ {nguoi_do_de}
> Người nhà đọc lại thông tin trước khi ký. Mang giấy này đến UBND cấp xã để khai sinh trong 60 ngày.
/ In lúc {+hour}, {+date}
$ Người nhận / (ký tên) / {+person} | Trưởng kíp trực / {signer}
""",
    "giay_chung_nhan_ket_hon": f"""
& ground
{_COMMUNE}
@L Số: {{so}}
@R _{{commune}}, {{+date}}
! TRÍCH LỤC KẾT HÔN
!! (Bản sao)
TABLE 2.4 4 4
T Thông tin | Bên nữ | Bên nam
T Họ và tên | {{ho_ten_vo}} | {{ho_ten_chong}}
T Sinh ngày | {{ngay_sinh_vo}} | {{ngay_sinh_chong}}
T Dân tộc | {{dan_toc_vo}} | {{dan_toc_chong}}
T Quốc tịch | {{'Việt Nam}} | {{'Việt Nam}}
T Số giấy tờ tùy thân | {{so_giay_to_vo}} | {{so_giay_to_chong}}
T Nơi cư trú | {{noi_cu_tru_vo}} | {{noi_cu_tru_chong}}
T Kết hôn lần thứ | Nhất | Nhất
--
1. Đã đăng ký kết hôn tại {{noi_dang_ky}}
2. Vào ngày {{ngay_dang_ky}}
3. Ghi chú thay đổi hộ tịch sau kết hôn {{'Không có}}
> Trích lục này được cấp theo đề nghị của ông/bà {{+person}}, Phiếu yêu cầu số {{+code}}.
$ NGƯỜI KIỂM TRA / {{clerk}} | NGƯỜI KÝ TRÍCH LỤC / (Ký, ghi rõ họ tên, đóng dấu) / {{signer}}
""",
    "trich_luc_khai_tu": f"""
& through
{_COMMUNE}
@L Số: {{so}}
! TRÍCH LỤC KHAI TỬ
!! (Bản sao)
# I. Người đã chết
--
1. Họ và tên {{ho_ten!u}}
2. Giới tính {{gioi_tinh}} | Ngày sinh {{ngay_sinh}}
3. Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
4. Số định danh hoặc số giấy tờ tùy thân {{so_dinh_danh}}
# II. Sự kiện chết
--
5. Thời gian {{thoi_gian_chet}}
6. Địa điểm {{noi_chet}}
7. Nguyên nhân {{nguyen_nhan}}
# III. Đăng ký
--
8. Cơ quan đăng ký {{noi_dang_ky}}
9. Ngày đăng ký {{ngay_dang_ky}}
10. Người khai tử {{nguoi_yeu_cau}}
11. Giấy báo tử {{'Có}} | Số {{+number}}
/ {{commune}}, {{+date}}
$ - | TL. CHỦ TỊCH / CÔNG CHỨC HỘ TỊCH / {{signer}}
& copied
""",
    "xac_nhan_cu_tru": f"""
@TL CT07-in từ phần mềm quản lý cư trú
@TR Mã tra cứu: {{+code}}
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_MOTTO}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
> Căn cứ Luật Cư trú và đề nghị của công dân ngày {{+lately}}, cơ quan đăng ký cư trú xác nhận:
--
1. Họ, chữ đệm, tên {{ho_ten!u}}
2. Ngày sinh {{ngay_sinh}} | Giới tính {{gioi_tinh}}
3. Số ĐDCN {{so_dinh_danh!b}}
4. Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
5. Quê quán {{que_quan}}
6. Nơi thường trú {{noi_thuong_tru}}
7. Nơi tạm trú {{noi_tam_tru}}
8. Nơi ở hiện tại {{noi_o_hien_tai}}
9. Họ, tên chủ hộ {{ho_ten_chu_ho}} | Quan hệ {{quan_he_chu_ho}}
10. Số ĐDCN chủ hộ {{so_dinh_danh_chu_ho}}
11. Nội dung xác nhận thêm {{'Đã đăng ký thường trú trước ngày 01/7/2021}}
/ {{commune}}, {{+date}}
$ CÁN BỘ TRA CỨU / (Ký, ghi rõ họ tên) / {{clerk}} | TL. TRƯỞNG CÔNG AN / ĐỘI TRƯỞNG / {{signer}}
^ Xác nhận có giá trị trong 01 năm; hết giá trị ngay khi thông tin cư trú được điều chỉnh.
""",
    "xac_nhan_hon_nhan": f"""
& copy
{_COMMUNE}
@L Số: {{so}}
@R _{{commune}}, {{+date}}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
!! *ỦY BAN NHÂN DÂN {{office}} XÁC NHẬN
--
1. Họ và tên {{ho_ten}}
2. Sinh ngày {{ngay_sinh}} | Giới tính {{gioi_tinh}}
3. Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
4. Giấy tờ tùy thân số {{so_giay_to}}
5. Đang cư trú tại {{noi_cu_tru}}
6. Tình trạng hôn nhân {{tinh_trang}}
7. Cấp để dùng vào việc {{muc_dich}}
8. Giá trị sử dụng {{'06 tháng, tính từ ngày cấp}}
> Người được cấp giấy chịu trách nhiệm nếu dùng vào việc khác với việc ghi tại mục 7.
$ NGƯỜI THẨM TRA / (Đã ký) / {{clerk}} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
""",
    "quyet_dinh": f"""
& through
@L ỦY BAN NHÂN DÂN
@L *{{office}}
@L Số: {{so}}
{_MOTTO}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *CHỦ TỊCH ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
> Căn cứ Nghị định số 61/2018/NĐ-CP và các văn bản sửa đổi, bổ sung;
> Xét hồ sơ mã số {{+code}} và kết quả thẩm định của phòng chuyên môn.
# QUYẾT ĐỊNH:
> Điều 1. Nay chấp thuận {{ve_viec}} theo đơn của người có tên trong bảng:
--
1. Họ và tên {{ho_ten!u}} | Sinh ngày {{ngay_sinh}}
2. Căn cước/CMND số {{so_giay_to}} | Đối tượng {{'Cá nhân}}
3. Nơi cư trú {{noi_cu_tru}}
> Điều 2. Bộ phận Một cửa vào sổ, trả kết quả và cập nhật lên Cổng Dịch vụ công quốc gia trong ngày làm việc.
> Điều 3. Quyết định này có hiệu lực từ ngày ký. Văn phòng, các phòng có liên quan và người có tên tại Điều 1 thi \
hành./.
$ Nơi nhận: / - Như Điều 3; / - Lưu: VT, MC. / - | CHỦ TỊCH / {{signer}}
""",
    "giay_chung_nhan_dat": """
& land
@TL Trang 2
@BR Số vào sổ: VP {+number}
@C *{so_phat_hanh}
# I. Người sử dụng đất
--
1. Ông, bà {ho_ten!u} | Năm sinh {nam_sinh}
2. CCCD/CMND {so_giay_to} | Tỷ lệ sở hữu {'100%}
3. Địa chỉ {noi_cu_tru}
# II. Thửa đất
--
4. Thửa đất số {thua_dat} | Tờ bản đồ số {to_ban_do}
5. Vị trí thửa đất {dia_chi_thua_dat}
6. Diện tích {dien_tich} | Hình thức {hinh_thuc}
7. Mục đích sử dụng {muc_dich}
8. Thời hạn {thoi_han}
9. Nguồn gốc sử dụng {nguon_goc}
# III. Sơ đồ thửa đất và bảng kê tọa độ
& plot
TABLE 1 2.4 2.4 1.8
T Điểm | X (m) | Y (m) | Cạnh (m)
T 1 | 11843{+few},12 | 5982{+few},40 | {+side}
T 2 | 11843{+few},78 | 5982{+few},05 | {+side}
T 3 | 11844{+few},33 | 5983{+few},91 | {+side}
T 4 | 11844{+few},54 | 5983{+few},27 | {+side}
/ {province}, {+date}
$ - | SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG / TUQ. GIÁM ĐỐC / {signer}
""",
    "giay_uy_quyen": """
@TR Phiếu số {+number}/HCC
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY ỦY QUYỀN
!! (Thực hiện thủ tục hành chính)
--
TABLE 2.3 4 4
T Mục | Bên ủy quyền | Bên được ủy quyền
T Họ và tên | {ho_ten_uy_quyen} | {ho_ten_duoc_uy_quyen}
T Ngày sinh | {ngay_sinh_uy_quyen} | {ngay_sinh_duoc_uy_quyen}
T Số giấy tờ tùy thân | {so_giay_to_uy_quyen} | {so_giay_to_duoc_uy_quyen}
T Nơi cư trú | {noi_cu_tru_uy_quyen} | {noi_cu_tru_duoc_uy_quyen}
--
1. Việc ủy quyền {noi_dung}
2. Thời hạn {thoi_han}
3. Thù lao {'Không}
# Người được ủy quyền được:
& yes
> Nộp, bổ sung, nhận lại hồ sơ;
& yes
> Nộp phí, lệ phí và nhận kết quả;
& no
> Ủy quyền lại cho người khác.
> Bên ủy quyền công nhận mọi việc bên được ủy quyền làm trong phạm vi đã ghi.
/ {province}, {+date}
$ BÊN ĐƯỢC ỦY QUYỀN / (Ký, ghi rõ họ tên) / {ho_ten_duoc_uy_quyen} | BÊN ỦY QUYỀN / \
(Ký, ghi rõ họ tên) / {ho_ten_uy_quyen}
""",
    "can_cuoc": """
& receipt
@C *CỤC CẢNH SÁT QUẢN LÝ HÀNH CHÍNH
@C *VỀ TRẬT TỰ XÃ HỘI
! THÔNG TIN TRÊN THẺ CĂN CƯỚC
!! (Đọc từ chip lúc {+hour}, {+date})
& faced
Số căn cước {so_dinh_danh}
Họ và tên {ho_ten}
Ngày sinh {ngay_sinh}
Giới tính {gioi_tinh}
Quốc tịch {quoc_tich}
& below
Quê quán {que_quan}
Nơi thường trú {noi_thuong_tru}
Ngày cấp thẻ {+lately}
Ngày hết hạn {co_gia_tri_den}
Đặc điểm {+mole}
> Kết quả đối chiếu khuôn mặt: đạt. Phiếu chỉ dùng tại quầy tiếp nhận, không có giá trị thay thẻ.
$ Công dân / (ký tên) / {ho_ten} | Cán bộ đọc thẻ / {clerk}
""",
    "bang_ke": f"""
& through
@L *ỦY BAN BẦU CỬ
@L {{office}}
@L Khu vực bỏ phiếu số {{+number}}
{_MOTTO}
! DANH SÁCH CỬ TRI
!! Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân các cấp
TABLE 0.7 3.4 1.8 0.8 0.8 1.6 3.4
T TT | Họ và tên cử tri | Ngày sinh | Nam | Nữ | Dân tộc | Nơi cư trú
{_VOTERS}
> Danh sách này có 18 cử tri, trong đó 09 nam, 09 nữ, được niêm yết tại trụ sở và các điểm công cộng của khu vực bỏ \
phiếu.
/ {{commune}}, {{+date}}
$ THƯ KÝ TỔ BẦU CỬ / {{clerk}} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
""",
}
