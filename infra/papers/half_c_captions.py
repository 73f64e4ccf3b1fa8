"""Wording of half `c`, style `captions`: certificates on a printed ground, what a value is stands small below it."""

from typing import Final

_MOTTO: Final = """
& ground
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
"""

CAPTIONS: Final = {
    "giay_khai_sinh": _MOTTO
    + """
! GIẤY KHAI SINH
!! Số/No.: {so}
{ho_ten} Họ, chữ đệm, tên / Full name
{ngay_sinh} ngày, tháng, năm sinh | {gioi_tinh} giới tính | {dan_toc} dân tộc | {quoc_tich} quốc tịch
{noi_sinh} nơi sinh
{que_quan} quê quán
{so_dinh_danh} số định danh cá nhân
{ho_ten_cha} họ và tên cha | {nam_sinh_cha} năm sinh
{noi_cu_tru_cha} nơi cư trú của cha
{ho_ten_me} họ và tên mẹ | {nam_sinh_me} năm sinh
{noi_cu_tru_me} nơi cư trú của mẹ
{noi_dang_ky} cơ quan đăng ký | {ngay_dang_ky} ngày đăng ký
$ CÁN BỘ TƯ PHÁP HỘ TỊCH / {clerk} | CHỦ TỊCH ỦY BAN NHÂN DÂN / (Ký tên, đóng dấu) / {signer}
""",
    "giay_chung_sinh": """
@TL {noi_sinh}
@TR Số hồ sơ: {so}
& plain
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY CHỨNG SINH
{thoi_gian_sinh} giờ, ngày trẻ được sinh ra
{gioi_tinh_con} giới tính | {can_nang} cân nặng khi sinh | {tinh_trang_con} tình trạng
{so_con} số con sinh ra | {so_lan_sinh} lần sinh thứ mấy
{ten_du_dinh} tên dự kiến đặt cho trẻ
{ho_ten_me} họ tên mẹ | {nam_sinh_me} năm sinh
{so_dinh_danh_me} số định danh của mẹ | {dan_toc_me} dân tộc của mẹ
{noi_cu_tru_me} nơi mẹ cư trú
{nguoi_do_de} người trực tiếp đỡ đẻ
/ {province}, {+date}
$ NGƯỜI ĐỠ ĐẺ / {nguoi_do_de} | TUQ. GIÁM ĐỐC / (Ký tên, đóng dấu) / {signer}
""",
    "giay_chung_nhan_ket_hon": _MOTTO
    + """
! CHỨNG NHẬN KẾT HÔN
!! Vào sổ số {so}
[[
# Chồng
{ho_ten_chong!u} họ và tên
{ngay_sinh_chong} ngày sinh | {dan_toc_chong} dân tộc
{so_giay_to_chong} số giấy tờ tùy thân
{noi_cu_tru_chong} nơi thường trú, tạm trú
||
# Vợ
{ho_ten_vo!u} họ và tên
{ngay_sinh_vo} ngày sinh | {dan_toc_vo} dân tộc
{so_giay_to_vo} số giấy tờ tùy thân
{noi_cu_tru_vo} nơi thường trú, tạm trú
]]
{noi_dang_ky} nơi đăng ký
{ngay_dang_ky!d} kết hôn kể từ ngày
$ Cán bộ hộ tịch / {clerk} | TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH / {signer}
""",
    "trich_luc_khai_tu": """
@TL UBND {office}
@TR TLKT (bản sao)
& plain
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! TRÍCH LỤC KHAI TỬ
!! Trích từ sổ số {so}
{nguoi_yeu_cau} người yêu cầu khai tử
{ho_ten} họ và tên người chết
{ngay_sinh} sinh ngày | {gioi_tinh} giới tính | {dan_toc} dân tộc | {quoc_tich} quốc tịch
{so_dinh_danh} số định danh
{thoi_gian_chet} thời điểm chết
{noi_chet} nơi chết
{nguyen_nhan} nguyên nhân
{noi_dang_ky} nơi đăng ký | {ngay_dang_ky} ngày đăng ký
/ {province}, {+date}
$ - | KT. TRƯỞNG PHÒNG / PHÓ TRƯỞNG PHÒNG / {signer}
""",
    "xac_nhan_cu_tru": """
@TL CÔNG AN {office}
@TR Số xác nhận: {so}
& plain
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C *Độc lập - Tự do - Hạnh phúc
! GIẤY XÁC NHẬN CƯ TRÚ
{ho_ten!u} họ và tên | {ngay_sinh} ngày sinh
{so_dinh_danh} số định danh cá nhân | {gioi_tinh} giới tính
{dan_toc} dân tộc | {quoc_tich} quốc tịch
{que_quan} quê quán
{noi_thuong_tru} nơi thường trú
{noi_tam_tru} nơi tạm trú
{noi_o_hien_tai} nơi ở hiện tại
{quan_he_chu_ho} quan hệ với chủ hộ | {ho_ten_chu_ho} chủ hộ
{so_dinh_danh_chu_ho} số định danh của chủ hộ
$ CÁN BỘ TIẾP DÂN / {clerk} | KT. TRƯỞNG CÔNG AN / PHÓ TRƯỞNG CÔNG AN / {signer}
^ Người có tên trên chịu trách nhiệm về việc sử dụng giấy này. Hết giá trị sau 12 tháng.
""",
    "xac_nhan_hon_nhan": _MOTTO
    + """
! XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
!! UBND {office} - Số {so}
{ho_ten!u} họ, chữ đệm, tên
{gioi_tinh} nam/nữ | {ngay_sinh} sinh ngày | {dan_toc} dân tộc
{so_giay_to} số giấy tờ tùy thân | {quoc_tich} quốc tịch
{noi_cu_tru} nơi cư trú hiện nay
{tinh_trang} tình trạng hôn nhân
{muc_dich} mục đích sử dụng
> Xác nhận này không dùng để chứng minh các lần kết hôn ở nước ngoài chưa ghi vào sổ hộ tịch.
/ {commune}, {+date}
$ CÔNG CHỨC HỘ TỊCH / {clerk} | TM. ỦY BAN NHÂN DÂN / PHÓ CHỦ TỊCH / {signer}
""",
    "quyet_dinh": """
@L *HỘI ĐỒNG XÉT DUYỆT
@L *UBND {office}
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
@L Số {so}
@R _{province}, {ngay_ban_hanh!d}
! QUYẾT ĐỊNH
!! V/v {ve_viec}
> Chủ tịch UBND {office} - Căn cứ chức năng, nhiệm vụ, quyền hạn được pháp luật quy định; căn cứ biên bản họp \
{+date}; xét đơn của đương sự, quyết định:
# Điều 1.
Đối tượng: ông/bà {ho_ten}
Ngày tháng năm sinh: {ngay_sinh}
CCCD/CMND: {so_giay_to}
Hiện cư trú: {noi_cu_tru}
# Điều 2.
> Đối tượng nêu ở Điều 1 được hưởng quyền và thực hiện nghĩa vụ theo quy định kể từ tháng liền sau tháng ký.
# Điều 3.
> Bộ phận tài chính - kế toán, bộ phận một cửa và đương sự chịu trách nhiệm thi hành quyết định này.
$ Sao gửi: / (Điều 3, lưu VP) / - | KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / {signer}
""",
    "giay_chung_nhan_dat": _MOTTO
    + """
! GIẤY CHỨNG NHẬN
!! *QUYỀN SỬ DỤNG ĐẤT
@BL {so_phat_hanh}
{ho_ten!u} người sử dụng đất | {nam_sinh} năm sinh
{so_giay_to} số CMND/CCCD | {hinh_thuc} hình thức sử dụng
{noi_cu_tru} địa chỉ thường trú của người sử dụng đất
{to_ban_do} tờ bản đồ số | {thua_dat} thửa đất số | {dien_tich} diện tích
{dia_chi_thua_dat} địa chỉ thửa đất
{muc_dich} mục đích sử dụng | {thoi_han} thời hạn
{nguon_goc} nguồn gốc
/ {above}, {+date}
$ - | TUQ. ỦY BAN NHÂN DÂN / GIÁM ĐỐC SỞ / {signer}
""",
    "giay_uy_quyen": """
@R *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@R *Độc lập - Tự do - Hạnh phúc
! GIẤY ỦY QUYỀN
!! (dùng cho cá nhân nộp hồ sơ tại bộ phận một cửa)
> Căn cứ Bộ luật Dân sự năm 2015. Chúng tôi gồm có bà/ông {ho_ten_uy_quyen}, người ủy quyền, CCCD \
{so_giay_to_uy_quyen}, sinh {ngay_sinh_uy_quyen}, trú tại {noi_cu_tru_uy_quyen}; và bà/ông {ho_ten_duoc_uy_quyen}, \
người được ủy quyền, CCCD {so_giay_to_duoc_uy_quyen}, sinh {ngay_sinh_duoc_uy_quyen}, trú tại \
{noi_cu_tru_duoc_uy_quyen}, thỏa thuận như sau:
> Một là, phạm vi ủy quyền: {noi_dung}; người được ủy quyền được ký vào giấy tiếp nhận, bổ sung giấy tờ và nhận \
lại bản chính.
> Hai là, thời hạn ủy quyền là {thoi_han}, trừ khi hai bên thỏa thuận chấm dứt sớm bằng văn bản.
> Ba là, việc ủy quyền không có thù lao; chi phí, lệ phí do người ủy quyền chịu.
> Giấy lập thành 03 bản có giá trị như nhau, mỗi bên giữ một bản, một bản nộp kèm hồ sơ.
/ {place}, {+date}
$ Người ủy quyền / (chữ ký) / {ho_ten_uy_quyen} | Người được ủy quyền / (chữ ký) / {ho_ten_duoc_uy_quyen}
^ Chữ ký của người ủy quyền được UBND {office} chứng thực theo quy định về chứng thực chữ ký.
""",
    "can_cuoc": """
& chip
@C *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@C SOCIALIST REPUBLIC OF VIET NAM
@C *Độc lập - Tự do - Hạnh phúc
! CĂN CƯỚC CÔNG DÂN
!! Citizen Identity Card
& face
Số / No.: {so_dinh_danh}
Họ và tên / Full name: {ho_ten}
Ngày sinh / Date of birth: {ngay_sinh}
Giới tính / Sex: {gioi_tinh} | Quốc tịch / Nationality: {quoc_tich}
Quê quán / Place of origin: {que_quan}
Nơi thường trú / Place of residence: {noi_thuong_tru}
& expiry
Giá trị đến / Expiry: {co_gia_tri_den}
""",
}
