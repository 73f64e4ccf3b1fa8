"""What was opened with level 2 is read and changed with level 2: the same person, known less surely, does neither."""

import pytest

from infra.demo import story
from tests.support.asserts import problem
from tests.support.world import posted, tables, whole_list

CLEAN_WATER = "U.000001"
"""A service that asks for level 1."""


@pytest.fixture(scope="module")
def me(finished):
    return finished.claims


@pytest.fixture(scope="module")
def sure(where, me):
    return story.citizen(where, **me)


@pytest.fixture(scope="module")
def unsure(where, me):
    """The same person, with a token of level 1."""
    return story.citizen(where, **{**me, "level": 1})


def too_low(answer):
    assert problem(answer, 403, "level_too_low")["required"] == 2


def test_a_draft_is_neither_read_nor_changed_with_a_lower_level(cloud, where, sure, unsure, small_scan):
    draft = str(story.open_draft(sure).ok(201).body["reference"])
    ticket = story.announce(sure, draft, small_scan, key="upload-1").ok(201).body
    cloud.wait_idle()
    before = tables(where)
    too_low(unsure.get(f"/v1/drafts/{draft}"))
    too_low(unsure.get(f"/v1/drafts/{draft}/form"))
    too_low(story.fill(unsure, draft))
    too_low(story.announce(unsure, draft, small_scan))
    too_low(story.announce(unsure, draft, small_scan, key="upload-1"))
    too_low(story.submit(unsure, draft))
    too_low(story.open_draft(unsure))
    assert tables(where) == before
    posted(ticket, small_scan)
    assert story.checked(sure, draft, ticket["id"])["status"] == "accepted"


def test_a_repeated_submission_is_not_told_to_a_lower_level(sure, unsure, small_scan):
    draft = story.ready_draft(sure, small_scan)
    story.submit(sure, draft, key="submit-with-2").ok(201)
    too_low(story.submit(unsure, draft, key="submit-with-2"))


@pytest.mark.parametrize("part", ["", "/timeline", "/notices", "/slip", "/due", "/components/{component}"])
def test_a_dossier_is_not_read_with_a_lower_level(finished, sure, unsure, part):
    path = f"/v1/dossiers/{finished.reference}{part}".format(component=finished.dossier["components"][0]["id"])
    sure.get(path).ok()
    too_low(unsure.get(path))
    too_low(unsure.get(path.replace(finished.reference, finished.dossier["dossier_code"])))


def test_no_paper_of_it_is_read_with_a_lower_level(finished, sure, unsure):
    for message in finished.messages:
        sure.get(f"/v1/messages/{message}").ok()
        too_low(unsure.get(f"/v1/messages/{message}"))


def test_the_vault_leaves_out_what_it_would_not_open(cloud, where, finished, sure, unsure):
    document = finished.dossier["vault_document"]
    cloud.wait_idle()
    before = tables(where)
    too_low(unsure.get(f"/v1/vault/documents/{document}"))
    listed = unsure.get("/v1/vault/documents").ok().body
    assert (listed["documents"], listed["withheld"], listed["next"]) == ([], 2, None)
    ledger = unsure.get("/v1/vault/access").ok().body
    assert (ledger["lines"], ledger["withheld"] > 0) == ([], True)
    assert tables(where) == before, "a refusal opens nothing, so the ledger has no line of it"
    held = sure.get("/v1/vault/documents").ok().body
    results = [each["id"] for each in held["documents"] if each["group"] == "results"]
    assert (results, len(held["documents"]), held["withheld"]) == ([document], 2, 0), "and a paper that was converted"
    assert sure.get("/v1/vault/access").ok().body["withheld"] == 0


def test_a_list_leaves_out_what_it_would_not_open_and_says_how_many(where):
    person = story.somebody()
    known, unsure = story.citizen(where, **person), story.citizen(where, **person, level=1)
    of_two = str(story.open_draft(known).ok(201).body["reference"])
    body = {"procedure": CLEAN_WATER, "agency": story.AGENCY}
    of_one = str(unsure.post("/v1/drafts", body).ok(201).body["reference"])
    shown = unsure.get("/v1/dossiers").ok().body
    assert ([row["reference"] for row in shown["dossiers"]], shown["withheld"]) == ([of_one], 1)
    assert {row["reference"] for row in whole_list(known, "/v1/dossiers", "dossiers")} == {of_one, of_two}
    assert known.get("/v1/dossiers").ok().body["withheld"] == 0
    assert unsure.get(f"/v1/drafts/{of_one}").status == 200
    too_low(unsure.get(f"/v1/drafts/{of_two}"))


def test_somebody_else_is_not_told_that_a_level_is_missing(where, finished):
    """Another person's dossier is none, whatever their level."""
    stranger = story.citizen(where, **story.somebody(), level=1)
    problem(stranger.get(f"/v1/dossiers/{finished.reference}"), 404, "not_found")
    problem(stranger.get(f"/v1/messages/{finished.messages[0]}"), 404, "not_found")
    problem(stranger.get(f"/v1/vault/documents/{finished.dossier['vault_document']}"), 404, "not_found")
