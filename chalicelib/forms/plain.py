"""A plain form for a procedure that has none of its own: which case, who asks, how to answer, which papers, what.

The case is asked first, when the record tells cases apart, then who asks, when it may be more than one kind. What the
record says is not needed is not asked: a paper that data answers, the form itself, a paper of another case.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from chalicelib.forms.dictionary import Dictionary, Entry, shipped_dictionary
from chalicelib.forms.form import Field, Form, Page, Rule, Source, Ui
from chalicelib.forms.letters import printed
from chalicelib.forms.limits import DIALECT
from chalicelib.forms.subjects import ABROAD, HOUSEHOLD, ORGANISATION, PERSON, kinds_of

MAX_COMPONENTS, MAX_LABEL, MAX_CASES, MAX_CHOICE, MAX_SETS, MAX_IN_SET = 60, 300, 100, 200, 40, 12
"""The last two: sets of cases that papers are grouped by, and cases of one set; papers beyond are asked in any case."""
DECLARED = ("attached", "held", "not_applicable")

type Asked = tuple[str, dict[str, object], str]
"""What is asked at a place: a key of the dictionary, the schema of the answer, the hint for browsers."""

NAME: Final[dict[str, object]] = {"type": "string", "minLength": 1, "maxLength": 300}
LINE: Final[dict[str, object]] = {"type": "string", "minLength": 2, "maxLength": 300}
NUMBER: Final[dict[str, object]] = {"type": "string", "maxLength": 12, "pattern": "^[0-9]{12}$"}
DAY: Final[dict[str, object]] = {"type": "string", "maxLength": 10, "format": "date"}
APPLICANT: Final[dict[str, Asked]] = {
    "full_name": ("person.full_name", NAME, "name"),
    "personal_id": ("person.personal_id", NUMBER, "off"),
    "born_on": ("person.born_on", DAY, "bday"),
    "address": ("residence.address", LINE, "street-address"),
}
PASSPORT: Final[Asked] = (
    "person.passport",
    {"type": "string", "minLength": 5, "maxLength": 20, "pattern": "^[A-Z0-9]+$"},
    "off",
)
ORGANISED: Final[dict[str, Asked]] = {
    "name": ("organisation.name", LINE, "organization"),
    "tax_code": (
        "organisation.tax_code",
        {"type": "string", "maxLength": 14, "pattern": "^[0-9]{10}(-[0-9]{3})?$"},
        "off",
    ),
    "address": ("organisation.address", LINE, "street-address"),
    "representative": ("person.full_name@representative", NAME, "off"),
}
HOUSED: Final[dict[str, Asked]] = {
    "name": ("business.name", LINE, "off"),
    "head": ("person.full_name@head", NAME, "off"),
    "personal_id": ("person.personal_id@head", NUMBER, "off"),
    "address": ("residence.address@head", LINE, "street-address"),
}
CONTACT: Final[dict[str, Asked]] = {
    "phone": ("contact.phone", {"type": "string", "maxLength": 11, "pattern": "^0[0-9]{9,10}$"}, "tel"),
    "email": ("contact.email", {"type": "string", "maxLength": 200, "format": "email"}, "email"),
}
OWN = (
    "Từ điển dữ liệu chưa có nguồn cho thông tin này",
    "The data dictionary has no source for this",
)
OTHERS = ("Là của người khác với người đăng nhập", "It is of somebody other than who signed in")
CONTACTED = ("Để cơ quan liên hệ khi cần", "So that the agency can reach you")
PAPERS = (
    "Cho biết giấy tờ này nộp kèm, đã có trong kho dữ liệu hay không áp dụng",
    "Says whether this paper is attached, is in the data store, or does not apply",
)
DECIDES = ("Quyết định những gì được hỏi và giấy tờ phải nộp", "Decides what is asked and which papers are needed")
ASKED, NOT_DECLARED = "request.text", frozenset({"form", "paper", "shown", "data"})
REQUEST = ("Nội dung đề nghị chỉ người đề nghị biết", "Only the applicant knows what is asked for")
AGAIN = (
    "Xem lại ngày trên giấy tờ; sai một chữ số thì sửa ở đây.",
    "Look at the date on the papers again; correct it here.",
)
BORN: Final = (
    (
        "born_by_today",
        "form.applicant.born_on <= today",
        ("ngày sinh ở tương lai", "the date of birth is in the future"),
    ),
    (
        "born_within_120_years",
        "years(form.applicant.born_on, today) <= 120",
        ("ngày sinh cách đây hơn 120 năm", "the date of birth is over 120 years ago"),
    ),
)
"""Dates that no person living can have been born on."""
HIDDEN = ("Chỉ hỏi khi trường hợp đã chọn cần đến", "Asked only when the case chosen needs it")
PAGES: Final = {
    "case": ("Trường hợp", "Case"),
    "applicant": ("Người đề nghị", "Applicant"),
    "organisation": ("Tổ chức", "Organisation"),
    "household": ("Hộ gia đình, hộ kinh doanh", "Household"),
    "contact": ("Liên hệ", "Contact"),
    "papers": ("Giấy tờ", "Papers"),
    "request": ("Nội dung đề nghị", "Request"),
}


class Paper(NamedTuple):
    """A component as far as the plain form asks about it: the record's own words, when and in which cases."""

    code: str
    name_vi: str
    name_en: str | None
    need: str
    cases: tuple[str, ...] = ()


