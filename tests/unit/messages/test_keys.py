import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from chalicelib.messages.keys import LocalKeys, UnknownSigner
from infra.demo import story
from infra.local import pki
from infra.local.pki import ROOT_NAME, ensure_pki

SIGNED_AT = datetime(2026, 11, 25, 2, 20, tzinfo=UTC)
NAMES = {"agencies": {"A1": "Cơ quan một", "A2": "Cơ quan hai"}, "officers": {"O1": "Đỗ Minh Trí"}}


def make(folder, now=SIGNED_AT, **names):
    ensure_pki(folder, **(NAMES | names), now=now)
    return LocalKeys(folder)


def content(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.pem")}


def usable(keys):
    root = x509.load_der_x509_certificate(keys.roots()[0])
    for identity in (keys.agency("A1"), keys.agency("A2"), keys.officer("O1")):
        x509.load_der_x509_certificate(identity.certificate).verify_directly_issued_by(root)
        assert identity.signer.sign_raw(b"x", "sha256")
    assert keys.timestamper()


def test_a_stage_with_an_authority_asks_it(tmp_path):
    make(tmp_path)
    assert LocalKeys(tmp_path, "http://127.0.0.1:1/stamps").timestamper().url == "http://127.0.0.1:1/stamps"


def test_the_root_says_what_it_is(tmp_path):
    root = x509.load_der_x509_certificate(make(tmp_path).roots()[0])
    assert ROOT_NAME in root.subject.rfc4514_string()
    assert "LOCAL TEST" in ROOT_NAME


def test_nothing_is_made_twice(tmp_path):
    usable(make(tmp_path))
    before = content(tmp_path)
    make(tmp_path, now=SIGNED_AT + timedelta(days=300))
    assert content(tmp_path) == before


def test_keys_are_private(tmp_path):
    make(tmp_path / "pki")
    folders = [path for path in (tmp_path / "pki").rglob("*") if path.is_dir()] + [tmp_path / "pki"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "pki").rglob("*.pem")} == {0o600}


def test_a_new_name_an_expired_certificate_and_a_lost_root_are_made_again(tmp_path):
    make(tmp_path)
    before = content(tmp_path)
    make(tmp_path, agencies={"A1": "Cơ quan đổi tên"})
    renamed = content(tmp_path)
    assert {path.as_posix() for path in before if before[path] != renamed[path]} == {"agencies/A1.pem"}
    assert LocalKeys(tmp_path).agency("A1").display_name == "Cơ quan đổi tên"
    make(tmp_path, now=SIGNED_AT + timedelta(days=4 * 365))
    assert {path.as_posix() for path, pem in content(tmp_path).items() if pem == renamed[path]} == {
        "ca.pem",
        "root.pem",
        "tsa.pem",
    }
    (tmp_path / "root.pem").unlink()
    usable(make(tmp_path))


def test_damage_is_repaired(tmp_path):
    make(tmp_path)
    (tmp_path / "agencies" / "A1.pem").write_text("half a ke")
    (tmp_path / "tsa.pem").write_bytes(b"")
    (tmp_path / "agencies" / ".A2.pem.new").write_text("left by a killed run")
    usable(make(tmp_path))


@pytest.mark.parametrize("survived", range(6))
def test_a_run_that_dies_at_any_rename_leaves_whole_identities(tmp_path, monkeypatch, survived):
    real, done = Path.replace, []

    def dies(self, target):
        if len(done) == survived:
            raise KeyboardInterrupt
        done.append(target)
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(pki.Path, "replace", dies)
        with pytest.raises(KeyboardInterrupt):
            make(tmp_path)
    whole = content(tmp_path)
    usable(make(tmp_path))
    assert {path: content(tmp_path)[path] for path in whole} == whole


def test_a_killed_run_does_not_hold_the_next_one_up(tmp_path):
    code = (
        "import sys, datetime, pathlib; from infra.local.pki import ensure_pki\n"
        "ensure_pki(pathlib.Path(sys.argv[1]), agencies={f'X{n}': 'X' for n in range(500)}, officers={},"
        " now=datetime.datetime.now(datetime.UTC))"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) as process:
        story.until("the first key", lambda: list(tmp_path.glob("agencies/*.pem")))
        os.kill(process.pid, signal.SIGKILL)
    usable(make(tmp_path))


@pytest.mark.parametrize("identifier", ["none", "../root", "", ".lock", "a/b", "A1\x00", "Đ"])
def test_unknown_identities_are_named(keys, identifier):
    with pytest.raises(UnknownSigner):
        keys.agency(identifier)
    with pytest.raises(UnknownSigner):
        keys.officer(identifier)


def test_an_empty_folder_knows_nobody(tmp_path):
    empty = LocalKeys(tmp_path)
    for getter in (empty.roots, empty.timestamper, lambda: empty.agency("A1")):
        with pytest.raises(UnknownSigner):
            getter()


def test_an_id_that_is_no_file_name_is_refused(tmp_path):
    with pytest.raises(ValueError, match="id"):
        make(tmp_path, agencies={"../x": "X"})


def test_a_long_name_is_cut_to_what_a_certificate_holds(tmp_path):
    name = "Trung tâm Phục vụ hành chính công xã Vĩnh Phước, tỉnh Đồng Tháp"
    shown = make(tmp_path, agencies={"A1": name}).agency("A1").display_name
    assert len(shown.encode()) <= 64
    assert name.startswith(shown.removesuffix("…"))
    before = content(tmp_path)
    make(tmp_path, agencies={"A1": name})
    assert content(tmp_path) == before
