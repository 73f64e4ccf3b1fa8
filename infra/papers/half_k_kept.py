"""Wording of half `k`, style `kept`: carbon copies, notaries' deeds, company papers: what lies in cabinets."""

from typing import Final

_MOTTO: Final = """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
"""
_TOOLS: Final = "\n".join(
    f"T {number} | {thing} | {unit} | {count} | {year} | {state}"
    for number, (thing, unit, count, year, state) in enumerate(
        (("Máy tiện vạn năng T616", "cái", "02", "1994", "Còn dùng được"),
         ("Máy khoan cần K525", "cái", "01", "1998", "Hỏng hộp số"),
         ("Pa lăng xích 3 tấn", "bộ", "03", "2006", "Tốt"), ("Máy hàn hồ quang xoay chiều", "cái", "05", "2011", "Tốt"),
         ("Ê tô nguội 150", "cái", "12", "2003", "Mòn má kẹp"),
         ("Bình dưỡng khí 40 lít", "bình", "08", "2015", "Quá hạn kiểm định"),
         ("Xe nâng tay", "chiếc", "02", "2017", "Rò dầu thủy lực"), ("Thước cặp 300 mm", "cái", "06", "2012", "Tốt"),
         ("Tủ sấy que hàn", "cái", "01", "2009", "Chờ sửa chữa"), ("Quạt công nghiệp", "cái", "07", "2019", "Tốt"),
         ("Đồng hồ đo điện vạn năng", "cái", "04", "2018", "Thiếu que đo"),
         ("Bàn máp gang", "cái", "01", "1989", "Rỗ mặt")), 1,
    )
)  # fmt: skip

