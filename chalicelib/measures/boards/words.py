"""What the page of a board says in Vietnamese and English, and how it writes numbers, times and periods."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

LANGUAGES: Final = ("vi", "en")
MINUTE, HOUR, DAY = 60, 3600, 86400
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "door": ("Một Cửa · Số liệu công khai", "Một Cửa · Public figures"),
    "other": ("English", "Tiếng Việt"),
    "periods": ("Kỳ", "Periods"),
    "index": ("Chỉ số phục vụ người dân và doanh nghiệp", "Index of service to people and businesses"),
    "ranking": ("Các cơ quan cấp dưới", "Agencies right below"),
    "ranked_by": ("Xếp theo: {name}", "Ranked by: {name}"),
    "by": ("Xếp theo tiêu chí khác", "Rank by something else"),
    "measures": ("Chỉ số theo dõi", "What is monitored"),
    "elsewhere": ("Số liệu từ hệ thống khác", "Figures of other systems"),
    "not_added": (
        "Hệ thống khác báo cáo đúng cơ quan và kỳ này. Không cộng vào số liệu ở trên.",
        "As other systems reported of this agency and period. They are in no figure above.",
    ),
    "source": ("{source}, phiên bản {version}, nhận lúc {at}", "{source}, version {version}, received at {at}"),
    "not_told": ("Nguồn không báo cáo đủ", "The source did not report it"),
    "doubtful": ("Số liệu cần xem lại", "Doubtful"),
    "on_time_over_received": ("đúng hạn nhiều hơn tiếp nhận", "more in time than were received"),
    "post_as_online": ("hồ sơ qua bưu chính ghi là trực tuyến", "what came by post is told as online"),
    "ended_as_received": ("có hồ sơ kết thúc ngay lúc tiếp nhận", "dossiers ended as they were received"),
    "source_doubts": ("nguồn không tự ghi là tốt", "the source does not call it good"),
    "over_the_whole": ("không khớp với kỳ bao trùm", "not as in the period around it"),
    "said": ("Nguồn ghi: {said}", "The source says: {said}"),
    "trend": ("Mười hai tháng", "Twelve months"),
    "procedures": ("Thủ tục có hồ sơ", "Procedures that were asked for"),
    "points": ("{score} / {most} điểm", "{score} / {most} points"),
    "scored": ("{score} điểm, tính trên {of} điểm đã chấm được", "{score} points, of {of} that could be scored"),
    "unscored": ("Chưa nhóm nào chấm đủ điểm", "No group could be scored as a whole yet"),
    "no_data": ("Chưa có số liệu", "No data"),
    "no_formula": ("Công thức chưa áp dụng cho kỳ này", "The formula did not hold in this period"),
    "no_children": ("Không có cơ quan cấp dưới", "No agency stands below"),
    "ok": ("", ""),
    "empty": ("Chưa có số liệu: mẫu số bằng 0", "No data: the denominator is 0"),
    "missing": ("Chưa có số liệu: chưa ai đếm", "No data: nobody counts it"),
    "withheld": (
        "Không công bố: tháng chưa hết hoặc quá ít hồ sơ, đánh giá, để không lộ người đánh giá",
        "Not shown: the month is not over, or too few dossiers or ratings, which would show who rated",
    ),
    "impossible": ("Số liệu sai: tử số lớn hơn mẫu số hoặc nhỏ hơn 0", "Impossible: more than the whole, or below 0"),
    "partial": (
        "Chưa đủ: chưa tính hồ sơ quá hạn chưa kết thúc và kiến nghị gửi qua Cổng quốc gia",
        "Not all of it: dossiers that are late and go on, and petitions to the national portal, are not in it",
    ),
    "assumed": (
        "Không có số đếm; Cổng Dịch vụ công quốc gia cho đủ điểm",
        "No counts; the national portal gives the full score",
    ),
    "than_before": ("{delta} điểm so với kỳ trước", "{delta} points than in the period before"),
    "parts": ("{numerator} / {denominator}", "{numerator} / {denominator}"),
    "table": ("Số liệu từng tháng", "Figures of each month"),
    "month": ("Tháng", "Month"),
    "counts": ("Tử số / mẫu số", "Numerator / denominator"),
    "share": ("Tỷ lệ", "Share"),
    "chart": ("{name}: tỷ lệ từng tháng, từ {first} đến {last}", "{name}: share of each month, {first} to {last}"),
    "named": (
        "Từ {least} hồ sơ mỗi cơ quan trở lên, chỉ nêu khi năm đã hết. Không nêu số lượng để không lộ người nộp.",
        "From {least} dossiers of one agency on, when a year is over. How many would show who filed.",
    ),
    "none_named": ("Chưa có thủ tục nào được nêu", "None is named yet"),
    "about": ("{period} · cộng {units} cơ quan", "{period} · {units} agencies added up"),
    "null": (
        "«Chưa có số liệu» không phải là 0. Số liệu đếm từ nhật ký hồ sơ; mỗi tỷ lệ ghi tử số và mẫu số.",
        "“No data” is not 0. Figures are counted from the dossiers' logs; a share has its numerator and denominator.",
    ),
    "made": (
        "Lập lúc {at} (giờ Việt Nam). Công thức {formula}: {citation}. Chỉ số theo dõi: {law}.",
        "Made at {at} (time of Viet Nam). Formula {formula}: {citation}. Monitoring: {law}.",
    ),
    "data": ("Cùng số liệu: ", "The same figures: "),
    "refused": ("Chưa có số liệu để xem", "Nothing to show"),
    "not_yet": (
        "Không có cơ quan này, hoặc chưa lập bảng số liệu cho kỳ này. Bảng số liệu lập mỗi ngày.",
        "There is no such agency, or no board of this period yet. Boards are made each day.",
    ),
}


class Speech:
    """A language: its words, numbers, times and periods."""

    def __init__(self, language: str) -> None:
        self.language, self._place = language, LANGUAGES.index(language)

    def say(self, word: str, **given: str) -> str:
        """A sentence, with what is given in its places."""
        return WORDS[word][self._place].format(**given)

    def choose(self, vi: str, en: str) -> str:
        """One of two."""
        return (vi, en)[self._place]

    def number(self, value: float, digits: int = 0) -> str:
        """A number: 1.234,50 in Vietnamese."""
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "vi" else text

    def percent(self, value: float) -> str:
        """A share of 100."""
        return f"{self.number(value, 2)} %"

    def duration(self, seconds: float) -> str:
        """A mean of seconds in days, hours or minutes, whichever is the largest that it has."""
        for length, vi, en in ((DAY, "ngày", "days"), (HOUR, "giờ", "hours"), (MINUTE, "phút", "minutes")):
            if seconds >= length:
                return f"{self.number(seconds / length, 1)} {self.choose(vi, en)}"
        return f"{self.number(seconds)} {self.choose('giây', 'seconds')}"

    def period(self, text: str) -> str:
        """A period in words."""
        year, _, part = text.partition("-")
        if not part:
            return self.choose(f"Năm {year}", year)
        if part.startswith("Q"):
            return self.choose(f"Quý {part[1:]}/{year}", f"Q{part[1:]} {year}")
        return self.choose(f"Tháng {int(part)}/{year}", f"{int(part):02d}/{year}")

    def at(self, told: str) -> str:
        """A time as people here write it."""
        return datetime.fromisoformat(told).strftime("%H:%M, %d/%m/%Y")
