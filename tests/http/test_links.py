"""What a link or a form that we sign lets its holder do: one object, one version, so long and no longer."""

import base64
import json
import time
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import requests

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


def test_a_file_comes_as_what_was_found_in_it_and_a_browser_keeps_it(holder, finished):
    for component in finished.dossier["components"]:
        link = holder.get(f"/v1/dossiers/{finished.reference}/components/{component['id']}").ok().body
        answer = requests.get(link["url"], timeout=60)
        assert answer.headers["Content-Type"] == component["media_type"] == "image/jpeg"
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    for path in (
        *(f"messages/{m}" for m in finished.messages),
        f"vault/documents/{finished.dossier['vault_document']}",
    ):
        answer = requests.get(holder.get(f"/v1/{path}").ok().body["url"], timeout=60)
        assert answer.headers["Content-Type"] == "application/pdf"
        name = path.rpartition("/")[2]
        assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{name}.pdf"')


def test_links_and_forms_are_signed_as_s3_asks_for_objects_under_a_key_of_kms(
    holder, finished, citizen, draft, small_scan
):
    url = holder.get(f"/v1/messages/{finished.messages[0]}").ok().body["url"]
    assert parse_qs(urlsplit(url).query)["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    fields = story.announce(citizen, draft, small_scan).ok(201).body["post"]["fields"]
    assert fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"


def test_a_link_to_the_list_of_services_ends_after_a_quarter_of_an_hour(citizen):
    story.until("a list", lambda: citizen.get("/v1/catalogue/export").status == 200)
    _, seconds = lives(ends, lambda: citizen.get("/v1/catalogue/export").ok().body["url"])
    assert 900 in seconds
