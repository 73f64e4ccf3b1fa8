"""Wording of half `f`, style `overprint`: forms bought by the ream and printed over, bands, two languages."""

from typing import Final

_MOTTO: Final = """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
"""
_BESIDE: Final = _MOTTO.replace("@C", "@R")

OVERPRINT: Final = {
    "giay_khai_sinh": f"""
& tinted
@TL Tỉnh/TP: {{above}}
@TR Mẫu HT2-P3
{_MOTTO}
! GIẤY KHAI SINH
!! (Bản sao)
Số {{so}} | Quyển số {{+number}}
Họ và tên {{ho_ten}} | Nam, nữ {{gioi_tinh}}
Sinh ngày, tháng, năm {{ngay_sinh}}
Nơi sinh {{noi_sinh}}
Nguyên quán {{que_quan}}
Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số định danh cá nhân {{so_dinh_danh!b}}
TABLE 1.9 4 4
T Phần khai về cha, mẹ | Người mẹ | Người cha
T Họ và tên | {{ho_ten_me}} | {{ho_ten_cha}}
T Năm sinh | {{nam_sinh_me}} | {{nam_sinh_cha}}
T Nghề nghiệp | Làm ruộng | Công nhân
T Nơi cư trú | {{noi_cu_tru_me}} | {{noi_cu_tru_cha}}
Nơi đăng ký {{noi_dang_ky}}
Ngày đăng ký {{ngay_dang_ky}}
/ {{commune}}, {{+date}}
$ Người đứng khai / (Ký tên) / {{+person}} | TM. UBND {{office}} / (Ký tên, đóng dấu) / {{signer}}
""",
    "giay_chung_sinh": f"""
& pink
@L *{{noi_sinh}}
@L Khoa Sản - Maternity Department
@L Số/No.: {{so}}
{_BESIDE}
! GIẤY CHỨNG SINH
!! *NOTICE OF BIRTH
Họ và tên mẹ / Mother's full name: {{ho_ten_me!u}}
Năm sinh / Year of birth: {{nam_sinh_me}} | Dân tộc / Ethnicity: {{dan_toc_me}}
Số CCCD / ID number: {{so_dinh_danh_me}}
Nơi cư trú / Address: {{noi_cu_tru_me}}
Đã sinh con lúc / Date and time of birth: {{thoi_gian_sinh}}
Tại / Place of birth: {{noi_sinh}}
Lần sinh / Delivery: {{so_lan_sinh}} | Số con / Number of babies: {{so_con}}
Giới tính của con / Sex: {{gioi_tinh_con}} | Cân nặng / Weight: {{can_nang}}
Tình trạng của con / Condition: {{tinh_trang_con}}
Dự định đặt tên con / Intended name: {{ten_du_dinh}}
Người đỡ đẻ / Delivered by: {{nguoi_do_de}}
/ {{province}}, {{+date}}
$ Người nhà / (Ký, ghi rõ họ tên) / {{+person}} | TUQ. GIÁM ĐỐC / TRƯỞNG KHOA SẢN / {{signer}}
""",
    "giay_chung_nhan_ket_hon": f"""
& red
{_MOTTO}
! GIẤY CHỨNG NHẬN KẾT HÔN
Số {{so}} | Quyển số {{+number}}
[[
# CHỒNG
Họ và tên {{ho_ten_chong}}
Ngày sinh {{ngay_sinh_chong}}
Dân tộc {{dan_toc_chong}}
Quốc tịch {{'Việt Nam}}
Nơi thường trú/tạm trú {{noi_cu_tru_chong}}
Số CMND/CCCD {{so_giay_to_chong}}
||
# VỢ
Họ và tên {{ho_ten_vo}}
Ngày sinh {{ngay_sinh_vo}}
Dân tộc {{dan_toc_vo}}
Quốc tịch {{'Việt Nam}}
Nơi thường trú/tạm trú {{noi_cu_tru_vo}}
Số CMND/CCCD {{so_giay_to_vo}}
]]
Nơi đăng ký {{noi_dang_ky}}
Ngày, tháng, năm đăng ký {{ngay_dang_ky}}
$ Chồng / (Ký) / {{ho_ten_chong}} | Vợ / (Ký) / {{ho_ten_vo}}
$ CÁN BỘ TƯ PHÁP HỘ TỊCH / {{clerk}} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
& pressed
""",
    "trich_luc_khai_tu": f"""
& edge
@TL UBND {{office}}
@TR Mẫu STP/HT-2014-KT
{_MOTTO}
! TRÍCH LỤC KHAI TỬ
!! (BẢN SAO GIẤY CHỨNG TỬ)
Số {{so}} | Quyển {{+number}}
Họ và tên người chết {{ho_ten}}
Giới tính {{gioi_tinh}} | Sinh ngày {{ngay_sinh}}
Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số giấy tờ tùy thân {{so_dinh_danh}}
Đã chết vào lúc {{thoi_gian_chet}}
Nơi chết {{noi_chet}}
Nguyên nhân chết {{nguyen_nhan}}
Họ và tên người khai {{nguoi_yeu_cau}}
Nơi đăng ký khai tử {{noi_dang_ky}}
Ngày đăng ký {{ngay_dang_ky}}
Ghi chú {{'Bản chính cấp lần đầu đã thu hồi}}
$ Cán bộ tư pháp hộ tịch / (Đã ký) / {{clerk}} | SAO TỪ SỔ ĐĂNG KÝ KHAI TỬ / TM. UBND / {{signer}}
""",
    "xac_nhan_cu_tru": f"""
& barcode
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_BESIDE}
! XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
Họ, chữ đệm và tên {{ho_ten!u}} | Giới tính {{gioi_tinh}}
Ngày, tháng, năm sinh {{ngay_sinh}} | Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số định danh cá nhân {{so_dinh_danh!b}}
Quê quán {{que_quan}}
Nơi thường trú {{noi_thuong_tru}}
Nơi tạm trú {{noi_tam_tru}}
Nơi ở hiện tại {{noi_o_hien_tai}}
Họ, chữ đệm và tên chủ hộ {{ho_ten_chu_ho}} | Quan hệ với chủ hộ {{quan_he_chu_ho}}
Số định danh cá nhân của chủ hộ {{so_dinh_danh_chu_ho}} | Số hồ sơ cư trú {{+number}}
Thời hạn sử dụng {{'01 năm}} | Mục đích đề nghị {{'Bổ sung hồ sơ nhập học}}
/ {{commune}}, {{+date}}
$ NGƯỜI ĐƯỢC XÁC NHẬN / (Ký, ghi rõ họ tên) / {{ho_ten}} | PHÓ TRƯỞNG CÔNG AN / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
& tinted
@TR TP/HT-2020-XNTTHN.2
@L ỦY BAN NHÂN DÂN
@L *{{office}}
@L Số {{so}}
{_BESIDE}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
Xét đơn của ông/bà {{+person}}
!! *XÁC NHẬN
Ông/Bà {{ho_ten}} | Giới tính {{gioi_tinh}}
Sinh ngày {{ngay_sinh}} | Dân tộc {{dan_toc}}
Quốc tịch {{quoc_tich}} | CCCD/CMND/Hộ chiếu {{so_giay_to}}
Nơi cư trú {{noi_cu_tru}}
Tình trạng hôn nhân {{tinh_trang}}
Giấy này được cấp để {{muc_dich}}
> Giấy này có giá trị trong thời hạn sáu tháng, kể từ ngày cấp.
/ {{commune}}, {{+date}}
$ Người nhận / (Ký tên) / {{+person}} | NGƯỜI KÝ GIẤY / CHỦ TỊCH / {{signer}}
""",
    "quyet_dinh": f"""
& edge
@L ỦY BAN NHÂN DÂN {{office}}
@L *CHỦ TỊCH
@L Số: {{so}}
{_BESIDE}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *V/v {{ve_viec}}
> Căn cứ Luật Tổ chức chính quyền địa phương; căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 về thực hiện \
thủ tục hành chính theo cơ chế một cửa, một cửa liên thông tại Bộ phận Một cửa và Cổng Dịch vụ công quốc gia,
# CHỦ TỊCH ỦY BAN NHÂN DÂN QUYẾT ĐỊNH:
# Điều 1. Người được giải quyết
Họ và tên {{ho_ten}} | Ngày sinh {{ngay_sinh}}
Số CCCD/CMND {{so_giay_to}} | Mã hồ sơ {{+number}}
Nơi cư trú {{noi_cu_tru}}
# Điều 2. Nội dung giải quyết
TABLE 4.6 1.6 2.2
T Khoản mục | Số tháng | Thành tiền
T Mức chuẩn 540.000 đồng, hệ số 1,5 | 06 | 4.860.000
T Truy lĩnh từ ngày nộp hồ sơ | 02 | 1.620.000
T Cộng | 08 | 6.480.000
> Điều 3. Trưởng phòng Kinh tế, Kho bạc Nhà nước khu vực và ông, bà có tên nêu trên căn cứ Quyết định thi hành.
& ticked
$ Nơi nhận: / Như Điều 3; Lưu: VT, KT. / - | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
""",
    "giay_chung_nhan_dat": """
& lotus
@TR Trang 1
@L MÃ GIẤY CHỨNG NHẬN
@L *{so_phat_hanh}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN
!! *QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
# 1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:
Ông/bà {ho_ten} | Sinh năm {nam_sinh} | Số căn cước {so_giay_to}
Địa chỉ thường trú {noi_cu_tru}
# 2. Thông tin thửa đất:
Thửa đất số {thua_dat} | Tờ bản đồ số {to_ban_do} | Diện tích {dien_tich}
Loại đất {muc_dich} | Thời hạn sử dụng đất {thoi_han} | Hình thức sử dụng {hinh_thuc}
Địa chỉ thửa đất {dia_chi_thua_dat}
Nguồn gốc sử dụng đất {nguon_goc}
# 3. Thông tin tài sản gắn liền với đất:
Loại tài sản {'Nhà ở riêng lẻ} | Diện tích sàn {'96,4 m²} | Cấp nhà {'Cấp III}
# 4. Ghi chú: Giấy này được cấp đổi từ Giấy cũ đã thu hồi.
/ {province}, {+date}
$ CÁN BỘ THỤ LÝ / (Ký) / {clerk} | CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ / GIÁM ĐỐC / {signer}
""",
    "giay_uy_quyen": f"""
& edge
@TL BM-HCC-07
{_MOTTO}
! GIẤY ỦY QUYỀN
!! (Mẫu dùng tại quầy tiếp nhận hồ sơ)
# PHẦN 1. NGƯỜI ỦY QUYỀN
Họ và tên {{ho_ten_uy_quyen}} | Ngày sinh {{ngay_sinh_uy_quyen}}
Số CCCD/Hộ chiếu {{so_giay_to_uy_quyen}} | Điện thoại {{'Không có}}
Nơi cư trú {{noi_cu_tru_uy_quyen}}
# PHẦN 2. NGƯỜI ĐƯỢC ỦY QUYỀN
Họ và tên {{ho_ten_duoc_uy_quyen}} | Ngày sinh {{ngay_sinh_duoc_uy_quyen}}
Số CCCD/Hộ chiếu {{so_giay_to_duoc_uy_quyen}} | Quan hệ {{'Người thân}}
Nơi cư trú {{noi_cu_tru_duoc_uy_quyen}}
# PHẦN 3. PHẠM VI
Nội dung ủy quyền {{noi_dung}}
Thời hạn ủy quyền {{thoi_han}}
> Tôi đã được giải thích rõ hậu quả pháp lý của việc ủy quyền và tự nguyện ký tên dưới đây.
/ {{province}}, {{+date}}
$ BÊN NHẬN ỦY QUYỀN / (Ký, ghi rõ họ tên) / {{ho_ten_duoc_uy_quyen}} | BÊN ỦY QUYỀN / \
(Ký, ghi rõ họ tên) / {{ho_ten_uy_quyen}}
> Phần của quầy: Đã đối chiếu giấy tờ gốc của hai bên. Hồ sơ số {{+number}}.
""",
    "can_cuoc": """
& card
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C SOCIALIST REPUBLIC OF VIETNAM
@C *CĂN CƯỚC
@C IDENTITY CARD
& front
Số định danh / Personal number: {so_dinh_danh}
Họ, chữ đệm và tên / Full name: {ho_ten}
Ngày sinh / Date of birth: {ngay_sinh}
Giới tính / Sex: {gioi_tinh} | Quốc tịch / Nationality: {quoc_tich}
& back
Quê quán / Place of origin: {que_quan}
Nơi cư trú / Place of residence: {noi_thuong_tru}
Ngày cấp / Date of issue: {+lately}
Có giá trị đến / Date of expiry: {co_gia_tri_den}
# BỘ CÔNG AN
& zone
> {+zone}
& copied
""",
    "bang_ke": f"""
& punched
@TL Đơn vị: {{commune}}
@TR Mẫu C09-HD
@L UBND {{office}}
@L *PHÒNG KINH TẾ
{_BESIDE}
! BẢNG KÊ CHI TRẢ TIỀN BỒI THƯỜNG, HỖ TRỢ
!! *Công trình: Nâng cấp đường liên xã (Đợt {{'2}})
TABLE 0.6 2.9 1 1.3 1.8 1.8 1.8
T TT | Chủ sử dụng đất | Thửa số | Diện tích (m²) | Đất (đồng) | Hoa màu (đồng) | Cộng (đồng)
T 1 | {{+person}} | {{+number}} | 120,5 | 18.075.000 | 2.410.000 | 20.485.000
T 2 | {{+person}} | {{+number}} | 88,0 | 13.200.000 | 0 | 13.200.000
T 3 | {{+person}} | {{+number}} | 301,2 | 45.180.000 | 6.024.000 | 51.204.000
T 4 | {{+person}} | {{+number}} | 45,7 | 6.855.000 | 914.000 | 7.769.000
T 5 | {{+person}} | {{+number}} | 210,0 | 31.500.000 | 4.200.000 | 35.700.000
T 6 | {{+person}} | {{+number}} | 97,3 | 14.595.000 | 1.946.000 | 16.541.000
T 7 | {{+person}} | {{+number}} | 15,0 | 2.250.000 | 0 | 2.250.000
T 8 | {{+person}} | {{+number}} | 164,8 | 24.720.000 | 3.296.000 | 28.016.000
T 9 | {{+person}} | {{+number}} | 72,4 | 10.860.000 | 1.448.000 | 12.308.000
T 10 | {{+person}} | {{+number}} | 133,1 | 19.965.000 | 2.662.000 | 22.627.000
T 11 | {{+person}} | {{+number}} | 58,6 | 8.790.000 | 1.172.000 | 9.962.000
T - | Tổng cộng: 11 hộ | - | 1.306,6 | 195.990.000 | 24.072.000 | 220.062.000
Viết bằng chữ {{'Hai trăm hai mươi triệu không trăm sáu mươi hai nghìn đồng}}
& ticked
/ {{commune}}, {{+date}}
$ NGƯỜI LẬP / (Ký, họ tên) / {{clerk}} | KẾ TOÁN TRƯỞNG / (Ký, họ tên) / {{signer}}
""",
}
