"""Wording of half `i`, style `justified`: what clerks type in paragraphs, ruled books, certificates that lie across."""

from typing import Final

_MOTTO: Final = """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
"""
_BESIDE: Final = _MOTTO.replace("@C", "@R")
_COMMUNE: Final = (
    """
@L ỦY BAN NHÂN DÂN
@L *{office}
@L Số: {so}
"""
    + _BESIDE
)
_DATED: Final = _COMMUNE + "@R _{commune}, {+now}\n"
_PENSIONS: Final = "\n".join(
    f"T {number} | {{+person}} | {{+aged}} | {{+id}} | {{+home}} | 500.000 | {months} | {months * 500_000:,}".replace(
        ",", "."
    )
    for number, months in enumerate((1, 1, 3, 2, 1, 4, 1, 1, 2, 1, 1, 2), 1)
)

JUSTIFIED: Final = {
    "giay_khai_sinh": f"""
& aged
@TL Mẫu TP/HT-2010-KS.2
@TR Quyển số: {{+number}}
{_MOTTO}
@C -----o0o-----
! GIẤY KHAI SINH
!! (Bản sao từ Sổ gốc)
Số đăng ký: {{so}}
Họ, chữ đệm, tên của con: {{ho_ten!u}}
Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Sinh ngày, tháng, năm: {{ngay_sinh}}
Ghi bằng chữ: {{=ngay_sinh}}
Sinh tại: {{noi_sinh}}
Quê quán (theo cha hoặc mẹ): {{que_quan}}
Số định danh cá nhân (nếu có): {{so_dinh_danh}}
# Phần ghi về cha
Họ, chữ đệm, tên cha: {{ho_ten_cha}} | Năm sinh: {{nam_sinh_cha}}
Nơi cư trú của cha: {{noi_cu_tru_cha}}
# Phần ghi về mẹ
Họ, chữ đệm, tên mẹ: {{ho_ten_me}} | Năm sinh: {{nam_sinh_me}}
Nơi cư trú của mẹ: {{noi_cu_tru_me}}
# Phần ghi về việc đăng ký
Cơ quan đăng ký: {{noi_dang_ky}}
Đăng ký ngày: {{ngay_dang_ky}} | Đăng ký: {{'Đúng hạn}}
$ Người chép bản sao / (Ký, ghi rõ họ tên) / {{clerk}} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
""",
    "giay_chung_sinh": f"""
& slip
@L SỞ Y TẾ {{province!u}}
@L *{{noi_sinh!u}}
@L Số: {{so}}
{_BESIDE}
! GIẤY CHỨNG SINH
!! (Liên 2: Giao cho gia đình)
Mẹ cháu là: {{ho_ten_me!u}} | Sinh năm: {{nam_sinh_me}} | Dân tộc: {{dan_toc_me}}
Số ĐDCN/CCCD: {{so_dinh_danh_me}}
Chỗ ở: {{noi_cu_tru_me}}
Sinh lúc: {{thoi_gian_sinh}}
Nơi sinh: {{noi_sinh}}
Lần sinh thứ: {{so_lan_sinh}} | Số trẻ: {{so_con}} | Giới tính của trẻ: {{gioi_tinh_con}}
Cân nặng của trẻ: {{can_nang}} | Tình trạng của trẻ: {{tinh_trang_con}}
Dự kiến đặt tên là: {{ten_du_dinh}} | Người đỡ đẻ: {{nguoi_do_de}}
/ {{province}}, {{+now}}
$ ĐẠI DIỆN GIA ĐÌNH / (Ký, ghi rõ họ tên) / {{+person}} | THỦ TRƯỞNG ĐƠN VỊ / {{signer}}
& cut
""",
    "giay_chung_nhan_ket_hon": f"""
& laurel
{_MOTTO}
! GIẤY CHỨNG NHẬN KẾT HÔN
!! Số: {{so}}
[[
# CHỒNG
Họ và tên: {{ho_ten_chong}}
Sinh ngày: {{ngay_sinh_chong}}
Dân tộc: {{dan_toc_chong}} | Quốc tịch: {{'Việt Nam}}
Nơi thường trú: {{noi_cu_tru_chong}}
CCCD/Hộ chiếu số: {{so_giay_to_chong}}
||
# VỢ
Họ và tên: {{ho_ten_vo}}
Sinh ngày: {{ngay_sinh_vo}}
Dân tộc: {{dan_toc_vo}} | Quốc tịch: {{'Việt Nam}}
Nơi thường trú: {{noi_cu_tru_vo}}
CCCD/Hộ chiếu số: {{so_giay_to_vo}}
]]
Đã đăng ký kết hôn tại: {{noi_dang_ky}}
Vào ngày: {{ngay_dang_ky}}
$ Chồng / (Ký tên) / {{ho_ten_chong}} | Vợ / (Ký tên) / {{ho_ten_vo}} | CHỦ TỊCH / (Ký tên, đóng dấu) / {{signer}}
""",
    "trich_luc_khai_tu": f"""
{_DATED}
! TRÍCH LỤC KHAI TỬ
!! (BẢN SAO)
> Căn cứ Sổ đăng ký khai tử, Ủy ban nhân dân {{commune}} trích lục như sau:
Họ, chữ đệm, tên người đã chết: {{ho_ten!u}}
Ngày, tháng, năm sinh: {{ngay_sinh}}; | giới tính: {{gioi_tinh}}; | dân tộc: {{dan_toc}}; | quốc tịch: {{quoc_tich}}.
Số định danh cá nhân/Giấy tờ tùy thân: {{so_dinh_danh}}.
Đã chết vào lúc: {{thoi_gian_chet}}.
Nơi chết: {{noi_chet}}.
Nguyên nhân chết: {{nguyen_nhan}}.
Nơi đăng ký khai tử: {{noi_dang_ky}}.
Ngày, tháng, năm đăng ký khai tử: {{ngay_dang_ky}}.
Họ, chữ đệm, tên người yêu cầu đăng ký khai tử: {{nguoi_yeu_cau}}.
> Trích lục này được cấp từ Cơ sở dữ liệu hộ tịch điện tử, có giá trị sử dụng thay cho bản chính trong các giao dịch \
liên quan đến việc khai tử theo quy định của pháp luật về hộ tịch./.
$ Nơi nhận: / - Người yêu cầu; / - Công an {{commune}}; / - Lưu: VT, HT. / - | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
& compared
""",
    "xac_nhan_cu_tru": f"""
@TR Mẫu CT07 ban hành kèm theo TT số 66/2023/TT-BCA
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_BESIDE}
@R _{{commune}}, {{+now}}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
# I. Thông tin về người được xác nhận
1. Họ, chữ đệm và tên: {{ho_ten!u}}
2. Ngày, tháng, năm sinh: {{ngay_sinh}} | 3. Giới tính: {{gioi_tinh}}
4. Số định danh cá nhân: {{so_dinh_danh}} | 5. Dân tộc: {{dan_toc}}
6. Quốc tịch: {{quoc_tich}} | 7. Quê quán: {{que_quan}}
# II. Thông tin về nơi cư trú
1. Nơi thường trú: {{noi_thuong_tru}}
2. Nơi tạm trú: {{noi_tam_tru}}
3. Nơi ở hiện tại: {{noi_o_hien_tai}}
4. Họ, chữ đệm và tên chủ hộ: {{ho_ten_chu_ho}} | 5. Quan hệ với chủ hộ: {{quan_he_chu_ho}}
6. Số định danh cá nhân của chủ hộ: {{so_dinh_danh_chu_ho}}
# III. Những người khác cùng hộ
TABLE 0.7c 3 1.8c 2.2c 1.8
T TT | Họ và tên | Ngày sinh | Số ĐDCN | Ghi chú
T 1 | {{+person}} | {{+grown}} | {{+id}} | Thường trú
T 2 | {{+person}} | {{+born}} | {{+id}} | Thường trú
T 3 | {{+person}} | {{+day}} | {{+id}} | Tạm trú
> Xác nhận này có giá trị 01 năm, kể từ ngày ký. Trường hợp thông tin về cư trú có thay đổi, được điều chỉnh và cập \
nhật vào Cơ sở dữ liệu về cư trú thì Xác nhận hết giá trị kể từ thời điểm thay đổi.
$ CÁN BỘ ĐĂNG KÝ / {{clerk}} | TRƯỞNG CÔNG AN / (Ký, ghi rõ họ tên, đóng dấu) / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
{_DATED}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
> Xét đề nghị của ông/bà {{+person}} về việc cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây,
!! *XÁC NHẬN:
Ông/bà: {{ho_ten!u}}; | ngày, tháng, năm sinh: {{ngay_sinh}};
Giới tính: {{gioi_tinh}}; | dân tộc: {{dan_toc}}; | quốc tịch: {{quoc_tich}};
Giấy tờ tùy thân: {{so_giay_to}};
Nơi cư trú: {{noi_cu_tru}}.
Tình trạng hôn nhân: {{tinh_trang}}.
Giấy này được cấp để sử dụng vào mục đích: {{muc_dich}}.
> Giấy này có giá trị đến thời điểm thay đổi tình trạng hôn nhân hoặc 06 tháng kể từ ngày cấp, tùy theo thời điểm nào \
đến trước. Người được cấp giấy chịu trách nhiệm trước pháp luật về nội dung đã cam đoan.
$ NGƯỜI THỰC HIỆN / (Ký, ghi rõ họ tên) / {{clerk}} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
& cup
""",
    "quyet_dinh": f"""
{_COMMUNE}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *CHỦ TỊCH ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
> Căn cứ Nghị định số 150/2025/NĐ-CP ngày 12 tháng 6 năm 2025 của Chính phủ;
> Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số {{+number}}/TTr-VHXH.
!! *QUYẾT ĐỊNH:
> Điều 1. Quyết định {{ve_viec}} đối với ông (bà) {{ho_ten}}, sinh ngày {{ngay_sinh}}, số căn cước công dân/chứng \
minh nhân dân {{so_giay_to}}, nơi cư trú: {{noi_cu_tru}}.
> Thời gian thực hiện kể từ ngày {{+due}}. Kinh phí thực hiện (nếu có) là {{+money}} đồng, chi từ nguồn ngân sách \
nhà nước được giao năm 2026.
> Điều 2. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Phòng Kinh tế và các đơn vị có liên quan tổ chức thực \
hiện, theo dõi, báo cáo kết quả về Ủy ban nhân dân trước ngày 15 hằng tháng.
> Điều 3. Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành. Chánh Văn phòng Hội đồng nhân dân và Ủy ban \
nhân dân, Trưởng các phòng chuyên môn và ông (bà) có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.
$ Nơi nhận: / - Như Điều 3; / - Sở Nội vụ (để b/c); / - CT, các PCT; / - Lưu: VT, VHXH. / - | CHỦ TỊCH / {{signer}}
& arrived
""",
    "giay_chung_nhan_dat": """
& parchment
@BR {so_phat_hanh}
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN
!! *QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT
# I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất
Ông/Bà: {ho_ten!u} | Năm sinh: {nam_sinh}
Giấy tờ nhân thân số: {so_giay_to}
Địa chỉ thường trú: {noi_cu_tru}
# II. Thửa đất
TABLE 1.2c 1.2c 1.9c 2.6 2.4c
T Thửa đất số | Tờ bản đồ số | Diện tích | Mục đích sử dụng | Thời hạn sử dụng
T {thua_dat} | {to_ban_do} | {dien_tich} | {muc_dich} | {thoi_han}
Địa chỉ thửa đất: {dia_chi_thua_dat}
Hình thức sử dụng: {hinh_thuc}
Nguồn gốc sử dụng: {nguon_goc}
# III. Ghi chú
> Thửa đất có 42,0 m² thuộc hành lang bảo vệ an toàn công trình giao thông.
/ {commune}, {+now}
$ - | CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI / GIÁM ĐỐC / {signer}
""",
    "giay_uy_quyen": f"""
{_MOTTO}
@C ---oOo---
! GIẤY ỦY QUYỀN
!! (Dành cho cá nhân)
> Hôm nay, {{+now}}, tại {{commune}}, {{place}}, chúng tôi gồm:
# BÊN ỦY QUYỀN (gọi tắt là Bên A)
Ông/Bà: {{ho_ten_uy_quyen}}; | sinh ngày: {{ngay_sinh_uy_quyen}}; | căn cước số: {{so_giay_to_uy_quyen}}; | nơi \
cư trú: {{noi_cu_tru_uy_quyen}}.
# BÊN ĐƯỢC ỦY QUYỀN (gọi tắt là Bên B)
Ông/Bà: {{ho_ten_duoc_uy_quyen}}; | sinh ngày: {{ngay_sinh_duoc_uy_quyen}}; | căn cước số: \
{{so_giay_to_duoc_uy_quyen}}; | nơi cư trú: {{noi_cu_tru_duoc_uy_quyen}}.
> Bằng giấy này, Bên A ủy quyền cho Bên B thực hiện công việc sau:
Phạm vi ủy quyền: {{noi_dung}}.
Thời hạn ủy quyền: {{thoi_han}}.
Thù lao ủy quyền: {{'Không có}}.
> Bên A cam đoan việc ủy quyền là tự nguyện, đúng sự thật; Bên B cam đoan thực hiện đúng phạm vi được ủy quyền và \
thông báo cho Bên A kết quả thực hiện công việc.
> Giấy ủy quyền này được lập thành 03 bản có giá trị như nhau, mỗi bên giữ 01 bản, 01 bản nộp cơ quan giải quyết.
$ BÊN ĐƯỢC ỦY QUYỀN / (Ký, ghi rõ họ tên) / {{ho_ten_duoc_uy_quyen}} | BÊN ỦY QUYỀN / (Ký, ghi rõ họ tên) / \
{{ho_ten_uy_quyen}}
""",
    "can_cuoc": """
& plastic
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! CĂN CƯỚC CÔNG DÂN
& facts
Số: {so_dinh_danh}
Họ và tên: {ho_ten}
Sinh ngày: {ngay_sinh}
Giới tính: {gioi_tinh} | Quốc tịch: {quoc_tich}
Quê quán: {que_quan}
Nơi thường trú: {noi_thuong_tru}
Giá trị đến: {co_gia_tri_den}
& margin
# BẢN PHOTO PHỤC VỤ HỒ SƠ MỘT CỬA
> Tôi xin cam đoan bản photo này được chụp từ bản chính còn thời hạn sử dụng, không tẩy xóa, sửa chữa; nếu sai tôi \
xin chịu hoàn toàn trách nhiệm trước pháp luật.
/ {commune}, {+now}
$ - | NGƯỜI CAM ĐOAN / (Ký, ghi rõ họ tên) / {ho_ten}
""",
    "bang_ke": f"""
@L UBND {{office}}
@L *PHÒNG VĂN HÓA - XÃ HỘI
{_BESIDE}
! DANH SÁCH CHI TRẢ TRỢ CẤP HƯU TRÍ XÃ HỘI
!! Tháng 9 năm 2026 (Kèm theo Quyết định số {{+number}}/QĐ-UBND ngày {{+due}})
TABLE 0.6c 2.8 1.5c 2c 2.6 1.3r 0.9c 1.4r 1.5
T TT | Họ và tên | Ngày sinh | Số định danh | Địa chỉ | Mức hưởng | Số tháng | Thành tiền | Ký nhận
{_PENSIONS}
T  | Tổng cộng |  |  |  |  | 20 | 10.000.000
> Số tiền bằng chữ: Mười triệu đồng chẵn.
/ {{commune}}, {{+now}}
$ NGƯỜI LẬP BIỂU / {{clerk}} | KẾ TOÁN / {{+person}} | CHỦ TỊCH / {{signer}}
""",
}
