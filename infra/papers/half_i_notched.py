"""Wording of half `i`, style `notched`: what portals and hospitals print, in outlines, at bars and in halves."""

from typing import Final

_MOTTO: Final = """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_MIDDLE: Final = _MOTTO.replace("@R", "@C")
_COMMUNE: Final = (
    """
@L UBND {above!u}
@L *ỦY BAN NHÂN DÂN {office}
@L Số: {so}
"""
    + _MOTTO
)
_INDEX: Final = "\n".join(
    f"T {number} | {{+number}}/{sort} | {{+lately}} | {about} | {author} | {pages}"
    for number, (sort, about, author, pages) in enumerate(
        (("TTr-UBND", "Tờ trình đề nghị giao đất ở", "UBND xã", "01-03"),
         ("BB-UBND", "Biên bản họp xét duyệt hồ sơ", "UBND xã", "04-07"),
         ("TB-UBND", "Thông báo niêm yết công khai", "UBND xã", "08"),
         ("BB-KTNY", "Biên bản kết thúc niêm yết", "UBND xã", "09-10"),
         ("TLBĐ", "Trích lục bản đồ địa chính", "VPĐKĐĐ", "11"),
         ("PC-VPĐK", "Phiếu chuyển thông tin địa chính", "VPĐKĐĐ", "12-13"),
         ("TB-TCS", "Thông báo nộp lệ phí trước bạ", "Thuế cơ sở", "14"),
         ("GNT", "Giấy nộp tiền vào ngân sách nhà nước", "Kho bạc", "15"),
         ("QĐ-UBND", "Quyết định giao đất", "UBND xã", "16-18"),
         ("BB-BGĐ", "Biên bản giao đất trên thực địa", "UBND xã", "19-21"),
         ("GCN", "Bản sao Giấy chứng nhận", "VPĐKĐĐ", "22-23")), 1,
    )
)  # fmt: skip

NOTCHED: Final = {
    "giay_khai_sinh": f"""
& coded
{_COMMUNE}
@R _{{commune}}, {{+now}}
! TRÍCH LỤC KHAI SINH
!! (Bản điện tử)
& dark
# THÔNG TIN NGƯỜI ĐƯỢC KHAI SINH
& light
--
Họ, chữ đệm, tên {{ho_ten!u}} | Giới tính {{gioi_tinh}}
Ngày, tháng, năm sinh {{ngay_sinh}} | Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số định danh cá nhân {{so_dinh_danh}} | Quê quán {{que_quan}}
Nơi sinh {{noi_sinh}}
& dark
# THÔNG TIN CHA, MẸ
& light
--
Họ, chữ đệm, tên mẹ {{ho_ten_me}} | Năm sinh của mẹ {{nam_sinh_me}}
Nơi cư trú của mẹ {{noi_cu_tru_me}}
Họ, chữ đệm, tên cha {{ho_ten_cha}} | Năm sinh của cha {{nam_sinh_cha}}
Nơi cư trú của cha {{noi_cu_tru_cha}}
& dark
# THÔNG TIN ĐĂNG KÝ
& light
--
Nơi đăng ký {{noi_dang_ky}} | Ngày đăng ký {{ngay_dang_ky}}
$ - | NGƯỜI KÝ TRÍCH LỤC / CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{signer}}
""",
    "giay_chung_sinh": f"""
