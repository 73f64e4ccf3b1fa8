"""What officers ask and record of money: in the fee's currency, what it can be at most, by two, each number once."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from chalicelib.kernel.clock import ZONE
from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules
from tests.support.catalogue import (
    PLAIN,
    Desk,
    facts_of,
    free_of_charge,
    fresh_agency,
    fresh_code,
    fresh_receipt,
    opened,
)
from tests.support.sample import sampled
from tests.support.world import administrator, enrol

FEE = {"channel": "ONLINE", "type": "FEE", "amount": 150, "currency": "USD", "reading": "exact"}
ELSEWHERE = {"channel": "ONLINE", "type": "FEE", "reading": "elsewhere", "condition_vi": "Theo quy định của tỉnh"}
CAP = 100_000_000
_numbers = itertools.count(1)
_serials = itertools.count(1)


def plain_serial() -> str:
    """The digits of a receipt's number that no other test has: at most eight (Decree 254/2026 Art. 23(2))."""
    return f"{7_001 + 2 * next(_serials)}"


def spelled(written: str, serial: str) -> str:
    """A number in one way of writing it, of this year or the one before."""
    year = datetime.now(ZONE).year
    split = {"first": serial[:2], "rest": serial[2:], "next": int(serial) + 1}
    return written.format(n=serial, y=year, yy=year % 100, before=year % 100 - 1, before4=year - 1, **split)


def procedure(where, *fees) -> str:
    desk = Desk(where, fresh_code())
    facts = {"kind": "administrative_procedure", "prices": [], "provider": None, "components": [], "fees": list(fees)}
    desk.put_out(facts_of(desk.code, **facts))
    return desk.code


def accepted(where, code) -> str:
    """A dossier of a procedure that an officer has."""
    me = story.citizen(where, **story.somebody())
    reference = opened(me, code)
    story.fill(me, reference, PLAIN).ok()
    story.submit(me, reference).ok(201)
    desk = story.officer(where, "reception")
    task = story.until("receive", lambda: story.task_of(desk, reference, "receive"))
    story.complete(desk, task, "accepted").ok()
    return reference


@pytest.fixture(scope="module")
def dollars(where) -> str:
    return procedure(where, FEE)


@pytest.fixture(scope="module")
def unsure(where) -> str:
    return procedure(where, ELSEWHERE)


@pytest.fixture
def asks(where) -> Client:
    return story.officer(where, "processing")


@pytest.fixture
def records(where) -> Client:
    return story.officer(where, "reception")


def ask(who, reference, amount=150, currency="USD", **more):
    body = {"amount": amount, "currency": currency, "reason": "Phí thẩm định", **more}
    return who.post(f"/v1/dossiers/{reference}/payment/request", body)


def record(who, reference, proof, **more):
    return who.post(f"/v1/dossiers/{reference}/payment", {"proof": proof, **more})


def tasks(who, reference) -> list:
    rows = story.listed(who, "/v1/tasks?", "tasks")
    return [each for each in rows if each["reference"] == reference and each["kind"] == "reconcile"]


# --- how much --------------------------------------------------------------------------------------------------------


def test_a_request_is_in_the_currency_of_the_fee_and_at_most_the_fee(where, asks, records, dollars):
    reference = accepted(where, dollars)
    assert rules(ask(asks, reference, 10**12)) == {"/amount": "fee_most"}
    assert rules(ask(asks, reference, 151)) == {"/amount": "fee_most"}
    assert rules(ask(asks, reference, 150, "VND")) == {"/currency": "fee_currency"}
    today = datetime.now(ZONE).date()
    for day, rule in (("2190-01-01", "payment.pay_by_days"), (today - timedelta(1), "past")):
        assert rules(ask(asks, reference, pay_by=str(day))) == {"/pay_by": rule}, "its applicant is never late"
    assert story.dossier(asks, reference)["state"]["code"] == 4, "nothing stopped it"
    ask(asks, reference, 100, pay_by=str(today + timedelta(80))).ok()
    record(records, reference, fresh_receipt()).ok()
    assert rules(ask(asks, reference, 51)) == {"/amount": "fee_most"}, "what was asked for before counts"
    ask(asks, reference, 50).ok()


def test_a_fee_for_each_is_at_most_so_many_times_it(where, asks):
    each = {**FEE, "amount": 10_000, "currency": "VND", "reading": "each", "per_vi": "bản"}
    code = procedure(where, each)
    me = story.citizen(where, **story.somebody())
    reference = opened(me, code)
    story.fill(me, reference, PLAIN).ok()
    me.post("/v1/dossiers", {"draft": reference, "declares_true": True, "quantity": 3}).ok(201)
    desk = story.officer(where, "reception")
    task = story.until("receive", lambda: story.task_of(desk, reference, "receive"))
    story.complete(desk, task, "accepted").ok()
    assert rules(ask(asks, reference, 30_001, "VND")) == {"/amount": "fee_most"}
    ask(asks, reference, 30_000, "VND").ok()


