"""Wording of half `g`, style `flush`: labels at a gutter or above dots, rules below values, running prose."""

from typing import Final

_MOTTO: Final = """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_MIDDLE: Final = _MOTTO.replace("@R", "@C")
_COMMUNE: Final = (
    """
@L ỦY BAN NHÂN DÂN
@L *{office}
@L Số: {so}
"""
    + _MOTTO
)
_DATED: Final = _COMMUNE + "@R _{commune}, {+date}\n"

FLUSH: Final = {
    "giay_khai_sinh": f"""
& border
@TL Mẫu TP/HT-2014-KS.2
{_MIDDLE}
! GIẤY KHAI SINH
!! Số: {{so}}
Họ, chữ đệm, tên: {{ho_ten!u}}
Ngày, tháng, năm sinh: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Ghi bằng chữ: {{=ngay_sinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Nơi sinh: {{noi_sinh}}
Quê quán: {{que_quan}}
Số định danh: {{so_dinh_danh}}
[[
# Mẹ
Họ, chữ đệm, tên: {{ho_ten_me}}
Năm sinh: {{nam_sinh_me}}
Nơi cư trú: {{noi_cu_tru_me}}
||
# Cha
Họ, chữ đệm, tên: {{ho_ten_cha}}
Năm sinh: {{nam_sinh_cha}}
Nơi cư trú: {{noi_cu_tru_cha}}
]]
Nơi đăng ký khai sinh: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}
Người đi khai sinh: {{+person}}
$ Người đi khai sinh / (Ký, ghi rõ họ tên) / - | NGƯỜI KÝ GIẤY KHAI SINH / CHỦ TỊCH / {{signer}}
& pressed
""",
    "giay_chung_sinh": f"""
@TR MS: 17/BV2
@L SỞ Y TẾ
@L *{{noi_sinh!u}}
@L Số: {{so}}
{_MOTTO}
! GIẤY CHỨNG SINH
& yes
> Cấp lần đầu
& no
> Cấp lại
Họ và tên mẹ (hoặc người nuôi dưỡng): {{ho_ten_me!u}}
Năm sinh của mẹ: {{nam_sinh_me}} | Dân tộc: {{dan_toc_me}} | Số thẻ căn cước: {{so_dinh_danh_me}}
Nơi đăng ký thường trú, tạm trú: {{noi_cu_tru_me}}
Đã sinh con vào lúc: {{thoi_gian_sinh}}
Tại cơ sở: {{noi_sinh}}
Sinh lần thứ: {{so_lan_sinh}} | Số con lần này: {{so_con}} | Giới tính con: {{gioi_tinh_con}} | Cân nặng: {{can_nang}}
Tình trạng con: {{tinh_trang_con}} | Dự định đặt tên con: {{ten_du_dinh}}
Họ tên người đỡ đẻ: {{nguoi_do_de}}
/ {{province}}, {{+date}}
$ Cha, mẹ hoặc người thân / (Ký, ghi rõ họ tên) / {{+person}} | GIÁM ĐỐC / (Ký tên, đóng dấu) / {{signer}}
^ Giấy chứng sinh được in 02 bản có giá trị pháp lý như nhau, một bản lưu tại cơ sở.
""",
    "giay_chung_nhan_ket_hon": f"""
& silk
{_MIDDLE}
! GIẤY CHỨNG NHẬN KẾT HÔN
!! Số: {{so}}
# Chồng
Họ, chữ đệm, tên: {{ho_ten_chong!u}}
Ngày, tháng, năm sinh: {{ngay_sinh_chong}}
Dân tộc: {{dan_toc_chong}}
Nơi cư trú: {{noi_cu_tru_chong}}
Hộ chiếu/CMND/CCCD: {{so_giay_to_chong}}
# Vợ
Họ, chữ đệm, tên: {{ho_ten_vo!u}}
Ngày, tháng, năm sinh: {{ngay_sinh_vo}}
Dân tộc: {{dan_toc_vo}}
Nơi cư trú: {{noi_cu_tru_vo}}
Hộ chiếu/CMND/CCCD: {{so_giay_to_vo}}
# Đăng ký
Tại: {{noi_dang_ky}}
Ngày: {{ngay_dang_ky}}
$ CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{clerk}} | CHỦ TỊCH / {{signer}}
""",
    "trich_luc_khai_tu": f"""
{_DATED}
! TRÍCH LỤC KHAI TỬ
!! (BẢN CHÍNH)
Họ, chữ đệm, tên: {{ho_ten}}
Ngày, tháng, năm sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Giấy tờ tùy thân/Số định danh: {{so_dinh_danh}}
Chết lúc: {{thoi_gian_chet}}
Chết tại: {{noi_chet}}
Do: {{nguyen_nhan}}
Nơi đã đăng ký: {{noi_dang_ky}}
Ngày vào sổ: {{ngay_dang_ky}}
Người đi đăng ký: {{nguoi_yeu_cau}}
> Bản chính cấp cho người đi đăng ký khai tử; mọi sửa chữa, tẩy xóa đều làm mất giá trị của trích lục.
$ NGƯỜI THỰC HIỆN / (Ký) / {{clerk}} | NGƯỜI KÝ TRÍCH LỤC / PHÓ CHỦ TỊCH / {{signer}}
& initialled
""",
    "xac_nhan_cu_tru": f"""
