"""The documentation names what the code has, and its links lead somewhere."""

import ast
import html
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import jsonschema_rs
import msgspec
import pytest
import yaml

import chalicelib
from chalicelib.contracts.event import known_events
from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel.problem import refusals
from chalicelib.kernel.settings import DECLARED
from chalicelib.law import packs
from chalicelib.law.states import DossierState, label
from infra.reference import pages, site
from infra.stack.parameters import DEPLOYED, ENVIRONMENT
from infra.stack.refusals import OWN
from infra.stack.resources import TABLES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TOP = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "GOVERNANCE.md")
PAGES = sorted([*(ROOT / name for name in TOP), *DOCS.rglob("*.md")])
for module in walk_packages(chalicelib.__path__, "chalicelib."):
    import_module(module.name)  # what rooms declare, they declare when they are loaded
ROWS = [*(kind.row for kind in refusals() if kind.__module__.startswith("chalicelib.")), *OWN.values()]
COMMANDS = (
    "motcua doctor",
    "motcua demo",
    "motcua serve",
    "motcua verify FILE",
    "motcua digitise PATH… --out DIR",
    "motcua clock due --received ISO --term 3wd",
    "motcua clock due --batch FILE",
    "motcua clock explain --received ISO --term 3wd --events FILE",
    "motcua procedures import PATH…",
    "motcua procedures review CODE",
    "motcua intake watch DIR --api URL",
    "motcua cost",
    "motcua quotas",
)


def test_every_link_of_a_page_has_words_that_show_it_wherever_the_page_is_read():
    nameless = [
        f"{path.name}: {link}" for path in PAGES for link in re.findall(r"\[\]\([^)]*\)", path.read_text("utf-8"))
    ]
    assert nameless == [], "outside of the built site `[](page.md)` shows nothing"


@cache
def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def trees() -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "chalicelib").rglob("*.py")]


def nodes() -> Iterator[ast.AST]:
    """Every node of the product's syntax trees."""
    return (node for tree in trees() for node in ast.walk(tree))


def cells(name: str) -> list[list[str]]:
    """Every row of every table of a page."""
    lines = [line for line in page(name).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def code_in(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


# --- errors --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_every_problem_has_its_anchor_titles_cause_and_remedy(row):
    entry = page("docs/errors.md").partition(f'<a id="{row.code}"></a>')[2].partition("<a id=")[0]
    assert f"### `{row.code}` ({row.status})" in entry
    assert row.title_vi in entry
    assert row.title_en in entry
    assert "**Cause.** " in entry
    assert "**Remedy.** " in entry


def test_the_errors_page_has_no_anchor_of_a_code_that_is_gone():
    assert set(re.findall(r'<a id="(\w+)">', page("docs/errors.md"))) == {row.code for row in ROWS}


# --- what emulators allow ---


def test_each_thing_that_emulators_allow_has_a_test_of_ours():
    known = {
        name
        for f in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", f.read_text(), re.MULTILINE)
    }
    rows = [row for row in cells("docs/reference/what-emulators-allow.md") if row[0] not in {"What", "---"}]
    assert len(rows) > 15
    for row in rows:
        named = {name for name in code_in(row[3]) if name.startswith("test_")}
        assert named, row[0]
        assert named <= known, row[0]


# --- events --------------------------------------------------------------------------------------------------


def test_what_is_made_from_the_code_is_current():
    assert pages.stale() == [], "run `make reference`"


def test_a_page_or_schema_that_is_missing_changed_or_too_many_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pages, "SCHEMAS", tmp_path)
    monkeypatch.setattr(pages, "EVENTS", tmp_path / "events.md")
    pages.write()
    assert pages.stale() == []
    changed, missing = tmp_path / "events.md", tmp_path / f"{VaultStored.type}.json"
    foreign = tmp_path / "vn.motcua.nobody.json"
    changed.write_text(changed.read_text("utf-8").replace("heard by nobody", "heard by everybody"), "utf-8")
    missing.unlink()
    foreign.write_text("{}", "utf-8")
    assert pages.stale() == sorted([changed, missing, foreign])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["pages"])
    assert pages.main() == 0
    assert capsys.readouterr().out.splitlines() == [
        "wrote events.md",
        f"deleted {foreign.name}",
        f"wrote {missing.name}",
    ]
    assert pages.stale() == []
    assert pages.main() == 0
    assert capsys.readouterr().out == ""


