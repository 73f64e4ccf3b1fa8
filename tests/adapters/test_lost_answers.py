"""A write whose answer is lost is told the same when it is asked again, on any endpoint (conftest.py)."""

import pytest
from botocore.exceptions import ConnectionClosedError

from chalicelib.contracts.stored import read
from chalicelib.kernel import aws, record
from tests.adapters.test_record import NOW, Said, Thing, begun
from tests.support.line import Line

MADE = aws.client.__wrapped__
"""How the product makes a client."""


@pytest.fixture
def line(dynamo, monkeypatch):
    """The product's own client of the endpoint, as it asks again by itself, and its line."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamo.client.meta.endpoint_url)
    monkeypatch.setenv("AWS_DEFAULT_REGION", dynamo.client.meta.region_name)
    client, stock = MADE("dynamodb"), aws.client
    monkeypatch.setattr(aws, "client", lambda service: client if service == "dynamodb" else stock(service))
    made = Line(client, monkeypatch)
    yield made
    made.close()


def stands(dynamo, pk):
    head = read(Thing, aws.get(dynamo.table, pk, "HEAD"))
    rows = [record.log_row(row) for row in aws.query(dynamo.table, pk, "EVENT#")]
    assert record.unbroken(rows, head)
    return head.version, [row.data["by"] for row in rows]


def adds(dynamo, pk, who, tried):
    def once():
        tried.append(who)
        head = read(Thing, aws.get(dynamo.table, pk, "HEAD"))
        record.Change(dynamo.table, head, NOW).tell(Said(by=who)).put(last=who).write()
        return who

    return once


@pytest.mark.parametrize("written", [True, False], ids=["after the write", "before it"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_change_whose_answer_is_lost_is_there_once_and_told_as_done(dynamo, line, pk, written, times):
    begun(dynamo, pk).write()
    line.cut(pk, times, written=written)
    tried = []
    assert record.settled(adds(dynamo, pk, "second", tried)) == "second"
    assert (len(tried), len(line.sent), len(line.tokens)) == (1, times + 1, 1), "one decision, sent under one token"
    assert stands(dynamo, pk) == (2, ["first", "second"])


@pytest.mark.parametrize("written", [True, False], ids=["after the write", "before it"])
def test_a_line_that_stays_cut_is_told_as_what_passes_and_nothing_is_decided_twice(dynamo, line, pk, written):
    begun(dynamo, pk).write()
    line.cut(pk, aws.TRIES, written=written)
    tried = []
    with pytest.raises(ConnectionClosedError) as lost:
        record.settled(adds(dynamo, pk, "second", tried))
    assert aws.passes(lost.value)
    assert (len(tried), len(line.sent), len(line.tokens)) == (1, aws.TRIES, 1)
    assert stands(dynamo, pk) == ((2, ["first", "second"]) if written else (1, ["first"]))
