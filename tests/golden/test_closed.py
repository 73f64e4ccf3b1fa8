"""A ready draft that an earlier release left, whose procedure gets a new version: it is taken over to its result.

What was typed and the paper that was checked are the person's still: one answer is asked again, as the new version does
not take it, and what the release's own form did not ask.
"""

from datetime import datetime, timedelta

import pytest

from infra.demo.client import Client
from tests.fakes import people
from tests.golden import acts
from tests.golden.test_golden import RELEASES, Golden
from tests.support.asserts import problem
from tests.support.catalogue import Desk, facts_of, form_of

MINISTRY = "G15"
"""The body that promulgates the registration of a birth."""
CARRIED = [release for release in RELEASES if release != "78549b0"]
"""78549b0 pinned plans otherwise: its drafts take the version in force when they are read."""


@pytest.fixture(params=CARRIED)
def left(request, tmp_path):
    """A cloud on the folder of a release."""
    found = Golden(request.param, tmp_path)
    yield found
    found.stop()


def replace(left) -> int:
    """The version, after this release's own, that says the sex of a child otherwise; then it is the day after."""
    now = datetime.fromisoformat(left.manifest["stopped_at"])
    form = form_of()
    form["schema"]["properties"]["child"]["properties"]["sex"]["enum"] = ["Bé trai", "Bé gái"]
    facts, desk = facts_of(acts.PROCEDURE, like=acts.PROCEDURE), Desk(left.where, acts.PROCEDURE, MINISTRY)
    number = desk.put_out(facts, form, day=(now + timedelta(days=3)).date())
    left.idle()
    left.stop()
    left.start((now + timedelta(days=4)).isoformat())
    return number


def typed(form):
    """What a person typed: how many days since the birth is reckoned anew."""
    return {name: value for name, value in form.items() if isinstance(value, dict)}


def test_a_ready_draft_of_a_closed_version_is_taken_over_and_comes_to_its_result(left):
    thing = left.manifest["things"]["ready"]
    reference, me = thing["reference"], Client.login(left.where, **thing["applicant"])
    before = me.get(f"/v1/drafts/{reference}").ok().body
    number = replace(left)
    me = Client.login(left.where, **thing["applicant"])
    told = problem(me.post("/v1/dossiers", {"draft": reference, "declares_true": True}), 409, "procedure_closed")
    after = me.post(told["renewal"], {}).ok().body
    assert after["procedure_version"] == told["successor"] == number
    (out,) = after["renewed"]["left_out"]
    assert (out["field"], out["rule"], out["value"]) == ("/child/sex", "enum", before["form"]["child"].pop("sex"))
    assert typed(after["form"]) == typed(before["form"])
    assert (after["uploads"], after["missing"]) == (before["uploads"], [])
    form = {
        **people.form(),
        **{name: {**people.form().get(name, {}), **part} for name, part in typed(after["form"]).items()},
    }
    form["child"]["sex"] = "Bé trai"
    me.call("PUT", f"/v1/drafts/{reference}/form", {"form": form}, version=after["form_version"]).ok()
    who = acts.Person.of(left.where, thing["applicant"])
    acts.submit(who, reference, "renewed")
    left.idle()
    left.carry(reference, thing, who)
    left.idle()
    dossier = who.get(f"/v1/dossiers/{reference}")
    assert (dossier["state"]["code"], dossier["procedure_version"]) == (acts.RETURNED, number)
    assert dossier["form"]["child"]["sex"] == "Bé trai"
    assert dossier["components"][0]["sha256"]
