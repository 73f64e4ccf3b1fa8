"""What keeps a version from being published, everything at once, each by its place and rule."""

from collections.abc import Iterator
from typing import Final

from chalicelib.catalogue.procedures import offering
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import VersionItem
from chalicelib.catalogue.procedures.parts import Component
from chalicelib.catalogue.restructuring.replacements import databases
from chalicelib.catalogue.versions.bundles import ChildOf, bundle_problems
from chalicelib.catalogue.versions.charges import fee_problems, fees_left_out
from chalicelib.catalogue.versions.conditions import condition_problems
from chalicelib.catalogue.versions.fee_answers import fee_answer_problems
from chalicelib.catalogue.versions.pinned import CLOCKS, LAPSES, STOPS, WITHDRAWALS, level_of_version
from chalicelib.catalogue.versions.routes import IsAgency, anybody, route_problems
from chalicelib.catalogue.versions.terms import left_out, term_problems
from chalicelib.law.problems import Problem

NEEDS: Final = frozenset({"always", "case", "form", "paper", "shown", "data"})
TEMPLATES: Final = frozenset({"birth_certificate", "decision"})


def problems_of(
    version: VersionItem,
    record: Facts | None = None,
    is_agency: IsAgency = anybody,
    child_of: ChildOf | None = None,
) -> tuple[Problem, ...]:
    """Everything that keeps a version from being published (Decree 137/2024 Art. 8; Decree 224/2026 Art. 14-15).

    `record`: the facts of the national record, whose words about term and fees the version has to have decided.
    `is_agency`: whether an identifier of the route is an agency that the catalogue knows.
    `child_of`: the version in force of a procedure that a bundle starts; without it none is looked at.
    """
    facts = version.facts
    found = [*_shape(facts), *term_problems(facts, version.form), *fee_problems(facts)]
    found += (*left_out(facts, record), *fees_left_out(facts, record)) if record else ()
    if found:
        return tuple(found)
    spoken = [*offering.check(facts), *level_of_version(version).problems]
    found += [problem._replace(pointer=f"/facts{problem.pointer}") for problem in spoken]
    found += [
        *_components(facts),
        *condition_problems(facts, version.form),
        *fee_answer_problems(facts, version.form),
        *_supplement(facts),
        *_life(facts),
        *route_problems(facts, is_agency),
        *bundle_problems(facts, version.form, child_of),
        *_grounds(facts),
        *_plan(facts),
        *_form(version),
    ]
    return tuple(found)


def _missing(pointer: str, vi: str, en: str) -> Problem:
    return Problem(pointer, "complete", vi, en)


def _shape(facts: Facts) -> Iterator[Problem]:
    """What a dossier cannot do without."""
    wanted = {
        "name_vi": ("Cần tên dịch vụ", "The name is needed"),
        "performed_by": ("Cần cơ quan thực hiện", "Who performs it is needed"),
        "channels": ("Cần ít nhất một cách thức nộp", "At least one way of filing is needed"),
        "term": ("Cần thời hạn giải quyết", "The term is needed"),
        "result": ("Cần kết quả", "The result is needed"),
        "route": ("Cần các bước giữa các cơ quan", "The route between agencies is needed"),
        "min_level": ("Cần mức định danh điện tử", "The level of identification is needed"),
    }
    for name, (vi, en) in wanted.items():
        if not getattr(facts, name):
            yield _missing(f"/facts/{name}", vi, en)
    if not facts.says("online"):
        yield _missing("/facts/online", "Cần điều kiện trực tuyến", "The online conditions are needed")
    if not facts.says("components"):
        yield _missing("/facts/components", "Cần thành phần hồ sơ", "The components are needed")
    if facts.result and facts.result.template not in TEMPLATES:
        names = ", ".join(sorted(TEMPLATES))
        yield Problem("/facts/result/template", "template", f"Mẫu kết quả: {names}", f"The template is one of {names}")


def _components(facts: Facts) -> Iterator[Problem]:
    seen = set[str | None]()
    for place, each in enumerate(facts.components):
        at = f"/facts/components/{place}"
        if each.need not in NEEDS:
            needs = ", ".join(sorted(NEEDS))
            yield Problem(f"{at}/need", "need", f"Cần nói rõ khi nào phải nộp: {needs}", f"Say when: {needs}")
        if each.code in seen:
            yield Problem(f"{at}/code", "unique", "Mã thành phần bị trùng", "The code of the component comes twice")
        seen.add(each.code)
        yield from _source(at, each)


