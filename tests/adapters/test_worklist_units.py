"""Each filter of the worklist: the same calls and read units at a thousand open tasks and at a hundred thousand.

And no key of the lists is hot at the peak: one agency's load on one key stays under a tenth of a partition's limit.
"""

from collections import Counter
from itertools import pairwise

import pytest
from msgspec import structs

from chalicelib.dossier.claims import Claim, claimed_list
from chalicelib.dossier.items import Task, task_id, worklist_keys
from chalicelib.dossier.names import name_list
from chalicelib.kernel import aws
from chalicelib.kernel.ids import keyed_hash
from chalicelib.onestop.tasks.workload import KINDS, MOST
from chalicelib.sealing.door import seal, unseal
from infra.demo import story
from infra.local import meter
from tests.adapters.test_counts import PARTITION, RATE, Filled, indexes, reads
from tests.support.world import officer_of, ready

AGENCY, NAME = "H77.88.98", "Trần Thị Ánh Nguyệt"
PROCEDURES = ("1.001193", "1.000656", "1.004845", "2.000635")
MINE, NAMED = 40, 3
"""Tasks that one person has, dossiers of one name: a longer list of others does not make these more."""


class Many(Filled):
    """Open tasks of one agency: a tenth of them claimed by others, half of them late, of four procedures in turn."""

    def __init__(self, where, reference, me):
        super().__init__(where, reference)
        self.task = next(r for r in self.rows if r["sk"].startswith("TASK#"))
        self.whole(me)

    def listed(self, pk, n, officer=None):
        clock = f"03:{n // 60_000:02d}:{n // 1000 % 60:02d}.{n % 1000:03d}"  # what comes later is due later
        due = f"{2026 if n % 2 else 2199}-01-05T{clock}+00:00"
        claim = Claim(officer=officer, name="X", agency=AGENCY, at=due) if officer else None
        task = Task(
            leg="0-commune", kind="receive", agency=AGENCY, opened_at=due, due_at=due, procedure=PROCEDURES[n % 4],
            reference=pk, claim=claim,
        )  # fmt: skip
        kept = {"claim": {"officer": officer, "name": "X", "agency": AGENCY, "at": due}} if claim else {}
        self.put(
            self.name,
            {
                **self.task,
                "pk": pk,
                "agency": AGENCY,
                "due_at": due,
                "procedure": task.procedure,
                **kept,
                **worklist_keys(task, pk),
            },
        )

    def up_to(self, count):
        for n in range(self.count, count):
            self.listed(f"MC-MANY{n:012d}", n, f"{n % 50:032x}" if n % 10 == 0 else None)
        self.count = count

    def whole(self, me):
        """What one person has, and dossiers of one name with all that they consist of."""
        for n in range(MINE):
            pk = f"MC-MINE{n:012d}"
            self.listed(pk, n, me)
            row = {"leg": "0-commune", "kind": "receive", "agency": AGENCY, "procedure": PROCEDURES[0], "shape": 1}
            row |= {
                "opened_at": "2026-01-01T03:00:00.000+00:00",
                "due_at": "2199-01-05T03:00:00.000+00:00",
                "reference": pk,
            }
            self.put(self.name, {**row, "pk": claimed_list(me), "sk": task_id(pk, "0-commune", "receive")})
        for n in range(NAMED):
            pk = f"MC-NAMED{n:011d}"
            for row in self.rows:
                moved = {}
                if row["sk"] == "HEAD":  # under a key of its own, as every dossier's
                    sealed = seal(pk, unseal(row["pk"], row["sealed"]))
                    moved = {"sealed": sealed, "so_pk": name_list(AGENCY, NAME), "wl_sk": f"2026-11-2{n}"}
                if not row["sk"].startswith("TASK#"):
                    self.put(self.name, {**row, "pk": pk, "agency": AGENCY, **moved})
            self.listed(pk, n)


@pytest.fixture
def many(where, citizen, small_scan):
    reference = story.submit(citizen, ready(citizen, small_scan)).ok(201).body["reference"]
    made = Many(where, reference, keyed_hash("officer", subject()))
    yield made
    made.empty()


def subject():
    return f"officer-{AGENCY}-reception"


