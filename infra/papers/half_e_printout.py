"""Wording of half `e`, style `printout`: what registers, hospitals and portals print: grids, cells, labels on top."""

from typing import Final

_MOTTO: Final = """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_COMMUNE: Final = (
    """
@L ỦY BAN NHÂN DÂN
@L *{office}
@L {above!u}
"""
    + _MOTTO
)

PRINTOUT: Final = {
    "giay_khai_sinh": f"""
& signed
{_COMMUNE}
@L Số: {{so}}
@R _{{commune}}, {{+date}}
! TRÍCH LỤC GIẤY KHAI SINH
!! (BẢN SAO)
# THÔNG TIN NGƯỜI ĐƯỢC KHAI SINH
Họ, chữ đệm, tên {{ho_ten}}
Ngày, tháng, năm sinh {{ngay_sinh}} | Ghi bằng chữ {{=ngay_sinh}}
Giới tính {{gioi_tinh}} | Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số định danh cá nhân {{so_dinh_danh}}
Nơi sinh {{noi_sinh}} | Quê quán {{que_quan}}
# THÔNG TIN CHA, MẸ
Họ, chữ đệm, tên người mẹ {{ho_ten_me}} | Năm sinh của mẹ {{nam_sinh_me}}
Nơi cư trú của mẹ {{noi_cu_tru_me}}
Họ, chữ đệm, tên người cha {{ho_ten_cha}} | Năm sinh của cha {{nam_sinh_cha}}
Nơi cư trú của cha {{noi_cu_tru_cha}}
# THÔNG TIN ĐĂNG KÝ
Cơ quan đăng ký khai sinh {{noi_dang_ky}} | Ngày đăng ký {{ngay_dang_ky}}
> Trích lục này được trích từ Cơ sở dữ liệu hộ tịch điện tử.
$ NGƯỜI THỰC HIỆN / {{clerk}} | NGƯỜI KÝ TRÍCH LỤC / {{signer}}
""",
    "giay_chung_sinh": """
& qr
@L *{noi_sinh}
@L Khoa Phụ Sản
@L Mã BN: 26{+number}
@R CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG SINH ĐIỆN TỬ
!! Số seri: {so}
# A. THÔNG TIN SẢN PHỤ
--
Họ tên mẹ {ho_ten_me!u} | Năm sinh {nam_sinh_me}
CCCD/Định danh {so_dinh_danh_me} | Dân tộc {dan_toc_me}
Địa chỉ cư trú {noi_cu_tru_me}
# B. THÔNG TIN TRẺ
--
Tên dự kiến của con {ten_du_dinh}
Thời gian sinh {thoi_gian_sinh}
Nơi sinh {noi_sinh}
Giới tính {gioi_tinh_con} | Cân nặng khi sinh {can_nang}
Lần sinh thứ {so_lan_sinh} | Số trẻ lần sinh này {so_con}
Tình trạng trẻ {tinh_trang_con} | Người đỡ đẻ {nguoi_do_de}
/ Ngày in: {+lately} 09:41
$ NGƯỜI NHẬN GIẤY / (Ký, ghi rõ họ tên) / {+person} | ĐẠI DIỆN BỆNH VIỆN / (Ký số) / {signer}
""",
    "giay_chung_nhan_ket_hon": f"""
