"""Visits pages with Chromium; runs in the environment of `infra/build/layers/browser.lock`, which is nobody else's.

Reads JSON from standard input: {"pages": {name: address}, "widths": [pixels], "folder": path, "file": path,
"chromium": path}; writes JSON: for each page and width what axe finds, whether anything is wider than the screen, and
what the page says of the file.
"""

import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright


def main() -> None:
    """Each page, width and way: with scripts and without."""
    asked = json.load(sys.stdin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked["chromium"], args=["--no-sandbox"])
        ways = product(asked["pages"].items(), asked["widths"], (True, False))
        seen = [_visit(browser, asked, name, at, width, scripts=on) for (name, at), width, on in ways]
        browser.close()
    json.dump(seen, sys.stdout)


def _visit(
    browser: Any, asked: dict[str, Any], name: str, address: str, width: int, *, scripts: bool
) -> dict[str, Any]:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, locale="vi-VN", bypass_csp=False
    )
    page, sent, said = context.new_page(), [], []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    told = {"page": name, "width": width, "scripts": scripts, "title": page.title(), "violations": []}
    picture = Path(asked["folder"]) / f"{name}-{width}{'' if scripts else '-without-scripts'}.png"
    page.screenshot(path=str(picture), full_page=True)
    if page.query_selector("#file"):
        page.set_input_files("#file", asked["file"])
        page.click("#send")
        place = "#compared:visible" if scripts else "#standing"
        page.wait_for_selector(place)
        told["compared"] = page.inner_text(place)
        page.screenshot(path=str(picture.with_stem(picture.stem + "-compared")), full_page=True)
    told["sent"], told["console"] = sent, said
    if scripts:
        told["wide"] = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        context.close()
        told["violations"] = _axe(browser, address, width)
    else:
        context.close()
    return told


def _axe(browser: Any, address: str, width: int) -> list[str]:
    """What axe finds. Its script is not the page's, so it comes in past the page's own policy."""
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    found = Axe().run(page).response["violations"]
    context.close()
    return [f"{each['id']}: {each['help']}" for each in found]


if __name__ == "__main__":
    main()