def test_what_is_free_is_asked_for_nothing(where, asks):
    desk = Desk(where, fresh_code())
    facts = {**free_of_charge(desk.code), "kind": "administrative_procedure", "provider": None, "components": []}
    desk.put_out({**facts, "free": True, "prices": []})
    reference = accepted(where, desk.code)
    assert rules(ask(asks, reference, 1, "VND")) == {"/amount": "fee_most"}


def test_where_no_sum_is_certain_a_cap_of_the_pack_holds_and_says_that_it_is_policy(where, asks, unsure):
    reference = accepted(where, unsure)
    answer = ask(asks, reference, CAP + 1, "VND")
    assert rules(answer) == {"/amount": "payment_cap"}
    (told,) = answer.body["errors"]
    assert "chính sách payment.cap của vn-" in told["message"]
    assert "không phải luật" in told["message"]
    assert rules(ask(asks, reference, 1, "EUR")) == {"/currency": "fee_currency"}
    ask(asks, reference, CAP, "VND").ok()


# --- who -------------------------------------------------------------------------------------------------------------


def test_who_asked_does_not_record_alone_where_another_is_there(where, asks, records, unsure):
    reference, proof = accepted(where, unsure), fresh_receipt()
    ask(asks, reference, 8000, "VND").ok()
    problem(record(asks, reference, proof), 403, "same_cashier")
    assert story.dossier(asks, reference)["state"]["code"] == 6
    record(records, reference, proof).ok()
    assert story.dossier(asks, reference)["state"]["code"] == 4
    assert tasks(records, reference) == [], "two did it"
    again = records.post(f"/v1/dossiers/{reference}/payment/confirmation", {})
    problem(again, 409, "no_payment_to_confirm")


def one_officer(where, cloud):
    """An agency whose record says that it has one officer, with what is done there by officers of these names."""
    agency = fresh_agency()
    entry = {"name": "Ủy ban nhân dân xã Một Người", "level": "commune", "parent": "H01", "valid_from": "2025-07-01"}
    officers = dict.fromkeys((f"{name}-{agency}" for name in ("alone", "second")), "Lý Oanh")
    enrol(where, {agency: entry["name"]}, officers, agency)
    body, path = {"entries": [{**entry, "one_officer": True}]}, f"/v1/agencies/{agency}"
    for version, by in enumerate(("mot", "hai", "ba")):
        kept = administrator(where, f"{by}-{agency}", "H01").call("PUT", path, body, version=version).ok()
    assert kept.body["one_officer_confirmed"] == ["2025-07-01"]
    cloud.wait_idle()
    return agency


def at(where, agency, sub, *roles) -> Client:
    return Client.login(where, sub=f"{sub}-{agency}", kind="OFFICER", name="Lý Oanh", agency=agency, roles=list(roles))


def test_one_alone_records_and_a_second_confirms_it_later(cloud, where, unsure):
    agency = one_officer(where, cloud)
    alone, second = at(where, agency, "alone", "reception", "processing"), at(where, agency, "second", "processing")
    me = story.citizen(where, **story.somebody())
    reference = opened(me, unsure, agency=agency)
    story.fill(me, reference, PLAIN).ok()
    story.submit(me, reference).ok(201)
    task = story.until("receive", lambda: story.task_of(alone, reference, "receive"))
    alone.post(f"/v1/tasks/{task}/complete", {"outcome": "accepted"}).ok()
    ask(alone, reference, 8000, "VND").ok()
    record(alone, reference, fresh_receipt()).ok()
    seen = story.dossier(alone, reference)
    assert (seen["state"]["code"], seen["holding"]["task"]) == (4, "verify"), "the dossier goes on"
    (waits,) = tasks(second, reference)
    assert second.get(f"/v1/tasks/{waits['id']}").ok().body["status"] == "open"
    problem(second.post(f"/v1/tasks/{waits['id']}/complete", {"outcome": "accepted"}), 404, "not_found")
    confirmation = f"/v1/dossiers/{reference}/payment/confirmation"
    problem(alone.post(confirmation, {}), 403, "same_cashier")
    problem(me.post(confirmation, {}), 403, "not_allowed")
    assert len(tasks(second, reference)) == 1
    second.post(confirmation, {}).ok()
    assert tasks(second, reference) == []
    assert alone.get(f"/v1/tasks/{waits['id']}").ok().body["outcome"] == "confirmed"
    types = [each["type"] for each in me.get(f"/v1/dossiers/{reference}/timeline").ok().body["events"]]
    assert types[-1] == "vn.motcua.dossier.payment_confirmed"


