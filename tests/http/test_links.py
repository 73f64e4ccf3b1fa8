"""What a link or a form that we sign lets its holder do: one object, one version, so long and no longer."""

import base64
import json
import time
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from infra.demo import story

LIMIT = 20 * 1024 * 1024


def ends(url):
    """When a link ends, by either of S3's ways to sign, in seconds since 1970."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    if "X-Amz-Expires" in asked:
        made = datetime.strptime(asked["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return int(made.timestamp()) + int(asked["X-Amz-Expires"])
    return int(asked["Expires"])


def lives(end, ask):
    """What was asked for, and the seconds it lives: as many as are between asking and answer in doubt, no more."""
    before = int(time.time())
    told = ask()
    return told, range(end(told) - int(time.time()) - 1, end(told) - before + 1)


def test_a_form_takes_one_file_of_its_type_that_is_not_empty_and_not_too_large(citizen, draft):
    def policy(ticket):
        return json.loads(base64.b64decode(ticket["post"]["fields"]["policy"]))

    def end(ticket):
        return int(datetime.fromisoformat(policy(ticket)["expiration"]).timestamp())

    ticket, seconds = lives(end, lambda: story.announce(citizen, draft, b"0" * 1000).ok(201).body)
    said, fields = {}, ticket["post"]["fields"]
    for condition in policy(ticket)["conditions"]:
        said |= condition if isinstance(condition, dict) else {condition[0]: condition[1:]}
    assert said["content-length-range"] == [1, LIMIT]
    assert said["Content-Type"] == fields["Content-Type"] == "image/jpeg"
    assert said["key"] == fields["key"] == f"uploads/{draft}/{ticket['id']}"
    assert "bucket" in said
    assert "starts-with" not in said
    assert 900 in seconds


def test_a_link_is_to_one_version_and_ends_after_five_minutes(holder, finished):
    component = finished.dossier["components"][0]["id"]
    paths = [
        f"/v1/dossiers/{finished.reference}/components/{component}",
        f"/v1/vault/documents/{finished.dossier['vault_document']}",
        *(f"/v1/messages/{message}" for message in finished.messages),
    ]
    for path in paths:
        url, seconds = lives(ends, lambda path=path: holder.get(path).ok().body["url"])
        assert 300 in seconds, path
        assert parse_qs(urlsplit(url).query)["versionId"], path


def test_a_link_to_the_list_of_services_ends_after_a_quarter_of_an_hour(citizen):
    story.until("a list", lambda: citizen.get("/v1/catalogue/export").status == 200)
    _, seconds = lives(ends, lambda: citizen.get("/v1/catalogue/export").ok().body["url"])
    assert 900 in seconds
