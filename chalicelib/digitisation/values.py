"""The value of a field from the words that stand for it: its form, and whether an officer must look at it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz, process

from chalicelib.digitisation.addresses import has_strange_word
from chalicelib.digitisation.addresses import spelt as spelt_place
from chalicelib.digitisation.labels import NUMBERING, Known, Rule, fold, is_loud, plain, worded, words_of_labels
from chalicelib.digitisation.meaning import PLACES, is_whole_place, says_label
from chalicelib.digitisation.model import Box, Field, Word
from chalicelib.digitisation.tones import has_unsure_hook

_EDGES: Final = " .,:;-_…|"
_ODD: Final = re.compile(r"phút ngày|[^\W\d_]{3,}\. |[^\w\s,./()²:;'-]|(?<!\w)'|'(?!\w)|[^\W\d_]:(?!\d)")
_STROKE: Final = re.compile(r"(?<=\d)[IlL|!](?=[\dA-ZĐ])")
"""What a stroke between figures, or before a sign of an office, is misread as."""
_SQUARE: Final = re.compile(r"(?<=\d)( ?)m[27zZ?'\"*°”]{1,2}$")
"""A raised figure is seldom read as one."""
_OF_LAW: Final = re.compile(r"\d+/\d{4}/(TT|TTLT|NĐ|QH\d*|UBTVQH\d*|NQ)(-[A-ZĐ-]+)?")
_DAY: Final = re.compile(r"(\d\d)[\dIlL|!/](\d\d)[\dIlL|!/](\d{4})")
"""A day of ten letters: what stands third and sixth is a stroke, whatever it was read as."""
_NUMBER_OF: Final = re.compile(r"^[Ss]ố[:.]?(?=\d)")
"""A blank that was not seen: "Số42/KH"."""
_ONE: Final = frozenset("†+lI|ı")
"""What a figure alone is misread as where it stands on a leader."""
_BETWEEN: Final = re.compile(r"[\s-]+")
_HOUR: Final = re.compile(r"(?<=\d )(?:gi[oóòỏõọơớởỡợ]|gi[ơờ]')(?= |,)|(?<=\d )giở(?= |,)")
"""What "giờ" behind a figure is misread as."""
_SERIAL: Final = re.compile(r"([A-ZĐ]{1,2})(\d{6,8})")
"""The number of a certificate whose blank was not seen."""
_MARKED: Final = 3
"""Letters of a name of a list that is known without its marks, at least."""
_IN_WORDS: Final = re.compile(r"(?i)ngày")

_SURE_ON_DOTS: Final = 0.968
_SURE_TEXT: Final = 0.935
_SURE_PLACE: Final = 0.9
_LISTED: Final = 75.0
"""Per cent that a value is like one of its list: misread, and no other text."""
_TITLE: Final = re.compile(
    r"(GIẤY|TRÍCH LỤC|QUYẾT ĐỊNH|PHIẾU|XÁC NHẬN|CỘNG HÒA|CỘNG HOÀ|ỦY BAN NHÂN DÂN|SỞ|BỘ|CÔNG AN)\b"
)
_ADDRESSED: Final = re.compile(r"^(ông/bà|bà/ông|ông \(bà\)|bà \(ông\)|anh/chị|ông bà)[:,]? ", re.IGNORECASE)
_SHORT_LABEL: Final = 5
_BEFORE: Final = 5
"""Words of a label that stand before a value of known form, at most."""
_REST_OF_LABEL: Final = 2
_LONGEST_NAME: Final = 8
_NO_NAME: Final = re.compile(
    r" (người|bên|ủy ban|ủy quyền|chủ tịch|phó|trưởng|giám đốc|công an|văn phòng|cán bộ|ký tên|giấy|quyết định|việt nam"
    r"|cộng hòa|độc lập|tự do|hạnh phúc|điều|căn cứ|tỉnh|huyện|thành phố|giới tính|quốc tịch|dân tộc|nơi|ngày|số) "
)
"""What stands on papers in capitals and in nobody's name."""

NOT_FOUND: Final = "not_found"
BAD_FORMAT: Final = "bad_format"
PERSONAL_NAME: Final = "personal_name"
LOW_CONFIDENCE: Final = "low_confidence"
DOUBTFUL: Final = "doubtful"


