"""Wording of half `d`, style `boxed`: forms of boxes and tables as software prints them, and orders in prose."""

from typing import Final

_HEAD = """
@L {above!u}
@L *{office}
@L {number}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""


def _headed(number: str, rest: str) -> str:
    return _HEAD.replace("{number}", number) + rest


BOXED: Final = {
    "giay_khai_sinh": _headed(
        "Số ĐK: {so}",
        """
! GIẤY KHAI SINH
!! (Bản điện tử in từ Hệ thống thông tin quản lý hộ tịch)
# I. Trẻ được khai sinh
Trẻ em {ho_ten} | Giới {gioi_tinh}
Ngày sinh (ngày/tháng/năm) {ngay_sinh} | Ngày sinh ghi bằng chữ {=ngay_sinh}
Mã định danh {so_dinh_danh!b} | DT {dan_toc} | Quốc tịch {quoc_tich}
Sinh tại {noi_sinh} | Quê {que_quan}
# II. Mẹ của trẻ
Người mẹ {ho_ten_me!u} | Sinh năm {nam_sinh_me}
Mẹ cư trú tại {noi_cu_tru_me}
# III. Cha của trẻ
Người cha {ho_ten_cha!u} | Sinh năm {nam_sinh_cha}
Cha cư trú tại {noi_cu_tru_cha}
# IV. Đăng ký
Đơn vị thực hiện đăng ký {noi_dang_ky} | Ngày vào sổ {ngay_dang_ky}
$ NGƯỜI IN / (đã ký số) / {clerk} | TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {signer}
""",
    ),
    "giay_chung_sinh": _headed(
        "Mã phiếu: {so}",
        """
! GIẤY CHỨNG SINH
!! (Phiếu do cơ sở khám bệnh, chữa bệnh lập)
TABLE 0.6 3.2 5.5
T TT | Thông tin | Chi tiết
T 1 | Cơ sở y tế | {noi_sinh}
T 2 | Thời điểm trẻ chào đời | {thoi_gian_sinh}
T 3 | Giới tính của trẻ | {gioi_tinh_con}
T 4 | Trọng lượng sơ sinh | {can_nang}
T 5 | Sức khỏe của trẻ | {tinh_trang_con}
T 6 | Số trẻ trong lần sinh | {so_con}
T 7 | Con thứ | {so_lan_sinh}
T 8 | Tên gia đình định đặt | {ten_du_dinh}
T 9 | Mẹ: họ và tên | {ho_ten_me!u}
T 10 | Mẹ: năm sinh | {nam_sinh_me}
T 11 | Mẹ: định danh cá nhân | {so_dinh_danh_me}
T 12 | Mẹ: dân tộc | {dan_toc_me}
T 13 | Mẹ: chỗ ở | {noi_cu_tru_me}
T 14 | Nhân viên y tế đỡ đẻ | {nguoi_do_de}
^ Phiếu lập thành 02 bản; bản này giao thân nhân để khai sinh, bản kia lưu tại cơ sở y tế.
$ THÂN NHÂN CỦA TRẺ / (Ký tên) / {+person} | LÃNH ĐẠO CƠ SỞ Y TẾ / (Ký, đóng dấu) / {signer}
""",
    ),
    "giay_chung_nhan_ket_hon": _headed(
        "Sổ: {so}",
        """
@BL KH-{+number}/2025
! GIẤY CHỨNG NHẬN KẾT HÔN
!! (Bản sao trích lục có đủ thông tin hai bên)
TABLE 2.2 4 4
T Thông tin | Bên nam | Bên nữ
T Họ và chữ đệm, tên | {ho_ten_chong} | {ho_ten_vo}
T Sinh ngày | {ngay_sinh_chong} | {ngay_sinh_vo}
T Thành phần dân tộc | {dan_toc_chong} | {dan_toc_vo}
T Số định danh/ Số hộ chiếu | {so_giay_to_chong} | {so_giay_to_vo}
T Thường trú hoặc tạm trú | {noi_cu_tru_chong} | {noi_cu_tru_vo}
T Ký tên | (đã ký) | (đã ký)
Đơn vị đăng ký hôn nhân {noi_dang_ky} | Vào sổ ngày {ngay_dang_ky}
> Hai bên nam, nữ nói trên là vợ chồng hợp pháp từ ngày vào sổ.
/ {province}, {+date}
$ NGƯỜI TRÍCH LỤC / (Ký) / {clerk} | TUQ. CHỦ TỊCH / CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {signer}
""",
    ),
    "trich_luc_khai_tu": _headed(
        "Số: {so}",
        """
