"""Somebody writes beside the product: `motcua audit verify` names each row, and whatever else there is can be read."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chalicelib.kernel import aws, record, traces
from infra.command.audited import audit_app
from infra.command.output import FINDINGS
from infra.demo import story
from infra.demo.client import Unexpected
from infra.local.stage import local_stage
from tests.support.asserts import problem
from tests.support.world import finish, resting, whole_list

SLICE, ALL = 30, 300
SEED = int(os.environ.get("MOTCUA_TAMPER_SEED", "2026"))
STEP = "EVENT#"


@pytest.fixture(scope="module")
def cloud(tmp_path_factory):
    """A cloud of its own: in the one that all share, other tests leave rows that no product wrote."""
    with resting(), local_stage(tmp_path_factory.mktemp("tampered"), clocked=False) as running:
        yield running


@pytest.fixture(scope="module")
def where(cloud):
    """Addresses and names of that cloud."""
    return cloud.where()


@pytest.fixture(scope="module")
def lives(cloud, where, small_scan):
    """Two dossiers of one person that lived their whole lives there."""
    claims = story.somebody()
    lived = [finish(where, small_scan, claims=claims) for _ in range(2)]
    me = story.citizen(where, **lived[0].claims)
    for life in lived:
        me.get(f"/v1/vault/documents/{life.dossier['vault_document']}").ok()
    cloud.wait_idle()
    return lived


def verified(where, *words):
    words = ["verify", "--where", str(Path(where["folder"], "where.json")), "--json", *words]
    answer = CliRunner().invoke(audit_app, words)
    assert answer.exit_code in (0, FINDINGS), (answer.output, answer.exception)
    said = json.loads(answer.stdout)
    return answer.exit_code, {(u["table"], u["record"]): u["findings"] for u in said["unfit"]}


class Hand:
    """Somebody with the rights of a table's writer; what they did is undone at the end."""

    def __init__(self, where, chance):
        self.where, self.chance, self.before = where, chance, {}

    def rows(self, table, pk, prefix=""):
        return aws.query(table, pk, prefix)

    def put(self, table, *rows):
        for row in rows:
            self._note(table, row["pk"], row["sk"])
            aws.client("dynamodb").put_item(TableName=table, Item=aws.packed(row))

    def remove(self, table, pk, sk):
        self._note(table, pk, sk)
        aws.client("dynamodb").delete_item(TableName=table, Key=aws.packed({"pk": pk, "sk": sk}))

    def _note(self, table, pk, sk):
        self.before.setdefault((table, pk, sk), aws.get(table, pk, sk))

    def undo(self):
        for (table, pk, sk), row in self.before.items():
            if row is None:
                aws.client("dynamodb").delete_item(TableName=table, Key=aws.packed({"pk": pk, "sk": sk}))
            else:
                aws.client("dynamodb").put_item(TableName=table, Item=aws.packed(row))
        self.before.clear()

    def other_than(self, value):
        """Another value: of the same kind mostly, of another one now and then."""
        if self.chance.random() < 0.2:
            return ["x"] if isinstance(value, str) else "x"
        match value:
            case bool():
                return not value
            case dict():
                return {**value, "x": 1}
            case list():
                return [*value, "x"]
            case str():
                return value + "x"
        return value + 1

    # --- each answers the rows of which one at least has to be named

    def field_changed(self, table, pk, rows):
        row = self.chance.choice(rows)
        field = self.chance.choice([name for name in row if name not in ("pk", "sk")])
        self.put(table, {**row, field: self.other_than(row[field])})
        return {row["sk"]}

    def field_removed(self, table, pk, rows):
        row = self.chance.choice(rows)
        field = self.chance.choice([name for name in row if name not in ("pk", "sk")])
        self.put(table, {name: value for name, value in row.items() if name != field})
        return {row["sk"]}

    def field_added(self, table, pk, rows):
        row = self.chance.choice(rows)
        self.put(table, {**row, self.chance.choice(("note", "decided_by", "unlogged")): "x"})
        return {row["sk"]}

    def row_removed(self, table, pk, rows):
        row = self.chance.choice(rows)
        self.remove(table, pk, row["sk"])
        return {row["sk"]}

    def hash_changed(self, table, pk, rows):
        row = self.chance.choice([row for row in rows if row["sk"].startswith(STEP)])
        field = self.chance.choice(("hash", "prev"))
        others = [value for value in ("0" * 32, "ab" * 16) if value != row[field]]  # the first event follows no other
        self.put(table, {**row, field: self.chance.choice(others)})
        return {row["sk"]}

    def rows_swapped(self, table, pk, rows):
        steps = [row for row in rows if row["sk"].startswith(STEP)]
        if len(steps) == 1:
            return self.hash_changed(table, pk, rows)
        one, two = self.chance.sample(steps, 2)
        self.put(table, {**one, "sk": two["sk"]}, {**two, "sk": one["sk"]})
        return {one["sk"], two["sk"]}

    def tail_cut(self, table, pk, rows):
        """The end is gone, and HEAD says so."""
        steps = [row for row in rows if row["sk"].startswith(STEP)]
        kept = self.chance.randrange(len(steps))
        for row in steps[kept:]:
            self.remove(table, pk, row["sk"])
        head = next(row for row in rows if row["sk"] == "HEAD")
        self.put(table, {**head, "seq": kept, "chain": steps[kept - 1]["hash"] if kept else record.GENESIS})
        return {row["sk"] for row in steps[kept:]} | {"HEAD"}

    # --- rows beside HEAD and log

    def beside_changed(self, table, pk, rows):
        return self.field_changed(table, pk, rows)

    def beside_lost_a_field(self, table, pk, rows):
        return self.field_removed(table, pk, rows)

    def beside_removed(self, table, pk, rows):
        return self.row_removed(table, pk, rows)

    def beside_added(self, table, pk, rows):
        """One more of a kind that is there, or of another."""
        row = self.chance.choice(rows)
        row = {**row, "sk": self.chance.choice((f"{row['sk']}9", "SLIP#000001", "PAPERS"))}
        self.put(table, row)
        return {row["sk"]}

    def chain_rewritten(self, table, pk, rows):
        """A row says something else, and every hash after it is right again, HEAD's too."""
        steps = [row for row in rows if row["sk"].startswith(STEP)]
        at = self.chance.randrange(len(steps))
        steps[at] = {**steps[at], "at": "2020-01-01T00:00:00.000+00:00"}
        before = steps[at]["prev"]
        for number in range(at, len(steps)):
            steps[number] = {**steps[number], "prev": before}
            before = steps[number]["hash"] = record.link(steps[number])
        head = next(row for row in rows if row["sk"] == "HEAD")
        self.put(table, *steps[at:], {**head, "chain": before})
        return {row["sk"] for row in steps[at:]} | {"HEAD"}