KEPT: Final = {
    "giay_khai_sinh": f"""
& browned
@L {{place!u}}
@L *{{office}}
@L Quyển số: 01
@L Số: {{so}}
{_MOTTO}
! GIẤY KHAI SINH
!! (Cấp lại từ sổ gốc)
Họ và tên: {{ho_ten!u}}
Sinh ngày: {{ngay_sinh}} | Nam, nữ: {{gioi_tinh}}
Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
Nơi sinh: {{noi_sinh}}
Nguyên quán: {{que_quan}}
Số định danh: {{so_dinh_danh}}
Họ và tên người mẹ: {{ho_ten_me}}
Mẹ sinh năm: {{nam_sinh_me}}
Chỗ ở của mẹ: {{noi_cu_tru_me}}
Họ và tên người cha: {{ho_ten_cha}}
Cha sinh năm: {{nam_sinh_cha}}
Chỗ ở của cha: {{noi_cu_tru_cha}}
Nơi đăng ký: {{noi_dang_ky}}
Đăng ký ngày: {{ngay_dang_ky}}
$ Cán bộ hộ tịch / {{clerk}} | TM. ỦY BAN NHÂN DÂN / (đã ký) / {{signer}}
""",
    "giay_chung_sinh": f"""
@L *TRẠM Y TẾ {{office}}
@L Số: {{so}}
{_MOTTO}
! GIẤY CHỨNG SINH
> Trạm Y tế chứng nhận:
- Bà mẹ tên là: {{ho_ten_me}} | Năm sinh: {{nam_sinh_me}}
- CCCD (số định danh) của mẹ: {{so_dinh_danh_me}}
- Dân tộc: {{dan_toc_me}}
- Chỗ ở: {{noi_cu_tru_me}}
- Đã sinh vào hồi: {{thoi_gian_sinh}}
- Nơi sinh: {{noi_sinh}}
- Sinh lần thứ mấy: {{so_lan_sinh}} | Sinh mấy con: {{so_con}}
- Con trai hay gái (giới tính): {{gioi_tinh_con}} | Nặng: {{can_nang}}
- Sức khỏe của con: {{tinh_trang_con}}
- Tên định đặt: {{ten_du_dinh}}
- Người đỡ: {{nguoi_do_de}}
> Vậy lập giấy này để gia đình đi làm khai sinh cho cháu theo quy định.
/ {{commune}}, {{+now}}
$ NGƯỜI MẸ / (ký hoặc điểm chỉ) / {{ho_ten_me}} | TRẠM TRƯỞNG / {{signer}}
& thumb
""",
    "giay_chung_nhan_ket_hon": f"""
& browned
@L ỦY BAN NHÂN DÂN
@L *{{office}}
@L Số: {{so}}
{_MOTTO}
! TRÍCH LỤC KẾT HÔN
> Trích từ Sổ đăng ký kết hôn của địa phương:
Người chồng: {{ho_ten_chong}}, | sinh ngày {{ngay_sinh_chong}}, | dân tộc {{dan_toc_chong}};
Nơi cư trú của chồng: {{noi_cu_tru_chong}};
CMND/CCCD của chồng số: {{so_giay_to_chong}}.
Người vợ: {{ho_ten_vo}}, | sinh ngày {{ngay_sinh_vo}}, | dân tộc {{dan_toc_vo}};
Nơi cư trú của vợ: {{noi_cu_tru_vo}};
CMND/CCCD của vợ số: {{so_giay_to_vo}}.
Nơi đăng ký kết hôn: {{noi_dang_ky}}.
Ngày đăng ký kết hôn: {{ngay_dang_ky}}.
> Trích lục này sao đúng nội dung ghi trong sổ, cấp cho đương sự theo đơn đề nghị {{+now}}.
$ NGƯỜI SAO LỤC / {{clerk}} | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
& certified
""",
    "trich_luc_khai_tu": f"""
& browned
@L *UBND {{office}}
@L Số: {{so}}
{_MOTTO}
! TRÍCH LỤC KHAI TỬ
Họ tên người chết: {{ho_ten!u}}
Ngày sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}}
Dân tộc: {{dan_toc}}
Quốc tịch: {{quoc_tich}}
Số định danh (CCCD): {{so_dinh_danh}}
Chết lúc: {{thoi_gian_chet}}
Nơi chết: {{noi_chet}}
Nguyên nhân chết: {{nguyen_nhan}}
Nơi đăng ký: {{noi_dang_ky}}
Ngày đăng ký: {{ngay_dang_ky}}
Người khai: {{nguoi_yeu_cau}}
/ {{commune}}, {{+now}}
$ Người viết / {{clerk}} | T/M. ỦY BAN NHÂN DÂN / {{signer}}
""",
    "xac_nhan_cu_tru": f"""
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_MOTTO}
! GIẤY XÁC NHẬN
!! (Về nơi cư trú của công dân)
> Công an {{commune}} xác nhận:
+ Anh/chị: {{ho_ten}}
+ Sinh ngày: {{ngay_sinh}} | Giới tính: {{gioi_tinh}}
+ Số định danh: {{so_dinh_danh}}
+ Dân tộc: {{dan_toc}} | Quốc tịch: {{quoc_tich}}
+ Quê quán: {{que_quan}}
+ Hộ khẩu thường trú: {{noi_thuong_tru}}
+ Tạm trú: {{noi_tam_tru}}
+ Chỗ ở hiện nay: {{noi_o_hien_tai}}
+ Họ tên chủ hộ: {{ho_ten_chu_ho}} | Quan hệ với chủ hộ: {{quan_he_chu_ho}}
+ Số định danh chủ hộ: {{so_dinh_danh_chu_ho}}
> Từ ngày về cư trú tại địa phương, đương sự chấp hành tốt chủ trương của Đảng, pháp luật của Nhà nước. Đề nghị \
cơ quan hữu quan giúp đỡ.
/ {{commune}}, {{+now}}
$ - | TRƯỞNG CÔNG AN / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
@L *ỦY BAN NHÂN DÂN {{office}}
@L Số: {{so}}
{_MOTTO}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
Ủy ban nhân dân xác nhận ông (bà) {{ho_ten}}, | sinh ngày {{ngay_sinh}}, | giới tính {{gioi_tinh}}, | dân tộc \
{{dan_toc}}, | quốc tịch {{quoc_tich}}, | mang giấy tờ số {{so_giay_to}}.
Nơi cư trú: {{noi_cu_tru}}.
Tình trạng hôn nhân: {{tinh_trang}}.
Mục đích sử dụng: {{muc_dich}}.
> Giấy xác nhận có giá trị trong thời hạn sáu tháng kể từ ngày ký; quá thời hạn trên, người được cấp phải làm \
lại thủ tục từ đầu.
> Người được cấp chịu trách nhiệm trước pháp luật về lời khai của mình.
/ {{commune}}, {{+now}}
$ CÁN BỘ TƯ PHÁP / {{clerk}} | TM. UBND / CHỦ TỊCH / {{signer}}
& arrived
""",
    "quyet_dinh": f"""
& holes
@L TỔNG CÔNG TY CƠ KHÍ MỎ
@L *XÍ NGHIỆP SỬA CHỮA SỐ 2
@L Số: {{so}}
{_MOTTO}
/ {{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH CỦA GIÁM ĐỐC XÍ NGHIỆP
!! *Về việc {{ve_viec}}
> - Căn cứ Bộ luật Lao động và Điều lệ tổ chức hoạt động của Xí nghiệp;
> - Căn cứ nghị quyết Hội nghị người lao động năm 2025;
> - Xét đề nghị của Trưởng phòng Tổ chức - Lao động,
!! *QUYẾT ĐỊNH:
> ĐIỀU 1: Nay {{ve_viec}} đối với ông (bà):
Họ và tên: {{ho_ten}}
Ngày sinh: {{ngay_sinh}}
Số CMND/CCCD: {{so_giay_to}}
Chỗ ở hiện nay: {{noi_cu_tru}}
Chức danh: {{'Thợ nguội bậc 4/7}}
> ĐIỀU 2: Các ông, bà Trưởng phòng Tổ chức - Lao động, Kế toán trưởng, Quản đốc phân xưởng và ông (bà) có tên \
trên chịu trách nhiệm thi hành quyết định này.
$ Nơi nhận: / - Như Điều 2; / - Lưu TCLĐ. / - | GIÁM ĐỐC XÍ NGHIỆP / {{signer}}
""",
    "giay_chung_nhan_dat": """
& browned
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG NHẬN
!! *QUYỀN SỬ DỤNG ĐẤT
!! *ỦY BAN NHÂN DÂN CHỨNG NHẬN
Hộ ông (bà): {ho_ten}
Sinh năm: {nam_sinh} | Số CMND: {so_giay_to}
Địa chỉ thường trú: {noi_cu_tru}
> Được quyền sử dụng thửa đất có các đặc điểm sau đây:
a) Thửa đất số: {thua_dat} | b) Tờ bản đồ số: {to_ban_do}
c) Diện tích: {dien_tich}
d) Địa chỉ thửa đất: {dia_chi_thua_dat}
đ) Mục đích sử dụng đất: {muc_dich}
e) Thời hạn sử dụng đất: {thoi_han}
g) Hình thức sử dụng đất: {hinh_thuc}
h) Nguồn gốc sử dụng đất: {nguon_goc}
/ {commune}, {+now}
$ Vào sổ cấp giấy / {clerk} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {signer}
Số phát hành: {so_phat_hanh}
""",
    "giay_uy_quyen": """
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! HỢP ĐỒNG ỦY QUYỀN
!! (Số công chứng {+number}, quyển số 03/2026 TP/CC-SCC/HĐGD)
> Tại Văn phòng Công chứng Ngô Thế Bường, trước mặt Công chứng viên, hai bên dưới đây tự nguyện giao kết:
Bên ủy quyền là ông (bà): {ho_ten_uy_quyen}; | sinh ngày: {ngay_sinh_uy_quyen}; | giấy tờ tùy thân số: \
{so_giay_to_uy_quyen};
Nơi cư trú của bên ủy quyền: {noi_cu_tru_uy_quyen}.
Bên được ủy quyền là ông (bà): {ho_ten_duoc_uy_quyen}; | sinh ngày: {ngay_sinh_duoc_uy_quyen}; | giấy tờ tùy \
thân số: {so_giay_to_duoc_uy_quyen};
Nơi cư trú của bên được ủy quyền: {noi_cu_tru_duoc_uy_quyen}.
Nội dung ủy quyền: {noi_dung}.
Thời hạn ủy quyền: {thoi_han}.
> Bên được ủy quyền thực hiện công việc nhân danh bên ủy quyền, không nhận thù lao và không được ủy quyền lại \
cho người thứ ba, trừ khi bên ủy quyền đồng ý bằng văn bản.
> Hai bên đã đọc lại hợp đồng, đồng ý toàn bộ nội dung, cùng ký tên và điểm chỉ vào từng trang.
$ BÊN ỦY QUYỀN / {ho_ten_uy_quyen} | BÊN ĐƯỢC ỦY QUYỀN / {ho_ten_duoc_uy_quyen} | CÔNG CHỨNG VIÊN / {signer}
""",
    "can_cuoc": f"""
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
{_MOTTO}
! GIẤY BÁO KẾT QUẢ CẤP THẺ CĂN CƯỚC
> Kính gửi: công dân có tên dưới đây. Thẻ căn cước của công dân đã in xong, với các thông tin:
Số thẻ (số định danh cá nhân) ghi là: {{so_dinh_danh}}
Họ và tên ghi trên thẻ: {{ho_ten!u}}
Ngày sinh: {{ngay_sinh}}
Giới tính: {{gioi_tinh}}
Quốc tịch: {{quoc_tich}}
Quê quán: {{que_quan}}
Nơi thường trú: {{noi_thuong_tru}}
Có giá trị đến: {{co_gia_tri_den}}
> Mời công dân đến bộ phận trả kết quả trong giờ hành chính, mang theo giấy hẹn và giấy tờ cũ để cắt góc. Nếu \
có sai sót, đề nghị báo ngay cho cán bộ phụ trách.
/ {{commune}}, {{+now}}
$ NGƯỜI NHẬN THẺ / (ký, ghi rõ họ tên) / {{ho_ten}} | ĐỘI TRƯỞNG / {{signer}}
""",
    "bang_ke": f"""
& holes
@L *XÍ NGHIỆP SỬA CHỮA SỐ 2
@L Phân xưởng Nguội
{_MOTTO}
! BẢNG KÊ TÀI SẢN, CÔNG CỤ
!! (Kiểm kê lúc 0 giờ ngày 01 tháng 7 năm 2026)
TABLE 0.8c 3.8 1c 1.1c 1.5c 3
T TT | Tên tài sản, công cụ | ĐVT | Số lượng | Năm sử dụng | Tình trạng
{_TOOLS}
> Cộng: 12 khoản. Những khoản hỏng, quá hạn đề nghị Xí nghiệp cho thanh lý hoặc sửa chữa trong quý IV.
/ {{commune}}, {{+now}}
$ THỦ KHO / {{+person}} | TỔ KIỂM KÊ / {{clerk}} | QUẢN ĐỐC / {{signer}}
""",
}  # fmt: skip
