"""What came on paper, pure: what is wrong with what was written down, what of the dossier is missing."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, Literal

import msgspec

from chalicelib.contracts.plan import Plan, PlannedComponent
from chalicelib.dossier.demanded import asked_for
from chalicelib.dossier.items import FormItem
from chalicelib.dossier.on_paper import Contact, Original, PaperLine
from chalicelib.forms.letters import name_fault, organisation_fault
from chalicelib.kernel.problem import FieldError
from chalicelib.law import codes, packs
from chalicelib.onestop.refusals import IntakeIncomplete

type Channel = Literal["DIRECT", "POSTAL"]
type ApplicantKind = Literal["CITIZEN", "FOREIGNER", "ORGANISATION"]
POSTAL: Final = "POSTAL"
"""The channel of what came by post."""
MOST_ORIGINALS: Final = 100
"""Of one reception: each is a line of one item."""
PHOTOCOPY: Final = "photocopy"
"""The exemption of what is handed in as a copy alone (Circular 01/2023/TT-VPCP Art. 4-5)."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody by number and name, as their papers say."""

    number: str
    name: str
    kind: ApplicantKind = "CITIZEN"


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A component that came on paper, as reception counts it."""

    component: str
    originals: int = 0
    copies: int = 0
    note: str = ""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What reception wrote down; `representation`: the electronic mandate by which somebody files for the applicant.

    `incomplete`: that reception knows that it is not whole, and asks for the rest by a supplement.
    """

    channel: Channel
    procedure: str
    agency: str
    applicant: Person
    contact: Contact = Contact()
    brought_by: Person | None = None
    representation: str | None = None
    papers: tuple[Paper, ...] = ()
    form: Mapping[str, object] = {}
    incomplete: bool = False


def problems(given: Given, plan: Plan) -> Iterator[FieldError]:
    """Everything that is wrong with what was written down, each by its place."""
    if plan.channels and given.channel not in plan.channels:
        names = ", ".join(plan.channels)
        vi, en = f"Thủ tục chỉ nhận qua: {names}", f"The procedure is received by {names} only"
        yield FieldError("/channel", "not_offered", vi, en)
    yield from _of_person("/applicant", given.applicant)
    if given.brought_by:
        yield from _of_person("/brought_by", given.brought_by)
    elif given.applicant.kind == "ORGANISATION" and given.representation is None:
        vi, en = "Cần tên và số của người nộp thay tổ chức", "Who acts for the organisation is needed"
        yield FieldError("/brought_by", "required", vi, en)
    if given.incomplete and not (given.papers or given.form):
        vi, en = "Chưa có giấy tờ hay mục nào: không có gì để nhận", "No paper and no answer came: nothing is taken in"
        yield FieldError("/papers", "required", vi, en)
    yield from _of_papers(given.papers, {each.code for each in plan.components})


def require_whole(given: Given, plan: Plan, form: FormItem) -> None:
    """Raise IntakeIncomplete for what the version asks for and did not come, unless reception says that it knows.

    Decree 61/2018 Art. 17(1): reception takes in what is full, and asks for the rest by form 02, all of it at once.
    """
    have = {paper.component for paper in given.papers}
    absent = [each for each in asked_for(plan, given.channel, form) if each.code not in have]
    if given.incomplete or not (absent or form.errors):
        return
    raise IntakeIncomplete(
        components=[{"code": c.code, "name_vi": c.name_vi, "name_en": c.name_en} for c in absent],
        fields=[FieldError(f"/form{e.pointer}", e.rule, e.message_vi, e.message_en) for e in form.errors],
    )


