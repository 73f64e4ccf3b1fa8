"""Unusual reads are found as the ledger is written, and listed for who supervises, over HTTP."""

from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of, whole_list

PATH = "/v1/anomalies"


def test_reads_of_ended_dossiers_are_listed_for_the_leaders_of_that_agency_alone(
    cloud, where, finished, monkeypatch, citizen
):
    cloud.wait_idle()  # what other tests read is judged by then, by the limits of always
    monkeypatch.setenv("MOTCUA_READS_CLOSED", "0")
    document = finished.dossier["vault_document"]
    leader = officer_of(where, story.AGENCY, "leader")
    # Nobody else is this reader: what an officer just read is not counted again, whichever test let them read it.
    reader = Client.login(
        where, sub="officer-watched", kind="OFFICER", name="Lý Thanh Oanh", agency=story.AGENCY, roles=["processing"]
    )
    elsewhere = officer_of(where, OTHER_AGENCY, "leader")
    before = {each["id"] for each in whole_list(leader, PATH, "anomalies")}
    reader.get(f"/v1/messages/{document}").ok()

    def told():
        return [each for each in whole_list(leader, PATH, "anomalies") if each["id"] not in before]

    (found,) = story.until("the anomaly", told)
    assert (found["kind"], found["count"]) == ("no_open_dossier", 1)
    assert found["since"] <= found["found_at"]
    assert finished.claims["personal_id"] not in str(found)
    assert finished.reference not in str(found)
    assert found["id"] not in str(elsewhere.get(PATH).ok().body)
    for who in (reader, citizen):
        problem(who.get(PATH), 403, "not_allowed")
