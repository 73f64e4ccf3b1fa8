"""Every event of ours has somebody who hears it or is told to have nobody; whatever fails is parked, not lost."""

import json

import pytest

from chalicelib.contracts.event import known_events
from chalicelib.onestop.sweep import LASTS
from chalicelib.outbox.publish import SOURCE
from infra.stack.functions import FUNCTIONS
from infra.stack.parameters import PARAMETERS
from infra.stack.resources import (
    BUS_RETRIES,
    HEARING,
    LEAST,
    PARALLEL,
    RESOURCES,
    STREAM_LASTS,
    TABLES,
    TIMED,
    logical,
    parked,
    reached,
    work,
    worker,
)
from infra.stack.stores import HIDDEN, KEPT, TRIED_FOR
from tests.support.breaking import STEPS
from tests.support.templates import references


def of_type(kind):
    """Logical id -> properties of the resources of a type."""
    return {name: r["Properties"] for name, r in RESOURCES.items() if r["Type"] == kind}


ONLY_RULES = of_type("AWS::Events::Rule")
QUEUE = "AWS::SQS::Queue"
ALL_MAPPINGS = of_type("AWS::Lambda::EventSourceMapping")
MAPPINGS = {n: p for n, p in ALL_MAPPINGS.items() if p["EventSourceArn"]["Fn::GetAtt"][1] == "StreamArn"}
WORKED = {p["EventSourceArn"]["Fn::GetAtt"][0]: p for n, p in ALL_MAPPINGS.items() if n not in MAPPINGS}
"""Queue -> who works on it, and how."""
BY_CLOCK = {name: p for name, p in ONLY_RULES.items() if "ScheduleExpression" in p}
HEARING_RULES = {name: p for name, p in ONLY_RULES.items() if name not in BY_CLOCK}
OURS = {name: p for name, p in HEARING_RULES.items() if p["EventPattern"]["source"] == [SOURCE]}
BY_LOGICAL = {logical(name): name for name in FUNCTIONS}
WORKERS = {n for n, f in FUNCTIONS.items() if not f.handler.startswith("app.") and n != "identity_authorize"}
AT_DEPLOYMENT = {"catalogue_load", "catalogue_import"}  # by infra.local.stage, a deployment, an operator
WORKING = WORKERS - AT_DEPLOYMENT


def called_by(properties):
    """The function behind a rule."""
    (target,) = properties["Targets"]
    return BY_LOGICAL[reached(target)]


@pytest.mark.parametrize("name", ONLY_RULES)
def test_a_rule_hands_over_for_a_day_and_then_parks(name):
    (target,) = ONLY_RULES[name]["Targets"]
    assert called_by(ONLY_RULES[name]) in FUNCTIONS
    assert target["RetryPolicy"] == {"MaximumRetryAttempts": BUS_RETRIES, "MaximumEventAgeInSeconds": 86400}
    queue = target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0]
    assert RESOURCES[queue]["Type"] == QUEUE


@pytest.mark.parametrize("name", HEARING)
def test_a_worker_has_a_queue_that_brings_again_for_hours_what_fails_and_then_parks_it(name):
    queue, mapping = RESOURCES[work(name)]["Properties"], WORKED[work(name)]
    assert queue["MessageRetentionPeriod"] == KEPT
    assert queue["SqsManagedSseEnabled"] is True
    assert queue["VisibilityTimeout"] >= HIDDEN * FUNCTIONS[name].timeout
    redrive = queue["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": [parked(name), "Arn"]}
    assert redrive["maxReceiveCount"] * queue["VisibilityTimeout"] >= TRIED_FOR >= 2 * 3600
    assert redrive["maxReceiveCount"] <= 1000, "SQS allows no more"
    assert mapping["FunctionName"] == {"Ref": logical(name)}
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BatchSize"] == 1


@pytest.mark.parametrize("name", HEARING)
def test_a_worker_works_on_as_many_messages_as_may_run_and_never_on_one_alone(name):
    at_once, reserved = WORKED[work(name)]["ScalingConfig"]["MaximumConcurrency"], FUNCTIONS[name].reserved
    assert at_once >= LEAST == 2
    assert at_once == reserved or not reserved, "what is fetched beyond the cap is refused, and counts as a try"


@pytest.mark.parametrize("reserved", [0, 1, 2, 50])
def test_one_at_once_is_more_than_sqs_can_promise(reserved):
    made = worker("vault_count", FUNCTIONS["vault_store_result"]._replace(reserved=reserved))
    at_once = made["VaultCountWorkMapping"]["Properties"]["ScalingConfig"]["MaximumConcurrency"]
    assert at_once == max(2, reserved or 100)


