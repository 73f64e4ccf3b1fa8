"""A machine shows where a result goes; lost, late, doubled or older than its dossier it stops and doubles nothing."""

from datetime import timedelta

import pytest

from chalicelib.contracts.delivery import DeliveriesDue, DeliveryFlow, DeliverySettled, DestinationInput
from chalicelib.delivery.flow import store
from chalicelib.delivery.flow.driving import Driving, given
from chalicelib.delivery.flow.model import Run
from chalicelib.delivery.flow.resume import FIRST_WAIT, MOST_AT_ONCE, MOST_ATTEMPTS, Resumption, TakeUp
from chalicelib.delivery.model import LEASE, WAITS
from chalicelib.delivery.service import Order
from chalicelib.delivery.takers import Handing
from chalicelib.dossier.executions import LONGEST, Ended
from chalicelib.kernel.problem import ForbiddenStep, NotFound, TryAgain
from tests.fakes import people
from tests.fakes.shown import Shown
from tests.support.parcels import Died, Mail, Mortal

WINDOW = timedelta(days=30)


class Flow:
    """The flow of deliveries over a hall: events are heard by it, executions hand their tokens over."""

    def __init__(self, mail):
        self.mail, self.machine = mail, Shown()
        self.driving = Driving(store.Table(), self.machine)
        self.resumption = Resumption(store.Table(), self.machine)
        self.take_up = TakeUp(self.resumption, mail.hall.clock)

    def rows(self, reference, kind):
        return [row for row in self.mail.hall.rows.events(reference) if row["type"] == kind.type]

    def due(self, reference):
        """Each event that something is due starts a machine."""
        for row in self.rows(reference, DeliveriesDue):
            self.driving.start(Run.of_event(f"{reference}/{row['sk']}"), tuple(row["data"]["destinations"]))

    def waits(self, name, *ways, token=""):
        """An execution enters its states: it hands a token over for each destination."""
        reference = Run.named(name).reference
        for way in ways or self.machine.started[name].destinations:
            given = DestinationInput(
                token=token or f"{name}/{way}", execution=name, reference=reference, destination=way
            )
            self.driving.wait(given)

    def settled(self, reference):
        """Each event that a destination has its end is heard, twice."""
        for row in 2 * self.rows(reference, DeliverySettled):
            self.driving.report(reference, row["data"]["destination"])

    def outcomes(self, name):
        """What an execution was told, by destination."""
        told = {token: end for token, end in self.machine.told.items() if token.startswith(f"{name}/")}
        return {end.destination: end.outcome for end in told.values()}


@pytest.fixture
def mail(hall):
    return Mail(hall)


@pytest.fixture
def flow(mail):
    return Flow(mail)


@pytest.fixture
def approved(mail):
    return mail.hall.at("receive", "verify", "approve")


def first(flow):
    return next(iter(flow.machine.started))


def later(mail, wait=LEASE):
    mail.hall.clock.advance(seconds=wait.total_seconds() + 1)
    mail.sending.run()


def hand_over(mail, reference, way="counter"):
    handing = Handing(to="applicant", proof="signature", paper="print")
    mail.deliveries.hand_over(Order(people.RECEPTION, reference, f"hand-{way}", b"{}"), way, handing)


def test_one_machine_waits_for_all_of_a_result_and_ends_with_what_each_came_to(mail, flow, approved):
    for way in ("app", "post", "counter"):
        mail.ask(approved, way)
    code = mail.signed(approved)
    flow.due(approved)
    ((name, given),) = flow.machine.started.items()
    assert given == DeliveryFlow(reference=approved, destinations=("app", "counter", "post"), timeout=LONGEST)
    flow.waits(name)
    assert flow.machine.told == {}
    mail.hear(approved)
    flow.settled(approved)
    assert flow.outcomes(name) == {"app": "delivered", "post": "delivered"}
    hand_over(mail, approved)
    flow.settled(approved)
    assert flow.outcomes(name) == {"app": "delivered", "post": "delivered", "counter": "handed_over"}
    ends = flow.machine.told.values()
    assert {each.document for each in ends} == {code}
    assert {each.at for each in ends} == {mail.of(approved, each.destination).settled_at for each in ends}
    mail.hear(approved)
    assert mail.state(approved) == 10


