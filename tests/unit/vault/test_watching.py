"""Unusual reads are found as the ledger is written: honest work raises nothing, each seeded kind is told once."""

from datetime import timedelta

import pytest
from msgspec import structs

from chalicelib.contracts.ledger import LineWritten
from chalicelib.kernel import aws, log
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp, utc_now
from chalicelib.kernel.problem import TryAgain
from chalicelib.law.states import DossierState
from chalicelib.ledger import door
from chalicelib.ledger.lines import stretch
from chalicelib.ledger.table import partition
from chalicelib.vault.fence import TABLE
from chalicelib.vault.watching.model import Limits, Read, Seen, Watch
from chalicelib.vault.watching.service import Watching
from chalicelib.vault.watching.store import WatchTable
from tests.fakes import people
from tests.fakes.clock import Clock

LIMITS = Limits(timedelta(minutes=60), 5, 2)
OFFICER, OTHER = people.officer("processing"), people.officer("leader")
NAMESAKE = Principal("officer-namesake", "OFFICER", OFFICER.name, 1, "", OFFICER.agency, frozenset({"processing"}))
OPEN, ENDED = "MC-OPEN000000000000", "MC-ENDED00000000000"


@pytest.fixture
def clock():
    return Clock()


class Standing(WatchTable):
    """Which dossiers are open, without making whole ones."""

    def is_open(self, reference, at):
        """All but those that ended, and those that never were."""
        return reference.startswith("MC-") and "ENDED" not in reference


@pytest.fixture
def counted(monkeypatch):
    found = list[dict[str, int]]()
    monkeypatch.setattr(log, "measure", lambda about=None, /, **counts: found.append(counts))
    return found


@pytest.fixture
def watching(tables, clock):
    return Watching(Standing(), clock, LIMITS)


@pytest.fixture
def reads(watching, clock, counted):
    """`reads(...)`: by the door into the ledger, and from its line to the watch, as the bus brings it."""

    def do(person, who=OFFICER, dossier=OPEN, *, minutes=0.0, ground="", times=1):
        owner = f"{person:032x}"
        clock.advance(minutes=minutes)
        before = len(aws.query(TABLE(), f"ANOMALIES#{who.agency or people.OFFICE['id']}", "FOUND#"))
        read = door.Read(owner=owner, document="D", reference=dossier, sha256="a", ground=ground)
        door.note(read, who, "messages", clock())
        (number, line), *_ = stretch(owner, 0, 1, newest=True)
        for _ in range(times):
            watching.see(line.said, owner, f"{partition(owner)}/EVENT#{number:06d}", line.at)
        after = aws.query(TABLE(), f"ANOMALIES#{who.agency or people.OFFICE['id']}", "FOUND#")
        return [row["kind"] for row in after[before:]]

    return do


def many(reads, count, **more):
    return [kind for person in range(count) for kind in reads(person, **more)]


HONEST = {
    "one paper": lambda r: r(1),
    "the same paper again and again": lambda r: [k for _ in range(20) for k in r(1)],
    "as many people as are usual": lambda r: many(r, 5),
    "as many again, an hour later": lambda r: many(r, 5) + r(9, minutes=61) + many(r, 4),
    "many people over a day": lambda r: many(r, 12, minutes=15),
    "many people, each by another officer": lambda r: [
        k
        for n in range(12)
        for k in r(n, who=Principal(f"o-{n}", "OFFICER", "A", 1, "", OFFICER.agency, frozenset({"processing"})))
    ],
    "two officers of one name": lambda r: many(r, 4) + [k for n in range(20, 24) for k in r(n, who=NAMESAKE)],
    "two officers of one agency": lambda r: many(r, 5) + [k for n in range(20, 25) for k in r(n, who=OTHER)],
    "one dossier of several holders": lambda r: many(r, 5, dossier=OPEN),
    "several dossiers of one person": lambda r: [k for n in range(20) for k in r(1, dossier=f"MC-{n:016d}")],
    "a dossier that ended": lambda r: r(1, dossier=ENDED),
    "the same ended dossier again": lambda r: [k for _ in range(20) for k in r(1, dossier=ENDED)],
    "as many ended ones as are usual": lambda r: [k for n in range(2) for k in r(n, dossier=f"{ENDED}{n}")],
    "ended ones over a day": lambda r: [k for n in range(9) for k in r(n, dossier=f"{ENDED}{n}", minutes=45)],
    "by consent, without a dossier": lambda r: many(r, 5, dossier="", ground="consent GR-1: employment"),
    "by a mandate": lambda r: many(r, 5, dossier="", ground="mandate MD-1"),
    "an owner reads all that is theirs": lambda r: [k for _ in range(12) for k in r(3, who=people.CITIZEN)],
    "a representative reads for many": lambda r: many(r, 12, who=people.NEIGHBOUR),
    "each line is told five times": lambda r: many(r, 5, times=5),
    "open and ended ones mixed": lambda r: many(r, 3) + [k for n in range(2) for k in r(n, dossier=f"{ENDED}{n}")],
    "scans of an archive": lambda r: many(r, 5, dossier="LT-H01-2019-1"),
    "the app takes results": lambda r: many(
        r, 12, who=Principal("delivery:app", "SERVICE", "Ứng dụng", 0, agency=OFFICER.agency)
    ),
    "just outside of the window": lambda r: many(r, 5) + r(9, minutes=60),
}