def test_who_hears_the_bus_has_a_queue_and_nobody_else():
    assert WORKED.keys() == {work(name) for name in HEARING}
    for properties in HEARING_RULES.values():
        (target,) = properties["Targets"]
        assert target["Arn"] == {"Fn::GetAtt": [work(called_by(properties)), "Arn"]}
    assert set(HEARING) == {called_by(p) for p in HEARING_RULES.values()}
    assert set(TIMED) == {called_by(p) for p in BY_CLOCK.values()}


@pytest.mark.parametrize("name", BY_CLOCK)
def test_a_schedule_may_call_its_function_and_only_that_schedule_may(name):
    (target,) = ONLY_RULES[name]["Targets"]
    permission = RESOURCES[f"{name}May"]["Properties"]
    assert permission["FunctionName"] == {"Ref": target["Arn"]["Fn::GetAtt"][0]}
    assert permission["SourceArn"] == {"Fn::GetAtt": [name, "Arn"]}
    assert permission["Principal"] == "events.amazonaws.com"


@pytest.mark.parametrize("name", OURS)
def test_a_rule_of_our_bus_names_events_that_exist(name):
    properties = OURS[name]
    assert properties["EventBusName"] == {"Ref": "Bus"}
    assert properties["EventPattern"]["detail-type"]
    assert set(properties["EventPattern"]["detail-type"]) <= known_events().keys()


def test_a_rule_of_the_default_bus_hears_our_bucket_only():
    for name, properties in HEARING_RULES.items():
        if name not in OURS:
            assert "EventBusName" not in properties
            pattern = properties["EventPattern"]
            (source,), said = pattern["source"], pattern["detail"]
            ours = {"aws.s3": ("bucket", "name"), "aws.guardduty": ("s3ObjectDetails", "bucketName")}[source]
            assert said[ours[0]][ours[1]] == [{"Ref": "IntakeBucket"}]
    bucket = RESOURCES["IntakeBucket"]["Properties"]
    assert bucket["NotificationConfiguration"]["EventBridgeConfiguration"]["EventBridgeEnabled"] is True


def test_the_sweep_goes_by_the_clock_every_five_minutes_and_ends_before_the_next():
    properties = BY_CLOCK["EveryFiveMinutes"]
    assert properties["ScheduleExpression"] == "rate(5 minutes)"
    assert "EventBusName" not in properties, "schedules are for the default bus only"
    assert called_by(properties) == "onestop_sweep"
    assert LASTS.total_seconds() < FUNCTIONS["onestop_sweep"].timeout <= 300


def misled(rules):
    """What a contract says of its hearers and the rules do not, and the other way round."""
    ruled = {(kind, called_by(p)) for p in rules.values() for kind in p["EventPattern"]["detail-type"]}
    told = {(kind, name) for kind, event in known_events().items() for name in event.heard_by}
    yield from (f"no rule in infra/stack/resources.py brings {kind} to {name}" for kind, name in sorted(told - ruled))
    yield from (
        f"a rule in infra/stack/resources.py brings {kind} to {name}, which is no hearer"
        for kind, name in sorted(ruled - told)
    )


def test_a_rule_hands_an_event_to_exactly_those_who_hear_it_by_its_contract():
    assert "\n".join(misled(OURS)) == ""


def test_an_event_that_no_rule_brings_and_one_that_nobody_asked_for_are_named():
    fewer = {name: p for name, p in OURS.items() if name != "OnVaultStored"}
    assert list(misled(fewer)) == [
        "no rule in infra/stack/resources.py brings vn.motcua.vault.stored to onestop_record_delivery"
    ]
    more = OURS | {"OnRead": OURS["OnVaultStored"] | {"EventPattern": {"detail-type": ["vn.motcua.ledger.line"]}}}
    assert list(misled(more)) == [
        "a rule in infra/stack/resources.py brings vn.motcua.ledger.line to onestop_record_delivery, which is no hearer"
    ]


def unbroken(called, steps):
    """Who is never seen to fail, and who is none of ours."""
    named = {name for names in steps.values() for name in names}
    where = "STEPS of tests/support/breaking.py"
    yield from (
        f"{name} has no step in {where}: name it in the step in which its event comes,"
        " and in a mended(...) of that step in tests/journeys/test_ops.py"
        for name in sorted(called - named)
    )
    yield from (f"{where} names {name}, which nothing calls" for name in sorted(named - called))


def test_whatever_is_called_fails_once_before_the_eyes_of_an_operator():
    assert "\n".join(unbroken(WORKING, STEPS)) == ""


