"""Wording of half `k`, style `interfaced`: what programs of hospitals, registers, funds and counters print."""

from typing import Final

_STATE: Final = """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_SERVICES: Final = "\n".join(
    f"T {number} | {name} | {unit} | {count} | {price} | {cost} | {fund} | {own}"
    for number, (name, unit, count, price, cost, fund, own) in enumerate(
        (("Khám Phụ sản", "Lần", "1", "45.000", "45.000", "36.000", "9.000"),
         ("Giường Hậu sản loại 2", "Ngày", "3", "212.600", "637.800", "510.240", "127.560"),
         ("Đỡ đẻ ngôi ngược", "Lần", "1", "1.191.900", "1.191.900", "953.520", "238.380"),
         ("Tổng phân tích tế bào máu", "Lần", "2", "49.700", "99.400", "79.520", "19.880"),
         ("Định lượng glucose", "Lần", "1", "22.400", "22.400", "17.920", "4.480"),
         ("Siêu âm thai", "Lần", "1", "58.600", "58.600", "46.880", "11.720"),
         ("Oxytocin 5 IU/ml", "Ống", "4", "9.350", "37.400", "29.920", "7.480"),
         ("Cefazolin 1 g", "Lọ", "6", "16.800", "100.800", "80.640", "20.160"),
         ("Natri clorid 0,9 % 500 ml", "Chai", "3", "7.900", "23.700", "18.960", "4.740"),
         ("Bơm tiêm 5 ml", "Cái", "9", "700", "6.300", "5.040", "1.260"),
         ("Chỉ Chromic số 1", "Sợi", "2", "24.150", "48.300", "38.640", "9.660")), 1,
    )
)  # fmt: skip

INTERFACED: Final = {
    "giay_khai_sinh": f"""
