"""No link without a line: who got which file of a person, when, by which route and on which ground."""

from copy import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import LogBroken, TryAgain
from chalicelib.ledger.door import File, Read, hand_out, note
from chalicelib.ledger.table import partition
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.support.ledgers import lines_of

NOW = Clock()()
OWNER = people.CITIZEN


@pytest.fixture(autouse=True)
def place(tables):
    """Where the owner's ledger stands."""
    return partition(OWNER.holder)


def file(**changes):
    given = File(
        owner=OWNER.holder, document="MC-1/c1", reference="MC-1", sha256="ab" * 32,
        bucket="intake", key="uploads/MC-1/c1", version_id="v7",
        media_type="image/jpeg", filename="giấy.jpg",
    )  # fmt: skip
    return replace(given, **changes)


def test_the_owner_gets_a_link_and_a_line():
    url = hand_out(file(), OWNER, "dossiers", NOW)
    assert urlsplit(url).path.endswith("uploads/MC-1/c1")
    assert parse_qs(urlsplit(url).query)["versionId"] == ["v7"]
    (line,) = lines_of(OWNER.holder)
    assert line.at == stamp(NOW)
    told = line.said
    assert (told.act, told.document, told.by, told.route) == ("read", "MC-1/c1", "owner", "dossiers")
    assert (told.basis, told.sha256, told.officer) == ("45/2020 Art. 5", "ab" * 32, None)


def test_an_officers_line_says_agency_name_and_the_dossier_that_is_handled(tables, place):
    hand_out(file(), people.LEADER, "messages", NOW)
    (line,) = lines_of(OWNER.holder)
    assert (line.said.by, line.said.officer) == (people.OFFICE["id"], people.LEADER.name)
    assert (line.said.basis, line.said.reference) == ("dossier MC-1", "MC-1")
    (row,) = tables.events("Ledgers", place)
    assert row["actor"] == people.LEADER.subject


def test_a_line_that_cannot_be_written_gives_no_link(tables, monkeypatch):
    tables.contend(100)
    with pytest.raises(TryAgain):
        hand_out(file(), OWNER, "dossiers", NOW)
    monkeypatch.setenv("MOTCUA_LEDGERS_TABLE", "nowhere")
    with pytest.raises(Exception, match="ResourceNotFound"):
        hand_out(file(), OWNER, "dossiers", NOW)


def test_what_is_nobodys_is_given_to_nobody(tables):
    with pytest.raises(ValueError, match="nobody's: MC-1/c1"):
        hand_out(file(owner=""), people.LEADER, "dossiers", NOW)
    assert tables.everything("Ledgers") == []


def test_two_who_read_at_once_leave_two_lines(tables, place):
    tables.meanwhile(lambda: hand_out(file(), people.LEADER, "dossiers", NOW))
    hand_out(file(), OWNER, "dossiers", NOW)
    assert [line.said.by for line in lines_of(OWNER.holder)] == [people.OFFICE["id"], "owner"]
    assert tables.unbroken("Ledgers", place)


def test_a_reading_costs_one_get_and_one_transaction_however_long_the_ledger_is(monkeypatch):
    for _ in range(5):
        hand_out(file(), OWNER, "dossiers", NOW)
    real, asked = aws.client, []

    class Counting:
        def __getattr__(self, name):
            asked.append(name)
            return getattr(real("dynamodb"), name)

    monkeypatch.setattr(aws, "client", lambda service: Counting() if service == "dynamodb" else real(service))
    hand_out(file(), OWNER, "dossiers", NOW)
    assert asked == ["get_item", "transact_write_items"]


def test_what_is_read_without_a_file_leaves_a_line_too():
    note(Read(owner=OWNER.holder, document="MC-1", reference="MC-1", sha256=""), people.LEADER, "dossiers", NOW)
    assert [line.said.document for line in lines_of(OWNER.holder)] == ["MC-1"]


def changed(row):
    return {**row, "data": {**row["data"], "officer": "somebody else"}}


@pytest.mark.parametrize("tamper", ["changed", "gone", "zeroed"])
def test_a_ledger_that_was_tampered_with_is_not_told_as_history(tables, place, tamper):
    for _ in range(3):
        hand_out(file(), people.LEADER, "dossiers", NOW)
    row = tables.events("Ledgers", place)[1]
    if tamper == "gone":
        tables.client("dynamodb").delete_item(TableName="ledgers", Key=aws.packed({"pk": row["pk"], "sk": row["sk"]}))
    else:
        tables.put("Ledgers", changed(row) if tamper == "changed" else {**row, "hash": "0" * 32})
    with pytest.raises(LogBroken) as refused:
        lines_of(OWNER.holder)
    assert refused.value.facts == {"record": "LEDGER#(hash)"}
    assert lines_of(people.NEIGHBOUR.holder) == []


@pytest.mark.parametrize(
    ("name", "media_type", "plain", "whole"),
    [
        ("giấy chứng sinh.jpg", "image/jpeg", "gi_y ch_ng sinh.jpg", "giấy chứng sinh.jpg"),
        ("a.html", "image/jpeg", "a.jpg", "a.jpg"),
        ("x.pdf", "application/pdf", "x.pdf", "x.pdf"),
        ('a"; filename="b.exe', "image/png", "a__ filename=_b.png", "a__ filename=_b.png"),
        ("a\r\nSet-Cookie: b.jpg", "image/jpeg", "a Set-Cookie_ b.jpg", "a Set-Cookie_ b.jpg"),
        ("../../etc/passwd", "application/pdf", "_.._etc_passwd.pdf", "_.._etc_passwd.pdf"),
        ("ảnh\u202egpj.exe", "image/jpeg", "_nh gpj.jpg", "ảnh gpj.jpg"),
        ("   ", "image/jpeg", "file.jpg", "file.jpg"),
        ("....", "image/jpeg", "file.jpg", "file.jpg"),
        ("a" * 300 + ".jpg", "image/jpeg", "a" * 100 + ".jpg", "a" * 100 + ".jpg"),
    ],
)
def test_a_browser_keeps_the_file_under_a_name_that_does_no_harm(name, media_type, plain, whole):
    asked = parse_qs(urlsplit(hand_out(file(filename=name, media_type=media_type), OWNER, "dossiers", NOW)).query)
    assert asked["response-content-type"] == [media_type]
    (header,) = asked["response-content-disposition"]
    kind, first, second = header.split("; ", 1)[0], *header.partition("; filename*=UTF-8''")[::2]
    assert kind == "attachment"
    assert first == f'attachment; filename="{plain.replace("=", "_")}"'
    assert unquote(second) == whole
    assert header.isascii()


def test_of_a_type_that_was_never_checked_there_is_no_link(tables, place):
    with pytest.raises(KeyError):
        hand_out(file(media_type="text/html"), OWNER, "dossiers", NOW)
