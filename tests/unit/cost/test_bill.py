"""Each line of the bill is a counted quantity times a price; nothing is left out, and nothing is made up."""

import msgspec
import pytest

from infra.cost import bill, prices, told
from infra.cost.assumed import assumed
from infra.cost.count import Beside, Messages, Work
from infra.cost.prices import Unpriced
from infra.cost.standing import SYSTEM_LINES, system_bytes
from tests.fakes.count import SMALL

SINGAPORE = prices.load().region("ap-southeast-1")
US = prices.load().region("us-east-1")


def made(count=SMALL, dossiers=1_000_000, region=SINGAPORE):
    return bill.bill(count, region, dossiers)


def usd(lines, group, key, what=""):
    (line,) = [x for x in lines if (x.group, x.key) == (group, key) and what in x.what]
    return line.usd


def test_a_hand_made_count_costs_what_a_pencil_says():
    lines = made().lines
    assert usd(lines, "handled", "states.transitions") == pytest.approx(4 * 25.0)
    assert usd(lines, "handled", "api.requests") == pytest.approx(2 * 4.25)
    assert usd(lines, "handled", "lambda.requests") == pytest.approx(8 * 0.20)
    assert usd(lines, "handled", "events.custom") == pytest.approx(4 * 1.0)
    assert usd(lines, "handled", "events.from_s3") == pytest.approx(1.0)
    assert usd(lines, "handled", "dynamodb.read_units") == pytest.approx(4.5 * 0.1425)
    assert usd(lines, "handled", "s3.writes") == pytest.approx(3 * 5.0)
    assert usd(lines, "handled", "s3.reads") == pytest.approx(2 * 0.4)
    assert usd(lines, "handled", "transfer.gb_out") == pytest.approx(500 * 0.12)
    assert usd(lines, "year", "s3.gb_months") == pytest.approx(1000 * 0.025 * 12)
    assert usd(lines, "year", "dynamodb.gb_months") == pytest.approx(10 * 0.285 * 12)
    assert usd(lines, "month", "cloudwatch.alarms") == pytest.approx(1.0)
    assert usd(lines, "month", "kms.keys") == pytest.approx(2.0)


def test_destinations_beside_the_vault_are_a_line_of_their_own_and_in_no_sum():
    work = {
        "delivery_api": Work(invocations=2, write_units={"Dossiers": 9}),
        "delivery_drive": Work(invocations=4, write_units={"Dossiers": 3}, read_units={"Dossiers": 2.0}),
    }
    more = Beside(destinations=("app", "post"), states=3, events=5, functions=work)
    found = made(msgspec.structs.replace(SMALL, beside=more))
    assert usd(found.lines, "beside", "states.transitions") == pytest.approx(3 * 25.0)
    assert usd(found.lines, "beside", "dynamodb.write_units") == pytest.approx(12 * 0.71)
    assert usd(found.lines, "beside", "events.custom") == pytest.approx(5 * 1.0)
    assert usd(found.lines, "beside", "lambda.requests") == pytest.approx(6 * 0.20)
    assert usd(found.lines, "beside", "api.requests") == pytest.approx(2 * 4.25)
    assert usd(found.lines, "beside", "sqs.requests") == pytest.approx(4 * 3 * 0.40)
    groups = ("handled", "month", "year")
    assert found.sum(*groups) == pytest.approx(made().sum(*groups))
    lines = told.bill_lines(found, msgspec.structs.replace(SMALL, beside=more), SINGAPORE, "ap-southeast-1")
    assert any("beside the vault (app, post)" in line for line in lines)
    assert not any("beside the vault" in line for line in told.bill_lines(made(), SMALL, SINGAPORE, "ap-southeast-1"))
    assert told.bill_json(found, msgspec.structs.replace(SMALL, beside=more), "x")["beside"]["states"] == 3


def test_notices_by_ses_and_sns_are_lines_of_their_own_and_in_no_sum():
    noticed = msgspec.structs.replace(SMALL, messages=Messages(emails=7, sms_parts=9))
    found = made(noticed, region=US)
    assert usd(found.lines, "notices", "ses.emails") == pytest.approx(7_000_000 * 0.16 / 1000)
    (sms,) = [x for x in found.unknown if x.key == "sns.sms"]
    assert (sms.group, sms.quantity, sms.usd) == ("notices", 9_000_000, None)
    groups = ("handled", "month", "year")
    assert found.sum(*groups) == pytest.approx(made(region=US).sum(*groups))
    lines = told.bill_lines(found, noticed, US, "us-east-1")
    assert any("SES and SNS" in line for line in lines)
    assert any(line.startswith("unknown: SNS") and "9,000,000" in line for line in lines)
    assert not any("e-mail and SMS" in line for line in lines), "no longer left out"
    assert told.bill_json(found, noticed, "x")["notices"] == {
        "usd": pytest.approx(1120.0),
        "messages": {"emails": 7, "sms_parts": 9},
    }
    assert not [x for x in made().lines if x.group == "notices"], "a count of before says nothing"


