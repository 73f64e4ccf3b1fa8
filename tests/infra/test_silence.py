"""What is to be heard of and is not is an alarm; what a function may delete it may delete of its own rows alone."""

import re

import pytest

from infra.stack import policies
from infra.stack.resources import TABLES, UNLOGGED
from infra.stack.watch import alarms

HEARD: dict[str, int] = {"SweepMissing": 3 * 300, "DraftSweepMissing": 3 * 3600, "AuditMissing": 2 * 86400}
"""Runs of the clock without which something stands still, and the seconds of silence after which it rings."""
WHOLE = {
    "submission_api": {"Dossiers"},  # a reference in whose place another one comes
    "submission_hear_people": {"Dossiers"},  # of a draft, a component whose document was withdrawn
    "catalogue_follow_dossier": {"Catalogue"},  # a dossier that ended runs no more
    "messages_stamp_again": {"Messages"},  # what is stamped is not listed as due any more
    "audit_sweep": {"Anchors"},  # notes of what a part of the sweep did
}
"""Functions that may delete any row of a table, as their rows have no partition of their own. Nobody is added here by
the way: who deletes a row of a log hides what was done."""


@pytest.mark.parametrize("name", HEARD)
def test_no_news_of_a_run_is_an_alarm_after_some_of_its_periods(name):
    """A metric that is missing breaches, and what is there breaches below one run."""
    alarm = alarms()[name]["Properties"]
    assert (alarm["TreatMissingData"], alarm["ComparisonOperator"], alarm["Threshold"]) == (
        "breaching", "LessThanThreshold", 1,
    )  # fmt: skip
    assert alarm["Period"] * alarm["EvaluationPeriods"] == HEARD[name]
    assert alarm["AlarmActions"]


def test_silence_rings_of_these_alone_and_of_nothing_that_only_counts_failures():
    silent = {name for name, each in alarms().items() if each["Properties"].get("TreatMissingData") == "breaching"}
    assert silent >= HEARD.keys()
    for name, each in alarms().items():
        is_below = each["Properties"].get("ComparisonOperator", "").startswith("Less")
        assert is_below == (name in silent), name


def test_a_row_is_deleted_of_named_partitions_alone():
    """`dynamodb:DeleteItem` without a condition on the key deletes any row, logs and heads among them."""
    whole = dict[str, set[str]]()
    for name, grants in policies.NEEDS.items():
        for grant in grants:
            if "dynamodb:DeleteItem" not in grant.actions:
                continue
            keys = (grant.condition or {}).get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", [])
            assert not any(key.strip("*") == "" for key in keys), name
            if not keys:
                whole.setdefault(name, set()).update(_tables(grant))
    assert whole == WHOLE


def _tables(grant):
    """The tables that a grant names."""
    text = str(grant.resources)
    return {table for table in (*TABLES, *UNLOGGED) if re.search(rf"\b{table}\b", text)}