def fits(rule: Rule, words: Sequence[Word], form: Known) -> bool:
    """Whether words may be the value of a rule at all, as far as its sort tells."""
    if not words or words[-1].text.endswith(":"):
        return False
    value = _of_list(rule, shaped(rule, list(words))[1], form)
    if rule.pattern:
        return re.fullmatch(rule.pattern, value) is not None and not is_of_law(value)
    if rule.shape == "person":
        return _is_name(value) and plain(value) not in form.provinces
    if rule.one_of:
        listed = form.lists[rule.one_of]
        return process.extractOne(plain(value), listed, scorer=fuzz.ratio, score_cutoff=_LISTED) is not None
    return any(map(str.isalnum, value)) and not _says_otherwise(rule, words, value, form)


def is_of_law(value: str) -> bool:
    """Whether a number is that of a text of law, which forms name in their corners, and no paper's own."""
    return _OF_LAW.fullmatch(value) is not None


def _says_otherwise(rule: Rule, words: Sequence[Word], value: str, form: Known) -> bool:
    """Whether a text is the title of a paper, another label, or no place where one is asked for."""
    if says_label(words, form):
        return True
    nowhere = (
        rule.called in PLACES
        and value != "Không"
        and not any(word.text[:1].isupper() for word in words[len(words) > 1 :])
    )
    heading = rule.shape != "person" and 1 < len(words) <= _SHORT_LABEL and is_loud(words)  # "NỘI DUNG ỦY QUYỀN"
    return nowhere or heading or _TITLE.match(value) is not None


def fitting(rule: Rule, words: list[Word], form: Known) -> list[Word]:
    """Those of the words that may be the value: all, or, where its form is known, the last; none where it cannot be."""
    if fits(rule, words, form):
        return words
    if rule.pattern and rule.shape != "lines":
        for first in range(1, min(len(words), _BEFORE + 1)):
            if any(map(str.isdigit, words[first - 1].text)):
                break
            if fits(rule, words[first:], form):
                return words[first:]
    if rule.shape == "person":  # "Tôi là Lâm Gái, sinh ngày …": running text that a label begins
        end = next((at for at, word in enumerate(words, 1) if word.text.endswith((",", ";"))), 0)
        dated = end < len(words) and plain(words[end].text) == "ngày"  # "Quảng Ninh, ngày 04 tháng …"
        if end and not dated and fits(rule, words[:end], form):
            return words[:end]
    return []


def _is_name(value: str) -> bool:
    """Whether a text may be a person's name: two to eight words with capitals, and none that no name has."""
    words = value.split()
    if not (1 < len(words) <= _LONGEST_NAME or (len(words) == 1 and "'" in value)):
        return False
    if any(each.isdigit() for each in value) or any(each in value for each in ":;,/()"):
        return False
    return all(word[:1].isupper() for word in words) and not _NO_NAME.search(worded(value))


def field_of(
    rule: Rule,
    page: int,
    words: list[Word],
    form: Known,
    *,
    surely: bool = True,
    several: bool = False,
    touched: bool = False,
) -> Field:
    """The field of a rule from its words on a page; empty without any.

    Not `surely` where its label only means it, `several` where it is the first of a list: an officer looks at it.
    Text on a leader, which its letters may have `touched`, has to be read more surely: a dot below may have gone.
    """
    seconds = [replace(word, text=word.other or word.text) for word in words]
    words, read = shaped(rule, words)
    _, read_again = shaped(rule, seconds)
    value, other = (_of_list(rule, each, form) for each in (read, read_again))
    confidence = round(min((word.confidence for word in words), default=0.0), 3)
    twice = all(word.other for word in words)
    reason = _reason(rule, value, other if twice or other != value else "", confidence, form)
    if not reason and touched and not (rule.pattern or rule.one_of) and confidence < _SURE_ON_DOTS:
        reason = LOW_CONFIDENCE
    mended = [each for each in (read_again, read) if not _is_same(each, value)]
    if not reason and (mended or several or not (surely or _is_told_by_form(rule, value, confidence, form))):
        reason = DOUBTFUL
    return Field(
        name=rule.name,
        label=rule.label,
        value=value,
        confidence=confidence,
        needs_review=bool(reason),
        reason=reason,
        alternatives=tuple(dict.fromkeys(each for each in (other, *mended) if each not in {"", value})),
        page=page,
        box=_about(words) if value else None,
    )


