"""What the templates declare is paid for or said to be free; a new kind of resource stops the count."""

import pytest

from infra.cost import standing
from infra.cost.standing import Unpaid, fixed, per_month
from infra.stack.live import shifting
from infra.stack.resources import SCHEDULES
from infra.stack.watch import alarms


def test_what_stands_in_the_templates_is_counted():
    found = fixed(())
    declared = [r["Type"] for r in (alarms() | shifting()).values()]
    assert found["cloudwatch.alarms"] == declared.count("AWS::CloudWatch::Alarm")
    assert (found["kms.keys"], found["secrets.secrets"]) == (5, 1)
    assert found["cloudwatch.dashboards"] == 2
    assert found["cloudwatch.metrics"] >= 5


def test_a_metric_that_was_written_and_has_no_alarm_is_counted_too():
    resources = {"A": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"Namespace": "motcua", "MetricName": "X"}}}
    assert fixed((), resources) == {"cloudwatch.alarms": 1, "cloudwatch.metrics": 1}
    assert fixed(("X", "Y"), resources)["cloudwatch.metrics"] == 2


def test_a_kind_of_resource_of_which_nobody_said_what_it_costs_is_refused_by_name():
    with pytest.raises(Unpaid, match="Cache is a AWS::ElastiCache::CacheCluster"):
        fixed((), {"Cache": {"Type": "AWS::ElastiCache::CacheCluster", "Properties": {}}})


def test_every_schedule_says_how_often_it_comes():
    rules = [r["Properties"]["ScheduleExpression"] for r in SCHEDULES.values() if r["Type"] == "AWS::Events::Rule"]
    assert rules
    assert all(per_month(rule) >= 30 for rule in rules)
    assert (per_month("rate(5 minutes)"), per_month("rate(1 day)"), per_month("rate(2 hours)")) == (8640, 30, 360)
    assert per_month("cron(0/5 11-22 * * ? *)") == 12 * 12 * 30


def test_a_line_of_the_api_is_as_long_as_its_request():
    event = {"httpMethod": "GET", "resource": "/v1/dossiers/{dossier}"}
    short = standing.access_line(event, {"statusCode": 200, "body": ""})
    longer = standing.access_line(event | {"resource": "/v1/dossiers/{dossier}/timeline"}, {"statusCode": 200})
    assert longer - short == len("/timeline")
    assert 250 < short < 450