@pytest.mark.parametrize("pattern", HONEST.values(), ids=HONEST)
def test_honest_work_raises_nothing(reads, counted, pattern):
    assert pattern(reads) == []
    assert counted == []


SEEDED = {
    "one person more than is usual": (lambda r: many(r, 6), ["many_subjects"]),
    "slowly, across the hour": (lambda r: many(r, 6, minutes=11.9), ["many_subjects"]),
    "by consent all the same": (
        lambda r: many(r, 6, dossier="", ground="consent GR-1: employment"),
        ["many_subjects"],
    ),
    "ended dossiers": (lambda r: [k for n in range(3) for k in r(1, dossier=f"{ENDED}{n}")], ["no_open_dossier"]),
    "dossiers that never were": (lambda r: [k for n in range(3) for k in r(1, dossier=f"X{n}")], ["no_open_dossier"]),
    "both at once": (
        lambda r: [k for n in range(6) for k in r(n, dossier=f"{ENDED}{n}")],
        ["no_open_dossier", "many_subjects"],
    ),
    "it goes on: once a window": (lambda r: many(r, 30, minutes=4), ["many_subjects", "many_subjects"]),
}


@pytest.mark.parametrize(("pattern", "told"), SEEDED.values(), ids=SEEDED)
def test_each_seeded_kind_is_found_and_told_once_a_window(reads, counted, pattern, told):
    assert pattern(reads) == told
    assert sum(each["ReadsAnomalous"] for each in counted) == len(told)


def test_the_line_names_who_read_and_how_many_and_nobody_of_whom(reads, watching):
    many(reads, 6)
    (found,) = watching.listed(OTHER, "").anomalies
    assert (found.kind, found.name, found.count) == ("many_subjects", OFFICER.name, 6)
    (row,) = aws.query(TABLE(), f"ANOMALIES#{OFFICER.agency}", "EVENT#")
    assert row["data"] == {"anomaly": found.id, "agency": OFFICER.agency, "kind": found.kind, "count": 6}
    assert watching.listed(people.officer("leader", agency="H01.10.25"), "").anomalies == []


def test_the_list_goes_on_by_pages_the_newest_first(reads, watching, monkeypatch):
    many(reads, 30, minutes=4)
    for room in ("watching.store", "listing"):
        monkeypatch.setattr(f"chalicelib.vault.{room}.PAGE", 1)
    first = watching.listed(OTHER, "")
    second = watching.listed(OTHER, first.following)
    assert [len(each.anomalies) for each in (first, second)] == [1, 1]
    assert first.anomalies[0].found_at > second.anomalies[0].found_at


def test_a_refused_read_and_a_stored_paper_are_no_reads(watching):
    line = LineWritten(act="read", document="D", by=OFFICER.agency, officer="A", basis="x", reference="", sha256="")
    for other in (
        structs.replace(line, refused=True),
        structs.replace(line, withdrawn=True),
        structs.replace(line, act="stored"),
        structs.replace(line, officer=None),
    ):
        watching.see(other, "f" * 32, "LEDGER#f/EVENT#000001", stamp(utc_now()))
    assert aws.query(TABLE(), f"WATCH#{OFFICER.agency}") == []