ACTS = ("field_changed", "field_changed", "field_changed", "field_removed", "field_added", "row_removed",
        "hash_changed", "rows_swapped", "tail_cut", "chain_rewritten", "beside_changed", "beside_changed",
        "beside_lost_a_field", "beside_removed", "beside_added")  # fmt: skip
BESIDE = tuple(act for act in ACTS if act.startswith("beside"))
KINDS = ("Dossiers", "Dossiers", "Messages", "Messages", "Ledgers", "Vaults")


def chains(where, kind, lives):
    """Records of a table that have a log."""
    table = where[f"table.{kind}"]
    found = {}
    for page in aws.client("dynamodb").get_paginator("scan").paginate(TableName=table):
        for item in map(aws.plain, page["Items"]):
            if item["sk"] == "HEAD" and item["seq"]:
                found[item["pk"]] = item
    return table, sorted(found)


def of_kind(rows, *, beside):
    """HEAD and the log, or what stands beside them; what moves without its HEAD is told by nobody (ADR 0022)."""
    rows = [row for row in rows if not traces.moves(row["sk"])]
    return [row for row in rows if (row["sk"] == "HEAD" or row["sk"].startswith(STEP)) != beside]


def paths(lives):
    """What the person reads: their lists, and each dossier by itself."""
    for life in lives:
        for of in ("", "/timeline", "/notices", "/slip", "/fee", "/due"):
            yield life.reference, f"/v1/dossiers/{life.reference}{of}"


