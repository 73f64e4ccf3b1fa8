"""What the pages say of routes, rooms, forms and the law is what the code has and what is measured."""

import re

import msgspec
import pytest

from chalicelib.forms import document, evaluate, expressions, limits, problems, rules
from chalicelib.kernel.access import CITIZEN
from chalicelib.law import outages, packs
from chalicelib.law.rules import Rules
from infra.command.cli import app as command_line
from infra.reference import rules as legal_rules
from infra.reference.openapi import routes
from infra.stack.functions import FUNCTIONS
from infra.stack.resources import SCHEDULES, logical
from tests.support.acts import every_act
from tests.unit.test_docs import PAGES, ROOT, cells, code_in, page

# --- routes, commands, roles ---------------------------------------------------------------------------------


def fits(said, route):
    """Whether a page names this route: by the names in braces, or by an example of one."""
    parts = zip(said.split("/"), route.split("/"), strict=False)
    return said.count("/") == route.count("/") and all(theirs in ("*", ours) for ours, theirs in parts)


@pytest.fixture(scope="module")
def known():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_CHALICE_CLI_MODE", "true")  # every route, whatever the environment says
        from app import app
    return {re.sub(r"\{\w+\}", "*", route.path) for route in routes(app)}


def unknown(told, known):
    """Which of (page, path) no route answers."""
    assert told
    return {each for each in told if not any(fits(each[1], route) for route in known)}


def test_every_route_that_a_page_names_is_there(known):
    told = {
        (path.name, re.sub(r"\{\w+\}", "*", route))
        for path in PAGES
        for route in re.findall(r"(?:GET|POST|PUT) (/v1/[\w/{}.-]+)", path.read_text(encoding="utf-8"))
    }
    assert unknown(told, known) == set()


def test_the_page_of_the_api_names_each_post_that_wants_a_version():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_CHALICE_CLI_MODE", "true")
        from app import app
    wanting = {f"POST {route.path}" for route in routes(app) if route.method == "POST" and route.versioned}
    (rule,) = re.findall(r"^- A POST carries.*?(?=^- )", page("docs/reference/api.md"), re.DOTALL | re.MULTILINE)
    assert set(re.findall(r"`(POST [^`]+)`", rule)) == wanting


