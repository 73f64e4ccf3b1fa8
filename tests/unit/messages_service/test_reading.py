"""Who may read a signed document, and what anyone may know of it."""

from copy import replace
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.contracts.messages import CopySigned
from chalicelib.dossier.reading import read
from chalicelib.kernel import aws
from chalicelib.kernel.ids import ALPHABET, lookup_code
from chalicelib.kernel.problem import NotFound
from chalicelib.ledger.door import LINK_LIVES
from chalicelib.messages.inquiry import Reader
from chalicelib.messages.store import Table
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.support.ledgers import lines_of

NAME = "COPY.MC-1.c1"


def copy(**changes):
    """What is told of a copy that an officer signed."""
    told = CopySigned(
        code=NAME,
        key="papers/MC-1/c1/copy.pdf",
        version_id="v7",
        sha256="ab" * 32,
        size=1234,
        title="Bản sao chụp",
        message=NAME,
        kind="copy",
        agency=people.OFFICE["id"],
        agency_name=people.OFFICE["name"],
        holder=people.CITIZEN.holder,
        procedure=people.PROCEDURE,
        reference="MC-1",
        signed_at="2026-11-25T02:20:05.000+00:00",
        unsigned_sha256="cd" * 32,
        component="c1",
        lookup=lookup_code(NAME),
    )
    return replace(told, **changes)


@pytest.fixture
def reader(tables):
    """A reader of one registered document."""
    Table().register(copy(), Clock()())
    return Reader(Table(), read, Clock())


def test_a_document_is_read_by_its_holder_and_its_agency(reader):
    for who in (people.CITIZEN, people.LEADER):
        found, url, sheet = reader.read(who, NAME)
        assert (found.message, sheet) == (NAME, None)
        asked = parse_qs(urlsplit(url).query)
        assert urlsplit(url).path.endswith(found.key)
        assert asked["versionId"] == ["v7"], "the very version that was registered"


def test_whoever_reads_it_stands_in_its_holders_ledger(reader):
    for who in (people.CITIZEN, people.LEADER):
        reader.read(who, NAME)
    said = [line.said for line in lines_of(people.CITIZEN.holder)]
    assert [(s.document, s.by, s.route) for s in said] == [
        (NAME, "owner", "messages"),
        (NAME, people.OFFICE["id"], "messages"),
    ]


def test_a_link_lives_five_minutes(reader):
    before = datetime.now().astimezone().timestamp()
    _, url, _ = reader.read(people.CITIZEN, NAME)
    asked = parse_qs(urlsplit(url).query)
    if "X-Amz-Expires" in asked:
        assert asked["X-Amz-Expires"] == ["300"]
    else:
        assert 0 <= int(asked["Expires"][0]) - int(before) - LINK_LIVES <= 60
    assert LINK_LIVES == 300


@pytest.mark.parametrize(
    "stranger",
    [
        people.NEIGHBOUR,
        people.officer("leader", agency="H01.10.25"),
        replace(people.LEADER, agency=""),
        replace(people.CITIZEN, personal_id=""),
    ],
    ids=["another citizen", "another agency", "no agency", "no number"],
)
def test_to_everybody_else_it_does_not_exist(reader, stranger):
    for name in (NAME, "COPY.MC-1.never"):
        with pytest.raises(NotFound) as refused:
            reader.read(stranger, name)
        assert refused.value.facts == {"what": "message"}
    assert lines_of(people.CITIZEN.holder) == [], "a refusal opened nothing"


@pytest.mark.parametrize("stranger", [replace(people.LEADER, agency=""), replace(people.CITIZEN, personal_id="")])
def test_what_belongs_to_nobody_is_nobodys(reader, stranger):
    """Nothing is not equal to nothing: who has no agency, or no number, sees no document without one."""
    Table().register(copy(message="COPY.MC-2.c1", lookup="2", agency="", holder=""), Clock()())
    with pytest.raises(NotFound):
        reader.read(stranger, "COPY.MC-2.c1")


def test_whoever_holds_a_paper_may_look_it_up_by_the_code_on_it(reader):
    code = lookup_code(NAME)
    assert (len(code), set(code) <= set(ALPHABET)) == (16, True), "80 bits"
    typed = f"{code[:4]}-{code[4:8]} {code[8:]}".lower().replace("0", "o").replace("1", "l")
    for text in (code, typed):
        assert (reader.registered(text).paper.message, reader.registered(text).paper.sha256) == (NAME, "ab" * 32)


def test_whoever_holds_the_file_may_look_it_up_by_its_own_code_too(reader):
    """A paper of an earlier release has no other code on it."""
    tables_head = Table().message(NAME)
    assert tables_head.lookup
    assert reader.registered(NAME, "AB" * 32).paper.message == NAME


UNKNOWN = {
    "a code that can be guessed": (NAME, None),
    "a code that names nothing": ("COPY.MC-1.never", None),
    "a look-up code of nothing": ("7K3D9M2QW8XZ4T1B", None),
    "the wrong file": (NAME, "cd" * 32),
    "a file of nothing": ("COPY.MC-1.never", "ab" * 32),
    "the look-up code with the file": (lookup_code, "ab" * 32),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_what_is_not_told_is_asked_and_answered_like_what_is_not_there(reader, monkeypatch, case):
    """One read of one item, and one answer: nothing tells which documents there are."""
    code, sha256 = UNKNOWN[case]
    code = code(NAME) if callable(code) else code
    client, calls = aws.client("dynamodb"), []
    client.meta.events.register_first("before-call.dynamodb", lambda model, **_: calls.append(model.name), "count")
    try:
        with pytest.raises(NotFound) as refused:
            reader.registered(code, sha256)
    finally:
        client.meta.events.unregister("before-call.dynamodb", unique_id="count")
    assert refused.value.facts == {"what": "message"}
    assert calls == ["GetItem"]