def test_every_event_is_told_with_who_tells_it_who_hears_it_and_every_field():
    text = page("docs/reference/events.md")
    for kind, event in known_events().items():
        section = text.partition(f"\n## {kind}\n")[2].partition("\n## ")[0]
        heard_by = ", ".join(f"`{name}`" for name in event.heard_by) or "nobody"
        assert f"`{event.__name__}` of `{event.__module__.split('.')[-1]}`, heard by {heard_by}." in section
        told = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        assert told == [field.encode_name for field in msgspec.structs.fields(event)], kind


def test_every_record_that_may_be_the_subject_of_an_event_is_told():
    told = page("docs/reference/events.md").partition("`subject` is the record")[2].partition("look where")[0]
    records = {
        row[0].strip("`").partition("#")[0] for row in cells("docs/reference/data-model.md") if "`EVENT#" in row[1]
    }
    assert records >= {"<reference>", "OWNER"}
    assert {name for name in records if f"`{name.replace('<reference>', 'MC-')}" not in told} == set(), (
        "name the record where the page of events says what a subject is: infra/reference/pages.py, then make reference"
    )


def test_a_schema_takes_what_its_contract_takes_and_refuses_what_it_refuses():
    schema = jsonschema_rs.validator_for(json.loads(pages.schema(VaultStored)))
    given = {"reference": "MC-1", "document": "KQ1", "stored_at": "2026-11-25T13:23:47.018+00:00"}
    assert schema.is_valid(given | {"of_a_newer_release": 1})
    assert not schema.is_valid({k: v for k, v in given.items() if k != "document"})
    assert not schema.is_valid(given | {"document": 1})


# --- settings, command line, data ----------------------------------------------------------------------------


def test_every_setting_is_told_and_no_other():
    told = {row[0].strip("`") for row in cells("docs/reference/settings.md") if row[0].startswith("`MOTCUA_")}
    assert told == ENVIRONMENT.keys() | DEPLOYED.keys()
    assert told == set(pages.settings())


def variables() -> Iterator[str]:
    """Names of the environment that the product, its command line and the embedded cloud ask for by themselves."""
    places = (ROOT / "chalicelib", ROOT / "infra" / "command", ROOT / "infra" / "local")
    for path in (ROOT / "app.py", *(file for place in places for file in place.rglob("*.py"))):
        text = path.read_text("utf-8")
        yield from re.findall(r'(?<!request\.)environ(?:\.get|\.setdefault|\.pop)?[\[(]"(\w+)"', text)
        yield from re.findall(r'envvar="(\w+)"', text)


def test_every_variable_that_is_read_is_told():
    found = set(variables())
    assert {"TESSDATA_PREFIX", "PORT", "MOTO_PORT", "MOTCUA_CAPABILITY"} <= found
    assert {name for name in found if f"`{name}`" not in page("docs/reference/settings.md")} == set()


def test_what_a_deployed_stage_refuses_is_told():
    told = page("docs/reference/settings.md").partition("What a deployed stage")[2].partition("\n\n`MOTCUA_SECRET`")[0]
    pages.settings()
    guarded = {each.name for each in DECLARED.values() if each.least > 1 or each.unsafe("local-http://x")}
    assert len(guarded) >= 4
    assert {name for name in guarded if f"`{name}`" not in told} == set()
    assert str(DECLARED["MOTCUA_SECRET"].least) in told


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told(command):
    assert f"| `{command}` |" in page("docs/reference/command-line.md")


def test_the_command_line_page_has_every_exit_code():
    text = page("docs/reference/command-line.md")
    assert re.findall(r"^\| (\d) \|", text, re.MULTILINE) == list("012345678")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_its_items(table):
    section = page("docs/reference/data-model.md").partition(f"\n## {table}\n")[2].partition("\n## ")[0]
    assert "`HEAD`" in section


def test_every_kind_of_key_that_the_stores_write_is_in_the_data_model():
    text = page("docs/reference/data-model.md")
    begins = (str(node.values[0].value) for node in nodes() if isinstance(node, ast.JoinedStr) and begins_fixed(node))
    prefixes = {found[1] for begin in begins if (found := re.match(r"([A-Z]+)#", begin))}
    assert len(prefixes) > 10
    assert {p for p in prefixes if not re.search(rf"\b{p}#", text)} == set()


def begins_fixed(node: ast.JoinedStr) -> bool:
    return bool(node.values) and isinstance(node.values[0], ast.Constant)


# --- glossary, law -------------------------------------------------------------------------------------------


def test_every_capability_is_a_word_of_the_glossary():
    words = {word for row in cells("docs/glossary.md") for word in code_in(row[-1])}
    packages = {path.parent.name for path in (ROOT / "chalicelib").glob("*/__init__.py")}
    assert packages <= words


