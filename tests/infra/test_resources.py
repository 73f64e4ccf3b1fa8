"""The product's resource list, by itself: every rule, stream and machine leads somewhere, and failures are kept."""

import contextlib
import json

import pytest

from infra.local.bootstrap import BadResources, Bootstrap
from infra.local.intrinsics import Names, Unresolved
from infra.stack.former import FORMER
from infra.stack.functions import FUNCTIONS, Function
from infra.stack.parameters import DEPLOYED, ENVIRONMENT, PARAMETERS
from infra.stack.resources import BUS_RETRIES, RESOURCES, logical, on, ref, rule, schedule, worker

PARAMETER_VALUES = dict.fromkeys((*PARAMETERS, "Secret"), "value")


def of(kind):
    return {name: r["Properties"] for name, r in RESOURCES.items() if r["Type"] == kind}


@pytest.fixture
def names():
    return Names(RESOURCES, FUNCTIONS, PARAMETER_VALUES)


def test_everything_resolves(names):
    for value in (RESOURCES, ENVIRONMENT):
        text = json.dumps(names.resolve(value))
        assert '"Ref"' not in text
        assert "Fn::" not in text


def test_every_function_asks_for_known_settings():
    for name, function in FUNCTIONS.items():
        assert set(function.environment) <= ENVIRONMENT.keys() | DEPLOYED.keys(), name
        assert function.handler.rpartition(".")[2] == name


def test_every_rule_is_retried_and_kept_and_every_schedule_permitted():
    for name, given in of("AWS::Events::Rule").items():
        (target,) = given["Targets"]
        assert target["RetryPolicy"]["MaximumRetryAttempts"] == BUS_RETRIES, name
        assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": ["Parked", "Arn"]}}, name
        if "ScheduleExpression" in given:
            permission = RESOURCES[f"{name}May"]["Properties"]
            assert permission["FunctionName"] == {"Ref": target["Arn"]["Fn::GetAtt"][0]}


