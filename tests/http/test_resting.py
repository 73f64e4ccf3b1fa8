"""The cloud of a run, and tests that hold the stores in the same process: one at a time."""

import threading

import pytest
import requests

from infra.local.cloud import LocalCloud
from infra.stack.resources import SCHEDULES
from tests.support.stores import NAMES, _stores, tables

__all__ = ["_stores", "tables"]
pytestmark = pytest.mark.story


def test_the_cloud_runs_for_who_asks_it(where):
    assert requests.get(where["url"] + "/health", timeout=60).json()["status"] == "ok"


def test_nothing_in_it_goes_by_the_clock(cloud):
    """A sweep of every minute would meet what a test has in hand: tests call what they mean themselves."""
    cloud.wait_idle()
    running = {thread.name for thread in threading.enumerate()}
    assert {name for name in SCHEDULES if f"motcua-{name}" in running} == set()


def test_it_rests_while_a_test_holds_the_stores(tables, cloud):
    """And tells nobody where it is: its endpoint answers on, as moto does alone, without our transactions."""
    assert LocalCloud.current is None
    with pytest.raises(RuntimeError, match="does not run"):
        cloud.where()
    assert not any(map(tables.everything, NAMES))


def test_it_goes_on_where_it_was(where):
    assert LocalCloud.current is not None
    assert requests.get(where["url"] + "/health", timeout=60).json()["status"] == "ok"
