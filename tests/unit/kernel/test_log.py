"""What is logged is named: no personal data slips in, not even in the message of an error."""

import io
import json

import pytest

from chalicelib.contracts.event import Malformed, heard
from chalicelib.contracts.stored import Unreadable, read
from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel import log
from chalicelib.vault.model import VaultDocument


def test_a_note_has_its_fields_and_no_others(logged):
    log.note("request", route="GET /v1/procedures", status=200, milliseconds=7, request_id="r-1")
    (line,) = logged
    assert (line["message"], line["level"], line["service"]) == ("request", "INFO", "motcua")
    assert (line["route"], line["status"], line["milliseconds"]) == ("GET /v1/procedures", 200, 7)


@pytest.mark.parametrize("field", ["name", "personal_id", "body", "form", "token", "subject", "holder", "filename"])
def test_a_field_that_is_not_on_the_list_is_refused(logged, field):
    with pytest.raises(ValueError, match=field):
        log.note("request", **{field: "canary-7"})
    with pytest.raises(ValueError, match=field):
        log.trouble("broke", ValueError(), **{field: "canary-7"})
    assert logged == []


def test_an_error_is_logged_by_its_type_and_place_and_never_by_its_message(logged):
    try:
        int("canary-7")
    except ValueError as error:
        log.trouble("work broke", error, function="sign")
    (line,) = logged
    assert line["error"].startswith("ValueError at ")
    assert line["error"].split(" at ")[1].rpartition(":")[2].isdigit()
    assert "canary" not in repr(line)


def test_an_error_that_was_never_raised_has_no_place(logged):
    log.trouble("work broke", KeyError("canary-7"))
    assert logged[0]["error"] == "KeyError at ?"


def test_the_place_is_the_deepest_one(logged):
    def deep():
        raise RuntimeError("canary-7")

    try:
        deep()
    except RuntimeError as error:
        log.trouble("work broke", error)
    assert logged[0]["error"] == f"RuntimeError at {__name__}:{deep.__code__.co_firstlineno + 1}"


def test_the_causes_of_an_error_are_not_logged_either(logged):
    try:
        try:
            raise ValueError("canary-7")
        except ValueError as cause:
            raise RuntimeError("canary-8") from cause
    except RuntimeError as error:
        log.trouble("work broke", error)
    assert "canary" not in repr(logged)


def test_metrics_are_one_line_of_the_log_counted_by_stage():
    out = io.StringIO()
    (handler,) = log.logger().handlers
    before = handler.setStream(out)
    try:
        log.measure(SweepRan=1, TasksOverdue=0)
        log.measure(SweepRan=1)
    finally:
        handler.setStream(before)
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["SweepRan"], first["TasksOverdue"], first["stage"]) == ([1.0], [0.0], "local")
    assert "TasksOverdue" not in second, "nothing is left from the line before"
    (told,) = first["_aws"]["CloudWatchMetrics"]
    assert (told["Namespace"], set(told["Dimensions"][0])) == ("motcua", {"service", "stage"})
    assert {(m["Name"], m["Unit"]) for m in told["Metrics"]} == {("SweepRan", "Count"), ("TasksOverdue", "Count")}


def test_what_our_contracts_say_of_data_is_told_in_full(logged, counted):
    try:
        heard(VaultStored, {"reference": "canary-7", "document": 7})
    except Malformed as error:
        log.trouble("work broke", error, function="listen")
    assert logged[0]["reason"] == "vn.motcua.vault.stored: document: Expected `str`, got `int`"
    assert logged[0]["error"].startswith("Malformed at ")
    assert "canary" not in repr(logged)
    assert counted() == [], "an event that is not understood parks: that is told enough"


def test_a_record_that_cannot_be_read_is_named_and_counted_and_nobody_is(logged, counted):
    holder = "0123456789abcdef" * 2
    try:
        read(VaultDocument, {"pk": f"OWNER#{holder}", "sk": "DOC#H01-KQ1", "id": "canary-7"})
    except Unreadable as error:
        log.trouble("request broke", error, route="GET /v1/vault/documents")
    (line,), (count,) = logged, counted()
    assert line["record"] == count["record"] == "OWNER#(hash)/DOC#H01-KQ1"
    assert line["reason"] == count["reason"] == "VaultDocument: code: missing"
    assert count["RecordsUnreadable"] == [1.0]
    assert holder not in repr((line, count))
    assert "canary" not in repr((line, count))


def test_a_count_is_about_what_the_log_may_have_and_nothing_else(counted):
    log.measure({"route": "GET /v1/things"}, RoutesBroken=1)
    (line,) = counted()
    assert (line["route"], line["RoutesBroken"]) == ("GET /v1/things", [1.0])
    assert "route" not in line["_aws"]["CloudWatchMetrics"][0]["Dimensions"][0], "one count for the stage"
    with pytest.raises(ValueError, match="holder"):
        log.measure({"holder": "canary-7"}, RoutesBroken=1)