@TL HIS - Phiếu in lúc {{+hour}}
@L *{{noi_sinh!u}}
@L KHOA PHỤ SẢN
@L Số vào viện: {{+number}}
{_MOTTO}
! GIẤY CHỨNG SINH
!! Số: {{so}}
Họ tên mẹ: {{ho_ten_me!u}} | Năm sinh: {{nam_sinh_me}}
CCCD/ĐDCN: {{so_dinh_danh_me}} | Dân tộc: {{dan_toc_me}}
Địa chỉ: {{noi_cu_tru_me}}
Thời gian sinh: {{thoi_gian_sinh}}
Cơ sở sinh: {{noi_sinh}}
Lần sinh: {{so_lan_sinh}} | Số con: {{so_con}}
Giới tính con: {{gioi_tinh_con}} | Cân nặng: {{can_nang}}
Tình trạng con: {{tinh_trang_con}}
Tên dự định đặt: {{ten_du_dinh}}
Người đỡ đẻ: {{nguoi_do_de}}
Họ tên cha (nếu có): {{+person}}
> Đề nghị gia đình kiểm tra kỹ thông tin trên giấy trước khi rời bệnh viện. Bệnh viện chỉ cấp lại khi có đơn và xác \
nhận của nơi cư trú.
/ {{province}}, {{+now}}
$ ĐIỀU DƯỠNG - HỘ SINH / {{clerk}} | TRƯỞNG KHOA / {{+person}} | GIÁM ĐỐC / {{signer}}
& strip
""",
    "giay_chung_nhan_ket_hon": f"""
& waves
{_MIDDLE}
! GIẤY CHỨNG NHẬN KẾT HÔN
Số đăng ký {{so}}
& dark
# THÔNG TIN VỢ
& light
--
Họ, chữ đệm, tên {{ho_ten_vo!u}}
Ngày, tháng, năm sinh {{ngay_sinh_vo}}
Dân tộc {{dan_toc_vo}}
Nơi cư trú {{noi_cu_tru_vo}}
Giấy tờ tùy thân {{so_giay_to_vo}}
& dark
# THÔNG TIN CHỒNG
& light
--
Họ, chữ đệm, tên {{ho_ten_chong!u}}
Ngày, tháng, năm sinh {{ngay_sinh_chong}}
Dân tộc {{dan_toc_chong}}
Nơi cư trú {{noi_cu_tru_chong}}
Giấy tờ tùy thân {{so_giay_to_chong}}
& dark
# THÔNG TIN ĐĂNG KÝ
& light
--
Nơi đăng ký kết hôn {{noi_dang_ky}}
Ngày, tháng, năm đăng ký {{ngay_dang_ky}}
$ CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{clerk}} | PHÓ CHỦ TỊCH / {{signer}}
""",
    "trich_luc_khai_tu": f"""
& coded
{_COMMUNE}
! TRÍCH LỤC KHAI TỬ
!! (Bản sao - cấp qua Cổng Dịch vụ công quốc gia)
--
Họ, chữ đệm, tên người chết {{ho_ten!u}} | Giới tính {{gioi_tinh}}
Ngày, tháng, năm sinh {{ngay_sinh}} | Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số định danh cá nhân {{so_dinh_danh}} | Mã hồ sơ {{+code}}
Thời gian chết {{thoi_gian_chet}}
Nơi chết {{noi_chet}}
Nguyên nhân chết {{nguyen_nhan}}
Cơ quan đã đăng ký khai tử {{noi_dang_ky}}
Ngày đăng ký {{ngay_dang_ky}} | Người đi khai tử {{nguoi_yeu_cau}}
> Quét mã ở góc trên để kiểm tra trích lục. Trích lục không có chữ ký số là không có giá trị.
/ {{commune}}, {{+now}}
$ - | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
& tape
""",
    "xac_nhan_cu_tru": f"""