def test_what_goes_to_the_vault_alone_starts_no_machine_and_writes_nothing_more(mail, flow, approved):
    mail.signed(approved)
    flow.due(approved)
    assert flow.machine.started == {}
    assert mail.hall.rows.partition(f"AWAITED#{approved}") == []
    with pytest.raises(ForbiddenStep):
        flow.resumption.resume(approved)


def test_a_doubled_start_starts_none(mail, flow, approved):
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    flow.due(approved)
    flow.waits(first(flow))
    flow.due(approved)
    assert len(flow.machine.started) == 1
    mail.hear(approved)
    assert len(mail.carrier.kept) == 1
    flow.due(approved)
    assert len(flow.machine.started) == 1, "what has its end is waited for by nobody"


def test_without_a_machine_a_delivery_comes_to_its_end(mail, flow, approved):
    mail.ask(approved, "app")
    mail.signed(approved)
    mail.hear(approved)
    flow.settled(approved)
    assert flow.machine.told == {}
    assert (mail.of(approved, "app").state, mail.state(approved)) == ("delivered", 10)


def test_a_token_that_nobody_knows_any_more_stops_nothing(mail, flow, approved):
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    flow.waits(first(flow))
    flow.machine.gone.add(f"{first(flow)}/app")
    mail.hear(approved)
    flow.settled(approved)
    assert flow.machine.told == {}
    assert mail.state(approved) == 10


def test_a_machine_that_comes_late_is_told_at_once(mail, flow, approved):
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    mail.hear(approved)
    flow.settled(approved)
    flow.waits(first(flow))
    assert flow.outcomes(first(flow)) == {"app": "delivered"}


def test_the_same_execution_may_say_it_twice_and_its_newest_token_counts(mail, flow, approved):
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    for token in ("one", "one", "two"):
        flow.waits(first(flow), token=token)
    mail.hear(approved)
    flow.settled(approved)
    assert list(flow.machine.told) == ["two"]


def test_parked_and_begun_again_its_machine_waits_on_and_no_second_one_starts(mail, flow, approved):
    mail.ask(approved, "register", people.RECEPTION)
    mail.signed(approved)
    flow.due(approved)
    flow.waits(first(flow))
    mail.carrier.way = "refuses"
    mail.hear(approved)
    flow.settled(approved)
    assert (mail.of(approved, "register").state, flow.machine.told) == ("parked", {})
    mail.carrier.way = "well"
    mail.deliveries.retry(Order(people.PROCESSING, approved, "again", b"{}"), "register")
    flow.due(approved)
    assert len(flow.machine.started) == 1
    mail.hear(approved)
    flow.settled(approved)
    assert flow.outcomes(first(flow)) == {"register": "delivered"}
    assert len(mail.carrier.kept) == 1


def test_begun_again_without_a_machine_one_starts(mail, flow, approved):
    mail.ask(approved, "register", people.RECEPTION)
    mail.signed(approved)
    mail.carrier.way = "refuses"
    mail.hear(approved)
    mail.carrier.way = "well"
    mail.deliveries.retry(Order(people.PROCESSING, approved, "again", b"{}"), "register")
    row = flow.rows(approved, DeliveriesDue)[-1]
    assert flow.driving.start(Run.of_event(f"{approved}/{row['sk']}"), ("register",))
    assert first(flow) == f"{approved}.{int(row['sk'][-6:])}.1"


def test_an_app_whose_window_is_over_ends_so(mail, flow, approved):
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    flow.waits(first(flow))
    mail.carrier.way = "refuses"
    mail.hear(approved)
    later(mail, WINDOW)
    flow.settled(approved)
    assert flow.outcomes(first(flow)) == {"app": "expired"}


