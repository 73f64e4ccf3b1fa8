"""Files that a person puts into their vault themselves."""

import io
from typing import Any

from PIL import Image, ImageDraw

from infra.demo import story
from infra.demo.client import Client
from tests.support.world import whole_list

UPLOADS = "/v1/vault/uploads"


def picture(text: str = "Bằng lái xe") -> bytes:
    """A small PNG with something on it."""
    image = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(image).text((60, 60), text, fill="black", font_size=40)
    made = io.BytesIO()
    image.save(made, "PNG", dpi=(200, 200))
    return made.getvalue()


PNG = picture()
OWN: dict[str, Any] = {"title": "Bằng lái xe", "media_type": "image/png", "size": len(PNG)}


def announce(who: Client, data: bytes = PNG, **said: Any) -> dict[str, Any]:
    """Announce a file; answers the ticket."""
    ticket: dict[str, Any] = who.post(UPLOADS, {**OWN, "size": len(data), **said}).ok(201).body
    return ticket


def judged(who: Client, upload: str) -> dict[str, Any]:
    """An own upload, once it has a verdict."""

    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = next(each for each in whole_list(who, UPLOADS, "uploads") if each["id"] == upload)
        return found if found["standing"] != "awaited" else None

    return story.until("the own upload's verdict", look)


def put_in(who: Client, data: bytes = PNG, **said: Any) -> str:
    """A file of somebody's own in their vault; answers the document's name."""
    ticket = announce(who, data, **said)
    story.post(ticket["post"], data)
    name = str(ticket["upload"]["id"])
    assert judged(who, name)["standing"] == "kept"
    return name