def read_all(me, lives):
    """Every answer by its path, and the lists entry by entry."""
    answers = {path: me.get(path) for _, path in paths(lives)}
    lines = whole_list(me, "/v1/vault/access", "lines")
    documents = whole_list(me, "/v1/vault/documents", "documents")
    mine = whole_list(me, "/v1/dossiers", "dossiers")
    return answers, lines, documents, mine


def changed(before, after):
    """How many of some entries are not there any more."""
    there = Counter(json.dumps(each, sort_keys=True) for each in after)
    return sum((Counter(json.dumps(each, sort_keys=True) for each in before) - there).values())


def still_readable(me, lives, before, kind, pk, touched):
    """Whatever does not stand in the rows that somebody wrote is read as before."""
    answers, lines, documents, mine = before
    now, lines_now, documents_now, mine_now = read_all(me, lives)
    rows = len(touched)
    assert changed(lines, lines_now) <= (rows if kind in ("Ledgers", "Vaults") else 0)
    assert changed(documents, documents_now) <= (rows if kind == "Vaults" else 0)
    assert changed(mine, mine_now) <= (1 if kind == "Dossiers" else 0)
    for reference, path in paths(lives):
        if kind == "Dossiers" and reference == pk:
            if "HEAD" in touched:
                continue  # who may see it stands in the row that was written
            if "PLAN" in touched and now[path].status != 200:  # without it nothing can be said of procedure and times
                assert problem(now[path], 500, "record_unreadable")["record"] == f"{pk}/PLAN"
                continue
            assert now[path].status == 200, (path, now[path].body)
            if path.endswith("/timeline"):
                sound = [e for e in answers[path].body["events"] if f"{STEP}{e['number']:06d}" not in touched]
                assert now[path].body["events"] == sound
                assert set(now[path].body["unreadable"]) == {f"{pk}/{sk}" for sk in touched if sk.startswith(STEP)}
        else:
            assert (now[path].status, now[path].body) == (answers[path].status, answers[path].body), path


def tampered(where, lives, seeds):
    """Each tampering by itself, told by the command, with all else read; answers how often each was done."""
    me, done = story.citizen(where, **lives[0].claims), Counter()
    before = read_all(me, lives)
    for seed in seeds:
        chance = random.Random(f"{SEED} {seed}")
        hand, kind, act = Hand(where, chance), chance.choice(KINDS), chance.choice(ACTS)
        if act in BESIDE and kind == "Ledgers":  # they are nothing but a log
            kind = "Dossiers"
        table, known = chains(where, kind, lives)
        rows = {pk: of_kind(hand.rows(table, pk), beside=act in BESIDE) for pk in known}
        pk = chance.choice([pk for pk in known if rows[pk]])
        rows = rows[pk]
        try:
            touched = getattr(hand, act)(table, pk, rows)
            code, unfit = verified(where, "--record", pk)
            named = {each["where"] for each in unfit.get((table, pk), ())}
            assert code == FINDINGS, (seed, kind, act, pk, touched, hand.before)
            assert touched & named, (seed, kind, act, touched, named)
            assert unfit.keys() == {(table, pk)}, (seed, unfit)
            still_readable(me, lives, before, kind, pk, {row[2] for row in hand.before})
        except (AssertionError, Unexpected) as error:
            raise AssertionError(f"seed {seed}: {kind} {act} {sorted(k[1:] for k in hand.before)}: {error}") from error
        finally:
            hand.undo()
        done[kind, act] += 1
    assert verified(where) == (0, {})
    return done


