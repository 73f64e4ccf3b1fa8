"""Wording of half `j`, style `desktop`: what software at desks of communes and hospitals prints."""

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
_FEES: Final = "\n".join(
    f"T {number} | {{+code}} | {{+person}} | {service} | {fee} | {{+due}}"
    for number, (service, fee) in enumerate(
        (("Bản sao trích lục", "8.000"), ("Chứng thực bản sao", "14.000"), ("Chứng thực chữ ký", "10.000"),
         ("Chứng thực hợp đồng", "50.000"), ("Bản sao trích lục", "16.000"), ("Cấp biển số nhà", "45.000"),
         ("Chứng thực bản sao", "6.000"), ("Xác nhận hôn nhân", "15.000"), ("Chứng thực bản sao", "32.000"),
         ("Đăng ký lại khai sinh", "5.000"), ("Chứng thực di chúc", "50.000"), ("Thẩm định đất đai", "400.000"),
         ("Chứng thực chữ ký", "20.000"), ("Chứng thực bản sao", "2.000")), 1,
    )
)  # fmt: skip

DESKTOP: Final = {
    "giay_khai_sinh": f"""
@BL Phần mềm Hộ tịch 158 - Trang 1/1
{_COMMUNE}
! TRÍCH LỤC KHAI SINH
!! (Bản sao) Số: {{so}}
# 1. Người được đăng ký
--
Họ tên khai sinh: {{ho_ten!u}}
Ngày sinh: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Nơi sinh: {{noi_sinh}}
Nguyên quán: {{que_quan}}
Mã định danh: {{so_dinh_danh}}
# 2. Cha
--
Họ tên cha: {{ho_ten_cha}} | Năm sinh cha: {{nam_sinh_cha}}
Cư trú cha: {{noi_cu_tru_cha}}
# 3. Mẹ
--
Họ tên mẹ: {{ho_ten_me}} | Năm sinh mẹ: {{nam_sinh_me}}
Cư trú mẹ: {{noi_cu_tru_me}}
# 4. Đăng ký
--
Cơ quan đăng ký: {{noi_dang_ky}} | Ngày đăng ký: {{ngay_dang_ky}}
/ {{commune}}, {{+now}}
$ - | NGƯỜI KÝ TRÍCH LỤC / {{signer}}
""",
    "giay_chung_sinh": """
& barred
@L *{noi_sinh!u}
@L Khoa Sản - Phòng sinh
@R Mã BN: 26{+number}
@R Số: {so}
! GIẤY CHỨNG SINH
TABLE 3 4
T Thông tin | Nội dung
T Họ tên mẹ/Người nuôi dưỡng | {ho_ten_me!u}
T Năm sinh mẹ | {nam_sinh_me}
T Số căn cước/Số định danh | {so_dinh_danh_me}
T Dân tộc mẹ | {dan_toc_me}
T Nơi cư trú | {noi_cu_tru_me}
T Thời điểm sinh con | {thoi_gian_sinh}
T Nơi sinh con | {noi_sinh}
T Lần sinh | {so_lan_sinh}
T Số con trong lần sinh | {so_con}
T Giới tính | {gioi_tinh_con}
T Cân nặng | {can_nang}
T Tình trạng | {tinh_trang_con}
T Tên dự định đặt | {ten_du_dinh}
T Người đỡ | {nguoi_do_de}
> Phiếu được ký số và gửi lên Cổng tiếp nhận dữ liệu giám định. Lần in: 1.
/ {province}, {+now}
$ NGƯỜI NHẬN / {+person} | ĐẠI DIỆN CƠ SỞ KHÁM CHỮA BỆNH / {signer}
""",
    "giay_chung_nhan_ket_hon": f"""
& lilac
{_MOTTO.replace("@R", "@C")}
! GIẤY CHỨNG NHẬN KẾT HÔN
!! (Bản sao cấp từ hệ thống) Số: {{so}}
TABLE 2 3 3
T Nội dung | Bên nam (chồng) | Bên nữ (vợ)
T Họ, chữ đệm, tên | {{ho_ten_chong!u}} | {{ho_ten_vo!u}}
T Ngày sinh | {{ngay_sinh_chong}} | {{ngay_sinh_vo}}
T Dân tộc | {{dan_toc_chong}} | {{dan_toc_vo}}
T Nơi cư trú | {{noi_cu_tru_chong}} | {{noi_cu_tru_vo}}
T Số giấy tờ tùy thân | {{so_giay_to_chong}} | {{so_giay_to_vo}}
--
Nơi đăng ký kết hôn: {{noi_dang_ky}}
Ngày đăng ký kết hôn: {{ngay_dang_ky}}
/ {{commune}}, {{+now}}
$ CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{clerk}} | CHỦ TỊCH / {{signer}}
""",
    "trich_luc_khai_tu": f"""
@BR In từ phần mềm hộ tịch
{_COMMUNE}
! TRÍCH LỤC ĐĂNG KÝ KHAI TỬ
!! Số: {{so}}
Họ, chữ đệm, tên: {{ho_ten!u}}
Ngày sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}}
Quốc tịch: {{quoc_tich}}
Mã số định danh: {{so_dinh_danh}}
Chết lúc: {{thoi_gian_chet}}
Chết tại: {{noi_chet}}
Nguyên nhân: {{nguyen_nhan}}
Nơi đăng ký: {{noi_dang_ky}}
Ngày đăng ký: {{ngay_dang_ky}}
Người khai tử: {{nguoi_yeu_cau}}
/ {{commune}}, {{+now}}
$ NGƯỜI IN / {{clerk}} | NGƯỜI KÝ / {{signer}}
& copied
""",
    "xac_nhan_cu_tru": f"""
& squared
@L CÔNG AN {{district!u}}
@L *CÔNG AN {{office}}
{_MOTTO}
! KẾT QUẢ XÁC NHẬN CƯ TRÚ
!! Số {{so}} - Mã hồ sơ {{+code}}
# Nhân thân
--
Họ và tên {{ho_ten!u}} | Ngày sinh {{ngay_sinh}} | Giới tính {{gioi_tinh}}
Số định danh cá nhân {{so_dinh_danh}} | Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Quê quán {{que_quan}}
# Cư trú
--
Nơi thường trú {{noi_thuong_tru}}
Nơi tạm trú {{noi_tam_tru}} | Nơi ở hiện tại {{noi_o_hien_tai}}
# Hộ gia đình
--
Chủ hộ {{ho_ten_chu_ho}} | Quan hệ với chủ hộ {{quan_he_chu_ho}} | Số định danh chủ hộ {{so_dinh_danh_chu_ho}}
/ {{commune}}, {{+now}}
$ CÁN BỘ TIẾP NHẬN / {{clerk}} | TRƯỞNG CÔNG AN / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
{_COMMUNE}
@L Số: {{so}}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
--
Họ và tên: {{ho_ten!u}}
Sinh ngày: {{ngay_sinh}}
Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}}
Quốc tịch: {{quoc_tich}}
Căn cước/CMND: {{so_giay_to}}
Nơi cư trú: {{noi_cu_tru}}
Tình trạng hôn nhân: {{tinh_trang}}
Dùng vào việc: {{muc_dich}}
> Thông tin được đối chiếu với Cơ sở dữ liệu hộ tịch điện tử ngày {{+due}}. Có giá trị 6 tháng.
/ {{commune}}, {{+now}}
$ Người lập phiếu / {{clerk}} | TM. UBND / PHÓ CHỦ TỊCH / {{signer}}
""",
    "quyet_dinh": f"""
{_COMMUNE}
@L Số: {{so}}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
> Căn cứ kết quả thẩm định hồ sơ {{+code}} trên Hệ thống thông tin giải quyết thủ tục hành chính;
!! *QUYẾT ĐỊNH:
> Điều 1. Đồng ý đề nghị của cá nhân sau đây:
TABLE 2.4 1.5c 2c 3.4
T Họ và tên | Ngày sinh | Số giấy tờ | Nơi cư trú
T {{ho_ten}} | {{ngay_sinh}} | {{so_giay_to}} | {{noi_cu_tru}}
> Điều 2. Phòng Văn hóa - Xã hội cập nhật kết quả vào cơ sở dữ liệu chuyên ngành trong 03 ngày làm việc.
> Điều 3. Quyết định có hiệu lực kể từ ngày ký. Thủ trưởng các cơ quan có liên quan thi hành Quyết định này./.
$ Nơi nhận: / - Như Điều 3; / - CSDL; / - Lưu: VT, VHXH. / - | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
""",
    "giay_chung_nhan_dat": f"""
& mint
& squared
{_MOTTO.replace("@R", "@C")}
! GIẤY CHỨNG NHẬN
!! *Quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất
--
Mã phát hành: {{so_phat_hanh}}
Người được cấp: {{ho_ten!u}} | Sinh năm: {{nam_sinh}}
Giấy tờ nhân thân: {{so_giay_to}}
Nơi cư trú: {{noi_cu_tru}}
# Thông tin thửa đất
--
Số thửa: {{thua_dat}} | Số tờ bản đồ: {{to_ban_do}} | Diện tích: {{dien_tich}}
Loại đất: {{muc_dich}} | Thời hạn: {{thoi_han}}
Hình thức sử dụng: {{hinh_thuc}}
Địa chỉ thửa đất: {{dia_chi_thua_dat}}
Nguồn gốc sử dụng: {{nguon_goc}}
& parcel
/ {{province}}, {{+now}}
$ - | CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI / GIÁM ĐỐC / {{signer}}
""",
    "giay_uy_quyen": f"""
{_MOTTO.replace("@R", "@C")}
! PHIẾU ỦY QUYỀN NỘP HỒ SƠ, NHẬN KẾT QUẢ
!! Trung tâm Phục vụ hành chính công {{office}}
TABLE 2 3 3
T Mục | Người ủy quyền | Người được ủy quyền
T Họ và tên | {{ho_ten_uy_quyen}} | {{ho_ten_duoc_uy_quyen}}
T Ngày sinh | {{ngay_sinh_uy_quyen}} | {{ngay_sinh_duoc_uy_quyen}}
T Số CCCD/CMND | {{so_giay_to_uy_quyen}} | {{so_giay_to_duoc_uy_quyen}}
T Nơi cư trú | {{noi_cu_tru_uy_quyen}} | {{noi_cu_tru_duoc_uy_quyen}}
--
Nội dung ủy quyền: {{noi_dung}}
Thời hạn: {{thoi_han}}
> Phiếu lập thành 02 bản, mỗi bên giữ 01 bản; người được ủy quyền xuất trình căn cước khi nhận kết quả.
/ {{commune}}, {{+now}}
$ NGƯỜI ĐƯỢC ỦY QUYỀN / {{ho_ten_duoc_uy_quyen}} | NGƯỜI ỦY QUYỀN / {{ho_ten_uy_quyen}}
""",
    "can_cuoc": """
& card
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! CĂN CƯỚC CÔNG DÂN
& beside
Số: {so_dinh_danh}
Họ và tên: {ho_ten}
Ngày sinh: {ngay_sinh}
Giới tính: {gioi_tinh} | Quốc tịch: {quoc_tich}
Quê quán: {que_quan}
Nơi thường trú: {noi_thuong_tru}
Có giá trị đến: {co_gia_tri_den}
& below
> Bản chụp căn cước công dân kèm theo hồ sơ số {+code}. Đã đối chiếu với bản chính.
/ {province}, {+now}
$ - | NGƯỜI ĐỐI CHIẾU / {clerk}
""",
    "bang_ke": f"""
{_COMMUNE}
! BẢNG KÊ THU PHÍ, LỆ PHÍ
!! Từ ngày {{+due}} - Quầy số 2
TABLE 0.6c 2.7 2.4 2.4 1.2r 1.5c
T STT | Mã hồ sơ | Người nộp | Thủ tục | Số tiền | Ngày thu
{_FEES}
T  |  | Cộng |  | 673.000
> Bằng chữ: Sáu trăm bảy mươi ba nghìn đồng chẵn.
$ NGƯỜI LẬP BẢNG / {{clerk}} | THỦ QUỸ / {{+person}} | PHỤ TRÁCH KẾ TOÁN / {{signer}}
""",
}
