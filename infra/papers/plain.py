"""Pages of nothing but lines of text, as the body of a report or a letter: no labels, no leaders, no tables, no seal.

They tell how well print alone is read. What they say was written for them; names and places are the rarer pool's.
"""

from typing import Final

from infra.papers.corpus import Page
from infra.papers.grades import GRADES, copied
from infra.papers.rare import RarePool
from infra.papers.sheet import FONTS, Sheet

KIND: Final = "plain"
_SEED: Final = 4_000_000
_LEFT: Final = 72.0
_RIGHT: Final = 530.0
_LOWEST: Final = 770.0
_SIZES: Final = (12.0, 13.0, 14.0)
_TITLES: Final = ("BÁO CÁO KẾT QUẢ CÔNG TÁC", "BIÊN BẢN LÀM VIỆC", "TỜ TRÌNH VỀ VIỆC BỔ SUNG HỒ SƠ", "THÔNG BÁO")
_SAID: Final = (
    "Ngày {date}, tại trụ sở {authority}, tổ công tác đã kiểm tra việc tiếp nhận và trả kết quả của bộ phận một cửa.",
    "Trong kỳ báo cáo có {number} hồ sơ nộp trực tuyến, {number} hồ sơ nộp trực tiếp; không có hồ sơ nào bị trễ hẹn.",
    "Bà {person} trình bày rằng giấy tờ gốc của gia đình bị thất lạc sau trận lũ năm {year}, nay đề nghị cấp lại.",
    "Ông {person}, trú tại {address}, đã nộp đủ giấy tờ và không phải bổ sung thêm điều gì.",
    "Công chức tư pháp - hộ tịch giải thích rõ quyền, nghĩa vụ của người yêu cầu trước khi ghi vào sổ.",
    "Nơi nào đường truyền yếu thì hồ sơ được quét ngay khi tiếp nhận và gửi đi vào cuối buổi làm việc.",
    "Các thôn, bản ở xa trung tâm đề nghị có thêm điểm hỗ trợ người dân làm thủ tục vào thứ bảy hằng tuần.",
    "Về lệ phí, mức thu đã được niêm yết công khai; người cao tuổi, trẻ em và hộ nghèo được miễn theo quy định.",
    "Qua đối chiếu với cơ sở dữ liệu, có {number} trường hợp sai lệch về chữ đệm, chủ yếu do viết thiếu dấu thanh.",
    "Việc sửa chữa chỉ được thực hiện khi có giấy tờ chứng minh, và phải ghi rõ lý do, thời gian, người thực hiện.",
    "Đại diện {hospital} cho biết giấy chứng sinh đã được gửi bằng điện tử từ quý trước.",
    "Một số ý kiến phản ánh phần mềm tự thoát khi đang khai; bộ phận kỹ thuật hứa khắc phục trước ngày {date}.",
    "Người đại diện phải xuất trình giấy ủy quyền hợp lệ, trừ khi là cha, mẹ, vợ, chồng hoặc con đã thành niên.",
    "Sau khi nghe ý kiến của các bên, cuộc họp thống nhất giao văn phòng hoàn thiện quy trình và gửi lại để góp ý.",
    "Những hồ sơ đã quá hạn ba tháng mà người nộp không đến nhận thì chuyển vào kho, kèm danh sách bàn giao.",
    "Đề nghị quý cơ quan xem xét, trả lời bằng văn bản trong thời hạn {number} ngày làm việc để chúng tôi báo lại.",
    "Trường hợp khuyết tật, ốm đau thì cán bộ đến tận nhà; mọi khoản thu ngoài quy định đều bị nghiêm cấm.",
    "Dân số của xã gồm nhiều dân tộc, trong đó có {people}, {people} và {people}, sống xen kẽ ở các sườn núi thấp.",
    "Giữa năm {year}, chính quyền đã cắm mốc giới, đo vẽ lại toàn bộ thửa đất ven suối và lập bản đồ mới.",
    "Xuất phát từ tình hình trên, chúng tôi kính đề nghị cấp trên bổ sung {number} máy quét và đường truyền dự phòng.",
    "Kết luận nêu trên được lập thành hai bản, đọc lại cho mọi người cùng nghe và ký xác nhận ngay trong buổi họp.",
    "Tỷ lệ hài lòng đạt {number} phần trăm; phần còn lại góp ý về chỗ gửi xe, nước uống và quạt mát.",
)


def page(grade: str, number: int, *, bare: bool = False) -> Page:
    """The page of that number; `bare` changes nothing, there are no marks. Raises KeyError for a grade that is none."""
    pool = RarePool(_SEED + number)
    fonts = tuple(FONTS)
    font, size = fonts[number % len(fonts)], _SIZES[number // len(fonts) % len(_SIZES)]
    sheet = Sheet(font, GRADES[grade].dpi, bare)
    sheet.text((_LEFT + _RIGHT) / 2, 74, _TITLES[number % len(_TITLES)], size + 3, "bold", "m")
    y = 108.0
    while (left := _LOWEST - y) > 0:
        said = " ".join(_sentence(pool) for _ in range(pool.number(2, 4)))
        lines = sheet.lines(said, _RIGHT - _LEFT, size, indent=24)
        if len(lines) * size * 1.45 > left:
            break
        y = sheet.wrapped(_LEFT, y, said, _RIGHT - _LEFT, size, indent=24) + size * 1.7
    jpeg, seen = copied(sheet.image, GRADES[grade], _SEED + number)
    return Page(KIND, "text", grade, font, jpeg, sheet.truth(), {}, sheet, seen)


def _sentence(pool: RarePool) -> str:
    """One sentence, filled in; each place that is asked for twice is filled twice."""
    said = pool.pick(_SAID)
    day = f"{pool.number(1, 28)} tháng {pool.number(1, 12)} năm {pool.number(2024, 2026)}"
    values = {
        "date": day, "authority": pool.authority(), "person": pool.person(), "address": pool.address(),
        "hospital": pool.hospital(), "year": str(pool.number(1998, 2023)),
    }  # fmt: skip
    for name, value in values.items():
        said = said.replace(f"{{{name}}}", value)
    while "{number}" in said:
        said = said.replace("{number}", str(pool.number(2, 400)), 1)
    while "{people}" in said:
        said = said.replace("{people}", pool.people(), 1)
    return said