def test_every_table_streams_its_events_to_the_outbox():
    mappings = of("AWS::Lambda::EventSourceMapping").values()
    streams = [m for m in mappings if m["EventSourceArn"]["Fn::GetAtt"][1] == "StreamArn"]
    assert {s["EventSourceArn"]["Fn::GetAtt"][0] for s in streams} == of("AWS::DynamoDB::Table").keys() - {
        "Sealing",
        "Measures",
    }
    for given in streams:
        assert given["FunctionName"] == {"Ref": "OutboxPublish"}
        assert given["DestinationConfig"]["OnFailure"]
        assert given["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_the_machine_has_all_its_substitutions():
    for given in of("AWS::Serverless::StateMachine").values():
        text = json.dumps(given["Definition"])
        for key in given["DefinitionSubstitutions"]:
            assert "${" + key + "}" in text
            text = text.replace("${" + key + "}", "")
        assert "${" not in text


def test_a_former_name_of_a_function_leads_to_one_of_today_and_is_none():
    assert set(FORMER.values()) <= FUNCTIONS.keys()
    assert FORMER.keys() & FUNCTIONS.keys() == set()


def test_logical_ids_are_chalices():
    assert logical("onestop_open_leg") == "OnestopOpenLeg"
    assert logical("digitisation_take_in") == "DigitisationTakeIn"


@pytest.mark.parametrize("bad", [ref("Nothing"), {"Fn::GetAtt": ["Dossiers", "Nothing"]}])
def test_what_does_not_resolve_is_named(names, bad):
    with pytest.raises(Unresolved, match="Nothing"):
        names.resolve(bad)


def test_a_resource_and_a_function_may_not_share_a_logical_id():
    with pytest.raises(Unresolved, match="DigitisationTakeIn"):
        Names({**RESOURCES, "DigitisationTakeIn": {}}, FUNCTIONS, PARAMETER_VALUES)


@pytest.mark.parametrize(
    "change",
    [
        {"Targets": [{"Id": "t", "Arn": "arn:aws:states:ap-southeast-1:123456789012:stateMachine:OneStop"}]},
        {"Targets": [{"Id": "t", "Arn": "arn:aws:lambda:ap-southeast-1:123456789012:function:made"}]},
        {"Targets": [{"Id": "t", "Arn": "arn:aws:sqs:ap-southeast-1:123456789012:motcua-parked"}]},
        {"Targets": [{"Id": "t", "Arn": {"Fn::GetAtt": ["MadeWork", "Arn"]}, "InputPath": "$.detail"}]},
        {"EventPattern": None},
        {"ScheduleExpression": "cron(0 8 * * ? *)", "EventPattern": None},
        {"ScheduleExpression": "rate(0 minutes)", "EventPattern": None},
    ],
)
def test_a_rule_that_would_fail_in_silence_is_refused(cloud, change):
    functions = {"made": Function("a.made")}
    given = rule("OnMade", on("made"), "made")["OnMade"]
    properties = {k: v for k, v in {**given["Properties"], **change}.items() if v is not None}
    resources = {"OnMade": {**given, "Properties": properties}, "Parked": RESOURCES["Parked"]}
    resources |= worker("made", functions["made"])
    bootstrap = Bootstrap(resources, functions, Names(resources, functions, {}))
    with pytest.raises(BadResources):
        bootstrap._create_rules()


@pytest.mark.parametrize("target", ["function:nothing", "function:made"])
def test_a_schedule_calls_a_function_that_is_there(cloud, target):
    functions = {"made": Function("a.made")}
    resources = schedule("Often", "rate(1 day)", "made") | {"Parked": RESOURCES["Parked"]}
    resources["Often"]["Properties"]["Targets"][0]["Arn"] = f"arn:aws:lambda:ap-southeast-1:123456789012:{target}"
    bootstrap = Bootstrap(resources, functions, Names(resources, functions, {}))
    with pytest.raises(BadResources, match="nothing") if "nothing" in target else contextlib.nullcontext():
        bootstrap._create_rules()


@pytest.mark.parametrize(
    ("every", "seconds"),
    [("rate(5 minutes)", 300), ("rate(1 minute)", 60), ("rate(2 hours)", 7200), ("rate(1 day)", 86400)],
)
def test_a_rate_is_so_many_seconds(every, seconds):
    functions = {"made": Function("a.made")}
    resources = schedule("Often", every, "made") | {"Parked": RESOURCES["Parked"]}
    (found,) = Bootstrap(resources, functions, Names(resources, functions, {})).schedules()
    assert found == ("Often", "made", seconds, "")


def test_the_products_schedules_are_the_sweeps_and_the_export():
    found = Bootstrap(RESOURCES, FUNCTIONS, Names(RESOURCES, FUNCTIONS, PARAMETER_VALUES)).schedules()
    assert {(name, function, seconds) for name, function, seconds, _ in found} == {
        ("EveryFiveMinutes", "onestop_sweep", 300),
        ("EveryFiveMinutesDeliveries", "delivery_sweep", 300),
        ("EveryMinute", "subscriptions_push", 60),
        ("EveryMinuteNotices", "delivery_notify", 60),
        ("EveryMinutePortal", "delivery_synchronise", 60),
        ("EveryMinuteIdApp", "delivery_integrate", 60),
        ("EveryHour", "submission_sweep_drafts", 3600),
        ("EveryHourRequests", "identity_watch_requests", 3600),
        ("EveryHourLetters", "outbox_replay", 3600),
        ("EveryHourParked", "outbox_redrive", 3600),
        ("EveryDay", "catalogue_export", 86400),
        ("EveryDayBoards", "measures_make_boards", 86400),
        ("EveryDayStamps", "messages_stamp_again", 86400),
        ("EveryNight", "audit_sweep", 86400),
    }
