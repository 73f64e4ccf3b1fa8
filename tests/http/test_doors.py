"""Nothing that a person sends, or how they call it, stops the product: one hostile set, by every door.

The whole set goes to a `motcua serve` of its own (`make soak`); one file of each kind goes to the cloud of the run.
"""

import json
import os
import time
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from infra.demo import story
from tests.support.asserts import problem, rules
from tests.support.doors import Doors, Watch
from tests.support.hostile_set import DOORS, NAMES, TAKEN, Name, files, good
from tests.support.process import Served
from tests.support.sample import sampled
from tests.support.world import posted

MEGABYTES, SECONDS = 600, 20
FORM_NAME = "/child/full_name"
DEAR = frozenset({"drawing without end", "layers of packing"})
"""Kinds whose first file takes the processor for long: they wait for the soak."""
NO_TOKEN = {"": "token_refused"}
"""What the authorizer says of a citizen's token that names nobody."""
IN_A_FORM = {
    "": "required",
    " ": "required",
    "..": "name_letters",
    "ＳＣＡＮ.jpg": "letters_unprintable",
}
LETTERS = {"name_letters", "letters_unprintable"}
HARMFUL = set('/\\"\r\n\0;')


@pytest.fixture
def serving(tmp_path):
    """A `motcua serve` of its own."""
    served = Served(tmp_path / "cloud")
    try:
        yield served
    finally:
        if served.alive:
            served.kill()


@pytest.mark.soak
def test_no_file_of_the_set_stops_anything_by_any_door(serving, tmp_path):
    begin, process, found, otherwise = time.monotonic(), serving.process.pid, Counter(), []
    doors, watch = Doors(serving.where, tmp_path), Watch(process, os.getpid())
    assert int(serving.where["pid"]) == process
    watch.start()
    for file in files():
        for door in DOORS:
            watch.begin(f"{file.name} by {door}")
            verdict = doors.verdict(door, file.name, file.data)
            if verdict != file.at(door):
                otherwise.append((file.name, door, verdict, file.at(door)))
            found[verdict] += 1
            stands(doors, serving)
        watch.begin(f"a good file behind {file.name}")
        doors.still_opens()
        stands(doors, serving)
    watch.close()
    assert otherwise == []
    assert doors.parked() == "nothing is parked"
    assert broken(Path(serving.where["folder"])) == []
    assert 0 < watch.memory[0] <= MEGABYTES << 10, watch.memory
    assert watch.seconds[0] <= SECONDS, watch.seconds
    sent = len(list(files()))
    assert all(file.why for file in files() if file.otherwise)
    print(
        f"\nhostile: {sent} files by {len(DOORS)} doors; {watch.memory[0] >> 10} MB at most ({watch.memory[1]}),"
        f" {watch.seconds[0]:.1f} s of processor at most ({watch.seconds[1]}); {len(watch.children)} children;"
        f" {time.monotonic() - begin:.0f} s in all; {dict(found.most_common())}"
    )
    assert sent >= 80


def stands(doors: Doors, serving: Served) -> None:
    """The process of the server is the one that was started, it answers, and nothing is parked."""
    health = doors.health()
    assert (serving.alive, health["status"], health["parked"]) == (True, "ok", 0)


def broken(folder: Path) -> list[str]:
    """What the server's log says of work that broke and of routes that answered 500."""
    lines = [json.loads(line) for line in (folder / "log.jsonl").read_text("utf-8").splitlines() if line]
    return [line for line in lines if line.get("level") in {"ERROR", "CRITICAL"}]


@pytest.fixture(scope="module")
def doors(where, tmp_path_factory):
    """The doors of the cloud of the run."""
    return Doors(where, tmp_path_factory.mktemp("doors"))