def test_a_wish_that_was_taken_back_and_comes_again_has_a_machine_of_its_own(mail, flow, approved):
    mail.signed(approved)
    mail.carrier.connected = False
    for key in ("one", "two"):
        mail.ask(approved, "counter", key=key)
        flow.due(approved)
        flow.waits(list(flow.machine.started)[-1])
        mail.deliveries.withdraw(Order(people.CITIZEN, approved, f"back-{key}", b"{}"), "counter")
        flow.settled(approved)
    one, two = flow.machine.started
    assert Run.named(one).place < Run.named(two).place
    assert (flow.outcomes(one), flow.outcomes(two)) == ({"counter": "withdrawn"}, {"counter": "withdrawn"})


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_of_two_executions_for_one_destination_the_later_one_waits(mail, flow, approved, order):
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    run = Run.named(first(flow))
    runs = {1: run.name, 2: run.following.name}
    for number in order:
        flow.waits(runs[number], "app")
    assert flow.outcomes(runs[1]) == {"app": "driven_elsewhere"}
    assert flow.outcomes(runs[2]) == {}
    mail.hear(approved)
    flow.settled(approved)
    assert flow.outcomes(runs[2]) == {"app": "delivered"}
    assert len(mail.carrier.kept) == 1


def test_who_comes_at_the_same_moment_tries_again(mail, flow, approved, monkeypatch):
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    name = first(flow)
    blind = store.Table()
    monkeypatch.setattr(blind, "awaited", lambda *_: None, raising=False)
    flow.waits(name)
    given = DestinationInput(
        token="late", execution=Run.named(name).following.name, reference=approved, destination="app"
    )
    with pytest.raises(TryAgain):
        Driving(blind, flow.machine).wait(given)
    assert mail.hall.rows.get(f"AWAITED#{approved}", "app")["token"] == f"{name}/app"


def test_a_dossier_that_was_restored_without_it_or_erased_keeps_no_machine_waiting(mail, flow, approved):
    flow.waits(f"{approved}.3.1", "post")
    assert flow.outcomes(f"{approved}.3.1") == {"post": "gone"}
    flow.waits("MC-0000000000000000.3.1", "post")
    assert flow.outcomes("MC-0000000000000000.3.1") == {"post": "gone"}
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    flow.waits(first(flow))
    mail.hall.rows.change(approved, "HEAD", erased_at="2026-11-28T00:00:00.000+00:00")
    flow.driving.release(approved)
    assert flow.outcomes(first(flow)) == {"app": "erased"}
    flow.driving.release("MC-0000000000000000")
    assert flow.driving.start(Run(approved, 99), ("app",)) is False


@pytest.mark.parametrize("after", [False, True])
def test_a_worker_that_dies_at_any_call_leaves_one_machine_that_comes_to_its_end(mail, flow, approved, after):
    """Each call of the store and of the machine may be the last; then the event, or the state, comes again."""
    mail.ask(approved, "app")
    mail.signed(approved)
    kept, writes, died = mail.hall.stores.kept(), mail.hall.stores.writes, 0
    for at in range(1, 12):
        mail.hall.stores.put_back(kept, writes)
        mail.carrier.kept.clear()
        flow.machine.started.clear()
        flow.machine.told.clear()
        life, whole = Mortal(at, after=after), flow.driving
        for step in (flow.due, lambda _: flow.waits(first(flow)), mail.hear, flow.settled):
            flow.driving = Driving(life.over(store.Table()), life.over(flow.machine))
            try:
                step(approved)
            except Died:
                died += 1
                flow.driving = whole
                step(approved)
        flow.driving = whole
        assert len(flow.machine.started) == 1, at
        assert flow.outcomes(first(flow)) == {"app": "delivered"}, at
        assert mail.hall.rows.partition(f"AWAITED#{approved}") == [], at
        assert (mail.state(approved), len(mail.carrier.kept)) == (10, 1), at
    assert died >= 9


# --- resume -----------------------------------------------------------------------------------------------------------


def test_a_start_that_was_lost_is_made_up_for_by_hand(mail, flow, approved):
    for way in ("app", "counter"):
        mail.ask(approved, way)
    mail.signed(approved)
    (done,) = flow.resumption.resume(approved)
    row = flow.rows(approved, DeliveriesDue)[-1]
    assert (done.execution, done.started) == (Run.of_event(f"{approved}/{row['sk']}").name, True)
    assert done.destinations == ("app", "counter")
    (again,) = flow.resumption.resume(approved)
    assert (again.execution, again.started) == (done.execution, False)
    flow.waits(done.execution)
    (again,) = flow.resumption.resume(approved)
    assert (again.execution, again.started) == (done.execution, False)
    flow.due(approved)
    assert list(flow.machine.started) == [done.execution]


