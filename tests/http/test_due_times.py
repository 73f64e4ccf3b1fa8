"""One due time: what the API, the papers, their codes, the lists and the notices say of it is one moment."""

import pypdfium2
import pytest
import zxingcpp

from chalicelib.kernel.clock import moment
from chalicelib.law import qr
from chalicelib.messages.model import short_time, until_text
from infra.demo import story
from infra.demo.client import fetch
from tests.support.counter import holder_of, paper, take_in


def ready(who, message):
    return story.until(message, lambda: who.get(f"/v1/messages/{message}").body.get("url"))


def seen_on(pdf):
    """The words of a paper on one line, and what the code on its first page says."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
        picture = document[0].render(scale=150 / 72).to_numpy().copy()
    (code,) = zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)
    return text, qr.parse(code.text)


@pytest.fixture(scope="module")
def taken(where):
    """A dossier at the counter that was accepted: who has it, its name, and when it is due by the API."""
    desk, body = story.officer(where, "reception"), paper()
    came = take_in(desk, body).ok(201).body
    story.complete(desk, came["task"], "accepted").ok()
    me, reference = holder_of(where, body), came["reference"]
    return desk, me, reference, story.dossier(me, reference)


def test_its_day_ends_at_24_00_in_every_answer(taken):
    desk, me, reference, dossier = taken
    due = dossier["due_at"]
    assert due.endswith("T23:59:59+07:00"), "the last second of its last day: Civil Code 2015, Art. 147-148"
    told = me.get(f"/v1/dossiers/{reference}/due").ok().body
    assert (told["due_at"], told["explanation"]["due_at"], told["clock"]["due_at"]) == (due, due, due)
    notices = story.until(
        "the notice of its acceptance",
        lambda: [n for n in me.get(f"/v1/dossiers/{reference}/notices").body["notices"] if n["state"]["code"] > 1],
    )
    assert {each["due_at"] for each in notices} == {due}
    assert next(story.listed(me, "/v1/dossiers", "dossiers"))["due_at"] == due
    forward = story.until("forward", lambda: story.task_of(desk, reference, "forward"))
    desk.post(f"/v1/tasks/{forward}/complete", {"outcome": "forwarded"}).ok()


def test_the_receipt_and_its_code_say_the_same_moment(taken):
    _, me, _, dossier = taken
    text, code = seen_on(fetch(ready(me, dossier["receipt"])))
    assert moment(code["due_at"]) == moment(dossier["due_at"])
    assert f"Thời gian trả kết quả: {until_text(moment(dossier['due_at']))}" in text
    assert "17 giờ" not in text.split("Thời gian trả kết quả:")[1], "the end of an office's day is no due time"


def test_the_control_slip_says_the_same_moment(taken):
    desk, _, reference, dossier = taken
    order = desk.post(f"/v1/dossiers/{reference}/slips", {}).ok(202).body["message"]
    text, _ = seen_on(fetch(ready(desk, order)))
    assert f"Thời gian hẹn trả kết quả: {until_text(moment(dossier['due_at']))}" in text


def test_the_register_says_the_same_moment(taken):
    desk, _, _, dossier = taken
    day = dossier["accepted_at"][:10]
    asked = {"first_day": day, "last_day": day}
    order = desk.post("/v1/messages/registers", asked).ok(202).body["message"]
    story.until(order, lambda: desk.get(f"/v1/messages/{order}").body.get("url"))
    sheet = fetch(desk.get(f"/v1/messages/{order}").ok().body["sheet_url"]).decode("utf-8-sig")
    (line,) = [line for line in sheet.splitlines() if dossier["dossier_code"] in line]
    assert short_time(moment(dossier["due_at"])) in line
