"""What reception takes in on paper, by HTTP."""

from infra.demo import story
from infra.demo.client import Answer, Client

NOTICE = {"component": story.BIRTH_NOTICE, "originals": 1, "copies": 0, "note": "Có dấu bệnh viện"}


def paper(**changes):
    """The body of a reception: a birth registration handed in at the counter by somebody invented."""
    person = story.somebody()
    body = {
        "channel": "DIRECT",
        "procedure": story.PROCEDURE,
        "agency": story.AGENCY,
        "applicant": {
            "number": person["personal_id"],
            "name": story.CITIZEN["name"],
            "phone": "0912000111",
            "address": "Thôn 3, xã Vĩnh Phước",
        },
        "papers": [NOTICE],
        "form": story.FORM,
    }
    return {**body, **changes}


def take_in(desk: Client, body=None, *, key: str | None = None) -> Answer:
    """Reception takes it in."""
    return desk.post("/v1/receptions", body or paper(), key=key)


def holder_of(where, body) -> Client:
    """The applicant, once they have an account."""
    number = body["applicant"]["number"]
    return story.citizen(where, sub=f"citizen-{number}", personal_id=number)


def scan(desk: Client, reference: str, data: bytes) -> None:
    """The paper is scanned, and its copy signed: it is a data message."""
    story.scanned(desk, reference, data, "KQ004389.jpg")
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    story.sign_copy(desk, copy).ok(202)
    story.look_over(copy, desk)
    story.until("the data message", lambda: story.settled(desk, reference))