FILTERS = {
    "all": "",
    "kind": "kind=receive",
    "procedure": f"procedure={PROCEDURES[1]}",
    "state": "state=1",
    "late": "late=true",
    "not late": "late=false",
    "mine": "claimed=me",
    "nobody's": "claimed=nobody",
    "nobody's of a procedure that is late": f"claimed=nobody&procedure={PROCEDURES[1]}&late=true",
    "name": "applicant=tran+thi+anh+nguyet",
    "code": "code=MC-NAMED00000000000",
}
ROWS = {"mine": MINE, "name": NAMED, "code": 1}


def looked(desk):
    """Calls and units of each filter, and how many rows it showed."""
    found = {}
    for name, query in FILTERS.items():
        rows = desk.get(f"/v1/tasks?{query}").ok().body["tasks"]
        assert len(rows) == ROWS.get(name, 50), name
        found[name] = reads(desk, f"/v1/tasks?{query}")
    return found


@pytest.mark.parametrize("size", [5_000, pytest.param(100_000, marks=pytest.mark.soak)], ids=["5 k", "100 k"])
def test_every_filter_costs_the_same_however_long_the_list_is(cloud, where, many, size):
    cloud.wait_idle()
    desk = officer_of(where, AGENCY, "reception")
    many.up_to(1000)
    few = looked(desk)
    many.up_to(size)
    assert looked(desk) == few
    print(f"\ncalls and read units at 1,000 and {size:,} open tasks: {few}")
    assert all(calls <= 13 for calls, _ in few.values()), few  # two a kind that reception sees, objections among them
    assert all(units <= 80 for _, units in few.values()), few


@pytest.mark.parametrize("size", [10_000, pytest.param(100_000, marks=pytest.mark.soak)], ids=["10 k", "100 k"])
def test_what_a_supervisor_reads_costs_the_same_however_much_work_there_is(cloud, where, many, size):
    """From where both lists, a tenth is claimed, are longer than what is read of them."""
    cloud.wait_idle()
    leader, found = officer_of(where, AGENCY, "leader"), []
    for count in (10 * MOST + 200, size):
        many.up_to(count)
        body = leader.get("/v1/workload").ok().body
        load = next(each for each in body["kinds"] if each["kind"] == "receive")
        assert (load["open"], load["unclaimed"], load["at_least"]) == (2 * MOST, MOST, True)
        found.append(reads(leader, "/v1/workload"))
    print(f"\ncalls and read units of the workload: {found}")
    assert found[0] == found[1]
    assert found[0][0] <= 2 * len(KINDS) + 3  # one of them: the requests about data of the agency
    assert found[0][1] <= 120


# --- no key is hot --------------------------------------------------------------------------------------------------

SHARE = 0.1
"""The greatest part of the country's dossiers that one agency has, as docs/explanation/tasks.md states it."""


def units(before, after):
    """Write units of each key of the lists for one change of a task."""
    found = Counter()
    for name in ("worklist", "sought"):
        index = indexes()[name]
        old, new = (meter.entry(each, index) for each in (before, after))
        for entry in (old, new) if old != new else ():
            if entry:
                found[name, entry[index.keys[0]]["S"]] += meter.index_units(None, entry, index)
    return found


def stored(task):
    """What of an open task the lists are made from."""
    shown = {"pk": "MC-1", "sk": "TASK#0-commune#receive", "opened_at": task.opened_at, "due_at": task.due_at}
    return aws.packed({**shown, "procedure": task.procedure, **worklist_keys(task, "MC-0123456789ABCDEF")})


@pytest.mark.parametrize("is_taken", [False, True], ids=["done at once", "taken, then done"])
def test_one_agencys_load_on_one_key_is_under_a_tenth_of_a_partition_at_the_peak(is_taken):
    due = "2026-11-25T03:00:00.000+00:00"
    free = Task(leg="0-commune", kind="receive", agency="H01", opened_at=due, due_at=due, procedure=PROCEDURES[0])
    taken = structs.replace(free, claim=Claim(officer="0" * 32, name="X", agency="H01", at=due))
    life = [None, stored(free), *([stored(taken)] if is_taken else []), None]
    load = Counter()
    for before, after in pairwise(life):
        load.update(units(before, after))
    assert {key[1] for key in load} >= {"H01#receive", f"H01#receive#{PROCEDURES[0]}"}
    (key, each), *_ = load.most_common(1)
    print(f"\n{key[1]}: {each} units a task, {each * RATE * SHARE:.0f} a second of {PARTITION}")
    assert each * RATE * SHARE <= PARTITION / 10
