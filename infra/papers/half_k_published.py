"""Wording of half `k`, style `published`: sheets in two languages and sheets that somebody designed."""

from typing import Final

_BOTH: Final = """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C _Socialist Republic of Viet Nam
@C *Độc lập - Tự do - Hạnh phúc
@C _Independence - Freedom - Happiness
"""
_SCHOLARS: Final = "\n".join(
    f"T {number:02d} | {{+person}} | {code}.{{+few}} | {course} | {mean} | {grade} | {money}"
    for number, (code, course, mean, grade, money) in enumerate(
        (("48.01.101", "K48 Sư phạm Toán", "3,71", "Xuất sắc", "9.100.000"),
         ("48.01.752", "K48 Ngôn ngữ Anh", "3,42", "Giỏi", "7.800.000"),
         ("49.01.603", "K49 Địa lý học", "3,28", "Giỏi", "7.800.000"),
         ("49.01.902", "K49 Giáo dục Mầm non", "3,90", "Xuất sắc", "9.100.000"),
         ("50.01.609", "K50 Công tác xã hội", "3,33", "Giỏi", "7.800.000"),
         ("50.01.601", "K50 Sư phạm Ngữ văn", "3,65", "Xuất sắc", "9.100.000"),
         ("51.01.602", "K51 Lịch sử Đảng", "3,21", "Giỏi", "7.800.000"),
         ("51.01.614", "K51 Tâm lý học", "3,47", "Giỏi", "7.800.000"),
         ("51.01.301", "K51 Sinh học ứng dụng", "3,60", "Xuất sắc", "9.100.000"),
         ("51.01.608", "K51 Việt Nam học", "3,25", "Giỏi", "7.800.000")), 1,
    )
)  # fmt: skip

