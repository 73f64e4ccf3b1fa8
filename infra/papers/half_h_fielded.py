"""Wording of half `h`, style `fielded`: forms filled in on a screen, stripes, merged cells, what systems print."""

from typing import Final

_MOTTO: Final = """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_COMMUNE: Final = (
    """
@L ỦY BAN NHÂN DÂN
@L *{office}
@L Số: {so}
"""
    + _MOTTO
)
_DATED: Final = _COMMUNE + "@R _{commune}, {+now}\n"
_POLICE: Final = (
    """
@L CÔNG AN {above!u}
@L *CÔNG AN {office}
@L Số: {so}
"""
    + _MOTTO
)
_SIGNED: Final = """
[[
||
& over
> Người ký: UBND {office}
> Thời gian ký: {+signed}
& under
]]
"""

FIELDED: Final = {
    "giay_khai_sinh": f"""
& streak
{_DATED}
! TRÍCH LỤC KHAI SINH
!! (Bản sao)
--
Trẻ :: Họ, chữ đệm, tên khai sinh {{ho_ten!u}}
Ngày, tháng, năm sinh {{ngay_sinh}} | Giới tính {{gioi_tinh}}
Bằng chữ {{=ngay_sinh}}
Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Nơi sinh {{noi_sinh}}
Quê quán {{que_quan}}
Số định danh cá nhân {{so_dinh_danh}}
Mẹ :: Họ, chữ đệm, tên {{ho_ten_me}}
Năm sinh {{nam_sinh_me}} | Quốc tịch {{'Việt Nam}}
Nơi cư trú {{noi_cu_tru_me}}
Cha :: Họ, chữ đệm, tên {{ho_ten_cha}}
Năm sinh {{nam_sinh_cha}} | Quốc tịch {{'Việt Nam}}
Nơi cư trú {{noi_cu_tru_cha}}
Sổ gốc :: Nơi đăng ký khai sinh {{noi_dang_ky}}
Ngày đăng ký {{ngay_dang_ky}} | Quyển số {{+number}}
& closed
> Trích lục được in từ Cơ sở dữ liệu hộ tịch điện tử theo yêu cầu của {{+person}}.
$ NGƯỜI TRA CỨU / (Ký, ghi rõ họ tên) / {{clerk}} | NGƯỜI KÝ TRÍCH LỤC / PHÓ CHỦ TỊCH / {{signer}}
""",
    "giay_chung_sinh": f"""
& barcode
@TL Phụ lục - Thông tư số 22/2025/TT-BYT
@L CƠ SỞ KHÁM BỆNH, CHỮA BỆNH
@L *{{noi_sinh!u}}
@L Mã số: {{so}}
{_MOTTO}
! GIẤY CHỨNG SINH
!! (Bản in từ dữ liệu điện tử)
# 1. Người mẹ
--
Họ và tên {{ho_ten_me}}
Năm sinh {{nam_sinh_me}} | Dân tộc {{dan_toc_me}}
Số định danh/CCCD {{so_dinh_danh_me}} | Số thẻ BHYT {{'Không}}
Nơi thường trú, tạm trú {{noi_cu_tru_me}}
# 2. Lần sinh này
--
Sinh con lúc {{thoi_gian_sinh}}
Tại {{noi_sinh}}
Số lần sinh {{so_lan_sinh}} | Số con sinh ra {{so_con}}
Người đỡ đẻ {{nguoi_do_de}}
# 3. Trẻ sinh ra
--
Giới tính {{gioi_tinh_con}} | Cân nặng {{can_nang}}
Tình trạng của trẻ {{tinh_trang_con}}
Tên dự định đặt {{ten_du_dinh}}
/ {{province}}, {{+now}}
$ NGƯỜI GHI PHIẾU / {{clerk}} | THỦ TRƯỞNG CƠ SỞ / (Ký, đóng dấu) / {{signer}}
^ Dữ liệu đã được gửi lên Hệ thống thông tin giám định bảo hiểm y tế. Cha, mẹ không phải nộp bản giấy khi đăng ký \
khai sinh trực tuyến.
""",
    "giay_chung_nhan_ket_hon": f"""
& pattern
{_COMMUNE}
! GIẤY CHỨNG NHẬN KẾT HÔN
!! (Bản điện tử)
[[
# BÊN VỢ
--
Họ và tên {{ho_ten_vo!u}}
Ngày sinh {{ngay_sinh_vo}}
Dân tộc {{dan_toc_vo}}
Quốc tịch {{'Việt Nam}}
Cư trú {{noi_cu_tru_vo}}
Giấy tờ {{so_giay_to_vo}}
||
# BÊN CHỒNG
--
Họ và tên {{ho_ten_chong!u}}
Ngày sinh {{ngay_sinh_chong}}
Dân tộc {{dan_toc_chong}}
Quốc tịch {{'Việt Nam}}
Cư trú {{noi_cu_tru_chong}}
Giấy tờ {{so_giay_to_chong}}
]]
--
Nơi đăng ký kết hôn {{noi_dang_ky}}
Ngày, tháng, năm đăng ký {{ngay_dang_ky}}
Ghi chú {{'Chưa có thay đổi}}
> Bản điện tử có giá trị như bản giấy khi chữ ký số của cơ quan còn kiểm tra được.
{_SIGNED}
& quick
""",
    "trich_luc_khai_tu": f"""
& streak
@TR Mã phiếu: {{+code}}
{_DATED}
! TRÍCH LỤC KHAI TỬ
!! (Bản sao)
# Thông tin người chết
--
Họ, chữ đệm, tên {{ho_ten}}
Ngày, tháng, năm sinh {{ngay_sinh}} | Giới tính {{gioi_tinh}}
Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số định danh cá nhân {{so_dinh_danh}}
# Thông tin khai tử
--
Thời điểm chết {{thoi_gian_chet}}
Nơi chết {{noi_chet}}
Nguyên nhân chết {{nguyen_nhan}}
Nơi đăng ký khai tử {{noi_dang_ky}}
Ngày đăng ký khai tử {{ngay_dang_ky}}
Người yêu cầu đăng ký {{nguoi_yeu_cau}}
Giấy tờ thay Giấy báo tử {{'Không}}
> Trích lục này thay cho trích lục đã cấp trước đây.
$ NGƯỜI LẬP / {{clerk}} | TUQ. CHỦ TỊCH / CHUYÊN VIÊN TƯ PHÁP / {{signer}}
& copied
""",
    "xac_nhan_cu_tru": f"""
@TR Mẫu CT07 (TT 53/2025/TT-BCA)
{_POLICE}
@R _{{commune}}, {{+now}}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
> Xét đề nghị trực tuyến số {{+code}}, Công an {{commune}} xác nhận thông tin trong Cơ sở dữ liệu về cư trú:
--
Họ, chữ đệm và tên {{ho_ten!u}}
Ngày sinh {{ngay_sinh}} | Giới tính {{gioi_tinh}}
Số định danh {{so_dinh_danh}} | Dân tộc {{dan_toc}}
Quốc tịch {{quoc_tich}} | Tôn giáo {{'Không}}
Quê quán {{que_quan}}
Nơi thường trú {{noi_thuong_tru}}
Nơi tạm trú {{noi_tam_tru}}
Nơi ở hiện tại {{noi_o_hien_tai}}
Họ và tên chủ hộ {{ho_ten_chu_ho}}
Quan hệ với chủ hộ {{quan_he_chu_ho}}
Số định danh của chủ hộ {{so_dinh_danh_chu_ho}}
Xác nhận khác {{'Không có nơi thường trú nào trước đó}}
> Xác nhận có giá trị trong 01 năm kể từ ngày cấp.
$ CÁN BỘ XỬ LÝ / {{clerk}} | KT. TRƯỞNG CÔNG AN / PHÓ TRƯỞNG CÔNG AN / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
{_DATED}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
!! *XÁC NHẬN
--
Ông/bà :: Họ, chữ đệm, tên {{ho_ten!u}}
Ngày sinh {{ngay_sinh}} | Giới tính {{gioi_tinh}}
Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số giấy tờ tùy thân {{so_giay_to}}
Nơi cư trú {{noi_cu_tru}}
Kết quả :: Tình trạng hôn nhân {{tinh_trang}}
Nguồn tra cứu {{'Sổ đăng ký kết hôn, dữ liệu hộ tịch điện tử}}
Sử dụng :: Mục đích sử dụng {{muc_dich}}
Có giá trị đến ngày {{+due}} | Số bản {{'01}}
& closed
> Không dùng giấy này vào mục đích khác. Khi đăng ký kết hôn thì nộp lại cho nơi đăng ký.
$ CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{clerk}} | TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
& fold
""",
    "quyet_dinh": f"""
@L ỦY BAN NHÂN DÂN
@L *{{office}}
@L Số: {{so}}
{_MOTTO}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *CHỦ TỊCH ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16 tháng 6 năm 2025;
> Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ;
> Xét Tờ trình số {{+number}}/TTr-PKT và hồ sơ điện tử số {{+code}},
!! *QUYẾT ĐỊNH:
> Điều 1. Nhất trí {{ve_viec}} cho cá nhân theo danh sách sau:
TABLE 0.7c 2.7 1.7c 2.2c 3.6
T TT | Họ và tên | Ngày sinh | Số CCCD/CMND | Nơi cư trú
T 1 | {{ho_ten}} | {{ngay_sinh}} | {{so_giay_to}} | {{noi_cu_tru}}
> Ấn định danh sách có 01 người.
> Điều 2. Phòng Kinh tế, Phòng Văn hóa - Xã hội theo chức năng, nhiệm vụ hướng dẫn người có tên tại Điều 1 và cập \
nhật kết quả vào phần mềm chuyên ngành chậm nhất 03 ngày làm việc.
> Điều 3. Quyết định có hiệu lực kể từ ngày ký và thay thế các quyết định trước đây trái với Quyết định này./.
$ Nơi nhận: / - Như Điều 2; / - UBND tỉnh (b/c); / - Lưu: VT, KT. / - | CHỦ TỊCH / {{signer}}
& joined
""",
    "giay_chung_nhan_dat": """
& ornate
@BR Mã tra cứu: {+code}
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
!! *{so_phat_hanh}
--
Chủ :: Họ và tên {ho_ten!u}
Năm sinh {nam_sinh} | Số giấy tờ {so_giay_to}
Nơi thường trú {noi_cu_tru}
Đất :: Thửa đất số {thua_dat} | Tờ bản đồ số {to_ban_do}
Diện tích {dien_tich} | Hình thức sử dụng {hinh_thuc}
Địa chỉ thửa đất {dia_chi_thua_dat}
Loại đất {muc_dich}
Thời hạn sử dụng đất {thoi_han}
Nguồn gốc sử dụng đất {nguon_goc}
Tài sản :: Tên tài sản {'Nhà ở riêng lẻ} | Số tầng {'02}
Diện tích xây dựng {'74,6 m²} | Sở hữu {'Riêng}
Ghi chú :: Nội dung {'Số tờ, số thửa theo bản đồ địa chính đo vẽ năm 2018}
& closed
/ {province}, {+now}
$ - | CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI / PHÓ GIÁM ĐỐC / {signer}
& quick
""",
    "giay_uy_quyen": f"""
@TL Biểu mẫu điện tử số {{+number}}
{_MOTTO.replace("@R", "@C")}
! GIẤY ỦY QUYỀN
!! (Nộp kèm hồ sơ trên Cổng Dịch vụ công quốc gia)
# A. NGƯỜI ỦY QUYỀN
--
Họ, chữ đệm và tên {{ho_ten_uy_quyen!u}}
Ngày sinh {{ngay_sinh_uy_quyen}} | Số giấy tờ {{so_giay_to_uy_quyen}}
Nơi cư trú {{noi_cu_tru_uy_quyen}}
# B. NGƯỜI NHẬN ỦY QUYỀN
--
Họ, chữ đệm và tên {{ho_ten_duoc_uy_quyen!u}}
Ngày sinh {{ngay_sinh_duoc_uy_quyen}} | Số giấy tờ {{so_giay_to_duoc_uy_quyen}}
Nơi cư trú {{noi_cu_tru_duoc_uy_quyen}}
# C. VIỆC ỦY QUYỀN
--
Nội dung ủy quyền {{noi_dung}}
Thời hạn ủy quyền {{thoi_han}}
& yes
> Không có thù lao; không được ủy quyền lại cho người khác.
> Người ủy quyền và người nhận ủy quyền đã đọc, hiểu và chấp nhận điều khoản sử dụng dịch vụ.
/ {{province}}, {{+now}}
$ NGƯỜI NHẬN ỦY QUYỀN / (Ký, ghi rõ họ tên) / {{ho_ten_duoc_uy_quyen}} | NGƯỜI ỦY QUYỀN / \
(Ký, ghi rõ họ tên) / {{ho_ten_uy_quyen}}
""",
    "can_cuoc": """
& phone
@C *ỨNG DỤNG ĐỊNH DANH QUỐC GIA
! CĂN CƯỚC ĐIỆN TỬ
!! Thông tin hiển thị lúc {+hour}, {+now}
& portrait
Số định danh cá nhân {so_dinh_danh}
Họ, chữ đệm và tên {ho_ten}
Ngày, tháng, năm sinh {ngay_sinh}
Giới tính {gioi_tinh}
Quốc tịch {quoc_tich}
Quê quán {que_quan}
Nơi thường trú {noi_thuong_tru}
Ngày cấp {+lately}
Có giá trị đến {co_gia_tri_den}
--
> In từ màn hình theo yêu cầu của người có thông tin, chỉ dùng cho hồ sơ {+code}.
$ NGƯỜI CÓ THÔNG TIN / {ho_ten} | NGƯỜI TIẾP NHẬN / {clerk}
""",
    "bang_ke": f"""
@L UBND {{office}}
@L *TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG
{_MOTTO}
@R _{{commune}}, {{+now}}
! TỔNG HỢP TIẾP NHẬN VÀ GIẢI QUYẾT HỒ SƠ
!! (Quý III năm 2026)
TABLE 0.7c 3.6 1.3r 1.4r 1.3r 1.3r 1.3r
T TT | Lĩnh vực | Kỳ trước | Nhận mới | Đúng hạn | Quá hạn | Đang xử lý
T (1) | (2) | (3) | (4) | (5) | (6) | (7)
T 1 | Hộ tịch | 14 | 1.206 | 1.201 | 0 | 19
T 2 | Chứng thực | 0 | 2.873 | 2.873 | 0 | 0
T 3 | Đất đai | 67 | 418 | 391 | 12 | 82
T 4 | Bảo trợ xã hội | 9 | 236 | 228 | 1 | 16
T 5 | Người có công | 3 | 58 | 55 | 0 | 6
T 6 | Xây dựng | 5 | 41 | 38 | 2 | 6
T 7 | Hộ kinh doanh | 2 | 97 | 96 | 0 | 3
T 8 | Giáo dục và đào tạo | 0 | 22 | 21 | 0 | 1
T 9 | Nông nghiệp, môi trường | 4 | 35 | 33 | 1 | 5
T 10 | Cư trú (Công an chuyển) | 11 | 640 | 637 | 0 | 14
T  | Cộng | 115 | 5.626 | 5.573 | 16 | 152
# Hồ sơ quá hạn phải xin lỗi
TABLE 0.7c 2.2 3 1.6c 2
T TT | Mã hồ sơ | Người nộp | Ngày hẹn trả | Bộ phận
T 1 | {{+code}} | {{+person}} | {{+due}} | Đất đai
T 2 | {{+code}} | {{+person}} | {{+due}} | Đất đai
T 3 | {{+code}} | {{+person}} | {{+due}} | Xây dựng
T 4 | {{+code}} | {{+person}} | {{+due}} | Bảo trợ
$ NGƯỜI LẬP BIỂU / {{clerk}} | NGƯỜI KIỂM TRA / {{+person}} | GIÁM ĐỐC / {{signer}}
""",
}