def test_one_that_ended_badly_goes_on_as_the_next_attempt_with_what_is_left(mail, flow, approved):
    for way in ("app", "counter"):
        mail.ask(approved, way)
    mail.signed(approved)
    flow.due(approved)
    name = first(flow)
    flow.waits(name)
    mail.hear(approved)
    flow.machine.ends[name] = "FAILED"
    (done,) = flow.resumption.resume(approved)
    assert (done.execution, done.destinations, done.started) == (Run.named(name).following.name, ("counter",), True)
    flow.machine.forget(done.execution)
    (again,) = flow.resumption.resume(approved)
    assert (again.execution, again.started) == (done.execution, True)
    flow.waits(done.execution)
    hand_over(mail, approved)
    flow.settled(approved)
    assert flow.outcomes(done.execution) == {"counter": "handed_over"}
    with pytest.raises(ForbiddenStep):
        flow.resumption.resume(approved)


def test_what_is_no_dossier_is_not_found(flow, mail):
    for name in ("MC-0000000000000000", mail.hall.open()):
        with pytest.raises(NotFound):
            flow.resumption.resume(name)


def stopped(flow, name):
    flow.machine.ends[name] = "TIMED_OUT"
    flow.machine.stopped.append(Ended(name=name, at=flow.mail.hall.clock()))


def test_by_the_clock_each_attempt_goes_on_after_a_longer_wait_until_a_person_looks(mail, flow, approved):
    mail.ask(approved, "counter")
    mail.signed(approved)
    flow.due(approved)
    run = Run.named(first(flow))
    for attempt in range(1, MOST_ATTEMPTS):
        flow.waits(run.name)
        stopped(flow, run.name)
        assert flow.take_up.run().resumed == 0
        mail.hall.clock.advance(seconds=(FIRST_WAIT * 2 ** (attempt - 1)).total_seconds())
        done = flow.take_up.run()
        assert (done.resumed, done.left, done.failed) == (1, 0, 0)
        run = run.following
        assert list(flow.machine.started)[-1] == run.name
    stopped(flow, run.name)
    mail.hall.clock.advance(seconds=timedelta(days=9).total_seconds())
    assert (flow.take_up.run().left, flow.take_up.run().resumed) == (1, 0)
    hand_over(mail, approved)
    assert flow.take_up.run().left == 0, "what has its end needs nobody"


def test_one_that_cannot_be_looked_at_holds_up_no_other(mail, flow, approved, monkeypatch):
    mail.ask(approved, "counter")
    mail.signed(approved)
    flow.due(approved)
    by_hand = "5a1c9be0-1111-4222-8333-944445555666"
    for name in (by_hand, "MC-0000000000000000.1.1", "MC-1.1.1"):
        flow.machine.stopped.append(Ended(name=name, at=mail.hall.clock()))
    stopped(flow, first(flow))
    read = store.Table.dossier
    breaks = lambda self, name, *parts: 1 / 0 if name == "MC-1" else read(self, name, *parts)  # noqa: E731 - one line
    monkeypatch.setattr(store.Table, "dossier", breaks)
    mail.hall.clock.advance(seconds=FIRST_WAIT.total_seconds())
    done = flow.take_up.run()
    assert (done.failed, done.resumed) == (1, 1), "a name of the engine is no failure"


def test_a_run_takes_up_a_part_of_many(flow, monkeypatch):
    monkeypatch.setattr("chalicelib.delivery.flow.resume.MOST_AT_ONCE", MOST_AT_ONCE - 1)
    monkeypatch.setattr(TakeUp, "_look", lambda _self, _run, _ended, done: setattr(done, "resumed", done.resumed + 2))
    flow.machine.stopped = [Ended(name=f"MC-1.{n}.1", at=flow.mail.hall.clock()) for n in range(1, MOST_AT_ONCE + 9)]
    assert flow.take_up.run().resumed == MOST_AT_ONCE


def test_a_run_ends_with_its_time(mail, flow, approved, monkeypatch):
    mail.ask(approved, "counter")
    mail.signed(approved)
    flow.due(approved)
    stopped(flow, first(flow))
    mail.hall.clock.advance(seconds=FIRST_WAIT.total_seconds())
    monkeypatch.setattr("chalicelib.kernel.waiting.left", lambda: 29.0)
    assert flow.take_up.run().resumed == 0