& signed
{_COMMUNE}
@L Số: {{so}}
@R _{{commune}}, {{+date}}
! TRÍCH LỤC GIẤY CHỨNG NHẬN KẾT HÔN
!! (BẢN SAO)
# THÔNG TIN BÊN CHỒNG
--
Họ, chữ đệm, tên chồng {{ho_ten_chong!u}} | Ngày sinh {{ngay_sinh_chong}}
Dân tộc {{dan_toc_chong}} | Giấy tờ tùy thân {{so_giay_to_chong}}
Nơi cư trú {{noi_cu_tru_chong}}
# THÔNG TIN BÊN VỢ
--
Họ, chữ đệm, tên vợ {{ho_ten_vo!u}} | Ngày sinh {{ngay_sinh_vo}}
Dân tộc {{dan_toc_vo}} | Giấy tờ tùy thân {{so_giay_to_vo}}
Nơi cư trú {{noi_cu_tru_vo}}
# NƠI ĐĂNG KÝ
--
Đăng ký kết hôn tại {{noi_dang_ky}}
Ngày đăng ký kết hôn {{ngay_dang_ky}}
$ NGƯỜI THỰC HIỆN / {{clerk}} | NGƯỜI KÝ TRÍCH LỤC / PHÓ CHỦ TỊCH / {{signer}}
""",
    "trich_luc_khai_tu": f"""
