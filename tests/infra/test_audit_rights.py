"""Who writes a chain has no right to its anchors, and who anchors it has no right to write it: compared both ways."""

from fnmatch import fnmatchcase

import pytest

from chalicelib.audit.heads import SPARE_DAYS
from chalicelib.catalogue.agencies.items import CHANGES
from chalicelib.catalogue.agencies.store import OUTAGES
from chalicelib.catalogue.plans.store import quarter_of
from chalicelib.catalogue.procedures import guided
from chalicelib.catalogue.procedures.unbegun import records_of
from chalicelib.catalogue.procedures.waiting import list_of
from infra.stack.data import _HEADS, HEAD_DAYS
from infra.stack.parameters import PARAMETERS
from infra.stack.policies import NEEDS, document
from infra.stack.recurring import CHAINS
from infra.stack.resources import ANCHOR_KEY, KEY, TABLES, TOKEN_KEY
from tests.support.templates import references

WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
SWEEP = "audit_sweep"


def rights(name):
    """Action, resource and condition of all that a function may do; streams, which nobody writes, are left out."""
    for statement in document(name)["Statement"]:
        for resource in statement["Resource"]:
            if isinstance(resource, dict) and resource.get("Fn::GetAtt", ["", ""])[1] == "StreamArn":
                continue
            for target in references(resource) if isinstance(resource, dict) else (resource,):
                for action in statement["Action"]:
                    yield action, target, statement.get("Condition")


def writers(table):
    return {
        name
        for name in NEEDS
        for action, target, _ in rights(name)
        if target == table and action.removeprefix("dynamodb:") in WRITES
    }


def test_every_table_but_that_of_the_anchors_has_chains_that_are_swept():
    assert set(CHAINS) == TABLES.keys() - {"Anchors"}
    read = {target for action, target, _ in rights(SWEEP) if action == "dynamodb:Query"}
    assert read == {*CHAINS, "Anchors"}


@pytest.mark.parametrize("table", CHAINS)
def test_who_writes_a_chain_is_not_who_anchors_it(table):
    assert writers(table)
    assert SWEEP not in writers(table)


def test_the_key_of_the_anchors_is_the_sweeps_alone_and_a_key_of_its_own():
    holders = {name for name in NEEDS for _, target, _ in rights(name) if target == ANCHOR_KEY}
    assert holders == {SWEEP}
    assert [a for a, target, _ in rights(SWEEP) if target == ANCHOR_KEY] == ["kms:GenerateMac"]
    macs = {name for name in NEEDS for action, _, _ in rights(name) if action.startswith("kms:") and "Mac" in action}
    assert macs == {SWEEP}
    assert ANCHOR_KEY != KEY


def test_the_key_of_tokens_is_of_who_exchanges_them_alone():
    holders = {name for name in NEEDS for _, target, _ in rights(name) if target == TOKEN_KEY}
    assert holders == {"people_api"}
    assert {a for a, target, _ in rights("people_api") if target == TOKEN_KEY} == {"kms:Sign", "kms:GetPublicKey"}


def test_anchors_are_written_by_the_sweep_and_notes_of_growth_by_the_outbox():
    outbox = ("outbox_publish", "outbox_replay")
    assert writers("Anchors") == {SWEEP, *outbox}
    touched = {name for name in NEEDS for _, target, _ in rights(name) if target == "Anchors"}
    assert touched == {SWEEP, *outbox}
    for each in outbox:
        (condition,) = [c for action, target, c in rights(each) if target == "Anchors"]
        assert condition == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["CHANGED#*"]}}


def test_the_sweep_changes_no_file():
    """It adds files of heads, in a folder of its own, and locks them; it can neither delete one nor shorten a lock."""
    of_files = {(action, target) for action, target, _ in rights(SWEEP) if action.startswith("s3:")}
    assert {action for action, _ in of_files} == {"s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectRetention"}
    granted = [
        each for each in NEEDS[SWEEP] if any("Put" in action and action.startswith("s3:") for action in each.actions)
    ]
    assert {resource["Fn::Sub"][0] for each in granted for resource in each.resources} == {"${Owner}/heads/*"}


def test_the_catalogues_api_deletes_places_in_lists_and_nothing_else():
    """A publication takes its version off the list of what waits: without the right to it nothing would go out."""
    found = [(to, when) for action, to, when in rights("catalogue_api") if "Delete" in action]
    patterns = [p for _, when in found for p in when["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]]
    lists = (
        CHANGES,
        OUTAGES,
        quarter_of("H01", "k", "q")[0],
        records_of("H01.10.24"),
        list_of("H01.10.24"),
        guided.list_of("H01.10.24"),
    )
    assert {target for target, _ in found} == {"Catalogue"}
    assert sorted([fnmatchcase(each, p) for p in patterns] for each in lists) == sorted(
        [each is one for each in lists] for one in lists
    )
    assert not any(fnmatchcase(kept, p) for p in patterns for kept in ("PROCEDURE#1.001193", "STATE#1.001193#0001#00"))


def test_a_head_stands_until_the_next_look_at_its_chain_however_seldom_a_stage_looks():
    assert int(PARAMETERS["SweepDays"]["MaxValue"]) + SPARE_DAYS == HEAD_DAYS


def test_a_head_that_another_file_was_put_over_goes_once_its_lock_ends():
    assert (_HEADS["ExpirationInDays"], _HEADS["NoncurrentVersionExpiration"]) == (HEAD_DAYS, {"NoncurrentDays": 1})
