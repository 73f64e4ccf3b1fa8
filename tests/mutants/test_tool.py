"""The tool changes what it says, draws the same twice, and what it was told by hand is still true of the source."""

import json
import os
import subprocess
import sys

import pytest

from tests.mutants import choosing, making, named, running
from tests.mutants.explained import as_toml, explained, key, stale
from tests.mutants.making import ROOT, Mutant, NothingFound, Source


@pytest.fixture(scope="module")
def sources():
    return making.sources(making.files())


def changed(operator, text, file="chalicelib/sample.py"):
    """The source as each mutant of an operator has it."""
    source = Source(file, text)
    found = (source.mutant(place) for place, row in enumerate(source.found) if row[0] == operator)
    return [mutant.source.strip() for mutant in found if mutant]


CHANGES = {
    "element": ("f([a, *b])", ["f([*b])", "f([a, ])"]),
    "statement": (
        "check(x)\nif y:\n    raise Refused",
        ["pass\nif y:\n    raise Refused", "check(x)\nif y:\n    pass"],
    ),
    "answer": ("def f():\n    return 1", ["def f():\n    return None"]),
    "branch": ("if a:\n    b()", ["if True:\n    b()", "if False:\n    b()"]),
    "operand": ("x = not (a or b)", ["x = not (a)", "x = not (b)"]),
    "less": ("x = 2", ["x = 1"]),
    "number": ("x = 2", ["x = 3"]),
    "swap_op": ("x = a < b", ["x = a <= b"]),
    "unconditioned": ("aws.put_new(table, item)", ["aws.put(table, item)"]),
    "string": ('x = "Ab"', ['x = "XXAbXX"']),
}


@pytest.mark.parametrize("operator", CHANGES)
def test_an_operator_makes_these_changes(operator):
    text, wanted = CHANGES[operator]
    assert changed(operator, text) == wanted


def test_a_sentence_for_people_has_no_other_words():
    for text in ("three small words", "Lý do", ", "):
        assert changed("string", f'raise Bad("{text}")') == []
    assert changed("string", 'x = "SET a = :b, c = :d"') == ['x = "XXSET a = :b, c = :dXX"']


def test_a_condition_is_always_true_in_whole_and_in_part_and_says_otherwise():
    found = changed("condition", 'x = "#st = :open AND attribute_not_exists(done)"')
    assert found == [
        'x = "(#st = :open AND attribute_not_exists(done)) OR attribute_exists(pk) OR attribute_not_exists(pk)"',
        'x = "(#st = :open OR attribute_exists(pk) OR attribute_not_exists(pk)) AND attribute_not_exists(done)"',
        'x = "(#st = :open AND attribute_exists(pk) AND attribute_not_exists(pk)) AND attribute_not_exists(done)"',
        'x = "#st <> :open AND attribute_not_exists(done)"',
        'x = "#st = :open AND (attribute_not_exists(done) OR attribute_exists(pk) OR attribute_not_exists(pk))"',
        'x = "#st = :open AND (attribute_not_exists(done) AND attribute_exists(pk) AND attribute_not_exists(pk))"',
        'x = "#st = :open AND attribute_exists(done)"',
    ]
    for text in ("SET a = :b", "pk = :p AND sk > :s", "a text with = :signs", "no condition"):
        assert changed("condition", f'x = "{text}"') == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('N = (items("Vaults", "GetItem"),)', 'N = (items("Vaults", "GetItem", "DeleteItem"),)'),
        ('A = {"a.b": frozenset({CITIZEN, LEADER})}', 'A = {"a.b": (frozenset({CITIZEN, LEADER})) | {ADMINISTRATOR}}'),
        ('R = act("vault.read", CITIZEN, LEADER)', 'R = act("vault.read", CITIZEN, LEADER, "administrator")'),
    ],
)  # fmt: skip
def test_a_right_is_widened_in_the_tables_of_rights_only(text, wanted):
    operator = "right" if "items" in text else "act"
    assert changed(operator, text, "a/policies.py") == [wanted]
    assert changed(operator, text) == []


@pytest.mark.parametrize(
    "text",
    [
        '"""Words."""',
        "from a import b",
        "type X = Literal['a', 'b']",
        "x: dict[str, 'Y']",
        "@cache\nclass A:\n    pass",
        "__all__ = ['a', 'b']",
        "if TYPE_CHECKING:\n    x = 1",
    ],
)
def test_what_does_nothing_when_it_runs_has_no_mutants(text):
    assert len(Source("a.py", text)) == 0


def test_every_mutant_is_python_and_another_program(sources):
    for mutant in making.drawn(sources, 12, seed=7):
        compile(mutant.source, mutant.file, "exec")
        assert mutant.source != (ROOT / mutant.file).read_text("utf-8")
        assert mutant.text in (ROOT / mutant.file).read_text("utf-8")