& sheet
@TR Mẫu CT07 - Thông tư số 66/2023/TT-BCA
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_MOTTO}
@R _{{commune}}, {{+date}}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
Họ, chữ đệm và tên công dân: {{ho_ten}} | Ngày, tháng, năm sinh: {{ngay_sinh}}
Số định danh cá nhân: {{so_dinh_danh}} | Giới tính: {{gioi_tinh}} | Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Quê quán: {{que_quan}}
Nơi thường trú: {{noi_thuong_tru}}
Nơi tạm trú: {{noi_tam_tru}}
Nơi ở hiện tại: {{noi_o_hien_tai}}
Họ, chữ đệm và tên chủ hộ: {{ho_ten_chu_ho}} | Quan hệ với chủ hộ: {{quan_he_chu_ho}}
Số định danh cá nhân chủ hộ: {{so_dinh_danh_chu_ho}} | Số hồ sơ hộ: {{+number}}
$ NGƯỜI NHẬN / (Ký, ghi rõ họ tên) / {{+person}} | KT. TRƯỞNG CÔNG AN / PHÓ TRƯỞNG CÔNG AN / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
{_DATED}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
!! *ỦY BAN NHÂN DÂN {{office}}
> Xét đề nghị ngày {{+lately}} của ông/bà {{+person}} về việc cấp Giấy xác nhận tình trạng hôn nhân; sau khi kiểm \
tra sổ hộ tịch và Cơ sở dữ liệu hộ tịch điện tử,
!! *XÁC NHẬN:
Ông/bà: {{ho_ten!u}} | Giới tính: {{gioi_tinh}}
Ngày, tháng, năm sinh: {{ngay_sinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Giấy tờ tùy thân số: {{so_giay_to}}
Nơi cư trú: {{noi_cu_tru}}
Tình trạng hôn nhân: {{tinh_trang}}
Mục đích sử dụng: {{muc_dich}}
> Giấy này có giá trị 06 tháng, không được dùng để kết hôn với người khác người đã nêu (nếu có).
$ Nơi nhận: / - Như trên; / - Lưu: HT. / - | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
& initialled
""",
    "quyet_dinh": """
& coded
@L {above!u}
@L *UBND {office}
@L Số: {so}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
@R _{commune}, {ngay_ban_hanh!d}
! QUYẾT ĐỊNH
!! *Về việc {ve_viec}
!! *ỦY BAN NHÂN DÂN {office}
> Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ;
> Theo Biên bản họp ngày {+lately} và Tờ trình số {+number}/TTr-VHXH của Phòng Văn hóa - Xã hội,
!! *QUYẾT ĐỊNH:
> Điều 1. Thực hiện {ve_viec} đối với người có tên sau đây:
Ông (bà): {ho_ten}
Sinh ngày: {ngay_sinh}
Số CCCD/CMND: {so_giay_to}
Hiện ở tại: {noi_cu_tru}
Kinh phí: {+money} đồng
> Điều 2. Thời điểm thực hiện: từ tháng liền kề tháng ký Quyết định. Nguồn chi theo dự toán năm 2026 đã được Hội \
đồng nhân dân phê chuẩn.
> Điều 3. Văn phòng HĐND và UBND, Phòng Văn hóa - Xã hội, Phòng Kinh tế, thủ trưởng các đơn vị liên quan và ông (bà) \
có tên tại Điều 1 căn cứ Quyết định thi hành./.
$ Nơi nhận: / - Như Điều 3; / - Thường trực Đảng ủy; / - Lưu: VT. / - | TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / \
PHÓ CHỦ TỊCH / {signer}
""",
    "giay_chung_nhan_dat": """
& drum
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN
!! *QUYỀN SỬ DỤNG ĐẤT
Số phát hành: {so_phat_hanh}
# Người được cấp
Họ tên: {ho_ten!u}
Năm sinh: {nam_sinh}
Số căn cước hoặc CMND: {so_giay_to}
Thường trú: {noi_cu_tru}
# Thửa đất
Thửa số: {thua_dat}
Thuộc tờ bản đồ: {to_ban_do}
Tại: {dia_chi_thua_dat}
Diện tích: {dien_tich}
Hình thức: {hinh_thuc}
Mục đích: {muc_dich}
Thời hạn: {thoi_han}
Nguồn gốc: {nguon_goc}
# Ghi nợ, hạn chế
Nợ tiền sử dụng đất: {'Không}
Hạn chế: {'Trong hành lang lưới điện 110 kV}
/ {province}, {+date}
$ - | VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI / KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / {signer}
""",
    "giay_uy_quyen": """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY ỦY QUYỀN
!! (V/v thực hiện thủ tục hành chính)
> Tôi là {ho_ten_uy_quyen}, sinh ngày {ngay_sinh_uy_quyen}, mang giấy tờ tùy thân số {so_giay_to_uy_quyen}, cư trú \
tại {noi_cu_tru_uy_quyen}.
> Nay do đang điều trị tại bệnh viện, không đi lại được, tôi ủy quyền cho {ho_ten_duoc_uy_quyen}, sinh ngày \
{ngay_sinh_duoc_uy_quyen}, mang giấy tờ tùy thân số {so_giay_to_duoc_uy_quyen}, cư trú tại \
{noi_cu_tru_duoc_uy_quyen}, làm thay tôi việc sau đây.
Nội dung ủy quyền: {noi_dung}
Thời hạn ủy quyền: {thoi_han}
> Người được ủy quyền được ký tên, nộp tiền, nhận biên lai và nhận kết quả thay tôi. Tôi cam đoan những điều trên là \
đúng, không bị ai ép buộc, và tự chịu trách nhiệm trước pháp luật.
> Giấy lập thành 02 bản, mỗi bên giữ một bản.
/ {province}, {+date}
$ Người nhận ủy quyền / {ho_ten_duoc_uy_quyen} | Người ủy quyền / {ho_ten_uy_quyen}
# LỜI CHỨNG
> Hôm nay, {+date}, tại UBND {office}, {place}, tôi {signer} chứng thực ông/bà có tên trên đã ký vào giấy này \
trước mặt tôi. Số chứng thực: {+number}.
& certified
""",
    "can_cuoc": """
& card
@C CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *CĂN CƯỚC CÔNG DÂN
& front
Số: {so_dinh_danh}
Họ và tên: {ho_ten}
Ngày sinh: {ngay_sinh} | Giới tính: {gioi_tinh}
Quốc tịch: {quoc_tich} | Hạn dùng: {co_gia_tri_den}
Quê quán: {que_quan}
Thường trú: {noi_thuong_tru}
& beneath
> Bản chụp mặt trước của thẻ, dùng cho hồ sơ số {+code}. Người chụp đã đối chiếu với thẻ.
/ {province}, {+date}
$ - | NGƯỜI ĐỐI CHIẾU / {clerk}
""",
    "bang_ke": f"""
& coded
@L UBND {{office}}
@L *TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG
@L Số: {{+number}}/PKS
{_MOTTO}
! PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ
!! Mã hồ sơ: {{+code}}
Người nộp: {{+person}} | Điện thoại: {{'Không ghi}}
Cơ quan phối hợp: {{'Chi nhánh Văn phòng đăng ký đất đai; Thuế cơ sở}}
TABLE 2.3 3.3 2 2.5
T Bộ phận | Giao, nhận hồ sơ | Kết quả | Người ký
T 1. Tiếp nhận | Nhận {{+hour}}, {{+date}} | Đủ thành phần | {{+person}}
T 2. Phòng Kinh tế | Nhận {{+hour}}, {{+date}} | Trước hạn | {{+person}}
T 3. Đo đạc | Nhận {{+hour}}, {{+date}} | Đúng hạn | {{+person}}
T 4. Thuế cơ sở | Nhận {{+hour}}, {{+date}} | Quá hạn {{+few}} giờ | {{+person}}
T 5. Văn phòng | Nhận {{+hour}}, {{+date}} | Đúng hạn | {{+person}}
T 6. Lãnh đạo ký | Nhận {{+hour}}, {{+date}} | Đã ký số | {{+person}}
T 7. Văn thư | Nhận {{+hour}}, {{+date}} | Đã đóng dấu | {{+person}}
T 8. Trả kết quả | Giao {{+hour}}, {{+date}} | Đã thu phí | {{+person}}
# Phí, lệ phí đã thu (đồng)
TABLE 4.6 1.4 2.2
T Khoản thu | Số biên lai | Số tiền
T Phí thẩm định hồ sơ cấp Giấy chứng nhận | {{+number}} | {{+money}}
T Lệ phí cấp Giấy chứng nhận | {{+number}} | {{+money}}
T Phí trích đo địa chính | {{+number}} | {{+money}}
$ NGƯỜI GIAO / (Ký, ghi rõ họ tên) / {{clerk}} | NGƯỜI NHẬN / (Ký, ghi rõ họ tên) / {{signer}}
""",
}
