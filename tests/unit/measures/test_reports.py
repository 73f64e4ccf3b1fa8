"""The order of a report: what the board says and nothing else, one for each board, by who answers for the agency."""

import math

import pytest
from msgspec import structs

from chalicelib.contracts.event import Malformed, heard, told
from chalicelib.contracts.messages import PaperOrdered
from chalicelib.contracts.reports import Report, body_of
from chalicelib.kernel import aws
from chalicelib.kernel.problem import BodyInvalid, NotFound
from chalicelib.law.index_formulas import formula_named
from chalicelib.law.measures import indicators
from chalicelib.measures.boards.model import least
from chalicelib.measures.boards.service import FORMULA, Making, Reading
from chalicelib.measures.boards.store import BoardTable
from chalicelib.measures.boards.views import board_view
from chalicelib.measures.reported import for_everybody, ratio_of
from chalicelib.measures.reports import store
from chalicelib.measures.reports.model import citations, order_of, report_of
from chalicelib.measures.reports.service import Reporting
from chalicelib.measures.reports.store import ReportTable
from chalicelib.measures.store import Table
from chalicelib.measures.views import report_view
from chalicelib.messages.fence import report_key
from chalicelib.outbox.publish import CALL_BYTES
from tests.fakes import people
from tests.support import boards
from tests.support.measured import OURS, accepted, begun, clock, counted, entry, published, submitted

CITY = "H01"
PERIOD = "2026-11"
LEADER = people.officer("leader", agency=OURS)


@pytest.fixture
def made(tables):
    """A commune with a dossier, below a city; their boards."""
    published(CITY)
    published(OURS, entry(OURS, parent=CITY))
    counted(begun("MC-1", submitted("2026-11-02 08:00"), accepted("2026-11-02 09:00", "2026-11-05 17:00")))
    Making(BoardTable(), Table(), clock(), lambda: math.inf).anew(PERIOD)
    return tables


def reporting():
    return Reporting(Reading(BoardTable(), clock()), ReportTable(), clock())


def orders(tables, name):
    return [heard(PaperOrdered, row["data"]) for row in tables.events("Messages", report_key(name))]


def test_a_report_says_what_the_board_says(made):
    name = reporting().order(LEADER, OURS, PERIOD)
    (order,) = orders(made, name)
    view = board_view(Reading(BoardTable(), clock()).board(OURS, PERIOD), "")
    said = order.report.said
    assert (order.form, order.agency, order.report.unit, order.report.period) == ("report", OURS, OURS, PERIOD)
    figures = [(each.numerator, each.denominator, each.quality) for each in said.figures]
    own = view.measures.indicators
    assert figures == [(each.numerator, each.denominator, each.dataQualityStatus) for each in own]
    assert [each.ratio for each in said.figures] == [
        None if each.ratio is None else round(each.ratio * 100) for each in own
    ]
    assert {each.quality for each in said.figures} == {"ok", "empty", "missing", "withheld"}
    components = [each for group in said.index.groups for each in group.components]
    shown = [each for group in view.scores.parent.groups for each in group.components]
    assert [(each.code, each.score, each.delta, each.quality) for each in components] == [
        (each.id, each.score, each.scoreDelta, each.dataQualityStatus) for each in shown
    ]
    assert [each.month for each in said.trend] == [each.month for each in view.trend]
    assert (said.procedures, said.least) == (tuple(view.procedures.codes), least())


def test_the_period_before_and_those_below_are_in_it():
    found = boards.found(boards.content(3))
    said, view = report_of(found.board, found.content).said, board_view(found, "")
    deltas = [each.delta for group in said.index.groups for each in group.components]
    assert deltas == [each.scoreDelta for group in view.scores.parent.groups for each in group.components]
    assert any(deltas)
    names = {each.unit: each for each in view.scores.children}
    assert [each.name for each in said.index.below] == sorted(each.name for each in view.scores.children)
    for each in said.index.below:
        assert each.groups == tuple(group.score for group in names[each.unit].groups)
        assert (each.scored, each.of) == (names[each.unit].scored, names[each.unit].of)


def test_what_other_systems_report_is_in_it_as_on_the_board():
    found = boards.found(boards.content(1))
    (source,), (shown,) = report_of(found.board, found.content).said.elsewhere, board_view(found, "").measures.elsewhere
    assert (source.source, source.version, source.received_at) == (
        shown.source,
        shown.version,
        "2026-10-05T01:00:00.000000Z",
    )
    own = [(each.numerator, each.denominator, each.quality, list(each.doubts), each.said) for each in source.figures]
    assert own == [
        (each.numerator, each.denominator, each.dataQualityStatus, each.doubts, each.reportedStatus)
        for each in shown.indicators
    ]
    ratios = [None if each.ratio is None else round(each.ratio * 100) for each in shown.indicators]
    assert [each.ratio for each in source.figures] == ratios
    assert [each.is_share for each in source.figures] == [True, True, True, True, False]
    unknown = structs.replace(boards.reported().figures[0], indicator="gone")
    told = structs.replace(found.content, elsewhere=(structs.replace(boards.reported(), figures=(unknown,)),))
    assert report_of(found.board, told).said.elsewhere[0].figures[0].name == "gone"


