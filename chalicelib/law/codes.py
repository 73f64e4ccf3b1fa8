"""Grammars of agency, procedure, dossier and result codes, and of the numbers that name people and organisations.

Loaded by the authorizer with each of its starts: nothing heavy is imported here.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Final, Literal, NamedTuple, get_args
from unicodedata import normalize

from chalicelib.law.errors import LawError

type Scheme = Literal["legacy-2018", "qd20", "centralised-2026", "observed-2026"]

SCHEMES: Final[tuple[str, ...]] = get_args(Scheme.__value__)
AGENCY_MAX: Final = 35
MOST_RESULTS: Final = 9999
_SHOWN: Final = 80

_AGENCY = re.compile(r"[A-Y][0-9]{2}(?:\.[0-9A-Z]+)*")
_LEGACY_AGENCY = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}")
_CENTRAL_AGENCY = re.compile(r"[A-Y][0-9]{2}\.[0-9]{3}\.[0-9]{2}")
_PROCEDURE = re.compile(r"[0-9]\.[0-9]{6}(?:\.[A-Y][0-9]{2})?")
_DOSSIER = re.compile(
    r"(?P<agency>[0-9A-Z.]+)-"
    r"(?:(?P<day6>[0-9]{6})-(?P<serial>[0-9A-Z]{4,16})|(?P<day8>[0-9]{8})-(?P<serial7>[0-9]{7}))"
)
PERSONAL_NUMBER: Final = "[0-9]{12}"
"""Identity Law 2023 Art. 12."""
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ATOM: Final = "[A-Za-z0-9_+'&=~-]"
EMAIL: Final = rf"{_ATOM}(?:\.?{_ATOM}){{0,63}}@(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])"
"""One e-mail address and nothing else: no name beside it, no second one, no quotes, no line break.

Of RFC 5321 the part that people have: no full stop at an end or beside another one before the `@`, and no sign by which
another system reads a command or an escape, such as `%`, `!`, `|` or `/`. The last part of the domain is no number.
"""
PHONE: Final = r"(?:\(\+|\+|\()?[0-9](?:[ .()-]{0,2}[0-9]){7,14}"
"""A telephone number as people write it: 8 to 15 digits (ITU-T E.164 has 15 at most), a `+` before them alone."""
LINE: Final = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]*"
"""One line of text, such as a name: no line break, no NUL, no other control character."""

_PERSONAL = re.compile(PERSONAL_NUMBER)
_DOCUMENT = re.compile(rf"[A-Z]{{3}}:[A-Z0-9]{{1,20}}|{PERSONAL_NUMBER}")
_ORGANISATION = re.compile(r"[0-9]{10}(?:-[0-9]{3})?")
_LONG_NUMBER = re.compile(r"[0-9]{9,}")


class BadCode(LawError):
    """A text breaks the grammar of its kind of code; `rule` says which. Long numbers in the text are masked."""

    def __init__(self, kind: str, text: str, rule: str) -> None:
        # People paste personal numbers into the wrong field, and errors end in logs.
        shown = _LONG_NUMBER.sub("***", text[:_SHOWN])
        self.kind, self.text, self.rule = kind, shown, rule
        super().__init__(f"{kind} {shown!r}: {rule}")


class SerialOverflow(LawError):
    """The day's serials of an agency are used up under this scheme."""

    def __init__(self, agency: str, day: date, serial: int, scheme: str) -> None:
        self.agency, self.day, self.serial, self.scheme = agency, day, serial, scheme
        super().__init__(f"{agency}, {day.isoformat()}: serial {serial} does not fit scheme {scheme}")


class ParsedDossierCode(NamedTuple):
    """The parts of a dossier code; the serial keeps its zeros."""

    text: str
    agency: str
    day: date
    serial: str
    scheme: Scheme


class _Grammar(NamedTuple):
    agency: Callable[[str], str]
    day: str
    digits: int


def agency_id(text: str) -> str:
    """The text when it identifies a state agency: Decision 20/2020/QD-TTg Art. 4-7, H01.10.24. Raises BadCode."""
    if len(text) > AGENCY_MAX:
        raise BadCode("agency", text, f"at most {AGENCY_MAX} characters")
    if not _AGENCY.fullmatch(text):
        raise BadCode("agency", text, "A..Y and two digits, then groups of 0-9 and A-Z, each after a full stop")
    return text


def legacy_agency_id(text: str) -> str:
    """The identifier an agency had before Decision 20/2020, such as 000.00.00.G22. Raises BadCode."""
    if not _LEGACY_AGENCY.fullmatch(text):
        raise BadCode("agency", text, "three digits, two, two, then A..Y and two digits, such as 000.00.00.G22")
    return text


def procedure_code(text: str) -> str:
    """The national code of a procedure, such as 1.005129, or its local variant 1.012753.H19. Raises BadCode."""
    if not _PROCEDURE.fullmatch(text):
        raise BadCode("procedure", text, "a digit, a full stop and six digits, such as 1.005129")
    return text