def _source(at: str, component: Component) -> Iterator[Problem]:
    """Data that stands for a paper comes from a database that we know, by a clause."""
    if component.need == "data" and not component.source:
        vi, en = "Cần nêu cơ sở dữ liệu và căn cứ", "The database and its clause are needed"
        yield Problem(f"{at}/source", "R27", vi, en)
    if component.source and component.source.database not in databases():
        yield Problem(f"{at}/source/database", "database", "Không có cơ sở dữ liệu này", "No such database")


def _supplement(facts: Facts) -> Iterator[Problem]:
    """A rule of its own is one that the dossier can follow, by a clause (Decree 61/2018 Art. 19(4): sector law)."""
    rule = facts.supplement
    if rule is None:
        return
    for name, allowed in (("lapses_to", LAPSES), ("clock", CLOCKS)):
        if (said := getattr(rule, name)) is not None and said not in allowed:
            names = ", ".join(allowed)
            yield Problem(f"/facts/supplement/{name}", "known", f"Chỉ nhận: {names}", f"One of: {names}")
    for name in ("window_working_days", "appraisal_working_days"):
        if (days := getattr(rule, name)) is not None and days < 1:
            vi, en = "Ít nhất 1 ngày làm việc", "At least 1 working day"
            yield Problem(f"/facts/supplement/{name}", "working_days", vi, en)
    if not (rule.citation or "").strip():
        vi, en = "Quy định riêng về bổ sung cần nêu căn cứ", "A rule of its own on supplements needs its clause"
        yield Problem("/facts/supplement/citation", "R12", vi, en)


def _life(facts: Facts) -> Iterator[Problem]:
    """Who may withdraw, and what stops the term: by a clause of the sector, as no general one was found."""
    if facts.withdrawal is not None and facts.withdrawal not in WITHDRAWALS:
        names = ", ".join(WITHDRAWALS)
        yield Problem("/facts/withdrawal", "known", f"Chỉ nhận: {names}", f"One of: {names}")
    for at, stop in enumerate(facts.term.stops if facts.term else ()):
        if stop.reason not in STOPS:
            names = ", ".join(STOPS)
            yield Problem(f"/facts/term/stops/{at}/reason", "known", f"Chỉ nhận: {names}", f"One of: {names}")
        if not (stop.citation or "").strip():
            vi, en = "Tạm dừng thời hạn cần nêu căn cứ của luật chuyên ngành", "What stops the term needs its clause"
            yield Problem(f"/facts/term/stops/{at}/citation", "clause", vi, en)


def _grounds(facts: Facts) -> Iterator[Problem]:
    """A reason rests on something that the version itself cites."""
    cited = [basis.code or basis.name_vi for basis in facts.legal_bases]
    cited += [facts.source.decision] if facts.source and facts.source.decision else []
    given = [(f"reasons/{n}/legal_basis", r.legal_basis) for n, r in enumerate(offering.reasons_of(facts))]
    if offering.is_barred(facts):
        given.append(("legal_basis", facts.online.legal_basis or ""))
    for at, basis in given:
        if basis and not any(text and text in basis for text in cited):
            vi, en = "Căn cứ không có trong danh mục căn cứ của thủ tục", "Not among the legal bases of the procedure"
            yield Problem(f"/facts/online/{at}", "legal_basis", vi, en)


def _plan(facts: Facts) -> Iterator[Problem]:
    for place, item in enumerate(facts.plan_items):
        for problem in offering.plan_item(item, services={facts.code}):
            yield problem._replace(pointer=f"/facts/plan_items/{place}{problem.pointer}")


def _form(version: VersionItem) -> Iterator[Problem]:
    from chalicelib.forms.dictionary import shipped_dictionary
    from chalicelib.forms.document import check_form

    for problem in check_form(version.form, shipped_dictionary()):
        yield Problem(f"/form{problem.pointer}", problem.rule, problem.message_vi, problem.message_en)