& pale
@TL VNeID - Dịch vụ cư trú
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_MOTTO}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
!! Mã tra cứu: {{+code}}
--
Công dân {{ho_ten!u}}
Ngày sinh {{ngay_sinh}}
Giới tính {{gioi_tinh}}
Số định danh cá nhân {{so_dinh_danh}}
Dân tộc {{dan_toc}}
Quốc tịch {{quoc_tich}}
Quê quán {{que_quan}}
Thường trú {{noi_thuong_tru}}
Tạm trú {{noi_tam_tru}}
Nơi ở hiện tại {{noi_o_hien_tai}}
Họ tên chủ hộ {{ho_ten_chu_ho}}
Quan hệ với chủ hộ {{quan_he_chu_ho}}
Số định danh chủ hộ {{so_dinh_danh_chu_ho}}
Hết hạn {{+due}}
--
/ {{commune}}, {{+now}}
$ - | TRƯỞNG CÔNG AN / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
{_COMMUNE}
@R _{{commune}}, {{+now}}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
!! *ỦY BAN NHÂN DÂN {{office}} XÁC NHẬN
--
Họ, chữ đệm, tên {{ho_ten!u}} | Giới tính {{gioi_tinh}}
Ngày, tháng, năm sinh {{ngay_sinh}} | Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số giấy tờ tùy thân {{so_giay_to}} | Ngày cấp {{+lately}}
Nơi cư trú {{noi_cu_tru}}
Tình trạng hôn nhân {{tinh_trang}}
Mục đích sử dụng {{muc_dich}}
> Giấy xác nhận này có giá trị trong thời hạn 06 tháng kể từ ngày cấp và không sử dụng cho mục đích khác với mục đích \
ghi ở trên.
$ Nơi nhận: / - Người đề nghị; / - Lưu: HT. / - | TUQ. CHỦ TỊCH / TRƯỞNG PHÒNG / {{signer}}
& paid
""",
    "quyet_dinh": f"""
& urgent
@L UBND {{above!u}}
@L *UBND {{office}}
@L Số: {{so}}
{_MOTTO}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *V/v {{ve_viec}}
!! *ỦY BAN NHÂN DÂN {{office}}
> - Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
> - Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15;
> - Xét hồ sơ số {{+code}} và đề nghị của Phòng Kinh tế tại Báo cáo số {{+number}}/BC-PKT.
!! *QUYẾT ĐỊNH
# Điều 1. Phê duyệt {{ve_viec}} cho:
Họ và tên: {{ho_ten!u}} | Ngày sinh: {{ngay_sinh}}
Số CCCD/CMND: {{so_giay_to}} | Cư trú tại: {{noi_cu_tru}}
# Điều 2. Tổ chức thực hiện
> 1. Phòng Kinh tế hướng dẫn người có tên tại Điều 1 thực hiện các bước tiếp theo, cập nhật cơ sở dữ liệu.
> 2. Trung tâm Phục vụ hành chính công trả kết quả cho người có tên tại Điều 1 trước ngày {{+due}}.
# Điều 3. Hiệu lực thi hành
> Quyết định có hiệu lực từ ngày ký. Các cơ quan, cá nhân có liên quan chịu trách nhiệm thi hành./.
$ Nơi nhận: / - Như Điều 3; / - TTPVHCC; / - Trang TTĐT xã; / - Lưu: VT. / - | TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / \
PHÓ CHỦ TỊCH / {{signer}}
""",
    "giay_chung_nhan_dat": """