def test_the_commands_of_a_page_ask_routes_that_are_there(known):
    told = set()
    for path in PAGES:
        for block in re.findall(r"```(?:bash|console)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            asked = block.replace("$VERSIONS", "$URL/v1/catalogue/procedures/*/versions")
            for route in re.findall(r"(?:\$URL|:8000)(/v1/[^\s\"?]*)", asked):
                told.add((path.name, re.sub(r"\$\w+[^/]*|<\w+>", "*", route)))
    assert ("first-dossier.md", "/v1/drops") in told, "a scanner's file comes in by the API"
    assert {name for name, _ in told} >= {"first-dossier.md", "add-a-procedure.md", "announce-an-outage.md"}
    assert unknown(told, known) == set()


def test_every_command_that_there_is_is_told():
    text = page("docs/reference/command-line.md")
    known = [("", each) for each in command_line.registered_commands]
    for group in command_line.registered_groups:
        known += [(group.name, each) for each in group.typer_instance.registered_commands]
    names = {f"{group} {each.name or each.callback.__name__}".strip() for group, each in known}
    assert names >= {"demo", "procedures import", "procedures review"}
    assert {name for name in names if f"`motcua {name}" not in text and f"`{name}`" not in text} == set()


def test_every_target_of_make_is_told():
    targets = set(re.findall(r"^([a-z-]+):.*## ", page("Makefile"), re.MULTILINE))
    assert targets >= {"demo", "rules"}
    assert targets == set(re.findall(r"^\| `make ([a-z-]+)", page("docs/reference/command-line.md"), re.MULTILINE))


def test_what_the_clock_calls_is_told():
    targets = [t for each in SCHEDULES.values() for t in each["Properties"].get("Targets", ())]
    called = {f for t in targets for f in FUNCTIONS if logical(f) == t["Arn"]["Fn::GetAtt"][0]}
    assert called
    assert {f for f in called if f"`{f}`" not in page("docs/reference/events.md")} == set()


def test_every_role_is_told():
    text = page("docs/errors.md")
    roles = {grant.role for table in every_act().values() for grant in table}
    assert {role for role in roles if f"`{role}`" not in text} == {CITIZEN}


# --- the model room ------------------------------------------------------------------------------------------


def test_the_model_room_lists_every_file_of_the_catalogue():
    room = ROOT / "chalicelib" / "catalogue"
    whole = ("records/", "services/search/")  # told as a whole: many files of one subject
    files = {str(path.relative_to(room)) for path in room.rglob("*.py") if path.name != "__init__.py"}
    section = page("docs/explanation/rooms.md").partition("### What each file holds")[2].partition("\n### ")[0]
    named = {name for line in section.splitlines() if line.startswith("| ") for name in code_in(line)}
    assert {name for name in files if not name.startswith(whole)} - named == set()
    assert {name for name in named if name.endswith(".py")} - files == set()
    assert {name for name in named if name.endswith("/") and not (room / name).is_dir()} == set()
    assert named.issuperset(whole)


def test_the_page_of_rooms_names_files_that_are_there():
    named = {name for row in cells("docs/explanation/rooms.md") for cell in row for name in code_in(cell)}
    paths = {name for name in named if name.startswith(("chalicelib/", "tests/"))}
    assert paths
    assert {name for name in paths if not (ROOT / name).exists()} == set()


def test_every_floor_of_the_house_is_drawn():
    drawn = page("docs/explanation/rooms.md").partition("```text\n")[2].partition("```")[0]
    packages = {path.parent.name for path in (ROOT / "chalicelib").glob("*/__init__.py")}
    assert {name for name in packages if not re.search(rf"\b{name}\b", drawn)} == set()


# --- forms ---------------------------------------------------------------------------------------------------

FORMS = "docs/how-to/write-a-form.md"


def test_every_rule_that_refuses_a_form_is_told_in_its_own_words():
    sentences = {f"`{name}`": english for name, (_, english) in (limits.SENTENCES | document.SENTENCES).items()}
    told = {row[0]: row[1] for row in cells(FORMS) if row[0] in sentences and row[1:] != [""]}
    assert told == sentences


@pytest.mark.parametrize(
    ("what", "most"),
    [
        ("bytes", limits.MAX_BYTES),
        ("levels", limits.MAX_DEPTH),
        ("nodes", limits.MAX_NODES),
        ("nodes once references are unfolded", limits.MAX_UNFOLDED),
        ("characters of a pattern", limits.MAX_PATTERN),
        ("`maxLength`", limits.MAX_LENGTH),
        ("`maxItems`", limits.MAX_ITEMS),
        ("branches of `allOf`, `anyOf`, `oneOf`", limits.MAX_BRANCHES),
        ("choices of an `enum`", limits.MAX_CHOICES),
        ("definitions", limits.MAX_DEFINITIONS),
        ("rules", rules.MAX_RULES),
        ("steps of all rules together", rules.BUDGET),
        ("characters", expressions.MAX_EXPRESSION),
        ("tokens", expressions.MAX_TOKENS),
        ("brackets inside brackets", expressions.MAX_DEPTH),
        ("entries of a literal list", expressions.MAX_LIST),
        ("characters of a literal text", expressions.MAX_TEXT),
        ("macros", expressions.MAX_MACROS),
        ("bytes", evaluate.MAX_BYTES),
        ("levels", evaluate.MAX_DEPTH),
        ("values", evaluate.MAX_NODES),
        ("problems shown", problems.MAX_PROBLEMS),
    ],
)
def test_the_limits_of_a_form_are_those_of_the_code(what, most):
    assert f"| {what} | {most:,} |" in page(FORMS)


def test_every_function_of_a_rule_is_told():
    names = expressions.FUNCTIONS | expressions.METHODS
    assert {name for name in names if not re.search(rf"`{name}[`(]", page(FORMS))} == set()


# --- law -----------------------------------------------------------------------------------------------------


def test_what_is_policy_and_not_law_is_told():
    policy = {
        field.encode_name
        for field in msgspec.structs.fields(Rules)
        for rule in (getattr(pack.rules, field.name) for pack in packs.all_packs())
        if rule and rule.kind == "policy"
    }
    assert policy
    assert policy - {row[0].strip("`") for row in cells("docs/explanation/law.md")} == set()


def test_the_table_of_rules_has_every_rule_with_its_source():
    columns = ("rule", "source", "says", "test", "state")
    rows = [row for row in cells("docs/reference/rules.md") if len(row) == len(columns)]
    told = [row[:3] for row in rows if re.fullmatch(r"R\d\d", row[0])]
    assert told == [[rule.id, rule.source, rule.says] for rule in legal_rules.rules()]


def test_every_reason_of_an_outage_is_told_in_its_own_words():
    told = [row for row in cells("docs/how-to/announce-an-outage.md") if len(row) == len(("code", "vi", "en"))][1:]
    assert told == [[f"`{reason.code}`", reason.text_vi, reason.text_en] for reason in outages.reasons()]