def test_lines_of_who_opened_what_stand_apart_from_what_is_written():
    lines = [x for x in made().lines if x.key == "dynamodb.write_units" and x.group == "handled"]
    assert [(x.what, x.per_dossier) for x in lines] == [("written", 22), ("written: who opened what", 4)]


def test_time_of_lambda_is_processor_time_at_its_share_of_one_and_its_waits():
    given = assumed()
    work = Work(invocations=2, cpu_ms=100.0, calls={"dynamodb.get_item": 2, "s3.get_object": 1})
    at_512 = (100 * 1769 / 512 + 2 * 10 + 100) / 1000
    assert given.seconds("submit_api", work) == pytest.approx(at_512 / 2)
    assert given.gb_seconds("submit_api", work) == pytest.approx(at_512 * 0.5)
    at_1769 = (100 + 2 * 10 + 100) / 1000
    assert given.gb_seconds("digitisation_make_copy", work) == pytest.approx(at_1769 * 1769 / 1024)


def test_the_log_has_our_lines_and_lambdas_where_they_are_on():
    ours = 500 + 600 + (2 + 2) * 26
    assert bill.log_bytes(SMALL, assumed()) == ours
    loud = msgspec.structs.replace(SMALL, system_lines=True)
    assert bill.log_bytes(loud, assumed()) == ours + 8 * (system_bytes() + SYSTEM_LINES * 26)
    assert 600 < system_bytes() < 1200


def test_twice_the_dossiers_cost_twice_but_for_the_month():
    one, two = made(dossiers=1000), made(dossiers=2000)
    assert two.sum("handled") == pytest.approx(2 * one.sum("handled"))
    assert two.sum("year") == pytest.approx(2 * one.sum("year"))
    stands = [x.usd for x in one.lines if x.group == "month" and x.key != "xray.traces"]
    assert stands == [x.usd for x in two.lines if x.group == "month" and x.key != "xray.traces"]


def test_traces_are_a_share_of_the_requests():
    (found,) = [x.quantity for x in made().lines if x.key == "xray.traces"]
    assert found == pytest.approx(0.01 * 2_000_000), "two requests a dossier, a million dossiers"


def test_the_sums_are_those_of_the_lines_by_service_and_group():
    found = made()
    for group in ("handled", "month", "year"):
        assert sum(found.services(group).values()) == pytest.approx(found.sum(group))
        assert found.sum(group) == pytest.approx(sum(x.usd or 0 for x in found.lines if x.group == group))


def test_a_price_that_is_unknown_is_told_with_its_quantity_and_is_in_no_sum():
    found = made()
    (signed,) = [x for x in found.unknown if x.key == "kms.signatures"]
    assert (signed.usd, signed.quantity) == (None, 3_000_000)
    text = "\n".join(told.bill_lines(found, SMALL, SINGAPORE, "ap-southeast-1"))
    assert "unknown: KMS, signatures: 3,000,000 signatures of an RSA key" in text
    document = told.bill_json(found, SMALL, "ap-southeast-1")
    assert "kms.signatures" in document["unknown"]
    assert document["sums"]["done"] == pytest.approx(found.sum("handled", "month"))
    assert document["per_dossier"]["done"] == pytest.approx(found.sum("handled", "month") / 1_000_000)


def test_a_line_without_an_entry_in_the_prices_is_refused_by_name():
    without = {k: v for k, v in SINGAPORE.prices.items() if k != "states.transitions"}
    with pytest.raises(Unpriced, match=r"states\.transitions"):
        made(region=msgspec.structs.replace(SINGAPORE, prices=without))


def test_a_count_with_a_use_that_nobody_knows_is_refused():
    planted = {**msgspec.to_builtins(SMALL), "sms": 3}
    with pytest.raises(msgspec.ValidationError, match="unknown field `sms`"):
        msgspec.convert(planted, type(SMALL))


def test_every_service_that_is_called_has_lines_that_pay_for_it():
    from infra.cost.counting import KNOWN

    named = {"stepfunctions": "states"}
    assert {named.get(s, s) for s in KNOWN} <= {key.partition(".")[0] for key in SINGAPORE.prices}
    assert {key.partition(".")[0] for key in SINGAPORE.prices} == bill.SERVICES.keys()
