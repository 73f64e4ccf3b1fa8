"""A procedure in the list: the row that search and its filters are made from."""

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.life_events import life_events_of
from chalicelib.catalogue.procedures.parts import Promulgator
from chalicelib.catalogue.procedures.whose import area_of
from chalicelib.contracts.plan import Window
from chalicelib.contracts.stored import Stored

UNKNOWN = "unknown"


class ListedRow(Stored, frozen=True, kw_only=True):
    """The list's row of a procedure: what search and its filters need, nothing more.

    `windows` say on which days it is offered, `recorded` whether a national record is read on the others. `area` is the
    province for which alone it was published; a row of an earlier release does not say by whom.
    """

    shape = 1

    code: str
    name_vi: str
    name_en: str | None = None
    kind: str
    fields: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    level: str = UNKNOWN
    life_events: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    recorded: bool = False
    promulgator: str | None = None
    promulgator_vi: str | None = None
    area: str | None = None


def row(facts: Facts, level: str, *, windows: tuple[Window, ...], recorded: bool) -> ListedRow:
    """The list's row of a procedure."""
    by = facts.promulgated_by or Promulgator()
    return ListedRow(
        code=facts.code,
        name_vi=facts.name_vi,
        name_en=facts.name_en,
        kind=facts.kind,
        fields=tuple(each.name_vi for each in facts.all_fields),
        subjects=tuple(each.name_vi for each in facts.subjects),
        agencies=agencies(facts),
        level=level,
        life_events=life_events(facts),
        windows=windows,
        recorded=recorded,
        promulgator=by.code,
        promulgator_vi=by.name_vi,
        area=area_of(by.code, facts.agency),
    )


def agencies(facts: Facts) -> tuple[str, ...]:
    """Codes of the agencies that promulgate, decide or perform, each once."""
    promulgator = facts.promulgated_by.code if facts.promulgated_by else None
    named = (promulgator, *(each.code for each in facts.decided_by))
    return tuple(dict.fromkeys(code for code in named if code))


def life_events(facts: Facts) -> tuple[str, ...]:
    """Where our own grouping by life event puts a procedure."""
    fields = [each.name_vi for each in facts.all_fields]
    return life_events_of(facts.name_vi, fields, [each.name_vi for each in facts.life_groups])