& squared
@TL In từ Hệ thống thông tin đăng ký, quản lý hộ tịch
@L {{place!u}}
@L *UBND {{office}}
{_STATE}
! BẢN SAO GIẤY KHAI SINH ĐIỆN TỬ
Số đăng ký: {{so}} | Số ĐDCN: {{so_dinh_danh}}
# A. Người được khai sinh
Họ và tên: {{ho_ten!u}}
Ngày sinh: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Nơi sinh: {{noi_sinh}}
Quê quán: {{que_quan}}
# B. Cha
Họ và tên cha: {{ho_ten_cha}}
Năm sinh (cha): {{nam_sinh_cha}}
Nơi cư trú (cha): {{noi_cu_tru_cha}}
# C. Mẹ
Họ và tên mẹ: {{ho_ten_me}}
Năm sinh (mẹ): {{nam_sinh_me}}
Nơi cư trú (mẹ): {{noi_cu_tru_me}}
# D. Thông tin đăng ký
Nơi đăng ký: {{noi_dang_ky}}
Ngày đăng ký: {{ngay_dang_ky}}
--
Ký số bởi: {{'Ủy ban nhân dân cấp xã}} | Lúc: {{+signed}}
$ - | CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{clerk}}
""",
    "giay_chung_sinh": f"""
& barred
@L SỞ Y TẾ {{province!u}}
@L *KHOA PHỤ SẢN
@L Mã y tế: {{+code}}
{_STATE}
! GIẤY CHỨNG SINH
!! Số: {{so}}
TABLE 2 3.2
T Thông tin | Nội dung ghi nhận
T Họ và tên mẹ | {{ho_ten_me}}
T Năm sinh của mẹ | {{nam_sinh_me}}
T Dân tộc của mẹ | {{dan_toc_me}}
T CCCD/Định danh của mẹ | {{so_dinh_danh_me}}
T Địa chỉ cư trú của mẹ | {{noi_cu_tru_me}}
T Thời gian sinh | {{thoi_gian_sinh}}
T Nơi sinh | {{noi_sinh}}
T Sinh lần thứ | {{so_lan_sinh}}
T Số con sinh ra | {{so_con}}
T Giới tính của con | {{gioi_tinh_con}}
T Cân nặng khi sinh | {{can_nang}}
T Tình trạng của con | {{tinh_trang_con}}
T Tên dự kiến của con | {{ten_du_dinh}}
T Người đỡ đẻ | {{nguoi_do_de}}
/ {{commune}}, {{+now}}
$ NGƯỜI GHI PHIẾU / {{clerk}} | ĐẠI DIỆN CƠ SỞ Y TẾ / (Ký, đóng dấu) / {{signer}}
@BL Người in: {{clerk}}
@BR Trang 1/1
""",
    "giay_chung_nhan_ket_hon": f"""
@L *UBND {{office}}
@L {{place}}
{_STATE}
! THÔNG TIN ĐĂNG KÝ KẾT HÔN
!! (Kết xuất từ cơ sở dữ liệu hộ tịch, số {{so}})
TABLE 1.5 2.4 2.4
T Nội dung | Bên chồng | Bên vợ
T Họ, chữ đệm, tên | {{ho_ten_chong}} | {{ho_ten_vo}}
T Ngày sinh | {{ngay_sinh_chong}} | {{ngay_sinh_vo}}
T Dân tộc | {{dan_toc_chong}} | {{dan_toc_vo}}
T Nơi cư trú | {{noi_cu_tru_chong}} | {{noi_cu_tru_vo}}
T Số giấy tờ tùy thân | {{so_giay_to_chong}} | {{so_giay_to_vo}}
--
Nơi đăng ký kết hôn: {{noi_dang_ky}}
Ngày đăng ký kết hôn: {{ngay_dang_ky}}
Loại đăng ký: {{'Đăng ký mới}} | Tình trạng: {{'Đang có hiệu lực}}
> Thông tin trên trùng khớp với Sổ đăng ký kết hôn lưu tại Ủy ban nhân dân.
/ {{commune}}, {{+now}}
$ NGƯỜI TRA CỨU / {{clerk}} | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
""",
    "trich_luc_khai_tu": f"""
& squared
@L *{{office}}
@L {{place}}
@L Số: {{so}}
{_STATE}
! TRÍCH LỤC KHAI TỬ (BẢN SAO)
# Thông tin người chết
Họ và tên: {{ho_ten!u}} | Giới tính: {{gioi_tinh}}
Ngày sinh: {{ngay_sinh}} | Dân tộc: {{dan_toc}}
Quốc tịch: {{quoc_tich}} | Số định danh: {{so_dinh_danh}}
# Thông tin về việc chết
Thời gian chết: {{thoi_gian_chet}}
Nơi chết: {{noi_chet}}
Nguyên nhân chết: {{nguyen_nhan}}
# Thông tin đăng ký
Nơi đăng ký khai tử: {{noi_dang_ky}}
Ngày đăng ký: {{ngay_dang_ky}}
Người yêu cầu đăng ký: {{nguoi_yeu_cau}}
> Bản sao này có giá trị pháp lý như bản chính theo quy định của pháp luật về hộ tịch.
/ {{commune}}, {{+now}}
$ NGƯỜI IN / {{clerk}} | TUQ. CHỦ TỊCH / CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{signer}}
""",
    "xac_nhan_cu_tru": f"""