def test_the_command_works_with_what_where_json_says_alone(where, lives):
    """As an operator types it: nothing of ours is in the environment."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    words = [sys.executable, "-m", "infra.command.cli", "audit", "verify", "--where", f"{where['folder']}/where.json"]
    done = subprocess.run(words, env=bare, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "0 do not fit" in done.stdout


def test_each_of_some_tamperings_is_named_and_all_else_can_be_read(where, lives):
    assert sum(tampered(where, lives, range(SLICE)).values()) == SLICE


def kinds_of_rows(where, lives):
    """Of each kind of row beside a log one that is there, with its table: `TASK#...` of a dossier, `DOC#...`."""
    found = {}
    for kind in dict.fromkeys(KINDS):
        table, known = chains(where, kind, lives)
        for pk in known:
            for row in of_kind(aws.query(table, pk), beside=True):
                found.setdefault((kind, row["sk"].partition("#")[0]), (table, row))
    return found


def test_every_kind_of_row_that_was_changed_deleted_or_added_is_named_before_any_night(where, lives):
    """No anchor vouches for it: the log of its own record does."""
    known = kinds_of_rows(where, lives)
    assert {sk for kind, sk in known if kind == "Dossiers"} >= {
        "CLOCK", "COMPONENT", "FORM", "PLAN", "RESULT", "TASK", "UPLOAD",
    }  # fmt: skip
    assert {("Vaults", "DOC"), ("Messages", "FIELD")} <= known.keys()
    missed = []
    for (kind, of), (table, row) in known.items():
        for act, said in (
            ("beside_changed", "row_changed"),
            ("beside_removed", "row_missing"),
            ("beside_added", "row_added"),
        ):
            hand = Hand(where, random.Random(f"{SEED} {kind} {of} {act}"))
            try:
                touched = getattr(hand, act)(table, row["pk"], [row])
                code, unfit = verified(where, "--record", row["pk"])
            finally:
                hand.undo()
            named = {(each["kind"], each["where"]) for each in unfit.get((table, row["pk"]), ())}
            if code != FINDINGS or not {(said, sk) for sk in touched} <= named:
                missed.append((kind, of, act, touched, named))
    assert missed == []
    assert verified(where) == (0, {})


def test_what_a_leg_came_to_and_whom_a_code_names_follow_from_the_log(where, lives):
    """What a machine waits with is the leg's alone; all else that it says an event has, and a code leads back."""
    table, pk = where["table.Dossiers"], lives[0].reference
    head, (leg, *_) = aws.get(table, pk, "HEAD"), aws.query(table, pk, "LEG#")
    code = aws.get(table, f"CODE#{head['dossier_code']}", "DOSSIER")
    assert {"outcome", "approver", "done_at", "token"} <= leg.keys()
    other = {**leg, "outcome": {**leg["outcome"], "outcome": "refused"}}
    named, pointer = [], f"{code['pk']}/DOSSIER"
    for rows, gone in (
        ([other], ""),
        ([{**leg, "approver": "x"}], ""),
        ([{**leg, "done_at": "2020-01-01T00:00:00.000+00:00"}], ""),
        ([{name: value for name, value in leg.items() if name != "approver"}], ""),
        ([{name: leg[name] for name in ("pk", "sk", "token")}], ""),
        ([{**leg, "child": "MC-X"}], ""),
        ([{**leg, "note": "x"}], ""),
        ([{**leg, "sk": "LEG#9-nobody"}], ""),
        ([], leg["sk"]),
        ([{**code, "reference": lives[1].reference}], ""),
        ([{**code, "note": "x"}], ""),
        ([], pointer),
    ):
        hand = Hand(where, None)
        try:
            hand.put(table, *rows)
            if gone:
                hand.remove(table, *((pk, gone) if gone == leg["sk"] else tuple(pointer.rsplit("/", 1))))
            told = verified(where, "--record", pk)[1].get((table, pk), ())
        finally:
            hand.undo()
        named.append([(each["kind"], each["where"]) for each in told])
    changed_leg, changed_code = [("row_changed", leg["sk"])], [("row_changed", pointer)]
    assert named == [
        changed_leg, changed_leg, changed_leg, changed_leg,
        [("row_missing", leg["sk"])], [("row_added", leg["sk"])], [("row_added", leg["sk"])],
        [("row_added", "LEG#9-nobody")], [("row_missing", leg["sk"])],
        changed_code, changed_code, [("row_missing", pointer)],
    ]  # fmt: skip
    assert verified(where, "--record", pk) == (0, {})


