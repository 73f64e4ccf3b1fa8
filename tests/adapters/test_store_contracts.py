"""Our store contracts held against DynamoDB's documented rules, on any endpoint (see conftest.py): sequences.

A model that follows the documentation and the endpoint live the same life; they must answer the same.
"""

import time
import uuid

import pytest
from botocore.exceptions import ClientError
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from chalicelib.kernel import aws
from tests.adapters import dynamo_model as model
from tests.support.writing import write

SORTS = ("HEAD", "EVENT#", "EVENT#000001", "EVENT#000010", "DOC#a", "DOC#Đ", "DOC#z", "DOC#\ufffd", "DOC#😀")
PREFIXES = ("", "EVENT#", "DOC#", "D", "DOC#Đ", "nothing")
LISTS = ("H01#receive", "H01#verify")
keys = st.tuples(st.sampled_from(("a", "b")), st.sampled_from(SORTS))
values = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.text(max_size=8), st.just({"in": [1, {"deep": ""}]})
)
versions = st.one_of(st.integers(1, 3), st.just("1"))
moments = st.sampled_from(("2026-01-01", "2026-06-01", "2026-12-31", ""))  # of one type: see EMBEDDED_DIFFERS


@st.composite
def attributes(draw):
    """What an item may hold: with or without a place on a list, with half of one, with what is not projected."""
    found = {"version": draw(versions), "value": draw(values)}
    if draw(st.booleans()):
        found["at"] = draw(moments)
    if draw(st.integers(0, 3)):
        found |= {"wl_pk": draw(st.sampled_from(LISTS)), "due_at": draw(st.integers(0, 10))}
    if draw(st.integers(0, 3)):
        found["wl_sk"] = draw(st.sampled_from(("2026-01-01#MC-1", "2026-01-02#MC-2", "Đ", "😀", "\ufffd")))
    return found


@st.composite
def steps(draw):
    """One operation."""
    key, kind = draw(keys), draw(st.sampled_from(("new", "new", "put", "versioned", "versioned", "newer", "check")))
    match kind:
        case "new":
            return model.new(key, draw(attributes()))
        case "put":
            return model.put(key, draw(attributes()))
        case "versioned":
            remove = draw(st.sampled_from(((), ("wl_pk", "wl_sk"), ("value",), ("never_there",))))
            change = {k: v for k, v in draw(attributes()).items() if k not in remove}
            return model.versioned(key, change, draw(st.integers(1, 3)), remove)
        case "newer":
            change = {k: v for k, v in draw(attributes()).items() if k != "at"}
            return model.newer(key, change, draw(moments))
    return model.check(key, draw(versions))


def _own(op, life):
    """The operation in this example's partitions and lists."""
    own = {name: f"{life}-{name}" for name in ("a", "b", *LISTS)}

    def walk(value):
        if isinstance(value, dict):
            if value.get("S") in own:
                return {"S": own[value["S"]]}
            return {k: walk(v) for k, v in value.items()}
        return value

    return walk(op)


class Life(RuleBasedStateMachine):
    """The same operations on the model and on the endpoint."""

    dynamo = None

    @initialize()
    def begin(self):
        self.life, self.table = uuid.uuid4().hex[:12], model.Table()
        listed = {"wl_pk": LISTS[0], "version": 1}
        self.write([model.new(("a", s), {**listed, "wl_sk": f"2026-01-0{n}"}) for n, s in enumerate(SORTS[:6])])

    def own(self, name):
        return f"{self.life}-{name}"

    def seen(self, items):
        """Items as the model has them: this example's names taken off."""
        head = f"{self.life}-"
        return [{k: v.removeprefix(head) if isinstance(v, str) else v for k, v in i.items()} for i in items]

    @rule(given=st.lists(steps(), min_size=1, max_size=4))
    def write(self, given):
        ops = [_own(step.op(self.dynamo.table), self.life) for step in given]
        expected = None
        try:
            self.table.write(given)
        except (model.Refused, model.Cancelled) as why:
            expected = why
        if expected is None:
            write(*ops)
        elif isinstance(expected, model.Refused):
            with pytest.raises(ClientError) as refused:
                write(*ops)
            assert refused.value.response["Error"]["Code"] == "ValidationException"
        else:
            with pytest.raises(aws.Lost) as lost:
                write(*ops)
            assert lost.value.parts == {str(n) for n, why in enumerate(expected.reasons) if why != "None"}
            shown = {part: self.seen([item])[0] for part, item in lost.value.stood.items()}
            assert shown == {str(n): item for n, item in enumerate(expected.items) if item}

    @rule(key=keys)
    def read(self, key):
        found = aws.get(self.dynamo.table, self.own(key[0]), key[1])
        assert (self.seen([found])[0] if found else None) == self.table.items.get(key)

    @rule(pk=st.sampled_from(("a", "b")), prefix=st.sampled_from(PREFIXES))
    def query(self, pk, prefix):
        found = self.seen(aws.query(self.dynamo.table, self.own(pk), prefix))
        assert found == self.table.partition(pk, prefix)

    @rule(pk=st.sampled_from(LISTS), limit=st.integers(1, 4), newest=st.booleans())
    def pages(self, pk, limit, newest):
        """Page by page: sparse, projected, in order, nothing twice, nothing lost. An index follows its table."""
        expected = self.table.listed(pk, newest=newest)
        end = time.monotonic() + (0 if self.dynamo.embedded else 10)
        while True:
            found = self.seen(self._walk(pk, limit, newest))
            if by_key(found) == by_key(expected) or time.monotonic() > end:
                break
            time.sleep(0.2)
        assert by_key(found) == by_key(expected)
        assert [i["wl_sk"] for i in found] == [i["wl_sk"] for i in expected]

    def _walk(self, pk, limit, newest):
        found, start = [], None
        while True:
            page, start = aws.page(
                self.dynamo.table, "worklist", model.WORKLIST[0], self.own(pk), limit=limit, start=start, newest=newest
            )
            assert len(page) <= limit
            found += page
            if start is None:
                return found
            assert start == {k: found[-1][k] for k in ("pk", "sk", *model.WORKLIST)}

    @invariant()
    def nothing_is_half_done(self):
        if getattr(self, "table", None) is not None:
            for pk in ("a", "b"):
                self.query(pk, "")


def by_key(items):
    return sorted(items, key=lambda i: (i["pk"], i["sk"].encode()))


def live(dynamo, examples, length):
    kind = type("Life", (Life,), {"dynamo": dynamo})
    how = settings(max_examples=examples, stateful_step_count=length, phases=(Phase.generate, Phase.shrink))
    run_state_machine_as_test(kind, settings=how)


def test_the_endpoint_lives_by_the_documented_rules(dynamo):
    live(dynamo, 20, 15)


@pytest.mark.soak
def test_the_endpoint_lives_long_by_the_documented_rules(dynamo):
    live(dynamo, 400, 40)