def test_the_same_seed_draws_the_same_and_another_seed_others(sources):
    first, again, other = (list(map(key, making.drawn(sources, 20, seed))) for seed in (1, 1, 2))
    assert first == again
    assert len(set(first) & set(other)) < 10


def test_a_file_that_went_away_is_told():
    with pytest.raises(NothingFound, match="chalicelib/nowhere"):
        making.files(("chalicelib/nowhere/*.py",))


def test_what_a_test_prepared_for_its_file_is_looked_at_by_all_of_the_file():
    seconds = {"tests/unit/test_a.py::one": 0.1, "tests/unit/test_a.py::two": 0.1, "tests/unit/test_b.py::three": 0.1}
    told = {1: list(choosing._told_by("tests/unit/test_a.py::one|setup")), 2: ["tests/unit/test_a.py::one"]}
    tests = choosing.Tests(seconds, [], {"x.py": told})
    by = {line: set(tests.of(Mutant("x.py", "x", "", "", range(line, line + 1), at_import=False))) for line in told}
    assert by == {1: {"tests/unit/test_a.py::one", "tests/unit/test_a.py::two"}, 2: {"tests/unit/test_a.py::one"}}


def said(monkeypatch, tmp_path, **answer):
    """What is known of the tests when the only file of them answers this."""
    monkeypatch.setattr(choosing, "_files", lambda: ["tests/unit/digitisation/test_hostile.py"])
    given = {"seconds": {}, "failed": [], "first": "", "cpu": 0.1, **answer}
    monkeypatch.setattr(choosing, "_run", lambda _given, names, _folder, hear: [hear(name, given) for name in names])
    return choosing.tests([], [], tmp_path, lambda _: None)


def test_a_file_of_the_soak_alone_has_no_tests_here_and_breaks_nothing(monkeypatch, tmp_path):
    assert said(monkeypatch, tmp_path, code=pytest.ExitCode.NO_TESTS_COLLECTED).seconds == {}


@pytest.mark.parametrize(
    "answer", [{"code": pytest.ExitCode.OK}, {"code": pytest.ExitCode.USAGE_ERROR}, {"first": "died"}]
)
def test_a_file_that_says_nothing_of_its_tests_breaks_the_run(monkeypatch, tmp_path, answer):
    with pytest.raises(running.Broken):
        said(monkeypatch, tmp_path, **answer)


def test_tests_named_after_a_file_are_tried_whatever_they_ran():
    """A cache keeps what one test ran, and another looks at it."""
    seconds = {"tests/unit/test_a.py::one": 0.1, "tests/unit/test_a.py::two": 9.0, "tests/unit/test_b.py::three": 0.1}
    tests = choosing.Tests(seconds, [], {"law/a.py": {1: ["tests/unit/test_b.py::three"]}})
    mutant = Mutant("law/a.py", "x", "", "", range(1, 2), at_import=False)
    assert tests.chosen(mutant, 30) == [
        "tests/unit/test_a.py::one", "tests/unit/test_a.py::two", "tests/unit/test_b.py::three",
    ]  # fmt: skip


# --- what was told by hand ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", named.NAMED, ids=lambda one: one.what)
def test_a_named_mutant_is_a_change_of_todays_source(one):
    mutant = named.mutant(one)
    compile(mutant.source, mutant.file, "exec")
    assert mutant.source != (ROOT / mutant.file).read_text("utf-8")


def test_every_explanation_is_of_a_mutant_that_is_there(sources):
    assert stale(explained(), sources) == []


def test_an_explanation_without_a_reason_is_refused(tmp_path, sources):
    (mutant,) = making.drawn(sources, 1, seed=3)
    (tmp_path / "s.toml").write_text(as_toml(mutant))
    with pytest.raises(ValueError, match="without a reason"):
        explained(tmp_path / "s.toml")
    (tmp_path / "s.toml").write_text(as_toml(mutant).replace("why = ''", "why = 'the same'"))
    assert explained(tmp_path / "s.toml") == {key(mutant): "the same"}
    assert stale(explained(tmp_path / "s.toml"), sources) == []
    assert stale(explained(tmp_path / "s.toml"), []) == [key(mutant)]


# --- a run ----------------------------------------------------------------------------------------------------------


@pytest.mark.soak
def test_nine_of_ten_mutants_and_all_that_are_named_are_killed():
    command = [sys.executable, "-m", "tests.mutants", "--seed", "2", "--count", "60", "--minutes", "30"]
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}  # no cloud of other tests
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=3600)
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    findings = json.loads((ROOT / ".local" / "mutants" / "findings.json").read_text("utf-8"))
    by_name = {f["change"]: f["verdict"] for f in findings if f["operator"] == "named"}
    assert by_name == dict.fromkeys([one.what for one in named.NAMED], "killed")
    drawn = [f["verdict"] for f in findings if f["operator"] != "named"]
    assert len(drawn) == 60
    assert drawn.count("killed") >= 54, done.stdout[-4000:]
