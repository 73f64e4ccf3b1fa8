"""The beginning and the end of what holds for a time: each moment beside it and on it, and what has no end."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.contracts.identity import RepresentationKept
from chalicelib.contracts.vault import KeptPaper
from chalicelib.delivery import model as delivering
from chalicelib.delivery.idapp import model as in_app
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.deliveries import Delivery
from chalicelib.dossier.integrated import AppPaper
from chalicelib.dossier.kept import Kept
from chalicelib.dossier.ties import Tie
from chalicelib.identity.mandates.model import Claim, Claims, overlapping, without
from chalicelib.kernel.clock import moment, stamp
from chalicelib.law.rules import AppTimes
from chalicelib.vault.grants.model import Grant
from chalicelib.vault.model import Wanted
from tests.fakes.clock import Clock
from tests.unit.borders.test_vaults import DOCUMENT

NOW = Clock()()
TICK = timedelta(milliseconds=1)
EARLY, ON, LATE = NOW - TICK, NOW, NOW + TICK
AT = stamp(NOW)
PAPER = KeptPaper(
    owner="o", document="D", kind="k", title="t", agency="H01", reference="r", key="k", version_id="v",
    sha256="a" * 64, size=1, provenance="NATIVE_ESIGNED",
)  # fmt: skip
SAID = RepresentationKept(
    id="R", version=1, kind="parent", state="active", represented="a", representative="b", sealed="s", may=(),
    opens=AT, closes=None,
)  # fmt: skip
GRANT = Grant(
    id="G", owner="o", document="D", title="t", receiver_kind="LINK", receiver="", shown="x", purpose="p",
    given_at=AT, until=AT, body="b", min_level=2,
)  # fmt: skip


def seen(holds):
    """What is so just before a moment, on it, and just after it."""
    return tuple(bool(holds(each)) for each in (EARLY, ON, LATE))


FROM, BEFORE, TO, AFTER, ALWAYS, NEVER = (
    (False, True, True),
    (True, False, False),
    (True, True, False),
    (False, False, True),
    (True, True, True),
    (False, False, False),
)


def represented(**changes):
    return Representation(said=replace(SAID, **changes), at=AT).holds


def tied(tie):
    """Whether it holds at a moment, for a dossier that was filed then."""
    return lambda at: tie.held(at, at)


def delivery(**changes):
    return Delivery(destination="counter", asked_at=AT, **changes)


def app(**changes):
    return AppPaper(pk="P", id="1", paper=PAPER, at=AT, **changes)


TIMES = AppTimes(hours=24, asked_minutes=10, by_hand="2wd")
DAY_BEFORE = stamp(NOW - timedelta(hours=24))
SPANS = {
    "a representation begins": (represented(), FROM),
    "a representation ends": (represented(opens=stamp(NOW - timedelta(days=1)), closes=AT), BEFORE),
    "a representation that ended": (represented(state="ended"), NEVER),
    "a tie begins": (tied(Tie(other="a", opens=AT)), FROM),
    "a tie ends": (tied(Tie(other="a", opens="2020", closes=AT)), BEFORE),
    "a tie without end": (tied(Tie(other="a", opens="2020")), ALWAYS),
    "a grant ends": (lambda at: GRANT.state(stamp(at)) == "given", TO),
    "a delivery is due": (lambda at: delivering.is_due(delivery(due_at=AT), at), FROM),
    "a delivery that is not due": (lambda at: delivering.is_due(delivery(), at), NEVER),
    "a window ends": (lambda at: delivering.has_expired(delivery(expires_at=AT), at), FROM),
    "a delivery without a window": (lambda at: delivering.has_expired(delivery(), at), NEVER),
    "a paper is due at the app": (lambda at: in_app.is_due(app(due_at=AT), at), FROM),
    "a paper that is not due": (lambda at: in_app.is_due(app(), at), NEVER),
    "a paper is late": (lambda at: in_app.is_late(app(since=DAY_BEFORE), TIMES, at), AFTER),
    "a paper without a law of its day": (lambda at: in_app.is_late(app(since=DAY_BEFORE), None, at), NEVER),
    "a paper that was asked for is late sooner": (
        lambda at: in_app.is_late(app(since=AT, asked_at=stamp(NOW - timedelta(minutes=10))), TIMES, at),
        AFTER,
    ),
}


@pytest.mark.parametrize(("holds", "when"), SPANS.values(), ids=SPANS)
def test_what_holds_for_a_time_begins_and_ends_on_its_moment(holds, when):
    assert seen(holds) == when


@pytest.mark.parametrize(
    ("opens", "closes", "meets"),
    [
        (2, 4, False), (1, 4, True), (1, 2, True), (0, 3, True), (0, 1, False), (0, None, True), (1, None, True),
        (2, None, False), (3, None, False),
    ],
)  # fmt: skip
def test_of_two_mandates_the_second_may_begin_where_the_first_ends_and_not_before(opens, closes, meets):
    """The first is from day 1 to day 2; the same is so whichever of the two was there."""

    def claim(name, opens, closes):
        known = {"opens": f"2026-11-0{opens + 1}", "closes": None if closes is None else f"2026-11-0{closes + 1}"}
        return Claim(mandate=name, representative=name, procedures=("1", "2"), **known)

    first, second = claim("a", 1, 2), replace(claim("b", opens, closes), procedures=("2", "3"))
    assert (overlapping([first], second) == first) is meets
    assert (overlapping([second], first) == second) is meets
    assert overlapping([replace(first, procedures=("1",))], second) is None
    assert overlapping([replace(first, representative="b")], second) is None, "the same one may have two"


def test_claims_that_are_over_go_with_the_one_that_is_taken_off():
    def claim(name, closes):
        return Claim(mandate=name, representative=name, procedures=("1",), opens="2020", closes=closes)

    known = Claims(claims=tuple(claim(*each) for each in (("a", None), ("b", AT), ("c", stamp(LATE)), ("d", None))))
    assert [each.mandate for each in without(known, "d", AT).claims] == ["a", "c"]
    assert [each.mandate for each in without(known, "d", stamp(EARLY)).claims] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("said", "is_usable"),
    [
        ({}, True),
        ({"valid_until": "2026-11-26"}, True),
        ({"valid_until": "2026-11-25"}, True),
        ({"valid_until": "2026-11-24"}, False),
        ({"withdrawn_at": AT}, False),
        ({"replaced_by": "E"}, False),
        ({"replaced_by": "E", "valid_until": "2026-11-26"}, False),
    ],
)
def test_a_kept_paper_answers_a_component_to_its_last_day_included(said, is_usable):
    assert Kept(paper=replace(PAPER, **said), at=AT).is_usable(date(2026, 11, 25)) is is_usable


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"since": "2026-11-25"}, True),
        ({"since": "2026-11-26"}, False),
        ({"until": "2026-11-25"}, True),
        ({"until": "2026-11-24"}, False),
        ({"since": "2026-11-25", "until": "2026-11-25"}, True),
        ({}, True),
    ],
)
def test_a_document_is_looked_for_from_a_day_to_a_day_both_included(wanted, fits):
    assert Wanted(**wanted).fits(replace(DOCUMENT, issued_on="2026-11-25")) is fits


def test_a_moment_of_a_stamp_is_that_of_its_millisecond():
    assert [moment(stamp(each)) for each in (EARLY, ON, LATE)] == [EARLY, ON, LATE]