& portal
@L CÔNG AN {{province!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_STATE}
! KẾT QUẢ XÁC NHẬN THÔNG TIN CƯ TRÚ
!! Mã hồ sơ: {{+code}}
Họ và tên: {{ho_ten}} | Ngày sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}} | Số định danh cá nhân: {{so_dinh_danh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Quê quán: {{que_quan}}
Địa chỉ thường trú: {{noi_thuong_tru}}
Địa chỉ tạm trú: {{noi_tam_tru}}
Nơi ở hiện tại: {{noi_o_hien_tai}}
Họ tên chủ hộ: {{ho_ten_chu_ho}} | Quan hệ với chủ hộ: {{quan_he_chu_ho}}
Số định danh của chủ hộ: {{so_dinh_danh_chu_ho}}
> Dữ liệu được trích xuất từ Cơ sở dữ liệu quốc gia về dân cư lúc {{+hour}} ngày {{+due}}. Văn bản có giá trị \
trong 01 năm.
/ {{commune}}, {{+now}}
$ CÁN BỘ XỬ LÝ / {{clerk}} | TRƯỞNG CÔNG AN / {{signer}}
@BL dichvucong.bocongan.gov.vn
""",
    "xac_nhan_hon_nhan": f"""
@L *ỦY BAN NHÂN DÂN {{office}}
@L Số: {{so}}
{_STATE}
! XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
Họ và tên người được xác nhận: {{ho_ten}}
Ngày tháng năm sinh: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Số CCCD/Hộ chiếu: {{so_giay_to}}
Địa chỉ cư trú: {{noi_cu_tru}}
Tình trạng hôn nhân: {{tinh_trang}}
Mục đích sử dụng: {{muc_dich}}
> Kết quả tra cứu trên toàn quốc tính đến {{+hour}} ngày {{+due}}. Giấy không có giá trị khi sử dụng vào mục đích khác.
/ {{commune}}, {{+now}}
$ CÁN BỘ MỘT CỬA / {{clerk}} | CHỦ TỊCH / {{signer}}
@BR Mã tra cứu: {{+code}}
""",
    "quyet_dinh": f"""
& barred
@L BẢO HIỂM XÃ HỘI VIỆT NAM
@L *BẢO HIỂM XÃ HỘI {{above!u}}
@L Số: {{so}}
{_STATE}
/ {{province}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *GIÁM ĐỐC BẢO HIỂM XÃ HỘI
> Căn cứ Luật Bảo hiểm xã hội số 41/2024/QH15;
> Căn cứ hồ sơ của người hưởng do Trung tâm Phục vụ hành chính công chuyển đến.
!! *QUYẾT ĐỊNH:
> Điều 1. Giải quyết {{ve_viec}} đối với:
Họ và tên người hưởng: {{ho_ten}}
Ngày sinh: {{ngay_sinh}}
Số CCCD: {{so_giay_to}}
Nơi cư trú: {{noi_cu_tru}}
TABLE 3 1.6c 2r
T Nội dung | Thời gian | Số tiền (đồng)
T Trợ cấp một lần | 09 tháng | {{+money}}
T Truy lĩnh | 02 tháng | {{+money}}
> Điều 2. Trưởng phòng Chế độ, người hưởng chịu trách nhiệm thi hành Quyết định này./.
$ Nơi nhận: / - Người hưởng; / - Lưu: VT, hồ sơ. / - | KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / {{signer}}
""",
    "giay_chung_nhan_dat": f"""
@L SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
@L *CHI NHÁNH VP ĐĂNG KÝ ĐẤT ĐAI
{_STATE}
! THÔNG TIN GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
!! (Trích từ hệ thống thông tin đất đai)
# 1. Người sử dụng đất
Họ và tên: {{ho_ten}} | Năm sinh: {{nam_sinh}}
Số giấy tờ: {{so_giay_to}} | Số seri GCN: {{so_phat_hanh}}
Địa chỉ liên hệ: {{noi_cu_tru}}
# 2. Thửa đất
Số thửa: {{thua_dat}} | Số tờ bản đồ: {{to_ban_do}}
Diện tích: {{dien_tich}} | Hình thức sử dụng: {{hinh_thuc}}
Mục đích sử dụng: {{muc_dich}}
Thời hạn sử dụng: {{thoi_han}}
Nguồn gốc sử dụng: {{nguon_goc}}
Địa chỉ thửa đất: {{dia_chi_thua_dat}}
# 3. Sơ đồ
& parcel
/ {{commune}}, {{+now}}
$ NGƯỜI TRÍCH LỤC / {{clerk}} | GIÁM ĐỐC CHI NHÁNH / {{signer}}
""",
    "giay_uy_quyen": f"""
@L *TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG
@L {{office}}
{_STATE}
! PHIẾU ỦY QUYỀN NỘP HỒ SƠ, NHẬN KẾT QUẢ
!! Mã hồ sơ: {{+code}}
# NGƯỜI ỦY QUYỀN
Họ tên: {{ho_ten_uy_quyen}}
Ngày sinh: {{ngay_sinh_uy_quyen}} | Số giấy tờ: {{so_giay_to_uy_quyen}}
Địa chỉ: {{noi_cu_tru_uy_quyen}}
# NGƯỜI ĐƯỢC ỦY QUYỀN
Họ tên: {{ho_ten_duoc_uy_quyen}}
Ngày sinh: {{ngay_sinh_duoc_uy_quyen}} | Số giấy tờ: {{so_giay_to_duoc_uy_quyen}}
Địa chỉ: {{noi_cu_tru_duoc_uy_quyen}}
# PHẠM VI ỦY QUYỀN
Nội dung ủy quyền: {{noi_dung}}
Thời hạn ủy quyền: {{thoi_han}}
> Người ủy quyền chịu trách nhiệm về việc ủy quyền; người được ủy quyền xuất trình giấy tờ tùy thân khi làm thủ tục.
/ {{commune}}, {{+now}}
$ NGƯỜI ỦY QUYỀN / {{ho_ten_uy_quyen}} | NGƯỜI ĐƯỢC ỦY QUYỀN / {{ho_ten_duoc_uy_quyen}} | NGƯỜI TIẾP NHẬN / {{clerk}}
""",
    "can_cuoc": """
@L *TRÍCH XUẤT DỮ LIỆU CĂN CƯỚC ĐIỆN TỬ
@R Thời điểm: {+hour}, {+due}
! THÔNG TIN THẺ CĂN CƯỚC
& face
Số định danh cá nhân: {so_dinh_danh}
Họ, chữ đệm và tên: {ho_ten!u}
Ngày sinh: {ngay_sinh} | Giới tính: {gioi_tinh}
Quốc tịch: {quoc_tich}
Có giá trị đến: {co_gia_tri_den}
& full
Quê quán: {que_quan}
Nơi thường trú: {noi_thuong_tru}
Trạng thái thẻ: {'Đang sử dụng} | Mức độ định danh: {'Mức 2}
> Bản in này dùng để đối chiếu hồ sơ, không thay thế thẻ căn cước. Người in chịu trách nhiệm bảo mật thông tin.
""",
    "bang_ke": f"""
& barred
@L SỞ Y TẾ {{province!u}}
@L *BỆNH VIỆN ĐA KHOA KHU VỰC
@L Khoa: Phụ sản
@R Mẫu số 01/KBCB
@R Mã số người bệnh: {{+code}}
! BẢNG KÊ CHI PHÍ ĐIỀU TRỊ NỘI TRÚ
> Họ tên người bệnh: {{+person}}. Mã thẻ BHYT: {{+insured}}. Mức hưởng: 80 %.
> Địa chỉ: {{+address}}. Chẩn đoán: Đẻ ngôi mông, thai 39 tuần (O80.1).
TABLE 0.7c 4.2 1c 0.8c 1.6r 1.7r 1.6r 1.5r
T STT | Nội dung | ĐVT | SL | Đơn giá | Thành tiền | Quỹ BHYT | Cùng trả
{_SERVICES}
> Tổng chi phí lần khám, chữa bệnh: 2.271.600 đồng. Quỹ BHYT thanh toán: 1.817.280 đồng. Người bệnh cùng trả: \
454.320 đồng.
/ {{commune}}, {{+now}}
$ NGƯỜI LẬP BẢNG KÊ / {{clerk}} | NGƯỜI BỆNH / (Ký, ghi rõ họ tên) / {{+person}} | KẾ TOÁN VIỆN PHÍ / {{signer}}
""",
}  # fmt: skip