def test_a_figure_of_a_formula_set_that_is_gone_has_the_name_that_it_came_with():
    found = boards.found(boards.content(1))
    gone = structs.replace(boards.reported().figures[0], formula="gone")
    former = structs.replace(boards.reported(), figures=(gone,))
    content = structs.replace(found.content, elsewhere=(for_everybody(former, "2026-11"),))
    (figure,) = report_of(found.board, content).said.elsewhere[0].figures
    assert figure.name == former.figures[0].indicator
    assert figure.ratio == ratio_of(former.figures[0])
    assert report_view(former).indicators[0].name_vi == figure.name


def test_null_stays_null():
    found = boards.found(boards.content(1, counted=False))
    said = report_of(found.board, found.content).said
    assert {each.ratio for each in said.figures} == {None}
    assert {ratio for month in said.trend for ratio in month.ratios} == {None}
    assert {group.score for group in said.index.groups} == {None}
    assert said.index.of == 0
    before = structs.replace(found.content, index=None)
    assert report_of(found.board, before).said.index is None


def test_while_the_board_stands_it_is_one_paper_and_then_another(made):
    first = reporting().order(LEADER, OURS, PERIOD)
    assert reporting().ordered(OURS, PERIOD) == first
    assert len(orders(made, first)) == 1
    board = BoardTable().board(OURS, PERIOD)
    BoardTable().keep(structs.replace(board, as_of="2026-11-30T01:00:00.000+00:00"))
    second = reporting().order(LEADER, OURS, PERIOD)
    assert second != first
    assert len(orders(made, second)) == 1


def test_a_paper_is_named_after_its_board_and_all_that_it_says():
    board = boards.found(boards.content(1)).board
    others = [{"unit": "H02"}, {"period": "2026"}, {"as_of": "2026-11-27T01:00:00.001+00:00"}, {"body": "4:x"}]
    names = [order_of(structs.replace(board, **each)) for each in ({}, *others)]
    assert len(set(names)) == len(names)
    assert names[0].startswith(f"REPORT.H01.{board.period}.")
    assert order_of(structs.replace(board, name="x", generation=7)) == names[0], (
        "a rebuild to the same is no other paper"
    )


@pytest.mark.parametrize(("parts", "is_raised"), [({"head"}, False), ({"head", "event 0"}, False), ({"event 0"}, True)])
def test_an_order_that_was_given_is_not_given_again_and_what_else_is_lost_is_told(monkeypatch, parts, is_raised):
    class Losing:
        def __init__(self, *_):
            pass

        def tell(self, _):
            return self

        def write(self):
            raise aws.Lost(parts)

    monkeypatch.setattr(store, "Change", Losing)
    monkeypatch.setattr(store, "MESSAGES_TABLE", lambda: "messages")
    event = PaperOrdered(order="REPORT.x", form="report", agency=OURS, holder="f" * 32)
    if is_raised:
        with pytest.raises(aws.Lost):
            ReportTable().order(event, clock()())
    else:
        ReportTable().order(event, clock()())


def test_those_below_with_one_name_stand_by_their_identifiers():
    found = boards.found(boards.content(3))
    index = found.content.index
    same = [
        structs.replace(each.now, name="Phường", unit=f"H01.{number}")
        for each, number in zip(index.children, (2, 3, 1), strict=True)
    ]
    children = tuple(each._replace(now=now) for each, now in zip(index.children, same, strict=True))
    content = structs.replace(found.content, index=structs.replace(index, children=children))
    said = report_of(found.board, content).said
    assert [each.unit for each in said.index.below] == ["H01.1", "H01.2", "H01.3"]


@pytest.mark.parametrize(
    ("who", "unit"),
    [
        (people.officer("processing", agency=OURS), OURS),
        (people.officer("leader", agency=CITY), OURS),
        (LEADER, CITY),
        (people.CITIZEN, OURS),
        (LEADER, "H99"),
    ],
)
def test_only_who_answers_for_the_agency_orders_its_report(made, who, unit):
    with pytest.raises(NotFound):
        reporting().order(who, unit, PERIOD)
    assert not [row for row in made.everything("Messages") if row["pk"].startswith("ORDER#")]


def test_a_period_that_is_none_is_named_and_one_without_a_board_is_not_found(made):
    with pytest.raises(BodyInvalid) as refused:
        reporting().order(LEADER, OURS, "2026-13")
    assert [each.pointer for each in refused.value.fields] == ["/period"]
    with pytest.raises(NotFound):
        reporting().order(LEADER, OURS, "2025-01")
    assert not [row for row in made.everything("Messages") if row["pk"].startswith("ORDER#")]


def test_every_figure_is_cited_in_vietnamese():
    shown = [each.citation for each in indicators().indicators if each.published]
    assert {*shown, indicators().citation, formula_named(FORMULA).citation} - citations().keys() == set()


def test_the_largest_report_goes_on_the_bus():
    found = boards.found(boards.content(500, procedures=5_000))
    report = report_of(found.board, found.content)
    size = len(report.body)
    print(f"a report of 500 agencies that names 5,000 procedures: {size:,} bytes")
    assert size < CALL_BYTES / 2


@pytest.mark.parametrize("body", ["", "2:abc", "1:", "1:!!", "1:" + "0" * 40])
def test_a_body_that_means_something_else_is_refused_by_name(body):
    report = Report(unit="H01", name="Thành phố", period="2026", as_of="2026-11-27T01:00:00.000+00:00", body=body)
    with pytest.raises(Malformed, match=r"Report\.body"):
        _ = report.said


def test_a_body_is_read_as_it_was_written():
    found = boards.found(boards.content(2))
    report = report_of(found.board, found.content)
    assert body_of(report.said) == report.body
    assert heard(Report, told(report)) == report