def _reason(rule: Rule, value: str, other: str, confidence: float, form: Known) -> str:
    """Why an officer must look; empty when none must. `other` is the second reading, empty where there was one only.

    A full stop within, or an odd sign, is seldom what was printed.
    """
    if not value:
        return NOT_FOUND
    if rule.pattern and not re.fullmatch(rule.pattern, value):
        return BAD_FORMAT
    if rule.shape == "person":
        return PERSONAL_NAME
    if confidence < form.review_below:
        return LOW_CONFIDENCE
    listed = form.lists.get(rule.one_of)
    if not (rule.pattern or listed or rule.called in PLACES) and confidence < _SURE_TEXT:
        return LOW_CONFIDENCE  # one letter of it is easily another, and nothing tells
    unlisted = listed is not None and (plain(value) not in listed or value[:1].islower())
    open_end = rule.shape == "lines" and rule.called in PLACES and not is_whole_place(value, form)
    alone = len(value) == 1 and other != value  # one figure, read once, is easily another
    unlisted |= rule.called in PLACES and has_strange_word(value, form)
    unlisted |= not (rule.pattern or listed) and has_unsure_hook(value, _known_words(rule, form))
    unlisted |= not (rule.pattern or listed) and _is_rest_of_label(value)
    return DOUBTFUL if unlisted or alone or open_end or _ODD.search(value) or other not in {"", value} else ""


def _known_words(rule: Rule, form: Known) -> frozenset[str]:
    """Words in small letters that a value of that sort is known to have."""
    return form.place_words | form.words_of_provinces if rule.called in PLACES else words_of_labels()


def _is_rest_of_label(value: str) -> bool:
    """Whether a text is a word or two in small letters: what a label goes on with, rather than a value."""
    return len(value.split()) <= _REST_OF_LABEL and value.islower() and not any(map(str.isdigit, value))


def _is_told_by_form(rule: Rule, value: str, confidence: float, form: Known) -> bool:
    """Whether a value could be nothing else, whatever its label is called: a number, a name of a list, an address."""
    address = rule.called in PLACES and "," in value and is_whole_place(value, form) and confidence >= _SURE_PLACE
    return bool(rule.pattern or rule.one_of) or address


def _about(words: Sequence[Word]) -> Box | None:
    """The box of the words of a value; None when only their text is known."""
    boxes = [word.box for word in words if word.confidence]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def shaped(rule: Rule, words: list[Word]) -> tuple[list[Word], str]:
    """Return the words of the value and the value; what follows a value of known form is another column."""
    if rule.pattern:
        for count in range(len(words), 0, -1):
            value = _joined(rule, words[:count])
            if re.fullmatch(rule.pattern, value) and not _goes_on(rule, words[count:]):
                return words[:count], value
    return words, _joined(rule, words)


def _goes_on(rule: Rule, rest: Sequence[Word]) -> bool:
    """Whether a number goes on behind what would fit: an old one of nine figures is none of twelve, misread."""
    return rule.shape == "number" and bool(rest) and _goes(rest[0].text)


def _goes(text: str) -> bool:
    return text[:1].isdigit() and NUMBERING.fullmatch(text) is None


def _is_same(read: str, value: str) -> bool:
    """Whether a value is what was read, but for blanks and strokes: a mended one is looked at."""
    return _BETWEEN.sub("", read) == _BETWEEN.sub("", value)


def _of_list(rule: Rule, value: str, form: Known) -> str:
    """A value as its list spells it, where only blanks and strokes between its words differ."""
    spelt = form.spelt.get(rule.one_of, ())
    if not spelt or value in spelt:
        return spelt_place(value, form) if rule.called in PLACES else value
    listed = {_BETWEEN.sub("", name): name for name in reversed(spelt)}
    found = listed.get(_BETWEEN.sub("", value))
    alike = [name for name in spelt if fold(name) == fold(value)] if found is None and len(value) >= _MARKED else []
    return found or (alike[0] if len(alike) == 1 else value)


def _joined(rule: Rule, words: Sequence[Word]) -> str:
    value = ("" if rule.shape == "number" else " ").join(word.text for word in words).strip(_EDGES)
    if rule.shape == "number" and "|" in value:  # the rules between the boxes of figures
        value = value.replace("|", "")
    if rule.shape == "date" and not _IN_WORDS.match(value) and any(map(str.isdigit, value)):
        value = value.replace(" ", "")
        return _DAY.sub(r"\1/\2/\3", value) if _DAY.fullmatch(value) else _STROKE.sub("/", value)
    if rule.shape == "person":
        return _ADDRESSED.sub("", value)
    if rule.shape == "number" and value in _ONE:
        return "1"
    value = _SQUARE.sub(r"\1m²", value)
    if rule.pattern:
        value = _HOUR.sub("giờ", _NUMBER_OF.sub("", value))
        if _SERIAL.fullmatch(value) and not re.fullmatch(rule.pattern, value):
            value = _SERIAL.sub(r"\1 \2", value)
    if rule.pattern and not re.fullmatch(rule.pattern, value):
        mended = _STROKE.sub("/", value)
        return mended if re.fullmatch(rule.pattern, mended) else value
    return value
