"""The page of capabilities has every route, event and command once, with a test, and denies nothing that is built."""

import re

import msgspec
import pytest

from chalicelib.contracts.event import known_events
from infra.command.cli import app as cli
from infra.reference import capabilities, pages
from infra.reference.capabilities import PAGE, ROOT, Absence, Thing, Unclaimed


@pytest.fixture(scope="module")
def there(routes):
    return capabilities.things(routes)


@pytest.fixture(scope="module")
def rows():
    """Each row of the page: kind, name, test."""
    row = r"^\| [^|]+ \| (route|event|command) \| `([^`]+)` \| `?([^`|]+)`? \| [^|]+ \|$"
    found = re.findall(row, PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(found) > 400
    return found


def named(rows, kind):
    return [name for each, name, _ in rows if each == kind]


def test_the_routes_of_the_page_are_those_of_the_app(app, rows):
    served = {f"{method} {path}" for path, methods in app.routes.items() for method in methods if method != "HEAD"}
    assert sorted(named(rows, "route")) == sorted(served)


def test_the_events_of_the_page_are_those_of_the_contracts(rows):
    assert sorted(f"vn.motcua.{name}" for name in named(rows, "event")) == sorted(known_events())


def test_the_commands_of_the_page_are_those_of_the_command_line(rows):
    def of(part, path=""):
        for each in part.registered_commands:
            yield f"{path}{each.name or each.callback.__name__.replace('_', '-')}"
        for each in part.registered_groups:
            yield from of(each.typer_instance, f"{path}{each.name} ")

    assert sorted(named(rows, "command")) == sorted(of(cli))
    assert {"ops parked", "serve", "audit verify"} < set(named(rows, "command"))


def test_every_row_names_a_test_that_there_is(rows):
    assert [(name, test) for _, name, test in rows if not capabilities.is_test(test.strip())] == []


@pytest.mark.parametrize(
    "name", ["tests/http/test_gone.py::test_a", "tests/http/test_cli.py::test_gone", "tests/http/test_cli.py", ""]
)
def test_a_test_that_there_is_not_is_none(name):
    assert not capabilities.is_test(name)


def test_what_no_capability_claims_and_a_claim_to_nothing_are_named(there):
    said = capabilities.words()
    with pytest.raises(Unclaimed, match=r"route GET /v1/ghosts: no capability claims it"):
        capabilities.claimed(said, [*there, Thing("route", "GET /v1/ghosts")])
    with pytest.raises(Unclaimed, match=r"ops parked|draft"):
        capabilities.claimed(said, [thing for thing in there if not thing.name.startswith("draft.")])


def test_each_thing_is_claimed_once(there):
    claims = capabilities.claimed(capabilities.words(), there)
    found = [thing for each in claims.values() for thing in each]
    assert sorted(found) == sorted(there)
    assert all(claims.values())


def test_a_row_that_is_gone_or_has_another_test_makes_the_page_stale(there):
    said, text = capabilities.words(), PAGE.read_text("utf-8")
    claims = capabilities.claimed(said, there)

    def made(before):
        return capabilities.page(said, claims, capabilities.proved(said, there, capabilities.kept(before), seek=False))

    assert made(text) == text
    lines = text.splitlines(keepends=True)
    gone = next(n for n, line in enumerate(lines) if "`GET /v1/services`" in line)
    without = "".join(lines[:gone] + lines[gone + 1 :])
    assert made(without) != without
    other = text.replace(lines[gone], re.sub(r"`tests/[^`]+`", "`tests/http/test_gone.py::test_a`", lines[gone]))
    assert made(other) != other


def test_what_is_said_to_be_not_there_is_not_there(there):
    assert capabilities.denied(capabilities.words(), there) == []


def test_a_thing_of_each_absence_would_be_found(tmp_path):
    for each in capabilities.words().not_there:
        assert each.routes or each.events or each.functions or each.files, each.en
        kinds = ("route", "event", "function")
        for name in each.alive:
            assert set(each.found([(kind, name) for kind in kinds], tmp_path)) == {name}, each.en
        if each.files:
            (tmp_path / each.files).mkdir(parents=True)
            assert len(each.found([], tmp_path)) == 1, each.en


def test_a_denial_of_what_is_built_is_found(there):
    absent = Absence(en="Supplements", vi="Bổ sung", routes="/supplement")
    said = msgspec.structs.replace(capabilities.words(), not_there=(absent,))
    (wrong,) = capabilities.denied(said, there)
    assert wrong.startswith("Supplements: there is ")


def test_a_page_whose_marks_were_lost_is_named():
    for text in ("no mark\n", "<!-- a -->\n", "<!-- a -->\n<!-- a -->\n<!-- /a -->\n"):
        with pytest.raises(ValueError, match="have to stand once"):
            pages.between(text, ("<!-- a -->", "<!-- /a -->"), [])
    assert pages.between("x\n<!-- a -->\nold\n<!-- /a -->\ny\n", ("<!-- a -->", "<!-- /a -->"), ["new"]) == (
        "x\n<!-- a -->\nnew\n<!-- /a -->\ny\n"
    )


def test_the_short_form_stands_in_readme_and_the_features_in_publiccode():
    said = capabilities.words()
    readme, code = ((ROOT / name).read_text("utf-8") for name in ("README.md", "publiccode.yml"))
    for each in (*said.capabilities, *said.not_there):
        assert f"| {each.en} |" in readme
    assert all(line in code for line in capabilities.features(said, "en"))