def test_a_worker_without_a_step_is_named():
    (missing,) = unbroken(WORKING | {"vault_count"}, STEPS)
    assert missing.startswith("vault_count has no step in STEPS of tests/support/breaking.py")
    (gone,) = unbroken(WORKING, STEPS | {"more": ("vault_gone",)})
    assert gone == "STEPS of tests/support/breaking.py names vault_gone, which nothing calls"


def test_every_worker_is_called_by_something():
    ruled = {called_by(p) for p in ONLY_RULES.values()}
    streamed = {BY_LOGICAL[mapping["FunctionName"]["Ref"]] for mapping in MAPPINGS.values()}
    driven = {
        BY_LOGICAL[arn["Fn::GetAtt"][0]]
        for machine in of_type("AWS::Serverless::StateMachine").values()
        for arn in machine["DefinitionSubstitutions"].values()
    }
    assert ruled | streamed | driven | AT_DEPLOYMENT == WORKERS


def test_every_table_has_a_stream_and_every_stream_keeps_the_rows_that_keep_failing():
    read = {mapping["EventSourceArn"]["Fn::GetAtt"][0] for mapping in MAPPINGS.values()}
    assert read == TABLES.keys()
    for name in TABLES:
        assert TABLES[name]["Properties"]["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    for properties in MAPPINGS.values():
        letters = properties["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
        assert RESOURCES[letters]["Type"] == "AWS::S3::Bucket", "a queue would get no rows"
        assert properties["MaximumRetryAttempts"] == -1
        assert properties["MaximumRecordAgeInSeconds"] == STREAM_LASTS < 86400, "less than the stream lasts"
        assert properties["BisectBatchOnFunctionError"] is True
        assert properties["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert properties["ParallelizationFactor"] == PARALLEL, "motcua quotas --rate 420 says whether it is enough"
        assert properties["StartingPosition"] == "TRIM_HORIZON"
        (wanted,) = properties["FilterCriteria"]["Filters"]
        assert json.loads(wanted["Pattern"])["eventName"] == ["INSERT"]


def test_every_table_can_be_restored_and_every_bucket_is_private_and_versioned():
    for table in TABLES.values():
        assert table["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True
        assert table["Properties"]["BillingMode"] == "PAY_PER_REQUEST"
    buckets = of_type("AWS::S3::Bucket")
    assert buckets
    for bucket in buckets.values():
        assert bucket["VersioningConfiguration"]["Status"] == "Enabled"
        assert all(bucket["PublicAccessBlockConfiguration"].values())


def test_what_is_called_and_not_waited_for_is_tried_again_and_parked_with_its_reason():
    """A schedule hands over and is done, and so does who redrives: what fails then is Lambda's to retry and to park."""
    configured = of_type("AWS::Lambda::EventInvokeConfig")
    by_function = {BY_LOGICAL[c["FunctionName"]["Ref"]]: c for c in configured.values()}
    assert by_function.keys() == {called_by(p) for p in BY_CLOCK.values()} | {*HEARING}
    for name, config in by_function.items():
        assert config["MaximumRetryAttempts"] > 0
        assert config["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": [parked(name), "Arn"]}
        assert RESOURCES[parked(name)]["Type"] == QUEUE


def test_who_redrives_is_told_every_worker_and_its_own_queues_in_less_than_eventbridge_takes():
    (target,) = BY_CLOCK["EveryHourParked"]["Targets"]
    text, names = target["Input"]["Fn::Sub"]
    given = {name: json.dumps(value) for name, value in names.items()}
    told = json.loads(text)["workers"]
    found = [[given[each[what][2:-1]] for what in ("function", "work", "parked")] for each in told]
    queues = [[{"Fn::GetAtt": [named(name), "QueueName"]} for named in (work, parked)] for name in HEARING]
    wanted = zip(HEARING, queues, strict=True)
    assert found == [[json.dumps(x) for x in ({"Ref": logical(name)}, *of_it)] for name, of_it in wanted]
    longest = {"function": 128, "work": 80, "parked": 80}  # an alias's ARN, and names of queues
    assert len(told) * (len('{"function":"","work":"","parked":""},') + sum(longest.values())) < 8192


def test_what_waits_and_what_is_parked_is_kept_two_weeks():
    for name, queue in of_type(QUEUE).items():
        assert queue["MessageRetentionPeriod"] == 14 * 86400, name


def test_no_two_resources_have_one_name():
    functions = set(BY_LOGICAL)
    assert len(functions) == len(FUNCTIONS)
    assert functions & RESOURCES.keys() == set()


def test_every_reference_leads_to_something():
    known = RESOURCES.keys() | BY_LOGICAL.keys() | PARAMETERS.keys()
    for name, resource in RESOURCES.items():
        for reference in references(resource):
            assert reference in known or reference.startswith("AWS::"), (name, reference)