/ {commune}, {+date}
! TRÍCH LỤC KHAI TỬ
A. Nơi khai tử {noi_dang_ky} | Ngày khai tử {ngay_dang_ky}
B. Họ tên người đã chết {ho_ten} | Giới {gioi_tinh}
Ngày sinh {ngay_sinh} | Dân tộc {dan_toc} | Mang quốc tịch {quoc_tich}
Số định danh (CCCD/CMND) {so_dinh_danh}
C. Chết lúc {thoi_gian_chet} | Do {nguyen_nhan}
Địa điểm chết {noi_chet}
D. Ai đi khai {nguoi_yeu_cau} | Giấy tờ của người đi khai {+id}
> Bản trích lục in từ Cơ sở dữ liệu hộ tịch điện tử; nội dung đúng với sổ đăng ký.
$ NGƯỜI LẬP / (Ký) / {clerk} | TL. CHỦ TỊCH / TRƯỞNG PHÒNG TƯ PHÁP / {signer}
""",
    ),
    "xac_nhan_cu_tru": """
@L CÔNG AN {above!u}
@L *CÔNG AN {office}
@L Số phiếu: {so}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
! PHIẾU XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
# A. Người được xác nhận
(1) Họ tên {ho_ten} | (2) Sinh {ngay_sinh} | (3) Giới {gioi_tinh}
(4) ĐDCN/CMND {so_dinh_danh!b} | (5) DT {dan_toc} | (6) QT {quoc_tich}
(7) Gốc gác, quê {que_quan}
# B. Chỗ ở hợp pháp
(8) Địa chỉ thường trú {noi_thuong_tru}
(9) Địa chỉ tạm trú {noi_tam_tru}
(10) Chỗ ở bây giờ {noi_o_hien_tai}
# C. Hộ gia đình
(11) Tên chủ hộ {ho_ten_chu_ho} | (12) Vai trò với chủ hộ {quan_he_chu_ho}
(13) ĐDCN của chủ hộ {so_dinh_danh_chu_ho!b}
# D. Thành viên khác cùng hộ
TABLE 0.7 4 2 3
T STT | Họ tên | Ngày sinh | Số định danh
T 1 | {+person} | {+day} | {+id}
T 2 | {+person} | {+day} | {+id}
$ NGƯỜI TRA CỨU / (Ký) / {clerk} | TRƯỞNG CÔNG AN / (Ký, đóng dấu) / {signer}
""",
    "xac_nhan_hon_nhan": _headed(
        "Số hiệu: {so}",
        """
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
TABLE 0.6 3.4 5.5
T STT | Mục | Nội dung
T 1 | Người được cấp giấy | {ho_ten!u}
T 2 | Ngày tháng năm sinh | {ngay_sinh}
T 3 | Nam hoặc nữ | {gioi_tinh}
T 4 | Dân tộc, quốc tịch | {dan_toc}, {quoc_tich}
T 5 | Loại và số giấy tờ | Căn cước/CMND số {so_giay_to}
T 6 | Chỗ ở đã đăng ký | {noi_cu_tru}
T 7 | Hôn nhân | {tinh_trang}
T 8 | Cấp để dùng vào việc | {muc_dich}
> Thời hạn sử dụng của giấy là sáu tháng, tính từ ngày ký dưới đây.
/ {commune}, {+date}
$ NGƯỜI SOẠN / (Ký) / {clerk} | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {signer}
""",
    ),
    "quyet_dinh": """
