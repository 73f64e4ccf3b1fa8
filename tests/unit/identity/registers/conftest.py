"""Every test here runs in the local stage, on the real store; the register is the local stage's own, in process."""

import msgspec
import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from chalicelib.identity.refusals import RegisterUnavailable
from chalicelib.identity.registers.asking import Asking
from chalicelib.identity.registers.changes import Changes
from chalicelib.identity.registers.facts import Facts
from chalicelib.identity.registers.model import Answer
from chalicelib.identity.registers.numbers import Numbers
from chalicelib.identity.registers.registrations import shipped_registrations
from chalicelib.identity.registers.representing import Representing
from chalicelib.identity.registers.store import Ledgers, Table
from infra.local.registers import Registers
from tests.fakes.clock import Clock
from tests.fakes.environment import stage
from tests.support.stores import _stores, tables

__all__ = ["_stores", "stage", "tables"]


class InProcess:
    """The stand-in, asked without HTTP."""

    def __init__(self, stand_in):
        self.stand_in, self.on = stand_in, True

    def is_on(self):
        return self.on

    def ask(self, question):
        sent = EnvironBuilder(method="POST", data=msgspec.json.encode(question)).get_environ()
        answer = self.stand_in.respond(Request(sent), f"/{question.register}/questions", "test")
        if answer.status_code != 200:
            raise RegisterUnavailable(register=question.register, reason="down")
        return msgspec.json.decode(answer.get_data(), type=Answer)


@pytest.fixture
def stand_in():
    return Registers()


@pytest.fixture
def registers(stand_in):
    return InProcess(stand_in)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def asking(tables, registers, clock):
    return Asking(registers, Ledgers(), shipped_registrations(), True, clock)


@pytest.fixture
def representing(asking, clock):
    return Representing(asking, Table(), Table(), clock)


@pytest.fixture
def numbers(asking, clock):
    return Numbers(asking, Table(), clock)


@pytest.fixture
def facts(asking, clock):
    return Facts(asking, clock)


@pytest.fixture
def changes(asking, clock):
    return Changes(asking, Table(), Table(), clock)


@pytest.fixture
def table():
    return Table()


def row(number, name, born_on, **more):
    """A person of the population register."""
    known = {"person.personal_id": number, "person.full_name": name, "person.born_on": born_on}
    return {**known, "person.sex": "Nữ", "at": "2026-07-01T00:00:00+07:00", **more}


__all__ += ["row"]
