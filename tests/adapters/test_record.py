"""Records under writers at once, on any endpoint (conftest.py): no fact is lost, none is doubled, the chain holds."""

import threading
from datetime import UTC, datetime

import pytest

from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import read
from chalicelib.kernel import aws, record, waiting
from chalicelib.kernel.problem import TryAgain
from tests.support.writing import write

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


class Said(Event, frozen=True, kw_only=True):
    """A fact of the tests."""

    type = "vn.motcua.test.said_at_once"

    by: str
    number: int = 0
    text: str = ""


class Thing(record.Head, frozen=True, kw_only=True):
    """A record of the tests."""

    shape = 1

    last: str = ""


def head_of(dynamo, pk):
    return read(Thing, aws.get(dynamo.table, pk, "HEAD"))


def log_of(dynamo, pk):
    return [record.log_row(row) for row in aws.query(dynamo.table, pk, "EVENT#")]


def begun(dynamo, pk, who="first"):
    return record.Change(dynamo.table, Thing(pk=pk, last=who), NOW).tell(Said(by=who))


def at_once(works):
    """Run all from the same moment on; answers what they answered, or their exceptions."""
    gate, told = threading.Barrier(len(works)), [None] * len(works)

    def run(place):
        gate.wait(120)
        try:
            told[place] = works[place]()
        except Exception as error:  # noqa: BLE001 - it is what is asserted on
            told[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return told


def appended(dynamo, pk, who, count):
    """How many facts a writer got in; one that gives up after its attempts is told so and has written nothing."""
    done = []
    for number in range(count):

        def once(number=number):
            said = Said(by=who, number=number)
            record.Change(dynamo.table, head_of(dynamo, pk), NOW).tell(said).tell(said).put(last=who).write()

        try:
            record.settled(once)
        except TryAgain:
            continue
        done.append(number)
    return done


@pytest.mark.parametrize(
    ("writers", "count"), [(4, 6), pytest.param(12, 40, marks=pytest.mark.soak)], ids=["few", "many"]
)
def test_what_writers_at_once_add_is_there_once_and_in_one_chain(dynamo, pk, writers, count):
    begun(dynamo, pk).write()
    told = at_once([lambda w=w: appended(dynamo, pk, str(w), count) for w in range(writers)])
    head, rows = head_of(dynamo, pk), log_of(dynamo, pk)
    kept = sorted((r.data["by"], r.data["number"]) for r in rows[1:])
    assert kept == sorted((str(w), n) for w, done in enumerate(told) for n in done for _ in range(2))
    changes = sum(len(done) for done in told)
    assert (head.version, head.seq, len(rows)) == (1 + changes, 1 + 2 * changes, 1 + 2 * changes)
    assert record.unbroken(rows, head)
    pairs = [(r.data["by"], r.data["number"]) for r in rows[1:]]
    assert pairs[::2] == pairs[1::2], "the facts of one change stand together"
    assert head.last == rows[-1].data["by"]


def test_of_those_who_begin_at_once_one_begins(dynamo, pk, monkeypatch):
    monkeypatch.setattr(waiting, "LONGEST", 0.2)  # they never read again, and would wait in vain

    def work(who):
        return lambda: record.settled(lambda: begun(dynamo, pk, who).write() or who)

    told = at_once([work(str(n)) for n in range(6)])
    (winner,) = (t for t in told if isinstance(t, str))
    assert sum(isinstance(t, TryAgain) for t in told) == 5, told
    head, rows = head_of(dynamo, pk), log_of(dynamo, pk)
    assert (head.last, head.version, [r.data["by"] for r in rows]) == (winner, 1, [winner])
    assert record.unbroken(rows, head)


def test_a_change_that_loses_another_condition_is_not_tried_again_and_leaves_nothing(dynamo, pk):
    begun(dynamo, pk).write()
    write(aws.put_new(dynamo.table, {"pk": pk, "sk": "DOC#1"}))
    tries = []

    def once():
        tries.append(1)
        change = record.Change(dynamo.table, head_of(dynamo, pk), NOW).tell(Said(by="late"))
        change.also("document", aws.put_new(dynamo.table, {"pk": pk, "sk": "DOC#1"})).write()

    with pytest.raises(aws.Lost) as lost:
        record.settled(once)
    assert lost.value.parts == {"document"}
    head, rows = head_of(dynamo, pk), log_of(dynamo, pk)
    assert (len(tries), head.version, len(rows)) == (1, 1, 1)
    assert record.unbroken(rows, head)


def test_a_long_log_is_read_whole_and_in_order(dynamo, pk):
    begun(dynamo, pk).write()
    for number in range(6):
        change = record.Change(dynamo.table, head_of(dynamo, pk), NOW)
        for _ in range(6):
            change.tell(Said(by="long", number=number, text="x" * 60_000))
        change.write()
    head, rows = head_of(dynamo, pk), log_of(dynamo, pk)
    assert len(rows) == 37  # over two megabytes: three pages
    assert record.unbroken(rows, head)