& qr
{_COMMUNE}
! TRÍCH LỤC KHAI TỬ
!! Số: {{so}}
Họ, chữ đệm, tên người chết {{ho_ten}} | Ngày, tháng, năm sinh {{ngay_sinh}}
Giới tính {{gioi_tinh}} | Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Số ĐDCN/Hộ chiếu {{so_dinh_danh}} | Nguyên nhân chết {{nguyen_nhan}}
Thời điểm chết {{thoi_gian_chet}} | Nơi chết {{noi_chet}}
Họ, chữ đệm, tên người đi khai tử {{nguoi_yeu_cau}} | Quan hệ với người chết {{'Con}}
Cơ quan đăng ký khai tử {{noi_dang_ky}} | Ngày đăng ký khai tử {{ngay_dang_ky}}
> Bản trích lục này có giá trị thay cho bản chính trong các giao dịch theo quy định tại Luật Hộ tịch.
/ {{commune}}, {{+date}}
$ NGƯỜI LẬP / (Ký) / {{clerk}} | TL. CHỦ TỊCH / CÔNG CHỨC TƯ PHÁP - HỘ TỊCH / {{signer}}
""",
    "xac_nhan_cu_tru": f"""
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_MOTTO}
@R _{{commune}}, {{+date}}
! GIẤY XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
!! (Khai thác từ Cơ sở dữ liệu quốc gia về dân cư)
--
Họ và tên {{ho_ten}} | Ngày sinh {{ngay_sinh}}
Số định danh cá nhân {{so_dinh_danh}} | Giới tính {{gioi_tinh}}
Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
Quê quán {{que_quan}}
Nơi thường trú {{noi_thuong_tru}}
Nơi tạm trú {{noi_tam_tru}}
Nơi ở hiện tại {{noi_o_hien_tai}}
Họ và tên chủ hộ {{ho_ten_chu_ho}} | Quan hệ với chủ hộ {{quan_he_chu_ho}}
Số định danh cá nhân của chủ hộ {{so_dinh_danh_chu_ho}}
# Thành viên khác trong hộ gia đình
TABLE 0.6 3.4 1.8 1.2 2.4 2
T TT | Họ, chữ đệm và tên | Ngày sinh | Giới tính | Số ĐDCN | Quan hệ
T 1 | {{+person}} | {{+day}} | Nữ | {{+id}} | Vợ
T 2 | {{+person}} | {{+day}} | Nam | {{+id}} | Con đẻ
T 3 | {{+person}} | {{+day}} | Nữ | {{+id}} | Mẹ đẻ
$ NGƯỜI TRA CỨU / (Ký, ghi rõ họ tên) / {{clerk}} | KT. TRƯỞNG CÔNG AN / PHÓ TRƯỞNG CÔNG AN / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
& signed
{_COMMUNE}
@L Số: {{so}}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
Họ, chữ đệm, tên {{ho_ten!u}}
Ngày sinh {{ngay_sinh}} | Giới tính {{gioi_tinh}} | Dân tộc {{dan_toc}} | Quốc tịch {{quoc_tich}}
CCCD/CMND/Hộ chiếu số {{so_giay_to}} | Mã hồ sơ {{+number}}-2026
Địa chỉ cư trú {{noi_cu_tru}}
Tình trạng hôn nhân hiện tại {{tinh_trang}}
Mục đích sử dụng {{muc_dich}}
Thời hạn {{'06 tháng kể từ ngày cấp}}
/ {{commune}}, {{+date}}
$ CÔNG CHỨC THỤ LÝ / {{clerk}} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {{signer}}
""",
    "quyet_dinh": """
@L {above!u}
@L *SỞ NỘI VỤ
@L Số: {so}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
@R _{province}, {ngay_ban_hanh!d}
! QUYẾT ĐỊNH
!! *V/v {ve_viec}
!! *GIÁM ĐỐC SỞ NỘI VỤ
> Căn cứ Quyết định của Ủy ban nhân dân về chức năng, nhiệm vụ của Sở Nội vụ; xét hồ sơ của đương sự và đề nghị của \
Trưởng phòng Người có công,
# QUYẾT ĐỊNH:
> Điều 1. Giải quyết chế độ đối với người có tên dưới đây:
--
Họ và tên {ho_ten!u} | Ngày sinh {ngay_sinh}
Số CCCD/CMND {so_giay_to} | Mã hồ sơ {+number}-TC
Nơi thường trú {noi_cu_tru}
> Điều 2. Các khoản được hưởng như sau:
TABLE 0.6 4 2 2.4
T TT | Nội dung | Từ tháng | Số tiền (đồng)
T 1 | Trợ cấp hằng tháng | 7/2026 | 2.055.000
T 2 | Trợ cấp một lần | - | 6.165.000
> Điều 3. Trưởng phòng Người có công, Kế toán trưởng và người có tên tại Điều 1 thi hành Quyết định này./.
$ Nơi nhận: như Điều 3; Lưu: VT / - | KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / {signer}
""",
    "giay_chung_nhan_dat": """
& drum
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
!! *{so_phat_hanh}
[[
# 1. Người sử dụng đất:
Ông/Bà: {ho_ten!u}
Năm sinh: {nam_sinh}
Số định danh/CMND: {so_giay_to}
Địa chỉ: {noi_cu_tru}
# 2. Thông tin thửa đất:
a) Thửa đất số: {thua_dat}
Tờ bản đồ số: {to_ban_do}
b) Diện tích: {dien_tich}
c) Loại đất: {muc_dich}
d) Thời hạn sử dụng đất: {thoi_han}
đ) Hình thức sử dụng đất: {hinh_thuc}
e) Địa chỉ thửa đất: {dia_chi_thua_dat}
g) Nguồn gốc sử dụng đất: {nguon_goc}
||
# 3. Sơ đồ thửa đất:
& sketch
TABLE 1 2.2 2.2 1.8
T Đỉnh | X (m) | Y (m) | Cạnh (m)
T 1 | 1204{+number},12 | 5873{+number},40 | 12,05
T 2 | 1204{+number},87 | 5873{+number},09 | 20,31
T 3 | 1204{+number},55 | 5873{+number},76 | 11,98
T 4 | 1204{+number},03 | 5873{+number},64 | 20,12
# 4. Tài sản gắn liền với đất: -/-
# 5. Ghi chú: Không
]]
/ {province}, {+date}
$ - | CHI NHÁNH VPĐK ĐẤT ĐAI / GIÁM ĐỐC / {signer}
""",
    "giay_uy_quyen": """