@pytest.mark.parametrize(
    "file", sampled({f.kind: f for f in files() if f.kind not in DEAR}.values(), 6), ids=lambda f: f.kind
)
def test_the_last_file_of_each_kind_has_its_verdict_by_every_door(doors, file):
    assert {door: doors.verdict(door, file.name, file.data) for door in DOORS} == {d: file.at(d) for d in DOORS}
    doors.still_opens()


def test_a_name_that_anybody_gives_a_file_stops_nothing(doors, cloud):
    verdicts, copies = [], {}
    names = sampled(NAMES, 12)
    for number, name in enumerate(names):
        data = good(1000 + number)
        verdicts.append((name.text, by_upload(doors, name, data), by_drop(doors, name, data, copies)))
    assert verdicts == [(name.text, name.of_file, name.of_file) for name in names]
    for text, copy in copies.items():
        assert not HARMFUL & set(kept_as(doors, copy)), text
    cloud.wait_idle()
    assert [p for p in cloud.parked() if any(copy.partition(".")[0] in p["body"] for copy in copies.values())] == []
    assert len(NAMES) >= 25


def by_upload(doors: Doors, name: Name, data: bytes) -> str:
    """What the API and the checks say of a file of this name; the draft has it under the very same."""
    who, draft = doors.draft()
    answer = story.announce(who, draft, data, name=name.text)
    if answer.status != 201:
        return rules(answer)["/filename"]
    posted(answer.body, data)
    verdict = story.checked(who, draft, answer.body["id"])
    assert verdict["filename"] == name.text
    return TAKEN if verdict["status"] == "accepted" else verdict["reason_code"]


def by_drop(doors: Doors, name: Name, data: bytes, copies: dict[str, str]) -> str:
    """The same of a drop, up to its copy on the desk."""
    answer = doors.desk.post(
        "/v1/drops", {"dossier": doors.dossier(), "filename": name.text, "media_type": "image/jpeg"}
    )
    if answer.status != 201:
        return rules(answer)["/filename"]
    verdict, copies[name.text] = doors.dropped(name.text, data)
    return verdict


def kept_as(doors: Doors, copy: str) -> str:
    """The name under which a browser keeps the scan behind a copy."""
    url = doors.desk.get(f"/v1/copies/{copy}/original").ok().body["url"]
    (said,) = parse_qs(urlsplit(url).query)["response-content-disposition"]
    return unquote(said.partition("filename*=UTF-8''")[2])


def test_a_name_that_anybody_bears_is_judged_by_its_rule(where):
    found = {name.text: (in_a_token(where, name.text), in_a_form(where, name.text)) for name in NAMES}
    assert found == {name.text: (of_the_token(name), of_the_form(name)) for name in NAMES}


def of_the_token(name: Name) -> str:
    """What is said of a name in a token, however long it is: who is so called is who they are."""
    return NO_TOKEN.get(name.text, name.of_person)


def of_the_form(name: Name) -> str:
    """The same in a form, whose own pattern of a name comes first and lets through what joins letters."""
    return IN_A_FORM.get(name.text, "pattern" if name.of_person in LETTERS else name.of_person)


def in_a_token(where: dict[str, str], text: str) -> str:
    """The rule that a token's name breaks; a draft is opened under one that breaks none."""
    who = story.citizen(where, **{**story.somebody(), "name": text})
    answer = story.open_draft(who)
    if answer.status == 401:
        return str(problem(answer, 401)["code"])
    return "" if answer.status == 201 else str(problem(answer, 422, "name_unusable")["rule"])


def in_a_form(where: dict[str, str], text: str) -> str:
    """The rules that the name of a child breaks."""
    who = story.citizen(where, **story.somebody())
    draft = str(story.open_draft(who).ok(201).body["reference"])
    form = {**story.FORM, "child": {**story.FORM["child"], "full_name": text}}
    errors = story.fill(who, draft, form).ok().body["form_errors"]
    assert {e["pointer"] for e in errors} <= {FORM_NAME}, errors
    return " ".join(sorted(e["rule"] for e in errors))