def test_where_nothing_waits_the_engine_is_not_asked(mail, flow, approved, monkeypatch):
    mail.signed(approved)
    flow.machine.stopped.append(Ended(name=f"{approved}.1.1", at=mail.hall.clock()))
    monkeypatch.setattr(flow.machine, "status", lambda _: pytest.fail("asked"))
    assert flow.take_up.run().failed == 0


def test_an_old_failure_restarts_no_newer_execution(mail, flow, approved):
    """Each event has its own attempts: one that failed once does not start another's again and again."""
    for way in ("app", "counter"):
        mail.ask(approved, way)
    mail.signed(approved)
    flow.due(approved)
    run = Run.named(first(flow))
    flow.waits(run.name)
    newer = Run(approved, run.number + 50)
    flow.waits(newer.name, "app", "counter")
    stopped(flow, run.name)
    flow.machine.started[newer.name] = given(newer, ("app", "counter"))
    stopped(flow, newer.name)
    before = len(flow.machine.started)
    for _ in range(4):
        mail.hall.clock.advance(seconds=timedelta(hours=1).total_seconds())
        flow.take_up.run()
    names = list(flow.machine.started)[before:]
    assert sorted(names) == sorted([run.following.name, newer.following.name]), "one attempt of each, and no more"


def test_an_execution_of_no_event_of_its_own_goes_on_while_it_was_the_last(mail, flow, approved):
    mail.ask(approved, "register", people.RECEPTION)
    mail.signed(approved)
    flow.due(approved)
    flow.waits(first(flow))
    mail.carrier.way = "refuses"
    mail.hear(approved)
    mail.deliveries.retry(Order(people.PROCESSING, approved, "again", b"{}"), "register")
    flow.due(approved)
    assert len(flow.machine.started) == 1, "it ran still, so the newer event started none"
    stopped(flow, first(flow))
    mail.hall.clock.advance(seconds=FIRST_WAIT.total_seconds())
    assert flow.take_up.run().resumed == 1


def test_an_execution_that_was_started_by_hand_takes_no_destination(mail, flow, approved):
    mail.ask(approved, "app")
    mail.signed(approved)
    by_hand = "5a1c9be0-1111-4222-8333-944445555666"
    made = DestinationInput(token="hand", execution=by_hand, reference=approved, destination="app")
    with pytest.raises(ValueError, match="not enough values"):
        flow.driving.wait(made)
    assert mail.hall.rows.partition(f"AWAITED#{approved}") == []
    flow.due(approved)
    flow.waits(first(flow))
    mail.hall.rows.change(f"AWAITED#{approved}", "app", execution=by_hand)
    flow.waits(first(flow), token="mine")
    assert mail.hall.rows.get(f"AWAITED#{approved}", "app")["token"] == "mine", "what says nothing is the earliest"


@pytest.mark.parametrize("after", [False, True])
def test_a_retry_has_another_token_and_the_earlier_execution_is_told_all_the_same(mail, flow, approved, after):
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    run, whole, died = Run.named(first(flow)), flow.driving, 0
    for at in range(1, 7):
        one, two = run._replace(attempt=2 * at), run._replace(attempt=2 * at + 1)
        flow.waits(one.name, "app")
        life = Mortal(at, after=after)
        flow.driving = Driving(life.over(store.Table()), life.over(flow.machine))
        try:
            flow.waits(two.name, "app", token=f"{two.name}/first")
        except Died:
            died += 1
        flow.driving = whole
        flow.waits(two.name, "app", token=f"{two.name}/second")
        assert flow.outcomes(one.name) == {"app": "driven_elsewhere"}, at
    assert died >= 4


def test_the_schedule_of_attempts_is_the_lists_with_or_without_a_machine(mail, flow, approved):
    """A machine that fails at once, again and again, moves no attempt of the delivery."""
    mail.ask(approved, "app")
    mail.signed(approved)
    flow.due(approved)
    flow.machine.ends[first(flow)] = "FAILED"
    mail.carrier.way = "down"
    mail.hear(approved)
    flow.resumption.resume(approved)
    assert mail.of(approved, "app").tries == 1
    mail.carrier.way = "well"
    later(mail, WAITS[0])
    assert (mail.of(approved, "app").state, mail.of(approved, "app").tries) == ("delivered", 2)