& copy
@C CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! VĂN BẢN ỦY QUYỀN
!! (Lập trên Cổng Dịch vụ công quốc gia)
[[
# NGƯỜI ỦY QUYỀN
Họ và tên {ho_ten_uy_quyen}
Ngày sinh {ngay_sinh_uy_quyen}
Số giấy tờ tùy thân {so_giay_to_uy_quyen}
Nơi cư trú {noi_cu_tru_uy_quyen}
||
# NGƯỜI ĐƯỢC ỦY QUYỀN
Họ và tên {ho_ten_duoc_uy_quyen}
Ngày sinh {ngay_sinh_duoc_uy_quyen}
Số giấy tờ tùy thân {so_giay_to_duoc_uy_quyen}
Nơi cư trú {noi_cu_tru_duoc_uy_quyen}
]]
# NỘI DUNG
Phạm vi ủy quyền {noi_dung}
Thời hạn {thoi_han}
> Người được ủy quyền được ký các giấy tờ cần thiết và nộp các khoản phí, lệ phí liên quan; không được ủy quyền lại.
> Hai bên đã tự đọc, hiểu rõ quyền, nghĩa vụ, lợi ích hợp pháp của mình và hậu quả pháp lý của việc ủy quyền này.
/ {province}, {+date}
$ Người được ủy quyền / (Ký, ghi rõ họ tên) / {ho_ten_duoc_uy_quyen} | Người ủy quyền / \
(Ký, ghi rõ họ tên) / {ho_ten_uy_quyen}
""",
    "can_cuoc": """
& app
@C *CĂN CƯỚC ĐIỆN TỬ
@C _Thông tin hiển thị trên Ứng dụng định danh quốc gia
--
& portrait
Họ, chữ đệm và tên {ho_ten}
Số định danh cá nhân {so_dinh_danh}
Ngày sinh {ngay_sinh} | Giới tính {gioi_tinh} | Quốc tịch {quoc_tich}
& wide
Quê quán {que_quan}
Nơi thường trú {noi_thuong_tru}
Ngày cấp {+lately} | Có giá trị đến {co_gia_tri_den}
Nơi cấp {'Bộ Công an}
> Bản in này được kết xuất theo yêu cầu của công dân lúc 14:20 {+date}; không thay thế thẻ.
""",
    "bang_ke": f"""
& qr
{_COMMUNE}
@L *TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG
! BẢNG KÊ HỒ SƠ TIẾP NHẬN VÀ TRẢ KẾT QUẢ
!! (Từ ngày {{+lately}}, in lúc 16:58)
TABLE 0.7 2.5 3 2.7 1.8 2.2
T TT | Mã hồ sơ | Người nộp | Thủ tục | Ngày nhận | Kết quả
T 1 | H26.12.{{+number}} | {{+person}} | Đăng ký khai sinh | {{+lately}} | Đã trả
T 2 | H26.12.{{+number}} | {{+person}} | Đăng ký kết hôn | {{+lately}} | Đã trả
T 3 | H26.12.{{+number}} | {{+person}} | Chứng thực bản sao từ bản chính | {{+lately}} | Đúng hạn
T 4 | H26.12.{{+number}} | {{+person}} | Cấp bản sao trích lục hộ tịch | {{+lately}} | Trước hạn
T 5 | H26.12.{{+number}} | {{+person}} | Đăng ký biến động đất đai | {{+lately}} | Chờ bổ sung
T 6 | H26.12.{{+number}} | {{+person}} | Đăng ký khai tử | {{+lately}} | Đã trả
T 7 | H26.12.{{+number}} | {{+person}} | Thay đổi, cải chính hộ tịch | {{+lately}} | Đang xử lý
T 8 | H26.12.{{+number}} | {{+person}} | Đăng ký hộ kinh doanh | {{+lately}} | Đã trả
T 9 | H26.12.{{+number}} | {{+person}} | Hỗ trợ chi phí mai táng | {{+lately}} | Quá hạn
T 10 | H26.12.{{+number}} | {{+person}} | Xác nhận tình trạng hôn nhân | {{+lately}} | Đã trả
--
Tổng số hồ sơ {{'10}} | Đã giải quyết {{'07}} | Tỷ lệ đúng hạn {{'90,0%}}
/ {{commune}}, {{+date}}
$ NGƯỜI LẬP BIỂU / (Ký, ghi rõ họ tên) / {{clerk}} | GIÁM ĐỐC / (Ký số) / {{signer}}
""",
}
