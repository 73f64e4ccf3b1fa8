"""`motcua intake archive`: a folder of scans and its index sheet before the real service; every line is told."""

import json

import pytest
from typer.testing import CliRunner

from chalicelib.kernel.clock import utc_now
from infra.command.archived import ArchiveFolder
from infra.command.cli import app
from infra.command.dropping import Service, Unreachable, Unsure
from infra.command.sent_files import SentFiles
from infra.demo import story
from tests.support.hostile_set import good
from tests.support.index_sheet import sheet
from tests.support.world import officer_of, whole_list

OK, USAGE, NOT_FOUND, CONFLICT, UNAVAILABLE, FINDINGS = 0, 2, 3, 4, 6, 7
JUDGED = {"taken", "copied"}


@pytest.fixture
def scanner(where):
    return officer_of(where, story.AGENCY, "scanning")


@pytest.fixture
def folder(tmp_path, scanner):
    """An empty folder, and beside it the scanner's token."""
    (tmp_path / "token").write_text(scanner.token + "\n")
    (tmp_path / "scans").mkdir()
    return tmp_path / "scans"


_numbers = iter(range(10_000))


def index(folder, *files, **more):
    """A sheet that names these files, beside the folder; no two sheets are one."""
    rows = [{"number": f"{next(_numbers)}/1987", "file": file, **more} for file in files]
    (folder.parent / "index.csv").write_text(sheet(*rows), "utf-8-sig")
    return folder.parent / "index.csv"


def run(folder, api, *more):
    token, sheet_file = folder.parent / "token", folder.parent / "index.csv"
    arguments = ["intake", "archive", folder, "--index", sheet_file, "--api", api, "--token-file", token]
    told = CliRunner().invoke(app, [str(a) for a in (*arguments, "--every", "0.2", "--json", *more)])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told


def states(told):
    """The last state of each file."""
    return {line["file"]: line["state"] for line in map(json.loads, told.stdout.splitlines())}


def test_each_line_gets_its_file_and_what_is_wrong_is_told(folder, where, scanner):
    index(folder, "1.jpg", "2.jpg", "3.jpg")
    (folder / "1.jpg").write_bytes(good(1))
    (folder / "2.jpg").write_bytes(b"\xff\xd8\xff and no more")
    told = run(folder, where["url"])
    assert told.exit_code == FINDINGS, told.stderr
    found = states(told)
    assert found.pop("1.jpg") in JUDGED
    assert found == {"2.jpg": "refused", "3.jpg": "missing"}
    refused = next(line for line in map(json.loads, told.stdout.splitlines()) if line["state"] == "refused")
    assert (refused["line"], refused["reason_code"]) == (3, "truncated")
    assert refused["reason_vi"] != refused["reason_en"]
    archive = whole_list(scanner, "/v1/archives", "archives")[-1]
    assert (archive["name"], archive["lines"]) == ("index", 3)

    (folder / "3.jpg").write_bytes(good(3))
    again = run(folder, where["url"])
    assert again.exit_code == FINDINGS
    assert states(again)["3.jpg"] in JUDGED
    keys = [drop["key"] for drop in whole_list(scanner, "/v1/drops?verdict=taken", "drops")]
    assert [key.rpartition("/")[2] for key in keys if archive["id"] in key] == ["1.jpg", "3.jpg"], "each sent once"
    assert sum(archive["id"] in drop["key"] for drop in whole_list(scanner, "/v1/drops", "drops")) == 1

    (folder / "2.jpg").write_bytes(good(2))
    assert run(folder, where["url"]).exit_code == OK


def test_a_sheet_with_faults_is_told_line_by_line_and_nothing_is_sent(folder, where):
    index(folder, "1.jpg", "1.jpg", issued_on="x")
    (folder / "1.jpg").write_bytes(good(1))
    told = run(folder, where["url"])
    assert told.exit_code == FINDINGS
    assert len(told.stdout.splitlines()) == 3
    assert "dòng 3, cột file" in told.stdout
    assert "line 3, column file" in told.stdout


def test_what_cannot_be_sent_is_told(folder, where, tmp_path):
    index(folder, "1.jpg")
    assert run(tmp_path / "none" / "x", where["url"]).exit_code == NOT_FOUND
    assert run(folder, "http://127.0.0.1:9").exit_code == UNAVAILABLE
    other = SentFiles(folder)
    assert run(folder, where["url"]).exit_code == CONFLICT
    other.close()
    (tmp_path / "index.csv").write_bytes(b"\xff\xfe\x00")
    assert run(folder, where["url"]).exit_code == USAGE


# --- when the line breaks ------------------------------------------------------------------------------------------


class Breaking(Service):
    """A service whose line breaks when it is told to."""

    breaks = None

    def send(self, ticket, data):
        """Send, and perhaps not hear that it arrived."""
        if self.breaks is Unreachable:
            raise Unreachable("the line is down")
        super().send(ticket, data)
        if self.breaks is Unsure:
            raise Unsure("the line broke behind the file")


@pytest.fixture
def sent(folder, where, scanner):
    """A folder with one file before a service that may break, and what was told of it."""
    text = index(folder, "1.jpg").read_text("utf-8-sig")
    (folder / "1.jpg").write_bytes(good(4))
    service = Breaking(where["url"], lambda: scanner.token)
    archive, told, files = service.open_archive("x", text, 30), [], SentFiles(folder)
    made = ArchiveFolder(folder, archive, files, service, unsure=900, tell=told.append, now=utc_now)
    yield made, service, told
    files.close()


def judged(made):
    return story.until("judged", lambda: made.look() or None)


def test_a_file_whose_sending_broke_off_is_not_sent_twice_when_it_arrived(sent, scanner):
    made, service, told = sent
    service.breaks = Unsure
    made.look()
    assert [each.state for each in told] == ["sent"]
    service.breaks = Unreachable  # whoever sends again fails
    judged(made)
    assert told[-1].state in JUDGED


def test_a_file_that_did_not_arrive_is_sent_again(sent):
    made, service, told = sent
    service.breaks = Unreachable
    with pytest.raises(Unreachable):
        made.look()
    assert told == []
    service.breaks = None
    judged(made)
    assert told[-1].state in JUDGED


def test_who_is_told_to_stop_sends_no_further_file(folder, where, scanner):
    text = index(folder, "1.jpg").read_text("utf-8-sig")
    (folder / "1.jpg").write_bytes(good(5))
    service, told, files = Service(where["url"], lambda: scanner.token), [], SentFiles(folder)
    archive = service.open_archive("x", text, 30)
    made = ArchiveFolder(
        folder, archive, files, service, unsure=900, tell=told.append, now=utc_now, stopped=lambda: True
    )
    assert not made.look()
    assert told == []
    files.close()
