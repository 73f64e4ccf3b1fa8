"""`motcua intake watch`: a scanner's folder before the real service; each file goes once, and none is lost."""

import json
import os
import signal
import subprocess

import pytest
from typer.testing import CliRunner

from chalicelib.kernel.clock import utc_now
from infra.command.cli import app
from infra.command.dropping import Service, Unreachable, Unsure
from infra.command.hot_folder import VERDICT, HotFolder
from infra.command.sent_files import SentFiles
from infra.command.watching import Watcher
from infra.demo import story
from tests.support.hostile_set import good
from tests.support.process import MOTCUA
from tests.support.world import NOBODYS, officer_of, ready

OK, USAGE, NOT_FOUND, CONFLICT, UNAVAILABLE, FINDINGS = 0, 2, 3, 4, 6, 7


@pytest.fixture
def scanner(where):
    return officer_of(where, story.AGENCY, "scanning")


@pytest.fixture
def dossier(where, small_scan):
    """The reference of a submitted dossier."""
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    return reference


@pytest.fixture
def folder(tmp_path, scanner):
    """An empty folder, and beside it the scanner's token."""
    (tmp_path / "token").write_text(scanner.token + "\n")
    (tmp_path / "scans").mkdir()
    return tmp_path / "scans"


def put(folder, name, data):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def watch(folder, api, *more):
    arguments = ["intake", "watch", folder, "--api", api, "--token-file", folder.parent / "token", "--settle", "0"]
    told = CliRunner().invoke(app, [str(a) for a in (*arguments, "--every", "0.2", "--once", "--json", *more)])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told


def dropped(desk, reference):
    return [c for c in story.dossier(desk, reference)["components"] if c["origin"] == "drop"]


def beside(file):
    return json.loads(file.with_name(file.name + VERDICT).read_text("utf-8"))


def unsent(folder):
    """What is still there to be sent."""
    return [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")
            and p.relative_to(folder).parts[0] not in ("sent", "refused")]  # fmt: skip


def test_each_file_goes_to_its_dossier_once_and_has_its_verdict_beside_it(folder, where, scanner, dossier):
    put(folder, f"{dossier}/KQ003785.jpg", good(1))
    put(folder, f"{dossier}/broken.jpg", b"\xff\xd8\xff and no more")
    put(folder, f"{NOBODYS}/a.jpg", good(2))
    put(folder, "nowhere.jpg", good(3))
    told = watch(folder, where["url"])
    assert told.exit_code == FINDINGS, told.stderr
    assert unsent(folder) == []

    taken = beside(folder / "sent" / dossier / "KQ003785.jpg")
    (component,) = dropped(scanner, dossier)
    assert (taken["state"], taken["reference"], taken["component"]) == ("taken", dossier, component["id"])
    assert taken["sha256"] == component["sha256"]
    for name, code in (
        (f"{dossier}/broken.jpg", "truncated"),
        (f"{NOBODYS}/a.jpg", "not_found"),
        ("nowhere.jpg", "no_dossier"),
    ):
        said = beside(folder / "refused" / name)
        assert (said["state"], said["reason_code"]) == ("refused", code)
        assert said["reason_vi"]
        assert said["reason_en"]
        assert said["reason_vi"] != said["reason_en"] or code == "truncated"
    states = [(line["file"], line["state"]) for line in map(json.loads, told.stdout.splitlines())]
    assert states.count(("KQ003785.jpg", "sent")) == states.count(("KQ003785.jpg", "taken")) == 1

    put(folder, f"{dossier}/again.jpg", good(1))
    assert watch(folder, where["url"]).exit_code == OK
    again = beside(folder / "sent" / dossier / "again.jpg")
    assert (again["state"], again["first"]) == ("duplicate", f"sent/{dossier}/KQ003785.jpg")
    assert len(dropped(scanner, dossier)) == 1


def test_what_cannot_be_watched_is_told(folder, where, tmp_path):
    assert watch(tmp_path / "scans", where["url"], "--token-file", str(tmp_path / "none")).exit_code == NOT_FOUND
    assert CliRunner().invoke(app, ["intake", "watch", str(folder), "--api", where["url"]]).exit_code == USAGE
    file = put(folder, "a/1.jpg", good(1))
    assert watch(folder, "http://127.0.0.1:9").exit_code == UNAVAILABLE
    (tmp_path / "token").write_text("no token")
    assert watch(folder, where["url"]).exit_code == UNAVAILABLE
    assert file.exists(), "nothing is refused as the line is down, or as we are not let in"
    other = SentFiles(folder)
    assert watch(folder, where["url"]).exit_code == CONFLICT
    other.close()


def test_who_watches_until_told_to_stop_stops(folder, where, dossier):
    command = [MOTCUA, "intake", "watch", str(folder), "--api", where["url"], "--settle", "0", "--every", "0.1"]
    environment = os.environ | {"MOTCUA_TOKEN": (folder.parent / "token").read_text().strip()}
    process = subprocess.Popen(command, env=environment)
    put(folder, f"{dossier}/KQ003785.jpg", good(5))
    story.until("the file to be sent", (folder / "sent" / dossier / "KQ003785.jpg").exists)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == OK


# --- when the line breaks ------------------------------------------------------------------------------------------