def test_the_words_of_the_glossary_stand_in_their_order():
    table = page("docs/glossary.md").partition("| Term |")[2].partition("\n\n")[0]
    words = [line.split("|")[1].strip().casefold() for line in table.splitlines()[2:]]
    assert len(words) > 100
    assert words == sorted(words)


def test_every_word_of_the_glossary_is_in_the_code():
    words = {word for row in cells("docs/glossary.md") for word in code_in(row[-1])}
    rooms = {path.parent.name for path in (ROOT / "chalicelib").glob("*/__init__.py")}
    assert words - rooms - names_in_the_code() == set()


def names_in_the_code() -> set[str]:
    """Every whole name: of what is defined or used, and texts that name a field."""
    kinds = (("id", ast.Name), ("attr", ast.Attribute), ("arg", ast.arg | ast.keyword), ("value", ast.Constant))
    kinds += (("name", ast.FunctionDef | ast.ClassDef | ast.alias),)
    return {str(getattr(node, field)) for node in nodes() for field, kind in kinds if isinstance(node, kind)}


@pytest.mark.parametrize("state", DossierState, ids=lambda state: state.name)
def test_every_state_is_in_the_glossary(state):
    row = [str(state.value), label(state, "vi"), label(state, "en"), f"`{state.name}`"]
    assert row in cells("docs/glossary.md")


@pytest.mark.parametrize("pack", packs.all_packs(), ids=lambda pack: pack.id)
def test_every_rule_pack_is_told(pack):
    assert f"| `{pack.id}` |" in page("docs/explanation/law.md")


def test_the_law_page_names_files_that_are_there():
    named = set(re.findall(r"`(\w+/[\w/]+\.py)`", page("docs/explanation/law.md")))
    assert named
    assert {name for name in named if not any((at / name).is_file() for at in (ROOT / "chalicelib", ROOT))} == set()


# --- links, metadata -----------------------------------------------------------------------------------------


def test_the_site_is_built_without_a_warning_and_has_every_route(tmp_path):
    site.build(tmp_path / "site")
    page = (tmp_path / "site" / "reference" / "api.html").read_text("utf-8")
    assert "/v1/services/{code}/checklist" in html.unescape(page)


def test_a_site_that_cannot_be_built_is_told_and_stops_nobody(tmp_path, monkeypatch):
    def broken(out):
        raise subprocess.CalledProcessError(2, ["sphinx", str(out)])

    monkeypatch.setattr(site, "build", broken)
    said = []
    assert site.reference_site(tmp_path / "site", said.append) is None
    assert "not built" in said[-1]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file_or_of_the_readme_to_a_folder(path):
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    leads = Path.exists if path.name in TOP else Path.is_file  # the site has no page for a folder
    local = [target for target in targets if target and not target.startswith(("http:", "https:", "mailto:"))]
    assert [target for target in local if not leads(path.parent / target)] == []


def test_every_page_is_in_a_table_of_contents():
    index = page("docs/index.md")
    for path in DOCS.rglob("*.md"):
        name = str(path.relative_to(DOCS).with_suffix(""))
        assert name == "index" or name.startswith("adr/0") or f"\n{name}\n" in index, name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_names_a_folder_of_the_machine_it_was_written_on(path):
    assert not re.search(r"/(work|root|home)/", path.read_text(encoding="utf-8"))


def test_the_readme_begins_with_two_commands_and_a_vietnamese_summary():
    text = page("README.md")
    assert "make demo" in text
    assert "make test" in text
    assert "## Tóm tắt" in text


def test_publiccode_has_the_required_keys():
    facts = yaml.safe_load(page("publiccode.yml"))
    required = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert required <= facts.keys()
    project = tomllib.loads(page("pyproject.toml"))["project"]
    assert facts["softwareVersion"] == project["version"]
    assert facts["legal"]["license"] == project["license"]
    assert set(facts["description"]) == set(facts["localisation"]["availableLanguages"])
    for language, told in facts["description"].items():
        assert len(told["shortDescription"]) <= 150, language
        assert 150 <= len(told["longDescription"]) <= 10_000, language
        assert told["features"], language


def test_the_demo_procedure_of_the_readme_is_shipped():
    code = re.search(r"procedure (\d\.\d{6})", page("README.md"))
    assert code
    facts = json.loads(page(f"chalicelib/catalogue/data/services/{code[1]}.json"))["facts"]
    assert facts["code"] == code[1]
