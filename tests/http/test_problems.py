"""RFC 9457: what a refusal names can be opened, and says what to do, before a function and behind one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from infra.demo.client import TIMEOUT, Client
from infra.stack.refusals import rows
from tests.fakes.environment import SETTINGS
from tests.support.asserts import problem

ROOT = Path(__file__).parents[2]


def test_every_type_opens_and_says_what_to_do_in_both_languages(where, routes):
    assert routes
    for code, row in rows().items():
        page = requests.get(f"{where['url']}/problems/{code}", timeout=TIMEOUT)
        assert page.status_code == 200, code
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert page.headers["Content-Security-Policy"] == "sandbox"
        for sentence in (row.title_vi, row.title_en, row.remedy_vi, row.remedy_en):
            assert sentence, code
            assert sentence in page.text.replace("&#x27;", "'"), code


EVERY_ROOM = """
import importlib, pkgutil
import app, chalicelib
from infra.stack.refusals import rows
loaded = rows().keys()
for found in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
    importlib.import_module(found.name)
print(*sorted(rows().keys() - loaded))
"""


def test_what_the_application_loads_declares_every_refusal_that_there_is():
    """In a process of its own: in this one tests have loaded rooms since the pages were made."""
    known = os.environ | SETTINGS | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", EVERY_ROOM]
    told = subprocess.run(command, env=known, capture_output=True, text=True, check=True, timeout=300)
    assert told.stdout.split() == []


def test_a_code_that_is_none_has_no_page(where):
    problem(Client(where).get("/problems/nothing"), 404, "not_found")


@pytest.mark.parametrize("path", ["/v1/nowhere", "/v1/tasks", "/v1/services?nothing=1", "/v1/services/9.999999"])
def test_the_type_of_a_refusal_leads_to_its_page(where, path):
    body = Client(where).get(path).body
    page = requests.get(body["type"], timeout=TIMEOUT)
    assert page.status_code == 200
    assert f"<title>{body['code']}</title>" in page.text


@pytest.mark.parametrize(("language", "at"), [("vi", 0), ("en", 1)])
def test_the_detail_is_in_the_readers_language(where, language, at):
    told = problem(Client(where).call("GET", "/v1/services/9.999999", Accept_Language=language), 404)
    row = rows()["not_found"]
    assert told["detail"] == (row.remedy_vi, row.remedy_en)[at]