& lattice
@TL {so_phat_hanh}
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
# 1. Người sử dụng đất:
Ông (bà): {ho_ten!u} | Năm sinh: {nam_sinh}
CCCD/CMND số: {so_giay_to} | Địa chỉ: {noi_cu_tru}
# 2. Thông tin thửa đất:
a) Thửa đất số: {thua_dat} | Tờ bản đồ số: {to_ban_do}
b) Diện tích: {dien_tich} | c) Loại đất: {muc_dich}
d) Thời hạn sử dụng: {thoi_han} | đ) Hình thức sử dụng: {hinh_thuc}
e) Địa chỉ: {dia_chi_thua_dat} | g) Nguồn gốc sử dụng: {nguon_goc}
# 3. Thông tin tài sản gắn liền với đất: -/-
# 4. Sơ đồ thửa đất:
& drawing
TABLE 1c 1c 1c 1c 1c
T Cạnh | 1-2 | 2-3 | 3-4 | 4-1
T Dài (m) | {+side} | {+side} | {+side} | {+side}
Số vào sổ cấp Giấy chứng nhận: {'VP 00417}
$ - | VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI / TUQ. GIÁM ĐỐC / {signer}
""",
    "giay_uy_quyen": f"""
& pale
{_MIDDLE}
! GIẤY ỦY QUYỀN
!! Lập trên ứng dụng định danh quốc gia, hồ sơ {{+code}}
& dark
# BÊN ỦY QUYỀN
& light
--
Họ và tên người ủy quyền {{ho_ten_uy_quyen!u}} | Ngày sinh {{ngay_sinh_uy_quyen}}
Số giấy tờ {{so_giay_to_uy_quyen}} | Điện thoại {{'Không cung cấp}}
Nơi cư trú {{noi_cu_tru_uy_quyen}}
& dark
# BÊN NHẬN ỦY QUYỀN
& light
--
Họ và tên người nhận ủy quyền {{ho_ten_duoc_uy_quyen!u}} | Ngày sinh {{ngay_sinh_duoc_uy_quyen}}
Số giấy tờ {{so_giay_to_duoc_uy_quyen}} | Quan hệ {{'Người thân}}
Nơi cư trú {{noi_cu_tru_duoc_uy_quyen}}
& dark
# CÔNG VIỆC
& light
--
Nội dung ủy quyền {{noi_dung}}
Thời hạn {{thoi_han}}
> Hai bên đã xác thực bằng khuôn mặt và mã PIN. Bản in này chỉ để lưu hồ sơ giấy.
/ {{province}}, {{+now}}
$ Bên nhận ủy quyền / {{ho_ten_duoc_uy_quyen!u}} | Bên ủy quyền / {{ho_ten_uy_quyen!u}}
""",
    "can_cuoc": """
& pale
@TR In lúc {+hour}, {+now}
@L BỘ CÔNG AN
@L *TRUNG TÂM DỮ LIỆU QUỐC GIA VỀ DÂN CƯ
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
! CĂN CƯỚC
!! (Bản thể hiện thông tin thẻ căn cước)
& picture
Số thẻ {so_dinh_danh}
Họ, chữ đệm và tên {ho_ten}
Ngày sinh {ngay_sinh}
Giới tính {gioi_tinh}
Quốc tịch {quoc_tich}
Quê quán {que_quan}
Nơi thường trú {noi_thuong_tru}
Ngày cấp {+lately}
Ngày hết hạn {co_gia_tri_den}
& after
> Thông tin được lấy từ Cơ sở dữ liệu căn cước và có giá trị chứng minh về căn cước khi kiểm tra được trên thiết bị.
""",
    "bang_ke": f"""
@L UBND {{office}}
@L *PHÒNG KINH TẾ
{_MOTTO}
! MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ
!! Hồ sơ số: {{+code}}
Phông: {{'Ủy ban nhân dân xã}} | Mục lục số: {{'02}} | Thời hạn bảo quản: {{'Vĩnh viễn}}
Người nộp hồ sơ: {{+person}} | Ngày kết thúc: {{+due}}
TABLE 0.7c 2c 1.7c 3.8 1.6 1.1c
T STT | Số, ký hiệu | Ngày tháng | Tên loại và trích yếu nội dung | Tác giả | Tờ số
{_INDEX}
> Hồ sơ gồm có 23 tờ, viết bằng bút mực, không có tờ trùng số; tờ bị rách mép: tờ số 06.
TABLE 3 3 2.4c 2.4c
T Người bàn giao | Người nhận | Ngày giao | Tình trạng
T {{+person}} | {{+person}} | {{+due}} | Đủ tờ
T {{+person}} | {{+person}} | {{+due}} | Đủ tờ
$ NGƯỜI LẬP HỒ SƠ / {{clerk}} | NGƯỜI KIỂM TRA / {{signer}}
""",
}