class Case(NamedTuple):
    """A case of the procedure in the record's own words."""

    code: str
    name_vi: str


class _Part(NamedTuple):
    """What one subject of the form adds to it."""

    fields: dict[str, Field]
    properties: dict[str, object]
    required: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    conditions: tuple[dict[str, object], ...] = ()


def plain_form(
    code: str,
    name_vi: str,
    name_en: str | None,
    papers: Iterable[Paper],
    *,
    subjects: Iterable[str] = (),
    cases: Iterable[Case] = (),
    dictionary: Dictionary | None = None,
) -> Form:
    """The plain form of a procedure from its record's own words; it passes `check_form`.

    Which papers a case needs is said by the record at most in groups, so each paper is declared and none demanded.
    """
    known = dictionary or shipped_dictionary()
    told_apart = _told_apart(name_vi, cases)
    declared = [paper for paper in papers if paper.need not in NOT_DECLARED][:MAX_COMPONENTS]
    parts = [
        _case(told_apart, known),
        *_subjects(kinds_of(subjects), known),
        _contact(known),
        *_papers(declared, [case.code for case in told_apart]),
        _request(known),
    ]
    fields = {pointer: field for part in parts for pointer, field in part.fields.items()}
    schema = _group(
        {name: node for part in parts for name, node in part.properties.items()},
        [name for part in parts for name in part.required],
    )
    conditions = [condition for part in parts for condition in part.conditions]
    return Form(
        format="motcua-form/1",
        id=f"{code}-plain",
        procedure=code,
        title_vi=_cut(name_vi),
        title_en=_cut(name_en or name_vi),
        schema={"$schema": DIALECT, **schema, **({"allOf": conditions} if conditions else {})},
        ui=Ui(pages=_pages(fields), fields=fields),
        rules=tuple(rule for part in parts for rule in part.rules),
    )


def _told_apart(name: str, cases: Iterable[Case]) -> list[Case]:
    """Cases with names of their own, if there are two or more: a record lists itself and others under one name."""
    found: dict[str, Case] = {}
    for case in cases:
        found.setdefault(_compared(case.name_vi), case)
    found.pop(_compared(name), None)
    found.pop("", None)
    return list(found.values()) if 1 < len(found) <= MAX_CASES else []


def _compared(name: str) -> str:
    return " ".join(name.casefold().split()).strip(" :;.,-").removeprefix("thủ tục ")


def _choice(number: int, case: Case) -> str:
    """A case as it is chosen: its number keeps the choices apart where their names are cut."""
    return f"{number}. {' '.join(printed(case.name_vi).split())}"[:MAX_CHOICE]


