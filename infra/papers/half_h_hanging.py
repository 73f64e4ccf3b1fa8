"""Wording of half `h`, style `hanging`: values that hang behind labels or stand on dashes, certificates, old deeds."""

from typing import Final

_MOTTO: Final = """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
"""
_BESIDE: Final = _MOTTO.replace("@C", "@R")
_COMMUNE: Final = (
    """
@L UBND {above!u}
@L *UBND {office}
@L Số: {so}
"""
    + _BESIDE
)
_DATED: Final = _COMMUNE + "@R _{commune}, {+now}\n"
_CHILDREN: Final = "\n".join(
    f"T {number} | {{+person}} | {{+born}} | {sex} | {{+insured}} | {{+person}} | {{+home}}"
    for number, sex in enumerate(("Nam", "Nữ", "Nữ", "Nam", "Nam", "Nữ", "Nam", "Nữ", "Nam", "Nam", "Nữ", "Nữ"), 1)
)

HANGING: Final = {
    "giay_khai_sinh": f"""
& worn
@TL UBND {{office}}
@TR Mẫu TP/HT-2007-KS.3
{_MOTTO}
! GIẤY KHAI SINH
!! (Bản sao)
Số: {{so}} | Quyển số: {{+number}}
Họ và tên: {{ho_ten!u}} | Giới tính: {{gioi_tinh}}
Ngày, tháng, năm sinh: {{ngay_sinh}}
Viết bằng chữ: {{=ngay_sinh}}
Nơi sinh: {{noi_sinh}}
Quê quán: {{que_quan}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Số định danh: {{so_dinh_danh}}
Họ và tên cha: {{ho_ten_cha}}
Dân tộc: {{'Kinh}} | Quốc tịch: {{'Việt Nam}} | Năm sinh: {{nam_sinh_cha}}
Nơi thường trú/tạm trú của cha: {{noi_cu_tru_cha}}
Họ và tên mẹ: {{ho_ten_me}}
Dân tộc: {{'Kinh}} | Quốc tịch: {{'Việt Nam}} | Năm sinh: {{nam_sinh_me}}
Nơi thường trú/tạm trú của mẹ: {{noi_cu_tru_me}}
Nơi đăng ký: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}
Họ và tên, quan hệ của người đi khai sinh: {{+person}}, {{'bà nội}}
/ Sao từ Sổ đăng ký khai sinh, {{+now}}
$ CÁN BỘ TƯ PHÁP HỘ TỊCH / (Ký, ghi rõ họ tên) / {{clerk}} | TM. ỦY BAN NHÂN DÂN / (Ký, đóng dấu) / {{signer}}
""",
    "giay_chung_sinh": f"""
@L SỞ Y TẾ {{province!u}}
@L *{{noi_sinh!u}}
@L Số: {{so}}
{_BESIDE}
! GIẤY CHỨNG SINH
Họ và tên mẹ/Người nuôi dưỡng: {{ho_ten_me!u}}
Năm sinh: {{nam_sinh_me}} | Dân tộc: {{dan_toc_me}}
Số CMND/CCCD/Hộ chiếu: {{so_dinh_danh_me}}
Nơi đăng ký thường trú hoặc tạm trú: {{noi_cu_tru_me}}
Đã sinh con vào lúc: {{thoi_gian_sinh}}
Nơi sinh: {{noi_sinh}}
Số lần sinh: {{so_lan_sinh}} | Số con trong lần sinh này: {{so_con}}
Giới tính của con: {{gioi_tinh_con}} | Cân nặng: {{can_nang}}
Hiện trạng của con: {{tinh_trang_con}}
Dự định đặt tên con là: {{ten_du_dinh}}
Người đỡ đẻ: {{nguoi_do_de}}
/ {{province}}, {{+now}}
$ Cha, mẹ hoặc người thân / (Ký, ghi rõ họ tên) / {{+person}} | Người đỡ đẻ / (Ký) / {{nguoi_do_de}} | GIÁM ĐỐC / \
(Ký, đóng dấu) / {{signer}}
^ Lưu ý: Giấy này thay giấy báo sinh của trạm y tế. Ai nhặt được xin trả lại theo địa chỉ trên.
""",
    "giay_chung_nhan_ket_hon": f"""
& rose
{_MOTTO}
! GIẤY CHỨNG NHẬN KẾT HÔN
!! Số: {{so}}
[[
Họ, chữ đệm, tên chồng {{ho_ten_chong!u}}
Ngày, tháng, năm sinh {{ngay_sinh_chong}}
Dân tộc {{dan_toc_chong}}
Nơi cư trú {{noi_cu_tru_chong}}
Giấy tờ tùy thân {{so_giay_to_chong}}
||
Họ, chữ đệm, tên vợ {{ho_ten_vo!u}}
Ngày, tháng, năm sinh {{ngay_sinh_vo}}
Dân tộc {{dan_toc_vo}}
Nơi cư trú {{noi_cu_tru_vo}}
Giấy tờ tùy thân {{so_giay_to_vo}}
]]
Nơi đăng ký kết hôn {{noi_dang_ky}}
Ngày, tháng, năm đăng ký {{ngay_dang_ky}}
--
$ Chồng / (Ký, ghi rõ họ tên) / {{ho_ten_chong}} | Vợ / (Ký, ghi rõ họ tên) / {{ho_ten_vo}}
$ - | NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN / CHỦ TỊCH / {{signer}}
& pressed
""",
    "trich_luc_khai_tu": f"""
& worn
{_DATED}
! TRÍCH LỤC KHAI TỬ
!! (Cấp từ Sổ đăng ký khai tử năm 2026)
Họ, chữ đệm, tên: {{ho_ten!u}}
Sinh ngày: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Số định danh/Giấy tờ tùy thân: {{so_dinh_danh}}
Nơi cư trú cuối cùng: {{+address}}
Đã chết vào hồi: {{thoi_gian_chet}}
Tại: {{noi_chet}}
Lý do chết: {{nguyen_nhan}}
Người đi khai tử: {{nguoi_yeu_cau}}
Đã đăng ký tại: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}
$ Nơi nhận: / - Người đi khai tử; / - Lưu hồ sơ. / - | NGƯỜI KÝ TRÍCH LỤC KHAI TỬ / CHỦ TỊCH / {{signer}}
& joined
""",
    "xac_nhan_cu_tru": f"""
@TR CT07 (khổ giấy A4)
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_BESIDE}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
!! Kính gửi: Ông/bà {{+person}}
# 1. Thông tin công dân
a) Họ, chữ đệm và tên: {{ho_ten}}
b) Sinh ngày: {{ngay_sinh}} | c) Giới tính: {{gioi_tinh}}
d) Số định danh cá nhân: {{so_dinh_danh!b}}
đ) Dân tộc: {{dan_toc}} | e) Quốc tịch: {{quoc_tich}}
g) Quê quán: {{que_quan}}
# 2. Thông tin cư trú
a) Nơi thường trú: {{noi_thuong_tru}}
b) Nơi tạm trú: {{noi_tam_tru}}
c) Nơi ở hiện tại: {{noi_o_hien_tai}}
# 3. Thông tin chủ hộ
a) Họ, chữ đệm và tên chủ hộ: {{ho_ten_chu_ho}}
b) Quan hệ với chủ hộ: {{quan_he_chu_ho}}
c) Số định danh cá nhân chủ hộ: {{so_dinh_danh_chu_ho!b}}
# 4. Nội dung xác nhận khác
> Công dân không bị hạn chế quyền tự do cư trú.
/ {{commune}}, {{+now}}
$ NGƯỜI LẬP / (Ký, ghi rõ họ tên) / {{clerk}} | TRƯỞNG CÔNG AN / (Ký, ghi rõ họ tên, đóng dấu) / {{signer}}
^ Xác nhận thông tin về cư trú có giá trị 01 năm; nếu thông tin thay đổi thì hết giá trị từ lúc thay đổi.
""",
    "xac_nhan_hon_nhan": f"""
& fold
{_DATED}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
!! *ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Điều 22 Nghị định số 123/2015/NĐ-CP; xét Tờ khai của ông/bà {{+person}} nộp ngày {{+due}},
!! *XÁC NHẬN
Ông/bà: {{ho_ten}}
Ngày, tháng, năm sinh: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Giấy tờ tùy thân: {{so_giay_to}}
Nơi cư trú: {{noi_cu_tru}}
& marked
Tình trạng hôn nhân: {{tinh_trang}}
Giấy này được cấp để: {{muc_dich}}
> Giấy có giá trị sử dụng 6 tháng kể từ ngày cấp, chỉ dùng cho một lần.
$ Nơi nhận: / - Ông/bà có tên trên; / - Lưu: VT, TP. / - | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
& copied
""",
    "quyet_dinh": f"""
& fold
{_COMMUNE}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;
> Căn cứ Nghị định số 76/2024/NĐ-CP ngày 01/7/2024 của Chính phủ;
> Sau khi xem xét đơn của công dân và biên bản xác minh số {{+number}}/BB-XM của bộ phận chuyên môn.
!! *QUYẾT ĐỊNH
> Điều 1. Nay {{ve_viec}} theo đơn của ông (bà):
+ Họ và tên: {{ho_ten!u}}
+ Ngày sinh: {{ngay_sinh}}
+ Số giấy tờ tùy thân: {{so_giay_to}}
+ Nơi cư trú: {{noi_cu_tru}}
+ Mức hưởng (nếu có): {{+money}} đồng/tháng
> Điều 2. Công chức phụ trách lập hồ sơ lưu trữ, thông báo cho gia đình, thôn, tổ dân phố nơi công dân cư trú biết.
> Điều 3. Nếu không đồng ý, công dân có quyền khiếu nại trong 90 ngày kể từ ngày nhận được Quyết định.
> Điều 4. Chánh Văn phòng, Trưởng phòng Kinh tế, Trưởng thôn và ông (bà) có tên ở Điều 1 thi hành Quyết định này./.
$ Nơi nhận: / - Như Điều 4; / - Chi cục Thuế; / - Lưu: VT. / - | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
& received
""",
    "giay_chung_nhan_dat": """
& deed
@TR {so_phat_hanh}
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
!! *ỦY BAN NHÂN DÂN {office}
!! *CHỨNG NHẬN
Ông (bà): {ho_ten!u}
Sinh năm: {nam_sinh} | Số CMND/CCCD: {so_giay_to}
Địa chỉ: {noi_cu_tru}
Được quyền sử dụng diện tích đất: {dien_tich}
Tại: {dia_chi_thua_dat}
Hình thức sử dụng: {hinh_thuc}
Nguồn gốc sử dụng: {nguon_goc}
> Theo bản thống kê dưới đây:
TABLE 1.3c 1.3c 2.9 2.4c 1.7
T Số tờ bản đồ | Số thửa | Mục đích sử dụng | Thời hạn sử dụng | Phần ghi thêm
T {to_ban_do} | {thua_dat} | {muc_dich} | {thoi_han} | Đo thực tế
> Người sử dụng đất được hưởng quyền và thực hiện nghĩa vụ theo Luật Đất đai; không được tự tiện sửa chữa, tẩy xóa \
giấy này.
/ {commune}, {+now}
$ Vào sổ cấp giấy / {clerk} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {signer}
""",
    "giay_uy_quyen": f"""
{_MOTTO}
! GIẤY ỦY QUYỀN
!! Kính gửi: Ủy ban nhân dân {{commune}}
Tôi tên là: {{ho_ten_uy_quyen}}
Sinh ngày: {{ngay_sinh_uy_quyen}}
Số căn cước: {{so_giay_to_uy_quyen}}
Hiện cư trú tại: {{noi_cu_tru_uy_quyen}}
> Vì lý do sức khỏe, tôi không trực tiếp đến được, nay làm giấy này ủy quyền cho:
Ông/bà: {{ho_ten_duoc_uy_quyen}}
Sinh ngày: {{ngay_sinh_duoc_uy_quyen}}
Số căn cước: {{so_giay_to_duoc_uy_quyen}}
Hiện cư trú tại: {{noi_cu_tru_duoc_uy_quyen}}
Được thay tôi: {{noi_dung}}
Thời hạn ủy quyền: {{thoi_han}}
> Tôi xin chịu trách nhiệm về việc ủy quyền này và không khiếu nại về sau.
/ {{province}}, {{+now}}
$ Người được ủy quyền / (Ký tên) / {{ho_ten_duoc_uy_quyen}} | Người ủy quyền / (Điểm chỉ) / {{ho_ten_uy_quyen}}
& finger
> Chứng thực chữ ký, điểm chỉ: số {{+number}}, quyển số 02/2026-SCT/CK,ĐC, {{+now}}.
& certified
""",
    "can_cuoc": """
& card
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C Độc lập - Tự do - Hạnh phúc
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
Đặc điểm nhận dạng: {+mole}
Ngày cấp: {+lately}
# CỤC TRƯỞNG CỤC CẢNH SÁT ĐKQL CƯ TRÚ VÀ DLQG VỀ DÂN CƯ
& beneath
> CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH
> Số chứng thực: {+number}, quyển số: 01-SCT/BS, {+now}
& certified
""",
    "bang_ke": f"""
& fold
@L UBND {{office}}
@L *TRẠM Y TẾ
{_BESIDE}
! DANH SÁCH TRẺ EM DƯỚI 6 TUỔI ĐƯỢC CẤP THẺ BẢO HIỂM Y TẾ
!! (Kèm theo Công văn số {{+number}}/BHXH ngày {{+due}})
TABLE 0.7c 2.6 1.8c 1c 2.8c 2.6 2.6
T STT | Họ và tên trẻ | Ngày sinh | Giới | Số thẻ | Họ và tên mẹ | Thôn, tổ
{_CHILDREN}
> Tổng số: 12 trẻ, trong đó 06 nam và 06 nữ. Trẻ chuyển đi nơi khác trong tháng: 02.
/ {{commune}}, {{+now}}
$ NGƯỜI LẬP DANH SÁCH / {{clerk}} | TRƯỞNG TRẠM Y TẾ / (Ký, ghi rõ họ tên) / {{signer}}
""",
}
