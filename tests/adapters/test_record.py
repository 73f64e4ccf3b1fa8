"""Records under writers at once, on any endpoint (conftest.py): no fact is lost, none is doubled, the chain holds."""

import threading
from datetime import UTC, datetime

import pytest

from chalicelib.kernel import aws, record
from chalicelib.kernel.problem import TryAgain
from chalicelib.kernel.events import EventType, Fact

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def fact(who, number=0):
    return Fact(EventType.DRAFT_SAVED, {"by": who, "number": number})


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
            head = record.read_head(dynamo.table, pk)
            facts = [fact(who, number), fact(who, number)]
            aws.write(*record.append(dynamo.table, head, facts, NOW, put={"last": who}))

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
    aws.write(*record.begin(dynamo.table, pk, [fact("first")], {"last": ""}, NOW))
    told = at_once([lambda w=w: appended(dynamo, pk, str(w), count) for w in range(writers)])
    head, rows = record.read_head(dynamo.table, pk), record.log(dynamo.table, pk)
    kept = sorted((r["data"]["by"], r["data"]["number"]) for r in rows[1:])
    assert kept == sorted((str(w), n) for w, done in enumerate(told) for n in done for _ in range(2))
    changes = sum(len(done) for done in told)
    assert (head["version"], head["seq"], len(rows)) == (1 + changes, 1 + 2 * changes, 1 + 2 * changes)
    assert record.unbroken(rows, head)
    pairs = [(r["data"]["by"], r["data"]["number"]) for r in rows[1:]]
    assert pairs[::2] == pairs[1::2], "the facts of one change stand together"
    assert head["last"] == rows[-1]["data"]["by"]


def test_of_those_who_begin_at_once_one_begins(dynamo, pk):
    def work(who):
        return lambda: record.settled(
            lambda: aws.write(*record.begin(dynamo.table, pk, [fact(who)], {"by": who}, NOW)) or who
        )

    told = at_once([work(str(n)) for n in range(6)])
    (winner,) = (t for t in told if isinstance(t, str))
    assert sum(isinstance(t, TryAgain) for t in told) == 5, told
    head, rows = record.read_head(dynamo.table, pk), record.log(dynamo.table, pk)
    assert (head["by"], head["version"], [r["data"]["by"] for r in rows]) == (winner, 1, [winner])
    assert record.unbroken(rows, head)


def test_a_change_that_loses_another_condition_is_not_tried_again_and_leaves_nothing(dynamo, pk):
    aws.write(*record.begin(dynamo.table, pk, [fact("first")], {}, NOW))
    aws.write(aws.put_new(dynamo.table, {"pk": pk, "sk": "DOC#1"}))
    tries = []

    def once():
        tries.append(1)
        head = record.read_head(dynamo.table, pk)
        aws.write(
            *record.append(dynamo.table, head, [fact("late")], NOW),
            aws.put_new(dynamo.table, {"pk": pk, "sk": "DOC#1"}),
        )

    with pytest.raises(aws.WriteLost) as lost:
        record.settled(once)
    assert lost.value.reasons == ("None", "None", "ConditionalCheckFailed")
    head, rows = record.read_head(dynamo.table, pk), record.log(dynamo.table, pk)
    assert (len(tries), head["version"], len(rows)) == (1, 1, 1)
    assert record.unbroken(rows, head)


def test_a_long_log_is_read_whole_and_in_order(dynamo, pk):
    aws.write(*record.begin(dynamo.table, pk, [fact("first")], {}, NOW))
    for number in range(6):
        head = record.read_head(dynamo.table, pk)
        big = [Fact(EventType.DRAFT_SAVED, {"n": number, "text": "x" * 60_000}) for _ in range(6)]
        aws.write(*record.append(dynamo.table, head, big, NOW))
    head, rows = record.read_head(dynamo.table, pk), record.log(dynamo.table, pk)
    assert len(rows) == 37  # over two megabytes: three pages
    assert record.unbroken(rows, head)