def _case(cases: Sequence[Case], known: Dictionary) -> _Part:
    if not cases:
        return _Part({}, {})
    choices = [_choice(number, case) for number, case in enumerate(cases, 1)]
    field = _asked("procedure.case", known.entries["procedure.case"], DECIDES, "off")
    return _Part({"/case": field}, {"case": {"enum": choices}}, ("case",))


def _subjects(kinds: Sequence[str], known: Dictionary) -> list[_Part]:
    """Who asks: the question, when there are several kinds, and what is asked of each."""
    person, required = dict(APPLICANT), [*APPLICANT]
    if ABROAD in kinds:
        person["passport"] = PASSPORT
        required.remove("personal_id")
    parts = [_who(kinds, known)] if len(kinds) > 1 else []
    if {PERSON, ABROAD} & set(kinds):
        parts.append(_subject("applicant", person, required, [k for k in kinds if k in {PERSON, ABROAD}], kinds, known))
        parts.append(_Part({}, {}, rules=tuple(_living(*each) for each in BORN)))
    if ABROAD in kinds:
        parts.append(_numbered())
    if ORGANISATION in kinds:
        needed = ["name", "address", "representative"]
        parts.append(_subject("organisation", ORGANISED, needed, [ORGANISATION], kinds, known))
    if HOUSEHOLD in kinds:
        needed = ["head", "personal_id", "address"]
        parts.append(_subject("household", HOUSED, needed, [HOUSEHOLD], kinds, known))
    return parts


def _who(kinds: Sequence[str], known: Dictionary) -> _Part:
    field = _asked("applicant.subject", known.entries["applicant.subject"], DECIDES, "off")
    return _Part({"/subject": field}, {"subject": {"enum": [*kinds]}}, ("subject",))


def _subject(
    name: str,
    asked: Mapping[str, Asked],
    required: list[str],
    own: Sequence[str],
    kinds: Sequence[str],
    known: Dictionary,
) -> _Part:
    """What is asked of some kinds of applicants; when there are others, only after one has said to be of these."""
    fields = {f"/{name}/{at}": _person(key, known, hint) for at, (key, _, hint) in asked.items()}
    properties: dict[str, object] = {name: _group({at: schema for at, (_, schema, _) in asked.items()}, required)}
    if len(own) == len(kinds):
        return _Part(fields, properties, (name,))
    return _Part(
        fields,
        properties,
        rules=(_seen(name, f"/{name}", _is_one_of(own)),),
        conditions=(_if_subject(own, {"required": [name]}, {"properties": {name: False}}),),
    )


def _numbered() -> _Part:
    """Who has a Vietnamese number gives it, who has none a passport's."""
    rules = (
        _seen("has_number", "/applicant/personal_id", _is_one_of([PERSON])),
        _seen("has_passport", "/applicant/passport", _is_one_of([ABROAD])),
    )
    needed = (
        _if_subject([kind], {"properties": {"applicant": {"required": [name]}}}, None)
        for kind, name in ((PERSON, "personal_id"), (ABROAD, "passport"))
    )
    return _Part({}, {}, rules=rules, conditions=tuple(needed))


def _is_one_of(kinds: Sequence[str]) -> str:
    return " || ".join(f"form.subject == '{kind}'" for kind in kinds)


def _if_subject(
    kinds: Sequence[str], then: dict[str, object], otherwise: dict[str, object] | None
) -> dict[str, object]:
    chosen = {"properties": {"subject": {"enum": [*kinds]}}, "required": ["subject"]}
    return {"if": chosen, "then": then, **({"else": otherwise} if otherwise else {})}


def _seen(name: str, target: str, expression: str) -> Rule:
    return Rule(
        id=name,
        kind="visible",
        target=target,
        expression=expression,
        message_vi=HIDDEN[0],
        message_en=HIDDEN[1],
        cites=None,
    )


def _living(name: str, expression: str, message: tuple[str, str]) -> Rule:
    return Rule(
        id=name,
        kind="check",
        target="/applicant/born_on",
        expression=expression,
        message_vi=message[0],
        message_en=message[1],
        cites=None,
        refuses=True,
        way_out_vi=AGAIN[0],
        way_out_en=AGAIN[1],
    )


