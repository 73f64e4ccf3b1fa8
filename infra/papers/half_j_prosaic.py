"""Wording of half `j`, style `prosaic`: letters, deeds and decisions in running sentences."""

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
    + "@R _{commune}, {+now}\n"
)
_HOUSES: Final = "\n".join(
    f"T {number} | {{+person}} | {{+aged}} | {{+id}} | {kind} | {score}"
    for number, (kind, score) in enumerate(
        (("Hộ nghèo", 95), ("Hộ nghèo", 105), ("Hộ cận nghèo", 125), ("Hộ nghèo", 85), ("Hộ cận nghèo", 130),
         ("Hộ cận nghèo", 135), ("Hộ nghèo", 110), ("Hộ cận nghèo", 120), ("Hộ nghèo", 100), ("Hộ nghèo", 90),
         ("Hộ cận nghèo", 115)), 1,
    )
)  # fmt: skip

PROSAIC: Final = {
    "giay_khai_sinh": f"""
{_COMMUNE}
! TRÍCH LỤC KHAI SINH
!! (BẢN SAO)
> Ủy ban nhân dân {{commune}} trích lục từ Sổ đăng ký khai sinh những nội dung sau:
Họ, chữ đệm, tên người được khai sinh là {{ho_ten!u}}, | giới tính: {{gioi_tinh}}, | sinh ngày: \
{{ngay_sinh}}, | dân tộc: {{dan_toc}}, | quốc tịch: {{quoc_tich}}.
Nơi sinh: {{noi_sinh}}. | Quê quán: {{que_quan}}.
Số định danh cá nhân: {{so_dinh_danh}}.
Họ, chữ đệm, tên người mẹ: {{ho_ten_me}}, | năm sinh: {{nam_sinh_me}}, | nơi cư trú: {{noi_cu_tru_me}}.
Họ, chữ đệm, tên người cha: {{ho_ten_cha}}, | năm sinh: {{nam_sinh_cha}}, | nơi cư trú: {{noi_cu_tru_cha}}.
Nơi đăng ký khai sinh: {{noi_dang_ky}}. | Ngày, tháng, năm đăng ký: {{ngay_dang_ky}}.
$ Nơi nhận: / - Đương sự; / - Lưu: HT. / - | NGƯỜI KÝ TRÍCH LỤC / {{signer}}
""",
    "giay_chung_sinh": f"""
@L SỞ Y TẾ {{province!u}}
@L *{{noi_sinh!u}}
@L Số: {{so}}
{_BESIDE}
! GIẤY CHỨNG SINH
> Chúng tôi chứng nhận bà có tên dưới đây đã sinh con tại cơ sở chúng tôi.
- Họ và tên mẹ: {{ho_ten_me}}; | năm sinh: {{nam_sinh_me}}; | dân tộc: {{dan_toc_me}}
- Số căn cước: {{so_dinh_danh_me}}
- Nơi cư trú: {{noi_cu_tru_me}}
- Đã sinh con vào lúc: {{thoi_gian_sinh}}
- Tại: {{noi_sinh}}
- Số lần sinh: {{so_lan_sinh}}; | số con trong lần sinh này: {{so_con}}
- Giới tính của con: {{gioi_tinh_con}}; | cân nặng: {{can_nang}}
- Tình trạng của con: {{tinh_trang_con}}
- Dự định đặt tên con: {{ten_du_dinh}}
- Họ và tên người đỡ đẻ: {{nguoi_do_de}}
/ {{province}}, {{+now}}
$ CHA/MẸ / {{+person}} | GIÁM ĐỐC / {{signer}}
& creased
""",
    "giay_chung_nhan_ket_hon": f"""
& rosy
{_MOTTO}
! GIẤY CHỨNG NHẬN KẾT HÔN
!! (Trích lục - bản sao) Số: {{so}}
> Ủy ban nhân dân {{commune}} trích lục việc kết hôn giữa:
Vợ: {{ho_ten_vo}}, | sinh ngày: {{ngay_sinh_vo}}, | dân tộc: {{dan_toc_vo}}, | số giấy tờ tùy thân: \
{{so_giay_to_vo}}, | nơi cư trú: {{noi_cu_tru_vo}};
Chồng: {{ho_ten_chong}}, | sinh ngày: {{ngay_sinh_chong}}, | dân tộc: {{dan_toc_chong}}, | số giấy tờ tùy thân: \
{{so_giay_to_chong}}, | nơi cư trú: {{noi_cu_tru_chong}}.
Đăng ký kết hôn tại: {{noi_dang_ky}}, | ngày: {{ngay_dang_ky}}.
> Kể từ ngày đăng ký, hai bên có đầy đủ quyền và nghĩa vụ của vợ, chồng theo Luật Hôn nhân và gia đình.
/ {{commune}}, {{+now}}
$ CÔNG CHỨC HỘ TỊCH / {{clerk}} | CHỦ TỊCH / {{signer}}
""",
    "trich_luc_khai_tu": f"""
{_COMMUNE}
! TRÍCH LỤC KHAI TỬ
Họ, chữ đệm, tên người chết: {{ho_ten!u}}; | sinh ngày: {{ngay_sinh}}; | giới tính: {{gioi_tinh}}; | dân tộc: \
{{dan_toc}}; | quốc tịch: {{quoc_tich}}; | số định danh cá nhân: {{so_dinh_danh}}.
Thời gian chết: {{thoi_gian_chet}}.
Nơi chết: {{noi_chet}}; | nguyên nhân chết: {{nguyen_nhan}}.
Nơi đăng ký khai tử: {{noi_dang_ky}}; | ngày đăng ký: {{ngay_dang_ky}}.
Người đi đăng ký khai tử: {{nguoi_yeu_cau}}.
> Trích lục được cấp để thân nhân làm chế độ mai táng phí và xóa đăng ký thường trú./.
$ Nơi nhận: / - Thân nhân; / - BHXH cơ sở; / - Lưu: HT. / - | TM. ỦY BAN NHÂN DÂN / PHÓ CHỦ TỊCH / {{signer}}
& copied
""",
    "xac_nhan_cu_tru": f"""
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
@L Số: {{so}}
{_BESIDE}
@R _{{commune}}, {{+now}}
! GIẤY XÁC NHẬN
!! Về nơi cư trú của công dân
> Công an {{commune}}, qua kiểm tra Cơ sở dữ liệu quốc gia về dân cư, xác nhận:
- Công dân: {{ho_ten}} | (giới tính: {{gioi_tinh}})
- Sinh ngày: {{ngay_sinh}}, | dân tộc: {{dan_toc}}, | quốc tịch: {{quoc_tich}}
- Số định danh cá nhân: {{so_dinh_danh}}
- Quê quán: {{que_quan}}
- Có nơi thường trú: {{noi_thuong_tru}}
- Nơi tạm trú: {{noi_tam_tru}}
- Nơi ở hiện tại: {{noi_o_hien_tai}}
- Họ tên chủ hộ: {{ho_ten_chu_ho}} | (số định danh chủ hộ: {{so_dinh_danh_chu_ho}})
- Quan hệ với chủ hộ: {{quan_he_chu_ho}}
> Giấy này được cấp theo đề nghị của đương sự để bổ túc hồ sơ và có giá trị một năm./.
$ - | KT. TRƯỞNG CÔNG AN / PHÓ TRƯỞNG CÔNG AN / {{signer}}
""",
    "xac_nhan_hon_nhan": f"""
{_COMMUNE}
! GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
> Ủy ban nhân dân {{commune}}, căn cứ tờ khai của đương sự và kết quả tra cứu, xác nhận như sau:
Ông (bà): {{ho_ten!u}}, | sinh ngày: {{ngay_sinh}}, | giới tính: {{gioi_tinh}}, | dân tộc: {{dan_toc}}, | quốc tịch: \
{{quoc_tich}}, | giấy tờ tùy thân số: {{so_giay_to}}, | hiện cư trú tại: {{noi_cu_tru}}.
Tình trạng hôn nhân: {{tinh_trang}}.
Giấy này được sử dụng để: {{muc_dich}}.
> Giấy xác nhận có giá trị trong 06 tháng, kể từ ngày cấp, không được dùng cho mục đích khác.
$ Nơi nhận: / - Đương sự; / - Lưu: HT. / - | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {{signer}}
""",
    "quyet_dinh": f"""
@L ỦY BAN NHÂN DÂN
@L *{{office}}
@L Số: {{so}}
{_BESIDE}
@R _{{commune}}, {{ngay_ban_hanh!d}}
! QUYẾT ĐỊNH
!! *Về việc {{ve_viec}}
!! *CHỦ TỊCH ỦY BAN NHÂN DÂN {{office}}
> Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
> Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ;
> Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số {{+number}}/TTr-VHXH {{+date}}.
!! *QUYẾT ĐỊNH:
Điều 1. Chấp thuận đề nghị của ông (bà) {{ho_ten}}, | sinh ngày {{ngay_sinh}}, | số căn cước/CMND {{so_giay_to}}, | \
cư trú tại {{noi_cu_tru}}.
> Điều 2. Ông (bà) có tên tại Điều 1 có quyền và nghĩa vụ theo quy định của pháp luật kể từ ngày Quyết định này \
có hiệu \
lực.
> Điều 3. Chánh Văn phòng, Trưởng phòng Văn hóa - Xã hội, Thủ trưởng các đơn vị có liên quan và ông (bà) có tên tại \
Điều 1 chịu trách nhiệm thi hành Quyết định này./.
$ Nơi nhận: / - Như Điều 3; / - TT. HĐND xã (b/c); / - CT, các PCT; / - Lưu: VT. / - | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / \
{{signer}}
""",
    "giay_chung_nhan_dat": f"""
& leaf
@TR {{so_phat_hanh}}
{_MOTTO}
! TRANG BỔ SUNG GIẤY CHỨNG NHẬN
!! (Thông tin thửa đất và người sử dụng đất)
- Số phát hành Giấy chứng nhận: {{so_phat_hanh}}
- Người sử dụng đất: {{ho_ten}}, | năm sinh: {{nam_sinh}}, | CCCD/CMND số: {{so_giay_to}}
- Địa chỉ: {{noi_cu_tru}}
- Thửa đất số: {{thua_dat}}, | tờ bản đồ số: {{to_ban_do}}, | diện tích: {{dien_tich}}
- Mục đích sử dụng: {{muc_dich}}; | hình thức sử dụng: {{hinh_thuc}}
- Thời hạn sử dụng: {{thoi_han}}
- Địa chỉ thửa đất: {{dia_chi_thua_dat}}
- Nguồn gốc sử dụng: {{nguon_goc}}
TABLE 2c 5 3
T Ngày, tháng, năm | Nội dung thay đổi và cơ sở pháp lý | Xác nhận của cơ quan
T {{+lately}} | Thế chấp quyền sử dụng đất tại Ngân hàng Nông nghiệp; hồ sơ số 0{{+number}}.TC.002 | Đã ký
T {{+due}} | Xóa đăng ký thế chấp; hồ sơ số 0{{+number}}.XC.001 | Đã ký
/ {{province}}, {{+now}}
$ - | CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI / PHÓ GIÁM ĐỐC / {{signer}}
""",
    "giay_uy_quyen": f"""
{_MOTTO}
! GIẤY ỦY QUYỀN
> Hôm nay, {{+now}}, tại trụ sở Ủy ban nhân dân {{commune}}, tôi gồm có tên và địa chỉ sau đây lập giấy này.
Tôi là {{ho_ten_uy_quyen}}, | sinh ngày {{ngay_sinh_uy_quyen}}, | mang căn cước/CMND số {{so_giay_to_uy_quyen}}, | \
hiện cư trú tại {{noi_cu_tru_uy_quyen}}.
Bằng giấy này tôi ủy quyền cho {{ho_ten_duoc_uy_quyen}}, | sinh ngày {{ngay_sinh_duoc_uy_quyen}}, | mang căn \
cước/CMND số {{so_giay_to_duoc_uy_quyen}}, | hiện cư trú tại {{noi_cu_tru_duoc_uy_quyen}}.
Nội dung ủy quyền: {{noi_dung}}.
Thời hạn ủy quyền: {{thoi_han}}.
> Tôi đã tự đọc lại giấy ủy quyền, hiểu rõ hậu quả pháp lý của việc ủy quyền, hoàn toàn tự nguyện, không bị lừa \
dối, ép \
buộc và ký tên, điểm chỉ dưới đây.
$ NGƯỜI ĐƯỢC ỦY QUYỀN / (Ký, điểm chỉ) / {{ho_ten_duoc_uy_quyen}} | NGƯỜI ỦY QUYỀN / (Ký, điểm chỉ) / \
{{ho_ten_uy_quyen}}
& thumb
--
> Chứng thực: ông (bà) nêu trên đã ký trước mặt người chứng thực, số chứng thực {{+number}}, quyển số 02/2026 - \
SCT/CK,ĐC.
""",
    "can_cuoc": f"""
@L CÔNG AN {{above!u}}
@L *CÔNG AN {{office}}
{_BESIDE}
@R _{{commune}}, {{+now}}
! THÔNG BÁO SỐ ĐỊNH DANH VÀ THÔNG TIN CĂN CƯỚC
> Công an {{commune}} thông báo thông tin của công dân trong Cơ sở dữ liệu căn cước như sau:
1. Họ, chữ đệm và tên: {{ho_ten}}
2. Số định danh cá nhân: {{so_dinh_danh}}
3. Sinh ngày: {{ngay_sinh}}; | 4. Giới tính: {{gioi_tinh}}; | 5. Quốc tịch: {{quoc_tich}}
6. Quê quán: {{que_quan}}
7. Nơi thường trú: {{noi_thuong_tru}}
8. Thẻ căn cước có giá trị đến: {{co_gia_tri_den}}
> Thông báo để công dân được biết và liên hệ đổi thẻ đúng hạn./.
$ Nơi nhận: / - Công dân; / - Lưu: HS. / - | TRƯỞNG CÔNG AN / {{signer}}
""",
    "bang_ke": f"""
@L ỦY BAN NHÂN DÂN
@L *{{office}}
{_BESIDE}
! BIÊN BẢN NIÊM YẾT DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO
!! (Kèm theo Thông báo số {{+number}}/TB-UBND {{+date}})
> Hôm nay, {{+now}}, tại nhà văn hóa thôn, đại diện Ủy ban nhân dân cùng trưởng thôn niêm yết công khai danh \
sách các hộ \
qua rà soát, thời gian niêm yết là 05 ngày làm việc.
TABLE 0.6c 2.6 1.6c 2c 1.7 0.9c 1.4
T TT | Chủ hộ | Ngày sinh | Số định danh | Kết quả rà soát | Điểm B | Ghi chú
{_HOUSES}
> Hết thời gian niêm yết, không có ý kiến khiếu nại. Biên bản lập thành 03 bản có giá trị như nhau.
$ TRƯỞNG THÔN / {{+person}} | ĐẠI DIỆN MẶT TRẬN / {{+person}} | CÁN BỘ NIÊM YẾT / {{clerk}}
""",
}