def test_a_read_that_another_one_overtakes_comes_again(tables, clock):
    class Overtaken(Standing):
        def keep(self, read, before, after):
            super().keep(read, before, after)
            return super().keep(read, before, after)

    watching = Watching(Overtaken(), clock, LIMITS)
    door.note(door.Read(owner="a" * 32, document="D", reference=OPEN, sha256="a"), OFFICER, "messages", clock())
    ((_, line),) = stretch("a" * 32, 0, 1)
    with pytest.raises(TryAgain):
        watching.see(line.said, "a" * 32, f"{partition('a' * 32)}/EVENT#000001", line.at)


def test_what_is_kept_of_an_officer_has_an_end():
    watch, start = Watch(), Clock()
    for number in range(50):
        start.advance(seconds=1)
        read = Read(at=stamp(start()), agency="A", officer="o", name="N", subject=str(number), closed=f"c{number}")
        watch, _ = watch.after(read, LIMITS)
    assert (len(watch.subjects), len(watch.closed), len(watch.told)) == (6, 3, 2)


def test_a_dossier_that_ended_after_the_read_was_open_then(tables):
    assert not WatchTable().is_open("", "")
    assert not WatchTable().is_open("MC-0000000000000000", "")


@pytest.mark.parametrize(
    ("late", "is_open"), [(-timedelta(days=1), True), (timedelta(milliseconds=-1), True), (timedelta(), False),
                          (timedelta(milliseconds=1), False), (timedelta(days=1), False)],
)  # fmt: skip
def test_a_read_that_is_told_late_counts_by_when_it_was(hall, late, is_open):
    """The dossier has ended since; when its file was read it was open still."""
    reference, ended = hall.submitted(), utc_now()
    assert WatchTable().is_open(reference, stamp(ended))
    hall.put(reference, state=int(DossierState.RESULT_RETURNED), returned_at=stamp(ended))
    assert WatchTable().is_open(reference, stamp(ended + late)) == is_open


def test_what_is_no_dossier_was_never_open(hall):
    assert not WatchTable().is_open("", stamp(utc_now()))
    assert not WatchTable().is_open("MC-NEVER", stamp(utc_now()))


def test_of_two_who_keep_one_watch_the_second_finds_out(tables):
    read, store = (
        Read(at="2026-11-25T02:00:00.000+00:00", agency="H01", officer="o", name="A", subject="s"),
        WatchTable(),
    )
    for before in (Watch(), Watch(version=1)):
        ours, theirs = (structs.replace(before, version=before.version + 1, told=(Seen(each, each),)) for each in "ab")
        assert store.keep(read, before, ours)
        assert not store.keep(read, before, theirs)
        assert store.watch(read) == ours


def test_the_last_moments_of_a_window_count_and_what_is_older_does_not():
    at = utc_now()
    read = Read(at=stamp(at), agency="H01", officer="o", name="A", subject="now")
    edge = stamp(at - LIMITS.window + timedelta(milliseconds=1)), stamp(at - LIMITS.window)
    seen = Watch(subjects=(Seen("out", edge[1]), Seen("in", edge[0])), told=(Seen("many_subjects", edge[1]),))
    after, _ = seen.after(read, LIMITS)
    assert ([each.what for each in after.subjects], after.told) == (["in", "now"], ())


def test_a_read_told_before_an_earlier_one_keeps_the_later_time():
    first, second = stamp(utc_now()), stamp(utc_now() + timedelta(minutes=10))
    for order in ((first, second), (second, first)):
        watch = Watch()
        for at in order:
            watch, _ = watch.after(Read(at=at, agency="H01", officer="o", name="A", subject="s"), LIMITS)
        assert [each.at for each in watch.subjects] == [second]


def test_as_many_as_the_limit_are_unremarked_and_one_more_is_told():
    watch, told = Watch(), []
    for number in range(LIMITS.subjects + 1):
        at = stamp(utc_now() + timedelta(seconds=number))
        watch, found = watch.after(Read(at=at, agency="H01", officer="o", name="A", subject=f"s{number}"), LIMITS)
        told.append([each.kind for each in found])
    assert told == [[]] * LIMITS.subjects + [["many_subjects"]]