class Watched:
    """A watcher in this process, over a service whose line may break."""

    def __init__(self, folder, service, *, unsure=900.0, kind=HotFolder):
        self.told, self.files = [], SentFiles(folder)
        self.watcher = Watcher(
            kind(folder, 0.0), self.files, service, unsure=unsure, tell=self.told.append, now=utc_now
        )

    def until(self, state):
        def look():
            self.watcher.look()
            return next((said for said in self.told if said.state == state), None)

        return story.until(state, look)


class LosesAnswer(Service):
    """The file arrives, and who sent it does not hear so."""

    def send(self, ticket, data):
        super().send(ticket, data)
        raise Unsure("lost")


class LosesFile(Service):
    """The first file does not arrive, and who sent it does not hear so."""

    sent = 0

    def send(self, ticket, data):
        self.sent += 1
        if self.sent == 1:
            raise Unsure("lost")
        super().send(ticket, data)


class Down(Service):
    """The first form cannot be used."""

    down = True

    def send(self, ticket, data):
        if self.down:
            raise Unreachable("down")
        super().send(ticket, data)


@pytest.fixture
def service(where, scanner):
    return lambda kind=Service: kind(where["url"], lambda: scanner.token)


def test_a_file_whose_answer_was_lost_is_not_sent_again(folder, service, scanner, dossier):
    put(folder, f"{dossier}/KQ003785.jpg", good(6))
    watched = Watched(folder, service(LosesAnswer))
    watched.watcher.look()
    assert watched.told == []
    watched.files.close()
    after = Watched(folder, service())  # the process was started anew
    assert after.until("taken").component == dropped(scanner, dossier)[0]["id"]
    assert unsent(folder) == []
    assert len(dropped(scanner, dossier)) == 1
    after.files.close()


def test_a_file_that_was_lost_on_its_way_is_sent_again_when_the_lists_do_not_know_it(folder, service, scanner, dossier):
    put(folder, f"{dossier}/KQ003785.jpg", good(7))
    door = service(LosesFile)
    watched = Watched(folder, door)
    for _ in range(2):
        watched.watcher.look()
    assert (door.sent, len(unsent(folder))) == (1, 1), "it may still be on its way"
    watched.files.close()
    later = Watched(folder, door, unsure=0.0)
    later.until("taken")
    assert door.sent == 2
    assert len(dropped(scanner, dossier)) == 1
    later.files.close()


def test_a_service_that_is_down_costs_no_file(folder, service, scanner, dossier):
    put(folder, f"{dossier}/KQ003785.jpg", good(8))
    door = service(Down)
    watched = Watched(folder, door)
    for _ in range(2):
        with pytest.raises(Unreachable):
            watched.watcher.look()
    door.down = False
    watched.until("taken")
    assert len(dropped(scanner, dossier)) == 1
    watched.files.close()


class DiesOnce(HotFolder):
    """The power goes after the file was sent, before it is put away."""

    def put_away(self, path, verdict):
        raise KeyboardInterrupt


def test_a_file_that_was_sent_and_not_put_away_is_put_away_by_the_next_process(folder, service, scanner, dossier):
    file = put(folder, f"{dossier}/KQ003785.jpg", good(9))
    watched = Watched(folder, service(), kind=DiesOnce)
    with pytest.raises(KeyboardInterrupt):
        watched.watcher.look()
    watched.files.close()
    assert file.exists()
    after = Watched(folder, service())
    after.until("taken")
    assert [said.state for said in after.told if said.state == "duplicate"] == []
    assert beside(folder / "sent" / dossier / "KQ003785.jpg")["state"] == "taken"
    assert len(dropped(scanner, dossier)) == 1
    after.files.close()


# --- which files are whole -------------------------------------------------------------------------------------------


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def hot(tmp_path):
    clock = Clock()
    return clock, HotFolder(tmp_path, 5.0, clock)


def names(folder):
    return [whole.name for whole in folder.whole()]


def test_a_file_that_changes_is_not_whole(tmp_path, hot):
    clock, folder = hot
    file = put(tmp_path, "d/a.jpg", b"half")
    assert names(folder) == []
    clock.now = 4.9
    file.write_bytes(b"half and more")
    assert names(folder) == []
    clock.now = 9.8
    assert names(folder) == []
    clock.now = 9.9
    assert names(folder) == ["a.jpg"]


def test_an_empty_file_is_waited_for_longer(tmp_path, hot):
    clock, folder = hot
    put(tmp_path, "d/a.jpg", b"")
    for clock.now, found in ((0.0, []), (59.0, []), (60.0, ["a.jpg"])):
        assert names(folder) == found


def test_what_is_still_written_under_another_name_is_whole_when_it_gets_its_own(tmp_path, hot):
    clock, folder = hot
    file = put(tmp_path, "d/a.jpg.part", b"half")
    for clock.now in (0.0, 100.0):
        assert names(folder) == []
    file.rename(tmp_path / "d/a.jpg")
    assert names(folder) == ["a.jpg"]


def test_hidden_files_and_our_own_folders_are_left_alone(tmp_path, hot):
    clock, folder = hot
    for name in (".a.jpg", "~a.jpg", "sent/d/a.jpg", "refused/a.jpg", ".x/a.jpg", "d/sent/a.jpg", "top.jpg"):
        put(tmp_path, name, b"x")
    names(folder)
    clock.now = 5.0
    assert {(w.dossier, w.name) for w in folder.whole()} == {("d", "sent/a.jpg"), ("", "top.jpg")}