# --- a number once ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["{}", "bl {}", "BL/00{}"])
def test_a_receipt_number_is_used_once_however_it_is_written(where, asks, records, unsure, written):
    first, second, serial = accepted(where, unsure), accepted(where, unsure), plain_serial()
    for each in (first, second):
        ask(asks, each, 8000, "VND").ok()
    record(records, first, f"BL-{serial}").ok()
    other = written.format(f"BL-{serial}" if written == "{}" else serial)
    refused = problem(record(records, second, other), 409, "receipt_used")
    assert refused["field"] == "/proof"
    assert story.dossier(asks, second)["state"]["code"] == 6
    record(records, second, fresh_receipt()).ok()


@pytest.mark.parametrize(
    ("first", "second"),
    sampled(
        [
            ("BL-{n}/{y}", "B L-{n}/{y}"),
            ("BL-{n}/{y}", "BL{n}{y}"),
            ("BL-{n}/{y}", "BL-{n}/{yy}"),
            ("BL-{n}/{yy}", "BL-{n}"),
            ("BL-{n}", "BL-{n}/{y}"),
            ("BL-{n}/{y}", "BL-{n}/{y}a"),
            ("BL-{n}b", "BL-{n}"),
            ("{n}/BL/{y}", "{n}/BL/{yy}"),
            ("{yy}TAA-00{n}", "{y}TAA {n}"),
            ("IO-{n}", "1O-{n}"),
            ("IO-{n}", "l0-{n}"),
            ("BL-{n}/{y}", "BL-00{n}/{y}-l"),
            ("BL-{n}", "{n}"),
            ("{n}", "BL-{n}"),
            ("BL-{n}", "BL-{n}.1"),
            ("BL-{n}.1", "BL-{n}"),
            ("BL-{n}", "BL-{n}.12"),
            ("BL-{n}", "BL{y}-{n}"),
            ("BL-{n}", "BL-{n}/{before4}"),
            ("BL-{n}/{before4}", "{n}"),
            ("BL-{n}", "HD-{n}"),
            ("{n}/BL", "{n}/PT"),
            ("{n}/{y}", "{n}/{before4}"),
            ("BL-{n}", "{yy}TAA-{n}"),
            ("{yy}TAA-{n}", "{n}"),
            ("{before}TAA-{n}", "{n}"),
            ("{before}TAA-{n}", "BL-{n}/{before4}"),
            ("AA/{yy}E {n}", "AA-{yy}E-{n}/{before4}"),
            ("AA/{yy}E {n}", "{n}.1 AA/{y}E"),
            ("{yy}TAA-{n}", "{yy}TAA-{n}.5"),
            ("{yy}TAA-{n}", "BL {yy}TAA-000{n}A"),
            ("BL-{n}", "BL-{first} {rest}"),
            ("BL-{first}O{rest}", "BL-{first}0{rest}"),
            ("BLI{n}", "BL-1{n}"),
        ],
        8,
    ),
)
def test_another_spelling_of_a_receipt_number_is_the_same_number(where, asks, records, unsure, first, second):
    one, other, serial = accepted(where, unsure), accepted(where, unsure), plain_serial()
    for each in (one, other):
        ask(asks, each, 8000, "VND").ok()
    record(records, one, spelled(first, serial)).ok()
    problem(record(records, other, spelled(second, serial)), 409, "receipt_used")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("BL-{n}/{y}", "BL-{n}1/{y}"),
        ("{yy}TAA-{n}", "{yy}TAB-{n}"),
        ("{yy}TAA-{n}", "{before}TAA-{n}"),
        ("{yy}TAA-{n}0000", "{yy}TAA-{n}"),
        ("BL-{n}", "BL-{next}"),
        ("AA/{yy}E 1{n}", "AB/{yy}E 1{n}"),
        ("EBL01 {yy}TAA {n}", "EBL01 {yy}TAB {n}"),
        ("{yy}TAA-{n}.1", "{yy}TAA-1"),
    ],
)
def test_another_number_is_another_receipt(where, asks, records, unsure, first, second):
    one, other, serial = accepted(where, unsure), accepted(where, unsure), plain_serial()
    for each in (one, other):
        ask(asks, each, 8000, "VND").ok()
    record(records, one, spelled(first, serial)).ok()
    record(records, other, spelled(second, serial)).ok()