PUBLISHED: Final = {
    "giay_khai_sinh": f"""
& wavy
{_BOTH}
! GIẤY KHAI SINH
!! BIRTH CERTIFICATE
Số / No.: {{so}}
Họ, chữ đệm, tên / Full name: {{ho_ten!u}}
Ngày sinh / Date of birth: {{ngay_sinh}} | Giới tính / Sex: {{gioi_tinh}}
Dân tộc / Ethnicity: {{dan_toc}} | Quốc tịch / Nationality: {{quoc_tich}}
Nơi sinh / Place of birth: {{noi_sinh}}
Quê quán / Place of origin: {{que_quan}}
Số định danh cá nhân / Personal ID No.: {{so_dinh_danh}}
Họ tên mẹ / Mother's full name: {{ho_ten_me}}
Năm sinh của mẹ / Mother's year of birth: {{nam_sinh_me}}
Nơi cư trú của mẹ / Mother's residence: {{noi_cu_tru_me}}
Họ tên cha / Father's full name: {{ho_ten_cha}}
Năm sinh của cha / Father's year of birth: {{nam_sinh_cha}}
Nơi cư trú của cha / Father's residence: {{noi_cu_tru_cha}}
Nơi đăng ký / Place of registration: {{noi_dang_ky}}
Ngày đăng ký / Date of registration: {{ngay_dang_ky}}
$ NGƯỜI DỊCH / Translator / {{clerk}} | NGƯỜI KÝ GIẤY KHAI SINH / Issuing officer / {{signer}}
""",
    "giay_chung_sinh": """
& ribbon
@L *BỆNH VIỆN PHỤ SẢN QUỐC TẾ
@L _International Maternity Hospital
@R Hotline: 1900 6{+few}
@R Số/No.: {so}
! GIẤY CHỨNG SINH - BIRTH NOTIFICATION
# THÔNG TIN MẸ
Họ và tên mẹ (Mother): {ho_ten_me} | Năm sinh (Year of birth): {nam_sinh_me}
Số định danh (ID No.): {so_dinh_danh_me} | Dân tộc (Ethnicity): {dan_toc_me}
Nơi cư trú (Address): {noi_cu_tru_me}
# THÔNG TIN BÉ
Giờ, ngày sinh (Time and date of birth): {thoi_gian_sinh}
Nơi sinh (Place of birth): {noi_sinh}
Lần sinh (Parity): {so_lan_sinh} | Số con (Number): {so_con} | Giới tính (Sex): {gioi_tinh_con}
Cân nặng (Weight): {can_nang} | Tình trạng (Condition): {tinh_trang_con}
Tên dự định đặt (Intended name): {ten_du_dinh}
Người đỡ đẻ (Delivered by): {nguoi_do_de}
/ {commune}, {+now}
$ NGƯỜI THÂN / (Ký, ghi rõ họ tên) / {+person} | GIÁM ĐỐC BỆNH VIỆN / {signer}
^ Cha, mẹ mang giấy này đến Ủy ban nhân dân cấp xã để đăng ký khai sinh cho bé trong thời hạn 60 ngày.
""",
    "giay_chung_nhan_ket_hon": f"""
& wavy
{_BOTH}
! GIẤY CHỨNG NHẬN KẾT HÔN
!! MARRIAGE CERTIFICATE
Số / No.: {{so}}
[[
# CHỒNG / HUSBAND
Họ, chữ đệm, tên: {{ho_ten_chong}}
Ngày sinh: {{ngay_sinh_chong}}
Dân tộc: {{dan_toc_chong}}
Nơi cư trú: {{noi_cu_tru_chong}}
Giấy tờ tùy thân: {{so_giay_to_chong}}
||
# VỢ / WIFE
Họ, chữ đệm, tên: {{ho_ten_vo}}
Ngày sinh: {{ngay_sinh_vo}}
Dân tộc: {{dan_toc_vo}}
Nơi cư trú: {{noi_cu_tru_vo}}
Giấy tờ tùy thân: {{so_giay_to_vo}}
]]
--
Nơi đăng ký kết hôn: {{noi_dang_ky}}
Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}
$ CHỒNG / {{ho_ten_chong}} | VỢ / {{ho_ten_vo}} | NGƯỜI KÝ / {{signer}}
""",
    "trich_luc_khai_tu": """
@L *ỦY BAN NHÂN DÂN {office}
@L {place}
@R Số: {so}
@R {commune}, {+now}
! TRÍCH LỤC KHAI TỬ
!! EXTRACT FROM THE DEATH REGISTER
TABLE 0.6c 2.4 3.6
T TT | Mục / Item | Nội dung / Details
T 1 | Họ, chữ đệm, tên / Full name | {ho_ten!u}
T 2 | Ngày, tháng, năm sinh / Date of birth | {ngay_sinh}
T 3 | Giới tính / Sex | {gioi_tinh}
T 4 | Dân tộc / Ethnicity | {dan_toc}
T 5 | Quốc tịch / Nationality | {quoc_tich}
T 6 | Số định danh cá nhân / Personal ID | {so_dinh_danh}
T 7 | Thời gian chết / Time of death | {thoi_gian_chet}
T 8 | Nơi chết / Place of death | {noi_chet}
T 9 | Nguyên nhân chết / Cause of death | {nguyen_nhan}
T 10 | Nơi đăng ký / Registered at | {noi_dang_ky}
T 11 | Ngày đăng ký / Registered on | {ngay_dang_ky}
T 12 | Người yêu cầu / Applicant | {nguoi_yeu_cau}
$ NGƯỜI THỰC HIỆN / {clerk} | NGƯỜI KÝ TRÍCH LỤC / {signer}
""",
    "xac_nhan_cu_tru": """
& margined
@L CÔNG AN {above!u}
@L *CÔNG AN {office}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
! GIẤY XÁC NHẬN CƯ TRÚ
!! Số: {so}
Họ và tên công dân: {ho_ten} | Ngày sinh: {ngay_sinh}
Giới tính: {gioi_tinh} | Dân tộc: {dan_toc} | Quốc tịch: {quoc_tich}
Số CCCD/ĐDCN: {so_dinh_danh}
Quê quán: {que_quan}
Đăng ký thường trú tại: {noi_thuong_tru}
Đăng ký tạm trú tại: {noi_tam_tru}
Hiện đang ở tại: {noi_o_hien_tai}
Chủ hộ: {ho_ten_chu_ho} | Là (quan hệ với chủ hộ): {quan_he_chu_ho}
Số CCCD/ĐDCN của chủ hộ: {so_dinh_danh_chu_ho}
/ {commune}, {+now}
$ CẢNH SÁT KHU VỰC / {clerk} | PHÓ TRƯỞNG CÔNG AN / {signer}
""",
    "xac_nhan_hon_nhan": f"""
{_BOTH}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
!! CERTIFICATE OF MARITAL STATUS
Số / Ref. No.: {{so}}
Cấp cho ông (bà) / Issued to: {{ho_ten}}
Ngày sinh / Date of birth: {{ngay_sinh}} | Giới tính / Sex: {{gioi_tinh}}
Dân tộc / Ethnic group: {{dan_toc}} | Quốc tịch / Nationality: {{quoc_tich}}
Giấy tờ tùy thân / ID document: {{so_giay_to}}
Nơi cư trú / Residence: {{noi_cu_tru}}
Tình trạng hôn nhân / Marital status: {{tinh_trang}}
Mục đích / Purpose: {{muc_dich}}
> Giấy này có giá trị 06 tháng kể từ ngày cấp. This certificate is valid for six months from the date of issue.
/ {{commune}}, {{+now}}
$ VIÊN CHỨC LÃNH SỰ / {{clerk}} | NGƯỜI CÓ THẨM QUYỀN / Authorised officer / {{signer}}
""",
    "quyet_dinh": """
& ribbon
@L BỘ GIÁO DỤC VÀ ĐÀO TẠO
@L *TRƯỜNG ĐẠI HỌC SƯ PHẠM
@L Số: {so}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
! QUYẾT ĐỊNH
!! *V/v {ve_viec}
!! *HIỆU TRƯỞNG TRƯỜNG ĐẠI HỌC SƯ PHẠM
> Căn cứ Luật Giáo dục đại học và Điều lệ trường đại học;
> Căn cứ Biên bản họp Hội đồng ngày {+due};
> Theo đề nghị của Trưởng phòng Công tác sinh viên,
!! *QUYẾT ĐỊNH:
> Điều 1. Nay {ve_viec} đối với sinh viên:
Họ và tên sinh viên: {ho_ten} | Sinh ngày: {ngay_sinh}
Số CCCD: {so_giay_to} | Mã số sinh viên: {'48.01.901.117}
Địa chỉ liên lạc: {noi_cu_tru}
> Điều 2. Các đơn vị liên quan và sinh viên có tên tại Điều 1 chịu trách nhiệm thi hành.
> Điều 3. Quyết định có hiệu lực kể từ ngày ký.
/ Ban hành {ngay_ban_hanh!d}
$ Nơi nhận: / - Như Điều 2; / - Lưu: VT, CTSV. / - | HIỆU TRƯỞNG / {signer}
""",
    "giay_chung_nhan_dat": """
& pale
& squared
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
!! Số vào sổ: VP {+number} - Số phát hành: {so_phat_hanh}
[[
# NGƯỜI SỬ DỤNG ĐẤT
Họ và tên: {ho_ten}
Năm sinh: {nam_sinh}
CCCD/CMND số: {so_giay_to}
Địa chỉ: {noi_cu_tru}
# SƠ ĐỒ THỬA ĐẤT
& outline
||
# THỬA ĐẤT
Thửa đất số: {thua_dat}
Tờ bản đồ số: {to_ban_do}
Diện tích: {dien_tich}
Hình thức sử dụng: {hinh_thuc}
Loại đất: {muc_dich}
Thời hạn: {thoi_han}
Địa chỉ thửa đất: {dia_chi_thua_dat}
Nguồn gốc: {nguon_goc}
]]
/ {province}, {+now}
$ - | VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI / GIÁM ĐỐC / {signer}
""",
    "giay_uy_quyen": """
& letterhead
@L *CÔNG TY CỔ PHẦN VẬN TẢI TÂN CẢNG XANH
@L MST: 03{+few} 517 {+few}6
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
! GIẤY ỦY QUYỀN
!! POWER OF ATTORNEY
# 1. Người ủy quyền / Principal
Họ và tên / Full name: {ho_ten_uy_quyen}
Ngày sinh / Date of birth: {ngay_sinh_uy_quyen}
Số giấy tờ / ID No.: {so_giay_to_uy_quyen}
Nơi cư trú / Address: {noi_cu_tru_uy_quyen}
# 2. Người được ủy quyền / Attorney
Họ và tên / Full name: {ho_ten_duoc_uy_quyen}
Ngày sinh / Date of birth: {ngay_sinh_duoc_uy_quyen}
Số giấy tờ / ID No.: {so_giay_to_duoc_uy_quyen}
Nơi cư trú / Address: {noi_cu_tru_duoc_uy_quyen}
# 3. Phạm vi / Scope
Nội dung ủy quyền / Matter: {noi_dung}
Thời hạn ủy quyền / Term: {thoi_han}
/ {commune}, {+now}
$ NGƯỜI ỦY QUYỀN / Principal / {ho_ten_uy_quyen} | NGƯỜI ĐƯỢC ỦY QUYỀN / Attorney / {ho_ten_duoc_uy_quyen}
""",
    "can_cuoc": """
& card
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! CĂN CƯỚC
!! IDENTITY CARD
& beside
Số định danh cá nhân / Personal identification number: {so_dinh_danh}
Họ, chữ đệm và tên khai sinh / Full name: {ho_ten!u}
Ngày, tháng, năm sinh / Date of birth: {ngay_sinh}
Giới tính / Sex: {gioi_tinh} | Quốc tịch / Nationality: {quoc_tich}
& reverse
Quê quán / Place of origin: {que_quan}
Nơi thường trú / Place of residence: {noi_thuong_tru}
Có giá trị đến / Date of expiry: {co_gia_tri_den}
--
> BỘ CÔNG AN - MINISTRY OF PUBLIC SECURITY
> {+zone}
""",
    "bang_ke": f"""
& ribbon
@L *TRƯỜNG ĐẠI HỌC SƯ PHẠM
@L PHÒNG CÔNG TÁC SINH VIÊN
@R Học kỳ I, năm học 2026 - 2027
@R Ngày lập: {{+due}}
! DANH SÁCH SINH VIÊN NHẬN HỌC BỔNG KHUYẾN KHÍCH
TABLE 0.7c 2.9 1.7c 3 1.2c 1.5c 1.8r
T TT | Họ và tên | Mã sinh viên | Khóa, ngành | Điểm TB | Xếp loại | Mức (đồng)
{_SCHOLARS}
> Danh sách gồm 10 sinh viên; tổng kinh phí 83.200.000 đồng, chi từ nguồn học phí năm 2026. Mọi thắc mắc gửi về \
Phòng Công tác sinh viên trước ngày {{+due}}.
$ NGƯỜI LẬP / {{clerk}} | TRƯỞNG PHÒNG / {{signer}}
@BL Trụ sở: 280 đường Đồng Khởi
@BR Trang 1/1
""",
}  # fmt: skip