@pytest.mark.parametrize("state", [11, -1])
def test_a_head_of_a_state_that_no_release_knows_is_told_by_its_name_and_hides_nothing_else(where, lives, state):
    me, hand = story.citizen(where, **lives[0].claims), Hand(where, None)
    table, (pk, *_) = chains(where, "Dossiers", lives)
    before = read_all(me, lives)
    try:
        hand.put(table, {**aws.get(table, pk, "HEAD"), "state": state})
        for path in (f"/v1/dossiers/{pk}", f"/v1/dossiers/{pk}/timeline", f"/v1/dossiers/{pk}/due"):
            assert problem(me.get(path), 500, "record_unreadable")["record"] == f"{pk}/HEAD"
        assert pk not in {each["reference"] for each in me.get("/v1/dossiers").ok().body["dossiers"]}
        still_readable(me, lives, before, "Dossiers", pk, {"HEAD"})
        assert verified(where, "--record", pk)[1][table, pk] == [{"kind": "head_changed", "where": "HEAD"}]
    finally:
        hand.undo()
    assert verified(where, "--record", pk) == (0, {})


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("Vaults", "stored_at", "2026-12-01T08:00:00.000+00:00x"),
        ("Vaults", "withdrawn_at", "2026-12-01"),
        ("Vaults", "valid_until", "2026-13-01"),
        ("Vaults", "issued_on", "soon"),
        ("Dossiers", "due_at", "2026-12-01T08:00:00"),
    ],
)
def test_a_time_that_is_none_hides_the_row_that_says_it_and_no_other_one_of_a_list(where, lives, kind, field, value):
    me, hand, life = story.citizen(where, **lives[0].claims), Hand(where, None), lives[0]
    table = where[f"table.{kind}"]
    if kind == "Vaults":
        rows = [row for _, pks in [chains(where, kind, lives)] for pk in pks for row in aws.query(table, pk, "DOC#")]
        row = next(row for row in rows if row["id"] == life.dossier["vault_document"])
    else:
        row = aws.get(table, life.reference, "HEAD")
    before = read_all(me, lives)
    try:
        hand.put(table, {**row, field: value})
        still_readable(me, lives, before, kind, row["pk"], {row["sk"]})
        _, _, documents, mine = read_all(me, lives)
        hidden = [{d["id"] for d in before[2]} - {d["id"] for d in documents}]
        hidden += [{d["reference"] for d in before[3]} - {d["reference"] for d in mine}]
        assert hidden == ([{row["id"]}, set()] if kind == "Vaults" else [set(), {life.reference}])
    finally:
        hand.undo()
    assert verified(where, "--record", row["pk"]) == (0, {})


@pytest.mark.soak
def test_each_of_three_hundred_tamperings_is_named_and_all_else_can_be_read(where, lives):
    done = tampered(where, lives, range(ALL))
    for (kind, act), times in sorted(done.items()):
        print(f"{kind:<9} {act:<16} {times}")
    print(f"{sum(done.values())} tamperings, each named, everything else read")