def test_a_receipt_and_a_transaction_have_one_fence(where, asks, records, unsure):
    dossiers, paid, serial = [accepted(where, unsure) for _ in range(3)], fresh_receipt(), fresh_receipt()
    for each in dossiers:
        ask(asks, each, 8000, "VND").ok()
    record(records, dossiers[0], serial, paid_by="portal", transaction=paid).ok()
    refused = problem(record(records, dossiers[1], paid.lower().replace("-", " ")), 409, "receipt_used")
    assert refused["field"] == "/proof", "a used transaction's number is no receipt"
    told = record(records, dossiers[1], fresh_receipt(), paid_by="portal", transaction=serial.replace("-", ""))
    assert problem(told, 409, "receipt_used")["field"] == "/transaction", "nor a receipt's a transaction"
    same = fresh_receipt()
    record(records, dossiers[1], same, paid_by="portal", transaction=same).ok()
    problem(record(records, dossiers[2], same), 409, "receipt_used")


def test_a_number_of_the_payment_platform_is_used_once_whichever_agency(where, asks, records, unsure):
    first, second, paid = accepted(where, unsure), accepted(where, unsure), f"PP-{fresh_code()}-{next(_numbers)}"
    for each in (first, second):
        ask(asks, each, 8000, "VND").ok()
    record(records, first, fresh_receipt(), paid_by="portal", transaction=paid).ok()
    refused = problem(
        record(records, second, fresh_receipt(), paid_by="portal", transaction=paid.lower()), 409, "receipt_used"
    )
    assert refused["field"] == "/transaction"


def test_of_two_dossiers_with_one_receipt_at_once_one_wins(where, asks, unsure):
    both, proof = [accepted(where, unsure), accepted(where, unsure)], fresh_receipt()
    for each in both:
        ask(asks, each, 8000, "VND").ok()
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda each: record(story.officer(where, "reception"), each, proof), both))
    assert sorted(each.status for each in told) == [200, 409]
    (lost,) = (each for each in told if each.status == 409)
    assert lost.body["code"] == "receipt_used"


@pytest.mark.parametrize(
    ("proof", "rule"),
    [
        ("0", "receipt_zero"),
        ("BL-0000000", "receipt_zero"),
        ("{yy}TAA-000", "receipt_zero"),
        ("BL-17", "receipt_digits"),
        ("BL-17/{y}", "receipt_digits"),
        ("BL", "receipt_digits"),
        ("{yy}TAA", "receipt_digits"),
        ("BL-123456789", "receipt_digits"),
        ("001 {yy}TAA 0012345", "receipt_form"),
        ("12.34.56.78", "receipt_form"),
    ],
)
def test_what_is_no_number_of_a_receipt_is_refused_by_the_name_of_its_rule(where, asks, records, unsure, proof, rule):
    reference = accepted(where, unsure)
    ask(asks, reference, 8000, "VND").ok()
    assert rules(record(records, reference, spelled(proof, "7001"))) == {"/proof": rule}
    assert story.dossier(asks, reference)["state"]["code"] == 6
    record(records, reference, fresh_receipt()).ok()


def test_the_first_receipt_of_a_series_is_one_digit_and_other_series_have_theirs(where, asks, records, unsure, cloud):
    """`AA/26E 1` and `AB/26E 1` are two; `AA/26E 01` is the first of them."""
    agency = one_officer(where, cloud)
    desk = at(where, agency, "alone", "reception", "processing")
    year = datetime.now(ZONE).year % 100
    told = []
    for proof in (f"AA/{year}E 1", f"AB/{year}E 1", f"AA/{year}E 01"):
        me = story.citizen(where, **story.somebody())
        reference = opened(me, unsure, agency=agency)
        story.fill(me, reference, PLAIN).ok()
        story.submit(me, reference).ok(201)
        task = story.until("receive", lambda reference=reference: story.task_of(desk, reference, "receive"))
        desk.post(f"/v1/tasks/{task}/complete", {"outcome": "accepted"}).ok()
        ask(desk, reference, 8000, "VND").ok()
        told.append(record(desk, reference, proof).status)
    assert told == [200, 200, 409]


@pytest.mark.parametrize("proof", ["ВL-17", "BL\u20111", "BL\n17", "----", "BL-17\u0000"])
def test_a_receipt_number_is_of_plain_letters_and_digits(where, asks, records, unsure, proof):
    """Letters that only look alike would make two numbers of one."""
    reference = accepted(where, unsure)
    ask(asks, reference, 8000, "VND").ok()
    assert list(rules(record(records, reference, proof))) == ["/proof"]