def dossier_code(agency: str, day: date, serial: int, *, scheme: str) -> str:
    """The code of the day's serial-th dossier (1 or more) of an agency; `day` is the Vietnamese day of reception.

    Schemes: `legacy-2018` (Circular 01/2018 Art. 19, takes the old agency form), `qd20` (practice), `centralised-2026`
    (Circular 03/2025 Art. 13(3); agency MX1X2.Y1Y2Y3.Z1Z2; AA and XXXX are written as one number of six digits, so AA
    may be carried as serial // 10000), `observed-2026`. Raises BadCode, SerialOverflow.
    """
    grammar = _GRAMMARS.get(scheme)
    if grammar is None:
        raise BadCode("scheme", scheme, f"one of {', '.join(SCHEMES)}")
    if serial < 1:
        raise BadCode("serial", str(serial), "the first dossier of a day is 1")
    holder = grammar.agency(agency)
    if serial >= 10**grammar.digits:
        raise SerialOverflow(agency, day, serial, scheme)
    return f"{holder}-{day.strftime(grammar.day)}-{serial:0{grammar.digits}d}"


def parse_dossier_code(text: str) -> ParsedDossierCode:
    """The parts of a code in any of the four grammars. Raises BadCode.

    One text can fit two: a centralised agency with a serial of four characters is read as `qd20`.
    """
    found = _DOSSIER.fullmatch(text)
    if found is None:
        raise BadCode("dossier", text, "agency, date and serial joined by hyphens, such as H01.10.24-261125-0001")
    agency, serial4, serial7 = found.group("agency", "serial", "serial7")
    serial = serial4 or serial7
    day = _day(text, found["day6"], found["day8"])
    scheme: Scheme
    if found["day8"]:
        scheme = "observed-2026"
    elif _LEGACY_AGENCY.fullmatch(agency):
        scheme = "legacy-2018"
    elif _CENTRAL_AGENCY.fullmatch(agency) and len(serial) > _GRAMMARS["qd20"].digits:
        scheme = "centralised-2026"
    else:
        scheme = "qd20"
    if scheme != "legacy-2018":
        agency_id(agency)
    return ParsedDossierCode(text, agency, day, serial, scheme)


def document_number(serial: int, year: int) -> str:
    """The number of a document in its agency's series of a year, from 01 on (Decree 30/2020/ND-CP Art. 15)."""
    return f"{serial:02d}/{year}"


def result_code(dossier: str, number: int) -> str:
    """The code of a dossier's number-th result, `<dossier code>-KQ<n>`: Decree 45/2020 Art. 14(3). Raises BadCode."""
    if not 1 <= number <= MOST_RESULTS:
        raise BadCode("result", str(number), f"results are counted 1..{MOST_RESULTS}")
    return f"{parse_dossier_code(dossier).text}-KQ{number}"


def is_agency(text: str) -> bool:
    """Whether a text identifies a state agency, as `agency_id` reads it."""
    try:
        return bool(agency_id(text))
    except BadCode:
        return False


def is_identity(kind: str, text: str) -> bool:
    """Whether a text is what names a person or organisation of a kind.

    A citizen by personal number; a foreigner by travel document, `USA:X1234567` by country of issue (ISO 3166, three
    letters) and number, or by the number of a foreigner; an organisation by its number, that of its branch, or as an
    agency.
    """
    grammar = {"CITIZEN": _PERSONAL, "FOREIGNER": _DOCUMENT, "ORGANISATION": _ORGANISATION}[kind]
    return grammar.fullmatch(text) is not None or (kind == "ORGANISATION" and is_agency(text))


def personal_number_in(text: str) -> str:
    """The personal number that an identity of whatever kind says; empty where it says none.

    The one form in which numbers are compared: without the country before it, gaps, dots or wide digits.
    """
    bare = "".join(each for each in normalize("NFKC", text).rpartition(":")[2] if each.isalnum())
    return bare if _PERSONAL.fullmatch(bare) else ""


class PersonalId:
    """A personal identification number: Identity Law 2023 Art. 12. It prints masked and holds nothing but the mask."""

    __slots__ = ("masked",)

    def __init__(self, masked: str) -> None:
        self.masked = masked

    @classmethod
    def parse(cls, text: str) -> "PersonalId":
        """The number, checked. Raises BadCode, which never contains the text."""
        if not _PERSONAL.fullmatch(text):
            raise BadCode("personal_id", "***", "twelve digits")
        return cls(f"*********{text[-3:]}")


def _day(text: str, day6: str | None, day8: str | None) -> date:
    digits = day8 or f"20{day6}"
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadCode("dossier", text, "the date in the code is no day of the calendar") from None


def _central_agency(text: str) -> str:
    if not _CENTRAL_AGENCY.fullmatch(text):
        raise BadCode("agency", text, "a centralised service's agency is written like H01.123.45")
    return text


_GRAMMARS: Final[dict[str, _Grammar]] = {
    "legacy-2018": _Grammar(legacy_agency_id, "%y%m%d", 4),
    "qd20": _Grammar(agency_id, "%y%m%d", 4),
    "centralised-2026": _Grammar(_central_agency, "%y%m%d", 6),
    "observed-2026": _Grammar(agency_id, "%Y%m%d", 7),
}


NATIONWIDE: Final = "*"


def is_within(area: str, wider: str) -> bool:
    """Whether an area is another one or lies under it, by identifier: Decision 20/2020/QD-TTg Art. 4-7."""
    return wider in {NATIONWIDE, area} or area.startswith(f"{wider}.")