def came_words(given: Given, plan: Plan) -> str:
    """How it came, what was taken in, where news of it goes beside this and what is open to who disowns it.

    In Vietnamese and English; no number of a person or of their papers.
    """
    named = {each.code: each for each in plan.components}
    known = [(named[paper.component], paper) for paper in given.papers if paper.component in named]
    by, is_post = given.brought_by.name.strip() if given.brought_by else "", given.channel == POSTAL
    how_vi, how_en = ("Đến qua bưu chính", "It came by post") if is_post else ("Nộp tại quầy", "It was handed in")
    if by:
        how_vi, how_en = f"{how_vi}, người gửi hoặc mang đến: {by}", f"{how_en}, sent or brought by {by}"
    elif not is_post:
        how_vi, how_en = f"{how_vi}, cán bộ ghi nhận người nộp có mặt", f"{how_en} by yourself, as its officer says"
    papers_vi = ", ".join(f"{c.name_vi} ({p.originals} bản chính, {p.copies} bản sao)" for c, p in known)
    papers_en = ", ".join(f"{c.name_en or c.name_vi} (originals {p.originals}, copies {p.copies})" for c, p in known)
    reached = ", ".join(filter(None, (given.contact.email, given.contact.phone)))
    to_vi = f" Thông báo còn gửi đến: {reached}." if reached else ""
    to_en = f" News of it also goes to {reached}." if reached else ""
    return (
        f"{how_vi}. Đã nhận: {plan.name_vi}; giấy tờ: {papers_vi or '-'}.{to_vi} Nếu ông/bà không nộp: xin rút hồ sơ,"
        f" hoặc khiếu nại, phản ánh nêu mã hồ sơ này. / {how_en}. Taken in: {plan.name_en or plan.name_vi}; papers:"
        f" {papers_en or '-'}.{to_en} If you did not file it: ask to withdraw it, or file a complaint that names it."
    )


def _of_person(at: str, person: Person) -> Iterator[FieldError]:
    if not codes.is_identity(person.kind, person.number):
        vi, en = "Số định danh không đúng dạng", "This is no number of that kind"
        yield FieldError(f"{at}/number", "pattern", vi, en)
    if rule := (organisation_fault if person.kind == "ORGANISATION" else name_fault)(person.name):
        vi, en = "Tên không in được lên giấy tờ", "The name cannot be printed on a paper"
        yield FieldError(f"{at}/name", rule, vi, en)


def _of_papers(papers: Iterable[Paper], known: set[str]) -> Iterator[FieldError]:
    seen, originals = set[str](), 0
    for n, paper in enumerate(papers):
        at = f"/papers/{n}"
        if paper.component not in known:
            vi, en = "Không phải thành phần của thủ tục", "Not a component of this procedure"
            yield FieldError(f"{at}/component", "unknown", vi, en)
        elif paper.component in seen:
            yield FieldError(f"{at}/component", "twice", "Ghi mỗi thành phần một lần", "Name each component once")
        if paper.originals + paper.copies == 0:
            yield FieldError(at, "counted", "Ghi số bản chính hoặc bản sao", "Say how many originals or copies")
        seen.add(paper.component)
        originals += paper.originals
    if originals > MOST_ORIGINALS:
        vi, en = f"Tối đa {MOST_ORIGINALS} bản chính", f"At most {MOST_ORIGINALS} originals"
        yield FieldError("/papers", "most", vi, en)


def line_of(paper: Paper, planned: PlannedComponent | None, at: str, day: date, note: str | None) -> PaperLine:
    """A line of what came: what is exempt by its component or as a copy is not awaited; else its scan is."""
    there = {each.code for each in packs.pack_on(day).rules.digitisation_exemptions.value}
    own = planned.exemption if planned else None
    code = own or (PHOTOCOPY if paper.originals == 0 else None)
    exemption = code if code in there else None
    return PaperLine(
        code=paper.component, originals=paper.originals, copies=paper.copies, at=at, note=note, exemption=exemption
    )


def originals_of(papers: Iterable[Paper], at: str, agency: str, officer: str, name: str) -> tuple[Original, ...]:
    """Each original that came, in the hands of who took it in."""
    coded = [paper.component for paper in papers for _ in range(paper.originals)]
    return tuple(
        Original(n=n, code=code, agency=agency, officer=officer, name=name, since=at) for n, code in enumerate(coded, 1)
    )