def _contact(known: Dictionary) -> _Part:
    fields = {
        f"/contact/{name}": _asked(key, known.entries[key], CONTACTED, hint) for name, (key, _, hint) in CONTACT.items()
    }
    schema = _group({name: schema for name, (_, schema, _) in CONTACT.items()}, ["phone"])
    return _Part(fields, {"contact": schema}, ("contact",))


def _request(known: Dictionary) -> _Part:
    schema = {"type": "string", "minLength": 2, "maxLength": 5000}
    return _Part({"/request": _asked(ASKED, known.entries[ASKED], REQUEST, "off")}, {"request": schema}, ("request",))


def _papers(papers: Sequence[Paper], cases: Sequence[str]) -> list[_Part]:
    """The declarations of papers: those of every case together, the others by the cases that need them."""
    sets: dict[tuple[int, ...], list[int]] = {}
    for at, paper in enumerate(papers):
        own = tuple(number for number, case in enumerate(cases, 1) if case in paper.cases)
        is_always = not own or len(own) == len(cases) or len(own) > MAX_IN_SET
        sets.setdefault(() if is_always or len(sets) >= MAX_SETS else own, []).append(at)
    found = []
    for count, (own, places) in enumerate(sorted(sets.items())):
        name = f"papers_{count}" if own else "papers"
        expression = " || ".join(f"form.case.startsWith('{number}. ')" for number in own)
        found.append(
            _Part(
                {f"/{name}/paper_{at + 1}": _paper(papers[at]) for at in places},
                {name: _group({f"paper_{at + 1}": {"enum": [*DECLARED]} for at in places}, [])},
                rules=(_seen(name, f"/{name}", expression),) if own else (),
            )
        )
    return found


def _group(properties: Mapping[str, object], required: list[str]) -> dict[str, object]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": dict(properties)}


def _person(key: str, known: Dictionary, autocomplete: str) -> Field:
    """A field of whoever signed in, from its database if there is one; of somebody else it is asked."""
    thing, _, role = key.partition("@")
    entry = known.entries[thing]
    if role:
        of = known.roles[role]
        named = msgspec.structs.replace(
            entry, name_vi=f"{entry.name_vi} ({of.vi.lower()})", name_en=f"{entry.name_en} ({of.en.lower()})"
        )
        return _asked(key, named, OTHERS, autocomplete)
    if entry.database is None:
        return _asked(key, entry, OWN, autocomplete)
    return Field(
        label_vi=entry.name_vi,
        label_en=entry.name_en,
        key=key,
        source=Source(database=entry.database, clause=entry.clause),
        autocomplete=autocomplete,
    )


def _asked(key: str, entry: Entry, why: tuple[str, str], autocomplete: str) -> Field:
    return Field(
        label_vi=entry.name_vi,
        label_en=entry.name_en,
        key=key,
        source=None,
        asked_because_vi=why[0],
        asked_because_en=why[1],
        autocomplete=autocomplete,
    )


def _paper(paper: Paper) -> Field:
    """A paper's declaration, labelled with the record's own words, cut to what a label can hold."""
    name_en = (paper.name_en or "").strip() or f"Paper {paper.code} (named in Vietnamese in the record)"
    return Field(
        label_vi=_cut(paper.name_vi.lstrip("-+* ")),
        label_en=_cut(name_en),
        key="component.declaration",
        source=None,
        asked_because_vi=PAPERS[0],
        asked_because_en=PAPERS[1],
    )


def _cut(label: str) -> str:
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def _pages(fields: Iterable[str]) -> tuple[Page, ...]:
    """The pages in their order: what decides on all others comes first."""
    shown: dict[str, list[str]] = {page: [] for page in PAGES}
    for pointer in fields:
        part = pointer.split("/")[1].partition("_")[0]
        shown["case" if part == "subject" else part].append(pointer)
    return tuple(
        Page(id=page, title_vi=PAGES[page][0], title_en=PAGES[page][1], fields=tuple(pointers))
        for page, pointers in shown.items()
        if pointers
    )
