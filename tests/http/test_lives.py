"""What people and officers do by the product alone leaves nothing that `motcua audit verify` names.

The other side of `test_tamperings`: there each row that somebody wrote beside the product is named. Here tests
whose hands go by the product only are run in a cloud of their own, and all that they left there is read.
"""

import json
import os
import subprocess
import sys

import pytest

SHORT = ("journeys/test_birth.py", "http/test_paper_recall.py", "http/test_mandates.py", "http/test_erasure.py")
"""A dossier from its draft to its vault, papers withdrawn by two, mandates given and ended, erasure."""
WHOLE = (
    *SHORT,
    "journeys/test_bundles.py",
    *(
        f"http/test_{name}.py"
        for name in (
            *("petitions", "petition_guards", "supplement", "deliveries", "hands", "data_requests", "expiry"),
            *("renewal", "archives", "payments", "grants", "second_administrator", "give_back", "acting", "originals"),
            *("keeping", "staff", "receptions", "id_app", "reviews"),
        )
    ),
)
"""With them bundles, complaints, supplements, results by post, drafts that expired and were renewed, archives."""

RESTORED = "tests/http/test_erasure.py::test_after_a_restore_the_list_is_applied_before_anybody_reads"
"""It puts rows back by hand into the tables they were deleted from: that is no life, and it is named where it was
noted in time (on AWS a restore has tables of other names)."""
OURS = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MOTCUA_WHERE", "COV_"))}
"""The surroundings without what this run told its own process: its number, the cloud it was sent to."""


@pytest.mark.parametrize(
    ("files", "least"), [(SHORT, 300), pytest.param(WHOLE, 3000, marks=pytest.mark.soak)], ids=["short", "whole"]
)
def test_whoever_goes_by_the_product_alone_leaves_nothing_to_name(files, least, tmp_path):
    answer = tmp_path / "verified.json"
    words = ["-q", "-p", "tests.support.verified", "-p", "no:cacheprovider", "-m", "not soak and not browser"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *words, f"--deselect={RESTORED}", *(f"tests/{file}" for file in files)],
        check=False,
        capture_output=True,
        text=True,
        env=OURS | {"MOTCUA_VERIFIED": str(answer)},
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-1000:]
    said = json.loads(answer.read_text("utf-8"))
    print(f"chains {said['chains']}, entries {said['entries']}")
    assert (said["unfit"], said["unread"]) == ([], [])
    assert said["entries"] > least