@L *{office}
@L *VĂN PHÒNG HĐND VÀ UBND
@L Số: {so}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
@R _{commune}, {ngay_ban_hanh!d}
! QUYẾT ĐỊNH
!! *Về việc {ve_viec}
!! *ỦY BAN NHÂN DÂN {office}
> Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
> Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ;
> Xét đề nghị của bà {+person}, Trưởng phòng Văn hóa - Xã hội tại Tờ trình số {+number}/TTr-VHXH.
! QUYẾT ĐỊNH:
> Điều 1. Chấp thuận hồ sơ của cá nhân ghi trong bảng sau:
TABLE 3 1.8 2.2 4
T Họ và tên | Ngày sinh | Giấy tờ tùy thân | Địa chỉ
T {ho_ten} | {ngay_sinh} | {so_giay_to} | {noi_cu_tru}
> Điều 2. Quyết định này có hiệu lực từ ngày ký và thay thế các văn bản trước đây về cùng nội dung.
> Điều 3. Chánh Văn phòng, Trưởng phòng Văn hóa - Xã hội và cá nhân có tên tại Điều 1 thi hành./.
$ Nơi nhận: / (Như Điều 3; Lưu: VT, VHXH.) / - | TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {signer}
""",
    "giay_chung_nhan_dat": """
@BR Số vào sổ cấp Giấy chứng nhận: CN {+number}
& qr
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
!! Mã giấy: {so_phat_hanh}
# 1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:
> Ông/bà {ho_ten}, năm sinh {nam_sinh}, căn cước công dân số {so_giay_to}, địa chỉ {noi_cu_tru}.
# 2. Thông tin thửa đất:
TABLE 1.2 1.2 2 3 2.4
T Thửa số | Tờ BĐ | Diện tích | Loại đất | Thời hạn
T {thua_dat} | {to_ban_do} | {dien_tich} | {muc_dich} | {thoi_han}
Vị trí: {dia_chi_thua_dat}
Hình thức sử dụng đất: {hinh_thuc}
Nguồn gốc: {nguon_goc}
# 3. Thông tin tài sản gắn liền với đất: -/-
# 4. Ghi chú: Không.
# 5. Sơ đồ thửa đất: quét mã QR để xem.
/ {province}, {+date}
$ - | VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI / GIÁM ĐỐC / {signer}
""",
    "giay_uy_quyen": """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY ỦY QUYỀN
!! (Về việc thay mặt làm thủ tục hành chính)
> Hôm nay, {+date}, tại {place}, tôi là {ho_ten_uy_quyen}, sinh ngày {ngay_sinh_uy_quyen}, mang căn cước công dân \
số {so_giay_to_uy_quyen}, hiện cư trú tại {noi_cu_tru_uy_quyen} (sau đây gọi là người giao), tự nguyện lập giấy này \
để giao cho {ho_ten_duoc_uy_quyen}, sinh ngày {ngay_sinh_duoc_uy_quyen}, căn cước công dân số \
{so_giay_to_duoc_uy_quyen}, hiện cư trú tại {noi_cu_tru_duoc_uy_quyen} (sau đây gọi là người nhận), thay tôi làm \
công việc sau đây: {noi_dung}.
> Việc giao quyền có hiệu lực trong {thoi_han}. Người nhận không được giao lại cho người thứ ba, không nhận thù lao \
và phải báo cho người giao biết kết quả.
> Tôi đã đọc lại toàn bộ nội dung, hoàn toàn minh mẫn, không bị ai ép buộc và ký tên, điểm chỉ dưới đây làm bằng.
$ NGƯỜI NHẬN / (Ký, ghi rõ họ tên) / {ho_ten_duoc_uy_quyen} | NGƯỜI GIAO / (Ký, điểm chỉ) / {ho_ten_uy_quyen}
> Chứng thực chữ ký số {+number}, quyển số 01/2026-SCT/CK,ĐC; ông/bà có tên trên đã ký trước mặt tôi.
""",
    "can_cuoc": """
@C _(Ảnh chụp thẻ căn cước, in từ điện thoại)
& card
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
@C SOCIALIST REPUBLIC OF VIET NAM
@C *CĂN CƯỚC
@C IDENTITY CARD
& front
Số định danh cá nhân/Personal identification number {so_dinh_danh}
Họ, chữ đệm và tên khai sinh/Full name {ho_ten}
Ngày, tháng, năm sinh/Date of birth {ngay_sinh} | Giới tính/Sex {gioi_tinh}
Quốc tịch/Nationality {quoc_tich}
& back
Nơi cư trú/Place of residence {noi_thuong_tru}
Nơi đăng ký khai sinh/Place of birth {que_quan}
Ngày, tháng, năm cấp/Date of issue {+lately} | Ngày, tháng, năm hết hạn/Date of expiry {co_gia_tri_den}
> BỘ CÔNG AN/MINISTRY OF PUBLIC SECURITY
--
{+zone}
""",
}
