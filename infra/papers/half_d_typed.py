"""Wording of half `d`, style `typed`: printed forms of the districts, filled in on a machine, values on the dots."""

from typing import Final

TYPED: Final = {
    "giay_khai_sinh": """
@TL Tỉnh, thành phố: {above}
@TR Mẫu TP/HT-1999-A.3
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY KHAI SINH
!! (BẢN SAO)
Số {so} | Quyển số {+number}
Họ và tên {ho_ten} | Nam hay nữ {gioi_tinh}
Sinh ngày (bằng số) {ngay_sinh} | Thuộc dân tộc {dan_toc}
Viết bằng chữ {=ngay_sinh}
Nơi sinh (2) {noi_sinh}
Quê quán theo cha hoặc mẹ {que_quan}
Quốc tịch {quoc_tich} | Mã số định danh {so_dinh_danh}
[[
# Phần khai về người CHA
Tên cha {ho_ten_cha!u}
Năm sinh {nam_sinh_cha}
Chỗ ở {noi_cu_tru_cha}
||
# Phần khai về người MẸ
Tên mẹ {ho_ten_me!u}
Năm sinh {nam_sinh_me}
Chỗ ở {noi_cu_tru_me}
]]
Người đứng khai {+person}
Cơ quan đăng ký (1) {noi_dang_ky}
Đăng ký ngày {ngay_dang_ky}
$ Cán bộ hộ tịch / (đã ký) / {clerk} | SAO TỪ SỔ GỐC / TM. UBND {office} / {signer}
^ (1) Ghi đủ tên đơn vị hành chính các cấp tại thời điểm đăng ký.
^ (2) Sinh tại cơ sở y tế thì ghi tên cơ sở; sinh ở nơi khác thì ghi xã, huyện, tỉnh.
""",
    "giay_chung_sinh": """
@TL Sở Y tế - {above}
@TR MS: 02/BV-CS
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG SINH
Quyển số 02, tờ số {so}
Cơ sở nơi trẻ ra đời {noi_sinh}
Xác nhận sản phụ {ho_ten_me} | năm sinh {nam_sinh_me}
Căn cước số {so_dinh_danh_me} | người dân tộc {dan_toc_me}
Hộ khẩu, chỗ ở {noi_cu_tru_me}
Đã sinh con lúc {thoi_gian_sinh}
Đẻ lần thứ {so_lan_sinh} | Số trẻ sinh ra lần này {so_con}
Trai hay gái {gioi_tinh_con} | Nặng {can_nang} | Thể trạng {tinh_trang_con}
Gia đình dự kiến gọi cháu là {ten_du_dinh!u}
Hộ sinh, bác sĩ đỡ {nguoi_do_de}
/ {province}, {+date}
$ Cha, mẹ hoặc người thân / (Ký, ghi họ tên) / {+person} | TRƯỞNG KHOA SẢN / (Ký, đóng dấu) / {signer}
^ Tờ này giao cho gia đình đi đăng ký khai sinh trong 60 ngày. Tên dự kiến có thể khác tên khi khai sinh.
""",
    "giay_chung_nhan_ket_hon": """
@TL UBND: {office}
@TR Mẫu TP/HT-1999-B.1
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! ĐĂNG KÝ KẾT HÔN
!! (Giấy chứng nhận kết hôn - bản sao)
Đăng ký số {so} | Quyển {+number}
[[
# HỌ TÊN CHỒNG
{ho_ten_chong!u}
Sinh {ngay_sinh_chong}
Dân tộc {dan_toc_chong}
CMND, CCCD {so_giay_to_chong}
Trú quán {noi_cu_tru_chong}
||
# HỌ TÊN VỢ
{ho_ten_vo!u}
Sinh {ngay_sinh_vo}
Dân tộc {dan_toc_vo}
CMND, CCCD {so_giay_to_vo}
Trú quán {noi_cu_tru_vo}
]]
Đăng ký tại {noi_dang_ky}
Việc kết hôn được ghi vào sổ ngày {ngay_dang_ky}
> Hai bên nam nữ đã tự nguyện ký vào sổ đăng ký kết hôn trước mặt đại diện Ủy ban nhân dân.
$ Vợ, chồng ký / (đã ký) / {clerk} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {signer}
""",
    "trich_luc_khai_tu": """
@TL {office}, {above}
@TR Bản sao cấp từ sổ
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG TỬ
!! (TRÍCH LỤC KHAI TỬ - BẢN SAO)
Số đăng ký {so}
Người chết tên là {ho_ten} | Giới {gioi_tinh}
Ngày sinh {ngay_sinh} | Dân tộc {dan_toc} | QT {quoc_tich}
Căn cước, định danh {so_dinh_danh!b}
Chết hồi {thoi_gian_chet}
Tại {noi_chet}
Lý do chết {nguyen_nhan}
Giấy báo tử số {+number}/GBT do {+person} cấp
Người báo tử {nguoi_yeu_cau}
Nơi ghi sổ {noi_dang_ky}
Ngày ghi sổ {ngay_dang_ky}
/ {commune}, {+date}
$ Người sao / (đã ký) / {clerk} | TL. CHỦ TỊCH / CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {signer}
""",
    "xac_nhan_cu_tru": """
@TL CÔNG AN {above!u}
@TR Mẫu CT07 (bản điền máy)
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
!! Số {so}
> Theo đề nghị của công dân, Công an {office} tra cứu dữ liệu cư trú và cho biết:
Công dân {ho_ten!u}
Chào đời {ngay_sinh} | là {gioi_tinh} | gốc {dan_toc}
Số ĐDCN {so_dinh_danh!b}
Mang quốc tịch {quoc_tich}
Nguyên quán {que_quan}
Hộ khẩu thường trú {noi_thuong_tru}
Đăng ký tạm trú {noi_tam_tru}
Đang ở tại {noi_o_hien_tai}
Đứng tên chủ hộ {ho_ten_chu_ho} | người khai là {quan_he_chu_ho}
Số ĐDCN chủ hộ {so_dinh_danh_chu_ho!b}
> Bản in này chỉ dùng cho việc đã nêu trong đơn; hết một năm hoặc khi chuyển chỗ ở thì không còn giá trị.
$ Cán bộ đăng ký / (đã ký) / {clerk} | TRƯỞNG CÔNG AN / (Ký, đóng dấu) / {signer}
""",
    "xac_nhan_hon_nhan": """
@TL {office}
@TR Mẫu TP/HT-XN.2
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
!! Số {so}
> Xét đơn của ông (bà) {+person}, Ủy ban nhân dân {office} xác nhận:
Anh (chị) {ho_ten!u}
Ngày, tháng, năm sinh bằng số {ngay_sinh}
Bằng chữ {=ngay_sinh}
Nam/nữ {gioi_tinh} | dân tộc {dan_toc} | quốc tịch {quoc_tich}
Thẻ căn cước, CMND, hộ chiếu số {so_giay_to}
Ngụ tại {noi_cu_tru}
Trong thời gian cư trú ở đây: {tinh_trang}
Xin giấy này để {muc_dich}
> Giấy có hạn dùng sáu tháng. Dùng sai mục đích ghi ở trên thì không có giá trị.
/ {commune}, {+date}
$ Người kiểm tra / (đã ký) / {clerk} | TM. UBND / PHÓ CHỦ TỊCH / {signer}
""",
    "quyet_dinh": """
@TL UBND {office}
@TR Bản photo lưu hồ sơ
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
/ {commune}, {ngay_ban_hanh!d}
! QUYẾT ĐỊNH
!! *CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN {office}
Số hiệu {so}
Trích yếu {ve_viec}
> - Căn cứ Luật Tổ chức chính quyền địa phương;
> - Căn cứ hồ sơ do Trung tâm Phục vụ hành chính công chuyển đến ngày {+lately};
> - Xét tờ trình của Phòng Văn hóa - Xã hội,
# QUYẾT ĐỊNH
> Điều 1: Nay giải quyết cho đương sự sau đây:
Họ và tên {ho_ten!u} | sinh {ngay_sinh}
Giấy CMND (căn cước) {so_giay_to}
Nơi cư ngụ {noi_cu_tru}
> Điều 2: Thời gian thực hiện tính từ ngày ký quyết định.
> Điều 3: Văn phòng HĐND - UBND, các phòng chuyên môn và đương sự có tên ở Điều 1 thi hành quyết định này./.
$ Nơi gửi: như Điều 3 / - | CHỦ TỊCH / (Ký tên, đóng dấu) / {signer}
""",
    "giay_chung_nhan_dat": """
@TL {above}
@BR {so_phat_hanh}
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
& ground
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
!! *ỦY BAN NHÂN DÂN {office} CHỨNG NHẬN
Ông (bà): {ho_ten!u}
Năm sinh: {nam_sinh} | CMND số: {so_giay_to}
Hộ khẩu: {noi_cu_tru}
# Được quyền sử dụng thửa đất sau đây
Tờ bản đồ: {to_ban_do} | Số thửa: {thua_dat}
Đất tọa lạc: {dia_chi_thua_dat}
Diện tích (bằng số): {dien_tich}
Hình thức: {hinh_thuc} | Sử dụng vào việc: {muc_dich}
Hạn sử dụng: {thoi_han}
Đất có từ: {nguon_goc}
# Ghi chú
> Người được cấp giấy không được tự ý sửa chữa, tẩy xóa nội dung; khi mất, phải báo ngay nơi cấp.
/ {commune}, {+date}
$ Vào sổ cấp giấy: {+number} / - | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {signer}
""",
    "giay_uy_quyen": """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY ỦY QUYỀN
!! Kính gửi: Trung tâm Phục vụ hành chính công {office}
Tôi tên là {ho_ten_uy_quyen} | sinh {ngay_sinh_uy_quyen}
CMND/CCCD {so_giay_to_uy_quyen} | cấp ngày {+lately}
Hiện ở {noi_cu_tru_uy_quyen}
> Vì bận công việc không đi được, tôi nhờ người có tên dưới đây đứng ra làm thay:
Anh, chị {ho_ten_duoc_uy_quyen} | sinh {ngay_sinh_duoc_uy_quyen}
CMND/CCCD {so_giay_to_duoc_uy_quyen} | cấp ngày {+lately}
Hiện ở {noi_cu_tru_duoc_uy_quyen}
Việc được làm thay {noi_dung}
Kể từ hôm nay trong {thoi_han}
> Mọi việc người được nhờ làm trong phạm vi trên tôi xin chịu trách nhiệm, không khiếu nại về sau.
/ {province}, {+date}
$ Người làm thay / (Ký và ghi tên) / {ho_ten_duoc_uy_quyen} | Người viết giấy / (Ký, ghi rõ họ tên) / {ho_ten_uy_quyen}
^ Xác nhận của nơi cư trú: chữ ký trên là của người ở địa phương.
""",
    "can_cuoc": """
@C _(Bản chụp hai mặt thẻ dùng để nộp kèm hồ sơ)
& card
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
@C *CĂN CƯỚC CÔNG DÂN
& front
Số: {so_dinh_danh}
Họ và tên: {ho_ten}
Ngày, tháng, năm sinh: {ngay_sinh}
Giới tính: {gioi_tinh} | Quốc tịch: {quoc_tich}
Quê quán: {que_quan}
Nơi thường trú: {noi_thuong_tru}
Có giá trị đến: {co_gia_tri_den}
& back
Đặc điểm nhân dạng: {+mole}
> CỤC TRƯỞNG CỤC CẢNH SÁT QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI
& after
""",
}
